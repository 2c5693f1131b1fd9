// Statements of the language. Those of scenarios are in Parser+Scenarios.swift.

extension Parser {
    /// statements = { line end | ";" }, [ statement, { terminator, [ statement ] } ] ;
    ///
    /// Stops at the end of the input or at a `}`.
    mutating func parseStatements(into statements: inout [Statement]) {
        while !isAborted {
            let token = peek()
            statementStart = token.start
            noteAtEnd(.statement)
            switch token.kind {
            case .newline, .semicolon: advance()
            case .end, .rightBrace: return
            default: parseStatement(into: &statements)
            }
        }
    }

    /// One statement with its terminator; after a failure, the way to the next one.
    mutating func parseStatement(into statements: inout [Statement]) {
        let start = peek().start
        recovering { parser throws(SyntaxFailure) in
            let kind = try parser.parseStatementKind()
            statements.append(Statement(kind: kind, span: parser.span(from: start)))
            try parser.expectTerminator()
        }
    }

    /// What begins here, up to its end; after a failure, the way to what comes next.
    mutating func recovering(_ body: (inout Parser) throws(SyntaxFailure) -> Void) {
        let start = peek().start
        let depth = bracketDepth
        let wasNesting = nesting
        let wasInSubstitution = isInSubstitution
        recorder?.startStatement(at: start)
        isAfterOperator = false
        do throws(SyntaxFailure) {
            try body(&self)
        } catch {
            note(.nothing, from: lexer.limit)
            itemSources = []
            comparedWith = nil
            noteOpenHeader(start)
            isFree = false
            let openBrackets = bracketDepth - depth
            bracketDepth = depth
            nesting = wasNesting
            isInSubstitution = wasInSubstitution
            recover(statementStart: start, openBrackets: openBrackets)
        }
    }

    /// terminator = line end | ";" | & "}" | end ; inside a shell's lists also & ";;" and & ")"
    mutating func expectTerminator() throws(SyntaxFailure) {
        let token = peek()
        switch token.kind {
        case .semicolon where lexer.has(";;", at: token.start): return
        case .newline, .semicolon: advance()
        case .end, .rightBrace: return
        case .rightParenthesis where isInSubstitution: return
        case .rightBracket where !isShell, .rightParenthesis where !isShell:
            throw fail(.strayCloser(token.kind.rawValue), at: token.span)
        default:
            throw unexpected(
                "the end of the statement",
                candidates: [
                    "else", "and", "or", "not", "in", "contains", "matches", "exists", "absent",
                    "where", "has",
                ],
                hint: unitHint
                    ?? "write each statement on a line of its own, or put `;` between them")
        }
    }

    /// For `3 minutes`: the unit belongs right behind the number.
    private var unitHint: String? {
        mutating get {
            let token = peek()
            guard token.kind == .name, lastEnd > 0, Characters.isDigit(lexer.bytes[lastEnd - 1])
            else { return nil }
            var start = lastEnd
            while start > 0, Characters.isDigit(lexer.bytes[start - 1]) { start -= 1 }
            let text = lexer.text(start..<lastEnd) + lexer.text(token.start..<token.end)
            return Units.suggestion(for: text).map { "did you mean `\($0)`?" }
        }
    }

    /// block = "{", statements, "}" ;
    mutating func parseBlock(_ expectation: String) throws(SyntaxFailure) -> Block {
        var statements: [Statement] = []
        let span = try parseBraces(expectation) { $0.parseStatements(into: &statements) }
        return Block(statements: statements, span: span)
    }

    /// What stands in braces, a line for each; their span.
    mutating func parseBraces(
        _ expectation: String, _ body: (inout Parser) -> Void
    ) throws(SyntaxFailure) -> SourceSpan {
        guard peek().kind == .leftBrace else {
            throw unexpected(expectation, hint: "write `{` on this line")
        }
        // Inside of brackets the brace may stand on the next line.
        let brace = try open()
        let wasFree = isFree
        let outerHeight = statementHeight
        isFree = false
        statementHeight = 0
        blockDepth += 1
        defer {
            isFree = wasFree
            blockDepth -= 1
        }
        let wasInSubstitution = isInSubstitution
        isInSubstitution = false
        body(&self)
        if isAborted { throw SyntaxFailure() }
        isInSubstitution = wasInSubstitution
        try close(brace, with: .rightBrace)
        try raise(above: statementHeight, at: brace.span)
        statementHeight = max(outerHeight, height)
        return span(from: brace.start)
    }

    /// statement = shell statement | keyword statement | assignment | expression | command ;
    private mutating func parseStatementKind() throws(SyntaxFailure) -> StatementKind {
        let token = peek()
        if startsShellStatement(token) {
            move(to: token.start)
            return .command(try parseCommandLine())
        }
        switch token.kind {
        case .name:
            if let keyword = token.keyword { return try parseKeywordStatement(keyword, token) }
            return try parseNameStatement(token)
        case .dollar, .substitution: throw fail(.substitutionInExpression, at: token.span)
        case .number, .unit, .percent, .doubleQuote, .singleQuote, .leftParenthesis, .leftBracket,
            .leftBrace, .interpolation, .dot, .minus, .hereDocument:
            return .expression(try parseExpression())
        case .rightBracket, .rightParenthesis:
            throw fail(.strayCloser(token.kind.rawValue), at: token.span)
        default: throw unexpected("a statement")
        }
    }

    private mutating func parseKeywordStatement(
        _ keyword: Keyword, _ token: Token
    ) throws(SyntaxFailure) -> StatementKind {
        switch keyword {
        case .let: return try parseLet()
        case .if: return try parseIf()
        case .for: return try parseFor()
        case .while: return try parseWhile()
        case .fn: return try parseFunctionStatement()
        case .return: return try parseReturn()
        case .break:
            advance()
            return .break
        case .continue:
            advance()
            return .continue
        case .print: return try parsePrint()
        case .include: return try parseInclude()
        case .file: return try parseFile()
        case .setup: return try parseSetup()
        case .teardown: return try parseCleanup(.teardown)
        case .finally: return try parseCleanup(.finally)
        case .scenario: return try parseScenario()
        case .exercise: return try parseExercise()
        case .skip: return try parseSkip()
        case .expect: return try parseExpect()
        case .always, .never: return try parseInvariant(keyword == .always ? .always : .never)
        case .at: return try parseAt()
        case .every: return try parseEvery()
        case .behavior: return try parseBehavior()
        case .any, .none, .not, .null, .true, .false, .it, .output:
            return .expression(try parseExpression())
        case .else:
            report(.elseOnNewLine, at: token.span)
            advance()
            if peek().keyword == .if { return try parseIf() }
            _ = try parseBlock("a block after `else`")
            return .expression(Expression(kind: .null, span: token.span))
        case .and, .or, .in, .contains, .matches, .exists, .absent, .where, .has, .then:
            throw unexpected("a statement")
        }
    }

    /// let = "let", name, { ",", name }, "=", expression ;
    private mutating func parseLet() throws(SyntaxFailure) -> StatementKind {
        advance()
        let names = try parseNames("a variable name after `let`")
        _ = try expect(.assign, "`=` and a value", hint: "write `let \(names[0].name) = …`")
        return .let(LetStatement(names: names, value: try parseExpression()))
    }

    /// names = name, { ",", name } ;
    mutating func parseNames(
        _ expectation: String, hint: String? = nil
    ) throws(SyntaxFailure) -> [Identifier] {
        var names = [try expectName(expectation, hint: hint)]
        while accept(.comma) { names.append(try expectName("a name after `,`")) }
        return names
    }

    /// if = "if", expression, block, { "else", "if", expression, block }, [ "else", block ] ;
    private mutating func parseIf() throws(SyntaxFailure) -> StatementKind {
        var branches: [IfBranch] = []
        var otherwise: Block?
        var tallest = 0
        repeat {
            advance()
            let (condition, body) = try parseConditionAndBlock()
            branches.append(IfBranch(condition: condition, body: body))
            tallest = max(tallest, height)
            guard accept(.else) else { break }
            if peek().keyword != .if {
                otherwise = try parseBlock("`if` or a block after `else`")
            }
        } while otherwise == nil
        height = max(height, tallest)
        return .if(IfStatement(branches: branches, otherwise: otherwise))
    }

    /// for = "for", names, "in", expression, block ;
    private mutating func parseFor() throws(SyntaxFailure) -> StatementKind {
        advance()
        let names = try parseNames(
            "a variable name after `for`", hint: "write `for NAME in LIST { … }`")
        guard accept(.in) else {
            throw unexpected(
                "`in`", candidates: ["in"], hint: "write `for \(names[0].name) in LIST { … }`")
        }
        let sequence = try parseExpression()
        if !isAtStatementEnd, peek().kind != .leftBrace {
            throw unexpected(
                "a block after the sequence",
                hint: "write `for \(names[0].name) in [a, b] { … }`, or "
                    + "`for \(names[0].name) in a b; do … done` as in a shell")
        }
        let body = try parseBlock("a block after the sequence")
        return .for(ForStatement(names: names, sequence: sequence, body: body))
    }

    /// while = "while", expression, block ;
    private mutating func parseWhile() throws(SyntaxFailure) -> StatementKind {
        advance()
        let (condition, body) = try parseConditionAndBlock()
        return .while(WhileStatement(condition: condition, body: body))
    }

    /// A condition with its block; `{ }` alone is a block that lacks its condition.
    private mutating func parseConditionAndBlock() throws(SyntaxFailure) -> (Expression, Block) {
        let first = peek()
        let condition = try parseExpression()
        if case .map = condition.kind, first.kind == .leftBrace, peek().kind != .leftBrace {
            throw fail(
                .unexpected(
                    expected: "a condition", found: describe(first), nearest: nil, hint: nil),
                at: first.span)
        }
        return (condition, try parseBlock("a block after the condition"))
    }

    /// fn = "fn", name, function ; an anonymous function at the start is an expression
    private mutating func parseFunctionStatement() throws(SyntaxFailure) -> StatementKind {
        let keyword = peek()
        if lexer.token(from: keyword.end, free: false).kind == .leftParenthesis {
            return .expression(try parseExpression())
        }
        advance()
        let name = try expectName("a function name after `fn`")
        return .function(
            FunctionDeclaration(name: name, function: try parseFunction(from: keyword.start)))
    }

    /// return = "return", [ expression ] ;
    private mutating func parseReturn() throws(SyntaxFailure) -> StatementKind {
        advance()
        return .return(isAtStatementEnd ? nil : try parseExpression())
    }

    var isAtStatementEnd: Bool {
        mutating get {
            switch peek().kind {
            case .newline, .semicolon, .end, .rightBrace: true
            case .rightParenthesis: isInSubstitution
            default: false
            }
        }
    }

    /// print = "print", [ expression, { ",", expression } ] ;
    private mutating func parsePrint() throws(SyntaxFailure) -> StatementKind {
        advance()
        if isAtStatementEnd { return .print([]) }
        var values = [try parseExpression()]
        while accept(.comma) { values.append(try parseExpression()) }
        return .print(values)
    }

    /// include = "include", string ;
    private mutating func parseInclude() throws(SyntaxFailure) -> StatementKind {
        advance()
        return .include(try expectString("the name of a script in quotes"))
    }

    /// file = "file", string, ( here-document | "=", expression ) ;
    private mutating func parseFile() throws(SyntaxFailure) -> StatementKind {
        advance()
        let name = try expectString("the name of the file in quotes")
        let token = peek()
        if token.kind == .hereDocument {
            let document = try parseHereDocument(inCommand: false)
            let content = Expression(kind: .hereDocument(document), span: document.span)
            return .file(FileStatement(name: name, content: content))
        }
        guard accept(.assign) else {
            throw unexpected("`<<EOF` or `=` and the text of the file")
        }
        return .file(FileStatement(name: name, content: try parseExpression()))
    }

    /// A string where nothing else will do.
    mutating func expectString(_ expectation: String) throws(SyntaxFailure) -> StringLiteral {
        switch peek().kind {
        case .doubleQuote, .singleQuote: return try parseString()
        default:
            throw unexpected(expectation, hint: peek().kind == .name ? "put it into quotes" : nil)
        }
    }
}
