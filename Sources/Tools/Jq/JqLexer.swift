import Value

enum JqToken: Equatable {
    case number(Value)
    /// A text with what is inserted, and the `@format` before it that formats the insertions.
    case string([JqStringPart], format: String?)
    case format(String)
    /// `.name`
    case field(String)
    case variable(String)
    case name(String)
    case keyword(JqKeyword)
    case symbol(String)
    case end
}

indirect enum JqStringPart: Equatable {
    case text(String)
    case tokens([JqToken])
}

enum JqKeyword: String {
    case def, `if`, then, elif, `else`, end, `as`, reduce, foreach, `try`, `catch`, label, and, or
}

/// Cuts a filter into tokens.
struct JqLexer {
    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0
    private(set) var tokens: [JqToken] = []

    init(_ text: String) throws(JqCompileError) {
        bytes = Array(text.utf8)
        guard bytes.count <= 1 << 20 else {
            throw JqCompileError("a filter of more than \(1 << 20) bytes")
        }
        try readTokens()
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Reads tokens up to the end, or up to the `)` of an insertion.
    private mutating func readTokens() throws(JqCompileError) {
        var open = 0
        while let next = peek {
            if next.isSpace {
                place += 1
            } else if next == UInt8(ascii: "#") {
                while let other = peek, other != .newline {
                    _ = other
                    place += 1
                }
            } else {
                if depth > 0 {
                    if next == UInt8(ascii: "(") { open += 1 }
                    if next == UInt8(ascii: ")") {
                        if open == 0 { break }
                        open -= 1
                    }
                }
                tokens.append(try readToken(next))
            }
        }
        tokens.append(.end)
    }

    private mutating func readToken(_ next: UInt8) throws(JqCompileError) -> JqToken {
        if next == UInt8(ascii: "\"") { return .string(try readString(), format: nil) }
        if next.isDigit || next == UInt8(ascii: ".") && byte(1)?.isDigit == true {
            return try readNumber()
        }
        if next == UInt8(ascii: "."), let letter = byte(1),
            letter.isLetter || letter == UInt8(ascii: "_")
        {
            place += 1
            return .field(readName())
        }
        if next == UInt8(ascii: "$"), let letter = byte(1),
            letter.isLetter || letter == UInt8(ascii: "_")
        {
            place += 1
            return .variable(readName())
        }
        if next == UInt8(ascii: "@"), byte(1)?.isLetter == true {
            place += 1
            let name = readName()
            let mark = place
            while let blank = peek, blank.isSpace {
                _ = blank
                place += 1
            }
            if peek == UInt8(ascii: "\"") { return .string(try readString(), format: name) }
            place = mark
            return .format(name)
        }
        if next.isLetter || next == UInt8(ascii: "_") {
            let name = readName(allowsModules: true)
            return JqKeyword(rawValue: name).map { .keyword($0) } ?? .name(name)
        }
        return .symbol(try readSymbol(next))
    }

    private func byte(_ offset: Int) -> UInt8? {
        place + offset < bytes.count ? bytes[place + offset] : nil
    }

    private mutating func readName(allowsModules: Bool = false) -> String {
        let start = place
        while let next = peek {
            let isPart = next.isLetter || next.isDigit || next == UInt8(ascii: "_")
            let isModule = allowsModules && next == UInt8(ascii: ":") && byte(1) == next
            guard isPart || isModule else { break }
            place += isModule ? 2 : 1
        }
        return bytes[start..<place].text
    }

    private mutating func readNumber() throws(JqCompileError) -> JqToken {
        let (number, length) = NumberText.scan(bytes[place...])
        let text = bytes[place..<(place + length)]
        place += max(1, length)
        if text.allSatisfy(\.isDigit), let whole = Int64(text.text) { return .number(.int(whole)) }
        return .number(.double(number))
    }

    private static let symbols = [
        "?//=", "?//", "//=", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "//",
        "..",
        ".", "[", "]", "{", "}", "(", ")", "|", ",", ":", ";", "=", "<", ">", "+", "-", "*", "/",
        "%",
        "?", "$",
    ]

    private mutating func readSymbol(_ next: UInt8) throws(JqCompileError) -> String {
        for symbol in Self.symbols where bytes[place...].starts(with: symbol.utf8) {
            place += symbol.utf8.count
            return symbol
        }
        throw JqCompileError.unexpected("INVALID_CHARACTER")
    }

    // MARK: Strings

    private mutating func readString() throws(JqCompileError) -> [JqStringPart] {
        place += 1
        var parts: [JqStringPart] = []
        var text: [UInt8] = []
        while let next = peek {
            place += 1
            if next == UInt8(ascii: "\"") {
                if !text.isEmpty || parts.isEmpty { parts.append(.text(text.text)) }
                return parts
            }
            guard next == UInt8(ascii: "\\"), let escaped = peek else {
                text.append(next)
                continue
            }
            place += 1
            if escaped == UInt8(ascii: "(") {
                if !text.isEmpty { parts.append(.text(text.text)) }
                text = []
                parts.append(.tokens(try readInsertion()))
            } else {
                try readEscape(escaped, &text)
            }
        }
        throw JqCompileError.unexpected("$end")
    }

    private mutating func readInsertion() throws(JqCompileError) -> [JqToken] {
        let outer = tokens
        tokens = []
        depth += 1
        defer {
            depth -= 1
            tokens = outer
        }
        if depth > 50 { throw JqCompileError("insertions nested too deeply") }
        try readTokens()
        guard peek == UInt8(ascii: ")") else { throw JqCompileError.unexpected("$end") }
        place += 1
        return tokens
    }

    private mutating func readEscape(_ escaped: UInt8, _ text: inout [UInt8]) throws(JqCompileError)
    {
        switch escaped {
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escaped)
        case UInt8(ascii: "u"):
            guard var value = readHex() else {
                throw JqCompileError.unexpected("INVALID_CHARACTER")
            }
            if (0xD800..<0xDC00).contains(value), byte(0) == UInt8(ascii: "\\"),
                byte(1) == UInt8(ascii: "u")
            {
                place += 2
                let low = readHex() ?? 0
                if (0xDC00..<0xE000).contains(low) {
                    value = 0x10000 + (value - 0xD800) << 10 + low - 0xDC00
                }
            }
            text += Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
        default: throw JqCompileError.unexpected("INVALID_CHARACTER")
        }
    }

    private mutating func readHex() -> UInt32? {
        guard place + 4 <= bytes.count,
            let value = UInt32(bytes[place..<(place + 4)].text, radix: 16)
        else { return nil }
        place += 4
        return value
    }
}

/// Why a text is no filter.
struct JqCompileError: Error {
    let message: String

    init(_ message: String) { self.message = message }

    static func unexpected(_ token: String) -> JqCompileError {
        JqCompileError("syntax error, unexpected \(token) (Unix shell quoting issues?)")
    }
}
