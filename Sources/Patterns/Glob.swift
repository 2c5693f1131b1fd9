/// A pattern that stands for whole texts: `*` is any run of characters, `?` any one, `[a-z]` and
/// `[!a-z]` one of a set or of none.
package struct Glob: Sendable, Equatable {
    /// Which of the signs have their meaning.
    package enum Syntax: Sendable {
        /// `*`, `?`, `[…]`, and `\` before a character that is meant as it is.
        case shell
        /// `*` alone, for names and images.
        case star
    }

    private enum Element: Sendable, Equatable {
        case character(UInt32)
        case one(CharacterSet)
        case run

        /// Whether it takes the character, alone.
        func takes(_ character: UInt32) -> Bool {
            switch self {
            case .character(let own): own == character
            case .one(let set): set.contains(character)
            case .run: false
            }
        }
    }

    private var elements: [Element] = []
    /// The text that the glob is, when no sign with a meaning stands in it.
    package private(set) var plainText: String?

    /// Every text is a glob: a `[` without its `]` is itself.
    package init(_ text: String, syntax: Syntax = .shell) {
        let scalars = Array(text.unicodeScalars)
        var plain = String.UnicodeScalarView()
        var isPlain = true
        var place = 0
        while place < scalars.count {
            let next = scalars[place]
            place += 1
            var element: Element?
            var literal = next
            switch next {
            case "*": element = .run
            case "?" where syntax == .shell: element = .one(.everything)
            case "[" where syntax == .shell:
                if let (set, end) = Self.parseSet(scalars, from: place) {
                    element = .one(set)
                    place = end
                }
            case "\\" where syntax == .shell && place < scalars.count:
                literal = scalars[place]
                place += 1
            default: break
            }
            if let element {
                isPlain = false
                if element != .run || elements.last != .run { elements.append(element) }
            } else {
                plain.append(literal)
                elements.append(.character(literal.value))
            }
        }
        plainText = isPlain ? String(plain) : nil
    }

    /// `text` as a glob of the shell's syntax that stands for nothing else.
    package static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if "*?[]\\!-^".unicodeScalars.contains(scalar) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    /// The set behind a `[` and the place behind its `]`; nil without one.
    private static func parseSet(
        _ scalars: [Unicode.Scalar], from start: Int
    ) -> (CharacterSet, end: Int)? {
        var place = start
        var set = CharacterSet()
        let isNegated = place < scalars.count && (scalars[place] == "!" || scalars[place] == "^")
        if isNegated { place += 1 }
        let first = place
        func member() -> UInt32? {
            if scalars[place] == "\\" { place += 1 }
            guard place < scalars.count else { return nil }
            place += 1
            return scalars[place - 1].value
        }
        while place < scalars.count {
            if scalars[place] == "]", place > first {
                if isNegated { set.invert() }
                return (set, place + 1)
            }
            if let (named, end) = parseClass(scalars, from: place) {
                set.formUnion(named)
                place = end
                continue
            }
            guard let low = member() else { return nil }
            var high = low
            if place + 1 < scalars.count, scalars[place] == "-", scalars[place + 1] != "]" {
                place += 1
                guard let end = member() else { return nil }
                high = end
            }
            // A range that ends before it starts holds nothing.
            if low <= high { set.insert(low...high) }
        }
        return nil
    }

    /// `[:alpha:]` inside a set.
    private static func parseClass(
        _ scalars: [Unicode.Scalar], from start: Int
    ) -> (CharacterSet, end: Int)? {
        guard start + 1 < scalars.count, scalars[start] == "[", scalars[start + 1] == ":" else {
            return nil
        }
        var name = ""
        var end = start + 2
        while end < scalars.count, scalars[end] != ":" {
            name.unicodeScalars.append(scalars[end])
            end += 1
        }
        guard end + 1 < scalars.count, scalars[end + 1] == "]",
            let set = CharacterSet.posix(named: name)
        else { return nil }
        return (set, end + 2)
    }

    // MARK: Matching

    /// Whether the whole of `text` fits. O(glob × text), and no storage.
    package func matches(_ text: String) -> Bool {
        var text = text
        text.makeContiguousUTF8()
        return matches(text.utf8.span)
    }

    /// A run is tried as short as it can be first. When what follows does not fit, only the last run
    /// need be longer: the ones before it have been as short as they can be.
    private func matches(_ text: Span<UInt8>) -> Bool {
        var element = 0
        var place = 0
        var run: (element: Int, place: Int)?
        while place < text.count {
            let (character, width) = text.character(at: place)
            if element < elements.count, elements[element] == .run {
                run = (element, place)
                element += 1
            } else if element < elements.count, elements[element].takes(character) {
                element += 1
                place += width
            } else if let last = run {
                place = text.placeAfterCharacter(at: last.place)
                run = (last.element, place)
                element = last.element + 1
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .run }
    }

    /// The places at which a beginning of `text` that fits can end, ascending, as offsets of Unicode
    /// scalars. O(glob × text).
    private func ends(in text: [Unicode.Scalar], _ elements: [Element]) -> [Int] {
        var isReached = [Bool](repeating: false, count: text.count + 1)
        isReached[0] = true
        for element in elements {
            switch element {
            case .run:
                if let first = isReached.firstIndex(of: true) {
                    for place in first..<isReached.count { isReached[place] = true }
                }
            case .character, .one:
                for place in text.indices.reversed() {
                    isReached[place + 1] = isReached[place] && element.takes(text[place].value)
                }
                isReached[0] = false
            }
        }
        return isReached.indices.filter { isReached[$0] }
    }

    /// `text` without the shortest or longest beginning that fits, as `${x#…}` and `${x##…}` have it.
    package func droppingPrefix(of text: String, longest: Bool) -> String {
        let scalars = Array(text.unicodeScalars)
        let ends = ends(in: scalars, elements)
        guard let end = longest ? ends.last : ends.first else { return text }
        return Self.text(scalars[end...])
    }

    /// `text` without the shortest or longest end that fits, as `${x%…}` and `${x%%…}` have it.
    package func droppingSuffix(of text: String, longest: Bool) -> String {
        let scalars = Array(text.unicodeScalars)
        let ends = ends(in: scalars.reversed(), elements.reversed())
        guard let end = longest ? ends.last : ends.first else { return text }
        return Self.text(scalars[..<(scalars.count - end)])
    }

    /// `text` with the first or every longest part that fits replaced, as `${x/…/…}` and `${x//…/…}`
    /// have it. O(glob × text) for each place replaced.
    package func replacing(
        in text: String, with replacement: String, all: Bool
    ) throws(PatternExhaustion) -> String {
        var text = text
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        var result: [UInt8] = []
        var place = 0
        for match in try pattern.matches(in: bytes) where !match.range.isEmpty {
            result += bytes.bytes(place..<match.range.lowerBound)
            result += replacement.utf8
            place = match.range.upperBound
            if !all { break }
        }
        result += bytes.bytes(place..<bytes.count)
        return String(decoding: result, as: UTF8.self)
    }

    /// The pattern that finds the longest text which fits.
    private var pattern: Pattern {
        var states: [PatternState] = []
        var sets = [CharacterSet.everything]
        for element in elements {
            switch element {
            case .run:
                let start = states.count
                states += [.split(start + 1, start + 3), .set(0), .jump(start)]
            case .character(let character): states.append(.character(character))
            case .one(let set):
                states.append(.set(sets.count))
                sets.append(set)
            }
        }
        return Pattern(states: states + [.matched], sets: sets)
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
