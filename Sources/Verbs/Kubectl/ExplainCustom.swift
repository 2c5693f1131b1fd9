import API
import Model
import Printers
import Support
import Value

/// What the schema of a CustomResourceDefinition says of fields, for `kubectl explain`.
struct SchemaExplanation {
    private let info: KindDescriptor
    private let root: Value

    /// The schema of a version; nil where the definition cannot be had.
    init?(_ info: KindDescriptor, _ client: any APIClient) {
        guard
            let definition = try? client.get(
                .customResourceDefinition, namespace: "", name: info.qualifiedPlural),
            let version = definition[.spec]["versions"].elements.first(where: {
                $0.text(.name) == info.version
            })
        else { return nil }
        self.info = info
        root = version["schema"]["openAPIV3Schema"]
    }

    /// What is said of the field at `path`, or of the kind.
    func explanation(
        _ path: [String], isRecursive: Bool
    ) throws(ExplainError) -> Printers.Explanation {
        var schema = Self.withMetadata(root)
        var field: Printers.Explanation.Field?
        for name in path {
            let owner = Self.inner(schema)
            let next = owner["properties"][Key(name)]
            if next.isNull { throw ExplainError(name: name, suggestion: nil) }
            field = Self.field(name, next, in: owner, depth: 0)
            schema = next
        }
        let owner = Self.inner(schema)
        return Printers.Explanation(
            group: info.group, kind: info.name, version: info.version, field: field,
            descriptions: [schema.text(.description)],
            fields: Self.fields(owner, depth: isRecursive ? Self.depth : 0))
    }

    private static let depth = 15

    /// What the server adds to the schema of every kind.
    private static func withMetadata(_ schema: Value) -> Value {
        var schema = schema
        for name in [Key.apiVersion, .kind] where schema["properties"][name].isNull {
            schema["properties"][name] = [.type: "string"]
        }
        schema["properties"][.metadata] = [.type: "ObjectMeta"]
        for name in [Key.apiVersion, .kind, .metadata] {
            schema["properties"][name][.description] =
                Explain.summary(ofEveryObjects: name.name).map { Value($0) } ?? .null
        }
        return schema
    }

    /// The schema of the objects in a list or map; that of an object itself.
    private static func inner(_ schema: Value) -> Value {
        var schema = schema
        while true {
            if case .object = schema[.items] {
                schema = schema[.items]
            } else if case .object = schema["additionalProperties"] {
                schema = schema["additionalProperties"]
            } else {
                return schema
            }
        }
    }

    private static func fields(_ schema: Value, depth: Int) -> [Printers.Explanation.Field] {
        schema["properties"].fields.sortedByName.map {
            field($0.key.name, $0.value, in: schema, depth: depth)
        }
    }

    private static func field(
        _ name: String, _ schema: Value, in owner: Value, depth: Int
    ) -> Printers.Explanation.Field {
        Printers.Explanation.Field(
            name: name, type: typeName(schema),
            isRequired: owner["required"].elements.contains(Value(name)),
            allowedValues: schema["enum"].elements.compactMap(\.string),
            description: schema.text(.description),
            fields: depth > 0 ? fields(inner(schema), depth: depth - 1) : [])
    }

    private static func typeName(_ schema: Value) -> String {
        switch schema.text(.type) {
        case "array": return "[]" + typeName(schema[.items])
        case "object":
            guard case .object = schema["additionalProperties"] else { return "Object" }
            return "map[string]" + typeName(schema["additionalProperties"])
        case "": return schema["x-kubernetes-int-or-string"].bool == true ? "IntOrString" : "Object"
        case let name: return name
        }
    }
}
