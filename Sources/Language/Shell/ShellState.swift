import Tools

/// What a shell remembers from one command to the next: variables, options, the working folder. All
/// the commands of a session share one.
final class ShellState {
    /// What a subshell changes for itself alone.
    struct Memory {
        var variables: [String: String] = [:]
        /// The variables that commands see.
        var environment: [String: String] = [:]
        var workingDirectory = "/"
        var name = "bash"
        var positional: [String] = []
        var options = Options()
        var aliases: [String: String] = [:]
        var folderStack: [String] = []
    }

    /// What `set` switches on.
    struct Options {
        /// `-e`: a failure ends the shell.
        var endsOnFailure = false
        /// `-u`: a variable without a value is an error.
        var refusesUnset = false
        /// `-o pipefail`: a pipeline fails with any of its stages.
        var anyStageFails = false
    }

    let lender: CommandLender
    let tools: ToolContext
    private var variables: [String: String] = [:]
    /// `$0`
    var name = "bash"
    var positional: [String] = []
    var options = Options()
    /// How the last command ended, `$?`.
    var status: Int32 = 0
    /// How the last `$(…)` ended.
    var substitutionStatus: Int32 = 0
    /// The virtual time at which `timeout` ends what runs.
    var deadline: Int64?
    /// Turns of loops up to now.
    var rounds = 0
    private var processFiles = 0
    /// The names whose aliases are being replaced: inside its own an alias is what it was before.
    var openAliases: Set<String> = []

    init(host: any CommandHost) {
        lender = CommandLender(host: host)
        tools = ToolContext(
            files: host.sessionFiles, host: lender, environment: ["HOME": Self.home])
        lender.shell = self
    }

    /// `$HOME` and `~`: the folder of the script.
    private static let home = "/"

    /// A shell with the same variables, which the other's assignments do not change any more.
    func copy() -> ShellState {
        let copy = ShellState(host: lender.host)
        copy.memory = memory
        copy.status = status
        return copy
    }

    var memory: Memory {
        get {
            Memory(
                variables: variables, environment: tools.environment,
                workingDirectory: tools.workingDirectory, name: name,
                positional: positional, options: options, aliases: tools.aliases,
                folderStack: tools.folderStack)
        }
        set {
            variables = newValue.variables
            tools.environment = newValue.environment
            tools.workingDirectory = newValue.workingDirectory
            name = newValue.name
            positional = newValue.positional
            options = newValue.options
            tools.aliases = newValue.aliases
            tools.folderStack = newValue.folderStack
        }
    }

    // MARK: Variables

    /// The value of a parameter by its name, one of the shell's own included; nil where it is unset.
    func value(of name: String) -> String? {
        switch name {
        case "?": return String(status)
        case "#": return String(positional.count)
        case "@", "*": return positional.joined(separator: " ")
        case "0": return self.name
        case "$": return "1"
        case "!", "-": return ""
        case "PWD": return tools.workingDirectory
        default:
            if let number = Int(name) {
                return positional.indices.contains(number - 1) ? positional[number - 1] : nil
            }
            return variables[name] ?? tools.environment[name]
        }
    }

    func set(_ name: String, to value: String) {
        if tools.environment[name] != nil {
            tools.environment[name] = value
        } else {
            variables[name] = value
        }
    }

    /// Lets commands see a variable.
    func export(_ name: String, value: String? = nil) {
        tools.environment[name] = value ?? variables[name] ?? tools.environment[name]
        variables[name] = nil
    }

    /// Leaves what commands see.
    func forgetUnexported() { variables = [:] }

    func unset(_ name: String) {
        variables[name] = nil
        tools.environment[name] = nil
    }

    // MARK: Files

    /// The path of a new file for what `<(…)` gives.
    func newProcessFile() -> String {
        processFiles += 1
        return "/dev/fd/\(64 - processFiles % 60)"
    }
}

/// Leaves the shell at work: `exit`, and a failure under `set -e`.
struct ShellExit: Error {
    let status: Int32
}

/// Where a command reads and writes.
struct Streams {
    var input: ToolInput
    var output: ToolOutput
    var error: ToolOutput

    /// What somebody types, if anybody does, and all text to the host.
    static func terminal(_ host: any CommandHost) -> Streams {
        let output = ToolOutput(limit: .max) { [unowned host] bytes in
            host.write(String(decoding: bytes, as: UTF8.self))
        }
        let input = host.typedInput.map { ToolInput(pieces: $0) } ?? ToolInput(isUnattended: true)
        return Streams(input: input, output: output, error: output)
    }
}
