import API
import Containers
import Tools
import Value

// tidy: no copy: where there is one, a world is not copied
/// A run of a container that somebody has looked into: its files, its processes, what it printed.
final class LiveContainer {
    let space: ContainerSpace
    let uid: String
    let started: Milliseconds
    /// The files that it shares with others, as ``PodVolumes`` names them.
    let volumes: Set<String>
    /// Its own process, and what was begun in the background.
    var machines: [ShellMachine] = []
    private(set) var lines: [OutputLine] = []
    private var partial: [Bool: [UInt8]] = [:]
    private var bytes = 0
    var name: String { space.facts.containerName }
    /// When it ended, as far as that is known.
    var ended: Milliseconds?

    /// How many bytes of output are kept: what came before is forgotten, as when a kubelet rotates logs.
    private static let outputBytes = 10 << 20

    init(space: ContainerSpace, uid: String, started: Milliseconds, volumes: Set<String>) {
        self.space = space
        self.uid = uid
        self.started = started
        self.volumes = volumes
    }

    /// When one of its processes has something to do next; nil: never.
    var next: Milliseconds? {
        var earliest: Milliseconds?
        for machine in machines where machine.ending == nil && machine.wake < .max {
            earliest = min(earliest ?? .max, machine.wake)
        }
        if let earliest, let ended, earliest >= ended { return nil }
        return earliest
    }

    /// Goes on with what is due at `instant`.
    func resume(at instant: Milliseconds) {
        for machine in machines where machine.ending == nil && machine.wake <= instant {
            _ = machine.resume(at: max(machine.wake, started))
            if machine.ending != nil { flush(at: machine.clock.now) }
            for child in machine.spawned { machines.append(child) }
            machine.spawned = []
        }
        if machines.count > 1 {
            let main = machines[0]
            machines = [main] + machines.dropFirst().filter { $0.ending == nil }
        }
    }

    /// Takes a piece of output in.
    func write(_ piece: ArraySlice<UInt8>, isError: Bool, at instant: Milliseconds) {
        var rest = partial[isError] ?? []
        for byte in piece {
            if byte == 0x0A {
                append(rest, isError, instant, isWhole: true)
                rest = []
            } else {
                rest.append(byte)
            }
        }
        partial[isError] = rest
    }

    private func append(_ text: [UInt8], _ isError: Bool, _ instant: Milliseconds, isWhole: Bool) {
        lines.append(
            OutputLine(
                time: instant, isError: isError, text: String(decoding: text, as: UTF8.self),
                isWhole: isWhole))
        bytes += text.count + 1
        guard bytes > Self.outputBytes else { return }
        var dropped = 0
        while bytes > Self.outputBytes / 2, dropped < lines.count {
            bytes -= lines[dropped].text.utf8.count + 1
            dropped += 1
        }
        lines.removeFirst(dropped)
    }

    /// A last line without a newline is one as well once the process is done.
    private func flush(at instant: Milliseconds) {
        for isError in [false, true] {
            guard let rest = partial[isError], !rest.isEmpty else { continue }
            append(rest, isError, instant, isWhole: false)
            partial[isError] = []
        }
    }
}
