import Language
import Support
import Syntax

extension ReportFormat {
    /// For GitHub Actions.
    package static let github = ReportFormat(
        name: "github",
        summary: "for GitHub Actions: failures as annotations of the lines they are at",
        isBesides: true, tellsOutput: false
    ) { GitHubReport($0) }
}

/// Writes failures and warnings as the workflow commands of GitHub Actions, which shows them beside the
/// lines of a change:
///
///     ::error file=web.dock,line=3,col=3,title=rolls::expect …
///
/// In messages `%`, carriage returns and line feeds are written as `%25`, `%0D` and `%0A`; in
/// properties `:` and `,` as well (https://docs.github.com/actions/reference/workflow-commands).
package final class GitHubReport: Report {
    private let write: (String) -> Void
    private let diagnostics = DiagnosticRenderer()
    private var path = ""

    package init(_ settings: ReportSettings) { write = settings.write }

    private enum Level: String {
        case error
        case warning
    }

    package func began(script path: String) { self.path = path }

    package func began(scenario title: String) {}

    package func wrote(_ text: String) {}

    package func ended(_ result: ScenarioResult) {
        let title = result.title.isEmpty ? path : result.title
        for problem in result.problems {
            annotate(.error, at: problem.place, title: title, problem.text(diagnostics))
        }
        if case .interrupted = result.outcome {
            annotate(.error, at: result.place, title: title, "interrupted")
        }
        for warning in result.warnings { tell(warning, title: title) }
    }

    package func ended(_ result: ScriptResult) {
        if let problem = result.problem {
            line(.error, [("file", path), ("title", path)], problem)
        }
        for diagnostic in result.diagnostics { tell(diagnostic, title: diagnostic.code) }
    }

    package func finish() {}

    private func tell(_ diagnostic: Diagnostic, title: String) {
        annotate(
            diagnostic.severity == .error ? .error : .warning,
            at: Place(source: diagnostic.source, span: diagnostic.span), title: title,
            diagnostics.render(diagnostic))
    }

    private func annotate(_ level: Level, at place: Place?, title: String, _ message: String) {
        guard let place else { return line(level, [("file", path), ("title", title)], message) }
        let (start, end) = (place.start, place.end)
        var properties = [
            ("file", place.source.name), ("line", "\(start.line)"), ("endLine", "\(end.line)"),
            ("col", "\(start.column)"),
        ]
        // GitHub takes columns of one line only.
        if start.line == end.line { properties.append(("endColumn", "\(end.column)")) }
        line(level, properties + [("title", title)], message)
    }

    private func line(_ level: Level, _ properties: [(String, String)], _ message: String) {
        let written = properties.map { "\($0)=\(Self.property($1.onOneLine))" }
            .joined(separator: ",")
        write(
            "::\(level.rawValue) \(written)::"
                + "\(Self.data(message.showingControls.withoutFinalNewlines))\n")
    }

    /// A message as the runner reads it back.
    package static func data(_ text: String) -> String { escaped(text, also: []) }

    /// A property's value as the runner reads it back.
    package static func property(_ text: String) -> String { escaped(text, also: [":", ","]) }

    private static func escaped(_ text: String, also signs: [Unicode.Scalar]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let written = Set([UInt8(ascii: "%"), 13, 10] + signs.map { UInt8(ascii: $0) })
        var result: [UInt8] = []
        for byte in text.utf8 {
            if written.contains(byte) {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
