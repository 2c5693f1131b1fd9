import Support
import Value

extension SchemaNode {
    /// Fills in what is absent, and takes out nulls that may not be there (apiextensions
    /// `schema/defaulting`). What is complete is not touched, so that it goes on being shared.
    package func fillDefaults(_ value: inout Value) {
        switch value {
        case .object(let object): fill(object, &value)
        case .array(let values):
            guard let items, items.isObjectOrList else { return }
            for index in values.indices {
                var inner = values[index]
                if inner.isNull, !items.isNullable, !items.defaultValue.isNull {
                    inner = items.defaultValue
                }
                items.fillDefaults(&inner)
                if !inner.isShared(with: values[index]) { value[index] = inner }
            }
        case .null, .bool, .int, .double, .text, .opaque: break
        }
    }

    private var isObjectOrList: Bool { type == "object" || type == "array" || type.isEmpty }

    private func fill(_ object: Object, _ value: inout Value) {
        for field in object where field.value.isNull {
            guard let node = self.field(field.key), !node.isNullable else { continue }
            // A null counts as absent: with a default it becomes that.
            if case .object(var rest) = value {
                value = .null
                rest.removeValue(forKey: field.key)
                value = .object(rest)
            }
        }
        for property in properties
        where !property.node.defaultValue.isNull && !value.fields.contains(property.key) {
            value[property.key] = property.node.defaultValue
        }
        for field in value.fields {
            guard let node = self.field(field.key) else { continue }
            switch field.value {
            case .object, .array:
                var inner = field.value
                node.fillDefaults(&inner)
                if !inner.isShared(with: field.value) { value[field.key] = inner }
            case .null, .bool, .int, .double, .text, .opaque: break
            }
        }
    }
}

extension Value {
    /// Whether both are one storage, for which nothing has to be written.
    fileprivate func isShared(with other: Value) -> Bool {
        switch (self, other) {
        case (.object(let left), .object(let right)): left.isIdentical(to: right)
        default: self == other
        }
    }
}
