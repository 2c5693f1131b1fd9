/// A command that the shell has itself.
struct ShellBuiltin: Sendable {
    var name: String
    /// Runs the command and answers its exit status.
    var run: @Sendable (ShellCall) throws -> Int32

    init(_ name: String, _ run: @escaping @Sendable (ShellCall) throws -> Int32) {
        self.name = name
        self.run = run
    }
}

/// The registry of the shell's own commands: one row each.
enum ShellCommandTable {
    static let all: [ShellBuiltin] =
        ShellControl.all + [
            ShellBuiltin("awk", ShellAwk.run),
            ShellBuiltin("egrep", ShellGrep.run),
            ShellBuiltin("fgrep", ShellGrep.run),
            ShellBuiltin("gawk", ShellAwk.run),
            ShellBuiltin("grep", ShellGrep.run),
            ShellBuiltin("sed", ShellSed.run),
        ]

    private static let byName: [String: ShellBuiltin] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name, $0) })

    static func command(named name: String) -> ShellBuiltin? { byName[name] }
}

/// One call of a command.
struct ShellCall {
    var name: String
    /// The words after the name.
    var arguments: [String]
    var shell: Shell
    var streams: ShellStreams

    func print(_ text: String) { streams.output.write(text) }

    /// Prints `name: message` to standard error and answers the status.
    func fail(_ message: String, status: Int32 = 1) -> Int32 {
        streams.error.write("\(name): \(message)\n")
        return status
    }

    /// Calls `body` with each named file's name and text in order; `-` and no name stand for
    /// standard input. A file that cannot be read is reported in its turn, and makes the answer
    /// true.
    func eachText(_ operands: [String], _ body: (_ name: String, _ text: String) -> Void) -> Bool {
        var failed = false
        for path in operands.isEmpty ? ["-"] : operands {
            if path == "-" {
                body("(standard input)", streams.input.readAll())
                continue
            }
            do throws(ShellFileError) {
                body(path, try shell.readFile(path))
            } catch {
                failed = true
                _ = fail("\(error.path): \(error.reason)")
            }
        }
        return failed
    }

    /// The names and texts of files, as `eachText` reads them.
    func texts(_ operands: [String]) -> (texts: [(name: String, text: String)], failed: Bool) {
        var texts: [(name: String, text: String)] = []
        let failed = eachText(operands) { texts.append(($0, $1)) }
        return (texts, failed)
    }

    /// All lines of the named files, or of standard input.
    func lines(_ operands: [String]) -> (lines: [String], failed: Bool) {
        let (texts, failed) = texts(operands)
        return (texts.flatMap { Self.lines(of: $0.text) }, failed)
    }

    /// The lines of a text; a newline at the end closes the last one.
    static func lines(of text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}

/// The options and operands of a call, read as getopt does.
struct ShellOptions {
    private var found: [(option: Character, value: String)] = []
    private(set) var operands: [String] = []

    /// - Parameters:
    ///   - flags: the letters that stand alone.
    ///   - valued: the letters that take a value.
    ///   - long: long names with the letter each stands for.
    ///   - number: the letter that `-5` stands for.
    init(
        _ arguments: [String], flags: String = "", valued: String = "",
        long: [String: Character] = [:], number: Character? = nil
    ) throws(ShellSyntaxError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                operands += rest
                break
            }
            guard argument.hasPrefix("-"), argument.count > 1 else {
                operands.append(argument)
                continue
            }
            if argument.hasPrefix("--") {
                try readLong(argument, valued, long, &rest)
            } else if let number, argument.dropFirst().allSatisfy(\.isNumber) {
                found.append((number, String(argument.dropFirst())))
            } else {
                try readShort(argument, flags, valued, &rest)
            }
        }
    }

    private mutating func readLong(
        _ argument: String, _ valued: String, _ long: [String: Character],
        _ rest: inout ArraySlice<String>
    ) throws(ShellSyntaxError) {
        let parts = argument.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let letter = long[String(parts[0])] else {
            throw ShellSyntaxError(message: "unrecognized option '\(argument)'")
        }
        if !valued.contains(letter) {
            found.append((letter, parts.count > 1 ? String(parts[1]) : ""))
        } else if parts.count > 1 {
            found.append((letter, String(parts[1])))
        } else if let value = rest.popFirst() {
            found.append((letter, value))
        } else {
            throw ShellSyntaxError(message: "option '\(argument)' requires an argument")
        }
    }

    private mutating func readShort(
        _ argument: String, _ flags: String, _ valued: String, _ rest: inout ArraySlice<String>
    ) throws(ShellSyntaxError) {
        var letters = argument.dropFirst()
        while let letter = letters.popFirst() {
            if flags.contains(letter) {
                found.append((letter, ""))
            } else if valued.contains(letter) {
                if !letters.isEmpty {
                    found.append((letter, String(letters)))
                } else if let value = rest.popFirst() {
                    found.append((letter, value))
                } else {
                    throw ShellSyntaxError(message: "option requires an argument -- '\(letter)'")
                }
                return
            } else {
                throw ShellSyntaxError(message: "invalid option -- '\(letter)'")
            }
        }
    }

    func has(_ letter: Character) -> Bool { found.contains { $0.option == letter } }

    /// The values given for a letter, in order.
    func values(_ letter: Character) -> [String] {
        found.filter { $0.option == letter }.map(\.value)
    }

    func value(_ letter: Character) -> String? { values(letter).last }

    /// Takes the first operand away.
    mutating func takeOperand() -> String? { operands.isEmpty ? nil : operands.removeFirst() }
}
