import Language
import Support
import Syntax
import Value

extension ReportFormat {
    /// For build servers.
    package static let junit = ReportFormat(
        name: "junit", summary: "for build servers: XML as JUnit's runners write it"
    ) { JUnitReport($0) }
}

/// Writes a run as the XML that Jenkins, GitLab and others read: a suite for each script, a case for
/// each scenario.
///
/// The format has no standard; this keeps to what Jenkins' schema of it (junit-10) allows, which the
/// others take as well. An expectation that did not hold is a `failure`; what kept a scenario from
/// being judged, a command or the script itself, is an `error`. What has no place of its own stands in
/// `system-out`: virtual time, attachments, what the commands printed; warnings in `system-err`.
///
/// The counts stand at the top, so that everything is written at the end.
package final class JUnitReport: Report {
    private let write: (String) -> Void
    private let diagnostics = DiagnosticRenderer()
    private var suites: [Suite] = []
    private var cases: [Case] = []
    private var path = ""
    private var output = ""

    package init(_ settings: ReportSettings) { write = settings.write }

    /// A case, as text, with what counts of it.
    private struct Case {
        var text: String
        var failures = 0
        var errors = 0
        var isSkipped = false
        var wallMicroseconds: Int64 = 0
        var virtualMilliseconds: Int64 = 0
    }

    private struct Suite {
        let path: String
        let cases: [Case]

        func sum(_ part: (Case) -> Int64) -> Int64 { cases.reduce(0) { $0 + part($1) } }

        var counts: [(String, String)] {
            [
                ("tests", "\(cases.count)"), ("failures", "\(sum { Int64($0.failures) })"),
                ("errors", "\(sum { Int64($0.errors) })"),
            ]
        }
    }

    // MARK: Listening

    package func began(script path: String) {
        self.path = path
        cases = []
    }

    package func began(scenario title: String) { output = "" }

    package func wrote(_ text: String) { output += text }

    package func ended(_ result: ScenarioResult) {
        var element = XMLWriter(level: 3)
        var entry = Case(text: "")
        for problem in result.problems { tell(problem, &element, &entry) }
        switch result.outcome {
        case .skipped(let reason):
            element.element("skipped", reason.map { [("message", $0)] } ?? [])
            entry.isSkipped = true
        case .interrupted:
            element.element("error", [("message", "interrupted"), ("type", "interrupted")])
            entry.errors += 1
        case .passed, .failed, .commandFailed, .broken: break
        }
        if !result.isSkipped { element.element("system-out", [], systemOut(result)) }
        if !result.warnings.isEmpty {
            element.element("system-err", [], diagnostics.render(result.warnings))
        }
        entry.virtualMilliseconds = result.virtualMilliseconds
        entry.wallMicroseconds = result.wallMicroseconds ?? 0
        add(entry, named: result.title.isEmpty ? path : result.title, element.text)
    }

    package func ended(_ result: ScriptResult) {
        let errors = result.diagnostics.filter { $0.severity == .error }
        let warnings = result.diagnostics.filter { $0.severity != .error }
        if let problem = result.problem {
            var element = XMLWriter(level: 3)
            element.element("error", [("message", problem), ("type", "file")])
            add(Case(text: "", errors: 1), named: path, element.text)
        } else if !errors.isEmpty {
            var element = XMLWriter(level: 3)
            var entry = Case(text: "")
            for diagnostic in errors { tell(Problem(diagnostic), &element, &entry) }
            add(entry, named: path, element.text)
        }
        if !warnings.isEmpty {
            var element = XMLWriter(level: 3)
            element.element("system-err", [], diagnostics.render(warnings))
            add(Case(text: ""), named: "\(path): check", element.text)
        }
        suites.append(Suite(path: result.path, cases: cases))
    }

    private func tell(_ problem: Problem, _ element: inout XMLWriter, _ entry: inout Case) {
        let name: String
        switch problem.kind {
        case .expectation:
            name = "failure"
            entry.failures = 1
        case .command, .script:
            name = "error"
            entry.errors = 1
        }
        element.element(
            name,
            [
                ("message", "\(problem.place.description): \(problem.headline)"),
                ("type", problem.code ?? problem.kindName),
            ], problem.text(diagnostics))
    }

    private func systemOut(_ result: ScenarioResult) -> String {
        let time = Duration(milliseconds: result.virtualMilliseconds).shortText
        var text = "\(time) of virtual time, seed \(result.seed)\n"
        for attachment in result.attachments {
            text += "--- attached: \(attachment.name.onOneLine)\n"
            text += attachment.content.text.withoutFinalNewlines + "\n"
        }
        if !output.isEmpty { text += "--- output\n\(output)" }
        return text
    }

    private func add(_ entry: Case, named name: String, _ inner: String) {
        var entry = entry
        // A case counts once: as an error where something kept it from being judged.
        if entry.errors > 0 { entry.failures = 0 }
        var element = XMLWriter(level: 2)
        element.element(
            "testcase",
            [
                ("name", name), ("classname", path),
                ("time", WallTime.seconds(entry.wallMicroseconds)),
            ], inner: inner)
        entry.text = element.text
        cases.append(entry)
    }

    // MARK: The end

    package func finish() {
        write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        let all = Suite(path: "drydock", cases: suites.flatMap(\.cases))
        var root = XMLWriter(level: 0)
        root.begin(
            "testsuites",
            [("name", "drydock")] + all.counts
                + [("time", WallTime.seconds(all.sum(\.wallMicroseconds)))])
        write(root.text)
        for suite in suites { write(suite) }
        write("</testsuites>\n")
    }

    private func write(_ suite: Suite) {
        var element = XMLWriter(level: 1)
        element.begin(
            "testsuite",
            [("name", suite.path), ("file", suite.path)] + suite.counts
                + [
                    ("skipped", "\(suite.cases.count { $0.isSkipped })"),
                    ("time", WallTime.seconds(suite.sum(\.wallMicroseconds))),
                ])
        element.begin("properties", [])
        element.element(
            "property",
            [("name", "virtual_ms"), ("value", "\(suite.sum(\.virtualMilliseconds))")])
        element.end("properties")
        write(element.text)
        for entry in suite.cases { write(entry.text) }
        write("  </testsuite>\n")
    }
}
