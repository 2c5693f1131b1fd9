/// What came of running one transcript.
package struct TranscriptRun: Sendable {
    package var transcript: TranscriptCase
    /// Why the run broke off, for example a directive that names an unknown node. Commands after it
    /// are missing from `results` and count as mismatches.
    package var failure: String?
    package var results: [TranscriptResult] = []

    package init(transcript: TranscriptCase) { self.transcript = transcript }

    /// How many outputs count: all but the unstable ones.
    package var comparableCount: Int {
        transcript.steps.count { $0.action.expected.map { !$0.isUnstable } ?? false }
    }

    /// Whether every output that counts agrees.
    package var isMatch: Bool {
        failure == nil
            && results.count { $0.verdict.isMatch } == comparableCount
    }
}

/// One output and its comparison.
package struct TranscriptResult: Sendable {
    /// Which of the session's `$` and `~ foreground` lines it is, counted from 1.
    package var number: Int
    /// The line in the file.
    package var line: Int
    /// The command line; of a `~ foreground`, the background command.
    package var command: String
    /// Both streams, before any normalisation.
    package var output: String
    package var exitStatus: Int32
    package var verdict: TranscriptVerdict

    /// Whether the command reads the cluster's state: `get`, `describe`, `events`, `rollout status`
    /// and `rollout history`. The first kubectl of the line decides.
    package var readsState: Bool { Self.readsState(command) }

    static func readsState(_ command: String) -> Bool {
        let words = command.split(separator: " ")
        guard let kubectl = words.firstIndex(of: "kubectl") else { return false }
        let rest = words[(kubectl + 1)...].filter { !$0.hasPrefix("-") }
        switch rest.first {
        case "get", "describe", "events": return true
        case "rollout":
            let action = rest.dropFirst().first
            return action == "status" || action == "history"
        default: return false
        }
    }
}
