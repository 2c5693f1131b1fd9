import Support

// Operands: literals, names, brackets, and what is glued to them.

extension Parser {
    /// postfix = primary, { field | bracket | arguments } ;
    /// field   = [ blanks ], ".", name ;
    mutating func parsePostfix() throws(SyntaxFailure) -> Expression {
        let start = peek().start
        var isGrouped = peek().kind == .leftParenthesis
        var base = try parsePrimary()
        while true {
            defer { isGrouped = false }
            let below = height
            switch lexer.byte(offset) {
            case UInt8(ascii: "["):
                let segment = try parseBracket(ofKind: false, from: base)
                try raise(above: max(below, height), at: segment.span)
                base = append(segment, to: base, isGrouped, from: start)
                continue
            case UInt8(ascii: "("):
                let parenthesis = peek()
                let arguments = try parseArguments()
                try raise(above: max(below, height), at: parenthesis.span)
                let call = CallExpression(callee: base, arguments: arguments)
                base = Expression(kind: .call(call), span: span(from: start))
                continue
            default: break
            }
            let token = peek()
            if token.kind == .dot, Characters.isNameStart(lexer.byte(token.end)) {
                let segment = parseField()
                if offset == lexer.limit { note(.field(of: base), from: token.end) }
                try raise(above: below, at: segment.span)
                base = append(segment, to: base, isGrouped, from: start)
            } else if token.kind == .leftBracket {
                report(.indexAfterBlank, at: token.span)
                move(to: token.start)
            } else {
                if token.kind == .dot, token.end == lexer.limit {
                    note(.field(of: base), from: token.end)
                }
                noteOperator()
                return base
            }
        }
    }

    /// Joins a step to the path before it, unless parentheses end that: `(a[*].b)[0]` is one item,
    /// `a[*].b[0]` one of each.
    private func append(
        _ segment: PathSegment, to base: Expression, _ isGrouped: Bool, from start: Int
    ) -> Expression {
        if case .path(let root, let segments) = base.kind, !isGrouped {
            return Expression(kind: .path(root, segments + [segment]), span: span(from: start))
        }
        return Expression(kind: .path(base, [segment]), span: span(from: start))
    }

    /// `.name`, at the dot.
    private mutating func parseField() -> PathSegment {
        let dot = advance()
        let name = advance()
        recorder?.role(.plain, at: name.start)
        return PathSegment(
            kind: .field(lexer.text(name.start..<name.end)),
            span: SourceSpan(start: dot.start, end: name.end))
    }

    /// arguments = "(", [ expression, { ",", expression }, [ "," ] ], ")" ;
    private mutating func parseArguments() throws(SyntaxFailure) -> [Expression] {
        let parenthesis = try open()
        let wasFree = isFree
        isFree = true
        defer { isFree = wasFree }
        var arguments: [Expression] = []
        var tallest = 0
        while peek().kind != .rightParenthesis {
            // The second argument of `map(list, e)` is about the items of the first.
            if isCompleting, arguments.count == 1 {
                arguments.append(
                    try withItems(of: arguments[0]) {
                        (parser) throws(SyntaxFailure) in try parser.parseExpression()
                    })
            } else {
                arguments.append(try parseExpression())
            }
            tallest = max(tallest, height)
            if !accept(.comma) { break }
        }
        try close(parenthesis, with: .rightParenthesis, afterItem: true)
        height = tallest
        return arguments
    }

    /// primary = literal | string | here-document | list | map | group | item | name | resource
    ///         | resources | output ;
    private mutating func parsePrimary() throws(SyntaxFailure) -> Expression {
        let token = peek()
        height = 1
        noteAtEnd(.operand)
        switch token.kind {
        case .name:
            if let keyword = token.keyword { return try parseKeywordOperand(keyword, token) }
            return try parseNameOrResource(token)
        case .number, .unit, .percent: return parseNumber(token)
        case .doubleQuote, .singleQuote:
            let string = try parseString()
            return Expression(kind: .string(string), span: string.span)
        case .hereDocument:
            if isFree {
                throw unexpected(
                    "an expression",
                    hint: "a here-document cannot stand inside brackets; "
                        + "give it a name with `let text = <<EOF`")
            }
            let document = try parseHereDocument(inCommand: false)
            return Expression(kind: .hereDocument(document), span: document.span)
        case .leftBracket: return try parseList()
        case .leftBrace: return try parseMap()
        case .leftParenthesis: return try parseGroup()
        case .dot: return try parseLeadingDot(token)
        case .interpolation: return try parseInterpolatedKind(token)
        case .substitution: throw fail(.substitutionInExpression, at: token.span)
        default: throw unexpected("an expression")
        }
    }

    private mutating func parseKeywordOperand(
        _ keyword: Keyword, _ token: Token
    ) throws(SyntaxFailure) -> Expression {
        let kind: ExpressionKind
        switch keyword {
        case .null: kind = .null
        case .true: kind = .boolean(true)
        case .false: kind = .boolean(false)
        case .it: kind = .item
        case .output:
            advance()
            let body = try parseBlock("a block after `output`")
            return Expression(kind: .output(body), span: span(from: token.start))
        case .every, .any, .none, .if, .fn, .not:
            throw fail(.parenthesesNeeded(word: keyword.rawValue), at: token.span)
        case .else, .then, .in, .and, .or, .contains, .matches, .exists, .absent, .where, .has:
            throw unexpected("an expression")
        case .always, .at, .behavior, .break, .continue, .exercise, .expect, .file, .for, .include,
            .let, .never, .print, .return, .scenario, .setup, .teardown, .finally, .skip, .while:
            throw fail(.keywordAsName(keyword.rawValue, what: "an expression"), at: token.span)
        }
        advance()
        return Expression(kind: kind, span: token.span)
    }

    /// item = "it" | & ".", field ; the part after the dot is left for the path
    private mutating func parseLeadingDot(_ token: Token) throws(SyntaxFailure) -> Expression {
        let next = lexer.byte(token.end)
        if token.end == lexer.limit {
            let item = Expression(kind: .item, span: SourceSpan(at: token.start))
            note(.field(of: item), from: token.end)
        }
        if Characters.isDigit(next) {
            var end = token.end
            while Characters.isNamePart(lexer.byte(end)) { end += 1 }
            let found = lexer.text(token.start..<end)
            report(
                .incompleteNumber(found: found, write: "0" + found),
                at: SourceSpan(start: token.start, end: end))
            move(to: end)
            lastEnd = end
            return Expression(kind: .float(0), span: SourceSpan(start: token.start, end: end))
        }
        guard Characters.isNameStart(next) else {
            throw unexpected("an expression", hint: "write `it` for the item itself")
        }
        move(to: token.start)
        lastEnd = token.start
        return Expression(kind: .item, span: SourceSpan(at: token.start))
    }

    /// group = "(", expression, ")" ;
    private mutating func parseGroup() throws(SyntaxFailure) -> Expression {
        let parenthesis = try open()
        let wasFree = isFree
        isFree = true
        defer { isFree = wasFree }
        var inner = try parseExpression()
        try close(parenthesis, with: .rightParenthesis)
        inner.span = span(from: parenthesis.start)
        return inner
    }

    /// timed = expression, [ ( "after" | "every" ), sum ] ;
    mutating func parseTimed() throws(SyntaxFailure) -> Expression {
        let value = try parseExpression()
        let token = peek()
        guard token.kind == .name,
            let relation = TimedExpression.Relation(
                rawValue: lexer.text(token.start..<token.end))
        else { return value }
        let below = height
        advance()
        let time = try parseSum()
        try raise(above: max(below, height), at: token.span)
        return Expression(
            kind: .timed(
                TimedExpression(
                    value: value, relation: relation, relationSpan: token.span, time: time)),
            span: value.span.union(time.span))
    }

    /// list = "[", [ timed, { ",", timed }, [ "," ] ], "]" ;
    private mutating func parseList() throws(SyntaxFailure) -> Expression {
        let bracket = try open()
        let wasFree = isFree
        isFree = true
        defer { isFree = wasFree }
        var items: [Expression] = []
        var tallest = 0
        if peek().kind == .ellipsis {
            throw unexpected(
                "an expression", hint: "an open list `[…, a]` stands on the right of `matches`")
        }
        while peek().kind != .rightBracket {
            items.append(try parseTimed())
            tallest = max(tallest, height)
            if !accept(.comma) { break }
        }
        try close(bracket, with: .rightBracket, afterItem: true)
        try raise(above: tallest, at: bracket.span)
        return Expression(
            kind: .list(ListLiteral(items: items, isOpen: false)), span: span(from: bracket.start))
    }

    /// map = "{", [ key, ":", timed, { ",", key, ":", timed }, [ "," ] ], "}" ;
    private mutating func parseMap() throws(SyntaxFailure) -> Expression {
        let brace = try open()
        let wasFree = isFree
        isFree = true
        defer { isFree = wasFree }
        var entries: [MapEntry] = []
        var tallest = 0
        while peek().kind != .rightBrace {
            let start = peek().start
            let key = try parseMapKey()
            let value = try parseTimed()
            tallest = max(tallest, height)
            entries.append(MapEntry(key: key, value: value, span: span(from: start)))
            if !accept(.comma) { break }
        }
        try close(brace, with: .rightBrace, afterItem: true)
        try raise(above: tallest, at: brace.span)
        return Expression(kind: .map(entries), span: span(from: brace.start))
    }

    /// key = name | string ; keywords included, the ":" belongs to it here
    mutating func parseMapKey() throws(SyntaxFailure) -> MapKey {
        let token = peek()
        let key: MapKey
        switch token.kind {
        case .name:
            advance()
            key = .name(
                Identifier(name: lexer.text(token.start..<token.end), span: token.span))
        case .doubleQuote, .singleQuote: key = .string(try parseString())
        default:
            throw unexpected("a key or `}`", hint: "write `{key: value, \"other-key\": value}`")
        }
        _ = try expect(.colon, "`:` after the key")
        return key
    }

    /// function = "(", [ parameter, { ",", parameter }, [ "," ] ], ")", ( block | "=>", expression ) ;
    /// parameter = name, [ "=", expression ] ;
    mutating func parseFunction(from start: Int) throws(SyntaxFailure) -> FunctionLiteral {
        guard peek().kind == .leftParenthesis else {
            throw unexpected("`(` and the parameters", hint: "write `fn name(a, b) { … }`")
        }
        let parameters = try parseParameters()
        let body: FunctionBody
        if accept(.arrow) {
            skipLineEnds()
            body = .expression(try parseExpression())
        } else {
            body = .block(try parseBlock("`{` or `=>` and the body of the function"))
        }
        try raise(above: height, at: SourceSpan(at: start))
        statementHeight = max(statementHeight, height)
        return FunctionLiteral(parameters: parameters, body: body, span: span(from: start))
    }

    private mutating func parseParameters() throws(SyntaxFailure) -> [Parameter] {
        let parenthesis = try open()
        let wasFree = isFree
        isFree = true
        defer { isFree = wasFree }
        var parameters: [Parameter] = []
        while peek().kind != .rightParenthesis {
            let name = try expectName("a parameter name")
            let value = accept(.assign) ? try parseExpression() : nil
            parameters.append(Parameter(name: name, defaultValue: value))
            if !accept(.comma) { break }
        }
        try close(parenthesis, with: .rightParenthesis, afterItem: true)
        return parameters
    }
}
