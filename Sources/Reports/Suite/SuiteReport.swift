import Support
import Value

extension ReportFormat {
    /// For people, of many files.
    package static let suite = ReportFormat(
        name: "suite", summary: "for people: a line for each file, and what failed",
        tellsOutput: false
    ) { SuiteReport($0) }
}

/// Writes a run of many scripts for people: a line for each script as it ends, each scenario that
/// failed once and whole, and at the end what passed, what failed and how to run it again.
package final class SuiteReport: Report {
    private let settings: ReportSettings
    private var results: [ScriptResult] = []
    private var path = ""
    /// What the scenario at work has written.
    private var written = ""
    /// What is told of the scenarios of the script at work, which stands under the script's line.
    private var text = ""

    package init(_ settings: ReportSettings) { self.settings = settings }

    package func began(script path: String) {
        self.path = path
        written = ""
        text = ""
    }

    package func began(scenario title: String) { written = "" }

    package func wrote(_ text: String) { written += text }

    package func ended(_ result: ScenarioResult) {
        let isQuiet = (result.isPassed || result.isSkipped) && result.warnings.isEmpty
        if settings.showsOutput || !isQuiet {
            tell { report in
                report.wrote(written)
                report.ended(result)
            }
        }
        written = ""
    }

    /// Adds what the report of one script says.
    private func tell(_ event: (HumanReport) -> Void) {
        var inner = ReportSettings { [unowned self] in text += $0 }
        inner.usesColor = settings.usesColor
        inner.showsStatistics = settings.showsStatistics
        let report = HumanReport(inner, hidesOutput: !settings.showsOutput)
        report.began(script: path)
        event(report)
    }

    package func ended(_ result: ScriptResult) {
        results.append(result)
        let counts = Counts(result)
        let mark =
            counts.failed > 0
            ? paint("✗", "31") : counts.passed > 0 ? paint("✓", "32") : paint("–", "33")
        let time = Duration(milliseconds: counts.virtualMilliseconds).shortText
        var words = counts.words
        if settings.showsSeeds, counts.seeds.count == 1, let seed = counts.seeds.first {
            words += ", seed \(seed)"
        }
        if result.isRefused {
            if result.problem == nil {
                let ran = result.scenarios.isEmpty ? "" : ": \(words)"
                settings.write("\(mark) \(path.showingControls)  refused\(ran)\n")
            }
            tell { report in report.ended(result) }
        } else {
            settings.write("\(mark) \(path.showingControls)  \(words)\(paint("  \(time)", "2"))\n")
            if !result.diagnostics.isEmpty { tell { report in report.ended(result) } }
        }
        settings.write(text)
        text = ""
    }

    package func finish() {
        var counts = Counts()
        for result in results { counts.add(result) }
        // Where nothing was selected the reason is told, and nothing of nought.
        if !counts.isAny { return }
        let files = "\(results.count) \(results.count == 1 ? "file" : "files")"
        let virtual = Duration(milliseconds: counts.virtualMilliseconds).shortText
        settings.write(
            paint("\(files): \(counts.words)", counts.failed == 0 ? "32" : "31") + "\n")
        var times = "\(virtual) of virtual time"
        if let wall = settings.wallMicroseconds?() {
            times += " in \(WallTime.text(wall)) on the clock"
        }
        settings.write(paint(times, "2") + "\n")
        if let again = Reproduction.command(for: results, settings.command) {
            settings.write("again: \(again)\n")
        }
        if settings.showsHints, let command = Reproduction.explanation(of: results) {
            settings.write(paint("what it means: \(command)", "2") + "\n")
        }
    }

    private func paint(_ text: String, _ code: String) -> String {
        settings.usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// How the scenarios of some scripts ended.
private struct Counts {
    var passed = 0
    var failed = 0
    var skipped = 0
    var warnings = 0
    var virtualMilliseconds: Int64 = 0
    var seeds: Set<UInt64> = []

    init() {}

    init(_ result: ScriptResult) { add(result) }

    mutating func add(_ result: ScriptResult) {
        if result.isRefused { failed += 1 }
        warnings += result.diagnostics.count { $0.severity == .warning }
        for scenario in result.scenarios {
            warnings += scenario.warnings.count
            virtualMilliseconds += scenario.virtualMilliseconds
            if scenario.isPassed {
                passed += 1
            } else if scenario.isSkipped {
                skipped += 1
            } else {
                failed += 1
            }
            seeds.insert(scenario.seed)
        }
    }

    /// Whether there was anything at all.
    var isAny: Bool { passed + failed + skipped + warnings > 0 }

    /// `3 passed, 1 failed`: what there is.
    var words: String {
        var parts = [(passed, "passed"), (failed, "failed"), (skipped, "skipped")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        if warnings > 0 { parts.append("\(warnings) \(warnings == 1 ? "warning" : "warnings")") }
        if parts.isEmpty { parts = ["0 passed"] }
        return parts.joined(separator: ", ")
    }
}
