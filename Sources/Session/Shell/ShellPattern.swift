/// A shell pattern: `*`, `?`, `[a-z]` and `[!…]`; everything else is itself.
struct ShellPattern {
    private enum Element {
        case character(Character)
        case any
        case star
        case set(ranges: [ClosedRange<Character>], negated: Bool)
    }

    private var elements: [Element] = []
    /// Whether there is anything but plain characters.
    private(set) var isPlain = true

    /// Builds a pattern from characters of which the quoted ones are plain.
    init(_ characters: [ShellCharacter]) {
        var index = 0
        while index < characters.count {
            let next = characters[index]
            index += 1
            guard !next.isQuoted else {
                elements.append(.character(next.value))
                continue
            }
            switch next.value {
            case "*": append(.star)
            case "?": append(.any)
            case "[":
                if let (set, end) = Self.parseSet(characters, from: index) {
                    append(set)
                    index = end
                } else {
                    elements.append(.character("["))
                }
            default: elements.append(.character(next.value))
            }
        }
    }

    private mutating func append(_ element: Element) {
        elements.append(element)
        isPlain = false
    }

    private static func parseSet(
        _ characters: [ShellCharacter], from start: Int
    ) -> (Element, end: Int)? {
        var index = start
        var ranges: [ClosedRange<Character>] = []
        let negated = index < characters.count && "!^".contains(characters[index].value)
        if negated { index += 1 }
        let first = index
        while index < characters.count {
            let low = characters[index].value
            if low == "]", index > first {
                return (.set(ranges: ranges, negated: negated), index + 1)
            }
            if index + 2 < characters.count, characters[index + 1].value == "-",
                characters[index + 2].value != "]", low <= characters[index + 2].value
            {
                ranges.append(low...characters[index + 2].value)
                index += 3
            } else {
                ranges.append(low...low)
                index += 1
            }
        }
        return nil
    }

    func matches(_ text: String) -> Bool { matches(Array(text)[...]) }

    /// Whether the whole of `text` fits. O(elements × characters).
    func matches(_ text: ArraySlice<Character>) -> Bool {
        let text = Array(text)
        var reachable = [Bool](repeating: false, count: text.count + 1)
        reachable[0] = true
        for element in elements {
            var next = [Bool](repeating: false, count: text.count + 1)
            if case .star = element {
                var seen = false
                for index in reachable.indices {
                    seen = seen || reachable[index]
                    next[index] = seen
                }
            } else {
                for index in text.indices where reachable[index] && fits(element, text[index]) {
                    next[index + 1] = true
                }
            }
            reachable = next
        }
        return reachable[text.count]
    }

    private func fits(_ element: Element, _ character: Character) -> Bool {
        switch element {
        case .character(let own): own == character
        case .any, .star: true
        case .set(let ranges, let negated): ranges.contains { $0.contains(character) } != negated
        }
    }

    /// The paths of a folder that fit, part by part, in byte order; names that begin with a dot are
    /// left out.
    static func expand(
        _ characters: [ShellCharacter], in folder: MemoryFolder, from directory: String
    ) -> [String] {
        let isAbsolute = characters.first?.value == "/"
        var found = [isAbsolute ? "/" : ""]
        for part in characters.split(whereSeparator: { $0.value == "/" }) {
            let pattern = ShellPattern(Array(part))
            let plain = String(part.map(\.value))
            var next: [String] = []
            for base in found {
                let prefix = base.isEmpty || base.hasSuffix("/") ? base : base + "/"
                let place = base.hasPrefix("/") ? base : directory + "/" + base
                if pattern.isPlain {
                    if folder.exists(place + "/" + plain) { next.append(prefix + plain) }
                } else if let names = try? folder.list(place) {
                    next += names.filter { !$0.hasPrefix(".") && pattern.matches($0) }.map {
                        prefix + $0
                    }
                }
            }
            found = next
        }
        return found
    }
}

/// A character of a word after expansion, with the knowledge whether it was quoted.
struct ShellCharacter {
    var value: Character
    var isQuoted: Bool
}
