/// Runs a pattern over a text: all ways to match at once, character by character.
///
/// The states that are alive stand in order of preference, each with the places that its way has
/// noted. A state that was reached once at a place is not entered again, so a character costs at
/// most the size of the pattern.
struct PatternMachine {
    private let pattern: Pattern
    /// How many places each state notes: none to learn only whether there is a match.
    private let slots: Int
    private var current: StateSet
    private var following: StateSet
    /// The places of the way that is being followed.
    private var noted: [Int]
    private var open: [Step] = []
    private var best: [Int] = []
    /// Steps taken since the machine was made or last started.
    private(set) var steps = 0

    private enum Step {
        case enter(Int)
        /// Gives a slot the place back that it held before.
        case restore(slot: Int, place: Int)
    }

    init(_ pattern: Pattern, slots: Int) {
        self.pattern = pattern
        self.slots = slots
        current = StateSet(count: pattern.states.count, slots: slots)
        following = current
        noted = Array(repeating: -1, count: slots)
    }

    /// The match that the last run found.
    var match: PatternMatch {
        var groups: [Range<Int>?] = []
        for slot in stride(from: 0, to: slots, by: 2) {
            groups.append(
                best[slot] >= 0 && best[slot + 1] >= 0 ? best[slot]..<best[slot + 1] : nil)
        }
        return PatternMatch(range: best[0]..<best[1], groups: groups)
    }

    /// Whether there is a match that starts at `start` or later; ``match`` is it then.
    mutating func run(_ text: Span<UInt8>, from start: Int) throws(PatternExhaustion) -> Bool {
        steps = 0
        best.removeAll(keepingCapacity: true)
        current.clear()
        var place = start
        while place <= text.count {
            if current.members.isEmpty {
                if !best.isEmpty { break }
                guard let next = nextStart(text, from: place) else { break }
                place = next
            }
            let (character, width) = text.character(at: place)
            let surroundings = Surroundings(text, place, isUnicode: pattern.usesUnicodeWords)
            if best.isEmpty {
                // A match may begin at every place, after those that began before.
                if slots > 0 { for slot in 0..<slots { noted[slot] = -1 } }
                if slots > 0 { noted[0] = place }
                Self.enter(0, pattern, surroundings, &current, &noted, &open, &steps)
            }
            if try advance(character, text, place, width) { return true }
            guard width > 0 else { break }
            place += width
            swap(&current, &following)
        }
        return !best.isEmpty
    }

    /// Where a match can begin next, at `place` or later.
    private func nextStart(_ text: Span<UInt8>, from place: Int) -> Int? {
        if pattern.isAnchored { return place == 0 ? 0 : nil }
        guard let firstBytes = pattern.firstBytes else { return place }
        var place = place
        while place < text.count {
            // A byte inside a character begins none.
            if firstBytes[Int(text[place])], text[place] & 0xC0 != 0x80 { return place }
            place += 1
        }
        return nil
    }

    /// Lets the states that are alive take the character at `place`; true when it is known that
    /// there is a match and nothing else was asked.
    private mutating func advance(
        _ character: UInt32, _ text: Span<UInt8>, _ place: Int, _ width: Int
    ) throws(PatternExhaustion) -> Bool {
        following.clear()
        let next = place + width
        let surroundings = Surroundings(text, next, isUnicode: pattern.usesUnicodeWords)
        for index in current.members.indices {
            let state = current.members[index]
            switch pattern.states[state] {
            case .matched:
                if slots == 0 { return true }
                let isOver = take(index, place)
                if isOver {
                    current.clear()
                    return false
                }
            case .character(let own):
                if width > 0, own == character { follow(index, state, surroundings) }
            case .set(let number):
                if width > 0, pattern.sets[number].contains(character) {
                    follow(index, state, surroundings)
                }
            case .split, .jump, .assertion, .save: break
            }
        }
        steps += current.members.count + 1
        if steps > pattern.maximumSteps { throw PatternExhaustion(steps: pattern.maximumSteps) }
        return false
    }

    /// Keeps the way to a match that ends at `place` if it is better than the best so far; true when
    /// no way behind it can be better.
    private mutating func take(_ index: Int, _ place: Int) -> Bool {
        let base = index * slots
        let start = current.places[base]
        guard pattern.prefersLongest else {
            keep(base, place)
            return true
        }
        if best.isEmpty || start < best[0] || start == best[0] && place > best[1] {
            keep(base, place)
        }
        return false
    }

    private mutating func keep(_ base: Int, _ place: Int) {
        best.removeAll(keepingCapacity: true)
        best += current.places[base..<base + slots]
        best[1] = place
    }

    private mutating func follow(_ index: Int, _ state: Int, _ surroundings: Surroundings) {
        if slots > 0 {
            let base = index * slots
            // Ways that began behind the best match cannot become better.
            if !best.isEmpty, current.places[base] > best[0] { return }
            for slot in 0..<slots { noted[slot] = current.places[base + slot] }
        }
        Self.enter(state + 1, pattern, surroundings, &following, &noted, &open, &steps)
    }

    /// Adds a state and all that are reached from it without a character, in order of preference.
    private static func enter(
        _ start: Int, _ pattern: Pattern, _ surroundings: Surroundings, _ set: inout StateSet,
        _ noted: inout [Int], _ open: inout [Step], _ steps: inout Int
    ) {
        open.append(.enter(start))
        while let step = open.popLast() {
            let state: Int
            switch step {
            case .restore(let slot, let place):
                noted[slot] = place
                continue
            case .enter(let number): state = number
            }
            guard set.visit(state) else { continue }
            steps += 1
            switch pattern.states[state] {
            case .matched, .character, .set: set.add(state, noted)
            case .jump(let target): open.append(.enter(target))
            case .split(let one, let other):
                open.append(.enter(other))
                open.append(.enter(one))
            case .assertion(let assertion):
                if surroundings.satisfy(assertion) { open.append(.enter(state + 1)) }
            case .save(let slot):
                if slot < noted.count {
                    open.append(.restore(slot: slot, place: noted[slot]))
                    noted[slot] = surroundings.place
                }
                open.append(.enter(state + 1))
            }
        }
    }
}

/// States without repeats in the order in which they came, with the places that each has noted, and
/// with fast clearing.
private struct StateSet {
    private(set) var members: [Int] = []
    /// `slots` places for each member.
    private(set) var places: [Int] = []
    private var visits: [Int]
    private var turn = 1
    private let slots: Int

    init(count: Int, slots: Int) {
        visits = Array(repeating: 0, count: count)
        self.slots = slots
    }

    /// Whether the state was not visited since the set was cleared.
    mutating func visit(_ state: Int) -> Bool {
        if visits[state] == turn { return false }
        visits[state] = turn
        return true
    }

    mutating func add(_ state: Int, _ noted: [Int]) {
        members.append(state)
        if slots > 0 { places += noted }
    }

    mutating func clear() {
        turn += 1
        members.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }
}

/// What stands around a place, as far as assertions ask.
private struct Surroundings {
    let place: Int
    private let isAtEnd: Bool
    private let before: UInt32?
    private let after: UInt32?
    private let isUnicode: Bool

    init(_ text: Span<UInt8>, _ place: Int, isUnicode: Bool) {
        self.place = place
        self.isUnicode = isUnicode
        isAtEnd = place >= text.count
        after = isAtEnd ? nil : text.character(at: place).value
        before = place == 0 ? nil : text.character(before: min(place, text.count))
    }

    func satisfy(_ assertion: PatternAssertion) -> Bool {
        switch assertion {
        case .textStart: place == 0
        case .textEnd: isAtEnd
        case .lineStart: before == nil || before == 10
        case .lineEnd: isAtEnd || after == 10
        case .wordBoundary: isWord(before) != isWord(after)
        case .notWordBoundary: isWord(before) == isWord(after)
        case .wordStart: !isWord(before) && isWord(after)
        case .wordEnd: isWord(before) && !isWord(after)
        case .notBehindWord: !isWord(before)
        case .notBeforeWord: !isWord(after)
        }
    }

    private func isWord(_ character: UInt32?) -> Bool {
        guard let character else { return false }
        return isUnicode
            ? CharacterSet.unicodeWord.contains(character) : CharacterSet.word.contains(character)
    }
}

extension Span<UInt8> {
    /// The character that begins at `place` and how many bytes it has; a byte that begins none
    /// stands alone, beyond all characters, and behind the end the width is 0.
    package func character(at place: Int) -> (value: UInt32, width: Int) {
        guard place < count else { return (0, 0) }
        let first = self[place]
        if first < 0x80 { return (UInt32(first), 1) }
        let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first < 0xF5, place + width <= count else {
            return (0x110000 + UInt32(first), 1)
        }
        var value = UInt32(first) & (0x7F >> UInt32(width))
        for offset in 1..<width {
            let byte = self[place + offset]
            guard byte & 0xC0 == 0x80 else { return (0x110000 + UInt32(first), 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return (value, width)
    }

    /// The character that ends at `place`, which is not the start.
    fileprivate func character(before place: Int) -> UInt32 {
        var start = place - 1
        while start > 0, place - start < 4, self[start] & 0xC0 == 0x80 { start -= 1 }
        let (value, width) = character(at: start)
        return start + width == place ? value : 0x110000 + UInt32(self[place - 1])
    }
}
