/// What came of running one transcript.
public struct TranscriptRun: Sendable {
    public var transcript: TranscriptCase
    /// Why the case was not run and does not count: it needs an API that 1.32 lacks.
    public var exclusion: String?
    /// Why the run broke off, for example a directive that names an unknown node. Commands after it
    /// are missing from `results` and count as mismatches.
    public var failure: String?
    public var results: [TranscriptResult] = []

    public init(transcript: TranscriptCase) { self.transcript = transcript }

    /// How many outputs count: all but the unstable ones, none of an excluded case.
    public var comparableCount: Int {
        guard exclusion == nil else { return 0 }
        return transcript.steps.count { $0.action.expected.map { !$0.isUnstable } ?? false }
    }

    /// Whether every output that counts agrees.
    public var isMatch: Bool {
        exclusion == nil && failure == nil
            && results.count { $0.verdict.isMatch } == comparableCount
    }
}

/// One output and its comparison.
public struct TranscriptResult: Sendable {
    /// Which of the session's `$` and `~ foreground` lines it is, counted from 1.
    public var number: Int
    /// The line in the file.
    public var line: Int
    /// The command line; of a `~ foreground`, the background command.
    public var command: String
    /// Both streams, before any normalisation.
    public var output: String
    public var exitStatus: Int32
    public var verdict: TranscriptVerdict

    /// Whether the command reads the cluster's state: `get`, `describe`, `events`, `rollout status`
    /// and `rollout history`. The first kubectl of the line decides.
    public var readsState: Bool { Self.readsState(command) }

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
