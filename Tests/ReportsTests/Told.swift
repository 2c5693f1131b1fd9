import Language
import Syntax
import Value

@testable import Reports

/// Runs written by hand, and what a report makes of them.
enum Told {
    static let source = Source(name: "a.dock", text: "expect 1 == 2\n")

    static func diagnostic(_ message: String, _ severity: Severity = .error) -> Diagnostic {
        Diagnostic(
            DiagnosticText("DD3999", message, severity: severity), at: SourceSpan(at: 0), in: source
        )
    }

    static func scenario(
        _ title: String, _ outcome: ScenarioResult.Outcome = .passed, seed: UInt64 = 1
    ) -> ScenarioResult {
        ScenarioResult(
            title: title, tags: [], outcome: outcome, place: nil, seed: seed,
            virtualMilliseconds: 1500, trace: 0xABC, writes: 7, events: 11)
    }

    /// A scenario that passed with a warning and two attachments.
    static var noted: ScenarioResult {
        var scenario = scenario("noted")
        scenario.warnings = [diagnostic("hardly", .warning)]
        let place = Place(source: source, span: SourceSpan(at: 0))
        scenario.attachments = [
            Attachment(
                name: "list", content: .value(.array([.int(1)])), atMilliseconds: 0, place: place),
            Attachment(
                name: "text", content: .text("one <two>\n"), atMilliseconds: 10, place: place),
        ]
        return scenario
    }

    /// What a report writes of scripts whose scenarios all print `printed`.
    static func report(
        _ format: ReportFormat, _ scripts: [ScriptResult], printing printed: String = "",
        change: (inout ReportSettings) -> Void = { _ in }
    ) -> String {
        var text = ""
        var settings = ReportSettings { text += $0 }
        change(&settings)
        let report = format.make(settings)
        for script in scripts {
            report.began(script: script.path)
            for scenario in script.scenarios {
                report.began(scenario: scenario.title)
                report.wrote(printed)
                report.ended(scenario)
            }
            report.ended(script)
        }
        report.finish()
        return text
    }
}
