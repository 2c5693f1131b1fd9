/// `$((…))`: whole numbers with C's operators, brackets and variables.
struct ShellSum {
    private let tokens: [String]
    private let state: ShellState
    private var position = 0
    private var depth = 0

    struct Problem: Error { let message: String }

    /// Signs and brackets inside one another. Bounds the stack.
    private static let maximumDepth = 60

    static func evaluate(_ text: String, _ state: ShellState) throws(Problem) -> Int {
        var sum = ShellSum(tokens: tokenize(text), state: state)
        if sum.tokens.isEmpty { return 0 }
        let value = try sum.choice()
        guard sum.position == sum.tokens.count else { throw sum.failure() }
        return value
    }

    private init(tokens: [String], state: ShellState) {
        self.tokens = tokens
        self.state = state
    }

    private static let levels: [[String]] = [
        ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", "<=", ">", ">="], ["<<", ">>"],
        ["+", "-"], ["*", "/", "%"],
    ]
    private static let pairs = [
        "||", "&&", "==", "!=", "<=", ">=", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "++", "--",
        "**",
    ]
    private static let assignments: Set<String> = ["=", "+=", "-=", "*=", "/=", "%="]

    private static func tokenize(_ text: String) -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if first.isLetter || first.isNumber || first == "_" || first == "$" {
                let word = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                tokens.append(first == "$" ? String(word) : String(first) + word)
                rest = rest.dropFirst(word.count + 1)
            } else {
                let pair = String(rest.prefix(2))
                tokens.append(pairs.contains(pair) ? pair : String(first))
                rest = rest.dropFirst(tokens[tokens.count - 1].count)
            }
        }
        return tokens
    }

    private var next: String? { position < tokens.count ? tokens[position] : nil }

    private mutating func choice() throws(Problem) -> Int {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth { throw failure() }
        if let name = next, Self.isName(name), position + 1 < tokens.count,
            Self.assignments.contains(tokens[position + 1])
        {
            let operation = String(tokens[position + 1].dropLast())
            position += 2
            let right = try choice()
            let value = operation.isEmpty ? right : try apply(operation, number(name), right)
            state.set(name, to: String(value))
            return value
        }
        let condition = try binary(level: 0)
        guard next == "?" else { return condition }
        position += 1
        let yes = try choice()
        guard next == ":" else { throw failure() }
        position += 1
        let no = try choice()
        return condition != 0 ? yes : no
    }

    private mutating func binary(level: Int) throws(Problem) -> Int {
        guard level < Self.levels.count else { return try unary() }
        var left = try binary(level: level + 1)
        while let operation = next, Self.levels[level].contains(operation) {
            position += 1
            left = try apply(operation, left, try binary(level: level + 1))
        }
        return left
    }

    private func apply(_ operation: String, _ left: Int, _ right: Int) throws(Problem) -> Int {
        switch operation {
        case "||": return left != 0 || right != 0 ? 1 : 0
        case "&&": return left != 0 && right != 0 ? 1 : 0
        case "|": return left | right
        case "^": return left ^ right
        case "&": return left & right
        case "==": return left == right ? 1 : 0
        case "!=": return left != right ? 1 : 0
        case "<": return left < right ? 1 : 0
        case "<=": return left <= right ? 1 : 0
        case ">": return left > right ? 1 : 0
        case ">=": return left >= right ? 1 : 0
        case "<<": return left << (right & 63)
        case ">>": return left >> (right & 63)
        case "+": return left &+ right
        case "-": return left &- right
        case "*": return left &* right
        default:
            if right == 0 { throw Problem(message: "divide by zero") }
            if right == -1 { return operation == "/" ? 0 &- left : 0 }
            return operation == "/" ? left / right : left % right
        }
    }

    private mutating func unary() throws(Problem) -> Int {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth, let token = next else { throw failure() }
        position += 1
        switch token {
        case "-": return 0 &- (try unary())
        case "+": return try unary()
        case "!": return try unary() == 0 ? 1 : 0
        case "~": return ~(try unary())
        case "++", "--":
            guard let name = next, Self.isName(name) else { throw failure() }
            position += 1
            let value = number(name) &+ (token == "++" ? 1 : -1)
            state.set(name, to: String(value))
            return value
        case "(":
            let value = try choice()
            guard next == ")" else { throw failure() }
            position += 1
            return value
        default: break
        }
        if let number = Int(token) { return number }
        if token.hasPrefix("0x"), let number = Int(token.dropFirst(2), radix: 16) { return number }
        guard Self.isName(token) else { throw failure() }
        let value = number(token)
        if next == "++" || next == "--" {
            state.set(token, to: String(value &+ (next == "++" ? 1 : -1)))
            position += 1
        }
        return value
    }

    private func number(_ name: String) -> Int { Int(state[name] ?? "") ?? 0 }

    private static func isName(_ text: String) -> Bool { ShellParser.isName(text) }

    private func failure() -> Problem { Problem(message: "arithmetic syntax error") }
}
