import Support
import Value

/// Where an object of a kustomization comes from, or what changed it: `buildMetadata` writes it into
/// annotations.
///
/// Source: kustomize, api/resource/origin.go.
struct KustomizeOrigin {
    /// The file of an object that stands in one.
    var path = ""
    /// The kustomization, or the file with the configuration, of what made or changed the object.
    var configuredIn = ""
    /// What made or changed it.
    var configuredBy: Value = .null

    static func file(_ path: String) -> KustomizeOrigin { KustomizeOrigin(path: path) }

    /// What a kustomization asks for by a field of its own.
    static func builtin(_ kind: String, in file: String) -> KustomizeOrigin {
        KustomizeOrigin(
            configuredIn: file, configuredBy: [.apiVersion: "builtin", .kind: Value(kind)])
    }

    /// What a configuration in a file of its own asks for.
    static func configured(_ config: Value, in file: String) -> KustomizeOrigin {
        var by: Value = [.apiVersion: config[.apiVersion], .kind: config[.kind]]
        for key in [Key.name, .namespace] where !config[.metadata].text(key).isEmpty {
            by[key] = config[.metadata][key]
        }
        return KustomizeOrigin(configuredIn: file, configuredBy: by)
    }

    private var lines: [String] {
        var lines: [String] = []
        if !path.isEmpty { lines.append("path: " + YAMLPrinter.text(Value(path)).dropLast()) }
        if !configuredIn.isEmpty {
            lines.append("configuredIn: " + YAMLPrinter.text(Value(configuredIn)).dropLast())
        }
        if !configuredBy.isNull {
            lines.append("configuredBy:")
            for field in configuredBy.fields {
                lines.append("  \(field.key.name): " + YAMLPrinter.text(field.value).dropLast())
            }
        }
        return lines
    }

    /// The annotation of an object's origin.
    var text: String { lines.map { $0 + "\n" }.joined() }

    /// The annotation of all that changed an object.
    static func text(of transformations: [KustomizeOrigin]) -> String {
        transformations.map { origin in
            origin.lines.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 + "\n" }.joined()
        }.joined()
    }

    /// A path behind another, as upstream joins them.
    static func join(_ folder: String, _ path: String) -> String {
        let joined = KustomizeFolder.plain(folder.isEmpty ? path : folder + "/" + path)
        return joined == "." ? "" : joined
    }
}
