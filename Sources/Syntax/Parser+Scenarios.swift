// Statements of scenarios: their structure, expectations, timers and behaviors.

extension Parser {
    /// setup = "setup", block ;
    mutating func parseSetup() throws(SyntaxFailure) -> StatementKind {
        advance()
        return .setup(try parseBlock("a block after `setup`"))
    }

    /// teardown = "teardown", block ;
    /// finally = "finally", block ;
    mutating func parseCleanup(
        _ kind: CleanupStatement.Kind
    ) throws(SyntaxFailure) -> StatementKind {
        advance()
        let body = try parseBlock("a block after `\(kind.rawValue)`")
        return .cleanup(CleanupStatement(kind: kind, body: body))
    }

    /// attach = "attach", string, expression ;
    mutating func parseAttach() throws(SyntaxFailure) -> StatementKind {
        advance()
        let name = try expectString("the name of what is attached, in quotes")
        return .attach(AttachStatement(name: name, value: try parseExpression()))
    }

    /// scenario = "scenario", string, [ tags ], [ head skip ], [ parameters ], block ;
    /// tags = "tags", tag, { ",", tag } ;
    /// head skip = "skip", [ string ] ;
    /// parameters = "for", names, "in", expression ;
    mutating func parseScenario() throws(SyntaxFailure) -> StatementKind {
        advance()
        let title = try expectString("the title of the scenario in quotes")
        var tags: [Identifier] = []
        if isNext("tags") {
            advance()
            repeat { tags.append(try parseTag()) } while accept(.comma)
        }
        var skip: ScenarioSkip?
        let word = peek()
        if accept(.skip) {
            let reason = try acceptString()
            skip = ScenarioSkip(reason: reason, span: span(from: word.start))
        }
        var parameters: ScenarioParameters?
        let start = peek().start
        if accept(.for) {
            let names = try parseNames("a parameter name after `for`")
            guard accept(.in) else { throw unexpected("`in`", candidates: ["in"]) }
            let rows = try parseExpression()
            parameters = ScenarioParameters(names: names, rows: rows, span: span(from: start))
        }
        guard peek().kind == .leftBrace else {
            throw unexpected(
                "the block of the scenario", candidates: ["tags", "skip", "for"],
                hint: "between title and `{` may stand `tags a, b`, `skip \"reason\"` and "
                    + "`for x in list`, in this order")
        }
        let body = try parseBlock("the block of the scenario")
        return .scenario(
            ScenarioStatement(
                title: title, tags: tags, skip: skip, parameters: parameters, body: body))
    }

    /// tag = name, { "-", name } ; keywords included
    mutating func parseTag() throws(SyntaxFailure) -> Identifier {
        let token = peek()
        noteAtEnd(.tag)
        guard token.kind == .name else { throw unexpected("a tag") }
        advance()
        while lexer.byte(offset) == UInt8(ascii: "-"), Characters.isNamePart(lexer.byte(offset + 1))
        {
            move(to: lexer.nameEnd(from: offset + 1))
            lastEnd = offset
        }
        recorder?.word(from: token.start, to: offset)
        return Identifier(
            name: lexer.text(token.start..<offset),
            span: SourceSpan(start: token.start, end: offset))
    }

    private mutating func acceptString() throws(SyntaxFailure) -> StringLiteral? {
        switch peek().kind {
        case .doubleQuote, .singleQuote: return try parseString()
        default: return nil
        }
    }

    /// skip = "skip", [ string ] ;
    mutating func parseSkip() throws(SyntaxFailure) -> StatementKind {
        advance()
        return .skip(try acceptString())
    }

    /// expect = "expect", [ "soft" ], ( within | fails | output | expression, [ message ] ) ;
    mutating func parseExpect() throws(SyntaxFailure) -> StatementKind {
        advance()
        let isSoft = isNext("soft")
        if isSoft { advance() }
        var statement = try parseExpected()
        statement.isSoft = isSoft
        return .expect(statement)
    }

    private mutating func parseExpected() throws(SyntaxFailure) -> ExpectStatement {
        if isNext("within") { return try parseExpectWithin() }
        if isNext("fails") { return try parseExpectFails() }
        if peek().keyword == .output { return try parseExpectOutput() }
        if startsWatch("unchanged") { return try parseExpectUnchanged() }
        if startsWatch("order") { return try parseExpectOrder() }
        let condition = try parseExpression()
        if isNext("within") { return try parseWithinBehind(condition) }
        return ExpectStatement(kind: .now(condition), message: try parseMessage())
    }

    /// message = ",", string ;
    private mutating func parseMessage() throws(SyntaxFailure) -> StringLiteral? {
        guard accept(.comma) else { return nil }
        return try expectString("a message in quotes after `,`")
    }

    /// within = "within", sum, ":", expression, [ message ] ;
    private mutating func parseExpectWithin() throws(SyntaxFailure) -> ExpectStatement {
        advance()
        let time = try parseSum()
        let colon = try expect(
            .colon, "`:` after the time", hint: "write `expect within 30s: CONDITION`")
        recorder?.role(.clause, at: colon.start)
        skipLineEnds()
        let condition = try parseExpression()
        return ExpectStatement(kind: .within(time, condition), message: try parseMessage())
    }

    /// `expect CONDITION within 30s`, as one says it: reported, and read as it was meant.
    private mutating func parseWithinBehind(
        _ condition: Expression
    ) throws(SyntaxFailure) -> ExpectStatement {
        let word = advance()
        let time = try parseSum()
        report(
            .withinBehind(
                condition: source.text(in: condition.span), time: source.text(in: time.span)),
            at: span(from: word.start))
        return ExpectStatement(kind: .within(time, condition), message: try parseMessage())
    }

    /// fails = "fails", [ sum ], block ;
    private mutating func parseExpectFails() throws(SyntaxFailure) -> ExpectStatement {
        advance()
        let text = peek().kind == .leftBrace ? nil : try parseSum()
        let body = try parseBlock("the block that must fail")
        return ExpectStatement(kind: .fails(text, body), message: nil)
    }

    /// output = "output", block, ( [ "not" ], ( "contains" | "matches" ) | "==" | "!=" ), sum ;
    private mutating func parseExpectOutput() throws(SyntaxFailure) -> ExpectStatement {
        advance()
        let body = try parseBlock("the block whose output is meant")
        let isNegated = accept(.not)
        let relation: OutputCheck.Relation
        var isUnequal = false
        let token = peek()
        switch (token.keyword, token.kind) {
        case (.contains, _): relation = .contains
        case (.matches, _): relation = .matches
        case (_, .equal) where !isNegated, (_, .notEqual) where !isNegated:
            relation = .equals
            isUnequal = token.kind == .notEqual
        default:
            throw unexpected(
                isNegated ? "`contains` or `matches`" : "`contains`, `matches`, `==` or `!=`",
                candidates: ["contains", "matches", "not"],
                hint: "write `expect output { … } contains \"text\"`")
        }
        advance()
        recorder?.role(.clause, at: token.start)
        skipLineEnds()
        let check = OutputCheck(
            relation: relation, isNegated: isNegated || isUnequal, expected: try parseSum())
        return ExpectStatement(kind: .output(body, check), message: nil)
    }

    /// True at the word where a blank and an operand follow; elsewhere it is a variable.
    ///
    /// watched start := blanks, ( name | "$" | "(" | "[" ) ; but no word that joins operands
    private mutating func startsWatch(_ word: StaticString) -> Bool {
        guard isNext(word) else { return false }
        let end = peek().end
        guard Characters.isBlank(lexer.byte(end)) else { return false }
        var place = end
        while Characters.isBlank(lexer.byte(place)) { place += 1 }
        switch lexer.byte(place) {
        case UInt8(ascii: "$"), UInt8(ascii: "("), UInt8(ascii: "["): return true
        case let byte where Characters.isNameStart(byte):
            let next = lexer.text(place..<lexer.nameEnd(from: place))
            let joins = [
                "and", "or", "not", "in", "contains", "matches", "exists", "absent", "where",
                "sort",
            ]
            return !joins.contains(next)
        default: return false
        }
    }

    /// expect unchanged = "unchanged", expression, block ;
    private mutating func parseExpectUnchanged() throws(SyntaxFailure) -> ExpectStatement {
        advance()
        let list = try parseExpression()
        let body = try parseBlock("the block during which nothing of this changes")
        return ExpectStatement(kind: .unchanged(list, body), message: nil)
    }

    /// expect order = "order", expression, "then", expression, { "then", expression }, block ;
    private mutating func parseExpectOrder() throws(SyntaxFailure) -> ExpectStatement {
        advance()
        var conditions = [try parseExpression()]
        while accept(.then) {
            skipLineEnds()
            conditions.append(try parseExpression())
        }
        guard conditions.count > 1 else {
            throw unexpected(
                "`then` and the condition that comes next", candidates: ["then"],
                hint: "write `expect order FIRST then SECOND { … }`")
        }
        let body = try parseBlock("the block during which the conditions come to hold")
        return ExpectStatement(kind: .order(conditions, body), message: nil)
    }

    /// invariant = ( "always" | "never" ), expression, block ;
    mutating func parseInvariant(
        _ kind: InvariantStatement.Kind
    ) throws(SyntaxFailure) -> StatementKind {
        advance()
        let condition = try parseExpression()
        let body = try parseBlock("the block during which the condition is checked")
        return .invariant(InvariantStatement(kind: kind, condition: condition, body: body))
    }

    /// at = "at", sum, block ;
    mutating func parseAt() throws(SyntaxFailure) -> StatementKind {
        advance()
        let time = try parseSum()
        let body = try parseBlock("a block after the time")
        return .timer(TimerStatement(kind: .at, time: time, body: body))
    }

    /// every = "every", sum, block | quantified ;
    mutating func parseEvery() throws(SyntaxFailure) -> StatementKind {
        let keyword = advance()
        var time: Expression
        if peek().kind == .minus {
            time = try parseSum()
        } else {
            let operand = try parsePostfix()
            if peek().keyword == .has || isAtQueryWord {
                return .expression(try parseQuantified(keyword, source: operand))
            }
            time = try parseSum(operand)
        }
        guard peek().kind == .leftBrace else {
            throw unexpected(
                "a block after the time, or `has`", candidates: ["has"],
                hint: "write `every 10s { … }` or `every LIST has CONDITION`")
        }
        let body = try parseBlock("a block after the time")
        return .timer(TimerStatement(kind: .every, time: time, body: body))
    }

    /// Records a word of a behavior's target that reaches to the end of the text.
    private mutating func noteTarget(_ words: [Word], of keyword: Token, from start: Int) {
        guard isCompleting, offset == lexer.limit else { return }
        let verb = Word(pieces: [.bare(Keyword.behavior.rawValue)], span: keyword.span)
        note(.word(after: [verb] + words), from: start)
    }

    /// behavior = "behavior", word, { word }, "{", { setting }, "}" ;
    /// setting  = name, ":", timed, ( "," | ";" | line end ) ;
    mutating func parseBehavior() throws(SyntaxFailure) -> StatementKind {
        let keyword = advance()
        var target: [Word] = []
        skipWordBlanks()
        while !isWordEnd(offset), lexer.byte(offset) != UInt8(ascii: "{") {
            let start = offset
            let word = try parseWord()
            noteTarget(target, of: keyword, from: start)
            target.append(word)
            skipWordBlanks()
        }
        if offset > lastEnd { noteTarget(target, of: keyword, from: offset) }
        if target.isEmpty { throw unexpected("the image whose behavior is described") }
        guard peek().kind == .leftBrace else {
            throw unexpected("`{` and the settings of the behavior")
        }
        let brace = try open()
        var settings: [BehaviorSetting] = []
        while true {
            while [.newline, .semicolon, .comma].contains(peek().kind) { advance() }
            let token = peek()
            noteAtEnd(.setting(target: target))
            guard token.kind == .name else { break }
            recorder?.startStatement(at: token.start)
            advance()
            let name = Identifier(name: lexer.text(token.start..<token.end), span: token.span)
            _ = try expect(.colon, "`:` after the name of the setting")
            noteAtEnd(.settingValue(name.name))
            settings.append(BehaviorSetting(name: name, value: try parseTimed()))
            guard [.newline, .semicolon, .comma, .rightBrace].contains(peek().kind) else {
                throw unexpected("`,` or the end of the line after the setting")
            }
        }
        try close(brace, with: .rightBrace)
        return .behavior(BehaviorStatement(target: target, settings: settings))
    }
}
