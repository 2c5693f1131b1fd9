// Statements that start with a name: assignment, expression or command.

extension Parser {
    /// assignment = target, operator, expression ;
    /// target     = name, { field | bracket } ;
    ///
    /// What follows the name decides, blanks included: `name(`, `name.`, `name[`, `kind/`, `kind@`
    /// and `kind${` start an expression, `name =` an assignment, `attach "` an attachment, anything
    /// else is a command.
    mutating func parseNameStatement(_ token: Token) throws(SyntaxFailure) -> StatementKind {
        let name = lexer.text(token.start..<token.end)
        switch lexer.byte(token.end) {
        case UInt8(ascii: "(") where isShellFunction(token.end):
            throw fail(.shellFunction(name: name), at: token.span)
        case UInt8(ascii: "("), UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "@"):
            return try parseExpressionOrAssignment()
        case UInt8(ascii: "/") where !isWordEnd(token.end + 1):
            return .expression(try parseExpression())
        case UInt8(ascii: "$") where lexer.byte(token.end + 1) == UInt8(ascii: "{"):
            return .expression(try parseExpression())
        default: break
        }
        let next = lexer.token(from: token.end, free: false)
        if name == "attach", next.kind == .doubleQuote || next.kind == .singleQuote {
            return try parseAttach()
        }
        if let assignment = assignment(next) {
            advance()
            try expectBlanks(around: next, name: name)
            advance()
            let target = Identifier(name: name, span: token.span)
            return .assign(
                AssignStatement(
                    name: target, segments: [], operation: assignment.operation,
                    value: try parseExpression()))
        }
        if options.expressionNames.contains(name) { return .expression(try parseExpression()) }
        guard isVerb(token) else {
            throw unexpected("a statement", hint: "a command starts with a verb and a blank")
        }
        return .command(try parseCommandLine())
    }

    /// `=` (no operation) or an operator with `=`.
    private struct AssignmentOperator {
        var operation: BinaryOperator?
    }

    /// The operator of an assignment, if the token is one.
    private func assignment(_ token: Token) -> AssignmentOperator? {
        switch token.kind {
        case .assign: AssignmentOperator(operation: nil)
        case .addAssign: AssignmentOperator(operation: .add)
        case .subtractAssign: AssignmentOperator(operation: .subtract)
        case .multiplyAssign: AssignmentOperator(operation: .multiply)
        case .divideAssign: AssignmentOperator(operation: .divide)
        default: nil
        }
    }

    private mutating func expectBlanks(around token: Token, name: String) throws(SyntaxFailure) {
        if token.start == offset || !isWordEnd(token.end) {
            throw fail(.blanksAroundAssign(name: name), at: token.span)
        }
    }

    private mutating func parseExpressionOrAssignment() throws(SyntaxFailure) -> StatementKind {
        let operand = try parsePostfix()
        let next = peek()
        guard let assignment = assignment(next) else {
            return .expression(try parseExpression(after: operand))
        }
        guard let (name, segments) = target(operand) else {
            throw unexpected(
                "the end of the statement", hint: "only variables and their parts can be assigned")
        }
        try expectBlanks(around: next, name: source.text(in: operand.span))
        advance()
        return .assign(
            AssignStatement(
                name: name, segments: segments, operation: assignment.operation,
                value: try parseExpression()))
    }

    /// The variable and the path that an operand names, if it can be assigned.
    private func target(_ operand: Expression) -> (Identifier, [PathSegment])? {
        switch operand.kind {
        case .path(let base, let segments):
            if case .name(let name) = base.kind {
                return (Identifier(name: name, span: base.span), segments)
            }
            guard case .resources(let list) = base.kind, let reading = list.pathReading,
                let (name, first) = target(reading)
            else { return nil }
            return (name, first + segments)
        case .resources(let list):
            guard let reading = list.pathReading else { return nil }
            return target(reading)
        default: return nil
        }
    }

    /// True at the `()` of `name() {`, as a shell declares a function.
    private func isShellFunction(_ place: Int) -> Bool {
        guard lexer.has("()", at: place) else { return false }
        return lexer.token(from: place + 2, free: false).kind == .leftBrace
    }

    /// verb = name, { "-", name } ; followed by the end of the word
    private func isVerb(_ token: Token) -> Bool { isWordEnd(verbEnd(token.end)) }

    /// The end of a verb whose first name ends at an offset.
    func verbEnd(_ nameEnd: Int) -> Int {
        var end = nameEnd
        while lexer.byte(end) == UInt8(ascii: "-"), Characters.isNamePart(lexer.byte(end + 1)) {
            end = lexer.nameEnd(from: end + 1)
        }
        return end
    }

    /// True when no word can go on at an offset: a blank, a line end, an operator, a brace that
    /// closes, or the end. In the shell dialect braces are like other characters, parentheses not.
    func isWordEnd(_ place: Int) -> Bool {
        guard place < lexer.limit else { return true }
        switch lexer.bytes[place] {
        case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"),
            UInt8(ascii: ">"):
            return true
        case UInt8(ascii: "<"): return lexer.byte(place + 1) != UInt8(ascii: "(")
        case UInt8(ascii: "}"): return !isShell
        case UInt8(ascii: "("): return isShell
        case UInt8(ascii: ")"): return isInSubstitution || isShell
        case UInt8(ascii: "\\"): return lexer.continuationLength(at: place) > 0
        case let byte: return Characters.isBlank(byte)
        }
    }
}
