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
        if file.isComponent {
            throw .message("expected kind != 'Component' for path '\(folder.root)'")
        }
        try build.add(file, folder)
        try build.finish()
        let sorted = try SortOrder.sorted(build.list.resources, file.content["sortOptions"])
        if !file.content["buildMetadata"].elements.isEmpty {
            try addMetadata(file.content["buildMetadata"].elements, sorted)
        }
        return sorted.map(Self.finished)
    }

    private func addMetadata(
        _ options: [Value], _ resources: [KustomizeResource]
    ) throws(VerbError) {
        for option in options {
            guard option == "managedByLabel" else {
                throw .message(
                    "buildMetadata: \"\(option.scalarText ?? "")\" is not built here, only "
                        + "managedByLabel is")
            }
            try MetadataTransformers.set(
                ["app.kubernetes.io/managed-by": "kustomize-\(Self.version)"],
                [FieldSpec("metadata/labels", creates: true)], resources)
        }
    }

    /// Kustomize's, as kubectl 1.36 has it.
    static let version = "v5.8.1"

    private static func finished(_ resource: KustomizeResource) -> Value {
        var value = resource.value
        // Kustomize keeps annotations of its own; taking them away takes an empty map along.
        if value[.metadata][.annotations].object?.isEmpty == true {
            value[.metadata][.annotations] = .null
        }
        return value
    }
}
