// Words and their pieces.

extension Parser {
    /// word = piece, { piece } ; no blank between
    mutating func parseWord() throws(SyntaxFailure) -> Word {
        let start = offset
        var pieces: [WordPiece] = []
        while !isWordEnd(offset), let piece = try parseWordPiece() { pieces.append(piece) }
        if pieces.isEmpty { throw unexpected("a word") }
        lastEnd = offset
        return Word(pieces: pieces, span: SourceSpan(start: start, end: offset))
    }

    /// piece = bare text | raw | quoted | interpolation | json | substitution ;
    private mutating func parseWordPiece() throws(SyntaxFailure) -> WordPiece? {
        switch lexer.byte(offset) {
        case UInt8(ascii: "'"):
            let start = offset
            move(to: start + 1)
            return .raw(try parseRawText(start, isInExpression: false))
        case UInt8(ascii: "\""): return .quoted(try parseQuotedWord())
        case UInt8(ascii: "{"): return .json(try parseJSON())
        case UInt8(ascii: "$") where lexer.has("${", at: offset):
            return .interpolation(try parseInterpolation())
        case UInt8(ascii: "$") where lexer.has("$(", at: offset):
            return .substitution(try parseSubstitution())
        case UInt8(ascii: "`"): return nil
        default: return .bare(parseBareText())
        }
    }

    /// bare text = { character | "\", character } ; at least one
    private mutating func parseBareText() -> String {
        var bytes: [UInt8] = []
        while !isWordEnd(offset) {
            let byte = lexer.bytes[offset]
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "`"):
                return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "$") where lexer.has("${", at: offset) || lexer.has("$(", at: offset):
                return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                offset += 1
                if offset < lexer.limit { bytes.append(lexer.bytes[offset]) }
            default: bytes.append(byte)
            }
            move(to: offset + 1)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// quoted = '"', { character | "\", ( '"' | "\" | "$" | "`" | line end ) | interpolation }, '"' ;
    ///
    /// As in a shell, a backslash before anything else stays.
    private mutating func parseQuotedWord() throws(SyntaxFailure) -> [StringPiece] {
        let start = offset
        var builder = PieceBuilder()
        move(to: start + 1)
        while offset < lexer.limit, !isBodyAhead(offset) {
            let byte = lexer.bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                move(to: offset + 1)
                return builder.finish()
            case UInt8(ascii: "$") where lexer.has("${", at: offset):
                builder.append(try parseInterpolation())
            case UInt8(ascii: "\\"): appendShellEscape(to: &builder, quotes: true)
            default:
                builder.append(byte)
                move(to: offset + 1)
            }
        }
        if offset == lexer.bytes.count { noteIncomplete() }
        throw unterminated(start, isInExpression: false)
    }

    /// A backslash and what it escapes, in double quotes or a here-document.
    mutating func appendShellEscape(to builder: inout PieceBuilder, quotes: Bool) {
        let length = lexer.continuationLength(at: offset)
        if length > 0, offset + length <= lexer.limit {
            move(to: offset + length)
            return
        }
        let next = lexer.byte(offset + 1)
        switch next {
        case UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"):
            builder.append(next)
            move(to: offset + 2)
        case UInt8(ascii: "\"") where quotes:
            builder.append(next)
            move(to: offset + 2)
        default:
            builder.append(UInt8(ascii: "\\"))
            move(to: offset + 1)
        }
    }

    /// json = "{", { character | json string | interpolation | json }, "}" ;
    ///
    /// Braces must pair outside the strings; nothing else of JSON is asked for, so that templates
    /// such as `jsonpath={.items[0]}` pass.
    private mutating func parseJSON() throws(SyntaxFailure) -> [JSONPiece] {
        let start = offset
        let brace = SourceSpan(start: start, end: start + 1)
        var pieces: [JSONPiece] = []
        var textStart = start
        var depth = 0
        var isInString = false
        func flush(_ end: Int) {
            if end > textStart { pieces.append(.text(lexer.text(textStart..<end))) }
        }
        while offset < lexer.limit, !isBodyAhead(offset) {
            let byte = lexer.bytes[offset]
            switch byte {
            case UInt8(ascii: "$") where lexer.has("${", at: offset):
                flush(offset)
                let value = try parseInterpolation()
                pieces.append(isInString ? .stringPart(value) : .value(value))
                textStart = offset
                continue
            case UInt8(ascii: "\\") where isInString && offset + 1 < lexer.limit: offset += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString: depth -= 1
            default: break
            }
            move(to: offset + 1)
            if depth == 0 {
                flush(offset)
                return pieces
            }
        }
        if offset == lexer.bytes.count { noteIncomplete() }
        let failure = fail(
            .unclosed(
                opener: "{", openedAt: brace, closer: "}", found: describe(peek()),
                orComma: false),
            at: SourceSpan(at: offset))
        move(to: lexer.lineEnd(from: start))
        throw failure
    }

    /// substitution = "$(", command line, ")" ;
    private mutating func parseSubstitution() throws(SyntaxFailure) -> CommandStatement {
        let wasInSubstitution = isInSubstitution
        let wasFree = isFree
        isFree = false
        let opener = try open()
        isInSubstitution = true
        let line = try parseCommandLine()
        skipWordBlanks()
        try close(opener, with: .rightParenthesis)
        isInSubstitution = wasInSubstitution
        isFree = wasFree
        return line
    }
}
