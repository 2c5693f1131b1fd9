/// POSIX regular expressions, basic and extended, with GNU's additions (`\+`, `\|`, `\w`, `\b`,
/// `\1`).
///
/// The match that starts first wins, and of those the longest. Matching backtracks within a budget
/// of steps; a hostile pattern ends in no match rather than in a hang.
package struct ShellRegex: Sendable {
    indirect enum Node: Sendable {
        case empty
        case character(Character)
        case any
        case set(ShellRegexSet)
        case lineStart
        case lineEnd
        /// `\b`, `\<`, `\>`; and `\B` negated.
        case boundary(before: Bool?, after: Bool?)
        case group(Node, Int)
        case reference(Int)
        case sequence([Node])
        case either([Node])
        case repeated(Node, ClosedRange<Int>)
    }

    /// Where a match lies, and its groups; offsets in characters.
    package struct Match {
        package var range: Range<Int>
        package var groups: [Range<Int>?]
    }

    private let root: Node
    private let groupCount: Int
    private let ignoresCase: Bool
    /// With a choice in the pattern, the first way to match need not be the longest.
    private let needsLongest: Bool

    /// - Throws: `ShellSyntaxError` in grep's words.
    package init(_ text: String, extended: Bool, ignoresCase: Bool = false) throws(ShellSyntaxError)
    {
        var parser = ShellRegexParser(text, extended: extended)
        root = try parser.parse()
        groupCount = parser.groupCount
        needsLongest = parser.hasChoice
        self.ignoresCase = ignoresCase
    }

    /// A pattern that stands for exactly this text, for `grep -F`.
    init(literal: String, ignoresCase: Bool = false) {
        root = .sequence(literal.map { .character($0) })
        groupCount = 0
        needsLongest = false
        self.ignoresCase = ignoresCase
    }

    package func matches(_ text: String) -> Bool { firstMatch(in: Array(text)) != nil }

    /// The leftmost longest match that starts at `start` or later.
    package func firstMatch(in text: [Character], from start: Int = 0) -> Match? {
        guard start <= text.count else { return nil }
        let subject = ignoresCase ? text.map { Character($0.lowercased()) } : text
        for position in start...text.count {
            var search = Search(
                text: subject, ignoresCase: ignoresCase, needsLongest: needsLongest,
                groups: Array(repeating: nil, count: groupCount + 1))
            if let match = search.run(root, at: position) { return match }
        }
        return nil
    }

    /// All matches from left to right that do not overlap.
    package func allMatches(in text: [Character]) -> [Match] {
        var result: [Match] = []
        var position = 0
        while let match = firstMatch(in: text, from: position) {
            result.append(match)
            position = match.range.isEmpty ? match.range.upperBound + 1 : match.range.upperBound
        }
        return result
    }
}

/// One attempt to match at one place.
private struct Search {
    let text: [Character]
    let ignoresCase: Bool
    let needsLongest: Bool
    var groups: [Range<Int>?]
    var best: ShellRegex.Match?
    var steps = 0

    static let stepBudget = 200_000

    mutating func run(_ root: ShellRegex.Node, at start: Int) -> ShellRegex.Match? {
        _ = match(root, start) { search, end in
            if end > (search.best?.range.upperBound ?? -1) {
                search.best = ShellRegex.Match(range: start..<end, groups: search.groups)
            }
            return !search.needsLongest
        }
        return best
    }

    /// Tries `node` at `position`; `next` says whether the rest matches too.
    private mutating func match(
        _ node: ShellRegex.Node, _ position: Int, _ next: (inout Search, Int) -> Bool
    ) -> Bool {
        steps += 1
        if steps > Self.stepBudget { return best != nil }
        switch node {
        case .empty: return next(&self, position)
        case .character, .any, .set:
            guard position < text.count, fits(node, text[position]) else { return false }
            return next(&self, position + 1)
        case .lineStart: return position == 0 && next(&self, position)
        case .lineEnd: return position == text.count && next(&self, position)
        case .boundary(let before, let after):
            return isBoundary(position, before, after) && next(&self, position)
        case .group(let inner, let index):
            let outer = groups[index]
            let matched = match(inner, position) { search, end in
                let saved = search.groups[index]
                search.groups[index] = position..<end
                if next(&search, end) { return true }
                search.groups[index] = saved
                return false
            }
            if !matched { groups[index] = outer }
            return matched
        case .reference(let index):
            guard index < groups.count, let range = groups[index] else { return false }
            guard text[position...].starts(with: text[range]) else { return false }
            return next(&self, position + range.count)
        case .sequence(let nodes): return sequence(nodes[...], position, next)
        case .either(let choices):
            for choice in choices where match(choice, position, next) { return true }
            return false
        case .repeated(let inner, let counts):
            return repeated(inner, counts, 0, position, next)
        }
    }

    private mutating func sequence(
        _ nodes: ArraySlice<ShellRegex.Node>, _ position: Int, _ next: (inout Search, Int) -> Bool
    ) -> Bool {
        guard let first = nodes.first else { return next(&self, position) }
        return match(first, position) { search, end in
            search.sequence(nodes.dropFirst(), end, next)
        }
    }

    private mutating func repeated(
        _ node: ShellRegex.Node, _ counts: ClosedRange<Int>, _ done: Int, _ position: Int,
        _ next: (inout Search, Int) -> Bool
    ) -> Bool {
        if isSingle(node) { return repeatedSingle(node, counts, position, next) }
        if done < counts.upperBound {
            let more = match(node, position) { search, end in
                // An empty turn adds nothing and would go on for ever.
                guard end > position || done < counts.lowerBound else { return false }
                return search.repeated(node, counts, done + 1, end, next)
            }
            if more { return true }
        }
        return done >= counts.lowerBound && next(&self, position)
    }

    /// Repetitions of one character need no recursion: as many as fit, then fewer.
    private mutating func repeatedSingle(
        _ node: ShellRegex.Node, _ counts: ClosedRange<Int>, _ position: Int,
        _ next: (inout Search, Int) -> Bool
    ) -> Bool {
        var end = position
        while end < text.count, end - position < counts.upperBound, fits(node, text[end]) {
            end += 1
        }
        while end - position >= counts.lowerBound {
            if next(&self, end) { return true }
            end -= 1
        }
        return false
    }

    private func isSingle(_ node: ShellRegex.Node) -> Bool {
        switch node {
        case .character, .any, .set: true
        default: false
        }
    }

    private func fits(_ node: ShellRegex.Node, _ character: Character) -> Bool {
        switch node {
        case .character(let own):
            return own == character || (ignoresCase && own.lowercased() == String(character))
        case .any: return true
        case .set(let set): return set.contains(character, ignoresCase: ignoresCase)
        default: return false
        }
    }

    private func isBoundary(_ position: Int, _ before: Bool?, _ after: Bool?) -> Bool {
        let left = position > 0 && ShellRegexSet.isWord(text[position - 1])
        let right = position < text.count && ShellRegexSet.isWord(text[position])
        switch (before, after) {
        case (let before?, let after?): return left == before && right == after
        case (nil, nil): return left != right
        default: return left == right
        }
    }
}

/// A bracket expression.
struct ShellRegexSet: Sendable {
    var isNegated = false
    var ranges: [ClosedRange<Character>] = []
    var classes: [String] = []

    static func isWord(_ character: Character) -> Bool {
        character == "_" || character.isLetter || character.isNumber
    }

    func contains(_ character: Character, ignoresCase: Bool) -> Bool {
        var inside = holds(character)
        if ignoresCase, !inside { inside = holds(Character(character.uppercased())) }
        return inside != isNegated
    }

    private func holds(_ character: Character) -> Bool {
        ranges.contains { $0.contains(character) } || classes.contains { Self.isIn($0, character) }
    }

    static func isIn(_ name: String, _ character: Character) -> Bool {
        switch name {
        case "alpha": character.isLetter
        case "digit": ("0"..."9").contains(character)
        case "alnum": character.isLetter || character.isNumber
        case "space": character.isWhitespace
        case "blank": character == " " || character == "\t"
        case "upper": character.isUppercase
        case "lower": character.isLowercase
        case "punct": character.isPunctuation || character.isSymbol
        case "xdigit": character.isHexDigit
        case "print": !character.isNewline
        case "word": isWord(character)
        default: false
        }
    }

    static let classNames: Set<String> = [
        "alpha", "digit", "alnum", "space", "blank", "upper", "lower", "punct", "xdigit", "print",
    ]
}
