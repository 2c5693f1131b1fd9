// Words and their pieces.

extension Parser {
    /// word = piece, { piece } ; no blank between
    mutating func parseWord() throws(SyntaxFailure) -> Word {
        let word = try parsePieces()
        if word.pieces.isEmpty { throw unexpected("a word") }
        return word
    }

    /// { piece } ; for the value of an assignment
    mutating func parsePieces() throws(SyntaxFailure) -> Word {
        let start = offset
        var pieces: [WordPiece] = []
        while !isWordEnd(offset) { pieces.append(try parseWordPiece()) }
        lastEnd = offset
        if offset > start { recorder?.word(from: start, to: offset) }
        return Word(pieces: pieces, span: SourceSpan(start: start, end: offset))
    }

    /// piece = raw | quoted | C quoted | braces | json | interpolation | expansion | bare text ;
    private mutating func parseWordPiece() throws(SyntaxFailure) -> WordPiece {
        switch lexer.byte(offset) {
        case UInt8(ascii: "'"):
            let start = offset
            move(to: start + 1)
            return .raw(try parseRawText(start, isInExpression: false))
        case UInt8(ascii: "\""): return .quoted(try parseQuotedWord())
        case UInt8(ascii: "$") where lexer.byte(offset + 1) == UInt8(ascii: "'"):
            return .quoted(try parseCQuoted())
        case UInt8(ascii: "{"):
            if let end = bracesEnd(from: offset) { return try parseBraces(to: end) }
            if !isShell { return .json(try parseJSON()) }
        case UInt8(ascii: "\\") where Self.isPatternSign(lexer.byte(offset + 1)):
            let sign = lexer.text((offset + 1)..<(offset + 2))
            move(to: offset + 2)
            return .raw(sign)
        case UInt8(ascii: "<"): return .expansion(.process(try parseParenthesized(.commands)))
        default: break
        }
        switch try parseExpandedPiece() {
        case .interpolation(let expression): return .interpolation(expression)
        case .expansion(let expansion): return .expansion(expansion)
        case .text, nil: return .bare(parseBareText())
        }
    }

    /// bare text = { character | "\", character } ; at least one
    private mutating func parseBareText() -> String {
        var bytes: [UInt8] = []
        repeat {
            let byte = lexer.bytes[offset]
            if byte == UInt8(ascii: "\\") {
                offset += 1
                if offset < lexer.limit { bytes.append(lexer.bytes[offset]) }
            } else {
                bytes.append(byte)
            }
            move(to: offset + 1)
        } while !isWordEnd(offset) && !startsPiece(offset)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// True where something else than bare text begins within a word.
    private func startsPiece(_ place: Int) -> Bool {
        switch lexer.byte(place) {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "<"): true
        case UInt8(ascii: "{"): !isShell || bracesEnd(from: place) != nil
        case UInt8(ascii: "$"):
            lexer.byte(place + 1) == UInt8(ascii: "'") || startsExpansion(at: place)
        case UInt8(ascii: "\\"): Self.isPatternSign(lexer.byte(place + 1))
        default: false
        }
    }

    /// The characters that mean something in the path of a file, and nothing after a backslash.
    static func isPatternSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
            || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "~")
    }

    /// quoted = '"', { character | escape | interpolation | expansion }, '"' ;
    ///
    /// As in a shell, a backslash before anything but '"', "\", "$", "`" and a line end stays.
    mutating func parseQuotedWord() throws(SyntaxFailure) -> [StringPiece] {
        let start = offset
        var builder = PieceBuilder()
        move(to: start + 1)
        while offset < lexer.limit, !isBodyAhead(offset) {
            let byte = lexer.bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                move(to: offset + 1)
                return builder.finish()
            case UInt8(ascii: "\\"): appendShellEscape(to: &builder, quotes: true)
            default:
                if let piece = try parseExpandedPiece() {
                    builder.append(piece)
                } else {
                    builder.append(byte)
                    move(to: offset + 1)
                }
            }
        }
        if offset == lexer.bytes.count { noteIncomplete() }
        throw unterminated(start, isInExpression: false)
    }

    /// C quoted = "$'", { character | "\", character }, "'" ; with C's escapes
    private mutating func parseCQuoted() throws(SyntaxFailure) -> [StringPiece] {
        let start = offset + 1
        var builder = PieceBuilder()
        move(to: start + 1)
        while offset < lexer.limit, !isBodyAhead(offset) {
            let byte = lexer.bytes[offset]
            move(to: offset + 1)
            if byte == UInt8(ascii: "'") { return builder.finish() }
            guard byte == UInt8(ascii: "\\"), offset < lexer.limit else {
                builder.append(byte)
                continue
            }
            if let plain = CEscapes.bytes[lexer.bytes[offset]] {
                builder.append(plain)
            } else {
                builder.append([byte, lexer.bytes[offset]])
            }
            move(to: offset + 1)
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
            case UInt8(ascii: "$") where Characters.isNameStart(lexer.byte(offset + 1)):
                flush(offset)
                pieces.append(.parameter(parsePlainParameter()))
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
}

/// The escapes of `$'…'`, as in C.
enum CEscapes {
    static let bytes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "a"): 7,
        UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "v"): 11, UInt8(ascii: "e"): 27,
        UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "'"): UInt8(ascii: "'"),
        UInt8(ascii: "\""): UInt8(ascii: "\""),
    ]
}
