import Support

// Numbers, percentages and numbers with units.

extension Parser {
    /// number = integer | float | percent | unit number ;
    mutating func parseNumber(_ token: Token) -> Expression {
        let text = lexer.text(token.start..<token.end)
        let excess = checkDigits(token, text)
        advance()
        if excess > 0 { move(to: token.end + excess) }
        return Expression(kind: numberKind(token, text), span: token.span)
    }

    private mutating func numberKind(_ token: Token, _ text: String) -> ExpressionKind {
        switch token.kind {
        case .percent: return .percent(String(text.dropLast()))
        case .unit: return .unit(unit(token, text))
        default: break
        }
        if text.utf8.allSatisfy(Characters.isDigit) {
            guard let value = Int64(text) else {
                report(.integerTooLarge(text), at: token.span)
                return .integer(.max)
            }
            return .integer(value)
        }
        let digits = text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        let isZero = digits.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
        guard let value = Double(text), value.isFinite, value.isNormal || isZero else {
            let isSmall = Double(text)?.isFinite ?? false
            report(isSmall ? .floatTooSmall(text) : .floatTooLarge(text), at: token.span)
            return .float(.greatestFiniteMagnitude)
        }
        return .float(value)
    }

    /// No leading zeros, and nothing like `1.` after it.
    ///
    /// - Returns: how many bytes after the token belong to what was reported.
    private mutating func checkDigits(_ token: Token, _ text: String) -> Int {
        let first = lexer.byte(token.start)
        if first == UInt8(ascii: "0"), Characters.isDigit(lexer.byte(token.start + 1)) {
            let trimmed = text.drop { $0 == "0" }
            let rest = trimmed.first?.isNumber == true ? String(trimmed) : "0" + trimmed
            report(.leadingZero(found: text, write: rest), at: token.span)
        }
        guard token.kind == .number, lexer.byte(token.end) == UInt8(ascii: ".") else { return 0 }
        let next = lexer.byte(token.end + 1)
        if next != UInt8(ascii: "."), !Characters.isNameStart(next) {
            report(
                .incompleteNumber(found: text + ".", write: text + ".0"),
                at: SourceSpan(start: token.start, end: token.end + 1))
            return 1
        }
        return 0
    }

    private mutating func unit(_ token: Token, _ text: String) -> UnitLiteral {
        let literal = UnitLiteral(
            text: text, isDuration: Units.isDuration(text), isQuantity: Units.isQuantity(text))
        if literal.isDuration || literal.isQuantity { return literal }
        report(.unknownUnit(found: text, nearest: Units.suggestion(for: text)), at: token.span)
        return literal
    }
}

/// The two ways to read a number with letters.
enum Units {
    private static let durations = ["ms", "s", "m", "h", "d"]
    private static let quantities = [
        "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
    ]
    /// What people write for the units, and what is meant.
    private static let words: [String: String] = [
        "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m",
        "minute": "m", "minutes": "m", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
        "day": "d", "days": "d", "K": "k", "KB": "k", "kB": "k", "KiB": "Ki", "MB": "M",
        "MiB": "Mi", "GB": "G", "GiB": "Gi", "TB": "T", "TiB": "Ti", "mi": "Mi", "gi": "Gi",
        "ki": "Ki", "ti": "Ti", "g": "G", "Mb": "M", "Gb": "G", "S": "s", "H": "h", "D": "d",
    ]

    /// One or more numbers, each with a unit of time.
    static func isDuration(_ text: String) -> Bool {
        var rest = Substring(text)
        repeat {
            guard let unit = takeUnit(&rest), durations.contains(unit) else { return false }
        } while !rest.isEmpty
        return true
    }

    /// One number with a suffix of quantities.
    static func isQuantity(_ text: String) -> Bool {
        var rest = Substring(text)
        guard let unit = takeUnit(&rest), rest.isEmpty else { return false }
        return quantities.contains(unit)
    }

    static func suggestion(for text: String) -> String? {
        var rest = Substring(text)
        guard let unit = takeUnit(&rest), rest.isEmpty, let known = words[unit] else { return nil }
        return text.dropLast(unit.count) + known
    }

    /// Drops a number and the letters after it; gives the letters.
    private static func takeUnit(_ rest: inout Substring) -> String? {
        let digits = rest.prefix { $0.isNumber }
        rest = rest.dropFirst(digits.count)
        if rest.first == "." { rest = rest.dropFirst().drop { $0.isNumber } }
        let unit = rest.prefix { !$0.isNumber }
        rest = rest.dropFirst(unit.count)
        return digits.isEmpty || unit.isEmpty ? nil : String(unit)
    }
}
