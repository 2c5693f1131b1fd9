import Model
import Support
import Value

/// A transformer that is configured by an object of its own, in `transformers`.
///
/// Source: kustomize, internal/builtins; those of other makers need programs.
struct BuiltinTransformer {
    let config: Value
    let folder: KustomizeFolder
    let kinds: KindRegistry

    func apply(to list: ResourceList) throws(VerbError) {
        guard config.text(.apiVersion) == "builtin" else { throw unknown }
        let specs = TransformerConfig.specs(config["fieldSpecs"])
        switch config.text(.kind) {
        case "PatchTransformer":
            try KustomizationParts.patch(config, folder, isJSON: false, kinds).apply(to: list)
        case "PatchJson6902Transformer":
            var entry = config
            entry["patch"] = config["jsonOp"]
            try KustomizationParts.patch(entry, folder, isJSON: true, kinds).apply(to: list)
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
        default: throw unknown
        }
    }

    private var unknown: VerbError {
        .message(
            "unable to load builtin \(config.text(.kind)) of \(config.text(.apiVersion)): only "
                + "transformers that are part of Kustomize can be used, no programs")
    }
}
