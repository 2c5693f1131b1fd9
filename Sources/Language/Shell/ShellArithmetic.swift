/// `$((…))`: whole numbers with `+ - * / %`, comparisons, `&& || !`, brackets and variables.
struct ShellArithmetic {
    private let tokens: [String]
    private let lookup: (String) -> String
    private var position = 0
    private var depth = 0

    /// Signs and brackets inside one another. Bounds the stack.
    private static let maximumDepth = 100

    static func evaluate(
        _ text: String, _ lookup: @escaping (String) -> String
    ) throws -> Int {
        var parser = ShellArithmetic(tokens: tokenize(text), lookup: lookup)
        if parser.tokens.isEmpty { return 0 }
        let value = try parser.binary(level: 0)
        guard parser.position == parser.tokens.count else { throw parser.failure() }
        return value
    }

    private init(tokens: [String], lookup: @escaping (String) -> String) {
        self.tokens = tokens
        self.lookup = lookup
    }

    private static let levels: [[String]] = [
        ["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"],
    ]

    private static func tokenize(_ text: String) -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if first.isLetter || first.isNumber || first == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                tokens.append(String(word))
                rest = rest.dropFirst(word.count)
            } else {
                let pair = String(rest.prefix(2))
                let isPair = ["||", "&&", "==", "!=", "<=", ">="].contains(pair)
                tokens.append(isPair ? pair : String(first))
                rest = rest.dropFirst(isPair ? 2 : 1)
            }
        }
        return tokens
    }

    private mutating func binary(level: Int) throws -> Int {
        guard level < Self.levels.count else { return try unary() }
        var left = try binary(level: level + 1)
        while position < tokens.count, Self.levels[level].contains(tokens[position]) {
            let operation = tokens[position]
            position += 1
            left = try apply(operation, left, try binary(level: level + 1))
        }
        return left
    }

    private func apply(_ operation: String, _ left: Int, _ right: Int) throws -> Int {
        switch operation {
        case "||": return left != 0 || right != 0 ? 1 : 0
        case "&&": return left != 0 && right != 0 ? 1 : 0
        case "==": return left == right ? 1 : 0
        case "!=": return left != right ? 1 : 0
        case "<": return left < right ? 1 : 0
        case "<=": return left <= right ? 1 : 0
        case ">": return left > right ? 1 : 0
        case ">=": return left >= right ? 1 : 0
        case "+": return left &+ right
        case "-": return left &- right
        case "*": return left &* right
        default:
            if right == 0 { throw RuntimeError.shell("division by 0") }
            if right == -1 { return operation == "/" ? 0 &- left : 0 }
            return operation == "/" ? left / right : left % right
        }
    }

    private mutating func unary() throws -> Int {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth { throw failure() }
        guard position < tokens.count else { throw failure() }
        let token = tokens[position]
        position += 1
        switch token {
        case "-": return 0 &- (try unary())
        case "+": return try unary()
        case "!": return try unary() == 0 ? 1 : 0
        case "(":
            let value = try binary(level: 0)
            guard position < tokens.count, tokens[position] == ")" else { throw failure() }
            position += 1
            return value
        default:
            if let number = Int(token) { return number }
            guard token.first?.isLetter == true || token.first == "_" else { throw failure() }
            return Int(lookup(token)) ?? 0
        }
    }

    private func failure() -> RuntimeError {
        RuntimeError.shell("syntax error in arithmetic expression")
    }
}
