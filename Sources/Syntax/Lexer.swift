/// Tokens of the expression register, cut from any offset on demand.
///
/// The word register has no tokens: its pieces hold expressions and commands in turn, so the parser
/// reads them byte by byte (Parser+Words.swift).
struct Lexer {
    let bytes: [UInt8]
    /// Where reading ends: the end of the input, or of the here-document at hand.
    var limit: Int
    /// Where the line after a line end begins, for lines followed by bodies of here-documents.
    /// Looked up only, never iterated.
    var resumption: [Int: Int] = [:]

    init(bytes: [UInt8]) {
        self.bytes = bytes
        limit = bytes.count
    }

    /// The byte at an offset, or 0 at and beyond the end.
    @inline(__always)
    func byte(_ offset: Int) -> UInt8 {
        offset < limit ? bytes[offset] : 0
    }

    /// True when the bytes at `offset` spell `text`.
    func has(_ text: StaticString, at offset: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset + count <= limit else { return false }
        for index in 0..<count where bytes[offset + index] != text.utf8Start[index] { return false }
        return true
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// The offset after the line end at `offset`, past the bodies of here-documents.
    func afterLineEnd(_ offset: Int) -> Int {
        resumption[offset] ?? offset + 1
    }

    /// The offset of the line end at or after `offset`, or the limit.
    func lineEnd(from offset: Int) -> Int {
        var offset = offset
        while offset < limit, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
        return offset
    }

    /// The length of a `\` with its line end (or the end of the input) at `offset`, or 0.
    func continuationLength(at offset: Int) -> Int {
        guard byte(offset) == UInt8(ascii: "\\") else { return 0 }
        if offset + 1 == limit { return 1 }
        if byte(offset + 1) == UInt8(ascii: "\n"), offset + 1 < limit { return 2 }
        return has("\\\r\n", at: offset) ? 3 : 0
    }

    /// Skips blanks, continued line ends and comments; with `free`, line ends too.
    func skipBlanks(from offset: Int, free: Bool) -> Int {
        var offset = offset
        while offset < limit {
            let byte = bytes[offset]
            if Characters.isBlank(byte) {
                offset += 1
            } else if byte == UInt8(ascii: "\n"), free {
                offset = min(afterLineEnd(offset), limit)
            } else if byte == UInt8(ascii: "#") {
                offset = lineEnd(from: offset)
            } else if byte == UInt8(ascii: "\\") {
                let length = continuationLength(at: offset)
                if length == 0 { return offset }
                offset = min(afterLineEnd(offset + length - 1), limit)
            } else {
                return offset
            }
        }
        return offset
    }

    /// The token at or after `offset`. With `free`, line ends are blanks.
    func token(from offset: Int, free: Bool) -> Token {
        let start = skipBlanks(from: offset, free: free)
        guard start < limit else { return Token(kind: .end, start: limit, end: limit) }
        let byte = bytes[start]
        if Characters.isNameStart(byte) { return name(at: start) }
        if Characters.isDigit(byte) { return number(at: start, free: free) }
        if byte == UInt8(ascii: "\n") {
            return Token(kind: .newline, start: start, end: min(afterLineEnd(start), limit))
        }
        if let kind = punctuation(at: start) {
            let length = kind == .ellipsis && byte >= 0x80 ? 3 : kind.rawValue.utf8.count
            return Token(kind: kind, start: start, end: start + length)
        }
        var end = start + 1
        while end < limit, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return Token(kind: .unknown, start: start, end: end)
    }

    private func name(at start: Int) -> Token {
        let end = nameEnd(from: start)
        var token = Token(kind: .name, start: start, end: end)
        if end - start <= 8 { token.keyword = Keyword(rawValue: text(start..<end)) }
        return token
    }

    /// The end of the letters, digits and `_` at `offset`.
    func nameEnd(from offset: Int) -> Int {
        var offset = offset
        while offset < limit, Characters.isNamePart(bytes[offset]) { offset += 1 }
        return offset
    }

    private func digitsEnd(from offset: Int) -> Int {
        var offset = offset
        while offset < limit, Characters.isDigit(bytes[offset]) { offset += 1 }
        return offset
    }

    private func number(at start: Int, free: Bool) -> Token {
        var end = digitsEnd(from: start)
        if byte(end) == UInt8(ascii: "."), Characters.isDigit(byte(end + 1)) {
            end = digitsEnd(from: end + 1)
        }
        if byte(end) == UInt8(ascii: "%"), !operandFollows(end + 1, free: free) {
            return Token(kind: .percent, start: start, end: end + 1)
        }
        if let exponent = exponentEnd(from: end) {
            return Token(kind: .number, start: start, end: exponent)
        }
        guard Characters.isNameStart(byte(end)) else {
            return Token(kind: .number, start: start, end: end)
        }
        while end < limit {
            let dot = bytes[end] == UInt8(ascii: ".") && Characters.isDigit(bytes[end - 1])
            guard Characters.isNamePart(bytes[end]) || dot && Characters.isDigit(byte(end + 1))
            else { break }
            end += 1
        }
        return Token(kind: .unit, start: start, end: end)
    }

    /// The end of `e3`, `E-3` at `offset`, if no further letter makes it a unit.
    private func exponentEnd(from offset: Int) -> Int? {
        guard byte(offset) | 0x20 == UInt8(ascii: "e") else { return nil }
        let sign = byte(offset + 1) == UInt8(ascii: "+") || byte(offset + 1) == UInt8(ascii: "-")
        let digits = offset + (sign ? 2 : 1)
        let end = digitsEnd(from: digits)
        return end > digits && !Characters.isNamePart(byte(end)) ? end : nil
    }

    /// True when what follows a `%` makes it the remainder operator.
    private func operandFollows(_ offset: Int, free: Bool) -> Bool {
        let next = skipBlanks(from: offset, free: free)
        guard next < limit else { return false }
        switch bytes[next] {
        case UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "'"): return true
        case UInt8(ascii: "$"): return byte(next + 1) == UInt8(ascii: "{")
        case let byte where Characters.isDigit(byte): return true
        case let byte where Characters.isNameStart(byte):
            let word = text(next..<nameEnd(from: next))
            if let keyword = Keyword(rawValue: word) { return !keyword.continuesExpression }
            return !["sort", "by", "desc"].contains(word)
        default: return false
        }
    }

    /// The longest punctuation at an offset.
    private func punctuation(at offset: Int) -> TokenKind? {
        if has("...", at: offset) || has("…", at: offset) { return .ellipsis }
        if offset + 1 < limit, let kind = Self.pairs[Pair(bytes[offset], bytes[offset + 1])] {
            return kind
        }
        return Self.singles[bytes[offset]]
    }

    private struct Pair: Hashable {
        let first: UInt8
        let second: UInt8
        init(_ first: UInt8, _ second: UInt8) {
            self.first = first
            self.second = second
        }
    }

    private static let punctuationKinds: [TokenKind] = [
        .doubleQuote, .singleQuote, .hereDocument, .interpolation, .substitution, .leftParenthesis,
        .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma, .colon,
        .semicolon, .dot, .range, .arrow, .assign, .addAssign, .subtractAssign, .multiplyAssign,
        .divideAssign, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
        .matchesRegex, .plus, .minus, .star, .slash, .percentSign, .at, .bang, .question, .pipe,
        .doublePipe, .ampersand, .doubleAmpersand, .backquote, .dollar,
    ]

    private static let pairs: [Pair: TokenKind] = {
        var table: [Pair: TokenKind] = [:]
        for kind in punctuationKinds {
            let spelling = Array(kind.rawValue.utf8)
            if spelling.count == 2 { table[Pair(spelling[0], spelling[1])] = kind }
        }
        return table
    }()

    private static let singles: [UInt8: TokenKind] = {
        var table: [UInt8: TokenKind] = [:]
        for kind in punctuationKinds {
            let spelling = Array(kind.rawValue.utf8)
            if spelling.count == 1 { table[spelling[0]] = kind }
        }
        return table
    }()
}
