import API
import Containers
import Tools

extension ContainerWorld {
    /// Remembers that a command begins in a container; answers its number, and its streams with what is
    /// read of them remembered. No number where no journal is kept.
    func noteExecution(
        _ words: [String], _ target: ContainerTarget, _ streams: ShellStreams, isTerminal: Bool
    ) -> (number: Int?, streams: ShellStreams) {
        noteBegin(streams) { containers, streams in
            _ = try? containers.execute(
                words, in: target, streams: streams, isTerminal: isTerminal)
        }
    }

    /// Remembers that somebody types to a container's own shell.
    func noteAttachment(
        _ target: ContainerTarget, _ streams: ShellStreams
    ) -> (number: Int?, streams: ShellStreams) {
        noteBegin(streams) { containers, streams in
            _ = try? containers.attach(to: target, streams: streams)
        }
    }

    func noteCopy(_ bytes: [UInt8]?, to path: String, of target: ContainerTarget) {
        cluster.note { cluster in
            guard let files = try? cluster.containerWorld.files(of: target) else { return }
            if let bytes {
                try? files.write(bytes, to: path)
            } else {
                try? files.makeDirectory(path, parents: true)
            }
        }
    }

    private func noteBegin(
        _ streams: ShellStreams, _ again: @escaping (ContainerWorld, ShellStreams) -> Void
    ) -> (number: Int?, streams: ShellStreams) {
        guard cluster.keepsJournal else { return (nil, streams) }
        lastExecution += 1
        let input = ReadInput()
        var recorded = streams
        // What stands for a terminal without a person gives nothing.
        if !streams.input.isUnattended {
            recorded.input = ToolInput(pieces: { input.read(streams.input) })
        }
        cluster.note { cluster in
            let silent = ToolOutput { _ in }
            again(
                cluster.containerWorld,
                ShellStreams(input: ToolInput(input.bytes), output: silent, error: silent))
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

// tidy: no copy: what it belongs to keeps a world from being copied
/// The input of a command, read once and kept.
private final class ReadInput {
    private(set) var bytes: [UInt8] = []
    private var isRead = false

    func read(_ input: ToolInput) -> [UInt8]? {
        if isRead { return nil }
        isRead = true
        bytes = Array(input.readAll())
        return bytes
    }
}
