import Tools

/// What a shell remembers: variables, functions, its folder, the last status.
package final class ShellState {
    private var variables: [String: String]
    private var exported: Set<String>
    package var functions: [String: ShellNode] = [:]
    package var workingDirectory: String
    /// `$0`, then `$1` and on.
    package var arguments: [String]
    package var status: Int32 = 0
    /// `set -e`, `set -x`, `set -u`.
    package var options: Set<Character> = []
    /// Where the shell's own messages begin: `sh`, `bash`.
    package var name: String
    /// The number of the last command in the background.
    package var lastBackground: Int?
    package let processID: Int

    package init(
        environment: [String: String], workingDirectory: String, name: String, arguments: [String],
        processID: Int
    ) {
        variables = environment
        exported = Set(environment.keys)
        self.workingDirectory = workingDirectory
        self.name = name
        self.arguments = arguments
        self.processID = processID
    }

    /// A subshell's: changes in it do not come back.
    private init(copy other: ShellState) {
        variables = other.variables
        exported = other.exported
        functions = other.functions
        workingDirectory = other.workingDirectory
        arguments = other.arguments
        status = other.status
        options = other.options
        name = other.name
        lastBackground = other.lastBackground
        processID = other.processID
    }

    package func copy() -> ShellState { ShellState(copy: self) }

    package subscript(name: String) -> String? { variables[name] }

    package func set(_ name: String, to value: String?) {
        variables[name] = value
        if value == nil { exported.remove(name) }
    }

    package func export(_ name: String) { exported.insert(name) }

    /// What programs get.
    package var environment: [String: String] {
        variables.filter { exported.contains($0.key) }
    }

    /// The names of all variables, sorted.
    package var names: [String] { variables.keys.sorted() }
}

/// Where a command reads and writes.
package struct ShellStreams {
    package var input: ToolInput
    package var output: ToolOutput
    package var error: ToolOutput

    package init(input: ToolInput, output: ToolOutput, error: ToolOutput) {
        self.input = input
        self.output = output
        self.error = error
    }
}

/// Whose shell it is, for the words of its messages and its prompt.
package enum ShellFlavor: Sendable {
    /// busybox' and Alpine's.
    case ash
    /// Debian's `sh`.
    case dash
    case bash
}
