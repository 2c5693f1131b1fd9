enum AwkToken: Equatable {
    case number(Double)
    case text([UInt8])
    case regex([UInt8])
    case name(String)
    /// A name glued to the `(` of its arguments.
    case function(AwkFunction)
    case keyword(AwkKeyword)
    case symbol(String)
    case newline
    case end
}

enum AwkKeyword: String, CaseIterable {
    case begin = "BEGIN", end = "END", `break`, `continue`, delete, `do`, `else`, exit, `for`,
        function, getline, `if`, `in`, next, nextfile, print, printf, `return`, system, `while`
}

/// Cuts a program into tokens.
struct AwkLexer {
    private let bytes: [UInt8]
    private var place = 0
    private(set) var tokens: [(token: AwkToken, line: Int)] = []
    private var line = 1

    init(_ text: String) throws(ToolStop) {
        bytes = Array(text.utf8)
        guard bytes.count <= 1 << 20 else {
            throw .failure("a program of more than \(1 << 20) bytes", status: 2)
        }
        while let token = try next() { tokens.append((token, line)) }
        tokens.append((.end, line + (bytes.last == .newline ? 0 : 1)))
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func byte(_ offset: Int) -> UInt8? {
        place + offset < bytes.count ? bytes[place + offset] : nil
    }

    /// Whether an operand has just ended, so that a `/` divides.
    private var isBehindOperand: Bool {
        switch tokens.last?.token {
        case .number, .text, .regex, .name: true
        case .function(let function): function == .length
        case .symbol(let symbol): [")", "]", "$", "++", "--"].contains(symbol)
        case .keyword, .newline, .end, nil: false
        }
    }

    private mutating func next() throws(ToolStop) -> AwkToken? {
        skipBlanks()
        guard let next = peek else { return nil }
        if next == .newline {
            place += 1
            line += 1
            return .newline
        }
        if next.isDigit || next == UInt8(ascii: ".") && byte(1)?.isDigit == true { return number() }
        if next.isLetter || next == UInt8(ascii: "_") { return word() }
        if next == UInt8(ascii: "\"") {
            place += 1
            return .text(try delimited(next, isPattern: false))
        }
        if next == UInt8(ascii: "/"), !isBehindOperand {
            place += 1
            return .regex(try delimited(next, isPattern: true))
        }
        return .symbol(try symbol(next))
    }

    private mutating func skipBlanks() {
        while let next = peek {
            if next == .space || next == .tab || next == 13 {
                place += 1
            } else if next == UInt8(ascii: "\\"), byte(1) == .newline {
                place += 2
                line += 1
            } else if next == UInt8(ascii: "#") {
                while let other = peek, other != .newline {
                    _ = other
                    place += 1
                }
            } else {
                return
            }
        }
    }

    private mutating func number() -> AwkToken {
        let (number, length) = NumberText.scan(bytes[place...])
        place += max(1, length)
        return .number(number)
    }

    private mutating func word() -> AwkToken {
        let start = place
        while let next = peek, next.isLetter || next.isDigit || next == UInt8(ascii: "_") {
            place += 1
        }
        let text = bytes[start..<place].text
        if text == "func" { return .keyword(.function) }
        if let keyword = AwkKeyword(rawValue: text) { return .keyword(keyword) }
        if let function = AwkFunction(rawValue: text) { return .function(function) }
        return .name(text)
    }

    private static let symbols: [[String]] = [
        ["**="],
        [
            "&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=",
            "!~",
            ">>", "**",
        ],
        [
            "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">",
            "=", "~", "?", ":", "$", "|",
        ],
    ]

    private mutating func symbol(_ next: UInt8) throws(ToolStop) -> String {
        for symbols in Self.symbols {
            for symbol in symbols where bytes[place...].starts(with: symbol.utf8) {
                place += symbol.utf8.count
                return symbol.replacingStars
            }
        }
        let shown =
            bytes[place...].prefix(1) + bytes[place...].dropFirst().prefix { $0 & 0xC0 == 0x80 }
        throw .failure("\(line): unexpected character '\(shown.text)'", status: 2)
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
        UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
        UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    ]

    private mutating func delimited(_ end: UInt8, isPattern: Bool) throws(ToolStop) -> [UInt8] {
        var text: [UInt8] = []
        while let next = peek, next != .newline {
            place += 1
            if next == end { return isPattern ? text : Self.unescaped(text) }
            text.append(next)
            if next == UInt8(ascii: "\\"), let escaped = peek {
                place += 1
                // A slash that is escaped does not end the pattern, and is plain.
                if isPattern, escaped == end { text.removeLast() }
                if escaped == .newline {
                    text.removeLast()
                    line += 1
                } else {
                    text.append(escaped)
                }
            }
        }
        let kind = isPattern ? "regular expression" : "string"
        throw .failure(
            "line \(line): runaway \(kind) \(isPattern ? "/" : "\"")\(text.prefix(10).text) ...",
            status: 2)
    }

    /// A text with its escapes replaced; an unknown one stays as it is.
    static func unescaped(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        while place < text.count {
            guard text[place] == UInt8(ascii: "\\"), place + 1 < text.count else {
                result.append(text[place])
                place += 1
                continue
            }
            let next = text[place + 1]
            place += 2
            if let byte = escapes[next] {
                result.append(byte)
            } else if (0x30...0x37).contains(next) {
                var value = Int(next - 0x30)
                for _ in 0..<2 {
                    guard place < text.count, (0x30...0x37).contains(text[place]) else { break }
                    value = value * 8 + Int(text[place] - 0x30)
                    place += 1
                }
                result.append(UInt8(truncatingIfNeeded: value))
            } else {
                result += [UInt8(ascii: "\\"), next]
            }
        }
        return result
    }
}

extension String {
    /// `**` is another way to write `^`.
    fileprivate var replacingStars: String {
        switch self {
        case "**": "^"
        case "**=": "^="
        default: self
        }
    }
}
