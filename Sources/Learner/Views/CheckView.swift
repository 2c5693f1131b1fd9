/// The outcome of a check, in words.
package struct CheckView {
    private let wording: Wording
    private let text: MarkdownText
    private let marks: GoalMarks
    private var said: Set<String> = []

    /// Of a line of what was seen: changes of whole objects are long.
    private static let mostCharacters = 160

    package init(_ wording: Wording, text: MarkdownText, marks: GoalMarks) {
        self.wording = wording
        self.text = text
        self.marks = marks
    }

    /// What was found, without the words about what comes next. What was seen is said once, where several goals
    /// fail for the same reason.
    package func render(_ outcome: CheckOutcome) -> String {
        var view = self
        return view.rendered(outcome)
    }

    private mutating func rendered(_ outcome: CheckOutcome) -> String {
        var lines = outcome.troubles.map { "  \(text.line($0))" }
        for reason in outcome.forbidden {
            lines.append("  \(marks.broken) " + wording(.forbidden, ["reason": text.line(reason)]))
        }
        for goal in outcome.goals { lines += self.lines(goal) }
        for found in outcome.breaks { lines += self.lines(found) }
        for trial in outcome.trials {
            if trial.isPassed {
                let words = wording(.checkHeldAfter, ["event": text.line(trial.event)])
                lines.append("  \(marks.met) \(words)")
            } else {
                lines.append(wording(.checkAfter, ["event": text.line(trial.event)]))
                lines += seen(trial.seen)
                for goal in trial.goals { lines += self.lines(goal) }
            }
        }
        for pitfall in outcome.pitfalls {
            lines.append("")
            let filled = text.render(pitfall).split(separator: "\n").map(String.init)
            lines += filled
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private mutating func lines(_ goal: CheckOutcome.Goal) -> [String] {
        let mark = goal.isMet ? marks.met : marks.open
        return ["  \(mark) \(text.line(goal.text))"] + seen(goal.seen)
    }

    private mutating func lines(_ found: CheckOutcome.Break) -> [String] {
        let words = wording(.alwaysBroken, ["time": found.time, "text": text.line(found.text)])
        var lines = ["  \(marks.broken) \(words)"]
        if let command = found.command {
            lines.append("    " + wording(.checkBrokenBy, ["command": command]))
        }
        return lines + seen(found.seen)
    }

    private mutating func seen(_ lines: [String]) -> [String] {
        var shown: [String] = []
        for line in lines {
            guard Self.isForLearners(line), said.insert(line).inserted else { continue }
            shown.append("      \(Self.cut(line))")
        }
        return shown
    }

    /// Whether a line of what was seen helps a learner: what would mend it is for the hints of the exercise, and
    /// writes field by field are for `log` and `timeline`.
    package static func isForLearners(_ line: String) -> Bool {
        let words = line.drop { $0 == " " }
        return !["hint: ", "last change: ", "broken by: ", "nothing that was due"].contains {
            words.hasPrefix($0)
        }
    }

    private static func cut(_ line: String) -> String {
        line.count <= mostCharacters ? line : line.prefix(mostCharacters - 1) + "…"
    }
}

/// The marks of goals: signs, or words where the terminal has no signs.
package struct GoalMarks: Sendable {
    package let met: String
    package let open: String
    package let broken: String
    private let showsUnicode: Bool

    package init(_ wording: Wording, showsUnicode: Bool, usesColor: Bool) {
        self.showsUnicode = showsUnicode
        func mark(_ sign: String, _ phrase: Phrase, _ paint: String) -> String {
            let text = showsUnicode ? sign : wording(phrase) + ":"
            return usesColor ? "\u{1B}[\(paint)m\(text)\u{1B}[0m" : text
        }
        met = mark("✓", .goalMet, "32")
        open = mark("·", .goalOpen, "33")
        broken = mark("✗", .goalBroken, "31")
    }

    /// All goals in a few columns, for the prompt: `✓··`, or `1/3` without signs.
    package func short(_ areMet: [Bool]) -> String {
        showsUnicode
            ? areMet.map { $0 ? "✓" : "·" }.joined()
            : "\(areMet.count { $0 })/\(areMet.count)"
    }
}
