import Tools
import Value

/// Runs the tools of the registry inside the shell: its variables are their environment, its folder
/// their files, and what they run is run by it.
final class ShellTools: ToolHost {
    private unowned let shell: Shell
    /// The context of the tool that is running.
    private var context: ToolContext?
    /// What left a command that a tool had run: `exit`, `break`.
    private var jump: (any Error)?

    init(_ shell: Shell) { self.shell = shell }

    /// - Throws: what left a command that the tool had run.
    func run(_ tool: Tool, _ words: [String], _ streams: ShellStreams) throws -> Int32 {
        let outer = context
        defer { context = outer }
        let inner = ToolContext(
            files: shell.folder, host: self, workingDirectory: "/" + shell.workingDirectory,
            environment: shell.variables)
        context = inner
        var isRead = false
        let input = ToolInput {
            guard !isRead else { return nil }
            isRead = true
            return Array(streams.input.readAll().utf8)
        }
        let status = ToolRegistry.run(
            tool, words, input: input,
            output: ToolOutput { streams.output.write(String(decoding: $0, as: UTF8.self)) },
            error: ToolOutput { streams.error.write(String(decoding: $0, as: UTF8.self)) },
            in: inner)
        shell.variables = inner.environment
        shell.workingDirectory = String(inner.workingDirectory.dropFirst())
        if outer == nil, let jump {
            self.jump = nil
            throw jump
        }
        return status
    }

    var now: Timestamp { shell.host.now }

    var isInterrupted: Bool { jump != nil || shell.host.isInterrupted }

    func sleep(milliseconds: Int64) -> Int32 {
        let limit = shell.timeLimitMilliseconds ?? .max
        shell.host.sleep(milliseconds: min(milliseconds, limit))
        return milliseconds > limit ? 124 : 0
    }

    func hasCommand(_ name: String) -> Bool {
        ShellCommandTable.command(named: name) != nil || shell.host.hasCommand(name)
    }

    func run(_ command: ToolCommand) -> Int32 {
        let outer = shell.timeLimitMilliseconds
        defer { shell.timeLimitMilliseconds = outer }
        if let limit = command.timeLimit {
            shell.timeLimitMilliseconds = min(limit, outer ?? .max)
        }
        shell.variables = context?.environment ?? [:]
        let sinks = ShellStreams(
            input: ShellInput(String(decoding: command.input.readAll(), as: UTF8.self)),
            output: ShellSink { command.output.write($0) },
            error: ShellSink { command.error.write($0) })
        do {
            let status = try shell.call(command.words, sinks)
            context?.environment = shell.variables
            return status
        } catch {
            jump = error
            return 1
        }
    }
}
