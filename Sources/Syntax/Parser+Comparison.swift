// Comparisons, ranges and patterns.

extension Parser {
    /// comparison = span, [ operator, span | "matches", ( pattern | span )
    ///            | "exists" | "absent" ] ;
    /// operator   = "==" | "!=" | "<" | "<=" | ">" | ">=" | "=~" | "contains" | "in"
    ///            | "not", "in" ;
    mutating func parseComparison(_ operand: Expression?) throws(SyntaxFailure) -> Expression {
        var left = try parseRange(operand)
        var count = 0
        while let comparison = peekComparison() {
            let token = peek()
            count += 1
            if count > 1 { report(.chainedComparison, at: token.span) }
            if token.kind == .assign {
                report(.loneAssign(left: source.text(in: left.span)), at: token.span)
            }
            advance()
            recorder?.role(.binary, at: token.start)
            switch comparison {
            case .presence(let isPresent):
                try raise(above: height, at: token.span)
                left = Expression(
                    kind: .presence(left, isPresent), span: left.span.union(token.span))
            case .binary(let operation):
                left = try parseRightSide(of: operation, left, token)
            }
        }
        return left
    }

    private enum Comparison {
        case binary(BinaryOperator)
        case presence(Bool)
    }

    private mutating func peekComparison() -> Comparison? {
        let token = peek()
        switch token.kind {
        case .equal, .assign: return .binary(.equal)
        case .notEqual: return .binary(.notEqual)
        case .less: return .binary(.less)
        case .lessOrEqual: return .binary(.lessOrEqual)
        case .greater: return .binary(.greater)
        case .greaterOrEqual: return .binary(.greaterOrEqual)
        case .matchesRegex: return .binary(.matchesRegex)
        default: break
        }
        switch token.keyword {
        case .contains: return .binary(.contains)
        case .matches: return .binary(.matches)
        case .in: return .binary(.in)
        case .not:
            let next = lexer.token(from: token.end, free: isFree)
            return next.keyword == .in ? .binary(.notIn) : nil
        case .exists: return .presence(true)
        case .absent: return .presence(false)
        default: return nil
        }
    }

    private mutating func parseRightSide(
        of operation: BinaryOperator, _ left: Expression, _ token: Token
    ) throws(SyntaxFailure) -> Expression {
        let below = height
        if operation == .notIn { advance() }
        let operatorSpan = span(from: token.start)
        skipLineEnds()
        let outer = comparedWith
        if isCompleting { comparedWith = left }
        let right: Expression
        if operation == .matches, [.leftBrace, .leftBracket].contains(peek().kind) {
            right = try parsePattern()
        } else {
            right = try parseRange(nil)
        }
        comparedWith = outer
        try raise(above: max(below, height), at: token.span)
        let binary = BinaryExpression(
            operation: operation, left: left, right: right, operatorSpan: operatorSpan)
        return Expression(kind: .binary(binary), span: left.span.union(right.span))
    }

    /// span = sum, [ "..", sum ] ;
    private mutating func parseRange(_ operand: Expression?) throws(SyntaxFailure) -> Expression {
        let lower = try parseSum(operand)
        guard peek().kind == .range else { return lower }
        let below = height
        let token = advance()
        skipLineEnds()
        let upper = try parseSum()
        try raise(above: max(below, height), at: token.span)
        return Expression(kind: .range(lower, upper), span: lower.span.union(upper.span))
    }

    /// pattern = pattern map | pattern list ;
    /// pattern map  = "{", [ key, ":", part, { ",", key, ":", part }, [ "," ] ], "}" ;
    /// pattern list = "[", [ ellipsis, [ "," ] ], [ part, { ",", part }, [ "," ] ], "]" ;
    /// part         = pattern | expression ;
    private mutating func parsePattern() throws(SyntaxFailure) -> Expression {
        let wasFree = isFree
        let opener = try open()
        isFree = true
        defer { isFree = wasFree }
        var tallest = 0
        let kind: ExpressionKind
        if opener.kind == .leftBrace {
            var entries: [MapEntry] = []
            while peek().kind != .rightBrace {
                let start = peek().start
                let key = try parseMapKey()
                let value = try parsePatternPart()
                tallest = max(tallest, height)
                entries.append(MapEntry(key: key, value: value, span: span(from: start)))
                if !accept(.comma) { break }
            }
            kind = .map(entries)
        } else {
            var items: [Expression] = []
            let isOpen = accept(.ellipsis)
            if isOpen { _ = accept(.comma) }
            while peek().kind != .rightBracket {
                items.append(try parsePatternPart())
                tallest = max(tallest, height)
                if !accept(.comma) { break }
            }
            kind = .list(ListLiteral(items: items, isOpen: isOpen))
        }
        try close(
            opener, with: opener.kind == .leftBrace ? .rightBrace : .rightBracket, afterItem: true)
        try raise(above: tallest, at: opener.span)
        return Expression(kind: kind, span: span(from: opener.start))
    }

    private mutating func parsePatternPart() throws(SyntaxFailure) -> Expression {
        switch peek().kind {
        case .leftBrace, .leftBracket: return try parsePattern()
        default: return try parseExpression()
        }
    }
}
