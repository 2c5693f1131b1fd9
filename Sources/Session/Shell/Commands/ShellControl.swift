import Support

/// Commands that steer the shell itself or run others.
enum ShellControl {
    static let all: [ShellBuiltin] = [
        ShellBuiltin("exit") { throw ShellJump.exit(try status($0)) },
        ShellBuiltin("break") { throw ShellJump.leave(levels: try levels($0)) },
        ShellBuiltin("continue") { throw ShellJump.next(levels: try levels($0)) },
        ShellBuiltin("bash", bash),
        ShellBuiltin("sh", bash),
        ShellBuiltin("eval") { $0.shell.runText($0.arguments.joined(separator: " "), $0.streams) },
        ShellBuiltin("export", export),
        ShellBuiltin("local", export),
        ShellBuiltin("unset") { call in
            for name in call.arguments { call.shell.variables[name] = nil }
            return 0
        },
        ShellBuiltin("set", set),
        ShellBuiltin("read", read),
    ]

    private static func status(_ call: ShellCall) throws -> Int32 {
        guard let word = call.arguments.first else { return call.shell.status }
        guard let value = Int(word) else {
            throw ShellSyntaxError(message: "exit: \(word): numeric argument required")
        }
        return Int32(truncatingIfNeeded: value & 0xff)
    }

    private static func levels(_ call: ShellCall) throws -> Int {
        guard let word = call.arguments.first else { return 1 }
        guard let value = Int(word), value > 0 else {
            throw ShellSyntaxError(message: "\(call.name): \(word): loop count out of range")
        }
        return value
    }

    /// `bash -c TEXT [NAME ARG…]`, or a script from a file or from standard input.
    private static func bash(_ call: ShellCall) throws -> Int32 {
        let shell = call.shell
        let outer = (shell.variables, shell.positional, shell.workingDirectory, shell.pipefail)
        defer {
            (shell.variables, shell.positional, shell.workingDirectory, shell.pipefail) = outer
        }
        var words = call.arguments[...]
        while let option = words.first, option.hasPrefix("-"), option != "-c" {
            words = words.dropFirst()
        }
        let text: String
        if words.first == "-c" {
            text = words.dropFirst().first ?? ""
            shell.positional = Array(words.dropFirst(3))
        } else if let path = words.popFirst() {
            do {
                text = try shell.readFile(path)
            } catch {
                return call.fail("\(error.path): \(error.reason)", status: 127)
            }
            shell.positional = Array(words)
        } else {
            text = call.streams.input.readAll()
        }
        return shell.runText(text, call.streams)
    }

    private static func export(_ call: ShellCall) -> Int32 {
        for word in call.arguments {
            guard let equals = word.firstIndex(of: "=") else { continue }
            call.shell.variables[String(word[..<equals])] = String(
                word[word.index(after: equals)...])
        }
        return 0
    }

    /// Only `pipefail` changes what sessions print; `-x` and `-e` would, so they are refused.
    private static func set(_ call: ShellCall) -> Int32 {
        switch call.arguments {
        case ["-o", "pipefail"]: call.shell.pipefail = true
        case ["+o", "pipefail"]: call.shell.pipefail = false
        case let words where words.first == "--": call.shell.positional = Array(words.dropFirst())
        default:
            return call.fail("\(call.arguments.joined(separator: " ")): not supported", status: 2)
        }
        return 0
    }

    private static func read(_ call: ShellCall) -> Int32 {
        let names = call.arguments.filter { !$0.hasPrefix("-") }
        guard let line = call.streams.input.readLine() else { return 1 }
        var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)[...]
        for (index, name) in names.enumerated() {
            let isLast = index == names.count - 1
            call.shell.variables[name] =
                isLast ? words.joined(separator: " ") : words.popFirst() ?? ""
        }
        if names.isEmpty { call.shell.variables["REPLY"] = line }
        return 0
    }
}
