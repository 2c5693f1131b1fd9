/// The strings of KYAML.
enum KYAMLText {
    // MARK: Values

    /// A string in double quotes. One of several lines is folded, a line of text for each of its own.
    static func quoted(_ text: String, level: Int) -> String {
        quoted(text, level: level, folds: true)
    }

    private static func quoted(_ text: String, level: Int, folds: Bool) -> String {
        let scalars = Array(text.unicodeScalars)
        let isFolded = folds && scalars.contains("\n")
        let margin = String(repeating: "  ", count: level)
        var result = "\""
        if isFolded { result += "\\\n" }
        var isAtStart = isFolded
        for scalar in scalars {
            if isAtStart {
                // Blanks at the start of a line would be lost, so the first of them is escaped.
                let isBlank = scalar.properties.isWhitespace && scalar != "\n"
                result += margin + (isBlank ? "\\" : " ")
                isAtStart = false
            }
            if folds, scalar == "\n" {
                result += "\\n\\\n"
                isAtStart = true
            } else if folds, scalar == "\t" {
                result += "\t"
            } else {
                result += escaped(scalar)
            }
        }
        if isFolded {
            if !isAtStart { result += "\\\n" }
            result += margin
        }
        return result + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if let short = short[scalar] { return short }
        if isPrintable(scalar) { return String(Character(scalar)) }
        let digits = String(scalar.value, radix: 16)
        let (mark, width) =
            scalar.value < 0x20 || scalar.value == 0x7F
            ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\" + mark + String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    private static let short: [Unicode.Scalar: String] = [
        "\"": "\\\"", "\\": "\\\\", "\u{07}": "\\a", "\u{08}": "\\b", "\u{0C}": "\\f",
        "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{0B}": "\\v", "\0": "\\0", "\u{1B}": "\\e",
        "\u{85}": "\\N", "\u{A0}": "\\_", "\u{2028}": "\\L", "\u{2029}": "\\P",
    ]

    /// Source: Go's unicode.IsPrint.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    // MARK: Keys

    /// A key; in quotes only where it could be read as something else than a string.
    static func key(_ name: String) -> String {
        needsQuotes(name) ? quoted(name, level: 0, folds: false) : name
    }

    private static func needsQuotes(_ name: String) -> Bool {
        if isAmbiguous(name) { return true }
        let scalars = Array(name.unicodeScalars)
        return scalars.enumerated().contains { index, scalar in
            if scalar == "_" || isLetterOrNumber(scalar) { return false }
            let isInside = index > 0 && index < scalars.count - 1
            return !(isInside && (scalar == "-" || scalar == "." || scalar == "/"))
        }
    }

    private static func isLetterOrNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    private static let words: Set<String> = [
        "", "~", "null", "true", "y", "yes", "on", "false", "n", "no", "off", "t", "f", "1", "0",
        ".inf", "-.inf", "+.inf", ".nan", "inf", "-inf", "+inf", "infinity", "-infinity",
        "+infinity", "nan",
    ]

    /// Whether some reader of YAML takes the text for null, a boolean, a number or a time.
    private static func isAmbiguous(_ text: String) -> Bool {
        if words.contains(text.lowercased()) { return true }
        let plain = text.filter { $0 != "_" }
        let digits = plain.first == "+" || plain.first == "-" ? plain.dropFirst() : plain[...]
        guard let first = digits.first, first.isASCII, first.isNumber || first == "." else {
            return false
        }
        return isInteger(digits) || isDecimal(digits) || isSexagesimal(text) || isDate(text)
    }

    private static func isInteger(_ digits: Substring) -> Bool {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)]
        where digits.lowercased().hasPrefix(prefix) {
            return Int64(digits.dropFirst(2), radix: radix) != nil
        }
        return Int64(digits) != nil
    }

    /// `12`, `1.5`, `.5`, `5.`, `1e9`.
    private static func isDecimal(_ digits: Substring) -> Bool {
        let halves = digits.lowercased().split(
            separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        if halves.count == 2 {
            let sign = halves[1].first == "+" || halves[1].first == "-"
            let exponent = sign ? halves[1].dropFirst() : halves[1]
            guard !exponent.isEmpty, exponent.allSatisfy(isDigit) else { return false }
        }
        let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { $0.allSatisfy(isDigit) }
            && parts.contains { !$0.isEmpty }
    }

    /// `11:30`, which YAML 1.1 reads as a number of base 60.
    private static func isSexagesimal(_ text: String) -> Bool {
        let digits = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        let whole = digits.prefix { $0 != "." }
        let fraction = digits.dropFirst(whole.count + 1)
        let parts = whole.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts[0].first, first != "0", isDigit(first),
            parts[0].allSatisfy({ isDigit($0) || $0 == "_" }),
            fraction.allSatisfy({ isDigit($0) || $0 == "_" })
        else { return false }
        return parts.dropFirst().allSatisfy { part in
            part.allSatisfy(isDigit) && (part.count == 1 || part.count == 2 && part.first! < "6")
        }
    }

    /// `2006-1-2`, alone or before a time of day.
    private static func isDate(_ text: String) -> Bool {
        let date = text.prefix { isDigit($0) || $0 == "-" }
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4,
            parts.dropFirst().allSatisfy({ $0.count == 1 || $0.count == 2 }),
            let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
            (1...31).contains(day)
        else { return false }
        let rest = text.dropFirst(date.count)
        if rest.isEmpty { return true }
        guard let mark = rest.first, mark == "T" || mark == "t" || mark == " " else { return false }
        return rest.dropFirst().split(separator: ":").count == 3
    }

    private static func isDigit(_ character: Character) -> Bool {
        ("0"..."9").contains(character)
    }
}
