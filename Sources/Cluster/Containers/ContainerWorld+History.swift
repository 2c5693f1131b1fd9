import API
import Containers
import Tools

extension ContainerWorld {
    /// Remembers that a command begins in a container; answers its number, and its streams with what is
    /// read of them remembered. No number where no journal is kept.
    func noteExecution(
        _ words: [String], _ target: ContainerTarget, _ streams: ShellStreams, isTerminal: Bool
    ) -> (number: Int?, streams: ShellStreams) {
        guard cluster.keepsJournal else { return (nil, streams) }
        lastExecution += 1
        let input = ReadInput()
        var recorded = streams
        recorded.input = ToolInput(pieces: { input.read(streams.input) })
        cluster.note { cluster in
            let silent = ToolOutput { _ in }
            let again = ShellStreams(
                input: ToolInput(input.bytes), output: silent, error: silent)
            _ = try? cluster.containerWorld.execute(
                words, in: target, streams: again, isTerminal: isTerminal)
        }
        return (lastExecution, recorded)
    }

    func keep(_ execution: ContainerExecution, as number: Int) {
        executions[number] = execution
        execution.notes = { [unowned self] deed in
            if case .end = deed { executions[number] = nil }
            cluster.note { cluster in
                cluster.containerWorld.executions[number]?.again(deed, at: cluster.clock.now)
            }
        }
    }
}

/// The input of a command, read once and kept.
private final class ReadInput {
    private(set) var bytes: [UInt8] = []
    private var isRead = false

    func read(_ input: ToolInput) -> [UInt8]? {
        if isRead { return nil }
        isRead = true
        bytes = input.readAll()
        return bytes
    }
}
