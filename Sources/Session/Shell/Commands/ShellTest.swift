import Patterns

/// `test`, `[` and `[[`: conditions on strings, numbers and files.
enum ShellTest {
    static func run(_ call: ShellCall) -> Int32 { evaluate(call, call.arguments) }

    /// `[ … ]`: the same with a closing bracket.
    static func bracket(_ call: ShellCall) -> Int32 {
        guard call.arguments.last == (call.name == "[" ? "]" : "]]") else {
            return call.fail("missing `]'", status: 2)
        }
        return evaluate(call, Array(call.arguments.dropLast()))
    }

    private static func evaluate(_ call: ShellCall, _ words: [String]) -> Int32 {
        var parser = Parser(call: call, words: words)
        do {
            guard !words.isEmpty else { return 1 }
            let value = try parser.either()
            guard parser.position == words.count else {
                throw ShellSyntaxError(message: "too many arguments")
            }
            return value ? 0 : 1
        } catch let error as ShellSyntaxError {
            return call.fail(error.message, status: 2)
        } catch {
            return 2
        }
    }

    private struct Parser {
        let call: ShellCall
        let words: [String]
        var position = 0

        private func word(_ offset: Int = 0) -> String? {
            position + offset < words.count ? words[position + offset] : nil
        }

        mutating func either() throws -> Bool {
            var value = try both()
            while word() == "-o" {
                position += 1
                let right = try both()
                value = value || right
            }
            return value
        }

        private mutating func both() throws -> Bool {
            var value = try negated()
            while word() == "-a" {
                position += 1
                let right = try negated()
                value = value && right
            }
            return value
        }

        private mutating func negated() throws -> Bool {
            if word() == "!", words.count - position > 1 {
                position += 1
                return try !negated()
            }
            if word() == "(", word(1) != nil {
                position += 1
                let value = try either()
                guard word() == ")" else { throw ShellSyntaxError(message: "`)' expected") }
                position += 1
                return value
            }
            return try primary()
        }

        private mutating func primary() throws -> Bool {
            guard let first = word() else { throw ShellSyntaxError(message: "argument expected") }
            if let operation = word(1), let right = word(2),
                let value = try binary(first, operation, right)
            {
                position += 3
                return value
            }
            if first.count == 2, first.hasPrefix("-"), let operand = word(1),
                let value = unary(first, operand)
            {
                position += 2
                return value
            }
            position += 1
            return !first.isEmpty
        }

        private func unary(_ operation: String, _ operand: String) -> Bool? {
            let folder = call.shell.folder
            let path = call.shell.resolve(operand)
            switch operation {
            case "-z": return operand.isEmpty
            case "-n": return !operand.isEmpty
            case "-e": return folder.exists(path)
            case "-f", "-r", "-w": return folder.isFile(path)
            case "-d": return folder.isDirectory(path)
            case "-s": return ((try? folder.read(path))?.isEmpty ?? true) == false
            default: return nil
            }
        }

        private func binary(_ left: String, _ operation: String, _ right: String) throws -> Bool? {
            let isDouble = call.name == "[["
            switch operation {
            case "=", "==":
                guard isDouble else { return left == right }
                return Glob(right).matches(left)
            case "!=": return try binary(left, "==", right).map { !$0 }
            case "=~" where isDouble: return try ShellRegex(right, extended: true).matches(left)
            case "<": return left.utf8.lexicographicallyPrecedes(right.utf8)
            case ">": return right.utf8.lexicographicallyPrecedes(left.utf8)
            case "-eq", "-ne", "-lt", "-le", "-gt", "-ge": break
            default: return nil
            }
            guard let a = Int(left) else {
                throw ShellSyntaxError(message: "\(left): integer expression expected")
            }
            guard let b = Int(right) else {
                throw ShellSyntaxError(message: "\(right): integer expression expected")
            }
            switch operation {
            case "-eq": return a == b
            case "-ne": return a != b
            case "-lt": return a < b
            case "-le": return a <= b
            case "-gt": return a > b
            default: return a >= b
            }
        }
    }
}
