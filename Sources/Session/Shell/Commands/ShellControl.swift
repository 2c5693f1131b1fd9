import Support

/// Commands that steer the shell itself or run others.
enum ShellControl {
    static let all: [ShellBuiltin] = [
        ShellBuiltin("true") { _ in 0 },
        ShellBuiltin(":") { _ in 0 },
        ShellBuiltin("false") { _ in 1 },
        ShellBuiltin("exit") { throw ShellJump.exit(try status($0)) },
        ShellBuiltin("break") { throw ShellJump.leave(levels: try levels($0)) },
        ShellBuiltin("continue") { throw ShellJump.next(levels: try levels($0)) },
        ShellBuiltin("sleep", sleep),
        ShellBuiltin("timeout", timeout),
        ShellBuiltin("bash", bash),
        ShellBuiltin("sh", bash),
        ShellBuiltin("eval") { $0.shell.runText($0.arguments.joined(separator: " "), $0.streams) },
        ShellBuiltin("env", env),
        ShellBuiltin("command") {
            $0.arguments.isEmpty ? 0 : try $0.shell.call($0.arguments, $0.streams)
        },
        ShellBuiltin("export", export),
        ShellBuiltin("local", export),
        ShellBuiltin("unset") { call in
            for name in call.arguments { call.shell.variables[name] = nil }
            return 0
        },
        ShellBuiltin("set", set),
        ShellBuiltin("read", read),
        ShellBuiltin("xargs", xargs),
        ShellBuiltin("cd", cd),
        ShellBuiltin("pwd") { call in
            call.print("/\(call.shell.workingDirectory)\n")
            return 0
        },
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

    /// `2`, `0.5`, `2s`, `1m`, `1h` as milliseconds.
    static func milliseconds(_ text: String) -> Int64? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        let number = unit == nil ? text : String(text.dropLast())
        guard let value = Double(number), value >= 0, value < 1e9 else { return nil }
        return Int64(value * (unit ?? 1) * 1000)
    }

    private static func sleep(_ call: ShellCall) -> Int32 {
        var total: Int64 = 0
        for word in call.arguments {
            guard let time = milliseconds(word) else {
                return call.fail("invalid time interval '\(word)'")
            }
            total += time
        }
        if call.arguments.isEmpty { return call.fail("missing operand") }
        let limit = call.shell.timeLimitMilliseconds ?? .max
        call.shell.host.sleep(milliseconds: min(total, limit))
        return total > limit ? 124 : 0
    }

    /// `timeout [-s SIG] [-k T] [--preserve-status] TIME COMMAND…`
    private static func timeout(_ call: ShellCall) throws -> Int32 {
        var words = call.arguments[...]
        while let option = words.first, option.hasPrefix("-") {
            words = words.dropFirst(option == "-s" || option == "-k" ? 2 : 1)
        }
        guard let time = words.popFirst(), !words.isEmpty else {
            return call.fail("missing operand", status: 125)
        }
        guard let limit = milliseconds(time) else {
            return call.fail("invalid time interval '\(time)'", status: 125)
        }
        let outer = call.shell.timeLimitMilliseconds
        defer { call.shell.timeLimitMilliseconds = outer }
        // A limit of zero is none.
        call.shell.timeLimitMilliseconds = limit == 0 ? outer : min(limit, outer ?? .max)
        return try call.shell.call(Array(words), call.streams)
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

    private static func env(_ call: ShellCall) throws -> Int32 {
        var words = call.arguments[...]
        let outer = call.shell.variables
        defer { call.shell.variables = outer }
        while let word = words.first, let equals = word.firstIndex(of: "=") {
            call.shell.variables[String(word[..<equals])] = String(
                word[word.index(after: equals)...])
            words = words.dropFirst()
        }
        if words.isEmpty {
            for name in call.shell.variables.keys.sorted() {
                call.print("\(name)=\(call.shell.variables[name] ?? "")\n")
            }
            return 0
        }
        return try call.shell.call(Array(words), call.streams)
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

    /// `xargs [-n N] [-I X] [-r] COMMAND…`
    private static func xargs(_ call: ShellCall) throws -> Int32 {
        var words = call.arguments[...]
        var perCall = Int.max
        var placeholder: String?
        var skipsEmpty = false
        while let option = words.first, option.hasPrefix("-") {
            words = words.dropFirst()
            if option == "-r" || option == "--no-run-if-empty" {
                skipsEmpty = true
            } else if option == "-t" || option == "-0" {
                return call.fail("option \(option) is not supported")
            } else if option.hasPrefix("-n") || option.hasPrefix("-L") {
                let value = option.count > 2 ? String(option.dropFirst(2)) : words.popFirst() ?? ""
                guard let number = Int(value), number > 0 else {
                    return call.fail("invalid number '\(value)'")
                }
                perCall = number
            } else if option.hasPrefix("-I") {
                placeholder = option.count > 2 ? String(option.dropFirst(2)) : words.popFirst()
            } else {
                return call.fail("invalid option '\(option)'")
            }
        }
        let command = words.isEmpty ? ["echo"] : Array(words)
        let input = call.streams.input.readAll()
        var streams = call.streams
        streams.input = ShellInput("")
        var result: Int32 = 0
        if let placeholder {
            for line in ShellCall.lines(of: input) where !line.isEmpty {
                let item = line.drop { $0 == " " || $0 == "\t" }
                let arguments = command.map { replaced($0, placeholder, String(item)) }
                let status = try call.shell.call(arguments, streams)
                // A command that is not there ends the run. Source: findutils' xargs.
                if status == 127 { return 127 }
                if status != 0 { result = 123 }
            }
            return result
        }
        var items = input.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        if items.isEmpty, skipsEmpty { return 0 }
        repeat {
            let batch = items.prefix(perCall)
            items = items.dropFirst(batch.count)
            let status = try call.shell.call(command + batch, streams)
            if status == 127 { return 127 }
            if status != 0 { result = 123 }
        } while !items.isEmpty
        return result
    }

    private static func replaced(_ text: String, _ target: String, _ replacement: String) -> String
    {
        guard let hit = text.range(of: target) else { return text }
        let rest = replaced(String(text[hit.upperBound...]), target, replacement)
        return text[..<hit.lowerBound] + replacement + rest
    }

    private static func cd(_ call: ShellCall) -> Int32 {
        let path = call.arguments.first ?? ""
        let full = path.isEmpty ? "" : MemoryFolder.normalize(call.shell.resolve(path))
        guard call.shell.folder.isDirectory(full) else {
            return call.fail("\(path): No such file or directory")
        }
        call.shell.workingDirectory = full
        return 0
    }
}
