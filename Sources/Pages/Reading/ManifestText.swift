import Value
import YAML

/// YAML of a page.
enum ManifestText {
    /// Whether a line can stand in a manifest.
    static func isManifestLine(_ line: String) -> Bool {
        guard let first = line.first else { return true }
        if first == " " || first == "#" || first == "\t" { return true }
        if line.hasPrefix("---") || line.hasPrefix("- ") { return true }
        let key = line.prefix { $0.isLetter && $0.isASCII || $0.isNumber || $0 == "_" || $0 == "-" }
        let rest = line.dropFirst(key.count)
        return !key.isEmpty && rest.hasPrefix(":")
            && (rest.count == 1 || rest.dropFirst().first == " ")
    }

    /// Whether lines are objects of the API, or JSON of one.
    static func isManifest(_ lines: [String]) -> Bool {
        let keys = lines.filter { !$0.hasPrefix(" ") && !$0.hasPrefix("\t") }
        if keys.contains(where: { $0.hasPrefix("apiVersion:") }) {
            return lines.contains { $0.hasPrefix("kind:") }
        }
        return lines.first { !PageText.isBlank($0) }?.hasPrefix("{") == true
            && lines.contains { $0.contains("\"apiVersion\"") }
    }

    /// Whether lines are a part of an object: YAML with keys that objects or pods have.
    static func isPart(_ lines: [String]) -> Bool {
        guard
            let object = objects(text(lines)).first
                ?? YAML.read(text(lines)).documents.first?.value,
            case .object(let fields) = object
        else { return false }
        return !fields.isEmpty && fields.allSatisfy { parts.contains("\($0.key)") }
    }

    private static let parts: Set<String> = podFields.union([
        "metadata", "spec", "data", "stringData", "replicas", "selector", "template", "strategy",
        "completions", "parallelism", "activeDeadlineSeconds", "backoffLimit", "ports", "type",
        "completionMode", "schedule", "jobTemplate", "rules", "labels", "annotations",
    ])

    /// Fields of a pod's spec, which templates have too.
    private static let podFields: Set<String> = [
        "containers", "initContainers", "volumes", "nodeSelector", "affinity", "tolerations",
        "restartPolicy", "nodeName", "securityContext", "serviceAccountName", "serviceAccount",
        "hostNetwork", "dnsPolicy", "terminationGracePeriodSeconds", "priorityClassName",
        "automountServiceAccountToken", "imagePullSecrets", "topologySpreadConstraints",
        "schedulerName", "hostAliases", "hostname", "subdomain",
    ]

    /// A part of an object of a kind as an object of which it is a part; nil where it is no part of one.
    static func whole(_ part: String, kind: String) -> Value? {
        guard let value = YAML.read(part).documents.first?.value, case .object(let fields) = value
        else { return nil }
        let keys = fields.map { "\($0.key)" }
        let isRoot = keys.contains {
            ["metadata", "spec", "data", "stringData", "rules"].contains($0)
        }
        if isRoot { return value }
        if keys.allSatisfy({ ["labels", "annotations"].contains($0) }) {
            return [.metadata: value]
        }
        guard keys.allSatisfy(podFields.contains) else { return [.spec: value] }
        switch kind {
        case "Pod": return [.spec: value]
        case "CronJob": return [.spec: [.jobTemplate: [.spec: [.template: [.spec: value]]]]]
        default: return [.spec: [.template: [.spec: value]]]
        }
    }

    /// The text of a manifest, tabs as blanks: as many as let it be read.
    static func text(_ lines: [String]) -> String {
        var lines = lines
        while lines.last.map(PageText.isBlank) == true { lines.removeLast() }
        let text = lines.map { $0 + "\n" }.joined()
        guard text.utf8.contains(UInt8(ascii: "\t")) || !text.utf8.allSatisfy({ $0 < 128 }) else {
            return text
        }
        let plain = lines.map { line in isQuoted(line) ? line : PageText.command(line) }
            .map { $0 + "\n" }.joined()
        for width in [2, 4, 8] {
            let spaced = plain.replacing("\t", with: String(repeating: " ", count: width))
            if YAML.read(spaced).error == nil { return spaced }
        }
        return text
    }

    /// A value in quotes keeps its dashes.
    private static func isQuoted(_ line: String) -> Bool {
        line.contains("\"") || line.contains("#")
    }

    /// Whether a line of dots stands for what the author has left out.
    static func isElided(_ text: String) -> Bool {
        let lines = text.split(separator: "\n").filter { !PageText.isBlank($0) }
        return lines.enumerated().contains { index, line in
            let body = PageText.trimmed(line)
            if body == "…" || body == "……" { return true }
            // Three dots at the very end, and not indented, end a document.
            let isEnd = index == lines.count - 1 && line.first == "."
            return body.count >= 3 && body.allSatisfy { $0 == "." || $0 == "…" } && !isEnd
        }
    }

    /// What the objects of a text are called, such as `Pod/web`; empty where it has none with a name.
    static func names(_ text: String) -> Set<String> {
        Set(
            objects(text).compactMap { object in
                guard let kind = object[.kind].string, let name = object[.metadata][.name].string
                else { return nil }
                return "\(kind)/\(name)"
            })
    }

    /// The objects of a text that could be read.
    static func objects(_ text: String) -> [Value] { YAML.read(text).documents.map(\.value) }
}
