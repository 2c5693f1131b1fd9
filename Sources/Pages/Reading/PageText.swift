/// What a page's lines are once the marks of word processors and browsers are gone.
enum PageText {
    /// The lines of a page, whatever ends them.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\n", last == "\r" {
                // The second half of one line end.
            } else if scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" {
                lines.append(String(line))
                line = String.UnicodeScalarView()
            } else {
                line.append(scalar)
            }
            last = scalar
        }
        lines.append(String(line))
        return lines
    }

    /// A line without no-break blanks, invisible characters and HTML's entities.
    static func cleaned(_ line: String) -> String {
        if line.utf8.allSatisfy({ $0 < 128 && $0 != UInt8(ascii: "&") }) { return line }
        var result = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            switch scalar.value {
            case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: result.append(" ")
            case 0x200B...0x200F, 0x2060, 0xFEFF, 0xAD: break
            default: result.append(scalar)
            }
        }
        return decoded(String(result))
    }

    private static let entities: [(String, String)] = [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#34;", "\""),
        ("&apos;", "'"), ("&nbsp;", " "), ("&#x27;", "'"), ("&ndash;", "–"), ("&mdash;", "—"),
        ("&amp;", "&"),
    ]

    private static func decoded(_ line: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "&")) else { return line }
        return entities.reduce(line) { $0.replacing($1.0, with: $1.1) }
    }

    /// A command with the quotes and dashes that a shell knows: `–-image “a”` is `--image "a"`.
    static func command(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 128 }) { return text }
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "“", "”", "„", "«", "»", "＂": result.append("\"")
            case "‘", "’", "‚", "＇", "´": result.append("'")
            case "–", "—", "−", "‐", "‑", "―": appendDash(&result, &rest)
            case "＝": result.append("=")
            default: result.append(character)
            }
        }
        return result
    }

    /// A dash that a word processor made of one or two: two before a word, one before a letter.
    private static func appendDash(_ result: inout String, _ rest: inout Substring) {
        let isWordStart = result.last.map { $0 == " " || $0 == "\t" || $0 == "-" } ?? true
        guard isWordStart else { return result.append("-") }
        if let next = rest.first, "-–—−‐‑".contains(next) { rest.removeFirst() }
        if result.hasSuffix("-") { return result.append("-") }
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
        result.append(word.count > 1 ? "--" : "-")
    }

    /// Whether a line holds characters of Chinese, Japanese or Korean.
    static func isForeign(_ line: String) -> Bool {
        line.unicodeScalars.contains {
            (0x2E80...0x9FFF).contains($0.value) || (0xAC00...0xD7AF).contains($0.value)
                || (0xFF00...0xFFEF).contains($0.value)
        }
    }

    static func isBlank(_ line: some StringProtocol) -> Bool {
        line.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == 13 }
    }

    static func trimmed(_ line: some StringProtocol) -> String {
        var rest = Substring(line)
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" || last == "\r" {
            rest.removeLast()
        }
        return String(rest)
    }

    /// The words of a text, cut at blanks.
    static func words(_ text: some StringProtocol) -> [String] {
        text.split(whereSeparator: { (character: Character) in
            character == " " || character == "\t" || character == "\n"
        }).map { String($0) }
    }
}
