import Model
import Support
import Value

/// A folder with a kustomization, built in process as `kubectl kustomize` does.
///
/// Source: kustomize, api/internal/target, in the version of kubectl 1.36.
struct Kustomization {
    private let context: VerbContext

    init(_ call: VerbCall) { context = call.context }

    /// The most folders inside each other, and the most objects of one build.
    static let deepest = 64
    static let most = 10_000

    /// The objects in the order in which kubectl prints and applies them.
    func objects(_ path: String) throws(VerbError) -> [Value] {
        let folder = KustomizeFolder(context.files, path)
        let build = KustomizeBuild(context)
        let file = try KustomizationFile(folder, warn: build.warn)
        let metadata = file.content["buildMetadata"].elements
        if !metadata.isEmpty { build.originPath = "" }
        try build.add(file, folder)
        try build.finish()
        let sorted = try SortOrder.sorted(build.list.resources, file.content["sortOptions"])
        try addMetadata(metadata, sorted)
        for resource in sorted where !resource.duplicateKeys.isEmpty {
            throw .message(
                "map[string]interface {}(nil): yaml: unmarshal errors:\n"
                    + resource.duplicateKeys.map { "  \($0)" }.joined(separator: "\n"))
        }
        return sorted.map(Self.finished)
    }

    private func addMetadata(
        _ options: [Value], _ resources: [KustomizeResource]
    ) throws(VerbError) {
        if options.contains("managedByLabel") {
            try MetadataTransformers.set(
                ["app.kubernetes.io/managed-by": "kustomize-\(Self.version)"],
                [FieldSpec("metadata/labels", creates: true)], resources)
        }
        for resource in resources {
            if options.contains("originAnnotations"), let origin = resource.origin {
                resource.value[.metadata][.annotations]["config.kubernetes.io/origin"] = Value(
                    origin.text)
            }
            if options.contains("transformerAnnotations"), !resource.transformations.isEmpty {
                resource.value[.metadata][.annotations][
                    "alpha.config.kubernetes.io/transformations"] =
                    Value(KustomizeOrigin.text(of: resource.transformations))
            }
        }
    }

    /// Kustomize's, as kubectl 1.36 has it.
    static let version = "v5.8.1"

    private static func finished(_ resource: KustomizeResource) -> Value {
        var value = resource.value
        // Kustomize keeps annotations of its own; taking them away takes an empty map along, or a null.
        let annotations = value[.metadata][.annotations]
        if value[.metadata].object?.contains(.annotations) == true,
            annotations.isNull || annotations.object?.isEmpty == true
        {
            value[.metadata][.annotations] = .null
        }
        return value
    }
}
