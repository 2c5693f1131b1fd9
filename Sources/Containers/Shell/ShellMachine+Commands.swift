import Tools
import Value

// Simple commands: assignments, redirections, and what a name leads to.
extension ShellMachine {
    /// Runs one simple command.
    func run(_ command: ShellCommand) throws {
        do {
            try expandAndRun(command)
        } catch let problem as ExpansionProblem {
            streams.error.write("\(place)\(problem.message)\n")
            // POSIX: an expansion that fails ends a shell that is not at a prompt.
            exit(flavor == .bash ? 1 : 2)
        }
        if state.options.contains("e"), state.status != 0, pending == nil, !isGuarded, !hasExited,
            !blocked
        {
            exit(state.status)
        }
    }

    private func expandAndRun(_ command: ShellCommand) throws {
        let words = try fields(command.words)
        if words.isEmpty {
            state.status = 0
            for (name, value) in command.assignments { state.set(name, to: try text(value)) }
            guard !command.redirections.isEmpty else { return }
            let outer = streams
            _ = try redirected(command.redirections)
            streams = outer
            return
        }
        if state.options.contains("x") {
            streams.error.write("+ \(words.joined(separator: " "))\n")
        }
        // `exec` alone keeps its redirections.
        if words == ["exec"] {
            if let streams = try redirected(command.redirections) { self.streams = streams }
            return
        }
        let own = state
        var saved: [(String, String?)] = []
        for (name, value) in command.assignments {
            saved.append((name, state[name]))
            state.set(name, to: try text(value))
            state.export(name)
        }
        let outer = streams
        if !command.redirections.isEmpty {
            guard let streams = try redirected(command.redirections) else { return }
            self.streams = streams
        }
        let depth = stack.count
        try call(words)
        for (name, value) in saved.reversed() { own.set(name, to: value) }
        if stack.count > depth || pending != nil {
            // What began goes on with these streams.
            if !command.redirections.isEmpty {
                stack.insert(.restore(outer), at: min(depth, stack.count))
            }
        } else {
            streams = outer
        }
    }

    /// Where the shell's messages begin.
    var place: String {
        switch flavor {
        case .ash: "\(state.name): "
        case .dash: "\(state.name): 1: "
        case .bash: isInteractive ? "\(state.name): " : "\(state.name): line 1: "
        }
    }

    var isInteractive: Bool { state.options.contains("i") }

    // MARK: Redirections

    /// The streams with redirections; nil where one fails, which has been said.
    func redirected(_ redirections: [ShellRedirection]) throws -> ShellStreams? {
        var result = streams
        for redirection in redirections {
            let target = try text(redirection.target.word)
            let path = ContainerPath.resolved(target, in: state.workingDirectory)
            do throws(ToolFileProblem) {
                switch redirection.kind {
                case .text: result.input = ToolInput(target)
                case .read:
                    result.input =
                        target == "/dev/stdin"
                        ? streams.input : ToolInput(try space.files.read(path), isFile: true)
                case .duplicate: duplicate(redirection.descriptor, target, &result)
                case .write, .append:
                    let output = try open(
                        target, path, appending: redirection.kind == .append, result)
                    if redirection.descriptor != 2 { result.output = output }
                    if redirection.descriptor == 2 || redirection.descriptor == -1 {
                        result.error = output
                    }
                }
            } catch {
                state.status = flavor == .dash ? 2 : 1
                streams.error.write(
                    message(of: error, target, isRead: redirection.kind == .read))
                return nil
            }
        }
        return result
    }

    private func duplicate(_ descriptor: Int, _ target: String, _ streams: inout ShellStreams) {
        let output =
            target == "1" ? streams.output : target == "2" ? streams.error : ToolOutput { _ in }
        if descriptor == 1 { streams.output = output }
        if descriptor == 2 { streams.error = output }
        if descriptor == 0, target == "-" { streams.input = ToolInput() }
    }

    private func open(
        _ target: String, _ path: String, appending: Bool, _ streams: ShellStreams
    ) throws(ToolFileProblem) -> ToolOutput {
        switch path {
        case "/dev/null": return ToolOutput { _ in }
        case "/dev/stdout": return streams.output
        case "/dev/stderr": return streams.error
        case "/proc/1/fd/1", "/proc/1/fd/2":
            if let output = space.mainOutput { return output }
        default: break
        }
        let files = space.files
        files.now = clock.now
        if appending {
            try files.append([], to: path)
        } else {
            try files.write([], to: path)
        }
        let clock = clock
        return ToolOutput { piece in
            files.now = clock.now
            try? files.append(Array(piece), to: path)
        }
    }

    private func message(of problem: ToolFileProblem, _ target: String, isRead: Bool) -> String {
        let reason =
            problem == .notFound && flavor != .bash
            ? (isRead
                ? (flavor == .ash ? "no such file" : "No such file")
                : flavor == .ash ? "nonexistent directory" : "Directory nonexistent")
            : problem.reason
        switch flavor {
        case .ash: return "\(place)can't \(isRead ? "open" : "create") \(target): \(reason)\n"
        case .dash: return "\(place)cannot \(isRead ? "open" : "create") \(target): \(reason)\n"
        case .bash: return "\(place)\(target): \(reason)\n"
        }
    }

    // MARK: Names

    /// Calls a command by its words.
    func call(_ words: [String]) throws {
        let name = words[0]
        if let body = state.functions[name] {
            stack.append(.function(arguments: state.arguments, locals: []))
            state.arguments = [state.arguments.first ?? ""] + words.dropFirst()
            pending = body
            return
        }
        if try runBuiltin(words) { return }
        if space.isShell(name) { return try runShell(words) }
        if let command = space.command(named: name) {
            state.status = try run(command, words)
            return
        }
        try runFile(words)
    }

    /// A name that is no command: a script in the container's files, or nothing.
    private func runFile(_ words: [String]) throws {
        let name = words[0]
        if name.contains("/") {
            let path = ContainerPath.resolved(name, in: state.workingDirectory)
            if let node = try? space.files.find(path).node {
                guard !node.isFolder, node.mode & 0o111 != 0 else {
                    return say(
                        "\(name): \(node.isFolder ? "Is a directory" : "Permission denied")", 126)
                }
                return try runShell(["sh"] + words)
            }
        }
        if takesUnknownForDone {
            state.status = 0
            return
        }
        if takesUnknownForServer {
            stack.append(.following(FileFollower([])))
            return
        }
        let text = flavor == .bash && !name.contains("/") ? "command not found" : "not found"
        say(
            "\(name): \(name.contains("/") && flavor == .bash ? "No such file or directory" : text)",
            127)
        if listsCommands, !name.contains("/") { space.noteMissing(name, streams.error) }
    }

    func say(_ message: String, _ status: Int32) {
        streams.error.write("\(place)\(message)\n")
        state.status = status
    }

    /// `sh -c '…' [NAME [ARGUMENT…]]`, `sh FILE`, or a script that comes in by standard input.
    private func runShell(_ words: [String]) throws {
        var rest = words.dropFirst()
        var options: Set<Character> = []
        var isText = false
        while let word = rest.first, word.count > 1, word.hasPrefix("-") || word.hasPrefix("+") {
            rest = rest.dropFirst()
            if word == "--" { break }
            if word.hasPrefix("--") { continue }
            if word == "-o" || word == "-O" {
                rest = rest.dropFirst()
                continue
            }
            options.formUnion(word.dropFirst())
            if word.contains("c") { isText = true }
        }
        let text: String
        var arguments: [String]
        let name = ContainerPath.last(of: words[0])
        if isText {
            guard let script = rest.popFirst() else {
                return say("-c requires an argument", 2)
            }
            text = script
            arguments = rest.isEmpty ? [name] : Array(rest)
        } else if let file = rest.first {
            let path = ContainerPath.resolved(file, in: state.workingDirectory)
            do throws(ToolFileProblem) {
                text = String(decoding: try space.files.read(path), as: UTF8.self)
            } catch {
                return say(
                    flavor == .ash
                        ? "can't open '\(file)': \(error.reason)"
                        : "\(file): \(error.reason)", flavor == .bash ? 127 : 2)
            }
            arguments = Array(rest)
        } else {
            text = String(decoding: streams.input.readAll(), as: UTF8.self)
            arguments = [name]
        }
        if arguments.isEmpty { arguments = [name] }
        do throws(ShellSyntaxProblem) {
            let node = try ShellParser.parse(text)
            stack.append(.subshell(state))
            state = state.copy()
            state.functions = [:]
            state.arguments = arguments
            state.options = options.intersection("eux")
            state.status = 0
            pending = node
        } catch {
            say(error.message, 2)
        }
    }

    /// Runs a program or a tool; answers its status.
    func run(_ command: ContainerCommand, _ words: [String]) throws -> Int32 {
        space.files.now = clock.now
        switch command {
        case .program(let program):
            let call = ProgramCall(
                name: ContainerPath.last(of: words[0]), arguments: Array(words.dropFirst()),
                streams: streams, space: space, state: state, clock: clock)
            return try program.run(call)
        case .tool(let tool):
            if tool.name == "sleep", words.dropFirst().contains(where: { $0.hasPrefix("inf") }) {
                stack.append(.following(FileFollower([])))
                return 0
            }
            if tool.name == "tail", let follower = try follower(words) {
                stack.append(.following(follower))
                return 0
            }
            let host = ShellToolHost(machine: self)
            let context = ToolContext(
                files: space.files, host: host, workingDirectory: state.workingDirectory,
                environment: state.environment)
            let isBusybox = space.image.family != .debian
            let status = ToolRegistry.run(
                tool, words, input: streams.input, output: streams.output,
                error: isBusybox
                    ? BusyboxWords.output(tool.name, to: streams.error) : streams.error,
                in: context)
            if let trouble = host.trouble { throw trouble }
            return status
        }
    }

    /// What `tail -f` follows, after it has shown the ends of its files; nil for another call of `tail`.
    private func follower(_ words: [String]) throws -> FileFollower? {
        var isFollowing = false
        var lines = "10"
        var paths: [String] = []
        var rest = words.dropFirst()
        while let word = rest.popFirst() {
            switch word {
            case "-f", "-F", "--follow", "--retry", "-fF": isFollowing = true
            case "-n": lines = rest.popFirst() ?? lines
            case let word where word.hasPrefix("-n"): lines = String(word.dropFirst(2))
            case let word where word.hasPrefix("--follow="): isFollowing = true
            case let word where word.hasPrefix("-") && word.count > 1:
                let letters = word.dropFirst()
                if letters.contains(where: { $0 == "f" || $0 == "F" }) { isFollowing = true }
                let digits = letters.filter(\.isNumber)
                if !digits.isEmpty { lines = String(digits) }
            default: paths.append(word)
            }
        }
        guard isFollowing else { return nil }
        guard !paths.isEmpty, paths != ["/dev/null"] else { return FileFollower([]) }
        _ = try run(
            .tool(ToolRegistry.tool(named: "tail")!), ["tail", "-n", lines] + paths)
        return FileFollower(
            paths.map { path in
                let full = ContainerPath.resolved(path, in: state.workingDirectory)
                return (full, (try? space.files.read(full).count) ?? 0)
            })
    }
}

/// What tools ask of the shell that runs them.
private final class ShellToolHost: ToolHost {
    private unowned let machine: ShellMachine
    /// What went wrong inside a tool, to be thrown when it has returned.
    var trouble: (any Error)?

    init(machine: ShellMachine) { self.machine = machine }

    var now: Timestamp { Timestamp.zero + Duration(milliseconds: machine.clock.now) }

    var network: (any ToolNetwork)? { machine.space.host.network(of: machine.space) }

    var isInterrupted: Bool { trouble != nil || machine.space.host.isInterrupted }

    func sleep(milliseconds: Int64) -> Int32 {
        machine.clock.advance(by: milliseconds) ? 0 : 124
    }

    func hasCommand(_ name: String) -> Bool {
        machine.space.command(named: name) != nil || machine.space.isShell(name)
            || machine.state.functions[name] != nil
    }

    func run(_ command: ToolCommand) -> Int32 {
        let clock = machine.clock
        let outer = clock.deadline
        defer { clock.deadline = outer }
        if let limit = command.timeLimit {
            clock.deadline = min(outer ?? .max, clock.now + limit)
        }
        do {
            return try machine.runNested(
                .command(command.words),
                streams: ShellStreams(
                    input: command.input, output: command.output, error: command.error))
        } catch ShellMachine.Stop.late where command.timeLimit != nil {
            return 124
        } catch {
            trouble = error
            return 130
        }
    }
}
