import Syntax

/// Why the API server would refuse an embedded manifest, or take it otherwise than it looks. Codes DD40nn.
enum ManifestProblem: DiagnosticWords {
    case syntax(String)
    case duplicateKey(String, first: SourceSpan)
    case unknownField(String, hint: String?)
    case wrongType(String)
    case unknownKind(String, apiVersion: String, hint: String?)

    var text: DiagnosticText {
        switch self {
        case .syntax(let message): DiagnosticText("DD4001", "this manifest is no YAML: \(message)")
        case .duplicateKey(let key, let first):
            DiagnosticText(
                "DD4002", "the key `\(key)` stands twice in one map", label: "stands again",
                notes: [DiagnosticNote("this one has no effect", at: first)],
                hint: "keep one of them: kubectl takes the last", severity: .warning)
        case .unknownField(let path, let hint):
            DiagnosticText(
                "DD4003", "this kind has no field `\(path)`", label: "no such field", hint: hint)
        case .wrongType(let message):
            DiagnosticText("DD4004", "the manifest cannot be read: \(message)", label: "wrong type")
        case .unknownKind(let kind, let apiVersion, let hint):
            DiagnosticText(
                "DD4005", "there is no kind `\(kind)` in \(apiVersion)", label: "not a kind",
                hint: hint)
        }
    }
}
