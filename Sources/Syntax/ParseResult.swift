/// How to parse.
package struct ParseOptions: Sendable {
    /// Names with which a statement starts an expression instead of a command. In a script there
    /// are none; the prompt passes the variables of the session, so that `x + 1` shows its value.
    /// A name that is also a verb should not be passed.
    package var expressionNames: Set<String> = []
    package var limits = SyntaxLimits()
    /// Whether a text with prompts of a shell is read as a session: lines with a prompt are commands, and what
    /// stands below them is old output (``SessionText``).
    package var readsSessions = true

    package init() {}
}

/// A tree and what is wrong with its text.
package struct ParseResult: Sendable {
    /// The statements that could be read; those with errors are left out, or mended where the
    /// meaning was plain.
    package var script: Script
    /// In the order of the text.
    package var diagnostics: [Diagnostic]
    /// The text breaks off inside a block, bracket, quote or here-document, or after an operator or
    /// `\`, and nothing else is wrong so far: more lines may complete it.
    package var isIncomplete: Bool

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
