import Language
import Support
import Syntax
import Value

extension ReportFormat {
    /// For people.
    package static let human = ReportFormat(
        name: "human", summary: "for people: what commands print, and what held"
    ) { HumanReport($0, hidesOutput: false) }

    /// For people who want to hear of failures only.
    package static let quiet = ReportFormat(
        name: "quiet", summary: "for people: what commands print only where a scenario fails",
        tellsOutput: false
    ) { HumanReport($0, hidesOutput: true) }
}

/// Writes a run for people: what commands print, a line for each scenario, a report for each failure,
/// and at the end what passed, what failed and how to run it again.
package final class HumanReport: Report {
    private let write: (String) -> Void
    private let style: Style
    private let hidesOutput: Bool
    private let showsStatistics: Bool
    private let showsWallTime: Bool
    private let showsHints: Bool
    private let command: [String]
    private let diagnostics: DiagnosticRenderer
    private var results: [ScriptResult] = []
    /// Output of the scenario at work, kept back while it is hidden and shown if the scenario fails.
    private var kept = ""
    private var isAtLineStart = true
    /// The script at work, which stands for the title of a scenario without one.
    private var path = ""
    private var hasNamedScript = false
    private var warningCount = 0

    /// - Parameter hidesOutput: show what commands print only for scenarios that fail.
    package init(_ settings: ReportSettings, hidesOutput: Bool) {
        write = settings.write
        self.hidesOutput = hidesOutput
        showsStatistics = settings.showsStatistics
        showsWallTime = settings.showsWallTime
        showsHints = settings.showsHints
        command = settings.command
        style = Style(usesColor: settings.usesColor)
        diagnostics = DiagnosticRenderer(usesColor: settings.usesColor)
    }

    private struct Style {
        let usesColor: Bool

        func green(_ text: String) -> String { paint(text, "32") }
        func red(_ text: String) -> String { paint(text, "31") }
        func yellow(_ text: String) -> String { paint(text, "33") }
        func bold(_ text: String) -> String { paint(text, "1") }
        func dim(_ text: String) -> String { paint(text, "2") }

        private func paint(_ text: String, _ code: String) -> String {
            usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
        }
    }

    // MARK: Listening

    package func began(script path: String) {
        self.path = path.showingControls
        hasNamedScript = false
    }

    package func began(scenario title: String) {
        kept = ""
        guard !title.isEmpty else { return }
        if !hidesOutput { return line(style.bold("── \(title.showingControls)")) }
        // Between many titles people look for the file.
        if !hasNamedScript { line(style.bold(path)) }
        hasNamedScript = true
    }

    package func wrote(_ text: String) {
        let text = text.showingControls
        if hidesOutput { kept += text } else { emit(text) }
    }

    package func ended(_ result: ScenarioResult) {
        startLine()
        let title = " " + (result.title.isEmpty ? path : result.title.showingControls)
        let time = style.dim("  \(times(result.virtualMilliseconds, result.wallMicroseconds))")
        switch result.outcome {
        case .passed:
            if !result.title.isEmpty || hidesOutput { line(style.green("✓") + title + time) }
        case .skipped(let reason):
            line(
                style.yellow("–") + title
                    + style.dim("  skipped\(reason.map { ": \($0.showingControls)" } ?? "")"))
        case .interrupted:
            if hidesOutput { emit(kept) }
            startLine()
            line(style.red("✗") + title + "  interrupted")
            if let trouble = result.trouble(diagnostics) { line(indented(painted(trouble))) }
        case .failed, .commandFailed, .broken:
            if hidesOutput { emit(kept) }
            startLine()
            line(style.red("✗") + title + time)
            line(indented(painted(result.trouble(diagnostics) ?? "")))
            for attachment in result.attachments { show(attachment) }
        }
        if !result.warnings.isEmpty {
            warningCount += result.warnings.count
            line(indented(diagnostics.render(result.warnings).withoutFinalNewlines))
        }
        if showsStatistics {
            line(
                "statistics: \(result.writes) writes, \(result.events) events, "
                    + "trace \(String(result.trace, radix: 16))")
        }
    }

    /// Virtual time, and behind it in brackets that on the wall where it is wanted and known.
    private func times(_ virtual: Int64, _ wall: Int64?) -> String {
        let text = Duration(milliseconds: virtual).shortText
        guard showsWallTime, let wall else { return text }
        return "\(text) (\(WallTime.text(wall)))"
    }

    private func painted(_ trouble: String) -> String {
        style.usesColor ? FailurePaint.painted(trouble) : trouble
    }

    /// The end of what was attached; the whole of it is in the other reports.
    private func show(_ attachment: Attachment) {
        let lines = attachment.content.text.showingControls.withoutFinalNewlines
            .split(separator: "\n", omittingEmptySubsequences: false)
        line("  attached: \(attachment.name.onOneLine)")
        let left = lines.count - Self.attachmentLines
        if left > 0 { line("    | … \(left) \(left == 1 ? "line" : "lines") before") }
        for text in lines.suffix(Self.attachmentLines) { line("    | \(text)") }
    }

    /// Lines of an attachment that are shown from its end.
    private static let attachmentLines = 12

    private func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.isEmpty ? "" : "  \($0)"
        }.joined(separator: "\n")
    }

    package func ended(_ result: ScriptResult) {
        results.append(result)
        if let problem = result.problem {
            startLine()
            line(style.red("✗") + " \(path)  \(problem.showingControls)")
        }
        if !result.diagnostics.isEmpty {
            warningCount += result.diagnostics.count { $0.severity == .warning }
            startLine()
            emit(diagnostics.render(result.diagnostics))
        }
    }

    // MARK: The end

    package func finish() {
        startLine()
        let scenarios = results.flatMap(\.scenarios)
        let passed = scenarios.filter(\.isPassed).count
        let skipped = scenarios.filter(\.isSkipped).count
        let failed = scenarios.count - passed - skipped + results.filter(\.isRefused).count
        let virtual = scenarios.reduce(Int64(0)) { $0 + $1.virtualMilliseconds }
        var text = "\(passed) passed, \(failed) failed"
        if skipped > 0 { text += ", \(skipped) skipped" }
        if warningCount > 0 {
            text += ", \(warningCount) \(warningCount == 1 ? "warning" : "warnings")"
        }
        line(failed == 0 ? style.green(text) : style.red(text))
        let wall = results.compactMap(\.wallMicroseconds).reduce(0, +)
        let onTheWall = showsWallTime && wall > 0 ? " in \(WallTime.text(wall))" : ""
        line(style.dim("\(Duration(milliseconds: virtual).shortText) of virtual time\(onTheWall)"))
        if let again = Reproduction.command(for: results, command) { line("again: \(again)") }
        if showsHints, let command = Reproduction.explanation(of: results) {
            line(style.dim("what it means: \(command)"))
        }
    }

    // MARK: Writing

    private func emit(_ text: String) {
        guard !text.isEmpty else { return }
        write(text)
        isAtLineStart = text.hasSuffix("\n")
    }

    private func startLine() { if !isAtLineStart { emit("\n") } }

    private func line(_ text: String) { emit(text.hasSuffix("\n") ? text : text + "\n") }
}
