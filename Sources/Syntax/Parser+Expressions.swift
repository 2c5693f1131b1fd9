// Expressions from the loosest operator to the tightest. A method that takes `left` goes on from an
// operand that was read already; each method's production is for the case without one.

extension Parser {
    /// expression = quantified | conditional | closure | query | disjunction ;
    mutating func parseExpression() throws(SyntaxFailure) -> Expression {
        let token = peek()
        try enter(token.span)
        defer {
            leave()
            statementHeight = max(statementHeight, height)
        }
        switch token.keyword {
        case .every, .any, .some(.none): return try parseQuantified()
        case .if: return try parseConditional()
        case .fn:
            advance()
            let function = try parseFunction(from: token.start)
            return Expression(kind: .function(function), span: function.span)
        case .not: return try parseOperatorsOnly()
        default: break
        }
        if token.kind == .minus || token.kind == .bang { return try parseOperatorsOnly() }
        return try parseExpression(after: try parsePostfix())
    }

    /// Goes on after the first operand: query | disjunction.
    mutating func parseExpression(after operand: Expression) throws(SyntaxFailure) -> Expression {
        let result =
            isAtQueryWord ? try parseQuery(operand) : try parseDisjunction(operand)
        try rejectQueryWord()
        statementHeight = max(statementHeight, height)
        return result
    }

    private mutating func parseOperatorsOnly() throws(SyntaxFailure) -> Expression {
        let result = try parseDisjunction()
        try rejectQueryWord()
        return result
    }

    /// True when `where` or `sort by` is next.
    var isAtQueryWord: Bool {
        mutating get {
            let token = peek()
            return token.keyword == .where || isNext("sort") && isSortBy(token)
        }
    }

    private func isSortBy(_ token: Token) -> Bool {
        let next = lexer.token(from: token.end, free: isFree)
        return next.end - next.start == 2 && lexer.has("by", at: next.start)
    }

    private mutating func rejectQueryWord() throws(SyntaxFailure) {
        guard isAtQueryWord else { return }
        let token = peek()
        let word = token.keyword == .where ? "where" : "sort by"
        throw fail(.parenthesesNeeded(word: word), at: token.span)
    }

    /// query = postfix, clause, { clause } ;
    /// clause = "where", condition | "sort", "by", condition, [ "desc" ] ;
    private mutating func parseQuery(_ operand: Expression) throws(SyntaxFailure) -> Expression {
        var result = operand
        while isAtQueryWord {
            let below = height
            let keyword = advance()
            if keyword.keyword == .where {
                skipLineEnds()
                let condition = try withItems(of: result) {
                    (parser) throws(SyntaxFailure) in try parser.parseCondition()
                }
                try raise(above: max(below, height), at: keyword.span)
                result = Expression(
                    kind: .filter(result, condition), span: span(from: Int(operand.span.start)))
            } else {
                advance()
                skipLineEnds()
                let key = try withItems(of: result) {
                    (parser) throws(SyntaxFailure) in try parser.parseCondition()
                }
                let isDescending = isNext("desc")
                if isDescending { advance() }
                try raise(above: max(below, height), at: keyword.span)
                let sort = SortExpression(source: result, key: key, isDescending: isDescending)
                result = Expression(
                    kind: .sort(sort), span: span(from: Int(operand.span.start)))
            }
        }
        return result
    }

    /// condition = quantified | disjunction ;
    private mutating func parseCondition() throws(SyntaxFailure) -> Expression {
        let token = peek()
        switch token.keyword {
        case .every, .any, .some(.none):
            try enter(token.span)
            defer { leave() }
            return try parseQuantified()
        default: return try parseDisjunction()
        }
    }

    /// quantified = ( "every" | "any" | "none" ), ( query | postfix ), "has", condition ;
    private mutating func parseQuantified() throws(SyntaxFailure) -> Expression {
        let keyword = advance()
        return try parseQuantified(keyword, source: try parsePostfix())
    }

    /// Goes on after the word and the first operand.
    mutating func parseQuantified(
        _ keyword: Token, source: Expression
    ) throws(SyntaxFailure) -> Expression {
        let quantifier: QuantifiedExpression.Quantifier =
            keyword.keyword == .every ? .every : keyword.keyword == .any ? .any : .none
        var source = source
        if isAtQueryWord { source = try parseQuery(source) }
        guard accept(.has) else {
            throw unexpected(
                "`has` and a condition", candidates: ["has", "where"],
                hint: "write `\(quantifier.rawValue) LIST has CONDITION`")
        }
        let below = height
        skipLineEnds()
        let condition = try withItems(of: source) {
            (parser) throws(SyntaxFailure) in try parser.parseCondition()
        }
        try raise(above: max(below, height), at: keyword.span)
        let quantified = QuantifiedExpression(
            quantifier: quantifier, source: source, condition: condition)
        return Expression(kind: .quantified(quantified), span: span(from: keyword.start))
    }

    /// conditional = "if", condition, "then", expression, "else", expression ;
    private mutating func parseConditional() throws(SyntaxFailure) -> Expression {
        let keyword = advance()
        let condition = try parseCondition()
        var below = height
        guard accept(.then) else {
            throw unexpected(
                "`then`", candidates: ["then"], hint: "write `if CONDITION then A else B`")
        }
        skipLineEnds()
        let first = try parseExpression()
        below = max(below, height)
        guard accept(.else) else {
            throw unexpected(
                "`else`", candidates: ["else"], hint: "write `if CONDITION then A else B`")
        }
        skipLineEnds()
        let second = try parseExpression()
        try raise(above: max(below, height), at: keyword.span)
        return Expression(
            kind: .conditional(condition, first, second), span: span(from: keyword.start))
    }

    /// disjunction = conjunction, { "or", conjunction } ;
    private mutating func parseDisjunction(
        _ operand: Expression? = nil
    ) throws(SyntaxFailure) -> Expression {
        var left = try parseConjunction(operand)
        while let token = acceptLogical(.or, foreign: .doublePipe, .pipe) {
            left = try combine(left, .or, token) { (parser) throws(SyntaxFailure) in
                try parser.parseConjunction(nil)
            }
        }
        return left
    }

    /// conjunction = negation, { "and", negation } ;
    private mutating func parseConjunction(
        _ operand: Expression?
    ) throws(SyntaxFailure) -> Expression {
        var left = try parseNegation(operand)
        while let token = acceptLogical(.and, foreign: .doubleAmpersand, .ampersand) {
            left = try combine(left, .and, token) { (parser) throws(SyntaxFailure) in
                try parser.parseNegation(nil)
            }
        }
        return left
    }

    /// Consumes a word operator, or reports and consumes what other languages write for it.
    private mutating func acceptLogical(
        _ keyword: Keyword, foreign: TokenKind, _ single: TokenKind
    ) -> Token? {
        let token = peek()
        if token.keyword == keyword { return advance() }
        guard token.kind == foreign || token.kind == single else { return nil }
        report(
            .foreignOperator(found: token.kind.rawValue, write: keyword.rawValue), at: token.span)
        return advance()
    }

    /// Reads the right operand and joins both; the operator has been consumed.
    private mutating func combine(
        _ left: Expression, _ operation: BinaryOperator, _ token: Token,
        _ parseRight: (inout Parser) throws(SyntaxFailure) -> Expression
    ) throws(SyntaxFailure) -> Expression {
        let below = height
        recorder?.role(.binary, at: token.start)
        skipLineEnds()
        let right = try parseRight(&self)
        try raise(above: max(below, height), at: token.span)
        let binary = BinaryExpression(
            operation: operation, left: left, right: right, operatorSpan: token.span)
        return Expression(kind: .binary(binary), span: left.span.union(right.span))
    }

    /// negation = "not", negation | comparison ;
    private mutating func parseNegation(_ operand: Expression?) throws(SyntaxFailure) -> Expression
    {
        let token = peek()
        guard operand == nil, token.keyword == .not || token.kind == .bang else {
            return try parseComparison(operand)
        }
        if token.kind == .bang {
            report(.foreignOperator(found: "!", write: "not"), at: token.span)
        }
        advance()
        try enter(token.span)
        let inner = try parseNegation(nil)
        leave()
        try raise(above: height, at: token.span)
        return Expression(
            kind: .unary(.not, inner), span: token.span.union(inner.span))
    }

    /// sum = product, { ( "+" | "-" ), product } ;
    mutating func parseSum(_ operand: Expression? = nil) throws(SyntaxFailure) -> Expression {
        var left = try parseProduct(operand)
        while true {
            let operation: BinaryOperator
            switch peek().kind {
            case .plus: operation = .add
            case .minus: operation = .subtract
            default: return left
            }
            left = try combine(left, operation, advance()) { (parser) throws(SyntaxFailure) in
                try parser.parseProduct(nil)
            }
        }
    }

    /// product = negative, { ( "*" | blank, "/", & blank | "%" ), negative } ;
    private mutating func parseProduct(_ operand: Expression?) throws(SyntaxFailure) -> Expression {
        var left = try parseNegative(operand)
        while true {
            let token = peek()
            let operation: BinaryOperator
            switch token.kind {
            case .star: operation = .multiply
            case .slash: operation = .divide
            case .percentSign: operation = .remainder
            default: return left
            }
            let hasBlankBefore = token.start > lastEnd
            advance()
            let leftSpan = left.span
            let hasBlankAfter = isWordEnd(offset)
            left = try combine(left, operation, token) { (parser) throws(SyntaxFailure) in
                try parser.parseNegative(nil)
            }
            if operation == .divide, !hasBlankBefore || !hasBlankAfter,
                case .binary(let division) = left.kind
            {
                report(
                    .blanksAroundSlash(
                        left: source.text(in: leftSpan), right: source.text(in: division.right.span)
                    ),
                    at: token.span)
            }
        }
    }

    /// negative = "-", negative | postfix ;
    private mutating func parseNegative(_ operand: Expression?) throws(SyntaxFailure) -> Expression
    {
        if let operand { return operand }
        let token = peek()
        guard token.kind == .minus else { return try parsePostfix() }
        advance()
        recorder?.role(.prefix, at: token.start)
        if let smallest = acceptSmallestInteger(after: token) { return smallest }
        try enter(token.span)
        let inner = try parseNegative(nil)
        leave()
        try raise(above: height, at: token.span)
        return Expression(
            kind: .unary(.negate, inner), span: token.span.union(inner.span))
    }

    /// `-9223372036854775808`, whose digits alone do not fit.
    private mutating func acceptSmallestInteger(after minus: Token) -> Expression? {
        let token = peek()
        guard token.kind == .number, lexer.has("9223372036854775808", at: token.start),
            token.end - token.start == 19
        else { return nil }
        advance()
        height = 1
        return Expression(kind: .integer(.min), span: minus.span.union(token.span))
    }
}
