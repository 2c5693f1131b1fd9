/// Reads an awk program: rules with patterns, and the statements that one-liners use. Functions of
/// one's own, `getline` and redirections are left out and are syntax errors.
struct ShellAwkParser {
    typealias Expression = ShellAwkProgram.Expression
    typealias Statement = ShellAwkProgram.Statement

    private let tokens: [ShellAwkToken]
    private var position = 0
    private var depth = 0
    /// Inside the bracket of `for (x in list)` and of calls, `>` is a comparison again.
    private static let depthLimit = 100

    static func parse(_ text: String) throws(ShellSyntaxError) -> ShellAwkProgram {
        var parser = ShellAwkParser(tokens: try ShellAwkLexer(text).tokens)
        return try parser.program()
    }

    private init(tokens: [ShellAwkToken]) { self.tokens = tokens }

    // MARK: Words

    private var current: ShellAwkToken { tokens[position] }

    private func sees(_ symbol: String) -> Bool { current == .symbol(symbol) }

    private mutating func take(_ symbol: String) -> Bool {
        guard sees(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ symbol: String) throws(ShellSyntaxError) {
        guard take(symbol) else { throw problem }
    }

    private var problem: ShellSyntaxError {
        let near =
            switch current {
            case .number(let number): ShellAwkValue.text(of: number)
            case .text(let text), .regex(let text), .name(let text), .function(let text): text
            case .symbol(let text): text
            case .newline: "newline"
            case .end: "end of program"
            }
        return ShellSyntaxError(message: "syntax error at or near \(near)")
    }

    private mutating func skipEnds() {
        while current == .newline || sees(";") { position += 1 }
    }

    private mutating func skipNewlines() { while current == .newline { position += 1 } }

    // MARK: Rules

    private mutating func program() throws(ShellSyntaxError) -> ShellAwkProgram {
        var program = ShellAwkProgram()
        skipEnds()
        while current != .end {
            program.rules.append(try rule())
            skipEnds()
        }
        return program
    }

    private mutating func rule() throws(ShellSyntaxError) -> ShellAwkProgram.Rule {
        var trigger = ShellAwkProgram.Trigger.always
        if current == .name("BEGIN") || current == .name("END") {
            trigger = current == .name("BEGIN") ? .begin : .end
            position += 1
            return ShellAwkProgram.Rule(trigger: trigger, body: try block())
        }
        if !sees("{") {
            let first = try expression()
            if take(",") {
                trigger = .range(first, try expression())
            } else {
                trigger = .when(first)
            }
        }
        return ShellAwkProgram.Rule(trigger: trigger, body: sees("{") ? try block() : nil)
    }

    private mutating func block() throws(ShellSyntaxError) -> Statement {
        try expect("{")
        var statements: [Statement] = []
        skipEnds()
        while !take("}") {
            statements.append(try statement())
            skipEnds()
        }
        return .block(statements)
    }

    // MARK: Statements

    private mutating func statement() throws(ShellSyntaxError) -> Statement {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.depthLimit { throw ShellSyntaxError(message: "nested too deeply") }
        if sees("{") { return try block() }
        switch current {
        case .name("print"), .function("print"), .name("printf"), .function("printf"):
            return try printing()
        case .function("if"):
            position += 1
            let condition = try bracketed()
            let body = try body()
            let mark = position
            skipEnds()
            guard current == .name("else") || current == .function("else") else {
                position = mark
                return .when(condition, body, nil)
            }
            position += 1
            return .when(condition, body, try self.body())
        case .name("if"), .name("while"), .name("for"):
            // A blank before the bracket.
            return try spaced()
        case .function("while"):
            position += 1
            let condition = try bracketed()
            return .loop(start: nil, condition, step: nil, try body())
        case .function("for"):
            position += 1
            return try counting()
        case .name("next"):
            position += 1
            return .next
        case .name("break"):
            position += 1
            return .stop
        case .name("continue"):
            position += 1
            return .again
        case .name("exit"):
            position += 1
            return .exit(endsHere ? nil : try expression())
        case .name("delete"):
            position += 1
            guard case .name(let list) = current else { throw problem }
            position += 1
            return .delete(list, take("[") ? try self.list(until: "]") : [])
        default: return .expression(try expression())
        }
    }

    private mutating func spaced() throws(ShellSyntaxError) -> Statement {
        guard case .name(let word) = current, tokens[position + 1] == .symbol("(") else {
            throw problem
        }
        var parser = self
        parser.position = 0
        var glued = tokens
        glued[position] = .function(word)
        parser = ShellAwkParser(tokens: glued)
        parser.position = position
        parser.depth = depth
        let statement = try parser.statement()
        position = parser.position
        return statement
    }

    private var endsHere: Bool {
        current == .newline || current == .end || sees(";") || sees("}")
    }

    private mutating func body() throws(ShellSyntaxError) -> Statement {
        skipNewlines()
        if take(";") { return .block([]) }
        return try statement()
    }

    private mutating func bracketed() throws(ShellSyntaxError) -> Expression {
        try expect("(")
        let condition = try expression()
        try expect(")")
        return condition
    }

    private mutating func printing() throws(ShellSyntaxError) -> Statement {
        let isFormatted = current == .name("printf") || current == .function("printf")
        position += 1
        var arguments: [Expression] = []
        if !endsHere {
            // `print (a, b)` and `print (a) b` look alike until the bracket closes.
            let mark = position
            if take("("), let list = try? list(until: ")"), endsHere {
                arguments = list
            } else {
                position = mark
                repeat { arguments.append(try expression()) } while take(",")
            }
        }
        guard endsHere else { throw problem }
        return isFormatted ? .printf(arguments) : .print(arguments)
    }

    private mutating func counting() throws(ShellSyntaxError) -> Statement {
        try expect("(")
        if case .name(let variable) = current, tokens[position + 1] == .name("in"),
            case .name(let list) = tokens[position + 2], tokens[position + 3] == .symbol(")")
        {
            position += 4
            return .each(variable, in: list, try body())
        }
        let start = sees(";") ? nil : try statement()
        try expect(";")
        let condition = sees(";") ? nil : try expression()
        try expect(";")
        let step = sees(")") ? nil : try statement()
        try expect(")")
        return .loop(start: start, condition, step: step, try body())
    }

    // MARK: Expressions

    private mutating func list(until end: String) throws(ShellSyntaxError) -> [Expression] {
        var list: [Expression] = []
        if take(end) { return list }
        repeat {
            skipNewlines()
            list.append(try expression())
        } while take(",")
        try expect(end)
        return list
    }

    private mutating func expression() throws(ShellSyntaxError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.depthLimit { throw ShellSyntaxError(message: "nested too deeply") }
        let left = try ternary()
        for symbol in ["=", "+=", "-=", "*=", "/=", "%="] where sees(symbol) {
            guard isTarget(left) else { throw problem }
            position += 1
            return .assign(
                target: left, operation: String(symbol.dropLast()), try expression())
        }
        return left
    }

    private func isTarget(_ expression: Expression) -> Bool {
        switch expression {
        case .variable, .element, .field: true
        default: false
        }
    }

    private mutating func ternary() throws(ShellSyntaxError) -> Expression {
        let condition = try binary(0)
        guard take("?") else { return condition }
        let yes = try ternary()
        try expect(":")
        return .choice(condition, yes, try ternary())
    }

    /// From loose to tight; matching and joining come between.
    private static let levels: [[String]] = [
        ["||"], ["&&"], ["in"], ["~", "!~"], ["<", "<=", "==", "!=", ">", ">="], [" "],
        ["+", "-"], ["*", "/", "%"],
    ]

    private mutating func binary(_ level: Int) throws(ShellSyntaxError) -> Expression {
        guard level < Self.levels.count else { return try unary() }
        var left = try binary(level + 1)
        while let symbol = next(of: level) {
            switch symbol {
            case " ": left = .binary(" ", left, try binary(level + 1))
            case "in":
                position += 1
                guard case .name(let list) = current else { throw problem }
                position += 1
                left = .contains(list, [left])
            case "~", "!~":
                position += 1
                let match = Expression.match(left, try binary(level + 1))
                left = symbol == "~" ? match : .not(match)
            default:
                position += 1
                skipNewlines()
                left = .binary(symbol, left, try binary(level + 1))
            }
        }
        return left
    }

    private func next(of level: Int) -> String? {
        let symbols = Self.levels[level]
        if symbols == [" "] { return beginsOperand ? " " : nil }
        if symbols == ["in"] { return current == .name("in") ? "in" : nil }
        guard case .symbol(let symbol) = current, symbols.contains(symbol) else { return nil }
        return symbol
    }

    /// Whether an operand follows, which is joined to the one before.
    private var beginsOperand: Bool {
        switch current {
        case .number, .text, .function: true
        case .name(let name): !["in", "else", "while"].contains(name)
        case .symbol(let symbol): ["$", "!", "(", "++", "--"].contains(symbol)
        default: false
        }
    }

    private mutating func unary() throws(ShellSyntaxError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.depthLimit { throw ShellSyntaxError(message: "nested too deeply") }
        if take("!") { return .not(try unary()) }
        if take("-") { return .negative(try unary()) }
        if take("+") { return .binary("+", try unary(), .number(0)) }
        for (symbol, amount) in [("++", 1.0), ("--", -1.0)] where take(symbol) {
            return .step(target: try unary(), amount, isPrefix: true)
        }
        let operand = try primary()
        for (symbol, amount) in [("++", 1.0), ("--", -1.0)]
        where isTarget(operand) && sees(symbol) {
            position += 1
            return .step(target: operand, amount, isPrefix: false)
        }
        return operand
    }

    private mutating func primary() throws(ShellSyntaxError) -> Expression {
        let token = current
        position += 1
        switch token {
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .regex(let text): return .pattern(try ShellRegex(text, extended: true))
        case .symbol("$"):
            return .field(try fieldNumber())
        case .symbol("("):
            let inner = try list(until: ")")
            if inner.count == 1 { return inner[0] }
            guard !inner.isEmpty, current == .name("in") else { break }
            position += 1
            guard case .name(let list) = current else { break }
            position += 1
            return .contains(list, inner)
        case .function(let name):
            guard ShellAwk.functions.contains(name) else { break }
            try expect("(")
            return .call(name, try list(until: ")"))
        case .name(let name):
            if name == "length" { return .call(name, []) }
            return take("[") ? .element(name, try list(until: "]")) : .variable(name)
        default: break
        }
        position -= 1
        throw problem
    }

    /// `$NF`, `$1`, `$(NF-1)`, `$i++` is `($i)++`.
    private mutating func fieldNumber() throws(ShellSyntaxError) -> Expression {
        for (symbol, amount) in [("++", 1.0), ("--", -1.0)] where take(symbol) {
            return .step(target: try primary(), amount, isPrefix: true)
        }
        if take("-") { return .negative(try primary()) }
        return try primary()
    }
}
