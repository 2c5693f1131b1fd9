/// Reads the syntax of RE2, which Go and Kubernetes use.
struct PatternParser {
    private let text: [Unicode.Scalar]
    private var place = 0
    private var ignoresCase = false
    private var dotMatchesNewline = false
    private var isMultiline = false
    private var isUngreedy = false
    private var depth = 0
    private var groupCount = 0
    private var names: [(name: String, group: Int)] = []

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    private var peek: Unicode.Scalar? { place < text.count ? text[place] : nil }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        place += 1
        return true
    }

    private func error(_ message: String) -> PatternError {
        PatternError("\(message) at character \(place + 1)")
    }

    mutating func parse() throws(PatternError) -> ParsedPattern {
        let node = try parseAlternatives()
        if peek != nil { throw error("a `)` without its `(`") }
        return ParsedPattern(root: node, groupCount: groupCount, names: names)
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
            let isLazy = accept("?") != isUngreedy
            node = .repetition(node, PatternCount(least: low, most: high, isLazy: isLazy))
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
        while let digit = peek, CharacterSet.digits.contains(digit.value), (number ?? 0) < 100_000 {
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
            return .set(dotMatchesNewline ? .everything : .notNewline)
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

    private func literal(_ character: UInt32) -> CharacterSet { folded(CharacterSet(character)) }

    /// With both cases of letters when case does not count.
    private func folded(_ set: CharacterSet) -> CharacterSet { ignoresCase ? set.folded() : set }

    private mutating func parseGroup() throws(PatternError) -> PatternNode {
        place += 1
        let outer = (ignoresCase, dotMatchesNewline, isMultiline, isUngreedy)
        var number: Int?
        if accept("?") {
            if accept("P") || peek == "<" {
                guard accept("<") else { throw error("an unknown kind of group") }
                let name = try parseGroupName()
                groupCount += 1
                number = groupCount
                names.append((name, groupCount))
            } else if try parseFlags() {
                return .empty
            }
        } else {
            groupCount += 1
            number = groupCount
        }
        let node = try parseAlternatives()
        guard accept(")") else { throw error("a `(` without its `)`") }
        (ignoresCase, dotMatchesNewline, isMultiline, isUngreedy) = outer
        return number.map { .group(node, $0) } ?? node
    }

    private mutating func parseGroupName() throws(PatternError) -> String {
        var name = ""
        while let next = peek, next != ">" {
            name.unicodeScalars.append(next)
            place += 1
        }
        guard accept(">") else { throw error("a group name without `>`") }
        return name
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
            case "U": isUngreedy = isOn
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
    private mutating func parseClassEscape() throws(PatternError) -> CharacterSet? {
        place += 1
        guard let next = peek else { throw error("a `\\` at the end") }
        let set: CharacterSet
        switch next {
        case "d", "D": set = CharacterSet.digits
        case "w", "W": set = CharacterSet.word
        case "s", "S": set = CharacterSet.blanks
        default: return nil
        }
        place += 1
        return CharacterSet(set.ranges, isNegated: next.value < 97)
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
            if CharacterSet.word.contains(next.value) {
                throw error("an unknown escape `\\\(next)`")
            }
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

    private mutating func parseClass() throws(PatternError) -> CharacterSet {
        place += 1
        var set = CharacterSet()
        let isNegated = accept("^")
        var isFirst = true
        while true {
            guard let next = peek else { throw error("a `[` without its `]`") }
            if next == "]", !isFirst {
                place += 1
                if isNegated { set.invert() }
                return folded(set)
            }
            isFirst = false
            if let named = try parseNamedClass() {
                set.formUnion(named)
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
            set.insert(low...high)
        }
    }

    private mutating func parseNamedClass() throws(PatternError) -> CharacterSet? {
        guard peek == "[", place + 1 < text.count, text[place + 1] == ":" else { return nil }
        var name = ""
        var end = place + 2
        while end < text.count, text[end] != ":" {
            name.unicodeScalars.append(text[end])
            end += 1
        }
        guard end + 1 < text.count, text[end + 1] == "]", let set = CharacterSet.ascii(named: name)
        else {
            throw error("an unknown class `[:\(name):]`")
        }
        place = end + 2
        return set
    }

    /// One character, or nil when a class escape was added to the set instead.
    private mutating func parseClassCharacter(
        into set: inout CharacterSet
    ) throws(PatternError) -> UInt32? {
        guard let next = peek else { throw error("a `[` without its `]`") }
        guard next == "\\" else {
            place += 1
            return next.value
        }
        guard let inner = try parseClassEscape() else { return try parseCharacterEscape() }
        for range in inner.isNegated ? Self.complement(inner.ranges) : inner.ranges {
            set.insert(range)
        }
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
