/// The tree of a pattern, whatever syntax it was read from.
indirect enum PatternNode: Sendable {
    case empty
    case set(CharacterSet)
    case assertion(PatternAssertion)
    /// What it matches is kept under the number, which counts from 1.
    case group(PatternNode, Int)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repetition(PatternNode, PatternCount)
}

/// How often a part may stand.
struct PatternCount: Sendable {
    var least: Int
    /// Nil without bound.
    var most: Int?
    /// As few as possible instead of as many.
    var isLazy = false
}

/// A condition on the place, which takes no character.
enum PatternAssertion: Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary, wordStart, wordEnd
    /// No character of a word stands before, or behind.
    case notBehindWord, notBeforeWord
}

/// What a parser read.
struct ParsedPattern {
    var root: PatternNode
    var groupCount = 0
    /// The numbers of named groups.
    var names: [(name: String, group: Int)] = []
    /// What the POSIX tools warn of.
    var warnings: [String] = []
    /// Whether words consist of more than ASCII letters for assertions.
    var usesUnicodeWords = false
}

/// Why a text is no pattern.
package struct PatternError: Error, Equatable {
    /// In the words of the syntax: RE2's name the place, the POSIX ones are GNU's.
    package let message: String

    init(_ message: String) { self.message = message }
}

/// A match took more steps than it may.
package struct PatternExhaustion: Error, Equatable {
    /// The steps that were allowed.
    package let steps: Int
}

/// The bounds of one pattern.
package struct PatternLimits: Sendable {
    /// States of the automaton, about the pattern's characters with repetitions written out.
    package var size: Int
    /// Steps of one match.
    package var steps: Int

    package init(size: Int = 20_000, steps: Int = 10_000_000) {
        self.size = size
        self.steps = steps
    }

    package static let standard = PatternLimits()
}
