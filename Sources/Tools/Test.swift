import Patterns

extension Tool {
    static let test = Tool(
        "test", aliases: ["[", "[["], summary: "says by its status whether a condition holds",
        usage: "EXPRESSION",
        examples: ["test -f web.yaml", "[ \"${n}\" -gt 2 ]"],
        takesOptions: false, usageStatus: 2
    ) { call throws(ToolStop) in
        var words = call.arguments
        if call.name != "test" {
            let end = call.name == "[" ? "]" : "]]"
            guard words.last == end else { throw .failure("missing `\(end)'", status: 2) }
            words.removeLast()
        }
        if words.isEmpty { return 1 }
        var reader = ConditionReader(call: call, words: words)
        return try reader.read() ? 0 : 1
    }
}

private struct ConditionReader {
    let call: ToolCall
    let words: [String]
    private var place = 0
    private var depth = 0
    private let isDouble: Bool

    init(call: ToolCall, words: [String]) {
        self.call = call
        self.words = words
        isDouble = call.name == "[["
    }

    private static func failure(_ message: String) -> ToolStop { .failure(message, status: 2) }

    private func word(_ offset: Int = 0) -> String? {
        place + offset < words.count ? words[place + offset] : nil
    }

    mutating func read() throws(ToolStop) -> Bool {
        // POSIX settles conditions of up to four words by their number, so that `[ -f = -f ]`
        // compares.
        if !isDouble, let value = try readShort(words[...]) { return value }
        let value = try either()
        if let rest = word() {
            throw Self.failure(
                words.count == 2
                    ? "\(words[0]): unary operator expected"
                    : rest == ")" || words.count > 3
                        ? "too many arguments" : "\(words[1]): binary operator expected")
        }
        return value
    }

    private func readShort(_ words: ArraySlice<String>) throws(ToolStop) -> Bool? {
        let first = words.startIndex
        switch words.count {
        case 1: return !words[first].isEmpty
        case 2:
            if words[first] == "!" { return words[first + 1].isEmpty }
            guard let value = unary(words[first], words[first + 1]) else {
                throw Self.failure("\(words[first]): unary operator expected")
            }
            return value
        case 3:
            if let value = try binary(words[first], words[first + 1], words[first + 2]) {
                return value
            }
            if words[first + 1] == "-a" {
                return !words[first].isEmpty && !words[first + 2].isEmpty
            }
            if words[first + 1] == "-o" {
                return !words[first].isEmpty || !words[first + 2].isEmpty
            }
            if words[first] == "!" { return try readShort(words.dropFirst()).map { !$0 } }
            if words[first] == "(", words[first + 2] == ")" { return !words[first + 1].isEmpty }
            throw Self.failure("\(words[first + 1]): binary operator expected")
        case 4 where words[first] == "!": return try readShort(words.dropFirst()).map { !$0 }
        default: return nil
        }
    }

    private mutating func either() throws(ToolStop) -> Bool {
        var value = try both()
        while word() == (isDouble ? "||" : "-o") {
            place += 1
            let right = try both()
            value = value || right
        }
        return value
    }

    private mutating func both() throws(ToolStop) -> Bool {
        var value = try negated()
        while word() == (isDouble ? "&&" : "-a") {
            place += 1
            let right = try negated()
            value = value && right
        }
        return value
    }

    private mutating func negated() throws(ToolStop) -> Bool {
        depth += 1
        defer { depth -= 1 }
        if depth > 500 { throw Self.failure("conditions nested too deeply") }
        if word() == "!", words.count - place > 1 {
            place += 1
            return try !negated()
        }
        if word() == "(", word(1) != nil {
            place += 1
            let value = try either()
            guard word() == ")" else { throw Self.failure("`)' expected") }
            place += 1
            return value
        }
        return try primary()
    }

    private mutating func primary() throws(ToolStop) -> Bool {
        guard let first = word() else { throw Self.failure("argument expected") }
        if let operation = word(1), let right = word(2),
            let value = try binary(first, operation, right)
        {
            place += 3
            return value
        }
        if let operand = word(1), let value = unary(first, operand) {
            place += 2
            return value
        }
        place += 1
        return !first.isEmpty
    }

    private func unary(_ operation: String, _ operand: String) -> Bool? {
        let files = call.context.files
        let path = call.resolve(operand)
        switch operation {
        case "-z": return operand.isEmpty
        case "-n": return !operand.isEmpty
        case "-e", "-a": return !operand.isEmpty && files.kind(of: path) != nil
        case "-f": return files.kind(of: path) == .file
        case "-r", "-w": return files.kind(of: path) != nil
        case "-x", "-d": return files.kind(of: path) == .directory
        case "-s":
            guard files.kind(of: path) == .file else { return files.kind(of: path) == .directory }
            return ((try? files.read(path))?.isEmpty ?? true) == false
        case "-L", "-h", "-p", "-S", "-b", "-c", "-t": return false
        case "-v": return call.context.environment[operand] != nil
        default: return nil
        }
    }

    private func binary(
        _ left: String, _ operation: String, _ right: String
    ) throws(ToolStop) -> Bool? {
        switch operation {
        case "=", "==": return isDouble ? Glob(right).matches(left) : left == right
        case "!=": return isDouble ? !Glob(right).matches(left) : left != right
        case "=~" where isDouble:
            let pattern = try call.pattern(right, .extended, status: 2)
            return try call.matches(pattern, Array(left.utf8)[...])
        case "<": return left.utf8.lexicographicallyPrecedes(right.utf8)
        case ">": return right.utf8.lexicographicallyPrecedes(left.utf8)
        case "-ef": return call.resolve(left) == call.resolve(right)
        case "-eq": return try number(left) == number(right)
        case "-ne": return try number(left) != number(right)
        case "-lt": return try number(left) < number(right)
        case "-le": return try number(left) <= number(right)
        case "-gt": return try number(left) > number(right)
        case "-ge": return try number(left) >= number(right)
        default: return nil
        }
    }

    private func number(_ text: String) throws(ToolStop) -> Int {
        guard let number = Int(text.filter { $0 != " " && $0 != "\t" && $0 != "\n" }) else {
            throw Self.failure("\(text): integer expression expected")
        }
        return number
    }
}
