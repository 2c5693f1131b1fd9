import Language
import Support
import Syntax

/// How one scenario ended.
package struct ScenarioResult: Codable, Sendable {
    package enum Outcome: Codable, Sendable {
        case passed
        case skipped(reason: String?)
        /// An expectation did not hold.
        case failed(ExpectationFailure)
        /// A command failed outside `expect fails`.
        case commandFailed(CommandFailure)
        /// The script or its input is wrong in a way that shows only when it runs.
        case broken(Diagnostic)
        case interrupted

        /// What went wrong; nil where nothing did, or where it was the user who ended it.
        var problem: Problem? {
            switch self {
            case .passed, .skipped, .interrupted: nil
            case .failed(let failure): Problem(failure)
            case .commandFailed(let failure): Problem(failure)
            case .broken(let diagnostic): Problem(diagnostic)
            }
        }
    }

    package let title: String
    package let tags: [String]
    package var outcome: Outcome
    /// Where the scenario stands.
    package let place: Place?
    /// The seed of its world: with it the scenario does the same again.
    package let seed: UInt64
    /// How much virtual time passed.
    package let virtualMilliseconds: Int64
    /// The hash over all events and writes: equal runs have equal hashes.
    package let trace: UInt64
    /// API writes, and events of the clock.
    package let writes: Int
    package let events: Int
    /// What went wrong besides ``outcome``, in order: further soft expectations, what failed in
    /// `finally` and `teardown`. Holds failures only.
    package var further: [Outcome] = []
    /// What held, though it hardly says what was meant.
    package var warnings: [Diagnostic] = []
    /// What `attach` kept, in order.
    package var attachments: [Attachment] = []
    /// Its place among the scenarios of equal title in its script, from 0.
    package var ordinal = 0
    /// How long it took on the clock on the wall; nil where nobody looked at one. Nothing but reports
    /// may know it.
    package var wallMicroseconds: Int64?
    /// What happened in it; nil where no report asked for that.
    package var picture: ScenarioPicture?

    package init(
        title: String, tags: [String], outcome: Outcome, place: Place?, seed: UInt64,
        virtualMilliseconds: Int64, trace: UInt64, writes: Int, events: Int
    ) {
        self.title = title
        self.tags = tags
        self.outcome = outcome
        self.place = place
        self.seed = seed
        self.virtualMilliseconds = virtualMilliseconds
        self.trace = trace
        self.writes = writes
        self.events = events
    }
}

/// How one script ended.
package struct ScriptResult: Codable, Sendable {
    package let path: String
    /// What parsing and checking found, warnings too.
    package let diagnostics: [Diagnostic]
    package var scenarios: [ScenarioResult]
    /// Why there is no text to parse; nil where there is one.
    package let problem: String?
    /// How long it took on the clock on the wall, reading and checking too; nil where nobody looked.
    package var wallMicroseconds: Int64?

    package init(path: String, diagnostics: [Diagnostic], scenarios: [ScenarioResult]) {
        self.path = path
        self.diagnostics = diagnostics
        self.scenarios = scenarios
        problem = nil
    }

    /// A script that cannot be read.
    ///
    /// - Parameter problem: why, such as `no such file or directory`.
    package init(path: String, problem: String) {
        self.path = path
        diagnostics = []
        scenarios = []
        self.problem = problem
    }

    /// Whether nothing ran because the script cannot be read, or does not parse or check.
    package var isRefused: Bool {
        problem != nil || diagnostics.contains { $0.severity == .error }
    }
}

extension ScenarioResult {
    /// Whether it ran to its end and everything held.
    package var isPassed: Bool {
        if case .passed = outcome { return true }
        return false
    }

    package var isSkipped: Bool {
        if case .skipped = outcome { return true }
        return false
    }

    /// What went wrong, in order: nothing where it passed, was skipped or was interrupted.
    var problems: [Problem] { ([outcome] + further).compactMap(\.problem) }
}

extension [ScriptResult] {
    /// The exit code of a run: the first of 2 (does not parse or check), 3 (a command failed) and 4 (an
    /// expectation failed) that occurred anywhere, else 1 where something could not be read, else 0
    /// (DECISIONS 12, 38).
    package var exitCode: Int32 {
        for result in self where result.problem == nil {
            if result.isRefused { return 2 }
            for scenario in result.scenarios {
                switch scenario.outcome {
                case .passed, .skipped: continue
                case .broken: return 2
                case .commandFailed: return 3
                case .failed: return 4
                case .interrupted: return 130
                }
            }
        }
        return contains { $0.problem != nil } ? 1 : 0
    }
}
