import Tools

/// A small shell that runs inside the process: what sessions use of bash, over a folder in memory.
///
/// It starts no program and touches no disk. Text tools (`grep`, `sort`, `sed` and others) are its
/// own; every other program is asked of its host. What it does not know is an error with bash's
/// exit status, never ignored.
package final class Shell {
    package let folder: MemoryFolder
    let host: any ShellHost
    var variables: [String: String] = [:]
    var positional: [String] = []
    /// The status of the last command, `$?`.
    var status: Int32 = 0
    /// The current directory inside the folder; the root is the empty string.
    var workingDirectory = ""
    /// The limit that `timeout` sets for the program it runs.
    var timeLimitMilliseconds: Int64?
    var pipefail = false
    private var hereDocuments: [ShellWord] = []
    private var loopTurns = 0
    private var processFiles = 0
    private lazy var tools = ShellTools(self)

    /// How many times the loops of one command line may turn.
    static let maximumLoopTurns = 100_000

    package init(folder: MemoryFolder, host: any ShellHost) {
        self.folder = folder
        self.host = host
    }

    /// Runs one command line as `bash -c` would, without standard input.
    package func run(_ commandLine: String) -> ShellRun {
        let terminal = ShellSink()
        let streams = ShellStreams(input: ShellInput(""), output: terminal, error: terminal)
        let status = runText(commandLine, streams)
        return ShellRun(terminal: terminal.text, exitStatus: status)
    }

    /// Parses and runs text in this shell, with errors printed as bash prints them.
    func runText(_ text: String, _ streams: ShellStreams) -> Int32 {
        let script: ShellScript
        do {
            script = try ShellParser.parse(text)
        } catch {
            streams.error.write("bash: -c: \(error.message)\n")
            return 2
        }
        let outer = hereDocuments
        defer { hereDocuments = outer }
        hereDocuments = script.hereDocuments
        do {
            return try execute(script.list, streams)
        } catch let ShellJump.exit(status) {
            return status
        } catch let error as ShellSyntaxError {
            streams.error.write("bash: \(error.message)\n")
            return 1
        } catch {
            return status
        }
    }

    // MARK: Lists and pipelines

    func execute(_ list: ShellList, _ streams: ShellStreams) throws -> Int32 {
        for item in list.items {
            status = try execute(item.first, streams)
            for next in item.rest where (status == 0) == (next.join == .and) {
                status = try execute(next.pipeline, streams)
            }
        }
        return list.items.isEmpty ? 0 : status
    }

    private func execute(_ pipeline: ShellPipeline, _ streams: ShellStreams) throws -> Int32 {
        var input = streams.input
        var result: Int32 = 0
        var failed: Int32 = 0
        let isPiped = pipeline.commands.count > 1
        for (index, command) in pipeline.commands.enumerated() {
            let isLast = index == pipeline.commands.count - 1
            let output = isLast ? streams.output : ShellSink()
            let inner = ShellStreams(input: input, output: output, error: streams.error)
            result =
                isPiped
                ? try inSubshell { try execute(command, inner) } : try execute(command, inner)
            if result != 0 { failed = result }
            if !isLast { input = ShellInput(output.text) }
        }
        if pipefail { result = failed }
        return pipeline.isNegated ? (result == 0 ? 1 : 0) : result
    }

    /// Runs a part of which only the output and the status remain, as in a process of its own.
    private func inSubshell(_ body: () throws -> Int32) throws -> Int32 {
        let outer = (variables, workingDirectory, positional, pipefail)
        defer { (variables, workingDirectory, positional, pipefail) = outer }
        do {
            return try body()
        } catch let ShellJump.exit(status) {
            return status
        }
    }

    // MARK: Commands

    private func execute(_ command: ShellCommand, _ streams: ShellStreams) throws -> Int32 {
        guard let streams = try redirected(streams, command.redirects) else { return 1 }
        switch command.kind {
        case .simple(let assignments, let words):
            return try executeSimple(assignments, words, streams)
        case .group(let list):
            return try execute(list, streams)
        case .subshell(let list):
            return try inSubshell { try execute(list, streams) }
        case .conditional(let branches, let otherwise):
            for branch in branches where try execute(branch.condition, streams) == 0 {
                return try execute(branch.body, streams)
            }
            return try otherwise.map { try execute($0, streams) } ?? 0
        case .loop(let condition, let body, let until):
            return try loop(while: { (try self.execute(condition, streams) == 0) != until }) {
                try self.execute(body, streams)
            }
        case .each(let variable, let words, let body):
            var values = try words.flatMap { try fields(of: $0, streams) }[...]
            return try loop(while: {
                guard let value = values.popFirst() else { return false }
                self.variables[variable] = value
                return true
            }) { try self.execute(body, streams) }
        case .choose(let subject, let branches):
            let text = try string(of: subject, streams)
            for branch in branches {
                for pattern in branch.patterns
                where try self.pattern(of: pattern, streams).matches(text) {
                    return try execute(branch.body, streams)
                }
            }
            return 0
        }
    }

    private func loop(while condition: () throws -> Bool, _ body: () throws -> Int32) throws
        -> Int32
    {
        var result: Int32 = 0
        while try condition() {
            loopTurns += 1
            if loopTurns > Self.maximumLoopTurns {
                throw ShellSyntaxError(
                    message: "loops turned more than \(Self.maximumLoopTurns) times")
            }
            do {
                result = try body()
            } catch let ShellJump.leave(levels) {
                if levels > 1 { throw ShellJump.leave(levels: levels - 1) }
                return 0
            } catch let ShellJump.next(levels) {
                if levels > 1 { throw ShellJump.next(levels: levels - 1) }
            }
        }
        return result
    }

    private func executeSimple(
        _ assignments: [(name: String, value: ShellWord)], _ words: [ShellWord],
        _ streams: ShellStreams
    ) throws -> Int32 {
        let before = status
        status = 0
        let values = try assignments.map { ($0.name, try string(of: $0.value, streams)) }
        // `$?` in the words still means the command before.
        let substituted = status
        status = before
        let arguments = try words.flatMap { try fields(of: $0, streams) }
        guard !arguments.isEmpty else {
            for (name, value) in values { variables[name] = value }
            return words.isEmpty ? substituted : status
        }
        let outer = variables
        for (name, value) in values { variables[name] = value }
        defer { if !values.isEmpty { variables = outer } }
        return try call(arguments, streams)
    }

    /// Lets a command line edit a text: it gets the name of a file that holds it.
    private func edit(_ text: String, with editor: String, _ streams: ShellStreams) -> String? {
        let name = ".kubectl-edit.yaml"
        let path = workingDirectory.isEmpty ? name : workingDirectory + "/" + name
        do {
            try folder.write(text, to: path)
            defer { try? folder.remove(path) }
            guard runText("\(editor) \(name)", streams) == 0 else { return nil }
            return try folder.readText(path)
        } catch {
            return nil
        }
    }

    /// Runs a command by its words: one of the shell's own, or one of the host's.
    func call(_ arguments: [String], _ streams: ShellStreams) throws -> Int32 {
        let name = arguments[0].split(separator: "/").last.map(String.init) ?? arguments[0]
        if let command = ShellCommandTable.command(named: name) {
            let call = ShellCall(
                name: name, arguments: Array(arguments.dropFirst()), shell: self, streams: streams)
            return try command.run(call)
        }
        if let tool = ToolRegistry.tool(named: arguments[0]),
            !tool.isVerb(Array(arguments.dropFirst()))
        {
            return try tools.run(tool, arguments, streams)
        }
        var invocation = ShellInvocation(
            arguments: arguments, input: streams.input.readAll(), folder: folder,
            workingDirectory: workingDirectory, timeLimitMilliseconds: timeLimitMilliseconds)
        if let editor = variables["KUBE_EDITOR"] ?? variables["EDITOR"], !editor.isEmpty {
            invocation.editorName = editor
            invocation.editor = { [unowned self] in edit($0, with: editor, streams) }
        }
        guard let result = host.run(invocation) else {
            streams.error.write("bash: line 1: \(arguments[0]): command not found\n")
            return 127
        }
        for chunk in result.chunks {
            (chunk.stream == .output ? streams.output : streams.error).write(chunk.text)
        }
        return result.timedOut ? 124 : result.exitStatus
    }

    // MARK: Redirections

    private func redirected(
        _ streams: ShellStreams, _ redirects: [ShellRedirect]
    ) throws -> ShellStreams? {
        var streams = streams
        for redirect in redirects {
            do {
                try apply(redirect, to: &streams)
            } catch let failure as ShellFileError {
                streams.error.write("bash: line 1: \(failure.path): \(failure.reason)\n")
                return nil
            }
        }
        return streams
    }

    private func apply(_ redirect: ShellRedirect, to streams: inout ShellStreams) throws {
        switch redirect.target {
        case .duplicate(let descriptor):
            let sink = descriptor == 1 ? streams.output : streams.error
            set(sink, at: redirect.descriptor, in: &streams)
        case .write(let word, let append):
            let sink = try openForWriting(string(of: word, streams), append: append)
            set(sink, at: redirect.descriptor, in: &streams)
        case .read(let word):
            let path = try string(of: word, streams)
            streams.input = ShellInput(path == "/dev/null" ? "" : try readFile(path))
        case .hereString(let word):
            streams.input = ShellInput(try string(of: word, streams) + "\n")
        case .hereDocument(let id):
            streams.input = ShellInput(try string(of: hereDocuments[id], streams))
        }
    }

    private func set(_ sink: ShellSink, at descriptor: Int, in streams: inout ShellStreams) {
        if descriptor != 2 { streams.output = sink }
        if descriptor != 1 { streams.error = sink }
    }

    private func openForWriting(_ path: String, append: Bool) throws -> ShellSink {
        if path == "/dev/null" { return ShellSink() }
        let full = resolve(path)
        do {
            if append { try folder.append("", to: full) } else { try folder.write("", to: full) }
        } catch {
            throw ShellFileError(path: path, reason: error.reason)
        }
        return ShellSink(folder: folder, path: full)
    }

    /// Keeps a text as a file that only its name can be asked for, for `<(…)`.
    func processFile(_ text: String) throws -> String {
        let path = "/dev/fd/\(63 - processFiles)"
        processFiles += 1
        do {
            try folder.place(text, at: path)
        } catch {
            throw ShellSyntaxError(message: "\(path): \(error)")
        }
        return path
    }

    // MARK: Files

    /// The folder path that a path on a command line means.
    func resolve(_ path: String) -> String {
        path.hasPrefix("/") || workingDirectory.isEmpty ? path : workingDirectory + "/" + path
    }

    func readFile(_ path: String) throws(ShellFileError) -> String {
        do {
            return try folder.readText(resolve(path))
        } catch {
            throw ShellFileError(path: path, reason: error.reason)
        }
    }
}

/// A file that could not be used, as the user named it.
struct ShellFileError: Error {
    var path: String
    var reason: String
}

/// Control that leaves the command in hand.
enum ShellJump: Error {
    case exit(Int32)
    /// `break N`.
    case leave(levels: Int)
    /// `continue N`.
    case next(levels: Int)
}
