/// How a command's output compares with its recording.
package enum TranscriptVerdict: Sendable, Equatable {
    /// The texts agree as they are.
    case match
    /// They agree after these rules; the names are in `TextRules.all`, in its order.
    case matchByRules([String])
    /// They differ; the lines are those of the text as recorded.
    case mismatch([OutputDiffLine])
    /// The recording is marked as unstable: there is nothing to compare.
    case notComparable

    package var isMatch: Bool {
        switch self {
        case .match, .matchByRules: true
        case .mismatch, .notComparable: false
        }
    }
}

/// Compares raw output and exit status with a recording, with the help of rules where the texts
/// differ.
package struct TranscriptMatcher: Sendable {
    private let rules: [TextRule]

    package init(rules: [TextRule] = TextRules.all) {
        self.rules = rules
    }

    /// - Parameters:
    ///   - expected: the recording.
    ///   - output: both streams as printed, before any normalisation.
    ///   - exitStatus: how the command ended.
    ///   - context: the command and its files, for the rules.
    package func compare(
        _ expected: ExpectedOutput, output: String, exitStatus: Int32,
        context: TextRule.Context = TextRule.Context()
    ) -> TranscriptVerdict {
        if expected.isUnstable { return .notComparable }
        let lines = OutputNormalizer.lines(of: output)
        let matcher = OutputMatcher(expected)
        // A command that the recorder gave up on has no exit status of its own.
        let statusAgrees = expected.timedOut || exitStatus == expected.exitStatus
        if statusAgrees {
            if matcher.matches(lines) { return .match }
            if let names = neededRules(expected, lines, context) { return .matchByRules(names) }
        }
        var diff = matcher.diff(lines)
        if !statusAgrees {
            diff.append(
                .changed(expected: "[exit \(expected.exitStatus)]", actual: "[exit \(exitStatus)]"))
        }
        return .mismatch(diff)
    }

    /// A set of rules under which the texts agree and of which none can be left out, nil if none is
    /// found.
    ///
    /// Begins with all the rules that change anything and leaves out, one after another, those
    /// without which the texts are no farther apart. (A rule that would spoil a text is so left out
    /// as well.)
    private func neededRules(
        _ expected: ExpectedOutput, _ lines: [String], _ context: TextRule.Context
    ) -> [String]? {
        var chosen = activeRules(expected, lines, context)
        guard !chosen.isEmpty else { return nil }
        var distance = self.distance(expected, lines, chosen, context)
        var index = 0
        while index < chosen.count {
            var fewer = chosen
            fewer.remove(at: index)
            let without = self.distance(expected, lines, fewer, context)
            if without < distance || (without == distance && distance > 0) {
                chosen = fewer
                // Leaving a harmful rule out can show that an earlier one is not needed.
                index = without < distance ? 0 : index
                distance = without
            } else if without == 0, agrees(expected, lines, fewer, context) {
                chosen = fewer
            } else {
                index += 1
            }
        }
        guard agrees(expected, lines, chosen, context) else { return nil }
        return chosen.map(\.name)
    }

    /// The rules that change anything, alone or after those before them.
    private func activeRules(
        _ expected: ExpectedOutput, _ lines: [String], _ context: TextRule.Context
    ) -> [TextRule] {
        let ours = lines.map { ExpectedLine($0) }
        var recordedSoFar = expected.lines
        var oursSoFar = ours
        var active: [TextRule] = []
        for rule in rules {
            let isRecorded = rule.side == .recorded
            let soFar = isRecorded ? recordedSoFar : oursSoFar
            let after = rule.apply(to: soFar, context)
            let original = isRecorded ? expected.lines : ours
            if after != soFar || rule.apply(to: original, context) != original {
                active.append(rule)
            }
            if isRecorded { recordedSoFar = after } else { oursSoFar = after }
        }
        return active
    }

    private func agrees(
        _ expected: ExpectedOutput, _ lines: [String], _ rules: [TextRule],
        _ context: TextRule.Context
    ) -> Bool {
        let (recorded, ours) = rewritten(expected, lines, rules, context)
        return OutputMatcher(recorded).matches(ours)
    }

    private func distance(
        _ expected: ExpectedOutput, _ lines: [String], _ rules: [TextRule],
        _ context: TextRule.Context
    ) -> Int {
        let (recorded, ours) = rewritten(expected, lines, rules, context)
        return OutputMatcher(recorded).distance(ours)
    }

    /// Both texts after the rules.
    private func rewritten(
        _ expected: ExpectedOutput, _ lines: [String], _ rules: [TextRule],
        _ context: TextRule.Context
    ) -> (ExpectedOutput, [String]) {
        var recorded = expected
        var ours = lines.map { ExpectedLine($0) }
        for rule in rules {
            if rule.side == .recorded {
                recorded.lines = rule.apply(to: recorded.lines, context)
            } else {
                ours = rule.apply(to: ours, context)
            }
        }
        return (recorded, ours.map(\.text))
    }
}
