import Tools
import Value

/// A program that a shell command wants to run and that the shell does not have itself: kubectl.
package struct ShellInvocation {
    /// The words of the command, the program's name first.
    package var arguments: [String]
    /// What the command can read from standard input; empty when nothing is piped in.
    package var input: String
    /// The files that the command sees.
    package var folder: MemoryFolder
    /// The directory inside `folder` that relative paths start from; the root is the empty string.
    package var workingDirectory: String
    /// How long the command may run, set by `timeout N`; nil without limit.
    package var timeLimitMilliseconds: Int64?
    /// The editor that `KUBE_EDITOR` or `EDITOR` names: gets a text and answers the edited one, nil
    /// when it failed.
    package var editor: ((String) -> String?)?
    /// The command of `editor`.
    package var editorName = ""

    package init(
        arguments: [String], input: String = "", folder: MemoryFolder,
        workingDirectory: String = "",
        timeLimitMilliseconds: Int64? = nil
    ) {
        self.arguments = arguments
        self.input = input
        self.folder = folder
        self.workingDirectory = workingDirectory
        self.timeLimitMilliseconds = timeLimitMilliseconds
    }

    /// The folder path that a path on the command line means.
    package func path(_ argument: String) -> String {
        argument.hasPrefix("/") || workingDirectory.isEmpty
            ? argument : workingDirectory + "/" + argument
    }
}

/// What a program printed, in the order in which it printed it, and how it ended.
package struct ShellResult: Equatable, Sendable {
    package enum Stream: Sendable { case output, error }

    /// A piece of text on one of the two streams.
    package struct Chunk: Equatable, Sendable {
        package var stream: Stream
        package var text: String

        package init(_ stream: Stream, _ text: String) {
            self.stream = stream
            self.text = text
        }
    }

    /// Both streams interleaved as a terminal would show them.
    package var chunks: [Chunk]
    /// The exit status; not looked at when `timedOut`.
    package var exitStatus: Int32
    /// The time limit ended the program.
    package var timedOut: Bool

    package init(chunks: [Chunk], exitStatus: Int32 = 0, timedOut: Bool = false) {
        self.chunks = chunks
        self.exitStatus = exitStatus
        self.timedOut = timedOut
    }

    /// A program that printed its output before its errors.
    package init(output: String = "", error: String = "", exitStatus: Int32 = 0) {
        let chunks = [Chunk(.output, output), Chunk(.error, error)].filter { !$0.text.isEmpty }
        self.init(chunks: chunks, exitStatus: exitStatus)
    }

    /// Standard output alone.
    package var output: String { chunks.filter { $0.stream == .output }.map(\.text).joined() }
    /// Standard error alone.
    package var error: String { chunks.filter { $0.stream == .error }.map(\.text).joined() }
    /// Both, as a terminal shows them.
    package var terminal: String { chunks.map(\.text).joined() }
}

/// What stands around the shell: the programs it cannot run itself, and time.
package protocol ShellHost: AnyObject {
    /// Runs a program, or answers nil if there is none of that name.
    func run(_ invocation: ShellInvocation) -> ShellResult?
    /// Whether there is a program of this name.
    func hasCommand(_ name: String) -> Bool
    /// `sleep`: lets time pass.
    func sleep(milliseconds: Int64)
    /// The instant that `date` shows.
    var now: Timestamp { get }
    /// Whether what is running should end.
    var isInterrupted: Bool { get }
}

/// What a whole command line printed and how it ended.
package struct ShellRun: Equatable, Sendable {
    /// Both streams together, in order.
    package var terminal: String
    package var exitStatus: Int32

    package init(terminal: String, exitStatus: Int32) {
        self.terminal = terminal
        self.exitStatus = exitStatus
    }
}

/// A place to write to: the terminal, a pipe or a file.
final class ShellSink {
    private(set) var text = ""
    private let file: (folder: MemoryFolder, path: String)?
    private let sink: ((String) -> Void)?

    /// - Parameter sink: gets each piece; without one the pieces are kept as ``text``.
    init(_ sink: ((String) -> Void)? = nil) {
        file = nil
        self.sink = sink
    }

    /// Appends to an existing file of the folder.
    init(folder: MemoryFolder, path: String) {
        file = (folder, path)
        sink = nil
    }

    func write(_ piece: String) {
        guard !piece.isEmpty else { return }
        if let file {
            // The file was created when the redirection was set up; only its removal meanwhile can
            // fail this, and then the text is lost, as it is to a shell that writes to an unlinked
            // file.
            try? file.folder.append(piece, to: file.path)
        } else if let sink {
            sink(piece)
        } else {
            text += piece
        }
    }
}

/// Standard input: text that commands take from the front.
final class ShellInput {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    func readAll() -> String {
        defer { rest = "" }
        return String(rest)
    }

    /// The next line without its newline, nil at the end.
    func readLine() -> String? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: "\n") ?? rest.endIndex
        defer { rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...] }
        return String(rest[..<end])
    }
}

/// The three streams of a command.
struct ShellStreams {
    var input: ShellInput
    var output: ShellSink
    var error: ShellSink
}
