/// The syntaxes that patterns are written in.
package enum PatternSyntax: Sendable {
    /// RE2's, which Go and Kubernetes use: of the ways to match, the first that a search going back
    /// would find.
    case re2
    /// Basic expressions of POSIX with GNU's additions; the longest match wins.
    case basic
    /// Extended expressions of POSIX with GNU's additions; the longest match wins.
    case extended
    /// Extended expressions as grep and awk take them, which pass over what sed refuses.
    case lenient
    /// Exactly this text.
    case literal
}

/// What a match must be besides what the expression says, for `grep -w` and `-x`.
package enum PatternFrame: Sendable {
    case none
    /// No character of a word stands beside it.
    case word
    /// The whole text.
    case line
}

/// A regular expression.
///
/// It is run as a set of states, so the time is bounded by the length of the text times the size of
/// the expression: no text can make it hang. There are no back-references therefore.
package final class Pattern: Sendable {
    let states: [PatternState]
    let sets: [CharacterSet]
    let usesUnicodeWords: Bool
    /// Whether of the matches that start first the longest wins, not the first in order of choices.
    let prefersLongest: Bool
    let maximumSteps: Int
    /// The bytes that a match can begin with; nil when it may be empty.
    let firstBytes: [Bool]?
    /// Whether a match can only begin where the text does.
    let isAnchored: Bool
    /// How many groups there are besides the whole match.
    package let groupCount: Int
    /// The numbers of named groups, in order.
    package let groupNames: [(name: String, group: Int)]
    /// What a tool may warn of, in the words of GNU grep.
    package let warnings: [String]

    /// - Parameters:
    ///   - ignoresCase: whether upper and lower case are the same.
    ///   - isMultiline: whether `^` and `$` of the POSIX syntaxes hold at every newline.
    ///   - frame: what a match must be besides.
    ///   - limits: the bounds on the pattern's size and on the steps of a match.
    /// - Throws: ``PatternError`` that says what is wrong and, in RE2's syntax, where.
    package init(
        _ text: String, syntax: PatternSyntax = .re2, ignoresCase: Bool = false,
        isMultiline: Bool = false, frame: PatternFrame = .none, limits: PatternLimits = .standard
    ) throws(PatternError) {
        let parsed = try Self.parse(text, syntax, isMultiline: isMultiline)
        var compiler = PatternCompiler(limit: limits.size, ignoresCase: ignoresCase)
        try compiler.compile(Self.framed(parsed.root, frame))
        compiler.finish()
        states = compiler.states
        sets = compiler.sets
        usesUnicodeWords = parsed.usesUnicodeWords
        prefersLongest = syntax != .re2
        maximumSteps = limits.steps
        groupCount = parsed.groupCount
        groupNames = parsed.names
        warnings = parsed.warnings
        let start = PatternStart(compiler.states, compiler.sets)
        firstBytes = start.firstBytes
        isAnchored = start.isAnchored
    }

    /// A pattern without groups that prefers the longest match.
    init(states: [PatternState], sets: [CharacterSet]) {
        self.states = states
        self.sets = sets
        usesUnicodeWords = true
        prefersLongest = true
        maximumSteps = PatternLimits.standard.steps
        groupCount = 0
        groupNames = []
        warnings = []
        let start = PatternStart(states, sets)
        firstBytes = start.firstBytes
        isAnchored = start.isAnchored
    }

    private static func framed(_ root: PatternNode, _ frame: PatternFrame) -> PatternNode {
        switch frame {
        case .none: root
        case .word: .sequence([.assertion(.notBehindWord), root, .assertion(.notBeforeWord)])
        case .line: .sequence([.assertion(.textStart), root, .assertion(.textEnd)])
        }
    }

    private static func parse(
        _ text: String, _ syntax: PatternSyntax, isMultiline: Bool
    ) throws(PatternError) -> ParsedPattern {
        switch syntax {
        case .re2:
            var parser = PatternParser(text)
            return try parser.parse()
        case .basic, .extended, .lenient:
            var parser = POSIXPatternParser(
                text, isExtended: syntax != .basic, isLenient: syntax == .lenient,
                isMultiline: isMultiline)
            return try parser.parse()
        case .literal:
            let characters = text.unicodeScalars.map { PatternNode.set(CharacterSet($0.value)) }
            return ParsedPattern(root: .sequence(characters), usesUnicodeWords: true)
        }
    }

    // MARK: Matching

    /// Whether the expression matches somewhere in `text`. O(text × expression).
    package func matches(_ text: String) throws(PatternExhaustion) -> Bool {
        var text = text
        text.makeContiguousUTF8()
        return try matches(text.utf8.span)
    }

    /// Whether the expression matches somewhere in `text`, which is UTF-8. O(text × expression).
    package func matches(_ text: Span<UInt8>) throws(PatternExhaustion) -> Bool {
        var machine = PatternMachine(self, slots: 0)
        return try machine.run(text, from: 0)
    }

    /// The leftmost match that starts at the byte `start` or later. O(text × expression).
    package func firstMatch(
        in text: Span<UInt8>, from start: Int = 0
    ) throws(PatternExhaustion) -> PatternMatch? {
        var machine = PatternMachine(self, slots: 2 * groupCount + 2)
        return try machine.run(text, from: start) ? machine.match : nil
    }

    /// All matches from left to right that do not overlap; none is empty at the end of the one
    /// before it. O(text × expression) for each.
    package func matches(
        in text: Span<UInt8>, atMost limit: Int = .max
    ) throws(PatternExhaustion) -> [PatternMatch] {
        var machine = PatternMachine(self, slots: 2 * groupCount + 2)
        var found: [PatternMatch] = []
        var place = 0
        while found.count < limit, place <= text.count, try machine.run(text, from: place) {
            let match = machine.match
            if match.range.isEmpty, match.range.lowerBound == found.last?.range.upperBound {
                place = text.placeAfterCharacter(at: match.range.upperBound)
                continue
            }
            found.append(match)
            place = match.range.upperBound
            if match.range.isEmpty { place = text.placeAfterCharacter(at: place) }
        }
        return found
    }
}

/// Where a match lies.
package struct PatternMatch: Equatable, Sendable {
    /// The bytes of the whole match.
    package let range: Range<Int>
    /// The bytes of each group, the whole match first; nil for a group that took no part.
    package let groups: [Range<Int>?]
}

extension Span<UInt8> {
    /// The place behind the character that begins at `place`; behind the end it counts on.
    package func placeAfterCharacter(at place: Int) -> Int {
        var next = place + 1
        while next < count, self[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }

    /// A copy of the bytes in a range.
    package func bytes(_ range: Range<Int>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for place in range { copy.append(self[place]) }
        return copy
    }
}
