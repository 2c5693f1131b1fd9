import Syntax
import Value

/// What a report says about output that is not as expected.
enum OutputReport {
    static func summary(
        _ expected: String, _ relation: OutputCheck.Relation, isNegated: Bool
    ) -> String {
        let shown = Rendering.short(Value(expected))
        switch (relation, isNegated) {
        case (.contains, false): return "the output does not contain \(shown)"
        case (.contains, true): return "the output contains \(shown)"
        case (.matches, false): return "nothing in the output matches \(shown)"
        case (.matches, true): return "something in the output matches \(shown)"
        case (.equals, false): return "the output differs"
        case (.equals, true): return "the output is exactly \(shown)"
        }
    }

    static func differences(
        _ output: String, _ expected: String, _ relation: OutputCheck.Relation, isNegated: Bool
    ) -> [ExpectationFailure.Difference] {
        guard relation == .equals, !isNegated else { return [] }
        return lines(
            Evaluator.withoutFinalNewlines(output), Evaluator.withoutFinalNewlines(expected))
    }

    /// The lines that differ, by their number from 1, between the texts' common ends; at most 12.
    static func lines(_ actual: String, _ expected: String) -> [ExpectationFailure.Difference] {
        let one = Search.split(actual, by: "\n")
        let other = Search.split(expected, by: "\n")
        var start = 0
        while start < min(one.count, other.count), one[start] == other[start] { start += 1 }
        var end = 0
        while end < min(one.count, other.count) - start,
            one[one.count - 1 - end] == other[other.count - 1 - end]
        {
            end += 1
        }
        var result: [ExpectationFailure.Difference] = []
        for index in start..<max(one.count - end, other.count - end) {
            let actual = index < one.count - end ? one[index] : nil
            let expected = index < other.count - end ? other[index] : nil
            guard actual != expected, result.count < 12 else { continue }
            result.append(
                ExpectationFailure.Difference(
                    path: "line \(index + 1)", expected: expected.map { Value($0) },
                    actual: actual.map { Value($0) }))
        }
        return result
    }
}
