/// The tree of a regular expression.
indirect enum PatternNode {
    case empty
    case set(Pattern.CharacterSet)
    case assertion(Pattern.Assertion)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// At least, and at most where there is a bound.
    case repetition(PatternNode, Int, Int?)
}

/// Reads the syntax of RE2.
struct PatternParser {
    static let word = Pattern.CharacterSet(ranges: [48...57, 65...90, 95...95, 97...122])
    private static let digits = Pattern.CharacterSet(ranges: [48...57])
    private static let blanks = Pattern.CharacterSet(ranges: [9...10, 12...13, 32...32])
    private static let named: [String: [ClosedRange<UInt32>]] = [
        "alnum": [48...57, 65...90, 97...122], "alpha": [65...90, 97...122],
        "ascii": [0...127], "blank": [9...9, 32...32], "cntrl": [0...31, 127...127],
        "digit": [48...57], "graph": [33...126], "lower": [97...122], "print": [32...126],
        "punct": [33...47, 58...64, 91...96, 123...126], "space": [9...13, 32...32],
        "upper": [65...90], "word": [48...57, 65...90, 95...95, 97...122],
        "xdigit": [48...57, 65...70, 97...102],
    ]

    private let text: [Unicode.Scalar]
    private var place = 0
    private var ignoresCase = false
    private var dotMatchesNewline = false
    private var isMultiline = false
    private var depth = 0

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    private var peek: Unicode.Scalar? { place < text.count ? text[place] : nil }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        place += 1
        return true
    }

    private func error(_ message: String) -> PatternError {
        PatternError(message: "\(message) at character \(place + 1)")
    }

    mutating func parse() throws(PatternError) -> PatternNode {
        let node = try parseAlternatives()
        if peek != nil { throw error("a `)` without its `(`") }
        return node
    }

    private mutating func parseAlternatives() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        if depth > 100 { throw error("groups nest more than 100 levels deep") }
        var alternatives = [try parseSequence()]
        while accept("|") { alternatives.append(try parseSequence()) }
        return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
    }

    private mutating func parseSequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = peek, next != "|", next != ")" {
            let atom = try parseAtom()
            nodes.append(try parseRepetitions(of: atom))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    // MARK: Repetition

    private mutating func parseRepetitions(of atom: PatternNode) throws(PatternError) -> PatternNode
    {
        var node = atom
        var count = 0
        while let (low, high) = try parseCount() {
            count += 1
            if count > 1 { throw error("a repetition of a repetition") }
            _ = accept("?")
            node = .repetition(node, low, high)
        }
        return node
    }

    private mutating func parseCount() throws(PatternError) -> (Int, Int?)? {
        if accept("*") { return (0, nil) }
        if accept("+") { return (1, nil) }
        if accept("?") { return (0, 1) }
        guard peek == "{" else { return nil }
        let start = place
        place += 1
        guard let low = parseNumber() else {
            place = start
            return nil
        }
        var high: Int? = low
        if accept(",") { high = parseNumber() }
        guard accept("}") else {
            place = start
            return nil
        }
        if low > 1000 || (high ?? 0) > 1000 { throw error("a repetition count above 1000") }
        if let high, high < low { throw error("a repetition that ends before it starts") }
        return (low, high)
    }

    private mutating func parseNumber() -> Int? {
        var number: Int?
        while let digit = peek, Self.digits.contains(digit.value), (number ?? 0) < 100_000 {
            number = (number ?? 0) * 10 + Int(digit.value - 48)
            place += 1
        }
        return number
    }

    // MARK: Atoms

    private mutating func parseAtom() throws(PatternError) -> PatternNode {
        guard let next = peek else { return .empty }
        switch next {
        case "(": return try parseGroup()
        case "[": return .set(try parseClass())
        case "*", "+", "?": throw error("nothing to repeat before `\(next)`")
        case ".":
            place += 1
            let newline = Pattern.CharacterSet(ranges: dotMatchesNewline ? [] : [10...10])
            return .set(Pattern.CharacterSet(ranges: newline.ranges, isNegated: true))
        case "^":
            place += 1
            return .assertion(isMultiline ? .lineStart : .textStart)
        case "$":
            place += 1
            return .assertion(isMultiline ? .lineEnd : .textEnd)
        case "\\": return try parseEscape()
        default:
            place += 1
            return .set(literal(next.value))
        }
    }

    private func literal(_ character: UInt32) -> Pattern.CharacterSet {
        folded(Pattern.CharacterSet(ranges: [character...character]))
    }

    /// With both cases of ASCII letters when case does not count.
    private func folded(_ set: Pattern.CharacterSet) -> Pattern.CharacterSet {
        guard ignoresCase else { return set }
        var result = set
        for range in set.ranges {
            for (letters, shift) in [(UInt32(65)...90, 32), (UInt32(97)...122, -32)] {
                let low = max(range.lowerBound, letters.lowerBound)
                let high = min(range.upperBound, letters.upperBound)
                guard low <= high else { continue }
                let other =
                    UInt32(Int(low) + shift)...UInt32(Int(high) + shift)
                result.ranges.append(other)
            }
        }
        return result
    }

    private mutating func parseGroup() throws(PatternError) -> PatternNode {
        place += 1
        let outer = (ignoresCase, dotMatchesNewline, isMultiline)
        if accept("?") {
            if accept("P") || peek == "<" {
                guard accept("<") else { throw error("an unknown kind of group") }
                while let next = peek, next != ">" {
                    _ = next
                    place += 1
                }
                guard accept(">") else { throw error("a group name without `>`") }
            } else if try parseFlags() {
                return .empty
            }
        }
        let node = try parseAlternatives()
        guard accept(")") else { throw error("a `(` without its `)`") }
        (ignoresCase, dotMatchesNewline, isMultiline) = outer
        return node
    }

    /// `(?i)` holds to the end of the group around it: true; `(?i:…)` for its own: false.
    private mutating func parseFlags() throws(PatternError) -> Bool {
        var isOn = true
        while let next = peek {
            place += 1
            switch next {
            case "i": ignoresCase = isOn
            case "s": dotMatchesNewline = isOn
            case "m": isMultiline = isOn
            case "U": break
            case "-": isOn = false
            case ":": return false
            case ")": return true
            default: throw error("an unknown kind of group")
            }
        }
        throw error("a `(` without its `)`")
    }

    private mutating func parseEscape() throws(PatternError) -> PatternNode {
        if let set = try parseClassEscape() { return .set(set) }
        switch peek {
        case "b":
            place += 1
            return .assertion(.wordBoundary)
        case "B":
            place += 1
            return .assertion(.notWordBoundary)
        case "A":
            place += 1
            return .assertion(.textStart)
        case "z":
            place += 1
            return .assertion(.textEnd)
        default: return .set(literal(try parseCharacterEscape()))
        }
    }

    /// `\d` and its like; stands behind the backslash afterwards in any case.
    private mutating func parseClassEscape() throws(PatternError) -> Pattern.CharacterSet? {
        place += 1
        guard let next = peek else { throw error("a `\\` at the end") }
        let set: Pattern.CharacterSet
        switch next {
        case "d", "D": set = Self.digits
        case "w", "W": set = Self.word
        case "s", "S": set = Self.blanks
        default: return nil
        }
        place += 1
        return Pattern.CharacterSet(
            ranges: set.ranges, isNegated: next.value < 97)
    }

    private mutating func parseCharacterEscape() throws(PatternError) -> UInt32 {
        guard let next = peek else { throw error("a `\\` at the end") }
        place += 1
        switch next {
        case "n": return 10
        case "t": return 9
        case "r": return 13
        case "f": return 12
        case "v": return 11
        case "a": return 7
        case "x": return try parseHex()
        default:
            if Self.word.contains(next.value) { throw error("an unknown escape `\\\(next)`") }
            return next.value
        }
    }

    private mutating func parseHex() throws(PatternError) -> UInt32 {
        let isBraced = accept("{")
        var digits = ""
        while let next = peek, next.properties.isASCIIHexDigit,
            digits.count < (isBraced ? 6 : 2)
        {
            digits.unicodeScalars.append(next)
            place += 1
        }
        guard let value = UInt32(digits, radix: 16), !isBraced || accept("}") else {
            throw error("an incomplete `\\x`")
        }
        return value
    }

    // MARK: Classes

    private mutating func parseClass() throws(PatternError) -> Pattern.CharacterSet {
        place += 1
        var set = Pattern.CharacterSet(ranges: [])
        set.isNegated = accept("^")
        var isFirst = true
        while true {
            guard let next = peek else { throw error("a `[` without its `]`") }
            if next == "]", !isFirst {
                place += 1
                return folded(set)
            }
            isFirst = false
            if let ranges = try parseNamedClass() {
                set.ranges += ranges
                continue
            }
            guard let low = try parseClassCharacter(into: &set) else { continue }
            var high = low
            if peek == "-", place + 1 < text.count, text[place + 1] != "]" {
                place += 1
                guard let end = try parseClassCharacter(into: &set), end >= low else {
                    throw error("a range that ends before it starts")
                }
                high = end
            }
            set.ranges.append(low...high)
        }
    }

    private mutating func parseNamedClass() throws(PatternError) -> [ClosedRange<UInt32>]? {
        guard peek == "[", place + 1 < text.count, text[place + 1] == ":" else { return nil }
        var name = ""
        var end = place + 2
        while end < text.count, text[end] != ":" {
            name.unicodeScalars.append(text[end])
            end += 1
        }
        guard end + 1 < text.count, text[end + 1] == "]", let ranges = Self.named[name] else {
            throw error("an unknown class `[:\(name):]`")
        }
        place = end + 2
        return ranges
    }

    /// One character, or nil when a class escape was added to the set instead.
    private mutating func parseClassCharacter(
        into set: inout Pattern.CharacterSet
    ) throws(PatternError) -> UInt32? {
        guard let next = peek else { throw error("a `[` without its `]`") }
        guard next == "\\" else {
            place += 1
            return next.value
        }
        guard let inner = try parseClassEscape() else { return try parseCharacterEscape() }
        set.ranges += inner.isNegated ? Self.complement(inner.ranges) : inner.ranges
        return nil
    }

    /// What lies between ascending ranges.
    private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        result.append(next...0x10FFFF)
        return result
    }
}
