import Syntax

/// Why a run stopped early.
public enum Trouble: Error, Sendable {
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
public struct CommandFailure: Error, Sendable {
    /// The command with its words resolved.
    public let text: String
    public let exitCode: Int
    /// What it said about its failure.
    public let errorText: String
    public let place: Place
    /// Set when an `expect fails` or `expect output` block ended early: output that was captured.
    public var capturedOutput: String

    public init(
        text: String, exitCode: Int, errorText: String, place: Place, capturedOutput: String = ""
    ) {
        self.text = text
        self.exitCode = exitCode
        self.errorText = errorText
        self.place = place
        self.capturedOutput = capturedOutput
    }
}
