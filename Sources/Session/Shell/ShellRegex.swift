import Patterns

/// A pattern of the POSIX tools over characters.
struct ShellRegex: Sendable {
    /// Where a match lies, and its groups; offsets in characters.
    struct Match {
        var range: Range<Int>
        var groups: [Range<Int>?]
    }

    private let pattern: Pattern

    /// - Throws: `ShellSyntaxError` in grep's words.
    init(_ text: String, extended: Bool, ignoresCase: Bool = false) throws(ShellSyntaxError) {
        try self.init(text, extended ? .lenient : .basic, ignoresCase)
    }

    /// A pattern that stands for exactly this text, for `grep -F`.
    init(literal: String, ignoresCase: Bool = false) throws(ShellSyntaxError) {
        try self.init(literal, .literal, ignoresCase)
    }

    private init(
        _ text: String, _ syntax: PatternSyntax, _ ignoresCase: Bool
    ) throws(ShellSyntaxError) {
        do throws(PatternError) {
            pattern = try Pattern(text, syntax: syntax, ignoresCase: ignoresCase)
        } catch {
            throw ShellSyntaxError(message: error.message)
        }
    }

    /// A match that would take too long is none.
    func matches(_ text: String) -> Bool { (try? pattern.matches(text)) ?? false }

    /// All matches from left to right that do not overlap.
    func allMatches(in text: [Character]) -> [Match] {
        var offsets: [Int] = []
        var bytes: [UInt8] = []
        for (index, character) in text.enumerated() {
            let width = character.utf8.count
            offsets += Array(repeating: index, count: width)
            bytes += character.utf8
        }
        offsets.append(text.count)
        func characters(_ range: Range<Int>) -> Range<Int> {
            offsets[range.lowerBound]..<offsets[range.upperBound]
        }
        let found = (try? pattern.matches(in: bytes.span)) ?? []
        return found.map { match in
            Match(
                range: characters(match.range),
                groups: match.groups.map { $0.map { characters($0) } })
        }
    }

    /// The leftmost longest match.
    func firstMatch(in text: [Character]) -> Match? { allMatches(in: text).first }
}

/// Bracket expressions by name, as `tr` takes them.
enum ShellRegexSet {
    static func isWord(_ character: Character) -> Bool {
        character == "_" || character.isLetter || character.isNumber
    }

    static func isIn(_ name: String, _ character: Character) -> Bool {
        guard let set = CharacterSet.posix(named: name), let scalar = character.unicodeScalars.first
        else { return false }
        return set.contains(scalar.value)
    }
}
