import Support
import Value

/// What the schemas that `crds` names tell of fields: which hold labels, annotations, names or references.
///
/// Source: kustomize, internal/accumulator/loadconfigfromcrds.go.
extension TransformerConfig {
    /// Reads a map of schemas by the names of their types: `com.example.v1.Bee` is that of the kind Bee.
    static func ofKinds(_ types: Value) throws(VerbError) -> TransformerConfig {
        var result = TransformerConfig()
        for type in types.fields.sortedByName {
            let properties = Self.properties(type.value)
            let isKind = [Key.apiVersion, .kind, .metadata].allSatisfy { properties.contains($0) }
            guard isKind else { continue }
            let kind = type.key.name.split(separator: ".").last.map(String.init) ?? ""
            var added = TransformerConfig()
            try added.read(type.key.name, of: types, ResourceType(kind: kind), at: [], depth: 0)
            try result.merge(added)
        }
        return result
    }

    private static func properties(_ type: Value) -> Object {
        (type["Schema"].isNull ? type["schema"] : type["Schema"])["properties"].fields
    }

    private mutating func read(
        _ name: String, of types: Value, _ kind: ResourceType, at path: [String], depth: Int
    ) throws(VerbError) {
        guard depth < Kustomization.deepest else {
            throw .message("the schema of \(kind.kind) refers to itself")
        }
        for property in Self.properties(types[Key(name)]).sortedByName {
            let (path, schema) = (path + [property.key.name], property.value)
            func field(_ path: [String]) -> FieldSpec {
                FieldSpec(path.joined(separator: "/"), kind)
            }
            func says(_ extension: String) -> Bool {
                schema[Key("x-kubernetes-" + `extension`)].string != nil
            }
            if says("annotation") {
                try Self.merge([field(path)], into: &commonAnnotations)
            }
            if says("label-selector") { try Self.merge([field(path)], into: &commonLabels) }
            if says("identity") { try Self.merge([field(path)], into: &namePrefix) }
            if let version = schema["x-kubernetes-object-ref-api-version"].string,
                let target = schema["x-kubernetes-object-ref-kind"].string
            {
                let key = schema["x-kubernetes-object-ref-name-key"].string ?? "name"
                var reference = TransformerConfig()
                reference.references = [
                    Reference(
                        target: ResourceType(version: version, kind: target),
                        fields: [field(path + [key])])
                ]
                try merge(reference)
            }
            if let other = schema["$ref"].string {
                try read(other, of: types, kind, at: path, depth: depth + 1)
            }
        }
    }
}
