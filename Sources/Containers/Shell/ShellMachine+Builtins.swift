import Tools

// The commands that a shell has itself.
extension ShellMachine {
    /// Names that `type` calls builtins.
    static let builtins: Set<String> = [
        ":", ".", "alias", "bg", "break", "builtin", "cd", "command", "continue", "eval", "exec",
        "exit",
        "export", "fg", "hash", "jobs", "kill", "let", "local", "read", "readonly", "return", "set",
        "shift",
        "source", "trap", "type", "ulimit", "umask", "unalias", "unset", "wait", "declare",
        "logout",
    ]

    /// Whether a shell has a command of this name itself.
    package static func isBuiltin(_ name: String) -> Bool { builtins.contains(name) }

    /// Runs one of the shell's own commands; false where the name is none.
    func runBuiltin(_ words: [String]) throws -> Bool {
        guard Self.builtins.contains(words[0]) else { return false }
        let arguments = Array(words.dropFirst())
        state.status = 0
        switch words[0] {
        case ":", "alias", "bg", "fg", "hash", "jobs", "trap", "ulimit", "unalias": break
        case "umask": if arguments.isEmpty { streams.output.write("0022\n") }
        case "break": leaveLoops(arguments.first.flatMap { Int($0) } ?? 1, continues: false)
        case "continue": leaveLoops(arguments.first.flatMap { Int($0) } ?? 1, continues: true)
        case "cd": changeFolder(arguments)
        case "eval": try evaluate(arguments.joined(separator: " "))
        case ".", "source": try source(arguments)
        case "exec": try replace(arguments)
        case "exit", "logout": exit(status(arguments))
        case "return": returnFromFunction(status(arguments))
        case "export", "readonly", "declare": export(arguments)
        case "local": declareLocals(arguments)
        case "unset":
            for name in arguments where !name.hasPrefix("-") {
                state.set(name, to: nil)
                state.functions[name] = nil
            }
        case "set": set(arguments)
        case "shift":
            let count = arguments.first.flatMap { Int($0) } ?? 1
            if count < state.arguments.count {
                state.arguments.removeSubrange(1..<(1 + max(count, 0)))
            } else {
                state.status = 1
            }
        case "read": read(arguments)
        case "let":
            for text in arguments {
                let value = (try? ShellSum.evaluate(text, state)) ?? 0
                state.status = value == 0 ? 1 : 0
            }
        case "kill": kill(arguments)
        case "type", "command", "builtin": try describe(words[0], arguments)
        case "wait":
            let open = children.filter { $0.ending == nil }
            if !open.isEmpty { stack.append(.awaiting(open)) }
        default: break
        }
        return true
    }

    private func status(_ arguments: [String]) -> Int32 {
        arguments.first.flatMap { Int($0) }.map { Int32(truncatingIfNeeded: $0 & 255) }
            ?? state.status
    }

    private func changeFolder(_ arguments: [String]) {
        let target = arguments.first { $0 != "--" } ?? state["HOME"] ?? "/"
        let path = target == "-" ? state["OLDPWD"] ?? state.workingDirectory : target
        let full = ContainerPath.resolved(path, in: state.workingDirectory)
        do throws(ToolFileProblem) {
            guard try space.files.find(full).node.isFolder else { throw .notDirectory }
            if target == "-" { streams.output.write(full + "\n") }
            state.set("OLDPWD", to: state.workingDirectory)
            state.workingDirectory = full
        } catch {
            switch flavor {
            case .ash: say("cd: can't cd to \(path): \(error.reason)", 1)
            case .dash: say("cd: can't cd to \(path)", 2)
            case .bash: say("cd: \(path): \(error.reason)", 1)
            }
        }
    }

    private func evaluate(_ text: String) throws {
        do throws(ShellSyntaxProblem) {
            pending = try ShellParser.parse(text)
        } catch {
            say(error.message, 2)
        }
    }

    private func source(_ arguments: [String]) throws {
        guard let file = arguments.first else { return say(".: filename argument required", 2) }
        do throws(ToolFileProblem) {
            let path = ContainerPath.resolved(file, in: state.workingDirectory)
            let text = String(decoding: try space.files.read(path), as: UTF8.self)
            try? evaluate(text)
        } catch {
            say(
                flavor == .ash
                    ? ".: can't open '\(file)': \(error.reason)"
                    : "\(file): \(error.reason)", flavor == .bash ? 1 : 2)
        }
    }

    /// `exec COMMAND`: nothing of the script comes after it.
    private func replace(_ arguments: [String]) throws {
        guard !arguments.isEmpty else { return }
        while let frame = stack.last {
            if case .subshell = frame { break }
            stack.removeLast()
        }
        try call(arguments)
    }

    private func export(_ arguments: [String]) {
        let names = arguments.filter { !$0.hasPrefix("-") }
        if names.isEmpty {
            for (name, value) in state.environment.sorted(by: { $0.key < $1.key }) {
                streams.output.write("export \(name)='\(value)'\n")
            }
        }
        for word in names {
            if let equals = word.firstIndex(of: "=") {
                let name = String(word[..<equals])
                state.set(name, to: String(word[word.index(after: equals)...]))
                state.export(name)
            } else {
                state.export(word)
            }
        }
    }

    private func declareLocals(_ arguments: [String]) {
        let place = stack.lastIndex {
            if case .function = $0 { true } else { false }
        }
        for word in arguments {
            let equals = word.firstIndex(of: "=")
            let name = String(word[..<(equals ?? word.endIndex)])
            if let place, case .function(let outer, let locals) = stack[place] {
                stack[place] = .function(arguments: outer, locals: locals + [(name, state[name])])
            }
            state.set(name, to: equals.map { String(word[word.index(after: $0)...]) } ?? "")
        }
    }

    private func set(_ arguments: [String]) {
        if arguments.isEmpty {
            for name in state.names { streams.output.write("\(name)='\(state[name] ?? "")'\n") }
            return
        }
        var rest = arguments[...]
        while let word = rest.first, word.count > 1, word.hasPrefix("-") || word.hasPrefix("+") {
            rest = rest.dropFirst()
            if word == "--" {
                state.arguments = [state.arguments.first ?? ""] + rest
                return
            }
            var letters = Set(word.dropFirst())
            if letters.contains("o") {
                letters = []
                let names: [String: Character] = ["errexit": "e", "nounset": "u", "xtrace": "x"]
                if let name = rest.popFirst(), let letter = names[name] { letters = [letter] }
            }
            if word.hasPrefix("-") {
                state.options.formUnion(letters)
            } else {
                state.options.subtract(letters)
            }
        }
        if !rest.isEmpty { state.arguments = [state.arguments.first ?? ""] + rest }
    }

    /// `read [-r] [-p PROMPT] NAME…`: one line, split at blanks; the last name gets the rest.
    private func read(_ arguments: [String]) {
        var names: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "-p" || word == "-t" || word == "-n" || word == "-d" || word == "-s" {
                if let value = rest.popFirst(), word == "-p" { streams.error.write(value) }
            } else if !word.hasPrefix("-") {
                names.append(word)
            }
        }
        guard let line = streams.input.readLine() else {
            state.status = 1
            for name in names { state.set(name, to: "") }
            return
        }
        if names.isEmpty { names = ["REPLY"] }
        let separators = state["IFS"] ?? " \t\n"
        var text = Substring(line.text)
        for (place, name) in names.enumerated() {
            while let first = text.first, first.isWhitespace, separators.contains(first) {
                text.removeFirst()
            }
            if place == names.count - 1 {
                while let last = text.last, last.isWhitespace, separators.contains(last) {
                    text.removeLast()
                }
                state.set(name, to: String(text))
            } else {
                let word = text.prefix { !separators.contains($0) }
                state.set(name, to: String(word))
                text = text.dropFirst(word.count + 1)
            }
        }
        if !line.isEnded { state.status = 1 }
    }

    private static let signals: [String: Int] = [
        "HUP": 1, "INT": 2, "QUIT": 3, "KILL": 9, "USR1": 10, "USR2": 12, "TERM": 15, "CONT": 18,
        "STOP": 19,
    ]

    /// `kill [-SIGNAL] PID…`.
    private func kill(_ arguments: [String]) {
        var signal = 15
        var ids: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word.count > 1 else {
                ids.append(word)
                continue
            }
            var name = word.dropFirst()
            if name == "s" { name = (rest.popFirst() ?? "TERM")[...] }
            if name.hasPrefix("SIG") { name = name.dropFirst(3) }
            guard let number = Int(name) ?? Self.signals[String(name)] else {
                return say("kill: bad signal '\(name)'", 1)
            }
            signal = number
        }
        if ids.isEmpty { return say("kill: usage: kill [-SIGNAL] PID", 2) }
        for id in ids {
            guard let number = Int(id) else {
                say("kill: invalid number '\(id)'", 1)
                continue
            }
            if signal == 0, space.processes.contains(where: { $0.id == number }) { continue }
            if number == 1 {
                space.host.signalMain(signal, in: space)
            } else if number == state.processID {
                exit(128 + Int32(signal & 127))
            } else if let child = children.indices.first(where: {
                state.processID + $0 + 1 == number
            }) {
                children[child].kill(status: 128 + Int32(signal & 127))
            } else if space.processes.contains(where: { $0.id == number }) {
                space.host.signal(number, signal, in: space)
            } else {
                say("kill: can't kill pid \(id): No such process", 1)
            }
        }
    }

    /// `type NAME…`, `command -v NAME`, `command NAME…`.
    private func describe(_ builtin: String, _ arguments: [String]) throws {
        if builtin != "type", arguments.first != "-v", arguments.first != "-V" {
            let words = arguments.drop { $0 == "-p" }
            if !words.isEmpty { try call(Array(words)) }
            return
        }
        let isLong = builtin == "type" || arguments.first == "-V"
        for name in arguments where !name.hasPrefix("-") {
            if Self.builtins.contains(name) {
                streams.output.write(isLong ? "\(name) is a shell builtin\n" : "\(name)\n")
            } else if space.command(named: name) != nil || space.isShell(name) {
                let path = name.contains("/") ? name : space.image.place(of: name)
                streams.output.write(isLong ? "\(name) is \(path)\n" : "\(path)\n")
            } else {
                if isLong { streams.error.write("\(place)\(name): not found\n") }
                state.status = 127
            }
        }
    }
}
