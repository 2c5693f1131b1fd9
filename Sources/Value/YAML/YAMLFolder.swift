/// Writes a string in one of the inline styles, folding long lines as libyaml does.
struct YAMLFolder {
    private let style: YAMLText.Style
    /// Where the next character goes on its line.
    private var column: Int
    /// The indentation of continued lines; nil where lines must not be broken.
    private let indent: Int?
    private var text = ""

    private static let bestWidth = 80

    init(style: YAMLText.Style, column: Int, indent: Int?) {
        self.style = style
        self.column = column
        self.indent = indent
    }

    mutating func fold(_ scalars: [Unicode.Scalar]) -> String {
        // go-yaml looks for a byte order mark only at the start, and then escapes everything.
        let escapesAll = scalars.first == "\u{FEFF}"
        if style == .singleQuoted { put("'") }
        if style == .doubleQuoted { put("\"") }
        var previousIsSpace = false
        for (index, scalar) in scalars.enumerated() {
            if scalar == " ", !escapesAll {
                if !previousIsSpace, breaks(at: index, of: scalars) {
                    breakLine()
                    if style == .doubleQuoted, scalars[index + 1] == " " { put("\\") }
                } else {
                    put(" ")
                }
                previousIsSpace = true
                continue
            }
            previousIsSpace = false
            write(scalar, escapesAll: escapesAll)
        }
        if style == .singleQuoted { put("'") }
        if style == .doubleQuoted { put("\"") }
        return text
    }

    /// Whether the blank at `index` may become a line break.
    private func breaks(at index: Int, of scalars: [Unicode.Scalar]) -> Bool {
        guard indent != nil, column > Self.bestWidth else { return false }
        let isInside = index > 0 && index < scalars.count - 1
        switch style {
        case .plain: return !(index + 1 < scalars.count && scalars[index + 1] == " ")
        case .singleQuoted: return isInside && scalars[index + 1] != " "
        case .doubleQuoted: return isInside
        }
    }

    private mutating func breakLine() {
        text += "\n" + String(repeating: " ", count: indent ?? 0)
        column = indent ?? 0
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        text.unicodeScalars.append(scalar)
        column += 1
    }

    private mutating func write(_ scalar: Unicode.Scalar, escapesAll: Bool) {
        switch style {
        case .plain: put(scalar)
        case .singleQuoted:
            if scalar == "'" { put("'") }
            put(scalar)
        case .doubleQuoted:
            let isPlain =
                YAMLText.isPrintable(scalar) && !YAMLText.isBreak(scalar) && scalar != "\""
                && scalar != "\\" && !escapesAll
            if isPlain { return put(scalar) }
            for character in Self.escape(scalar).unicodeScalars { put(character) }
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\0": return "\\0"
        case "\u{07}": return "\\a"
        case "\u{08}": return "\\b"
        case "\t": return "\\t"
        case "\n": return "\\n"
        case "\u{0B}": return "\\v"
        case "\u{0C}": return "\\f"
        case "\r": return "\\r"
        case "\u{1B}": return "\\e"
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\u{85}": return "\\N"
        case "\u{A0}": return "\\_"
        case "\u{2028}": return "\\L"
        case "\u{2029}": return "\\P"
        default: break
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (mark, width) =
            scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
        return "\\" + mark + String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
