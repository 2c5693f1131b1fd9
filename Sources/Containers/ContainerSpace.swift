import Tools

/// One run of a container as its processes see it: files, environment, names.
package final class ContainerSpace {
    package let files: ContainerFiles
    package let image: ContainerImage
    package let facts: ContainerFacts
    /// What the runtime gives every process.
    package let environment: [String: String]
    package let workingDirectory: String
    package unowned let host: any ContainerHost
    /// What runs, by process id; the first is the container's own.
    package var processes: [ProcessEntry] = []
    /// Where the container's own process writes; nil where nobody keeps it.
    package var mainOutput: ToolOutput?
    private var lastProcessID = 6

    package init(
        files: ContainerFiles, image: ContainerImage, facts: ContainerFacts,
        environment: [String: String], workingDirectory: String, host: any ContainerHost
    ) {
        self.files = files
        self.image = image
        self.facts = facts
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.host = host
    }

    /// A process as `ps` shows it.
    package struct ProcessEntry {
        package let id: Int
        package let command: String
        /// In milliseconds since the world's time zero.
        package let started: Int64
    }

    /// Takes note of a process that begins; answers its id.
    package func begin(_ words: [String], at instant: Int64, isMain: Bool = false) -> Int {
        if !isMain { lastProcessID += 1 }
        let id = isMain ? 1 : lastProcessID
        processes.append(
            ProcessEntry(id: id, command: words.joined(separator: " "), started: instant))
        return id
    }

    /// A process ended.
    package func end(_ id: Int) { processes.removeAll { $0.id == id } }

    // MARK: Commands

    /// The programs there are, without the shell's own commands, sorted.
    package var commandNames: [String] {
        guard image.hasShell else { return [] }
        let programs = (ProgramRegistry.all + host.programs).filter { $0.isPart(of: image) }
            .flatMap { [$0.name] + $0.aliases }
        return Array(Self.tools.union(programs)).sorted()
    }

    /// The tools of scripts that containers have; the others are those of a person's machine.
    private static let tools: Set<String> = [
        "[", "awk", "base64", "basename", "cat", "cmp", "cp", "curl", "cut", "date", "diff",
        "dirname",
        "echo", "egrep", "env", "false", "fgrep", "grep", "head", "mkdir", "mv", "nc", "nl",
        "paste",
        "ping", "printenv", "printf", "pwd", "rev", "rm", "rmdir", "sed", "seq", "sleep", "sort",
        "tac",
        "tail", "tee", "telnet", "test", "time", "timeout", "touch", "tr", "true", "uniq", "wc",
        "wget",
        "xargs", "[[",
    ]

    /// The tool of scripts by that name which containers have as well.
    package static func tool(named name: String) -> Tool? {
        tools.contains(name) ? ToolRegistry.tool(named: name) : nil
    }

    /// Says which commands there are, where one is not.
    func noteMissing(_ name: String, _ output: ToolOutput) {
        output.write("(simulated containers have: \(commandNames.joined(separator: " ")))\n")
    }

    /// The program of a name, which may be a path.
    package func command(named name: String) -> ContainerCommand? {
        guard image.hasShell else { return nil }
        let last = name.split(separator: "/").last.map(String.init) ?? name
        if name.contains("/"), !Self.isProgramFolder(name.dropLast(last.utf8.count)) { return nil }
        if let program = host.programs.first(where: { $0.answers(to: last) })
            ?? ProgramRegistry.program(named: last), program.isPart(of: image)
        {
            return .program(program)
        }
        return Self.tool(named: last).map { .tool($0) }
    }

    private static func isProgramFolder(_ folder: Substring) -> Bool {
        ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/"].contains(folder)
    }

    /// Whether the name is that of a shell which the image has.
    package func isShell(_ name: String) -> Bool {
        guard image.hasShell else { return false }
        let last = name.split(separator: "/").last.map(String.init) ?? name
        if name.contains("/"), !Self.isProgramFolder(name.dropLast(last.utf8.count)) {
            return false
        }
        return image.shells.contains(last)
    }

    /// What shell a name means.
    package func flavor(ofShell name: String) -> ShellFlavor {
        if name.hasSuffix("bash") { return .bash }
        return image.family == .debian ? .dash : .ash
    }
}

/// What a name of a command leads to.
package enum ContainerCommand {
    case tool(Tool)
    case program(ContainerProgram)
}

/// What is told of a container where it asks.
package struct ContainerFacts {
    package var hostname = ""
    package var podName = ""
    package var namespace = ""
    package var nodeName = ""
    package var containerName = ""
    package var addresses: [String] = []
    /// Processors and bytes of memory of the machine.
    package var processors = 4
    package var memoryBytes: Int64 = 8 << 30
    package var kernel = "6.8.0"
    /// What the container's own process was started with.
    package var mainWords: [String] = []
    /// When it started, in milliseconds since the world's time zero.
    package var started: Int64 = 0

    package init() {}
}

/// What containers ask of the world around them.
package protocol ContainerHost: AnyObject {
    /// Whether work should end because the user asked to stop.
    var isInterrupted: Bool { get }
    /// Programs that need more than a container's own files: those of the network.
    var programs: [ContainerProgram] { get }
    /// The network as programs in the container reach it; nil where there is none.
    func network(of space: ContainerSpace) -> (any ToolNetwork)?
    /// Sends a signal to the container's own process.
    func signalMain(_ signal: Int, in space: ContainerSpace)
    /// Sends a signal to another process of the container.
    func signal(_ process: Int, _ signal: Int, in space: ContainerSpace)
}

/// The time that a process sees: its own, which `sleep` moves on.
package final class ProcessClock {
    /// In milliseconds since the world's time zero.
    package var now: Int64
    /// What ends a command that runs for longer (`timeout 5 …`).
    var deadline: Int64?

    package init(now: Int64) { self.now = now }

    /// Lets time pass; answers whether the deadline came before.
    @discardableResult
    package func advance(by milliseconds: Int64) -> Bool {
        let (end, overflow) = now.addingReportingOverflow(max(milliseconds, 0))
        let wanted = overflow ? Int64.max : end
        if let deadline, wanted > deadline {
            now = deadline
            return false
        }
        now = wanted
        return true
    }
}

extension ContainerHost {
    package func network(of space: ContainerSpace) -> (any ToolNetwork)? { nil }
}
