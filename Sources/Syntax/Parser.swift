/// Raised after a diagnostic was recorded; the statement at hand is given up.
struct SyntaxFailure: Error {}

/// Recursive descent over the text itself, as grammar/drydock.ebnf describes it.
///
/// Expressions are read through tokens, words of commands byte by byte; `offset` is where both meet.
package struct Parser {
    let source: Source
    let options: ParseOptions
    var lexer: Lexer
    /// Where the next token or word is looked for.
    var offset = 0
    /// The end of the last token or word consumed.
    var lastEnd = 0
    /// Inside brackets line ends are blanks.
    var isFree = false { didSet { cached = nil } }
    var diagnostics: [Diagnostic] = []
    var suppressedCount = 0
    var isIncomplete = false
    /// A limit was passed: no more parsing.
    var isAborted = false
    /// Brackets and braces open, for recovery.
    var bracketDepth = 0
    /// Blocks open.
    var blockDepth = 0
    /// The shell dialect: what `bash -c` reads.
    let isShell: Bool
    /// Inside `$(…)` and `( … )`, where an unquoted `)` ends the command.
    var isInSubstitution = false
    /// False in the value of an assignment, where `{a,b}` is a text.
    var expandsBraces = true
    /// Compound commands of a shell that were given up: their closing words are still to come.
    var brokenCompounds = 0
    /// Set after an operator, where a missing operand at the end of the input asks for more lines.
    var isAfterOperator = false
    var nesting = 0
    /// Levels of the expression read last, and of the highest one in the block at hand.
    var height = 0
    var statementHeight = 0
    /// Looking for what could be written at the end of the text.
    var isCompleting = false
    var completion: CompletionContext?
    /// See ``CompletionContext/itemSources`` and ``CompletionContext/comparedWith``.
    var itemSources: [Expression] = []
    var comparedWith: Expression?
    /// What the brackets around the present place choose from, the innermost last.
    var selectorSources: [CompletionContext.SelectorSource] = []
    /// Where the statement at work begins.
    var statementStart = 0
    /// Notes where everything stands, for the formatter; nil when nobody asks.
    var recorder: LayoutRecorder?
    private var cached: Token?

    init(source: Source, options: ParseOptions, isShell: Bool = false) {
        self.source = source
        self.options = options
        self.isShell = isShell
        let masked = isShell || !options.readsSessions ? nil : SessionText.masked(source)
        lexer = Lexer(bytes: masked ?? source.utf8)
    }

    /// Parses a script or what was typed at the prompt. Never fails, whatever the bytes.
    ///
    /// O(n) in the length of the text.
    package static func parse(_ source: Source, options: ParseOptions = ParseOptions())
        -> ParseResult
    {
        var parser = Parser(source: source, options: options)
        var statements: [Statement] = []
        if source.utf8.count > options.limits.sourceBytes {
            parser.report(
                .sourceTooLarge(bytes: source.utf8.count, limit: options.limits.sourceBytes),
                at: SourceSpan(at: 0))
        } else {
            parser.skipByteOrderMark()
            statements = parser.parseScript()
        }
        if parser.suppressedCount > 0 {
            let text = SyntaxError.moreDiagnostics(parser.suppressedCount).text
            let end = SourceSpan(at: source.utf8.count)
            parser.diagnostics.append(Diagnostic(text, at: end, in: source))
        }
        return parser.result(statements)
    }

    /// Parses a script and notes where everything stands; the lines that bodies of here-documents take
    /// are what `resumption` skips.
    static func parse(
        _ source: Source, recorder: LayoutRecorder
    ) -> (result: ParseResult, resumption: [Int: Int]) {
        // Whoever lays a text out has looked for sessions already.
        var options = ParseOptions()
        options.readsSessions = false
        var parser = Parser(source: source, options: options)
        if source.utf8.count > parser.options.limits.sourceBytes {
            return (parse(source), [:])
        }
        parser.recorder = recorder
        parser.skipByteOrderMark()
        let statements = parser.parseScript()
        return (parser.result(statements), parser.lexer.resumption)
    }

    /// Parses what `bash -c` would read: commands alone, in which no word of the language means
    /// anything and `${x}` is a variable of the shell.
    ///
    /// With errors there are no statements; the first diagnostic says in bash's words what is wrong.
    package static func parseShell(_ source: Source, options: ParseOptions = ParseOptions())
        -> ParseResult
    {
        var parser = Parser(source: source, options: options, isShell: true)
        var statements: [Statement] = []
        do throws(SyntaxFailure) {
            statements = try parser.parseList(.commands).statements
            if parser.peek().kind != .end { throw parser.unexpected("a command") }
        } catch {
            statements = []
        }
        return parser.result(statements)
    }

    private func result(_ statements: [Statement]) -> ParseResult {
        ParseResult(
            script: Script(source: source, statements: statements),
            diagnostics: diagnostics.sorted { $0.span.start < $1.span.start },
            isIncomplete: isIncomplete || endsInContinuation)
    }

    /// script = statements, end ;
    mutating func parseScript() -> [Statement] {
        var statements: [Statement] = []
        while !isAborted {
            parseStatements(into: &statements)
            guard peek().kind != .end, !isAborted else { break }
            let token = advance()  // A `}` without a block.
            report(.strayCloser(token.kind.rawValue), at: token.span)
            while peek().kind == .rightBrace { advance() }
        }
        return statements
    }

    mutating func skipByteOrderMark() {
        if lexer.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { move(to: 3) }
    }

    private var endsInContinuation: Bool {
        guard diagnostics.isEmpty else { return false }
        var end = lexer.bytes.count
        if end > 0, lexer.bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > 0, lexer.bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard end > 0, lexer.bytes[end - 1] == UInt8(ascii: "\\") else { return false }
        let line = source.lineRange(source.lineIndex(at: end - 1))
        let first = lexer.bytes[line].first { !Characters.isBlank($0) }
        return first != UInt8(ascii: "#")
    }

    // MARK: Tokens

    /// The next token of the expression register, not consumed.
    mutating func peek() -> Token {
        if let cached, cached.start >= offset { return cached }
        let token = lexer.token(from: offset, free: isFree)
        cached = token
        return token
    }

    /// Consumes the next token.
    @discardableResult
    mutating func advance() -> Token {
        let token = peek()
        offset = token.end
        lastEnd = token.end
        cached = nil
        recorder?.note(token)
        if token.kind != .newline { isAfterOperator = false }
        return token
    }

    /// Moves to another place of the text.
    mutating func move(to newOffset: Int) {
        offset = newOffset
        cached = nil
    }

    /// Consumes the next token if it is of this kind.
    mutating func accept(_ kind: TokenKind) -> Bool {
        guard peek().kind == kind else { return false }
        advance()
        return true
    }

    /// Consumes the next token if it is this reserved word.
    mutating func accept(_ keyword: Keyword) -> Bool {
        guard peek().keyword == keyword else { return false }
        advance()
        return true
    }

    /// True when the next token is a name spelt like a word that is special only here.
    mutating func isNext(_ word: StaticString) -> Bool {
        let token = peek()
        return token.kind == .name && token.end - token.start == word.utf8CodeUnitCount
            && lexer.has(word, at: token.start)
    }

    mutating func expect(
        _ kind: TokenKind, _ expectation: String, hint: String? = nil
    ) throws(SyntaxFailure) -> Token {
        guard peek().kind == kind else { throw unexpected(expectation, hint: hint) }
        return advance()
    }

    /// name = letter, { letter | digit | "_" } ; but no keyword
    mutating func expectName(
        _ expectation: String, hint: String? = nil
    ) throws(SyntaxFailure) -> Identifier {
        let token = peek()
        guard token.kind == .name else { throw unexpected(expectation, hint: hint) }
        let name = lexer.text(token.start..<token.end)
        if token.keyword != nil {
            throw fail(.keywordAsName(name, what: expectation), at: token.span)
        }
        advance()
        return Identifier(name: name, span: token.span)
    }

    /// Line ends after an operator or a connecting word, which has just been consumed.
    mutating func skipLineEnds() {
        isAfterOperator = true
        while peek().kind == .newline { advance() }
    }

    /// The span from `start` to the last thing consumed.
    func span(from start: Int) -> SourceSpan {
        SourceSpan(start: start, end: max(start, lastEnd))
    }

    // MARK: Brackets and depth

    /// Consumes the opening bracket that is next, counting it.
    mutating func open() throws(SyntaxFailure) -> Token {
        let token = advance()
        bracketDepth += 1
        try enter(token.span)
        return token
    }

    /// Consumes the bracket that ends what `opener` began; with `afterItem` a comma was possible too.
    mutating func close(
        _ opener: Token, with closer: TokenKind, afterItem: Bool = false
    ) throws(SyntaxFailure) {
        let token = peek()
        guard token.kind == closer else {
            if token.kind == .end, lexer.limit == lexer.bytes.count { noteIncomplete() }
            if isShell { throw fail(.shell(bashMessage(for: token)), at: token.span) }
            throw fail(
                .unclosed(
                    opener: opener.kind.rawValue, openedAt: opener.span, closer: closer.rawValue,
                    found: describe(token), orComma: afterItem && isOnLine(of: lastEnd, token)),
                at: token.span)
        }
        advance()
        recorder?.region(isFree ? .bracket : .block, from: opener.start, to: token.start)
        bracketDepth -= 1
        leave()
    }

    private func isOnLine(of place: Int, _ token: Token) -> Bool {
        token.kind != .end && source.lineIndex(at: place) == source.lineIndex(at: token.start)
    }

    /// Goes one level deeper.
    mutating func enter(_ span: SourceSpan) throws(SyntaxFailure) {
        nesting += 1
        if nesting > options.limits.nesting {
            isAborted = true
            throw fail(.nestingTooDeep(limit: options.limits.nesting), at: span)
        }
    }

    mutating func leave() { nesting -= 1 }

    /// Records that a node was put above nodes of which the highest has `below` levels.
    mutating func raise(above below: Int, at span: SourceSpan) throws(SyntaxFailure) {
        height = below + 1
        if height > options.limits.expressionHeight {
            isAborted = true
            throw fail(.expressionTooHigh(limit: options.limits.expressionHeight), at: span)
        }
    }
}
