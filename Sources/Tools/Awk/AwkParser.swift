import Patterns
import Support

/// Reads an awk program. Functions of one's own, `getline`, `system` and pipes are refused.
struct AwkParser {
    private let tokens: [(token: AwkToken, line: Int)]
    private let stack: DeepStack
    private var place = 0
    var program = AwkProgram()
    /// Whether a `>` ends the expression, as behind `print`.
    private var isPrinting = false
    /// How many loops there are around a statement.
    private var loops = 0

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
            return failure(openBraces > 0 ? "missing } near end of file" : "syntax error at or near end of file")
        }
        if sees(")"), openBrackets <= 0 { return failure("extra ')'") }
        return failure("syntax error at or near \(shown(current))")
    }

    private var openBrackets: Int {
        tokens[..<place].reduce(0) { count, entry in
            entry.token == .symbol("(") ? count + 1 : entry.token == .symbol(")") ? count - 1 : count
        }
    }

    private var openBraces: Int {
        tokens[..<place].reduce(0) { count, entry in
            entry.token == .symbol("{") ? count + 1 : entry.token == .symbol("}") ? count - 1 : count
        }
    }

    private func shown(_ token: AwkToken) -> String {
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

    private mutating func skipEnds() {
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

    private mutating func add(_ statement: AwkStatement) -> AwkNode {
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

    private mutating func parseRule() throws(ToolStop) {
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

    private mutating func skipNewlinesBefore(_ symbol: String) {
        let mark = place
        skipNewlines()
        if !sees(symbol) { place = mark }
    }

    private mutating func parseBlock() throws(ToolStop) -> AwkNode {
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

    private mutating func parseStatement() throws(ToolStop) -> AwkNode {
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
                    .loop(condition: condition, step: nil, body: add(.block([])), checksFirst: true))
            }
            return add(
                .loop(condition: condition, step: nil, body: try parseLoopBody(), checksFirst: true))
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

    private mutating func endStatement() throws(ToolStop) {
        guard endsHere else { throw problem }
        if sees(";") || current == .newline { advance() }
    }

    private var endsHere: Bool {
        current == .newline || current == .end || sees(";") || sees("}")
    }

    private mutating func parseIf() throws(ToolStop) -> AwkNode {
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

    private mutating func parseDo() throws(ToolStop) -> AwkNode {
        advance()
        let body = try parseLoopBody()
        skipEnds()
        guard take(.while) else { throw problem }
        let condition = try parseBracketed()
        try endStatement()
        return add(.loop(condition: condition, step: nil, body: body, checksFirst: false))
    }

    private mutating func parseFor() throws(ToolStop) -> AwkNode {
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

    private mutating func parseSimpleStatement() throws(ToolStop) -> AwkNode {
        if case .keyword(let keyword) = current { return try parseSimple(keyword) }
        return add(.expression(try parseExpression()))
    }

    private mutating func parseLoopBody() throws(ToolStop) -> AwkNode {
        loops += 1
        defer { loops -= 1 }
        return try parseBody()
    }

    private mutating func parseBody() throws(ToolStop) -> AwkNode {
        skipNewlines()
        if take(";") { return add(.block([])) }
        return try parseStatement()
    }

    private mutating func parseBracketed() throws(ToolStop) -> AwkNode {
        try expect("(")
        let condition = try parseExpression()
        try expect(")")
        return condition
    }

    private mutating func parseSimple(_ keyword: AwkKeyword) throws(ToolStop) -> AwkNode {
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

    private mutating func parsePrinting(isFormatted: Bool) throws(ToolStop) -> AwkNode {
        advance()
        let outer = isPrinting
        defer { isPrinting = outer }
        isPrinting = true
        var arguments: [AwkNode] = []
        if !endsHere, !sees(">"), !sees(">>"), !sees("|") {
            // `print (a, b)` and `print (a) b` look alike until the bracket closes.
            let mark = (place, program.expressions.count)
            if sees("("), let list = try? bracketedList(), endsHere || sees(">") || sees(">>") || sees("|") {
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

    private mutating func bracketedList() throws(ToolStop) -> [AwkNode] {
        try expect("(")
        isPrinting = false
        defer { isPrinting = true }
        return try parseList(until: ")")
    }

    private mutating func parseOutput() throws(ToolStop) -> AwkOutput? {
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

    mutating func parseExpression() throws(ToolStop) -> AwkNode {
        try checkDepth()
        let left = try parseTernary()
        guard case .symbol(let symbol) = current,
            ["=", "+=", "-=", "*=", "/=", "%=", "^="].contains(symbol), isTarget(left)
        else { return left }
        advance()
        skipNewlines()
        let operation = symbol == "=" ? nil : AwkOperator(rawValue: String(symbol.dropLast()))
        return add(.assign(target: left, operation, try parseExpression()))
    }

    func isTarget(_ node: AwkNode) -> Bool {
        switch program.expressions[node] {
        case .variable, .element, .field: true
        default: false
        }
    }

    private mutating func parseTernary() throws(ToolStop) -> AwkNode {
        let condition = try parseAny()
        guard take("?") else { return condition }
        skipNewlines()
        let yes = try parseExpression()
        skipNewlines()
        try expect(":")
        skipNewlines()
        return add(.choice(condition, yes, try parseExpression()))
    }

    private mutating func parseAny() throws(ToolStop) -> AwkNode {
        var operands = [try parseAll()]
        while take("||") {
            skipNewlines()
            operands.append(try parseAll())
        }
        return operands.count == 1 ? operands[0] : add(.any(operands))
    }

    private mutating func parseAll() throws(ToolStop) -> AwkNode {
        var operands = [try parseIn()]
        while take("&&") {
            skipNewlines()
            operands.append(try parseIn())
        }
        return operands.count == 1 ? operands[0] : add(.all(operands))
    }

    private mutating func parseIn() throws(ToolStop) -> AwkNode {
        var left = try parseMatch()
        while take(.in) {
            guard case .name(let array) = current else { throw problem }
            advance()
            left = add(.contains(array: try arraySlot(array), [left]))
        }
        return left
    }

    private mutating func parseMatch() throws(ToolStop) -> AwkNode {
        var left = try parseComparison()
        while sees("~") || sees("!~") {
            let isNegated = sees("!~")
            advance()
            left = add(.match(left, pattern: try parseComparison(), isNegated: isNegated))
        }
        return left
    }

    private mutating func parseComparison() throws(ToolStop) -> AwkNode {
        let left = try parseJoined()
        guard case .symbol(let symbol) = current, let comparison = AwkComparison(rawValue: symbol),
            !(isPrinting && comparison == .greater)
        else { return left }
        advance()
        return add(.comparison(comparison, left, try parseJoined()))
    }

    /// Operands side by side are one text.
    mutating func parseJoined() throws(ToolStop) -> AwkNode {
        var operands = [try parseSum()]
        while beginsOperand { operands.append(try parseSum()) }
        return operands.count == 1 ? operands[0] : add(.joined(operands))
    }

    private var beginsOperand: Bool {
        switch current {
        case .number, .text, .regex, .function, .name: true
        case .symbol(let symbol): ["$", "!", "(", "++", "--"].contains(symbol)
        case .keyword, .newline, .end: false
        }
    }

    private mutating func parseSum() throws(ToolStop) -> AwkNode {
        try parseChain([.add, .subtract]) { parser throws(ToolStop) in
            try parser.parseChain([.multiply, .divide, .remainder]) { parser throws(ToolStop) in
                try parser.parseUnary()
            }
        }
    }

    private mutating func parseChain(
        _ operators: [AwkOperator], _ operand: (inout AwkParser) throws(ToolStop) -> AwkNode
    ) throws(ToolStop) -> AwkNode {
        var chain = [(operation: operators[0], operand: try operand(&self))]
        while case .symbol(let symbol) = current, let operation = AwkOperator(rawValue: symbol),
            operators.contains(operation)
        {
            advance()
            chain.append((operation, try operand(&self)))
        }
        return chain.count == 1 ? chain[0].operand : add(.chain(chain))
    }

    private mutating func parseUnary() throws(ToolStop) -> AwkNode {
        try checkDepth()
        if take("!") { return add(.not(try parseUnary())) }
        if take("-") { return add(.negative(try parseUnary())) }
        if take("+") { return add(.positive(try parseUnary())) }
        let base = try parseSteps()
        guard take("^") else { return base }
        // The sign of the exponent binds to it, and powers group from the right.
        return add(.power(base, try parseUnary()))
    }

    private mutating func parseSteps() throws(ToolStop) -> AwkNode {
        if sees("++") || sees("--") {
            let amount = sees("++") ? 1.0 : -1.0
            advance()
            let target = try parsePrimary()
            guard isTarget(target) else { throw problem }
            return add(.step(target: target, amount, isPrefix: true))
        }
        let operand = try parsePrimary()
        guard sees("++") || sees("--"), isTarget(operand) else { return operand }
        let amount = sees("++") ? 1.0 : -1.0
        advance()
        return add(.step(target: operand, amount, isPrefix: false))
    }

    private mutating func parsePrimary() throws(ToolStop) -> AwkNode {
        try checkDepth()
        switch current {
        case .number(let number):
            advance()
            return add(.number(number))
        case .text(let text):
            advance()
            return add(.text(text))
        case .regex(let text):
            let pattern = try pattern(text)
            advance()
            return add(.pattern(pattern))
        case .function(let function):
            advance()
            return try parseCall(function)
        case .name(let name): return try parseName(name)
        case .symbol("$"):
            advance()
            if sees("++") || sees("--") { return add(.field(try parseSteps())) }
            if take("-") { return add(.field(add(.negative(try parsePrimary())))) }
            return add(.field(try parsePrimary()))
        case .symbol("("): return try parseGroup()
        case .keyword(let keyword)
        where [.getline, .system, .function].contains(keyword):
            throw failure("\(keyword.rawValue) is not supported")
        case .symbol, .keyword, .newline, .end: throw problem
        }
    }

    private mutating func parseName(_ name: String) throws(ToolStop) -> AwkNode {
        advance()
        if sees("(") { throw failure("function \(name) never defined") }
        guard take("[") else { return add(.variable(try variableSlot(name))) }
        let slot = try arraySlot(name)
        return add(.element(array: slot, try parseList(until: "]")))
    }

    private mutating func parseGroup() throws(ToolStop) -> AwkNode {
        advance()
        let list = try parseList(until: ")")
        if take(.in) {
            guard case .name(let array) = current else { throw problem }
            advance()
            return add(.contains(array: try arraySlot(array), list))
        }
        guard list.count == 1 else { throw problem }
        return add(.group(list[0]))
    }

    private mutating func parseCall(_ function: AwkFunction) throws(ToolStop) -> AwkNode {
        guard sees("(") else {
            if function == .length { return add(.call(.length, [])) }
            throw problem
        }
        // An array as an argument is no expression.
        if function == .length, case .name(let name) = tokens[place + 1].token, program.isArray(name),
            tokens[place + 2].token == .symbol(")")
        {
            place += 3
            return add(.count(array: try arraySlot(name)))
        }
        advance()
        if function == .split { return try parseSplit() }
        let arguments = try parseList(until: ")")
        guard function.arity.contains(arguments.count) else {
            throw failure("wrong number of arguments in call to \(function.rawValue)")
        }
        if function == .sub || function == .gsub, arguments.count == 3, !isTarget(arguments[2]),
            case .group = program.expressions[arguments[2]]
        {
            throw failure("type error in arg(3) in call to \(function.rawValue)")
        }
        return add(.call(function, arguments))
    }

    private mutating func parseSplit() throws(ToolStop) -> AwkNode {
        let text = try parseExpression()
        try expect(",")
        guard case .name(let name) = current else { throw problem }
        advance()
        let slot = try arraySlot(name)
        let separator = take(",") ? try parseExpression() : nil
        try expect(")")
        return add(.split(text, array: slot, separator))
    }
}
