import Syntax

/// A tree as text without its spans, so that trees of different layout can be compared.
func treeText(_ value: Any) -> String {
    if value is SourceSpan || value is Source { return "" }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
        return mirror.children.first.map { treeText($0.value) } ?? "nil"
    case .collection:
        return "[" + mirror.children.map { treeText($0.value) }.joined(separator: ", ") + "]"
    case .struct, .tuple:
        let fields = mirror.children.compactMap { child -> String? in
            if child.value is SourceSpan || child.value is Source { return nil }
            return "\(child.label ?? ""): \(treeText(child.value))"
        }
        return "\(mirror.subjectType)(" + fields.joined(separator: ", ") + ")"
    case .enum:
        guard let child = mirror.children.first else { return ".\(value)" }
        return ".\(child.label ?? "")(\(treeText(child.value)))"
    default:
        return String(reflecting: value)
    }
}

/// Parses text that is expected to be right or wrong.
func parse(_ text: String, names: Set<String> = []) -> ParseResult {
    var options = ParseOptions()
    options.expressionNames = names
    // What is a session is tested beside its own code.
    options.readsSessions = false
    return Parser.parse(Source(name: "test.dock", text: text), options: options)
}

/// Parses text of the shell dialect.
func parseShell(_ text: String) -> ParseResult {
    Parser.parseShell(Source(name: "shell", text: text))
}

/// The diagnostics of a text as people see them.
func rendered(_ text: String) -> String {
    DiagnosticRenderer().render(parse(text).diagnostics)
}
