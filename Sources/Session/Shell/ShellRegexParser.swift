/// Reads a POSIX pattern. In basic patterns `+ ? | ( ) { }` are plain unless escaped; in extended
/// ones the other way round.
struct ShellRegexParser {
    private let characters: [Character]
    private let extended: Bool
    private var position = 0
    private(set) var groupCount = 0
    private(set) var hasChoice = false
    private var depth = 0

    static let maximumDepth = 50
    static let maximumCount = 32_767

    init(_ text: String, extended: Bool) {
        characters = Array(text)
        self.extended = extended
    }

    mutating func parse() throws(ShellSyntaxError) -> ShellRegex.Node {
        let node = try parseEither()
        if position < characters.count {
            throw ShellSyntaxError(message: "Unmatched ) or \\)")
        }
        return node
    }

    /// either = sequence { "|" sequence }
    private mutating func parseEither() throws(ShellSyntaxError) -> ShellRegex.Node {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth {
            throw ShellSyntaxError(message: "Regular expression too big")
        }
        var choices = [try parseSequence()]
        while takeOperator("|") {
            hasChoice = true
            choices.append(try parseSequence())
        }
        return choices.count == 1 ? choices[0] : .either(choices)
    }

    private mutating func parseSequence() throws(ShellSyntaxError) -> ShellRegex.Node {
        var nodes: [ShellRegex.Node] = []
        let start = position
        while position < characters.count, !atOperator("|"), !(depth > 1 && atOperator(")")) {
            if extended, depth == 1, characters[position] == ")" { break }
            let atom = try parseAtom(isFirst: position == start)
            nodes.append(try parseRepetition(of: atom))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func parseRepetition(
        of atom: ShellRegex.Node
    ) throws(ShellSyntaxError) -> ShellRegex.Node {
        var node = atom
        while position < characters.count {
            if characters[position] == "*" {
                position += 1
                node = .repeated(node, 0...Self.maximumCount)
            } else if takeOperator("+") {
                node = .repeated(node, 1...Self.maximumCount)
            } else if takeOperator("?") {
                node = .repeated(node, 0...1)
            } else if atOperator("{"), let counts = try parseCounts() {
                node = .repeated(node, counts)
            } else {
                break
            }
        }
        return node
    }

    /// `{3}`, `{1,}`, `{1,3}`; nil (and nothing read) where a brace is plain text.
    private mutating func parseCounts() throws(ShellSyntaxError) -> ClosedRange<Int>? {
        let start = position
        _ = takeOperator("{")
        let low = takeNumber()
        var high = low
        if position < characters.count, characters[position] == "," {
            position += 1
            high = takeNumber() ?? Self.maximumCount
        }
        guard takeOperator("}"), let high else {
            if extended {
                position = start
                return nil
            }
            throw ShellSyntaxError(message: "Unmatched \\{")
        }
        let least = low ?? 0
        guard least <= high, high <= Self.maximumCount else {
            throw ShellSyntaxError(message: "Invalid content of \\{\\}")
        }
        return least...high
    }

    private mutating func takeNumber() -> Int? {
        var digits = ""
        while position < characters.count, ("0"..."9").contains(characters[position]) {
            digits.append(characters[position])
            position += 1
        }
        return Int(digits)
    }

    private mutating func parseAtom(isFirst: Bool) throws(ShellSyntaxError) -> ShellRegex.Node {
        if takeOperator("(") {
            groupCount += 1
            let index = groupCount
            let inner = try parseEither()
            guard takeOperator(")") else { throw ShellSyntaxError(message: "Unmatched ( or \\(") }
            return .group(inner, index)
        }
        let next = characters[position]
        position += 1
        switch next {
        case ".": return .any
        case "[": return .set(try parseSet())
        case "^": return extended || isFirst ? .lineStart : .character("^")
        case "$":
            let isLast = position == characters.count || atOperator("|") || atOperator(")")
            return extended || isLast ? .lineEnd : .character("$")
        case "\\": return try parseEscape()
        default:
            // A leading '*' is plain, and so are '+' and '?' here: there is nothing to repeat.
            return .character(next)
        }
    }

    private mutating func parseEscape() throws(ShellSyntaxError) -> ShellRegex.Node {
        guard position < characters.count else {
            throw ShellSyntaxError(message: "Trailing backslash")
        }
        let next = characters[position]
        position += 1
        switch next {
        case "w": return .set(ShellRegexSet(classes: ["word"]))
        case "W": return .set(ShellRegexSet(isNegated: true, classes: ["word"]))
        case "s": return .set(ShellRegexSet(classes: ["space"]))
        case "S": return .set(ShellRegexSet(isNegated: true, classes: ["space"]))
        case "b": return .boundary(before: nil, after: nil)
        case "B": return .boundary(before: nil, after: false)
        case "<": return .boundary(before: false, after: true)
        case ">": return .boundary(before: true, after: false)
        case "n": return .character("\n")
        case "t": return .character("\t")
        case "1"..."9":
            let index = next.wholeNumberValue ?? 0
            if index > groupCount { throw ShellSyntaxError(message: "Invalid back reference") }
            return .reference(index)
        default: return .character(next)
        }
    }

    private mutating func parseSet() throws(ShellSyntaxError) -> ShellRegexSet {
        var set = ShellRegexSet()
        if position < characters.count, characters[position] == "^" {
            set.isNegated = true
            position += 1
        }
        let first = position
        while position < characters.count {
            let low = characters[position]
            if low == "]", position > first {
                position += 1
                return set
            }
            if low == "[", position + 1 < characters.count, characters[position + 1] == ":" {
                set.classes.append(try parseClass())
                continue
            }
            position += 1
            if position + 1 < characters.count, characters[position] == "-",
                characters[position + 1] != "]"
            {
                let high = characters[position + 1]
                guard low <= high else { throw ShellSyntaxError(message: "Invalid range end") }
                set.ranges.append(low...high)
                position += 2
            } else {
                set.ranges.append(low...low)
            }
        }
        throw ShellSyntaxError(message: "Unmatched [, [^, [:, [., or [=")
    }

    private mutating func parseClass() throws(ShellSyntaxError) -> String {
        let start = position + 2
        guard let end = characters[start...].firstIndex(of: ":"), end + 1 < characters.count,
            characters[end + 1] == "]"
        else { throw ShellSyntaxError(message: "Unmatched [, [^, [:, [., or [=") }
        let name = String(characters[start..<end])
        guard ShellRegexSet.classNames.contains(name) else {
            throw ShellSyntaxError(message: "Invalid character class name")
        }
        position = end + 2
        return name
    }

    // MARK: Operators: plain in extended patterns, escaped in basic ones

    private func atOperator(_ character: Character) -> Bool {
        guard position < characters.count else { return false }
        if extended { return characters[position] == character }
        return characters[position] == "\\" && position + 1 < characters.count
            && characters[position + 1] == character
    }

    private mutating func takeOperator(_ character: Character) -> Bool {
        guard atOperator(character) else { return false }
        position += extended ? 1 : 2
        return true
    }
}
