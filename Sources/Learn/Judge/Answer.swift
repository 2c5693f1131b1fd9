/// What a learner hands in.
package enum Answer: Sendable {
    /// What was typed, in order.
    case statements([AnswerStatement])
    /// Kubernetes objects: applied, pods replaced where they cannot be changed.
    case manifest(String, name: String = "answer.yaml")
    /// A file of commands or statements.
    case script(String)
}

/// A statement that was typed at a prompt.
package struct AnswerStatement: Sendable, Equatable {
    package let text: String
    /// When it was typed, in virtual time; nil for as soon as the one before it has ended.
    package let atMilliseconds: Int64?

    package init(text: String, atMilliseconds: Int64? = nil) {
        self.text = text
        self.atMilliseconds = atMilliseconds
    }
}

/// How much an answer may take. Everything is counted and nothing measured, so that it ends alike on every
/// machine.
package struct JudgeLimits: Sendable {
    /// What ran out.
    package enum Kind: String, Sendable, Equatable {
        case statements, steps, events, time, output
    }

    /// Statements at the top of the answer.
    package var statements = 500
    /// Commands that run, in loops too.
    package var commands = 2_000
    /// Steps of one statement: rounds of loops and calls.
    package var steps = 200_000
    /// Events of the world from the end of `setup` on.
    package var events = 400_000
    /// Virtual milliseconds that the answer may let pass.
    package var milliseconds: Int64 = 14 * 24 * 3_600_000
    /// Bytes that the answer may print.
    package var output = 4 << 20

    package static let standard = JudgeLimits()
}
