import Support
import Syntax
import Tools

/// The commands that steer the shell itself. All others are tools or belong to the host.
package enum ShellBuiltin: String, CaseIterable, Sendable {
    case bash, `break`, `continue`, eval, exit, export, local, read, set, sh, source, unset
    case dot = "."

    /// What it does, in the words of `help`: a lower-case clause without a final period.
    package var summary: String {
        switch self {
        case .bash, .sh: "runs a text (-c TEXT), a file or its input as commands of a shell"
        case .break: "leaves a loop of the shell"
        case .continue: "begins the next turn of a loop of the shell"
        case .eval: "runs its arguments as a command line of the shell"
        case .exit: "leaves a subshell"
        case .export: "lets commands see variables of the shell"
        case .local: "sets variables of the shell"
        case .read: "reads a line into variables of the shell"
        case .set: "switches options of the shell, or sets the positional parameters"
        case .source, .dot: "runs the commands of a file in the shell at work"
        case .unset: "forgets variables of the shell"
        }
    }

    /// Whether words in a script mean it, and not a verb of the same name: `set -e`, not `set image`.
    package func isMeant(by words: [String]) -> Bool {
        guard self == .set, let first = words.dropFirst().first else { return true }
        return first.hasPrefix("-") || first.hasPrefix("+")
    }
}

extension Evaluator {
    mutating func run(
        _ builtin: ShellBuiltin, _ words: [String], at place: Place
    ) throws -> Int32 {
        let arguments = Array(words.dropFirst())
        switch builtin {
        case .bash, .sh: return try runShell(arguments)
        case .break, .continue:
            streams.error.write(
                "bash: line 1: \(words[0]): only meaningful in a `for', `while', or `until' loop\n")
            return 0
        case .eval:
            return try run(
                text: arguments.joined(separator: " "), of: "bash: eval",
                endsAtExit: !isShell && subshells == 0)
        case .exit: return try exit(arguments)
        case .export, .local:
            for word in arguments { declare(word, isExported: builtin == .export) }
            return 0
        case .read: return read(arguments)
        case .set: return set(arguments)
        case .source, .dot: return try source(words)
        case .unset:
            for name in arguments where !name.hasPrefix("-") { shell.unset(name) }
            return 0
        }
    }

    // MARK: Texts

    /// `bash -c TEXT [NAME ARG…]`, a script from a file, or one from standard input.
    private mutating func runShell(_ arguments: [String]) throws -> Int32 {
        let memory = shell.memory
        defer { shell.memory = memory }
        // A process of its own: it knows what was exported, and nothing else.
        shell.forgetUnexported()
        shell.options = ShellState.Options()
        var words = arguments[...]
        while let option = words.first, option.hasPrefix("-"), option != "-c" {
            words = words.dropFirst()
        }
        if words.first == "-c" {
            shell.name = words.dropFirst(2).first ?? "bash"
            shell.positional = Array(words.dropFirst(3))
            return try run(text: words.dropFirst().first ?? "", of: "bash: -c")
        }
        guard let path = words.popFirst() else {
            let text = streams.input.readAll()
            return try run(text: String(decoding: text, as: UTF8.self), of: "bash")
        }
        shell.positional = Array(words)
        let text: String
        do {
            let bytes = try shell.tools.files.read(shell.tools.resolve(path))
            text = String(decoding: bytes, as: UTF8.self)
        } catch {
            streams.error.write("bash: \(path): \(error.reason)\n")
            return 127
        }
        return try run(text: text, of: "bash: \(path)")
    }

    /// Runs a text of the shell dialect in the shell at work. What is wrong with it is printed after
    /// `name`.
    ///
    /// - Parameter endsAtExit: whether `exit` ends the text, or what is around it.
    mutating func run(
        text: String, of name: String, endsAtExit: Bool = true
    ) throws -> Int32 {
        let parsed = Parser.parseShell(Source(name: "bash", text: text))
        if let mistake = parsed.diagnostics.first {
            streams.error.write("\(name): \(mistake.message)\n")
            return 2
        }
        var resolver = Resolver(
            source: parsed.script.source, facts: host, limits: limits, tree: Tree(),
            globals: GlobalNames(), isPrompt: false, isShell: true)
        let unit = resolver.resolve(parsed.script)
        if let mistake = unit.diagnostics.first {
            streams.error.write("\(name): \(mistake.message)\n")
            return 2
        }
        var inner = Evaluator(
            tree: unit.tree, globals: Globals(), host: host, limits: limits, shared: shared,
            shell: shell, isShell: true, globalNames: [])
        inner.streams = streams
        return try nested { _ throws in
            do {
                try inner.runNested { evaluator throws in _ = try evaluator.call(unit.main, []) }
                return inner.shell.status
            } catch let exit as ShellExit where endsAtExit {
                return exit.status
            } catch let mistake as Located {
                inner.streams.error.write("bash: \(mistake.error.text.message)\n")
                return 1
            }
        }
    }

    /// `source FILE [ARG…]`.
    private mutating func source(_ words: [String]) throws -> Int32 {
        guard words.count > 1 else {
            streams.error.write("bash: line 1: \(words[0]): filename argument required\n")
            return 2
        }
        let path = words[1]
        if path.hasSuffix(".dock") {
            throw RuntimeError.builtin(
                "`\(words[0])` runs commands of a shell",
                hint: "`include \"\(path)\"` brings in a script")
        }
        let text: String
        do {
            let bytes = try shell.tools.files.read(shell.tools.resolve(path))
            text = String(decoding: bytes, as: UTF8.self)
        } catch {
            // What a shell reads when it starts need not be there: nothing has to be set up here.
            if error == .notFound, Self.isStartFile(path) { return 0 }
            streams.error.write("bash: line 1: \(path): \(error.reason)\n")
            return 1
        }
        let outer = shell.positional
        defer { shell.positional = outer }
        if words.count > 2 { shell.positional = Array(words.dropFirst(2)) }
        return try run(text: text, of: "bash: \(path)")
    }

    private static func isStartFile(_ path: String) -> Bool {
        let names = [
            ".bashrc", ".bash_profile", ".bash_aliases", ".profile", ".zshrc", "profile",
            "bash_completion",
        ]
        return path.split(separator: "/").last.map { names.contains(String($0)) } ?? false
    }

    private func exit(_ arguments: [String]) throws -> Int32 {
        guard isShell || subshells > 0 else {
            throw RuntimeError.builtin(
                "`exit` leaves a subshell or `bash -c`, and there is none around it",
                hint: "a scenario ends at its end; `skip` leaves it earlier")
        }
        var status = shell.status
        if let word = arguments.first {
            guard let number = Int(word) else {
                streams.error.write(
                    "bash: line 1: exit: \(word): numeric argument required\n")
                throw ShellExit(status: 2)
            }
            status = Int32(truncatingIfNeeded: number & 0xff)
        }
        throw ShellExit(status: status)
    }

    // MARK: Variables

    private func declare(_ word: String, isExported: Bool) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let (name, value) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
        if name.hasPrefix("-") { return }
        if isExported {
            shell.export(name, value: value)
        } else if let value {
            shell.set(name, to: value)
        }
    }

    /// `read [-r] NAME…`: the words of a line; the last name gets the rest.
    private func read(_ arguments: [String]) -> Int32 {
        let names = arguments.filter { !$0.hasPrefix("-") }
        guard let line = streams.input.readLine() else {
            for name in names { shell.set(name, to: "") }
            return 1
        }
        let text = line.text
        if names.isEmpty { shell.set("REPLY", to: text) }
        var rest = Substring(text)
        for (index, name) in names.enumerated() {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            if index == names.count - 1 {
                while rest.last == " " || rest.last == "\t" { rest.removeLast() }
                shell.set(name, to: String(rest))
            } else {
                let word = rest.prefix { $0 != " " && $0 != "\t" }
                shell.set(name, to: String(word))
                rest = rest[word.endIndex...]
            }
        }
        return line.isEnded ? 0 : 1
    }

    // MARK: Options

    /// `set -e`, `set -euo pipefail`, `set +e`, `set -- a b`.
    private func set(_ arguments: [String]) -> Int32 {
        var words = arguments[...]
        while let word = words.popFirst() {
            if word == "--" {
                shell.positional = Array(words)
                return 0
            }
            let isOn = word.hasPrefix("-")
            for letter in word.dropFirst() {
                switch letter {
                case "e": shell.options.endsOnFailure = isOn
                case "u": shell.options.refusesUnset = isOn
                case "o":
                    guard words.popFirst() == "pipefail" else { return refuse(arguments) }
                    shell.options.anyStageFails = isOn
                default: return refuse(arguments)
                }
            }
        }
        return 0
    }

    private func refuse(_ arguments: [String]) -> Int32 {
        streams.error.write(
            "bash: line 1: set: \(arguments.joined(separator: " ")): not supported\n")
        return 2
    }
}
