import Syntax
import Value

extension LanguageServer {
    /// `textDocument/codeAction`: what the hints of diagnostics propose, where it can be done by replacing
    /// the text that the diagnostic points at.
    func codeActions(_ parameters: Value) throws(RPCError) -> Value {
        let uri = try documentURI(parameters)
        let document = try workspace.document(uri)
        let start = document.lines.offset(
            of: try Position(parameters["range"]["start"]), workspace.encoding)
        let end = document.lines.offset(
            of: try Position(parameters["range"]["end"]), workspace.encoding)
        let only = parameters["context"]["only"].elements.compactMap(\.string)
        guard only.isEmpty || only.contains("quickfix") else { return .emptyArray }
        let analysis = try workspace.analysis(uri)
        let own = analysis.diagnostics.filter { diagnostic in
            diagnostic.source === analysis.script.source
                && Int(diagnostic.span.start) <= end && start <= Int(diagnostic.span.end)
        }
        return .array(
            own.compactMap { diagnostic -> Value? in
                guard let fix = HintFix(diagnostic) else { return nil }
                let edit: Value = [
                    "range": workspace.range(fix.span, in: document.lines),
                    "newText": Value(fix.text),
                ]
                var changes = Value.emptyObject
                changes[uri] = [edit]
                return [
                    "title": Value("Change to \(fix.text)"), "kind": "quickfix",
                    "isPreferred": true,
                    "diagnostics": .array(told(of: diagnostic, in: parameters, document.lines)),
                    "edit": ["changes": changes],
                ]
            })
    }

    /// The diagnostic as the client has it.
    private func told(
        of diagnostic: Diagnostic, in parameters: Value, _ lines: LineTable
    ) -> [Value] {
        let range = workspace.range(diagnostic.span, in: lines)
        return parameters["context"]["diagnostics"].elements.filter {
            $0["code"].string == diagnostic.code && $0["range"] == range
        }
    }
}

/// The replacement that a hint proposes.
struct HintFix: Equatable {
    let span: SourceSpan
    let text: String

    /// Diagnostics whose hint is to write something else in the place that is marked.
    private static let written = ["DD1201", "DD1202", "DD1306"]

    /// Reads `did you mean X?`, and for some diagnostics: write X; each in backquotes.
    init?(_ diagnostic: Diagnostic) {
        guard let hint = diagnostic.hint, !diagnostic.span.isEmpty else { return nil }
        let isWritten = Self.written.contains(diagnostic.code)
        let opening = isWritten ? "write `" : "did you mean `"
        guard hint.hasPrefix(opening) else { return nil }
        let rest = hint.dropFirst(opening.count)
        guard let close = rest.firstIndex(of: "`"), close > rest.startIndex else { return nil }
        // What follows a proposal that is the whole mend says nothing more.
        let behind = rest[close...].dropFirst()
        guard behind.isEmpty || behind == "?" || behind.hasPrefix(",") else { return nil }
        var text = String(rest[..<close])
        let source = diagnostic.source
        let found = source.text(in: diagnostic.span)
        var span = diagnostic.span
        if text.hasPrefix("--"), let sign = found.firstIndex(of: "=") {
            span = SourceSpan(
                start: Int(span.start), end: Int(span.start) + found[..<sign].utf8.count)
        }
        // `rollout statu`: the hint says `rollout status`, and the mark is at the last word.
        if let blank = text.lastIndex(of: " ") {
            let line = source.lineRange(source.lineIndex(at: Int(span.start)))
            let before = String(
                decoding: source.utf8[line.lowerBound..<Int(span.start)], as: UTF8.self)
            if before.hasSuffix(text[...blank]) { text = String(text[text.index(after: blank)...]) }
        }
        if source.text(in: span) == text { return nil }
        self.span = span
        self.text = text
    }
}
