/// Splits an expression into words; what is no word is an issue and is passed over.
struct CELLexer {
    private let source: CELSource
    private var place = 0
    private(set) var tokens: [CELToken] = []
    private(set) var issues: [CELIssue] = []

    init(_ source: CELSource) {
        self.source = source
    }

    private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
        let index = place + offset
        return index < source.scalars.count ? source.scalars[index] : nil
    }

    mutating func run() {
        while let next = scalar() {
            if next == " " || next == "\t" || next == "\r" || next == "\n" || next == "\u{C}" {
                place += 1
            } else if next == "/", scalar(1) == "/" {
                while let next = scalar(), next != "\n" { place += 1 }
            } else {
                readToken()
            }
        }
        tokens.append(CELToken(kind: .end, range: place..<place))
    }

    private mutating func readToken() {
        let start = place
        if let kind = readString() ?? readNumber() ?? readName() ?? readMark() {
            tokens.append(CELToken(kind: kind, range: start..<place))
            return
        }
        // What was read of a text that does not end belongs to the error, as ANTLR tells it.
        if place == start {
            place += 1
            if let first = source.scalars[start...].first, first == "|" || first == "&",
                place < source.scalars.count
            {
                place += 1
            }
        }
        issues.append(
            source.issue(
                at: start,
                "Syntax error: token recognition error at: '\(source.text(start..<place))'"))
    }

    private mutating func readMark() -> CELTokenKind? {
        for sign in CELSign.marks {
            let text = sign.rawValue.unicodeScalars
            if text.enumerated().allSatisfy({ scalar($0.offset) == $0.element }) {
                place += text.count
                return .sign(sign)
            }
        }
        return nil
    }

    private mutating func readName() -> CELTokenKind? {
        let start = place
        if scalar() == "`" {
            var length = 1
            while let next = scalar(length), next.isNamePart || "./- ".unicodeScalars.contains(next)
            {
                length += 1
            }
            guard length > 1, scalar(length) == "`" else { return nil }
            place += length + 1
            return .quotedIdentifier
        }
        guard let first = scalar(), first.isNamePart, !first.isDigit else { return nil }
        while let next = scalar(), next.isNamePart { place += 1 }
        if place - start <= 5, let sign = CELSign.words[source.text(start..<place)] {
            return .sign(sign)
        }
        return .identifier
    }

    // MARK: Numbers

    private func digits(from offset: Int) -> Int {
        var count = 0
        while scalar(offset + count)?.isDigit == true { count += 1 }
        return count
    }

    private mutating func readNumber() -> CELTokenKind? {
        if scalar() == "0", scalar(1) == "x", scalar(2)?.hexDigit != nil {
            place += 2
            while scalar()?.hexDigit != nil { place += 1 }
            return readUnsignedMark() ? .uint : .int
        }
        let whole = digits(from: 0)
        var length = whole
        var isDouble = false
        if scalar(length) == "." {
            let fraction = digits(from: length + 1)
            if fraction > 0 {
                length += 1 + fraction
                isDouble = true
            }
        }
        guard length > 0 else { return nil }
        if scalar(length) == "e" || scalar(length) == "E" {
            let sign = scalar(length + 1) == "+" || scalar(length + 1) == "-" ? 1 : 0
            let exponent = digits(from: length + 1 + sign)
            if exponent > 0 {
                length += 1 + sign + exponent
                isDouble = true
            }
        }
        place += length
        if isDouble { return .double }
        return readUnsignedMark() ? .uint : .int
    }

    private mutating func readUnsignedMark() -> Bool {
        guard scalar() == "u" || scalar() == "U" else { return false }
        place += 1
        return true
    }

    // MARK: Texts

    /// A text with its prefixes; where it does not end or has a wrong escape, the place is behind what
    /// was read of it.
    private mutating func readString() -> CELTokenKind? {
        var prefix = 0
        var isBytes = false
        var isRaw = false
        if scalar() == "b" || scalar() == "B" {
            isBytes = true
            prefix = 1
        }
        if scalar(prefix) == "r" || scalar(prefix) == "R" {
            isRaw = true
            prefix += 1
        }
        guard let quote = scalar(prefix), quote == "\"" || quote == "'" else { return nil }
        let start = place
        place += prefix + 1
        if scalar() == quote, scalar(1) == quote {
            place += 2
            if readLongText(quote, isRaw: isRaw) { return isBytes ? .bytes : .string }
            // Two quotes are also the empty text.
            place = start + prefix + 2
            return isBytes ? .bytes : .string
        }
        return readShortText(quote, isRaw: isRaw) ? (isBytes ? .bytes : .string) : nil
    }

    private mutating func readShortText(_ quote: Unicode.Scalar, isRaw: Bool) -> Bool {
        while let next = scalar() {
            if next == quote {
                place += 1
                return true
            }
            if next == "\n" || next == "\r" {
                place += 1
                return false
            }
            if next == "\\", !isRaw {
                guard readEscape() else { return false }
            } else {
                place += 1
            }
        }
        return false
    }

    private mutating func readLongText(_ quote: Unicode.Scalar, isRaw: Bool) -> Bool {
        while let next = scalar() {
            if next == quote, scalar(1) == quote, scalar(2) == quote {
                place += 3
                return true
            }
            if next == "\\", !isRaw {
                guard readEscape() else { return false }
            } else {
                place += 1
            }
        }
        return false
    }

    private mutating func readEscape() -> Bool {
        place += 1
        guard let kind = scalar() else { return false }
        place += 1
        let count: Int
        switch kind {
        case "a", "b", "f", "n", "r", "t", "v", "\"", "'", "\\", "?", "`": return true
        case "x", "X": count = 2
        case "u": count = 4
        case "U": count = 8
        case "0", "1", "2", "3":
            for _ in 0..<2 {
                guard let digit = scalar() else { return false }
                place += 1
                guard digit >= "0", digit <= "7" else { return false }
            }
            return true
        default: return false
        }
        for _ in 0..<count {
            guard let digit = scalar() else { return false }
            place += 1
            guard digit.hexDigit != nil else { return false }
        }
        return true
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { self >= "0" && self <= "9" }

    /// Whether a name may hold it.
    var isNamePart: Bool {
        isDigit || (self >= "a" && self <= "z") || (self >= "A" && self <= "Z") || self == "_"
    }

    var hexDigit: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f": value - 0x61 + 10
        case "A"..."F": value - 0x41 + 10
        default: nil
        }
    }
}
