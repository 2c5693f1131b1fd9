import Patterns
import Support

/// Reads an awk program. Functions of one's own, `getline`, `system` and pipes are refused.
struct AwkParser {
    let tokens: [(token: AwkToken, line: Int)]
    let stack: DeepStack
    var place = 0
    var program = AwkProgram()
    /// Whether a `>` ends the expression, as behind `print`.
    var isPrinting = false
    /// How many loops there are around a statement.
    var loops = 0

    init(_ text: String, _ stack: DeepStack) throws(ToolStop) {
        tokens = try AwkLexer(text).tokens
        self.stack = stack
    }

    // MARK: Tokens

    var current: AwkToken { tokens[place].token }

    func sees(_ symbol: String) -> Bool { current == .symbol(symbol) }

    mutating func advance() { if place < tokens.count - 1 { place += 1 } }

    mutating func take(_ symbol: String) -> Bool {
        guard sees(symbol) else { return false }
        advance()
        return true
    }

    mutating func take(_ keyword: AwkKeyword) -> Bool {
        guard current == .keyword(keyword) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String) throws(ToolStop) {
        guard take(symbol) else { throw problem }
    }

    func failure(_ message: String) -> ToolStop {
        .failure("line \(tokens[place].line): \(message)", status: 2)
    }

    var problem: ToolStop {
        if current == .end {
            return failure(
                openBraces > 0
                    ? "missing } near end of file" : "syntax error at or near end of file")
        }
        if sees(")"), openBrackets <= 0 { return failure("extra ')'") }
        return failure("syntax error at or near \(shown(current))")
    }

    var openBrackets: Int {
        tokens[..<place].reduce(0) { count, entry in
            entry.token == .symbol("(")
                ? count + 1 : entry.token == .symbol(")") ? count - 1 : count
        }
    }

    var openBraces: Int {
        tokens[..<place].reduce(0) { count, entry in
            entry.token == .symbol("{")
                ? count + 1 : entry.token == .symbol("}") ? count - 1 : count
        }
    }

    func shown(_ token: AwkToken) -> String {
        switch token {
        case .number(let number): AwkValue.text(of: number, AwkMachine.standardFormat).text
        case .text(let text): "\"\(text.text)\""
        case .regex(let text): "/\(text.text)/"
        case .name(let text), .symbol(let text): text
        case .function(let function): function.rawValue
        case .keyword(let keyword): keyword.rawValue
        case .newline: "\n"
        case .end: "end of file"
        }
    }

    mutating func skipEnds() {
        while current == .newline || sees(";") { advance() }
    }

    mutating func skipNewlines() { while current == .newline { advance() } }

    /// Says that there is room for one more level.
    func checkDepth() throws(ToolStop) {
        if stack.isUsedUp { throw failure("nested too deeply") }
    }

    // MARK: Nodes

    mutating func add(_ expression: AwkExpression) -> AwkNode {
        program.expressions.append(expression)
        return program.expressions.count - 1
    }

    mutating func add(_ statement: AwkStatement) -> AwkNode {
        program.statements.append(statement)
        return program.statements.count - 1
    }

    func pattern(_ text: [UInt8]) throws(ToolStop) -> Pattern {
        do throws(PatternError) {
            return try AwkMachine.pattern(text)
        } catch {
            throw failure("regular expression compile failed (\(error.message))\n\(text.text)")
        }
    }

    // MARK: Rules

    mutating func parse() throws(ToolStop) -> AwkProgram {
        skipEnds()
        while current != .end {
            try parseRule()
            skipEnds()
        }
        return program
    }

    mutating func parseRule() throws(ToolStop) {
        if take(.begin) {
            skipNewlinesBefore("{")
            program.rules.append((.begin, try parseBlock()))
            return
        }
        if take(.end) {
            skipNewlinesBefore("{")
            program.rules.append((.end, try parseBlock()))
            return
        }
        if current == .keyword(.function) {
            throw failure("functions of one's own are not supported")
        }
        var trigger = AwkTrigger.always
        if !sees("{") {
            let first = try parseExpression()
            if take(",") {
                skipNewlines()
                trigger = .range(first, try parseExpression())
            } else {
                trigger = .when(first)
            }
        }
        if sees("{") {
            program.rules.append((trigger, try parseBlock()))
        } else {
            guard endsHere else { throw problem }
            program.rules.append((trigger, nil))
        }
    }

    mutating func skipNewlinesBefore(_ symbol: String) {
        let mark = place
        skipNewlines()
        if !sees(symbol) { place = mark }
    }

    mutating func parseBlock() throws(ToolStop) -> AwkNode {
        try expect("{")
        var statements: [AwkNode] = []
        skipEnds()
        while !take("}") {
            statements.append(try parseStatement())
            skipEnds()
        }
        return add(.block(statements))
    }

    // MARK: Statements

    mutating func parseStatement() throws(ToolStop) -> AwkNode {
        try checkDepth()
        if sees("{") { return try parseBlock() }
        guard case .keyword(let keyword) = current else {
            let statement = add(.expression(try parseExpression()))
            try endStatement()
            return statement
        }
        switch keyword {
        case .if: return try parseIf()
        case .while:
            advance()
            let condition = try parseBracketed()
            if take(";") {
                return add(
                    .loop(condition: condition, step: nil, body: add(.block([])), checksFirst: true)
                )
            }
            return add(
                .loop(condition: condition, step: nil, body: try parseLoopBody(), checksFirst: true)
            )
        case .do: return try parseDo()
        case .for: return try parseFor()
        case .print, .printf, .delete, .next, .break, .continue, .exit:
            let statement = try parseSimple(keyword)
            try endStatement()
            return statement
        case .nextfile, .return, .getline, .system, .function:
            throw failure("\(keyword.rawValue) is not supported")
        case .begin, .end, .else, .in: throw problem
        }
    }

    mutating func endStatement() throws(ToolStop) {
        guard endsHere else { throw problem }
        if sees(";") || current == .newline { advance() }
    }

    var endsHere: Bool {
        current == .newline || current == .end || sees(";") || sees("}")
    }

    mutating func parseIf() throws(ToolStop) -> AwkNode {
        advance()
        let condition = try parseBracketed()
        let body = try parseBody()
        let mark = place
        skipEnds()
        guard take(.else) else {
            place = mark
            return add(.when(condition, body, nil))
        }
        return add(.when(condition, body, try parseBody()))
    }

    mutating func parseDo() throws(ToolStop) -> AwkNode {
        advance()
        let body = try parseLoopBody()
        skipEnds()
        guard take(.while) else { throw problem }
        let condition = try parseBracketed()
        try endStatement()
        return add(.loop(condition: condition, step: nil, body: body, checksFirst: false))
    }

    mutating func parseFor() throws(ToolStop) -> AwkNode {
        advance()
        try expect("(")
        if case .name(let variable) = current, tokens[place + 1].token == .keyword(.in),
            case .name(let array) = tokens[place + 2].token, tokens[place + 3].token == .symbol(")")
        {
            place += 4
            let target = add(.variable(try variableSlot(variable)))
            let slot = try arraySlot(array)
            return add(.each(variable: target, array: slot, body: try parseLoopBody()))
        }
        let start = sees(";") ? nil : try parseSimpleStatement()
        try expect(";")
        skipNewlines()
        let condition = sees(";") ? nil : try parseExpression()
        try expect(";")
        skipNewlines()
        let step = sees(")") ? nil : try parseSimpleStatement()
        try expect(")")
        let body = take(";") ? add(.block([])) : try parseLoopBody()
        let loop = add(.loop(condition: condition, step: step, body: body, checksFirst: true))
        return start.map { add(.block([$0, loop])) } ?? loop
    }

    mutating func parseSimpleStatement() throws(ToolStop) -> AwkNode {
        if case .keyword(let keyword) = current { return try parseSimple(keyword) }
        return add(.expression(try parseExpression()))
    }

    mutating func parseLoopBody() throws(ToolStop) -> AwkNode {
        loops += 1
        defer { loops -= 1 }
        return try parseBody()
    }

    mutating func parseBody() throws(ToolStop) -> AwkNode {
        skipNewlines()
        if take(";") { return add(.block([])) }
        return try parseStatement()
    }

    mutating func parseBracketed() throws(ToolStop) -> AwkNode {
        try expect("(")
        let condition = try parseExpression()
        try expect(")")
        return condition
    }

    mutating func parseSimple(_ keyword: AwkKeyword) throws(ToolStop) -> AwkNode {
        switch keyword {
        case .print, .printf: return try parsePrinting(isFormatted: keyword == .printf)
        case .delete:
            advance()
            guard case .name(let name) = current else { throw problem }
            advance()
            let slot = try arraySlot(name)
            return add(.delete(array: slot, take("[") ? try parseList(until: "]") : []))
        case .next:
            advance()
            return add(.next)
        case .break, .continue:
            guard loops > 0 else { throw failure("\(keyword.rawValue) outside a loop") }
            advance()
            return add(keyword == .break ? .stop : .again)
        case .exit:
            advance()
            return add(.exit(endsHere ? nil : try parseExpression()))
        case .getline, .system, .nextfile, .return, .function:
            throw failure("\(keyword.rawValue) is not supported")
        case .begin, .end, .do, .else, .for, .if, .in, .while: throw problem
        }
    }

    mutating func parsePrinting(isFormatted: Bool) throws(ToolStop) -> AwkNode {
        advance()
        let outer = isPrinting
        defer { isPrinting = outer }
        isPrinting = true
        var arguments: [AwkNode] = []
        if !endsHere, !sees(">"), !sees(">>"), !sees("|") {
            // `print (a, b)` and `print (a) b` look alike until the bracket closes.
            let mark = (place, program.expressions.count)
            if sees("("), let list = try? bracketedList(),
                endsHere || sees(">") || sees(">>") || sees("|")
            {
                arguments = list
            } else {
                place = mark.0
                program.expressions.removeSubrange(mark.1...)
                repeat {
                    skipNewlines()
                    arguments.append(try parseExpression())
                } while take(",")
            }
        }
        if isFormatted, arguments.isEmpty { throw problem }
        let output = try parseOutput()
        return add(isFormatted ? .printf(arguments, output) : .print(arguments, output))
    }

    mutating func bracketedList() throws(ToolStop) -> [AwkNode] {
        try expect("(")
        isPrinting = false
        defer { isPrinting = true }
        return try parseList(until: ")")
    }

    mutating func parseOutput() throws(ToolStop) -> AwkOutput? {
        if sees("|") { throw failure("output to commands is not supported") }
        guard sees(">") || sees(">>") else { return nil }
        let appends = sees(">>")
        advance()
        return AwkOutput(path: try parseJoined(), appends: appends)
    }

    // MARK: Names

    func variableSlotIfKnown(_ name: String) -> Int? { program.variables[name] }

    mutating func variableSlot(_ name: String) throws(ToolStop) -> Int {
        if program.isArray(name) { throw failure("type error in arg: \(name) is an array") }
        return program.variable(name)
    }

    mutating func arraySlot(_ name: String) throws(ToolStop) -> Int {
        if program.isVariable(name) { throw failure("illegal reference to variable \(name)") }
        return program.array(name)
    }

    // MARK: Expressions

    mutating func parseList(until end: String) throws(ToolStop) -> [AwkNode] {
        var list: [AwkNode] = []
        if take(end) { return list }
        let outer = isPrinting
        defer { isPrinting = outer }
        isPrinting = false
        repeat {
            skipNewlines()
            list.append(try parseExpression())
        } while take(",")
        skipNewlines()
        try expect(end)
        return list
    }
}
