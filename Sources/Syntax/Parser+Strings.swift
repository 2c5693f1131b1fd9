// Strings and interpolations of the expression register.

/// Collects pieces, joining texts that meet.
struct PieceBuilder {
    private(set) var pieces: [StringPiece] = []
    private var bytes: [UInt8] = []

    mutating func append(_ byte: UInt8) { bytes.append(byte) }
    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    mutating func append(_ expression: Expression) { append(.interpolation(expression)) }

    /// Adds what is no text.
    mutating func append(_ piece: StringPiece) {
        flush()
        pieces.append(piece)
    }

    var isEmpty: Bool { pieces.isEmpty && bytes.isEmpty }

    mutating func finish() -> [StringPiece] {
        flush()
        return pieces
    }

    private mutating func flush() {
        if bytes.isEmpty { return }
        pieces.append(.text(String(decoding: bytes, as: UTF8.self)))
        bytes.removeAll(keepingCapacity: true)
    }
}

extension Parser {
    /// string = '"', { character | escape | interpolation }, '"' | "'", { character }, "'" ;
    mutating func parseString() throws(SyntaxFailure) -> StringLiteral {
        let quote = advance()
        if quote.kind == .singleQuote {
            let text = try parseRawText(quote.start, isInExpression: true)
            let pieces: [StringPiece] = text.isEmpty ? [] : [.text(text)]
            recorder?.word(from: quote.start, to: offset)
            return StringLiteral(pieces: pieces, isRaw: true, span: span(from: quote.start))
        }
        var builder = PieceBuilder()
        var tallest = 0
        while true {
            let byte = lexer.byte(offset)
            if offset >= lexer.limit || byte == UInt8(ascii: "\n") {
                throw unterminated(quote.start, isInExpression: true)
            }
            switch byte {
            case UInt8(ascii: "\""):
                move(to: offset + 1)
                lastEnd = offset
                recorder?.word(from: quote.start, to: offset)
                height = tallest + 1
                return StringLiteral(
                    pieces: builder.finish(), isRaw: false, span: span(from: quote.start))
            case UInt8(ascii: "\\"): try parseEscape(into: &builder)
            case UInt8(ascii: "$") where lexer.byte(offset + 1) == UInt8(ascii: "{"):
                builder.append(try parseInterpolation())
                tallest = max(tallest, height)
            default:
                builder.append(byte)
                move(to: offset + 1)
            }
        }
    }

    /// The text of `'…'` after the opening quote at `start`; it may span lines.
    mutating func parseRawText(
        _ start: Int, isInExpression: Bool
    ) throws(SyntaxFailure) -> String {
        let first = offset
        while offset < lexer.limit, lexer.bytes[offset] != UInt8(ascii: "'"), !isBodyAhead(offset) {
            offset += 1
        }
        guard lexer.byte(offset) == UInt8(ascii: "'") else {
            if offset == lexer.limit, lexer.limit == lexer.bytes.count { noteIncomplete() }
            throw unterminated(start, isInExpression: isInExpression)
        }
        let text = lexer.text(first..<offset)
        move(to: offset + 1)
        lastEnd = offset
        return text
    }

    /// True at a line end after which the body of a here-document stands, so that no quote and no
    /// JSON word can go on beyond it.
    func isBodyAhead(_ place: Int) -> Bool {
        lexer.bytes[place] == UInt8(ascii: "\n") && lexer.resumption[place] != nil
    }

    /// Reports a string without end and goes to the end of the line where it starts, or to the `{`
    /// that ends that line.
    mutating func unterminated(_ start: Int, isInExpression: Bool) -> SyntaxFailure {
        let quote = lexer.text(start..<(start + 1))
        let failure = fail(
            isShell
                ? .shell("unexpected EOF while looking for matching `\(quote)'")
                : .unterminatedString(quote: quote, isInExpression: isInExpression),
            at: SourceSpan(start: start, end: start + 1))
        var end = lexer.lineEnd(from: start)
        var last = end
        while last > start + 1, Characters.isBlank(lexer.bytes[last - 1]) { last -= 1 }
        if last > start + 1, lexer.bytes[last - 1] == UInt8(ascii: "{") { end = last - 1 }
        move(to: end)
        return failure
    }

    /// escape = "\", ( "n" | "t" | "r" | '"' | "'" | "\" | "$" | line end
    ///        | "u{", hex, { hex }, "}" ) ;
    private mutating func parseEscape(into builder: inout PieceBuilder) throws(SyntaxFailure) {
        let start = offset
        let length = lexer.continuationLength(at: start)
        if length > 0 {
            move(to: start + length)
            return
        }
        let byte = lexer.byte(start + 1)
        switch byte {
        case UInt8(ascii: "n"): builder.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): builder.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "r"): builder.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "$"):
            builder.append(byte)
        case UInt8(ascii: "u") where lexer.byte(start + 2) == UInt8(ascii: "{"):
            try parseUnicodeEscape(into: &builder)
            return
        default:
            var end = min(start + 2, lexer.limit)
            while end < lexer.limit, lexer.bytes[end] & 0xC0 == 0x80 { end += 1 }
            if byte == 0 || byte == UInt8(ascii: "\n") { end = start + 1 }
            report(
                .unknownEscape(lexer.text(start..<end)), at: SourceSpan(start: start, end: end))
            move(to: end)
            return
        }
        move(to: start + 2)
    }

    private mutating func parseUnicodeEscape(into builder: inout PieceBuilder) throws(SyntaxFailure)
    {
        let start = offset
        var end = start + 3
        while end - start < 9, hexadecimal(lexer.byte(end)) { end += 1 }
        guard lexer.byte(end) == UInt8(ascii: "}"), end > start + 3,
            let value = UInt32(lexer.text((start + 3)..<end), radix: 16),
            let scalar = Unicode.Scalar(value)
        else {
            report(.unicodeEscape, at: SourceSpan(start: start, end: min(end + 1, lexer.limit)))
            move(to: end)
            return
        }
        builder.append(String(Character(scalar)).utf8)
        move(to: end + 1)
    }

    private func hexadecimal(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return Characters.isDigit(byte)
            || letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f")
    }

    /// interpolation = "${", expression, "}" ; at the `$`
    mutating func parseInterpolation() throws(SyntaxFailure) -> Expression {
        let wasFree = isFree
        let wasInSubstitution = isInSubstitution
        isFree = true
        isInSubstitution = false
        defer { isFree = wasFree }
        move(to: offset)
        let opener = try open()
        let expression = try parseExpression()
        try close(opener, with: .rightBrace)
        isInSubstitution = wasInSubstitution
        return expression
    }
}
