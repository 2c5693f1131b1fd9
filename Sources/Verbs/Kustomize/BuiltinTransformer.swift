import Model
import Support
import Value

/// A transformer that is configured by an object of its own, in `transformers`.
///
/// Source: kustomize, internal/builtins; those of other makers need programs.
struct BuiltinTransformer {
    let config: Value
    let folder: KustomizeFolder
    let types: MergeTypes

    func apply(to list: ResourceList) throws(VerbError) {
        try KustomizationParts.requireBuiltin(config)
        let specs = TransformerConfig.specs(config["fieldSpecs"])
        switch config.text(.kind) {
        case "PatchTransformer":
            try KustomizationParts.patch(config, folder, isJSON: false, types).apply(to: list)
        case "PatchJson6902Transformer":
            var entry = config
            entry["patch"] = config["jsonOp"]
            try KustomizationParts.patch(entry, folder, isJSON: true, types).apply(to: list)
        case "ReplacementTransformer":
            try list.transform { resources throws(VerbError) in
                for entry in try KustomizationParts.replacements(config, folder) {
                    try KustomizeReplacement(entry).apply(resources)
                }
            }
        case let kind:
            try list.transform { resources throws(VerbError) in
                try apply(kind, specs, resources)
            }
        }
    }

    private func apply(
        _ kind: String, _ specs: [FieldSpec], _ resources: [KustomizeResource]
    ) throws(VerbError) {
        switch kind {
        case "NamespaceTransformer":
            let subjects = config["setRoleBindingSubjects"].string ?? "defaultOnly"
            try NameTransformers.move(
                to: config[.metadata].text(.namespace), specs, onlyUnset: config.flag("unsetOnly"),
                subjects: subjects, resources)
        case "PrefixTransformer":
            try NameTransformers.affix(prefix: config.text("prefix"), specs, resources)
        case "SuffixTransformer":
            try NameTransformers.affix(suffix: config.text("suffix"), specs, resources)
        case "PrefixSuffixTransformer":
            try NameTransformers.affix(prefix: config.text("prefix"), specs, resources)
            try NameTransformers.affix(suffix: config.text("suffix"), specs, resources)
        case "LabelTransformer":
            try MetadataTransformers.set(config["labels"].fields, specs, resources)
        case "AnnotationsTransformer":
            try MetadataTransformers.set(config["annotations"].fields, specs, resources)
        case "ImageTagTransformer":
            try ImageTransformer(config["imageTag"]).apply(specs, resources)
        case "ReplicaCountTransformer":
            try MetadataTransformers.scale(
                config["replica"].text("name"), config["replica"]["count"], specs, resources)
        case "ValueAddTransformer": try addValue(resources)
        default: throw unknown
        }
    }

    private var unknown: VerbError {
        .message(
            "unable to load builtin "
                + ResourceType(
                    apiVersion: config.text(.apiVersion), kind: config.text(.kind)
                ).text)
    }

    /// `ValueAddTransformer`: a value is written into fields, which are made where they are missing.
    private func addValue(_ resources: [KustomizeResource]) throws(VerbError) {
        for target in config["targets"].elements {
            let selector =
                target["selector"].isNull ? nil : try ResourceSelector(target["selector"])
            if target["filePathPosition"].int ?? 0 > 0 {
                throw .message("ValueAddTransformer: filePathPosition is not built here")
            }
            let field = FieldSpec(target.text("fieldPath"), creates: true)
            for resource in resources where selector?.selects(resource) ?? true {
                try field.visit(resource, leaf: .scalar) { value throws(VerbError) in
                    value = config["value"]
                }
            }
        }
    }
}
