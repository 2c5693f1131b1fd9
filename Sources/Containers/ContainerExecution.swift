import Tools

/// A command that was started in a container beside its own process.
package final class ContainerExecution {
    package let space: ContainerSpace
    package let machine: ShellMachine
    private let processID: Int?
    private let isRunning: () -> Bool
    /// What began in the background goes on without it.
    package var adopts: (ShellMachine) -> Void = { _ in }
    /// Told of what is about to be done, so that it can be done again.
    package var notes: ((Deed) -> Void)?

    /// What is done to an execution from outside.
    package enum Deed: Sendable {
        case resume
        case beginPrompt
        case take(String)
        case end
    }

    /// Does something again.
    package func again(_ deed: Deed, at instant: Int64) {
        switch deed {
        case .resume: _ = resume(at: instant)
        case .beginPrompt: beginPrompt()
        case .take(let text): _ = take(text)
        case .end: end()
        }
    }

    /// - Parameters:
    ///   - isRunning: whether the container still runs: it takes all its processes along.
    ///   - isQuiet: whether nobody reads what it says: no hints, and nothing but its end ends it.
    package init(
        _ words: [String], in space: ContainerSpace, streams: ShellStreams, isTerminal: Bool,
        now: Int64, isRunning: @escaping () -> Bool, isQuiet: Bool = false
    ) {
        self.space = space
        self.isRunning = isRunning
        let processID = space.begin(words, at: now)
        self.processID = processID
        var environment = space.environment
        if isTerminal { environment["TERM"] = "xterm" }
        let name = words.first.map { ContainerPath.last(of: $0) } ?? "sh"
        let isShell = words.first.map { space.isShell($0) } ?? false
        let state = ShellState(
            environment: environment, workingDirectory: space.workingDirectory,
            name: isShell ? name : "sh", arguments: [isShell ? name : "sh"], processID: processID)
        machine = ShellMachine(
            .command(words), space: space, state: state, streams: streams,
            clock: ProcessClock(now: now),
            flavor: isShell ? space.flavor(ofShell: name) : .ash)
        machine.listsCommands = !isQuiet
        machine.heedsInterrupts = !isQuiet
    }

    /// The container's own process, a shell that somebody types to.
    package init(_ machine: ShellMachine, isRunning: @escaping () -> Bool) {
        self.machine = machine
        space = machine.space
        self.isRunning = isRunning
        processID = nil
    }

    /// Goes on at `instant`; answers how far it came. A container that ended meanwhile ended its
    /// processes: 137.
    package func resume(at instant: Int64) -> ShellMachine.Step {
        notes?(.resume)
        guard isRunning() else {
            machine.kill(status: 137)
            return .done(137)
        }
        let step = machine.resume(at: instant)
        for child in machine.spawned { adopts(child) }
        machine.spawned = []
        if !isRunning() {
            machine.kill(status: 137)
            return .done(137)
        }
        return step
    }

    /// Whether the container still runs.
    package var isAlive: Bool { isRunning() }

    /// Ends it from outside.
    package func end() {
        notes?(.end)
        if let processID { space.end(processID) }
    }

    // MARK: Prompt

    /// Whether the words begin a shell that reads its commands from a prompt.
    package static func isPrompt(_ words: [String], in space: ContainerSpace) -> Bool {
        guard let first = words.first, space.isShell(first) else { return false }
        return words.dropFirst().allSatisfy { word in
            word.hasPrefix("-") && !word.dropFirst().contains("c") || word.hasPrefix("--")
        }
    }

    /// Begins reading from a prompt.
    package func beginPrompt() {
        notes?(.beginPrompt)
        machine.makeInteractive()
    }

    /// What the shell shows before a command.
    package var prompt: String { machine.prompt }

    /// Takes a line of the prompt: false where more lines must follow before it can be run.
    package func take(_ text: String) -> Bool {
        notes?(.take(text))
        do throws(ShellSyntaxProblem) {
            machine.begin(try ShellParser.parse(text))
            return true
        } catch {
            if error.isIncomplete { return false }
            machine.streams.error.write("\(machine.place)\(error.message)\n")
            machine.state.status = 2
            return true
        }
    }
}

extension ShellMachine {
    /// From now on it reads and writes there.
    package func take(_ streams: ShellStreams) { self.streams = streams }

    func makeInteractive() {
        _ = pending
        pending = nil
        state.options.insert("i")
    }

    /// `/ # ` as busybox, `# ` as dash, `root@web-0:/# ` as bash shows it.
    package var prompt: String {
        let isRoot = space.files.user.id == 0
        let folder = state.workingDirectory
        let home = state["HOME"] ?? ""
        let shown =
            !home.isEmpty && home != "/" && (folder == home || folder.hasPrefix(home + "/"))
            ? "~" + folder.dropFirst(home.count) : folder
        let sign = isRoot ? "#" : "$"
        switch flavor {
        case .ash: return "\(shown) \(sign) "
        case .dash: return "\(sign) "
        case .bash:
            let user = space.userName(space.files.user.id) ?? "I have no name!"
            return space.image.family == .debian
                ? "\(user)@\(space.facts.hostname):\(shown)\(sign) "
                : "\(space.facts.hostname):\(shown)\(sign) "
        }
    }
}
