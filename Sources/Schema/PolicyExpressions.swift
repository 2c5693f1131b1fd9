import CEL
import Model
import Value

/// What expressions about built-in objects can name and what their fields are to them.
package enum PolicyExpressions {
    /// An environment with Kubernetes' formats and zones.
    package static func environment(
        _ variables: [CELEnvironment.Variable], objects: [CELFields] = [],
        libraries: CELLibraries = .kubernetesBase
    ) -> CELEnvironment {
        CELEnvironment(
            libraries: libraries, variables: variables, objects: objects,
            formats: SchemaFormat.named, zoneOffset: { ZoneRules(name: $0)?.offset(at: $1) })
    }

    /// What objects of a built-in kind are to expressions whose types are checked; nil for other kinds.
    package static func shape(of kind: Kind, named name: String) -> CELShape? {
        guard let root = FieldFacts.root(of: kind) else { return nil }
        var open: [TypeID] = []
        return shape(of: root, name, &open)
    }

    /// What objects of a custom kind are to expressions; nil where nothing is known of them.
    package static func shape(of schema: Value, named name: String) -> CELShape? {
        SchemaNode(schema).sized(isResource: true, name)?.shape
    }

    /// A type inside itself, as JSON schemas are, is anything.
    private static func shape(
        of type: TypeFacts, _ name: String, _ open: inout [TypeID]
    ) -> CELShape {
        if open.contains(type.id) { return .any }
        open.append(type.id)
        defer { open.removeLast() }
        var fields: [(name: String, shape: CELShape)] = []
        for field in type.fields {
            fields.append((field.name, shape(of: field, "\(name).\(field.name)", &open)))
        }
        return CELShape(.object(CELFields(typeName: name, fields: fields)))
    }

    private static func shape(
        of field: FieldFact, _ name: String, _ open: inout [TypeID]
    ) -> CELShape {
        let inner =
            switch field.container {
            case .single: name
            case .list: "\(name).@idx"
            case .map, .mapOfLists: "\(name).@elem"
            }
        let element =
            if let type = field.elementType {
                shape(of: type, inner, &open)
            } else {
                scalar(field.element)
            }
        switch field.container {
        case .single: return element
        case .list:
            let kind: CELShape.ListKind =
                switch field.listKind {
                case .unspecified, .atomic: .atomic
                case .set: .set
                case .map(let keys): .map(keys: keys.map(\.name))
                }
            return CELShape(.list(element, kind))
        case .map: return CELShape(.map(element))
        case .mapOfLists: return CELShape(.map(CELShape(.list(element, .atomic))))
        }
    }

    private static func scalar(_ element: ElementShape) -> CELShape {
        switch element {
        case .string, .quantity: CELShape(.string)
        case .boolean: CELShape(.bool)
        case .int32, .int64: CELShape(.int)
        case .double: CELShape(.double)
        case .bytes: CELShape(.bytes)
        case .intOrString: CELShape(.intOrString)
        case .time, .microTime: CELShape(.timestamp)
        case .object, .any: .any
        }
    }
}
