/// A string on its way into YAML: which of the styles can hold it, and its form in each.
struct YAMLText {
    private let string: String
    private(set) var isMultiline = false
    private var allowsPlain = true
    private var allowsSingleQuotes = true
    private var allowsBlock = true

    init(_ string: String) {
        self.string = string
        if string.isEmpty {
            allowsBlock = false
            return
        }
        analyze(Array(string.unicodeScalars))
    }

    /// The conditions are libyaml's (`yaml_emitter_analyze_scalar`), for block context.
    private mutating func analyze(_ scalars: [Unicode.Scalar]) {
        var hasIndicators = string.hasPrefix("---") || string.hasPrefix("...")
        var isSpecial = false
        var breakThenSpace = false
        var spaceThenBreak = false
        for (index, scalar) in scalars.enumerated() {
            let previous = index > 0 ? scalars[index - 1] : nil
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            let isBlankNext = next.map { Self.isBlank($0) || Self.isBreak($0) } ?? true
            switch scalar {
            case "#" where index == 0, ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"",
                "%", "@", "`":
                if index == 0 { hasIndicators = true }
            case "-", "?": if index == 0, isBlankNext { hasIndicators = true }
            case ":": if isBlankNext { hasIndicators = true }
            case "#":
                if let previous, Self.isBlank(previous) || Self.isBreak(previous) {
                    hasIndicators = true
                }
            default: break
            }
            // Line ends beyond ASCII are always escaped: upstream writes them raw, and its own
            // reader then takes them for blanks.
            if !Self.isPrintable(scalar) || Self.isBreak(scalar) && scalar != "\n" {
                isSpecial = true
            }
            if scalar == " " {
                if let previous, Self.isBreak(previous) { breakThenSpace = true }
            } else if Self.isBreak(scalar) {
                isMultiline = true
                if previous == " " { spaceThenBreak = true }
            }
        }
        let first = scalars[0]
        let last = scalars[scalars.count - 1]
        let hasBlankEnds =
            first == " " || last == " " || Self.isBreak(first) || Self.isBreak(last)
        allowsPlain =
            !hasBlankEnds && !breakThenSpace && !spaceThenBreak && !isSpecial && !isMultiline
            && !hasIndicators
        allowsSingleQuotes = !breakThenSpace && !spaceThenBreak && !isSpecial
        allowsBlock = last != " " && !spaceThenBreak && !isSpecial
    }

    /// Whether the string is written as a block (`|`): where it has a newline and can be.
    var isLiteral: Bool { allowsBlock && string.unicodeScalars.contains("\n") }

    /// The form on one line: of a key, or of anything that is not folded.
    var keyForm: String { form(column: 0, indent: nil) }

    /// The form of a value that starts at `column` (both count characters from 0). A line longer
    /// than 80 characters is broken at the next single blank; the rest goes to `indent`.
    func form(column: Int, indent: Int?) -> String {
        // A string that would read as something else gets double quotes; one that merely holds an
        // indicator single ones.
        let isString = YAMLScalar.resolve(string) == .string && !isSexagesimal
        let style: Style =
            isMultiline || !isString
            ? .doubleQuoted
            : allowsPlain ? .plain : allowsSingleQuotes ? .singleQuoted : .doubleQuoted
        var folder = YAMLFolder(style: style, column: column, indent: indent)
        return folder.fold(Array(string.unicodeScalars))
    }

    enum Style { case plain, singleQuoted, doubleQuoted }

    /// `1:20` and `-1:30:00.5`, which YAML 1.1 reads as numbers to the base 60.
    private var isSexagesimal: Bool {
        var rest = string.utf8[...]
        guard rest.contains(UInt8(ascii: ":")) else { return false }
        func digits(_ allowsUnderscore: Bool) -> Substring.UTF8View {
            rest.prefix {
                (0x30...0x39).contains($0) || (allowsUnderscore && $0 == UInt8(ascii: "_"))
            }
        }
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            rest = rest.dropFirst()
        }
        guard let first = rest.first, (0x30...0x39).contains(first) else { return false }
        rest = rest.dropFirst(digits(true).count)
        var parts = 0
        while rest.first == UInt8(ascii: ":") {
            rest = rest.dropFirst()
            let part = digits(false)
            guard part.count == 1 || (part.count == 2 && (part.first ?? 0) <= 0x35) else {
                return false
            }
            rest = rest.dropFirst(part.count)
            parts += 1
        }
        guard parts > 0 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            rest = rest.dropFirst(digits(true).count)
        }
        return rest.isEmpty
    }

    // MARK: Blocks

    /// What follows `|`: an indentation where the text begins with a blank, and how it ends.
    var blockHints: String {
        let scalars = Array(string.unicodeScalars)
        var hints = ""
        if let first = scalars.first, first == " " || Self.isBreak(first) { hints += "2" }
        guard let last = scalars.last, Self.isBreak(last) else { return hints + "-" }
        if scalars.count == 1 || Self.isBreak(scalars[scalars.count - 2]) { hints += "+" }
        return hints
    }

    /// The lines of a block, without their breaks.
    var lines: [ArraySlice<UInt8>] {
        let bytes = Array(string.utf8)
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if bytes.last == UInt8(ascii: "\n") { lines.removeLast() }
        return lines
    }

    // MARK: Classes of characters

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t"
    }

    static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    /// go-yaml's idea of it: no tab, and nothing beyond the basic plane.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
        default: false
        }
    }
}
