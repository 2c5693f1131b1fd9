import Support
import Syntax
import Value

extension Evaluator {
    /// A failure with nothing but the place, the condition and the instant.
    func bareFailure(of plan: ExpectationPlan) -> ExpectationFailure {
        ExpectationFailure(
            form: plan.form, place: plan.place,
            expression: OneLine.text(plan.place.source.text(in: plan.condition)),
            atMilliseconds: host.virtualMilliseconds)
    }

    /// The report about a condition of the function at work, whose slots still hold what was seen.
    func failure(
        of row: Row<ExpectationPlan>, summary: String = "", hint: String? = nil
    ) -> ExpectationFailure {
        let plan = tree.expectations[row]
        var failure = bareFailure(of: plan)
        failure.reads = reads
        failure.parts = shownParts(plan.report.parts, in: plan.place.source)
        failure.differences = differences(plan.report.comparisons)
        for note in itemNotes.prefix(5) {
            failure.items.append(note.item)
            for difference in note.differences where failure.differences.count < 12 {
                failure.differences.append(
                    ExpectationFailure.Difference(
                        path: "\(note.item.name) \(difference.path)",
                        expected: difference.expected, actual: difference.actual))
            }
        }
        failure.emptyList = (emptyList?.list ?? emptyAny).map {
            OneLine.text(tree.place(of: $0).text)
        }
        failure.summary = summary.isEmpty ? quantifierSummary(plan) : summary
        if failure.summary.isEmpty { describePresence(plan.report, &failure) }
        if failure.summary.isEmpty, plan.form == .never {
            failure.summary = "it holds, though it never should"
        }
        if let hint { failure.hint = hint }
        failure.hint = failure.hint ?? explanation
        failure.evidence = host.evidence(for: reads)
        return failure
    }

    /// Says that an object does not exist where that was asked with `exists`.
    private func describePresence(
        _ report: ReportPlan, _ failure: inout ExpectationFailure
    ) {
        for part in report.parts {
            guard let absent = stack[place(part.slot)].absentObject else { continue }
            failure.summary = absent.error.text.message
            failure.hint = absent.error.text.hint
            return
        }
    }

    /// One line about the items of `every`, `any` or `none`.
    private func quantifierSummary(_ plan: ExpectationPlan) -> String {
        if let emptyList {
            let list = OneLine.text(tree.place(of: emptyList.list).text)
            return "`\(list)` is empty" + (emptyList.why.map { ": \($0)" } ?? "")
        }
        guard let first = itemNotes.first else { return "" }
        let quantifier = tree.quantifiers[first.quantifier].quantifier
        let count = itemNotes.count
        let names = itemNotes.prefix(3).map(\.item.name).joined(separator: ", ")
        let more = count > 3 ? " and \(count - 3) more" : ""
        if quantifier == .any, tree.quantifiers[first.quantifier].isNegated {
            return "\(names) does"
        }
        switch quantifier {
        case .every: return "\(names)\(more) \(count == 1 ? "does" : "do") not"
        case .any: return "none of \(count) does: \(names)\(more)"
        case .none: return "\(names)\(more) \(count == 1 ? "does" : "do")"
        }
    }

    // MARK: Parts

    func shownParts(
        _ parts: [PartOfReport], in source: Source
    ) -> [ExpectationFailure.Part] {
        var seen: Set<String> = []
        var shown: [ExpectationFailure.Part] = []
        for part in parts {
            let text = OneLine.text(source.text(in: part.span))
            guard seen.insert(text).inserted else { continue }
            let value = stack[place(part.slot)]
            // What was not reached or does not exist is said by the summary.
            if value.isUnset || value.absentObject != nil { continue }
            shown.append(
                ExpectationFailure.Part(expression: text, span: part.span, value: value))
        }
        return shown
    }

    func differences(
        _ comparisons: [ComparisonPlan]
    ) -> [ExpectationFailure.Difference] {
        var result: [ExpectationFailure.Difference] = []
        for comparison in comparisons where !comparison.isNegated {
            let (left, right) = (stack[place(comparison.left)], stack[place(comparison.right)])
            if left.isUnset || right.isUnset { continue }
            switch comparison.relation {
            case .matches(let row):
                var (matcher, facts) = matcher(tree.matches[row], for: left, limit: 12)
                try? matcher.match(left, right, at: "", facts)
                result += matcher.differences
            case .equal: result += structuralDifferences(left, right)
            }
        }
        return result
    }

    /// The differing places of two lists or maps; texts of several lines by their lines.
    private func structuralDifferences(
        _ actual: Value, _ expected: Value
    ) -> [ExpectationFailure.Difference] {
        switch (actual, expected) {
        case (.object, .object), (.array, .array):
            return Diff.differences(from: expected, to: actual).prefix(12).map {
                ExpectationFailure.Difference(
                    path: $0.path.text, expected: $0.old, actual: $0.new)
            }
        case (.text(let one), .text(let other))
        where one.string.contains("\n") || other.string.contains("\n"):
            return OutputReport.lines(one.string, other.string)
        default: return []
        }
    }

    // MARK: expect fails

    mutating func expectFails(_ plan: ExpectationPlan, _ block: NodeIndex) throws {
        let wanted = try plan.message.map { try shownValue($0) }
        let outer = reachedLastStatement
        reachedLastStatement = false
        shared.failingBlocks += 1
        defer {
            reachedLastStatement = outer
            shared.failingBlocks -= 1
        }
        host.beginCapture()
        do {
            try with(.terminal(host)) { evaluator throws in try evaluator.runBlock(block) }
        } catch {
            let output = host.endCapture()
            guard let trouble = told(error) as? Trouble else { throw error }
            return try judge(trouble, output: output, wanted: wanted, of: plan)
        }
        let output = host.endCapture()
        var failure = bareFailure(of: plan)
        failure.expression = ""
        failure.summary = "the last statement succeeded, though it should fail"
        failure.parts = outputPart(output, plan)
        throw Trouble.expectation(failure)
    }

    /// The trouble must come from the last statement and hold the text.
    private func judge(
        _ trouble: Trouble, output: String, wanted: String?, of plan: ExpectationPlan
    ) throws {
        let said: String
        let place: Place
        switch trouble {
        case .command(let failure):
            said = output.contains(failure.errorText) ? output : output + failure.errorText
            place = failure.place
        case .expectation(let failure):
            said = FailureRenderer().render(failure)
            place = failure.place
        case .diagnostic(var diagnostic):
            // The script is wrong, and that never is what was to be shown.
            diagnostic.text.notes.append(
                DiagnosticNote(
                    "`expect fails` waits for a command or an expectation that fails, and this is "
                        + "a mistake in the script"))
            throw Trouble.diagnostic(diagnostic)
        case .skipped, .interrupted: throw trouble
        }
        var failure = bareFailure(of: plan)
        failure.expression = ""
        failure.parts = outputPart(said, plan)
        guard reachedLastStatement else {
            failure.summary =
                "an earlier statement failed, not the last one: "
                + "`\(OneLine.text(place.text))` at \(place.description)"
            throw Trouble.expectation(failure)
        }
        guard let wanted, !Search.contains(said, wanted) else {
            return warnOfOwnReason(trouble, wanted: wanted, of: plan)
        }
        failure.summary = "the failure does not say \(Rendering.quoted(wanted))"
        throw Trouble.expectation(failure)
    }

    private func outputPart(_ output: String, _ plan: ExpectationPlan) -> [ExpectationFailure.Part]
    {
        if output.isEmpty { return [] }
        return [
            ExpectationFailure.Part(
                expression: "output", span: plan.place.span, value: Value(output))
        ]
    }
}

/// Source text on one line.
enum OneLine {
    /// Cut where it is longer than `limit` characters.
    static func text(_ text: String, limit: Int) -> String {
        let line = Self.text(text)
        return line.count > limit ? "\(line.prefix(limit - 1))…" : line
    }

    static func text(_ text: String) -> String {
        var result = ""
        var isBlank = false
        for character in TextTools.trimmed(text) {
            if character.isWhitespace {
                isBlank = true
            } else {
                if isBlank { result.append(" ") }
                isBlank = false
                result.append(character)
            }
        }
        return result
    }
}
