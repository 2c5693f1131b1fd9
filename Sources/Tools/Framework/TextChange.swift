import Patterns

/// A change of a text, as somebody at an editor makes it.
package struct TextChange: Sendable {
    package enum Kind: Sendable {
        /// Puts this in the place of what is looked for: every time, or the first. For a pattern `\1` is
        /// its first group, `\0` all of it.
        case replace(String, isEvery: Bool)
        /// Takes the lines away that have it.
        case delete
        /// Puts this, as lines of its own, beside the line that has it, which must be one alone. Without
        /// blanks in front of it, it gets those of that line.
        case insert(String, isAfter: Bool)
    }

    package struct Problem: Error {
        package let message: String
    }

    private let kind: Kind
    private let text: String
    private let isPattern: Bool

    package init(_ kind: Kind, _ text: String, isPattern: Bool) {
        self.kind = kind
        self.text = text
        self.isPattern = isPattern
    }

    /// A text after some changes, one after another. Throws where one finds nothing to change.
    package static func apply(
        _ changes: [TextChange], to text: String
    ) throws(Problem) -> String {
        var text = text
        for change in changes { text = try change.applied(to: text) }
        return text
    }

    private func applied(to edited: String) throws(Problem) -> String {
        if text.isEmpty { throw Problem(message: "there is nothing to look for in \"\"") }
        let search = try self.search()
        let bytes = Array(edited.utf8)
        let matches: [PatternMatch]
        do throws(PatternExhaustion) {
            matches = try search.matches(in: bytes.span)
        } catch {
            throw Problem(message: "the search for \(shown) took more than \(error.steps) steps")
        }
        guard !matches.isEmpty else {
            throw Problem(message: "the text that is edited has no \(shown)")
        }
        switch kind {
        case .replace(let replacement, let isEvery):
            return replaced(isEvery ? matches[...] : matches.prefix(1), replacement, in: bytes)
        case .delete:
            var lines = Lines(bytes)
            for match in matches { lines.remove(match.range) }
            return lines.text
        case .insert(let added, let isAfter):
            var lines = Lines(bytes)
            let places = Set(matches.map { lines.line(of: $0.range.lowerBound) })
            guard places.count == 1, let place = places.first else {
                throw Problem(
                    message: "\(places.count) lines of the text that is edited have \(shown); say "
                        + "more of the one that is meant")
            }
            lines.insert(added, at: place, isAfter: isAfter)
            return lines.text
        }
    }

    private var shown: String { isPattern ? "match for \"\(text)\"" : "\"\(text)\"" }

    private func search() throws(Problem) -> Pattern {
        do throws(PatternError) {
            return try Pattern(text, syntax: isPattern ? .re2 : .literal)
        } catch {
            throw Problem(message: "\"\(text)\" is no regular expression: \(error.message)")
        }
    }

    private func replaced(
        _ matches: ArraySlice<PatternMatch>, _ replacement: String, in bytes: [UInt8]
    ) -> String {
        var result: [UInt8] = []
        var place = 0
        for match in matches {
            result += bytes[place..<match.range.lowerBound]
            result += isPattern ? filled(replacement, match, bytes) : Array(replacement.utf8)
            place = match.range.upperBound
        }
        result += bytes[place...]
        return String(decoding: result, as: UTF8.self)
    }

    /// A replacement with the groups of a match in it.
    private func filled(_ text: String, _ match: PatternMatch, _ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.first else {
                result.append(byte)
                continue
            }
            rest.removeFirst()
            let group = Int(next) - Int(UInt8(ascii: "0"))
            if (0...9).contains(group) {
                let range = match.groups.indices.contains(group) ? match.groups[group] : nil
                if let range { result += bytes[range] }
            } else {
                result.append(next)
            }
        }
        return result
    }
}

/// The lines of a text.
private struct Lines {
    private var lines: [ArraySlice<UInt8>]
    private let starts: [Int]
    private let endsWithNewline: Bool
    private var removed: Set<Int> = []

    init(_ bytes: [UInt8]) {
        var lines = bytes.split(separator: UInt8.newline, omittingEmptySubsequences: false)
        endsWithNewline = lines.last?.isEmpty ?? false
        if endsWithNewline { lines.removeLast() }
        self.lines = lines
        starts = lines.map(\.startIndex)
    }

    /// The line at a byte. O(log n).
    func line(of byte: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= byte { low = middle } else { high = middle }
        }
        return low
    }

    mutating func remove(_ range: Range<Int>) {
        let last = max(range.lowerBound, range.upperBound - 1)
        for line in line(of: range.lowerBound)...line(of: last) { removed.insert(line) }
    }

    mutating func insert(_ text: String, at line: Int, isAfter: Bool) {
        var added = Array(text.utf8).split(
            separator: UInt8.newline, omittingEmptySubsequences: false)
        if added.last?.isEmpty ?? false { added.removeLast() }
        let isIndented = added.first?.first.map { $0 == .space || $0 == .tab } ?? false
        let indentation = isIndented ? [] : Array(lines[line].prefix { $0 == .space })
        let new = added.map { ($0.isEmpty ? [] : indentation + Array($0))[...] }
        lines.insert(contentsOf: new, at: isAfter ? line + 1 : line)
    }

    var text: String {
        let kept = lines.indices.filter { !removed.contains($0) }.map { lines[$0] }
        let text = kept.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
        return kept.isEmpty || !endsWithNewline ? text : text + "\n"
    }
}
