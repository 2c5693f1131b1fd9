/// A difference between a recording and our output that is meant (DECISIONS 30).
///
/// It is a difference in every total all the same; the report names it and says why. Nothing that a
/// cluster does may stand here: an entry names the lines that may differ, and one line more makes the
/// difference an ordinary one.
package struct ExpectedDifference: Sendable {
    /// `AREA/NAME` of the session.
    package let session: String
    /// What the command begins with.
    package let command: String
    /// The lines, recorded or ours, that may differ, with `{*}` for any text.
    package let lines: [String]
    package let reason: String

    private let patterns: [LinePattern]

    init(in session: String, _ command: String, lines: [String], because reason: String) {
        self.session = session
        self.command = command
        self.lines = lines
        self.reason = reason
        patterns = lines.map { LinePattern($0) }
    }

    /// Whether the entry stands for all that differs in a result.
    func covers(_ result: TranscriptResult, in transcript: TranscriptCase) -> Bool {
        guard case .mismatch(let diff) = result.verdict,
            "\(transcript.area)/\(transcript.name)" == session, result.command.hasPrefix(command)
        else { return false }
        return diff.allSatisfy { line in
            switch line {
            case .same: true
            case .missing(let text), .surplus(let text): mayDiffer(text)
            case .changed(let expected, let actual): mayDiffer(expected) && mayDiffer(actual)
            }
        }
    }

    private func mayDiffer(_ line: String) -> Bool { patterns.contains { $0.matches(line) } }
}

/// The table of differences that are meant: at most ten. A test fails when one is no longer needed.
package enum ExpectedDifferences {
    package static let all: [ExpectedDifference] = [
        ExpectedDifference(
            in: "kubectl/explain-and-api-resources", "kubectl explain ",
            lines: ["    {*}", ""],
            because: "descriptions of kinds and fields are our own; only they are indented by four"
        ),
        ExpectedDifference(
            in: "kubectl/explain-and-api-resources", "kubectl api-versions",
            lines: ["authentication.k8s.io/v1", "authorization.k8s.io/v1"],
            because: "groups of reviews (TokenReview, SubjectAccessReview) are not served"),
        ExpectedDifference(
            in: "kubectl2/rollout-selectors", "kubectl rollout",
            lines: [
                "Manage the rollout of one or many resources.",
                "Follow, undo, pause, resume and restart rollouts.", "Examples:", " {*}", "",
                "Use \"kubectl {*}",
            ],
            because: "help texts are our own; the commands and usage lines are kubectl's"),
        ExpectedDifference(
            in: "kubectl/set-and-last-applied",
            "kubectl apply view-last-applied deploy/web -o json | python3 ",
            lines: [
                "web", "bash: line 1: python3: command not found", "[exit 0]", "[exit 127]",
            ],
            because: "a session starts no program, and has no Python of its own"),
        ExpectedDifference(
            in: "apply/ssa-migration",
            "kubectl get deploy web --show-managed-fields -o json | python3 ",
            lines: [
                "[('kubectl', 'Apply'), ('kubectl-client-side-apply', 'Update')]",
                "bash: line 1: python3: command not found", "[exit 0]", "[exit 127]",
            ],
            because: "a session starts no program, and has no Python of its own"),
    ]

    /// The entry for a result that differs, if its difference is meant.
    package static func entry(
        for result: TranscriptResult, in transcript: TranscriptCase
    ) -> ExpectedDifference? {
        all.first { $0.covers(result, in: transcript) }
    }
}

extension TranscriptRun {
    /// How many of the outputs that differ are meant to.
    package var expectedDifferences: Int {
        results.count { ExpectedDifferences.entry(for: $0, in: transcript) != nil }
    }
}
