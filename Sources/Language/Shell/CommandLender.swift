import Tools
import Value

/// What tools ask of those who run them. Commands are run by the evaluator that has lent itself while
/// a tool, or a command of the host, is at work.
final class CommandLender: ToolHost {
    let host: any CommandHost
    weak var shell: ShellState?
    /// The changes that the command at work makes instead of somebody at an editor.
    var scriptedEditor: TextEditor?
    private var runner: ((ToolCommand) throws -> Int32)?
    /// What went wrong inside a tool, to be thrown when it has returned.
    private var trouble: (any Error)?

    init(host: any CommandHost) { self.host = host }

    /// Runs commands by `runner` while `body` runs; throws what went wrong in them.
    func lend<Result>(
        _ runner: @escaping (ToolCommand) throws -> Int32, during body: () throws -> Result
    ) throws -> Result {
        let outer = self.runner
        self.runner = runner
        defer { self.runner = outer }
        let result = try body()
        if let trouble {
            self.trouble = nil
            throw trouble
        }
        return result
    }

    // MARK: ToolHost

    var now: Timestamp {
        Timestamp.zero + Duration(milliseconds: host.virtualMilliseconds)
    }

    var network: (any ToolNetwork)? { host.network }

    var isInterrupted: Bool { trouble != nil || host.isInterrupted }

    func hasCommand(_ name: String) -> Bool {
        host.hasCommand(name) || ShellBuiltin(rawValue: name) != nil
    }

    func sleep(milliseconds: Int64) -> Int32 {
        let rest = shell?.deadline.map { max(0, $0 - host.virtualMilliseconds) } ?? .max
        do {
            try host.sleep(milliseconds: min(milliseconds, rest))
        } catch {
            trouble = error
            return 130
        }
        return milliseconds > rest ? 124 : 0
    }

    func editor(_ line: String?, program: String) -> TextEditor? {
        scriptedEditor ?? host.terminalEditor(line, program: program)
    }

    var history: [String] { host.history }

    func clearScreen() { host.clearScreen() }

    var isAtRest: Bool { host.isAtRest }

    func run(_ command: ToolCommand) -> Int32 {
        guard trouble == nil, let runner else { return 130 }
        do {
            return try runner(command)
        } catch {
            trouble = error
            return 130
        }
    }
}
