import Support
import Syntax
import Tools
import Value

/// Commands by their words: the shell's own, tools, and those of the host.
extension Evaluator {
    mutating func run(
        _ plan: SimplePlan, block: NodeIndex?, at index: NodeIndex
    ) throws {
        shell.substitutionStatus = 0
        var arguments: [Argument] = []
        for word in plan.words {
            arguments +=
                plan.isDoubleTest
                ? [try testArgument(of: word, after: arguments.last)]
                : try self.arguments(of: word)
        }
        var values: [(name: String, value: String)] = []
        for assignment in plan.assignments {
            values.append((assignment.name, try text(of: assignment.value)))
        }
        trace.stages.append(.command(arguments, hasKubectl: plan.hasKubectl))
        guard let inner = try redirected(plan.redirections) else {
            shell.status = 1
            return
        }
        guard !arguments.isEmpty || plan.hasKubectl else {
            for (name, value) in values { shell.set(name, to: value) }
            shell.status = shell.substitutionStatus
            return
        }
        let memory = values.isEmpty ? nil : shell.memory
        for (name, value) in values { shell.export(name, value: value) }
        let place = tree.place(of: index)
        shell.status = try with(inner) { evaluator throws in
            try evaluator.call(
                arguments, hasKubectl: plan.hasKubectl, block: block, at: place)
        }
        if tolerance == 0, Self.judges(arguments.map(\.text)) { shared.judgements += 1 }
        if let memory { forget(values.map(\.name), as: memory) }
    }

    /// Takes back the variables that were set for one command.
    private func forget(_ names: [String], as memory: ShellState.Memory) {
        for name in names {
            shell.unset(name)
            if let value = memory.environment[name] { shell.export(name, value: value) }
            if let value = memory.variables[name] { shell.set(name, to: value) }
        }
    }

    /// Runs a command by its words and answers its status.
    mutating func call(
        _ arguments: [Argument], hasKubectl: Bool, block: NodeIndex? = nil, at place: Place
    ) throws -> Int32 {
        if let alias = alias(of: hasKubectl ? "kubectl" : arguments.first?.text) {
            let rest = hasKubectl ? arguments[...] : arguments.dropFirst()
            return try call(alias, Array(rest), block: block, at: place)
        }
        guard let name = arguments.first?.text, !hasKubectl else {
            return try callHost(arguments, hasKubectl: hasKubectl, block: block, at: place)
        }
        let words = arguments.map(\.text)
        if name == "kubectl" {
            return try callHost(
                Array(arguments.dropFirst()), hasKubectl: true, block: block, at: place)
        }
        if let builtin = ShellBuiltin(rawValue: name), isShell || builtin.isMeant(by: words) {
            return try run(builtin, words, at: place)
        }
        if let tool = ToolRegistry.tool(named: name),
            !host.hasCommand(name) || !tool.isVerb(Array(words.dropFirst()))
        {
            return try run(tool, words, at: place)
        }
        if host.hasCommand(name) {
            return try callHost(arguments, hasKubectl: false, block: block, at: place)
        }
        streams.error.write("bash: line 1: \(name): command not found\n")
        return 127
    }

    // MARK: The host's commands

    private mutating func callHost(
        _ arguments: [Argument], hasKubectl: Bool, block: NodeIndex?, at place: Place
    ) throws -> Int32 {
        let call = hostCall(arguments, hasKubectl: hasKubectl, at: place)
        let host = host
        if let block { return try host.run(call) { try runBlock(block) } }
        if call.editor == nil, call.diffProgram == nil { return try host.run(call) }
        return try lending(at: place) { try host.run(call) }
    }

    private func hostCall(
        _ arguments: [Argument], hasKubectl: Bool, at place: Place
    ) -> CommandCall {
        var call = CommandCall(
            arguments: arguments, hasKubectl: hasKubectl, place: place, input: streams.input,
            output: streams.output, error: streams.error)
        call.workingDirectory = shell.tools.workingDirectory
        call.timeLimit = shell.deadline.map { max(0, $0 - host.virtualMilliseconds) }
        if let editor = shell.lender.scriptedEditor {
            call.editor = editor
        } else if let editor = shell.value(of: "KUBE_EDITOR") ?? shell.value(of: "EDITOR"),
            !editor.isEmpty
        {
            call.editor = self.editor(editor)
        } else if streams.input.isDocument {
            call.editor = editor(leaving: streams.input)
        }
        if let line = shell.value(of: "KUBECTL_EXTERNAL_DIFF"), !line.isEmpty {
            call.diffProgram = diffProgram(line)
        }
        return call
    }

    /// Whether a program is one of the session's own.
    private func isOwn(_ program: String) -> Bool {
        if let tool = ToolRegistry.tool(named: program) { return !tool.isEditor && !tool.isOutside }
        return program == "kubectl" || shell.lender.hasCommand(program)
    }

    /// A command line as what compares two folders: its first word is the program.
    private func diffProgram(_ line: String) -> DiffProgram {
        let (tools, lender, streams) = (shell.tools, shell.lender, streams)
        let program = line.split(separator: " ").first.map(String.init) ?? ""
        return DiffProgram(name: program, isOwn: isOwn(program)) { live, merged in
            do {
                let old = try DiffProgram.place(live, prefix: "LIVE", in: tools.files)
                defer { DiffProgram.remove(old, from: tools.files) }
                let new = try DiffProgram.place(merged, prefix: "MERGED", in: tools.files)
                defer { DiffProgram.remove(new, from: tools.files) }
                return lender.run(
                    ToolCommand(
                        words: [program, old, new] + DiffProgram.arguments(of: line),
                        input: ToolInput(), output: streams.output, error: streams.error))
            } catch {
                return 2
            }
        }
    }

    /// A command line as an editor: it gets the name of a file that holds the text.
    private func editor(_ line: String) -> TextEditor {
        let (tools, lender, streams) = (shell.tools, shell.lender, streams)
        let program = line.split(separator: " ").first.map(String.init) ?? ""
        let isOwn = isOwn(program)
        return TextEditor(
            name: line, isOwn: isOwn,
            edit: { text, ending in
                guard isOwn else { return EditedFile(path: "", outcome: .missing) }
                var path = ""
                do {
                    path = try EditFolder.place(text, ending: ending, in: tools.files)
                    let status = lender.run(
                        ToolCommand(
                            words: ["bash", "-c", "\(line) \(path)"], input: ToolInput(),
                            output: streams.output, error: streams.error))
                    guard status == 0 else { return EditedFile(path: path, outcome: .failed) }
                    let bytes = try tools.files.read(path)
                    return EditedFile(
                        path: path, outcome: .text(String(decoding: bytes, as: UTF8.self)))
                } catch {
                    return EditedFile(path: path, outcome: .failed)
                }
            },
            remove: { EditFolder.remove($0, from: tools.files) })
    }

    // MARK: Tools

    private mutating func run(_ tool: Tool, _ words: [String], at place: Place) throws -> Int32 {
        let (context, streams, host) = (shell.tools, streams, host)
        let status = try lending(at: place) {
            ToolRegistry.run(
                tool, words, input: streams.input, output: streams.output, error: streams.error,
                in: context)
        }
        if host.isInterrupted { throw Trouble.interrupted(place) }
        return status
    }

    /// Lets commands that `body` asks for run here.
    private mutating func lending<Result>(
        at place: Place, _ body: () throws -> Result
    ) throws -> Result {
        let lender = shell.lender
        return try withoutActuallyEscaping(
            { (command: ToolCommand) throws -> Int32 in try self.run(command, at: place) },
            do: { runner in try lender.lend(runner, during: body) })
    }

    /// A command that a tool asked for.
    private mutating func run(_ command: ToolCommand, at place: Place) throws -> Int32 {
        let outer = shell.deadline
        defer { shell.deadline = outer }
        if let limit = command.timeLimit {
            let end = host.virtualMilliseconds.addingReportingOverflow(limit)
            shell.deadline = min(outer ?? .max, end.overflow ? .max : end.partialValue)
        }
        let arguments = command.words.map { Argument(text: $0, span: place.span) }
        let inner = Streams(input: command.input, output: command.output, error: command.error)
        return try nested { evaluator throws in
            try evaluator.with(inner) { evaluator throws in
                try evaluator.call(arguments, hasKubectl: false, at: place)
            }
        }
    }
}
