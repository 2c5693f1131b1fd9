import CEL
import Support
import Value

extension SchemaNode {
    /// What values of a place are to expressions, and how many bytes of JSON such a value has at least.
    struct Sized {
        let shape: CELShape
        let least: UInt64
    }

    /// What a request can hold at most (apiserver `apis/cel.MaxRequestSizeBytes`).
    static let requestSize: UInt64 = 3 << 20

    /// What values of this place are to expressions; nil where they are not visible to them, because
    /// nothing is known of their types (apiserver `cel/common.SchemaDeclType`).
    ///
    /// - Parameters:
    ///   - isResource: whether it is an object with a kind and metadata.
    ///   - name: the name of the type, for messages.
    func sized(isResource: Bool, _ name: String) -> Sized? {
        if isIntOrString {
            return Sized(shape: CELShape(.intOrString, maxElements: textSize), least: 1)
        }
        switch type {
        case "array": return sizedList(name)
        case "object": return sizedObject(isResource: isResource, name)
        case "string": return sizedText
        case "boolean": return Sized(shape: CELShape(.bool), least: 4)
        case "number": return Sized(shape: CELShape(.double), least: 1)
        case "integer": return Sized(shape: CELShape(.int), least: 1)
        default: return nil
        }
    }

    /// The longest text that fits: by its own bound, each character of four bytes, or by the request.
    private var textSize: UInt64 {
        if let most = checks.maxLength { return UInt64(clamping: most) * 4 }
        return Self.requestSize - 2
    }

    private var sizedText: Sized {
        switch checks.format {
        case "byte":
            let most = checks.maxLength.map { UInt64(clamping: $0) } ?? Self.requestSize - 2
            return Sized(shape: CELShape(.bytes, maxElements: most), least: 2)
        case "duration": return Sized(shape: CELShape(.duration, maxElements: 32), least: 3)
        case "date": return Sized(shape: CELShape(.timestamp, maxElements: 12), least: 12)
        case "date-time": return Sized(shape: CELShape(.timestamp, maxElements: 32), least: 21)
        default: break
        }
        var most = textSize
        if checks.maxLength == nil, !checks.allowed.isEmpty {
            most = checks.allowed.reduce(0) { max($0, UInt64($1.string?.utf8.count ?? 0)) }
        }
        return Sized(shape: CELShape(.string, maxElements: most), least: 2)
    }

    private func sizedList(_ name: String) -> Sized? {
        guard let items, let inner = items.sized(isResource: items.isEmbedded, "\(name).@idx")
        else { return nil }
        let most =
            checks.maxItems.map { UInt64(clamping: $0) }
            ?? (Self.requestSize - 2) / (inner.least + 1)
        let kind: CELShape.ListKind =
            switch listType {
            case "set": .set
            case "map": .map(keys: listKeys)
            default: .atomic
            }
        return Sized(shape: CELShape(.list(inner.shape, kind), maxElements: most), least: 2)
    }

    private func sizedObject(isResource: Bool, _ name: String) -> Sized? {
        if case .schema(let node) = additional {
            guard let inner = node.sized(isResource: node.isEmbedded, "\(name).@elem") else {
                return nil
            }
            let most =
                checks.maxProperties.map { UInt64(clamping: $0) }
                ?? (Self.requestSize - 2) / (inner.least + 6)
            return Sized(shape: CELShape(.map(inner.shape), maxElements: most), least: 2)
        }
        let text = CELShape(.string, maxElements: Self.requestSize - 2)
        var fields: [(name: String, shape: CELShape)] = []
        var least: UInt64 = 2
        if isResource {
            let metadata = CELFields(
                typeName: "\(name).metadata", fields: [("name", text), ("generateName", text)])
            fields = [
                ("kind", text), ("apiVersion", text), ("metadata", CELShape(.object(metadata))),
            ]
        }
        for property in properties {
            if isResource, Self.objectFields.contains(property.key) { continue }
            let node = property.node
            guard
                let inner = node.sized(isResource: node.isEmbedded, "\(name).\(property.name)")
            else { continue }
            fields.append((property.name, inner.shape))
            if node.defaultValue.isNull, checks.required.contains(property.name) {
                least += UInt64(property.name.utf8.count) + inner.least + 4
            }
        }
        let shape = CELShape(.object(CELFields(typeName: name, fields: fields)))
        return Sized(shape: shape, least: least)
    }
}
