import Support
import Syntax

extension ReportFormat {
    /// For other programs.
    package static let tap = ReportFormat(
        name: "tap", summary: "for programs: Test Anything Protocol, version 14"
    ) { TAPReport($0) }
}

/// Writes a run as TAP 14 (https://testanything.org/tap-version-14-specification.html).
///
/// A script is a test; one with scenarios holds them as a subtest. A failed test carries a YAML block
/// with the report that people get (`message`) and what the scenario's commands printed (`output`);
/// every scenario's block tells the virtual time in milliseconds.
///
/// The plan stands at the end, because a script's scenarios are known only when it runs.
package final class TAPReport: Report {
    private let write: (String) -> Void
    private let showsStatistics: Bool
    private let diagnostics = DiagnosticRenderer()
    private var hasBegun = false
    private var isInterrupted = false
    /// The script at work.
    private var path = ""
    /// How many tests stand at the outermost level, and in the script at work.
    private var scriptCount = 0
    private var scenarioCount = 0
    /// The result of a script that is one scenario itself, told when the script ends.
    private var whole: ScenarioResult?
    /// What the scenario at work has printed.
    private var output = ""

    package init(_ settings: ReportSettings) {
        write = settings.write
        showsStatistics = settings.showsStatistics
    }

    // MARK: Listening

    package func began(script path: String) {
        if !hasBegun { write("TAP version 14\n") }
        hasBegun = true
        self.path = path
        scenarioCount = 0
        whole = nil
        output = ""
    }

    package func began(scenario title: String) { output = "" }

    package func wrote(_ text: String) { output += text }

    package func ended(_ result: ScenarioResult) {
        if case .interrupted = result.outcome { isInterrupted = true }
        // A script without titled scenarios has exactly one.
        guard !result.title.isEmpty else { return whole = result }
        if scenarioCount == 0 { write("# Subtest: \(Self.oneLine(path))\n") }
        scenarioCount += 1
        point(
            scenarioCount, result.title, isOK: result.isPassed || result.isSkipped,
            directive: directive(result.outcome), block: block(result), indent: 4)
    }

    package func ended(_ result: ScriptResult) {
        scriptCount += 1
        var block: [Field] = []
        var ending = ""
        if scenarioCount > 0 {
            write("    1..\(scenarioCount)\n")
        } else if let whole {
            block = self.block(whole)
            ending = directive(whole.outcome)
        } else if result.scenarios.isEmpty, !result.isRefused {
            ending = " # SKIP no scenario was selected"
        }
        if let problem = result.problem { block.append(.text("message", problem)) }
        if !result.diagnostics.isEmpty {
            block.append(.text("diagnostics", diagnostics.render(result.diagnostics)))
        }
        let isOK = !result.isRefused && result.scenarios.allSatisfy { $0.isPassed || $0.isSkipped }
        point(scriptCount, result.path, isOK: isOK, directive: ending, block: block, indent: 0)
    }

    package func finish() {
        if !hasBegun { write("TAP version 14\n") }
        write(isInterrupted ? "Bail out! interrupted\n" : "1..\(scriptCount)\n")
    }

    // MARK: Parts

    private enum Field {
        case number(String, Int64)
        case decimal(String, Double)
        case text(String, String)
        /// A list of named texts.
        case texts(String, [(name: String, content: String)])
    }

    private func directive(_ outcome: ScenarioResult.Outcome) -> String {
        switch outcome {
        case .skipped(let reason): " # SKIP\(reason.map { " " + Self.oneLine($0) } ?? "")"
        case .passed, .failed, .commandFailed, .broken, .interrupted: ""
        }
    }

    private func block(_ result: ScenarioResult) -> [Field] {
        if result.isSkipped { return [] }
        var fields = [Field.number("virtual_ms", result.virtualMilliseconds)]
        if let wall = result.wallMicroseconds {
            fields.append(.decimal("duration_ms", WallTime.milliseconds(wall)))
        }
        if showsStatistics {
            fields += [
                .number("writes", Int64(result.writes)), .number("events", Int64(result.events)),
                .text("trace", String(result.trace, radix: 16)),
            ]
        }
        if let place = result.place, !result.isPassed {
            fields.append(.text("at", place.description))
        }
        if let trouble = result.trouble(diagnostics) { fields.append(.text("message", trouble)) }
        if !result.warnings.isEmpty {
            fields.append(.text("warnings", diagnostics.render(result.warnings)))
        }
        if !result.attachments.isEmpty {
            fields.append(
                .texts("attachments", result.attachments.map { ($0.name, $0.content.text) }))
        }
        if !result.isPassed, !output.isEmpty { fields.append(.text("output", output)) }
        return fields
    }

    private func point(
        _ number: Int, _ title: String, isOK: Bool, directive: String, block: [Field], indent: Int
    ) {
        let blanks = String(repeating: " ", count: indent)
        let status = isOK ? "ok" : "not ok"
        write("\(blanks)\(status) \(number) - \(Self.description(title))\(directive)\n")
        guard !block.isEmpty else { return }
        write("\(blanks)  ---\n")
        for field in block {
            switch field {
            case .number(let name, let number): write("\(blanks)  \(name): \(number)\n")
            case .decimal(let name, let number): write("\(blanks)  \(name): \(number)\n")
            case .text(let name, let text): write(Self.field(name, text, indent: indent + 2))
            case .texts(let name, let texts):
                write("\(blanks)  \(name):\n")
                for (name, content) in texts {
                    write("\(blanks)    - name: \(Self.quoted(Self.oneLine(name)))\n")
                    write(Self.field("content", content, indent: indent + 6))
                }
            }
        }
        write("\(blanks)  ...\n")
    }

    /// A field of a YAML block: quoted in one line, or a literal block where the text has several. Empty
    /// lines are indented, and what begins with a blank is quoted: Perl's reader of TAP knows no more
    /// of YAML than that.
    private static func field(_ name: String, _ text: String, indent: Int) -> String {
        let blanks = String(repeating: " ", count: indent)
        let lines = lines(text)
        if lines.count <= 1 {
            return "\(blanks)\(name): \(quoted(String(lines.first ?? "")))\n"
        }
        if lines[0].isEmpty || lines[0].first?.isWhitespace == true {
            return "\(blanks)\(name): \(quoted(lines.joined(separator: "\n")))\n"
        }
        return "\(blanks)\(name): |\n" + lines.map { "\(blanks)  \($0)\n" }.joined()
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
        return "\"\(escaped)\""
    }

    /// The lines of a text without empty ones at its end.
    private static func lines(_ text: String) -> [Substring] {
        var plain = String.UnicodeScalarView()
        for scalar in text.showingControls.unicodeScalars {
            switch scalar {
            case "\r": continue
            // YAML ends lines at these two as well, and knows no such characters as the next two.
            case "\u{2028}", "\u{2029}": plain.append("\n")
            case "\u{FFFE}", "\u{FFFF}": plain.append("\u{FFFD}")
            default: plain.append(scalar)
            }
        }
        var lines = String(plain).split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// A title in one line, with the two characters that TAP escapes.
    private static func description(_ title: String) -> String {
        var result = ""
        for character in oneLine(title) {
            if character == "\\" || character == "#" { result.append("\\") }
            result.append(character)
        }
        return result
    }

    private static func oneLine(_ text: String) -> String {
        text.showingControls.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
