import Patterns

/// Expressions, from what binds weakest to what binds strongest.
extension AwkParser {
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

    mutating func parseTernary() throws(ToolStop) -> AwkNode {
        let condition = try parseAny()
        guard take("?") else { return condition }
        skipNewlines()
        let yes = try parseExpression()
        skipNewlines()
        try expect(":")
        skipNewlines()
        return add(.choice(condition, yes, try parseExpression()))
    }

    mutating func parseAny() throws(ToolStop) -> AwkNode {
        var operands = [try parseAll()]
        while take("||") {
            skipNewlines()
            operands.append(try parseAll())
        }
        return operands.count == 1 ? operands[0] : add(.any(operands))
    }

    mutating func parseAll() throws(ToolStop) -> AwkNode {
        var operands = [try parseIn()]
        while take("&&") {
            skipNewlines()
            operands.append(try parseIn())
        }
        return operands.count == 1 ? operands[0] : add(.all(operands))
    }

    mutating func parseIn() throws(ToolStop) -> AwkNode {
        var left = try parseMatch()
        while take(.in) {
            guard case .name(let array) = current else { throw problem }
            advance()
            left = add(.contains(array: try arraySlot(array), [left]))
        }
        return left
    }

    mutating func parseMatch() throws(ToolStop) -> AwkNode {
        var left = try parseComparison()
        while sees("~") || sees("!~") {
            let isNegated = sees("!~")
            advance()
            left = add(.match(left, pattern: try parseComparison(), isNegated: isNegated))
        }
        return left
    }

    mutating func parseComparison() throws(ToolStop) -> AwkNode {
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

    var beginsOperand: Bool {
        switch current {
        case .number, .text, .regex, .function, .name: true
        case .symbol(let symbol): ["$", "!", "(", "++", "--"].contains(symbol)
        case .keyword, .newline, .end: false
        }
    }

    mutating func parseSum() throws(ToolStop) -> AwkNode {
        try parseChain([.add, .subtract]) { parser throws(ToolStop) in
            try parser.parseChain([.multiply, .divide, .remainder]) { parser throws(ToolStop) in
                try parser.parseUnary()
            }
        }
    }

    mutating func parseChain(
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

    mutating func parseUnary() throws(ToolStop) -> AwkNode {
        try checkDepth()
        if take("!") { return add(.not(try parseUnary())) }
        if take("-") { return add(.negative(try parseUnary())) }
        if take("+") { return add(.positive(try parseUnary())) }
        let base = try parseSteps()
        guard take("^") else { return base }
        // The sign of the exponent binds to it, and powers group from the right.
        return add(.power(base, try parseUnary()))
    }

    mutating func parseSteps() throws(ToolStop) -> AwkNode {
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

    mutating func parsePrimary() throws(ToolStop) -> AwkNode {
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

    mutating func parseName(_ name: String) throws(ToolStop) -> AwkNode {
        advance()
        if sees("(") { throw failure("function \(name) never defined") }
        guard take("[") else { return add(.variable(try variableSlot(name))) }
        let slot = try arraySlot(name)
        return add(.element(array: slot, try parseList(until: "]")))
    }

    mutating func parseGroup() throws(ToolStop) -> AwkNode {
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

    mutating func parseCall(_ function: AwkFunction) throws(ToolStop) -> AwkNode {
        guard sees("(") else {
            if function == .length { return add(.call(.length, [])) }
            throw problem
        }
        // An array as an argument is no expression.
        if function == .length, case .name(let name) = tokens[place + 1].token,
            program.isArray(name),
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

    mutating func parseSplit() throws(ToolStop) -> AwkNode {
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
