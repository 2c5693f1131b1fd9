import Support
import Value

/// What a verdict says, in a learner's language.
package struct VerdictText {
    private let exercise: Exercise
    private let variant: Variant
    private let language: String
    private let words: LearnWords

    package init(_ exercise: Exercise, _ variant: Variant, language: String) {
        self.exercise = exercise
        self.variant = variant
        self.language = language
        words = LearnWords(language)
    }

    /// The text of a goal.
    package func goal(_ index: Int) -> String {
        exercise.goals[index].text.text(language, variant)
    }

    /// The whole verdict, a line each: goals with marks, and below those that do not hold what was seen.
    package func lines(_ verdict: Verdict) -> [String] {
        var lines: [String] = []
        switch verdict.ending {
        case .whole: break
        case .overBudget(let kind): lines.append("✗ " + words.overBudget(kind))
        case .broken(let message): lines.append("✗ " + words.say(.exerciseBroken, message))
        }
        for refusal in verdict.refusals { lines += self.lines(refusal) }
        for broken in verdict.broken { lines += self.lines(broken) }
        for result in verdict.goals { lines += self.lines(result) }
        if let failed = verdict.failedAfter {
            let text = exercise.afters[failed.after].text.text(language, variant)
            lines.append("✗ " + words.say(.failedAfter, text))
            lines += seen(failed.seen).map { "    \($0)" }
        }
        for trouble in verdict.troubles where !verdict.isPassed {
            lines.append("  " + words.say(.statementFailed, Self.oneLine(trouble.statement)))
            if !trouble.message.isEmpty { lines.append("    \(trouble.message)") }
        }
        for pitfall in verdict.pitfalls {
            lines.append("! " + exercise.pitfalls[pitfall].text.text(language, variant))
        }
        return lines
    }

    /// A goal with its mark.
    package func lines(_ result: Verdict.GoalResult) -> [String] {
        if result.isHeld { return ["✓ \(goal(result.goal))"] }
        var lines = ["✗ \(goal(result.goal))"]
        if case .after(let index) = result.stage {
            let text = exercise.afters[index].text.text(language, variant)
            lines.append("    " + words.say(.behind, text))
        }
        return lines + seen(result.seen).map { "    \($0)" }
    }

    /// How an `always` or `never` was broken.
    package func lines(_ broken: Verdict.Broken) -> [String] {
        let standing = exercise.standings[broken.standing]
        let time = Duration(milliseconds: broken.atMilliseconds).shortText
        var lines = ["✗ \(standing.text.text(language, variant))"]
        if let statement = broken.statement {
            lines.append("    " + words.say(.brokenBy, time, Self.oneLine(statement)))
        } else {
            lines.append("    " + words.say(.brokenAt, time))
        }
        return lines + seen(broken.seen).map { "    \($0)" }
    }

    /// What was refused and why.
    package func lines(_ refusal: Refusal) -> [String] {
        let reason = refusal.rule.map { exercise.rules[$0].reason.text(language, variant) }
        return [
            "✗ " + words.say(.refused, refusal.what),
            "    " + (reason ?? words.say(.notForAnswers)),
        ]
    }

    /// What was seen, a line each.
    package func seen(_ seen: [Seen]) -> [String] {
        var found: [String] = []
        for one in seen {
            if let said = waiting(one, found.first) {
                if found.isEmpty { found = [said] } else { found[0] = said }
            } else if one == .unwritten, !found.isEmpty {
                // That nothing is there has been said.
                continue
            } else {
                found += lines(one)
            }
        }
        return found.map(Self.cut)
    }

    /// A line with how long it was waited for; nil for what says nothing of it.
    private func waiting(_ seen: Seen, _ first: String?) -> String? {
        switch seen {
        case .waited(let milliseconds):
            let time = Duration(milliseconds: milliseconds).shortText
            return first.map { words.say(.afterWaiting, $0, time) }
                ?? words.say(.notAfterWaiting, time)
        case .resting:
            return first.map { words.say(.whileResting, $0) } ?? words.say(.notWhileResting)
        case .value, .absent, .empty, .unanswered, .count, .item, .command, .output, .told, .why,
            .unwritten:
            return nil
        }
    }

    private func lines(_ seen: Seen) -> [String] {
        switch seen {
        case .value(let object, let field, let value):
            object.isEmpty
                ? [words.say(.fieldIs, field, value)] : [words.say(.valueIs, object, field, value)]
        case .absent(let object): [words.say(.isAbsent, object)]
        case .unanswered(let reason): [words.say(.isUnanswered, reason)]
        case .empty(let list): [words.say(.isEmpty, list)]
        case .count(let list, let value, let isNarrowed):
            [words.say(isNarrowed ? .countAsAsked : .countIs, list, value)]
        case .item(let name, let parts):
            parts.isEmpty
                ? [name]
                : parts.flatMap(lines).map { words.say(.itemSays, name, $0) }
        case .command(let command, let said):
            [words.say(.commandSaid, Self.oneLine(command), said)]
        case .output(let text):
            [words.say(.printed)] + text.split(separator: "\n").map { "  \($0)" }
        case .told(let line): [ReasonWords(words).told(line)]
        case .why(let lines): ReasonWords(words).why(lines)
        case .unwritten: [words.say(.unwritten)]
        case .waited, .resting: []
        }
    }

    /// Columns are not counted: this is for lines that never end.
    private static func cut(_ line: String) -> String {
        line.count <= 120 ? line : line.prefix(119) + "…"
    }

    private static func oneLine(_ text: String) -> String {
        let lines = text.split(separator: "\n")
        let first = lines.first.map(String.init) ?? ""
        return lines.count > 1 ? first + " …" : first
    }
}
