import Value

/// What stands around tools: the files, the working directory, the environment, time and other
/// commands. One context serves all the commands of a session.
package final class ToolContext {
    package let files: any ToolFiles
    package let host: any ToolHost
    package let limits: ToolLimits
    /// An absolute path without `.` and `..` parts.
    package var workingDirectory: String
    package var environment: [String: String]
    /// What the shell puts in the place of a command's name, by the name.
    package var aliases: [String: String] = [:]
    /// The folders that `pushd` left, the last first.
    package var folderStack: [String] = []

    package init(
        files: any ToolFiles, host: any ToolHost, workingDirectory: String = "/",
        environment: [String: String] = [:], limits: ToolLimits = .standard
    ) {
        self.files = files
        self.host = host
        self.workingDirectory = workingDirectory
        self.environment = environment
        self.limits = limits
    }

    /// The absolute path that a path on a command line means.
    ///
    /// Above the root is the root, as in any shell, but for what lies there and may be read: then the
    /// path begins with `/..`.
    package func resolve(_ path: String) -> String {
        var parts: [Substring] = []
        var above = ""
        let full = path.hasPrefix("/") ? path : workingDirectory + "/" + path
        for part in full.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if parts.popLast() == nil {
                above += "/.."
            }
        }
        let below = "/" + parts.joined(separator: "/")
        guard !above.isEmpty, !parts.isEmpty, files.kind(of: below) == nil else { return below }
        return files.kind(of: above + below) == nil ? below : above + below
    }
}

/// What tools ask of those who run them.
package protocol ToolHost: AnyObject {
    /// The instant that `date` shows.
    var now: Timestamp { get }
    /// Whether tools should end: asked every few thousand steps.
    var isInterrupted: Bool { get }
    /// Lets time pass, for `sleep`; answers 0, or the status with which what cut it short ends a
    /// command: 124 when the time ran out that the command had, 130 for an interruption.
    func sleep(milliseconds: Int64) -> Int32
    /// The network that `curl` and the like use; nil where there is none.
    var network: (any ToolNetwork)? { get }
    /// Whether there is a command of this name that is no tool.
    func hasCommand(_ name: String) -> Bool
    /// Runs a command by its words, for `xargs`, `timeout`, `time` and `env`; answers its status,
    /// 127 when there is none of that name (after saying so) and 124 when the time ran out.
    func run(_ command: ToolCommand) -> Int32
    /// What files are edited with: the changes that a script gives, or an editor on the terminal that
    /// somebody sits at. Nil where there is neither.
    ///
    /// - Parameters:
    ///   - line: the command line that the session names as its editor, if it does.
    ///   - program: the one that was asked for; it is opened where nobody named another.
    func editor(_ line: String?, program: String) -> TextEditor?
    /// What was typed at the prompt, the oldest first; empty where nobody types.
    var history: [String] { get }
    /// Empties the screen, where there is one.
    func clearScreen()
    /// Whether nothing but ticks is due in the cluster within a minute.
    var isAtRest: Bool { get }
}

extension ToolHost {
    package func editor(_ line: String?, program: String) -> TextEditor? { nil }
    package var history: [String] { [] }
    package func clearScreen() {}
    package var isAtRest: Bool { true }
}

extension ToolHost {
    package var network: (any ToolNetwork)? { nil }
}

/// A command that a tool wants to run.
package struct ToolCommand {
    /// The name first, never empty.
    package let words: [String]
    package let input: ToolInput
    package let output: ToolOutput
    package let error: ToolOutput
    /// How long it may run, in milliseconds of virtual time; nil without limit.
    package var timeLimit: Int64?

    package init(
        words: [String], input: ToolInput, output: ToolOutput, error: ToolOutput,
        timeLimit: Int64? = nil
    ) {
        self.words = words
        self.input = input
        self.output = output
        self.error = error
        self.timeLimit = timeLimit
    }
}
