import Value

/// Which fields the transformers of a kustomization change: those that Kustomize knows, and those that
/// `configurations` add.
struct TransformerConfig {
    /// Fields that name objects of one kind.
    struct Reference {
        var target: ResourceType
        var fields: [FieldSpec]
    }

    var namePrefix: [FieldSpec] = []
    var nameSuffix: [FieldSpec] = []
    var namespace: [FieldSpec] = []
    var commonLabels: [FieldSpec] = []
    var labels: [FieldSpec] = []
    var templateLabels: [FieldSpec] = []
    var commonAnnotations: [FieldSpec] = []
    var references: [Reference] = []
    var variables: [FieldSpec] = []
    var images: [FieldSpec] = []
    var replicas: [FieldSpec] = []

    // tidy: lists
    private static let lists:
        [(name: String, path: WritableKeyPath<Self, [FieldSpec]> & Sendable)] =
            [
                ("namePrefix", \.namePrefix), ("nameSuffix", \.nameSuffix),
                ("namespace", \.namespace), ("commonLabels", \.commonLabels), ("labels", \.labels),
                ("templateLabels", \.templateLabels), ("commonAnnotations", \.commonAnnotations),
                ("varReference", \.variables), ("images", \.images), ("replicas", \.replicas),
            ]

    /// Reads the content of a file that `configurations` names.
    static func read(_ content: Value, _ file: String) throws(VerbError) -> TransformerConfig {
        var result = TransformerConfig()
        for field in content.fields {
            if field.key.name == "nameReference" {
                for entry in field.value.elements {
                    result.references.append(
                        Reference(
                            target: ResourceType(fields: entry),
                            fields: specs(entry["fieldSpecs"])))
                }
            } else if let list = lists.first(where: { $0.name == field.key.name }) {
                result[keyPath: list.path] = specs(field.value)
            } else {
                throw .message(
                    "\(file): error unmarshaling JSON: while decoding JSON: json: unknown field "
                        + "\"\(field.key.name)\"")
            }
        }
        return result
    }

    /// The fields that a list of a kustomization or a configuration names.
    static func specs(_ list: Value) -> [FieldSpec] {
        list.elements.map { entry in
            FieldSpec(
                entry.text("path"), ResourceType(fields: entry), creates: entry.flag("create"))
        }
    }

    /// Adds what `other` has beyond this.
    mutating func merge(_ other: TransformerConfig) throws(VerbError) {
        for list in Self.lists {
            try Self.merge(other[keyPath: list.path], into: &self[keyPath: list.path])
        }
        for reference in other.references {
            if let place = references.firstIndex(where: { $0.target == reference.target }) {
                try Self.merge(reference.fields, into: &references[place].fields)
            } else {
                references.append(reference)
            }
        }
    }

    static func merge(
        _ added: [FieldSpec], into specs: inout [FieldSpec]
    ) throws(VerbError) {
        for spec in added {
            let same = specs.first { $0.path == spec.path && $0.type.isSelected(by: spec.type) }
            if let same {
                if same.creates != spec.creates { throw .message("conflicting fieldspecs") }
            } else {
                specs.append(spec)
            }
        }
    }
}
