import Syntax

/// Why a run stopped early.
package enum Trouble: Error, Sendable {
    /// A mistake in the script or its input that shows when it runs.
    case diagnostic(Diagnostic)
    /// An expectation did not hold.
    case expectation(ExpectationFailure)
    /// A command failed outside `expect fails`.
    case command(CommandFailure)
    /// `skip` was reached.
    case skipped(reason: String?)
    /// The user asked to stop.
    case interrupted(Place)
}

/// A command that ended with a code other than 0.
package struct CommandFailure: Error, Sendable {
    /// The command with its words resolved.
    package let text: String
    package let exitCode: Int
    /// What it said about its failure.
    package let errorText: String
    package let place: Place
    /// Set when an `expect fails` or `expect output` block ended early: output that was captured.
    package var capturedOutput: String
    /// The calls of functions that led to the statement.
    package var calls = CallStack()

    package init(
        text: String, exitCode: Int, errorText: String, place: Place, capturedOutput: String = ""
    ) {
        self.text = text
        self.exitCode = exitCode
        self.errorText = errorText
        self.place = place
        self.capturedOutput = capturedOutput
    }
}
