import Syntax
import Tools

/// What commands ask of the world around them.
package protocol CommandHost: AnyObject {
    /// Whether the word is a command of the host: a verb, or `kubectl`.
    func hasCommand(_ word: String) -> Bool

    /// Runs one of the host's commands and answers its exit code; its text goes to the outputs of the
    /// call. A code other than 0 is a failure; the language decides what follows from it.
    func run(_ call: CommandCall) throws -> Int32

    /// Lets virtual time pass.
    func sleep(milliseconds: Int64) throws

    /// The files that commands see and redirections write.
    var sessionFiles: any ToolFiles { get }

    /// Whether what a command of these words begins goes on when the command is done, so that `&` changes
    /// nothing.
    func goesOnByItself(_ words: [String]) -> Bool

    /// The network that `curl` and the like use; nil where there is none.
    var network: (any ToolNetwork)? { get }

    /// Milliseconds of virtual time since time zero.
    var virtualMilliseconds: Int64 { get }

    /// True when the user asked to stop (Ctrl-C). Asked every few thousand steps.
    var isInterrupted: Bool { get }

    /// Writes text to the output in force: what nothing else takes.
    func write(_ text: String)

    /// An editor on the terminal that somebody sits at; nil where nobody does. See ``ToolHost``.
    func terminalEditor(_ line: String?, program: String) -> TextEditor?

    /// A line that somebody types as the input of a command; nil at its end. Absent where nobody types.
    var typedInput: (() -> [UInt8]?)? { get }

    /// What was typed at the prompt, the oldest first.
    var history: [String] { get }

    /// Empties the screen, where there is one.
    func clearScreen()

    /// Whether nothing but ticks is due in the cluster within a minute.
    var isAtRest: Bool { get }
}

extension CommandHost {
    package func terminalEditor(_ line: String?, program: String) -> TextEditor? { nil }
    package var typedInput: (() -> [UInt8]?)? { nil }
    package var history: [String] { [] }
    package func clearScreen() {}
    package var isAtRest: Bool { true }
}

extension CommandHost {
    package func goesOnByItself(_ words: [String]) -> Bool { false }

    package var network: (any ToolNetwork)? { nil }
}
