import Language
import Support
import Syntax
import Value

extension ReportFormat {
    /// For other programs.
    package static let json = ReportFormat(
        name: "json", summary: "for programs: a line of JSON for each scenario, script and the run"
    ) { JSONReport($0) }
}

/// Writes a run as lines of JSON, each as soon as it is known; docs/report.schema.json describes them.
///
/// Texts are as they were, whatever they hold: JSON has an escape for every character.
package final class JSONReport: Report {
    /// What the first line says of the form of the others. Fields may be added without another number.
    package static let schema = 1

    private let write: (String) -> Void
    private let command: [String]
    private let diagnostics = DiagnosticRenderer()
    private var hasBegun = false
    private var path = ""
    private var output = ""
    private var results: [ScriptResult] = []

    package init(_ settings: ReportSettings) {
        write = settings.write
        command = settings.command
    }

    // MARK: Listening

    package func began(script path: String) {
        beginRun()
        self.path = path
    }

    package func began(scenario title: String) { output = "" }

    package func wrote(_ text: String) { output += text }

    package func ended(_ result: ScenarioResult) { line(scenario(result)) }

    package func ended(_ result: ScriptResult) {
        results.append(result)
        var fields = Fields("script")
        fields.add("script", Value(result.path))
        fields.add("status", Value(status(of: result)))
        fields.add("wallMs", wall(result.wallMicroseconds))
        fields.add("problem", Value(result.problem))
        fields.add("diagnostics", .array(result.diagnostics.map(diagnostic)))
        line(fields)
    }

    package func finish() {
        beginRun()
        let scenarios = results.flatMap(\.scenarios)
        var fields = Fields("summary")
        fields.add("scripts", Value(results.count))
        fields.add("refused", Value(results.count { $0.isRefused }))
        for status in ["passed", "failed", "skipped", "interrupted"] {
            fields.add(status, Value(scenarios.count { self.status(of: $0) == status }))
        }
        fields.add("virtualMs", Value(scenarios.reduce(0) { $0 + $1.virtualMilliseconds }))
        let walls = results.compactMap(\.wallMicroseconds)
        fields.add("wallMs", wall(walls.isEmpty ? nil : walls.reduce(0, +)))
        fields.add("exitCode", Value(Int(results.exitCode)))
        fields.add("again", Value(Reproduction.command(for: results, command)))
        line(fields)
    }

    // MARK: Parts

    /// The fields of a line, in order; those that are null or empty are left out.
    private struct Fields {
        private(set) var object = Object()

        init(_ type: String? = nil) {
            if let type { object.append("type", Value(type)) }
        }

        mutating func add(_ name: String, _ value: Value) {
            switch value {
            case .null: return
            case .array(let values) where values.isEmpty: return
            default: object.append(Key(name), value)
            }
        }

        /// A field whatever its value.
        mutating func keep(_ name: String, _ value: Value) { object.append(Key(name), value) }
    }

    private func line(_ fields: Fields) { write(JSON.text(.object(fields.object)) + "\n") }

    private func beginRun() {
        guard !hasBegun else { return }
        hasBegun = true
        var fields = Fields("run")
        fields.add("schema", Value(Self.schema))
        line(fields)
    }

    private func wall(_ microseconds: Int64?) -> Value {
        microseconds.map { Value(WallTime.milliseconds($0)) } ?? .null
    }

    private func status(of result: ScenarioResult) -> String {
        switch result.outcome {
        case .passed: "passed"
        case .skipped: "skipped"
        case .failed, .commandFailed, .broken: "failed"
        case .interrupted: "interrupted"
        }
    }

    private func status(of result: ScriptResult) -> String {
        if result.isRefused { return "refused" }
        if result.scenarios.isEmpty { return "nothing selected" }
        return result.scenarios.allSatisfy { $0.isPassed || $0.isSkipped } ? "passed" : "failed"
    }

    private func scenario(_ result: ScenarioResult) -> Fields {
        var fields = Fields("scenario")
        fields.add("script", Value(path))
        fields.add("title", Value(result.title))
        fields.add("tags", .array(result.tags.map { Value($0) }))
        fields.add("status", Value(status(of: result)))
        if case .skipped(let reason) = result.outcome { fields.add("reason", Value(reason)) }
        if let place = result.place { fields.add("place", self.place(place)) }
        fields.add("seed", seed(result.seed))
        fields.add("virtualMs", Value(result.virtualMilliseconds))
        fields.add("wallMs", wall(result.wallMicroseconds))
        fields.add("writes", Value(result.writes))
        fields.add("events", Value(result.events))
        fields.add("trace", Value(String(result.trace, radix: 16)))
        fields.add("failures", .array(result.problems.map(failure)))
        fields.add("warnings", .array(result.warnings.map(diagnostic)))
        fields.add("attachments", .array(result.attachments.map(attachment)))
        if !output.isEmpty { fields.add("output", Value(output)) }
        return fields
    }

    /// A number that fits, else its digits: a seed has 64 bits without a sign.
    private func seed(_ seed: UInt64) -> Value {
        Int64(exactly: seed).map { Value($0) } ?? Value("\(seed)")
    }

    private func place(_ place: Place) -> Value {
        var fields = Fields()
        fields.add("file", Value(place.source.name))
        fields.add("line", Value(place.start.line))
        fields.add("column", Value(place.start.column))
        fields.add("endLine", Value(place.end.line))
        fields.add("endColumn", Value(place.end.column))
        return .object(fields.object)
    }

    private func failure(_ problem: Problem) -> Value {
        var fields = Fields()
        fields.add("kind", Value(problem.kindName))
        fields.add("code", Value(problem.code))
        fields.add("message", Value(problem.headline))
        fields.add("place", place(problem.place))
        fields.add("calls", .array(problem.calls.places.map(place)))
        switch problem.kind {
        case .expectation(let failure): add(failure, to: &fields)
        case .command(let failure):
            fields.add("command", Value(failure.text))
            fields.add("exitCode", Value(failure.exitCode))
        case .script: break
        }
        fields.add("text", Value(problem.text(diagnostics)))
        return .object(fields.object)
    }

    private func add(_ failure: ExpectationFailure, to fields: inout Fields) {
        fields.add("atMs", Value(failure.atMilliseconds))
        fields.add(
            "values",
            .array(
                failure.parts.map { part in
                    .object([
                        "expression": Value(part.expression),
                        "value": Value(Display.short(part.value, columns: 200)),
                    ])
                }))
        fields.add("evidence", Value(strings: failure.evidence))
    }

    private func diagnostic(_ diagnostic: Diagnostic) -> Value {
        var fields = Fields()
        fields.add("severity", Value(diagnostic.severity.rawValue))
        fields.add("code", Value(diagnostic.code))
        fields.add("message", Value(diagnostic.message))
        fields.add("place", place(Place(source: diagnostic.source, span: diagnostic.span)))
        fields.add("text", Value(diagnostics.render(diagnostic).withoutFinalNewlines))
        return .object(fields.object)
    }

    private func attachment(_ attachment: Attachment) -> Value {
        var fields = Fields()
        fields.add("name", Value(attachment.name))
        fields.add("atMs", Value(attachment.atMilliseconds))
        switch attachment.content {
        case .text(let text): fields.add("text", Value(text))
        case .value(let value): fields.keep("value", value)
        }
        return .object(fields.object)
    }
}
