/// Reads basic and extended expressions of POSIX with GNU's additions (`\w`, `\b`, `\<`, and in basic
/// ones `\+`, `\?`, `\|`). Errors have the words of GNU's library.
///
/// In basic expressions `+ ? | ( ) { }` are plain unless escaped, in extended ones the other way
/// round. Lenient extended ones, as grep and awk read them, take a `{` or `)` that ends up without a
/// meaning as itself and pass over a `*` that has nothing to repeat; sed refuses these. Back-references are refused: no automaton of bounded size knows them.
struct POSIXPatternParser {
    private let text: [Unicode.Scalar]
    private let isExtended: Bool
    private let isLenient: Bool
    private let isMultiline: Bool
    private var warnings: [String] = []
    private var place = 0
    private var depth = 0
    private var groupCount = 0

    static let maximumDepth = 100
    /// RE_DUP_MAX of GNU's library.
    static let maximumCount = 32_767

    init(_ text: String, isExtended: Bool, isLenient: Bool = false, isMultiline: Bool = false) {
        self.text = Array(text.unicodeScalars)
        self.isExtended = isExtended
        self.isLenient = isLenient
        self.isMultiline = isMultiline
    }

    mutating func parse() throws(PatternError) -> ParsedPattern {
        let root = try parseAlternatives()
        if place < text.count { throw PatternError("Unmatched ) or \\)") }
        return ParsedPattern(
            root: root, groupCount: groupCount, warnings: warnings, usesUnicodeWords: true)
    }

    private var peek: Unicode.Scalar? { place < text.count ? text[place] : nil }

    /// alternatives = sequence { "|" sequence }
    private mutating func parseAlternatives() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth { throw PatternError("Regular expression too big") }
        var choices = [try parseSequence()]
        while takeOperator("|") { choices.append(try parseSequence()) }
        return choices.count == 1 ? choices[0] : .alternatives(choices)
    }

    /// sequence = { atom { repetition } }
    private mutating func parseSequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        // Whether an operator that repeats would have nothing to repeat.
        var isStart = true
        while place < text.count, !atOperator("|"), !atEndOfGroup {
            if isStart, try passOverOperator() { continue }
            let atom = try parseAtom(isStart: isStart)
            // Behind a `^` an operator has nothing to repeat either.
            if case .assertion(let kind) = atom, kind == .textStart || kind == .lineStart {
                nodes.append(atom)
                continue
            }
            isStart = false
            nodes.append(try parseRepetitions(of: atom))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    /// A `)` without its `(` is plain in a lenient expression.
    private var atEndOfGroup: Bool { atOperator(")") && (depth > 1 || !isLenient) }

    /// An operator that repeats, at the start of a part; false where it is plain.
    private mutating func passOverOperator() throws(PatternError) -> Bool {
        guard isExtended else {
            if atOperator("{") { throw PatternError("Invalid preceding regular expression") }
            return false
        }
        let start = place
        guard let next = peek, "*+?{".unicodeScalars.contains(next) else { return false }
        guard isLenient else { throw PatternError("Invalid preceding regular expression") }
        guard try parseCount() != nil else {
            place = start
            return false
        }
        warnings.append("\(next == "{" ? "{...}" : String(next)) at start of expression")
        return true
    }

    // MARK: Repetition

    private mutating func parseRepetitions(
        of atom: PatternNode
    ) throws(PatternError) -> PatternNode {
        var node = atom
        while let count = try parseCount() {
            if case .repetition(let inner, let outer) = node, outer.least < 2, count.least < 2,
                outer.most ?? 1 == 1, count.most ?? 1 == 1
            {
                // `a**` is `a*`; nesting would only cost states.
                let isEndless = outer.most == nil || count.most == nil
                node = .repetition(
                    inner,
                    PatternCount(
                        least: min(outer.least, count.least), most: isEndless ? nil : 1))
            } else {
                node = .repetition(node, count)
            }
        }
        return node
    }

    private mutating func parseCount() throws(PatternError) -> PatternCount? {
        if peek == "*" {
            place += 1
            return PatternCount(least: 0, most: nil)
        }
        if takeOperator("+") { return PatternCount(least: 1, most: nil) }
        if takeOperator("?") { return PatternCount(least: 0, most: 1) }
        return atOperator("{") ? try parseBraces() : nil
    }

    /// `{3}`, `{1,}`, `{,3}`, `{1,3}`; nil, and nothing read, where a brace is plain text.
    private mutating func parseBraces() throws(PatternError) -> PatternCount? {
        let start = place
        _ = takeOperator("{")
        let low = parseNumber()
        var high = low
        var isRange = false
        if peek == "," {
            place += 1
            isRange = true
            high = parseNumber()
        }
        guard takeOperator("}"), low != nil || isRange else {
            if isLenient {
                place = start
                return nil
            }
            throw PatternError(
                place >= text.count ? "Unmatched \\{" : "Invalid content of \\{\\}")
        }
        let least = low ?? 0
        guard max(least, high ?? 0) <= Self.maximumCount else {
            throw PatternError("Regular expression too big")
        }
        guard least <= high ?? least else { throw PatternError("Invalid content of \\{\\}") }
        return PatternCount(least: least, most: high)
    }

    private mutating func parseNumber() -> Int? {
        var number: Int?
        while let digit = peek, CharacterSet.digits.contains(digit.value) {
            number = min(100_000, (number ?? 0) * 10 + Int(digit.value - 48))
            place += 1
        }
        return number
    }

    // MARK: Atoms

    private mutating func parseAtom(isStart: Bool) throws(PatternError) -> PatternNode {
        if takeOperator("(") { return try parseGroup() }
        let next = text[place]
        place += 1
        switch next {
        case ".": return .set(.everything)
        case "[": return .set(try parseSet())
        case "^" where isExtended || isStart:
            return .assertion(isMultiline ? .lineStart : .textStart)
        case "$" where isExtended || isAtEnd: return .assertion(isMultiline ? .lineEnd : .textEnd)
        case "\\": return try parseEscape()
        // A leading `*` of a basic expression is plain: there is nothing to repeat.
        default: return .set(CharacterSet(next.value))
        }
    }

    /// Whether a `$` just read ends the expression or a part of it.
    private var isAtEnd: Bool { place == text.count || atOperator("|") || atOperator(")") }

    private mutating func parseGroup() throws(PatternError) -> PatternNode {
        groupCount += 1
        let number = groupCount
        let inner = try parseAlternatives()
        guard takeOperator(")") else { throw PatternError("Unmatched ( or \\(") }
        return .group(inner, number)
    }

    private mutating func parseEscape() throws(PatternError) -> PatternNode {
        guard let next = peek else { throw PatternError("Trailing backslash") }
        place += 1
        switch next {
        case "w": return .set(.unicodeWord)
        case "W":
            var set = CharacterSet.unicodeWord
            set.invert()
            return .set(set)
        case "s": return .set(Self.space(isNegated: false))
        case "S": return .set(Self.space(isNegated: true))
        case "b": return .assertion(.wordBoundary)
        case "B": return .assertion(.notWordBoundary)
        case "<": return .assertion(.wordStart)
        case ">": return .assertion(.wordEnd)
        case "`": return .assertion(.textStart)
        case "'": return .assertion(.textEnd)
        case "1"..."9":
            guard next.value - 48 <= UInt32(groupCount) else {
                throw PatternError("Invalid back reference")
            }
            throw PatternError("back-references (\\\(next)) are not supported in a pattern")
        default: return .set(CharacterSet(next.value))
        }
    }

    private static func space(isNegated: Bool) -> CharacterSet {
        var set = CharacterSet.posix(named: "space") ?? .blanks
        if isNegated { set.invert() }
        return set
    }

    // MARK: Bracket expressions

    private static let unmatchedBracket = PatternError("Unmatched [, [^, [:, [., or [=")

    private mutating func parseSet() throws(PatternError) -> CharacterSet {
        var set = CharacterSet()
        let isNegated = peek == "^"
        if isNegated { place += 1 }
        let first = place
        while let next = peek {
            if next == "]", place > first {
                place += 1
                if isNegated { set.invert() }
                return set
            }
            if next == "[", place + 1 < text.count, text[place + 1] == ":" {
                set.formUnion(try parseClass())
                continue
            }
            let low = try parseMember()
            var high = low
            if peek == "-", place + 1 < text.count, text[place + 1] != "]" {
                place += 1
                high = try parseMember()
            }
            guard low <= high else { throw PatternError("Invalid range end") }
            set.insert(low...high)
        }
        throw Self.unmatchedBracket
    }

    /// A character, `[.c.]` or `[=c=]`.
    private mutating func parseMember() throws(PatternError) -> UInt32 {
        let next = text[place]
        if next == "[", place + 1 < text.count, text[place + 1] == "." || text[place + 1] == "=" {
            let mark = text[place + 1]
            guard place + 4 < text.count, text[place + 3] == mark, text[place + 4] == "]" else {
                throw PatternError("Invalid collation character")
            }
            let value = text[place + 2].value
            place += 5
            return value
        }
        place += 1
        return next.value
    }

    private mutating func parseClass() throws(PatternError) -> CharacterSet {
        var name = ""
        var end = place + 2
        while end < text.count, text[end] != ":" {
            name.unicodeScalars.append(text[end])
            end += 1
        }
        guard end + 1 < text.count, text[end + 1] == "]" else { throw Self.unmatchedBracket }
        guard let set = CharacterSet.posix(named: name) else {
            throw PatternError("Invalid character class name")
        }
        place = end + 2
        return set
    }

    // MARK: Operators: plain in extended expressions, escaped in basic ones

    private func atOperator(_ character: Unicode.Scalar) -> Bool {
        if isExtended { return peek == character }
        return peek == "\\" && place + 1 < text.count && text[place + 1] == character
    }

    private mutating func takeOperator(_ character: Unicode.Scalar) -> Bool {
        guard atOperator(character) else { return false }
        place += isExtended ? 1 : 2
        return true
    }
}
