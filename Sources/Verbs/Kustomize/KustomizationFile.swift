import Model
import Support
import Value
import YAML

/// The content of a `kustomization.yaml`, checked.
struct KustomizationFile {
    /// The name of the file.
    let name: String
    let content: Value
    let isComponent: Bool

    private static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

    // tidy: lists
    private static let known: Set<String> = [
        "apiVersion", "kind", "metadata", "openapi", "namePrefix", "nameSuffix", "namespace",
        "commonLabels", "labels", "commonAnnotations", "patchesStrategicMerge", "patchesJson6902",
        "patches", "images", "imageTags", "replacements", "replicas", "vars", "sortOptions",
        "resources", "components", "crds", "bases", "configMapGenerator", "secretGenerator",
        "helmGlobals", "helmCharts", "helmChartInflationGenerator", "generatorOptions",
        "configurations", "generators", "transformers", "validators", "buildMetadata",
    ]

    /// The fields of the entries of lists.
    // tidy: lists
    private static let entries: [(list: String, fields: Set<String>)] = [
        ("labels", ["pairs", "includeSelectors", "includeTemplates", "fields"]),
        ("patches", ["path", "patch", "target", "options"]),
        ("patchesJson6902", ["path", "patch", "target", "options"]),
        ("images", ["name", "newName", "newTag", "digest", "tagSuffix"]),
        ("imageTags", ["name", "newName", "newTag", "digest", "tagSuffix"]),
        ("replacements", ["source", "targets", "path", "sourceValue"]),
        ("replicas", ["name", "count"]),
        ("vars", ["name", "objref", "fieldref"]),
        ("configMapGenerator", KustomizeGenerator.fields.subtracting(["type"])),
        ("secretGenerator", KustomizeGenerator.fields),
    ]

    // tidy: lists
    private static let deprecated: [(field: String, instead: String)] = [
        ("bases", "resources"), ("commonLabels", "labels"), ("imageTags", "images"),
        ("patchesJson6902", "patches"), ("patchesStrategicMerge", "patches"),
        ("vars", "replacements"),
    ]

    /// - Parameter warn: is told of deprecated fields.
    init(_ folder: KustomizeFolder, warn: (String) -> Void) throws(VerbError) {
        let found = Self.names.filter { folder.files.exists(folder.path($0)) }
        guard let first = found.first else {
            throw .message(
                "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' "
                    + "in directory '\(folder.root)'")
        }
        guard found.count == 1 else {
            throw .message("Found multiple kustomization files under: \(folder.root)")
        }
        name = first
        let file = folder.path(name)
        // The file itself is read as kubectl reads manifests, unlike those that it names.
        let stream = YAML.read(try folder.load(name))
        if let error = stream.error {
            throw .message("invalid Kustomization: \(error.decoderMessage)")
        }
        content = stream.documents.first?.value ?? .emptyObject
        guard case .object(let fields) = content else {
            throw .message("invalid Kustomization: \(file): it is no map")
        }
        try Self.check(fields, file)
        for row in Self.deprecated where !content[row.field].isNull {
            let experimental = row.field == "vars" ? "[EXPERIMENTAL] " : ""
            warn(
                "# Warning: '\(row.field)' is deprecated. Please use '\(row.instead)' instead. "
                    + "\(experimental)Run 'kustomize edit fix' to update your Kustomization "
                    + "automatically.")
        }
        isComponent = content.text("kind") == "Component"
        if fields.allSatisfy({ ["apiVersion", "kind"].contains($0.key.name) || $0.value.isNull }) {
            throw .message("kustomization.yaml is empty")
        }
        try checkType(folder)
    }

    private func checkType(_ folder: KustomizeFolder) throws(VerbError) {
        let kind = content[.kind].string ?? "Kustomization"
        let version = content[.apiVersion].string
        var problems: [String] = []
        if !["", "Kustomization", "Component"].contains(kind) {
            problems.append("kind should be Kustomization or Component")
        }
        let wanted = "kustomize.config.k8s.io/" + (isComponent ? "v1alpha1" : "v1beta1")
        if let version, !version.isEmpty, version != wanted {
            problems.append("apiVersion for \(kind) should be \(wanted)")
        }
        if !problems.isEmpty {
            throw .message(
                "Failed to read kustomization file under \(folder.root):\n"
                    + problems.joined(separator: "\n"))
        }
    }

    private static func check(_ fields: Object, _ file: String) throws(VerbError) {
        func unknown(_ name: String) -> VerbError {
            .message("invalid Kustomization: json: unknown field \"\(name)\"")
        }
        for field in fields {
            let name = field.key.name
            guard known.contains(name) else { throw unknown(name) }
        }
        for row in entries {
            for entry in fields[Key(row.list)].elements {
                for field in entry.fields where !row.fields.contains(field.key.name) {
                    throw unknown(field.key.name)
                }
            }
        }
        for (name, element) in lists {
            switch fields[Key(name)] {
            case .null: break
            case .array(let elements):
                for element in elements where texts.contains(name) && element.string == nil {
                    throw mistyped(element, "Kustomization.\(name)")
                }
            case let value:
                throw mistyped(value, "Kustomization.\(name)", of: "[]\(element)")
            }
        }
        for replicas in fields["replicas"].elements {
            let count = replicas["count"]
            if count.int == nil, !count.isNull {
                throw mistyped(count, "Replica.replicas.count", of: "int64")
            }
        }
        for name in ["namespace", "namePrefix", "nameSuffix"] {
            let value = fields[Key(name)]
            if value.string == nil, !value.isNull {
                throw mistyped(value, "Kustomization.\(name)")
            }
        }
        for name in ["commonLabels", "commonAnnotations"] {
            for field in fields[Key(name)].fields where field.value.string == nil {
                throw mistyped(field.value, "Kustomization.\(name)")
            }
        }
        for name in ["images", "imageTags"] {
            for entry in fields[Key(name)].elements {
                for field in entry.fields where field.value.string == nil && !field.value.isNull {
                    throw mistyped(field.value, "Image.images.\(field.key.name)")
                }
            }
        }
        for entry in fields["labels"].elements {
            for field in entry["pairs"].fields where field.value.string == nil {
                throw mistyped(field.value, "Label.labels.pairs")
            }
        }
    }

    /// The lists whose elements are texts.
    // tidy: lists
    private static let texts = [
        "resources", "bases", "components", "crds", "configurations", "generators", "transformers",
        "validators", "buildMetadata",
    ]

    /// Lists, and what Go calls the types of their elements.
    // tidy: lists
    private static let lists: [(name: String, element: String)] =
        texts.map { ($0, "string") } + [
            ("patches", "types.Patch"), ("patchesJson6902", "types.Patch"),
            ("patchesStrategicMerge", "types.PatchStrategicMerge"), ("images", "types.Image"),
            ("replacements", "types.ReplacementField"), ("replicas", "types.Replica"),
            ("vars", "types.Var"), ("labels", "types.Label"),
            ("configMapGenerator", "types.ConfigMapArgs"),
            ("secretGenerator", "types.SecretArgs"),
        ]

    private static func mistyped(
        _ value: Value, _ place: String, of wanted: String = "string"
    ) -> VerbError {
        let type =
            switch value {
            case .null: "null"
            case .bool: "bool"
            case .int, .double: "number"
            case .text, .opaque: "string"
            case .array: "array"
            case .object: "object"
            }
        return .message(
            "invalid Kustomization: json: cannot unmarshal \(type) into Go struct field \(place) of "
                + "type \(wanted)")
    }
}
