import Support
import Syntax
import Value

/// Writes failures for people. The same failure always gives the same text.
///
///     expectation failed: canary.dock:12:3
///       expect deployment/web .status.readyReplicas == 3
///         deployment/web .status.readyReplicas   2
///       at 1m30s: replicaset-controller wrote …
package struct FailureRenderer: Sendable {
    /// Columns that values may take before they are cut.
    package var valueColumns = 100
    /// Lines of output that are shown from its end.
    package var outputLines = 12

    package init() {}

    /// The report without a final newline.
    package func render(_ failure: ExpectationFailure) -> String {
        var lines = ["expectation failed: \(failure.place.description)"]
        lines.append("  \(heading(failure))")
        if let message = failure.message { lines.append("  \(message)") }
        if !failure.summary.isEmpty { lines.append("  \(failure.summary)") }
        if let hint = failure.hint { lines.append("  hint: \(hint)") }
        lines += parts(failure.parts, indent: "    ")
        for item in failure.items {
            lines.append("    \(item.name)")
            lines += parts(item.parts, indent: "      ")
        }
        lines += differences(failure.differences)
        let instant = Duration(milliseconds: failure.atMilliseconds).shortText
        lines.append("  at \(instant) of virtual time")
        for line in failure.evidence { lines.append("    \(line)") }
        lines += calls(failure.calls)
        return lines.joined(separator: "\n")
    }

    /// What did not hold, in one line.
    package func headline(_ failure: ExpectationFailure) -> String {
        let said = [failure.summary, failure.message ?? ""].first { !$0.isEmpty }
        if let said { return "\(heading(failure)): \(said)" }
        guard let part = failure.parts.first, Rendering.objectName(part.value) == nil else {
            return heading(failure)
        }
        return "\(heading(failure)): "
            + "\(part.expression) is \(Rendering.short(part.value, limit: valueColumns))"
    }

    /// The command and its code, in one line.
    package func headline(_ failure: CommandFailure) -> String {
        let said = Search.split(failure.errorText, by: "\n").first { !$0.isEmpty } ?? ""
        return "\(failure.text): exit code \(failure.exitCode)" + (said.isEmpty ? "" : ": \(said)")
    }

    private func calls(_ calls: CallStack) -> [String] {
        calls.isEmpty ? [] : ["  called from"] + calls.lines.map { "    \($0)" }
    }

    /// The report about a command, without a final newline.
    package func render(_ failure: CommandFailure) -> String {
        var lines = ["command failed: \(failure.place.description)"]
        lines.append("  \(failure.text)")
        for line in Search.split(Evaluator.withoutFinalNewlines(failure.errorText), by: "\n")
        where !line.isEmpty {
            lines.append("    \(line)")
        }
        lines.append("  exit code \(failure.exitCode)")
        lines += calls(failure.calls)
        return lines.joined(separator: "\n")
    }

    private func heading(_ failure: ExpectationFailure) -> String {
        switch failure.form {
        case .now: "expect \(failure.expression)"
        case .within(let milliseconds):
            "expect within \(Duration(milliseconds: milliseconds).shortText): "
                + failure.expression
        case .always: "always \(failure.expression)"
        case .never: "never \(failure.expression)"
        case .fails: "expect fails"
        case .output: "expect output"
        case .unchanged: "expect unchanged \(failure.expression)"
        case .order: "expect order \(failure.expression)"
        }
    }

    /// One line per part, values in one column; output keeps its lines.
    private func parts(_ parts: [ExpectationFailure.Part], indent: String) -> [String] {
        let width = parts.map(\.expression.count).filter { $0 <= 60 }.max() ?? 0
        var lines: [String] = []
        for part in parts {
            if case .text(let text) = part.value, text.string.contains("\n") {
                lines.append("\(indent)\(part.expression)")
                lines += block(text.string, indent: indent + "  | ")
                continue
            }
            let name =
                TextTools.padded(part.expression, to: width, with: " ", onLeft: false)
                ?? part.expression
            let value =
                if part.isRemark, let remark = part.value.string {
                    remark
                } else {
                    Rendering.objectName(part.value) == nil
                        ? Rendering.short(part.value, limit: valueColumns) : "(exists)"
                }
            lines.append("\(indent)\(name)   \(value)")
        }
        return lines
    }

    private func block(_ text: String, indent: String) -> [String] {
        let all = Search.split(Evaluator.withoutFinalNewlines(text), by: "\n")
        let left = all.count - outputLines
        let cut = left > 0 ? ["\(indent)… \(left) \(left == 1 ? "line" : "lines") before"] : []
        return cut + all.suffix(outputLines).map { indent + $0 }
    }

    private func differences(_ differences: [ExpectationFailure.Difference]) -> [String] {
        var lines: [String] = []
        for difference in differences {
            lines.append("    \(difference.path.isEmpty ? "the whole value" : difference.path)")
            if let expected = difference.expected {
                lines.append("      expected  \(Rendering.short(expected, limit: valueColumns))")
            } else {
                lines.append("      expected  nothing")
            }
            if let actual = difference.actual {
                lines.append("      actual    \(Rendering.short(actual, limit: valueColumns))")
            } else {
                lines.append("      actual    nothing")
            }
        }
        return lines
    }
}
