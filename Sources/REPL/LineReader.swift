/// What reading one line ended with.
package enum LineInput: Equatable, Sendable {
    /// A line without its newline; a pasted text may bring several lines at once.
    case line(String)
    /// Ctrl-C: what was typed is discarded.
    case interrupted
    /// Ctrl-D on an empty line, or the end of piped input.
    case endOfInput
}

/// Where the REPL takes its lines from: a terminal with editing, or anything else, read plainly.
package protocol LineReader: AnyObject {
    /// Whether a person sits at the other end: prompts and greetings are for persons.
    var isInteractive: Bool { get }

    /// Reads a line, showing `prompt` to a person.
    func read(prompt: String) -> LineInput

    /// Keeps an entry, which may have several lines, in the history.
    func remember(_ entry: String)

    /// Whether more has been typed, or pasted, that was not read yet.
    var hasTyped: Bool { get }
}

extension LineReader {
    package var hasTyped: Bool { false }
}

/// Reads standard input as it is: no prompt, no echo, no history. (Readline would echo.)
package final class PlainLineReader: LineReader {
    package let isInteractive = false

    package init() {}

    package func read(prompt: String) -> LineInput {
        guard let line = readLine(strippingNewline: true) else { return .endOfInput }
        return .line(line)
    }

    package func remember(_ entry: String) {}
}
