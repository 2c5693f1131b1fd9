/// How a command's output compares with its recording.
package enum TranscriptVerdict: Sendable, Equatable {
    /// The texts agree.
    case match
    /// They differ; the lines are those of the text as recorded.
    case mismatch([OutputDiffLine])
    /// The recording is marked as unstable: there is nothing to compare.
    case notComparable

    package var isMatch: Bool { self == .match }
}

/// Compares raw output and exit status with a recording, by the placeholders and marks of the recording
/// and nothing else (DECISIONS 30).
enum TranscriptMatcher {
    /// - Parameters:
    ///   - expected: the recording.
    ///   - output: both streams as printed, before any normalisation.
    ///   - exitStatus: how the command ended.
    static func compare(
        _ expected: ExpectedOutput, output: String, exitStatus: Int32
    ) -> TranscriptVerdict {
        if expected.isUnstable { return .notComparable }
        let lines = OutputNormalizer.lines(of: output)
        let matcher = OutputMatcher(expected)
        // A command that the recorder gave up on has no exit status of its own.
        let statusAgrees = expected.timedOut || exitStatus == expected.exitStatus
        if statusAgrees, matcher.matches(lines) { return .match }
        var diff = matcher.diff(lines)
        if !statusAgrees {
            diff.append(
                .changed(expected: "[exit \(expected.exitStatus)]", actual: "[exit \(exitStatus)]"))
        }
        return .mismatch(diff)
    }
}
