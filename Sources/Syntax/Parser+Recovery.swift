import Support

// Diagnostics of the parser, and how it finds its way after them.

extension Parser {
    /// Records a diagnostic and goes on.
    mutating func report(_ error: SyntaxError, at span: SourceSpan) {
        // As bash, which reads no further after the first.
        if isShell { isAborted = true }
        if diagnostics.count >= options.limits.diagnostics {
            suppressedCount += 1
            return
        }
        if let last = diagnostics.last, last.span == span, last.code == error.text.code { return }
        diagnostics.append(Diagnostic(error, at: span, in: source))
    }

    /// Records a diagnostic; the result is to be thrown.
    mutating func fail(_ error: SyntaxError, at span: SourceSpan) -> SyntaxFailure {
        report(error, at: span)
        return SyntaxFailure()
    }

    /// Records that the next token is not what was due; the result is to be thrown.
    ///
    /// - Parameter candidates: words that could have been meant when a name was found.
    mutating func unexpected(
        _ expectation: String, candidates: [String] = [], hint: String? = nil
    ) -> SyntaxFailure {
        let token = peek()
        if token.kind == .end, bracketDepth > 0 || isAfterOperator || brokenCompounds > 0 {
            noteIncomplete()
        }
        let word = lexer.text(token.start..<token.end)
        if isShell { return fail(.shell(bashMessage(for: token)), at: token.span) }
        if token.kind == .unknown { return fail(.meaninglessCharacter(word), at: token.span) }
        if token.kind == .backquote {
            return fail(.backquote(isInCommand: false), at: token.span)
        }
        var nearest: String?
        if token.kind == .name {
            nearest = nearestName(to: word, among: candidates.filter { $0 != word })
            if nearest == nil, candidates.contains("else"),
                Keyword.suggestion(for: word) == "else if"
            {
                nearest = "else if"
            }
        }
        let hint =
            token.kind == .question ? "write `if CONDITION then A else B` to choose" : hint
        return fail(
            .unexpected(
                expected: expectation, found: describe(token), nearest: nearest, hint: hint),
            at: placeToMark(token))
    }

    /// What bash says of a token that cannot stand where it is.
    func bashMessage(for token: Token) -> String {
        switch token.kind {
        case .end: return "syntax error: unexpected end of file"
        case .newline: return "syntax error near unexpected token `newline'"
        default:
            let text = lexer.text(token.start..<token.end)
            return "syntax error near unexpected token `\(text)'"
        }
    }

    /// A line end is marked after the last thing on the line, not in the next one.
    private func placeToMark(_ token: Token) -> SourceSpan {
        switch token.kind {
        case .newline, .end:
            return SourceSpan(at: max(lastEnd, min(token.start, lexer.lineEnd(from: lastEnd))))
        default: return token.span
        }
    }

    /// Records that the input breaks off, unless something else is wrong already.
    mutating func noteIncomplete() {
        if diagnostics.isEmpty { isIncomplete = true }
    }

    /// A token as messages show it.
    func describe(_ token: Token) -> String {
        switch token.kind {
        case .end:
            return lexer.limit < lexer.bytes.count
                ? "the end of the here-document" : TokenKind.end.rawValue
        case .newline: return token.kind.rawValue
        case .doubleQuote, .singleQuote: return "a string"
        case .name where token.keyword != nil:
            return "the keyword `\(lexer.text(token.start..<token.end))`"
        default:
            let text = lexer.text(token.start..<token.end)
            return "`\(text.count <= 40 ? text : text.prefix(37) + "…")`"
        }
    }

    /// Skips to where the next statement can start, after a failure in one that started at `start`.
    ///
    /// Blocks on the way are parsed, so that what is wrong inside them is reported too and their
    /// braces stay paired. Inside unclosed brackets a line that is indented no deeper than the
    /// statement ends the search.
    mutating func recover(statementStart start: Int, openBrackets: Int) {
        var depth = openBrackets
        let indentation = indentation(at: start)
        while !isAborted {
            let token = peek()
            switch token.kind {
            case .end: return
            case .newline:
                if depth <= 0 || startsStatement(token.end, indentation: indentation) { return }
                advance()
            case .semicolon:
                if depth <= 0 { return }
                advance()
            case .leftBrace:
                if !skipBlock() { depth += 1 }
            case .leftBracket, .leftParenthesis, .interpolation, .substitution:
                depth += 1
                advance()
            case .rightBrace, .rightBracket, .rightParenthesis:
                if depth <= 0, token.kind == .rightBrace, blockDepth > 0 { return }
                if depth <= 0, token.kind == .rightParenthesis, isInSubstitution { return }
                depth = max(0, depth - 1)
                advance()
            case .doubleQuote, .singleQuote:
                advance()
                skipString(quote: lexer.bytes[token.start])
            default: advance()
            }
        }
    }

    /// Parses a block whose result nobody needs, if a `{` that ends its line is next; otherwise
    /// consumes the brace alone.
    private mutating func skipBlock() -> Bool {
        let brace = peek()
        guard lexer.token(from: brace.end, free: false).kind == .newline else {
            advance()
            return false
        }
        let depth = bracketDepth
        let wasNesting = nesting
        _ = try? parseBlock("a block")
        bracketDepth = depth
        nesting = wasNesting
        return true
    }

    private mutating func skipString(quote: UInt8) {
        let end = lexer.lineEnd(from: offset)
        var place = offset
        while place < end, lexer.bytes[place] != quote {
            place += lexer.bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        if place < end { move(to: place + 1) }
    }

    private func indentation(at place: Int) -> Int {
        let line = source.lineRange(source.lineIndex(at: place))
        return source.utf8[line].prefix { Characters.isBlank($0) }.count
    }

    private func startsStatement(_ place: Int, indentation: Int) -> Bool {
        var first = place
        while first < lexer.limit, Characters.isBlank(lexer.bytes[first]) { first += 1 }
        let byte = lexer.byte(first)
        if byte == UInt8(ascii: "\n") || byte == 0 { return false }
        let isCloser =
            byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")")
        return !isCloser && first - place <= indentation
    }
}
