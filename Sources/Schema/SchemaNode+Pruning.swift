import Support
import Value

extension SchemaNode {
    /// Takes out what the schema does not have (apiextensions `schema/pruning`). At the root of a
    /// resource the fields of every object stay.
    ///
    /// - Returns: the paths of what was taken out, in alphabetical order.
    package func prune(_ value: inout Value) -> [String] {
        var unknown: [String] = []
        prune(&value, .root, isResource: true, &unknown)
        return unknown.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What every object has beside its own fields.
    static let objectFields: Set<Key> = [.apiVersion, .kind, .metadata]

    private func prune(
        _ value: inout Value, _ path: SchemaPath, isResource: Bool, _ unknown: inout [String]
    ) {
        switch value {
        case .object(let object):
            let keepsObject = isResource || isEmbedded
            for field in object {
                if keepsObject, Self.objectFields.contains(field.key) { continue }
                let place = path.child(field.key.name)
                if let node = self[field.key] {
                    node.pruneField(field, in: &value, place, &unknown)
                } else if preservesUnknown {
                    if case .schema(let node) = additional {
                        node.pruneField(field, in: &value, place, &unknown)
                    }
                } else {
                    pruneOther(field, in: &value, place, &unknown)
                }
            }
        case .array(let values):
            guard let items else {
                if !preservesUnknown { Self.pruneAll(&value, path, &unknown) }
                return
            }
            for index in values.indices where values[index].isCompound {
                var inner = values[index]
                let count = unknown.count
                items.prune(&inner, path[index], isResource: false, &unknown)
                if unknown.count > count { value[index] = inner }
            }
        case .null, .bool, .int, .double, .text, .opaque: break
        }
    }

    private func pruneField(
        _ field: Field, in value: inout Value, _ path: SchemaPath, _ unknown: inout [String]
    ) {
        guard field.value.isCompound else { return }
        var inner = field.value
        let count = unknown.count
        prune(&inner, path, isResource: false, &unknown)
        guard unknown.count > count, case .object(var object) = value else { return }
        value = .null
        object.set(field.key, to: inner)
        value = .object(object)
    }

    private func pruneOther(
        _ field: Field, in value: inout Value, _ path: SchemaPath, _ unknown: inout [String]
    ) {
        switch additional {
        case .schema(let node): node.pruneField(field, in: &value, path, &unknown)
        case .anything, .nothing:
            // What is inside has no schema: only scalars stay.
            guard field.value.isCompound else { return }
            var inner = field.value
            Self.pruneAll(&inner, path, &unknown)
            if inner != field.value { value[field.key] = inner }
        case .undeclared:
            unknown.append(path.text)
            guard case .object(var object) = value else { return }
            value = .null
            object.removeValue(forKey: field.key)
            value = .object(object)
        }
    }

    /// Takes all fields out, as where there is no schema at all.
    private static func pruneAll(
        _ value: inout Value, _ path: SchemaPath, _ unknown: inout [String]
    ) {
        switch value {
        case .object(let object):
            for field in object { unknown.append(path.child(field.key.name).text) }
            value = .emptyObject
        case .array(let values):
            for index in values.indices where values[index].isCompound {
                pruneAll(&value[index], path[index], &unknown)
            }
        case .null, .bool, .int, .double, .text, .opaque: break
        }
    }
}

extension Value {
    var isCompound: Bool {
        switch self {
        case .object, .array: true
        case .null, .bool, .int, .double, .text, .opaque: false
        }
    }
}
