import Model
import Support
import Value

/// What strategic merge patches must know of an object's fields: from the facts of the kinds that are
/// served, or from a schema that the kustomization names (`openapi`).
enum MergeType {
    case facts(TypeFacts)
    /// A schema, and those that it may refer to.
    case schema(Value, definitions: Value)

    /// The field of a name; nil where nothing is known of it.
    subscript(key: Key) -> MergeField? {
        switch self {
        case .facts(let facts): return facts[key].map(MergeField.init)
        case .schema(let schema, let definitions):
            let field = Self.resolved(schema["properties"][key], definitions)
            return field.isNull ? nil : MergeField(field, definitions)
        }
    }

    /// The schema that a reference leads to.
    static func resolved(_ schema: Value, _ definitions: Value) -> Value {
        guard let reference = schema["$ref"].string else { return schema }
        return definitions[Key(reference.split(separator: "/").last.map(String.init) ?? "")]
    }
}

/// What is known of a field: how lists in it are merged, and what its elements are.
struct MergeField {
    /// Whether a list in it is merged, and not replaced.
    let isMerged: Bool
    /// The field by which elements of a list are told apart; nil for lists of scalars.
    let mergeKey: Key?
    /// All such fields where there are several.
    let mapKeys: [Key]?
    /// The type of the value, or that of a list's elements; nil where it is not known.
    let elementType: MergeType?

    init(_ fact: FieldFact) {
        isMerged = fact.patchStrategy.contains(.merge)
        mergeKey = fact.mergeKey
        if case .map(let keys) = fact.listKind { mapKeys = keys } else { mapKeys = nil }
        elementType = fact.container == .map ? nil : fact.elementType.map(MergeType.facts)
    }

    init(_ schema: Value, _ definitions: Value) {
        let strategies = schema["x-kubernetes-patch-strategy"].string ?? ""
        isMerged = strategies.split(separator: ",").contains("merge")
        mergeKey = schema["x-kubernetes-patch-merge-key"].string.map { Key($0) }
        let keys = schema["x-kubernetes-list-map-keys"].elements.compactMap(\.string)
        mapKeys = keys.isEmpty ? nil : keys.map { Key($0) }
        let element = MergeType.resolved(
            schema["items"].isNull ? schema : schema["items"], definitions)
        elementType =
            element["properties"].isNull ? nil : .schema(element, definitions: definitions)
    }
}

/// Where the types of objects come from in one build: the schema that is named first counts for all of it,
/// and then nothing else does.
struct MergeTypes {
    let kinds: KindRegistry
    private(set) var schema: Value?
    private var isSet = false

    init(_ kinds: KindRegistry) { self.kinds = kinds }

    /// The one version of Kubernetes' schemas that Kustomize brings along.
    private static let version = "v1.21.2"

    /// Reads `openapi` of a kustomization. Source: kyaml, openapi.SetSchema.
    mutating func read(_ openAPI: Value, _ folder: KustomizeFolder) throws(VerbError) {
        let (path, version) = (openAPI.text("path"), openAPI.text("version"))
        let text = path.isEmpty ? nil : try folder.load(path)
        if isSet { return }
        if let text {
            if !version.isEmpty {
                throw .message("builtin version and custom schema provided, cannot use both")
            }
            schema = try KustomizationParts.first(text, path)["definitions"]
            isSet = true
        } else if !version.isEmpty {
            guard version == Self.version else {
                throw .message("the specified OpenAPI version is not built in")
            }
            isSet = true
        }
    }

    /// The type of an object.
    func type(of value: Value) -> MergeType? {
        guard let schema else {
            let kind = kinds.kind(apiVersion: value.text(.apiVersion), name: value.text(.kind))
            guard case .success(let kind) = kind else { return nil }
            return FieldFacts.root(of: kind).map(MergeType.facts)
        }
        let wanted = ResourceType(apiVersion: value.text(.apiVersion), kind: value.text(.kind))
        let found = schema.fields.sortedByName.first { definition in
            definition.value["x-kubernetes-group-version-kind"].elements.contains {
                ResourceType(fields: $0) == wanted
            }
        }
        return found.map { .schema($0.value, definitions: schema) }
    }
}
