/// One state of the automaton.
enum PatternState: Sendable {
    case character(UInt32)
    /// Takes a character of the set of this number.
    case set(Int)
    /// Goes on at both, preferring the first.
    case split(Int, Int)
    case jump(Int)
    case assertion(PatternAssertion)
    /// Notes the place in a slot: an even one for a group's start, the odd one behind for its end.
    case save(Int)
    case matched
}

/// Turns the tree into states.
struct PatternCompiler {
    private(set) var states: [PatternState] = []
    private(set) var sets: [CharacterSet] = []
    private let limit: Int
    private let ignoresCase: Bool

    /// - Parameter limit: how many states there may be.
    init(limit: Int, ignoresCase: Bool) {
        self.limit = limit
        self.ignoresCase = ignoresCase
    }

    mutating func finish() { states.append(.matched) }

    private mutating func add(_ state: PatternState) throws(PatternError) {
        guard states.count < limit else {
            throw PatternError("it is larger than \(limit) characters, repetitions counted")
        }
        states.append(state)
    }

    mutating func compile(_ node: PatternNode) throws(PatternError) {
        switch node {
        case .empty: break
        case .set(let set): try compile(set)
        case .assertion(let assertion): try add(.assertion(assertion))
        case .group(let inner, let number):
            try add(.save(2 * number))
            try compile(inner)
            try add(.save(2 * number + 1))
        case .sequence(let nodes): for node in nodes { try compile(node) }
        case .alternatives(let nodes): try compile(alternatives: nodes)
        case .repetition(let inner, let count): try compile(inner, count)
        }
    }

    private mutating func compile(_ given: CharacterSet) throws(PatternError) {
        let set = ignoresCase ? given.folded() : given
        if !set.isNegated, set.classes.isEmpty, set.ranges.count == 1, set.ranges[0].count == 1 {
            return try add(.character(set.ranges[0].lowerBound))
        }
        let known = sets.lastIndex(of: set)
        if known == nil { sets.append(set) }
        try add(.set(known ?? sets.count - 1))
    }

    private mutating func compile(
        _ inner: PatternNode, _ count: PatternCount
    ) throws(PatternError) {
        guard let most = count.most else { return try compileEndless(inner, count) }
        let start = states.count
        for turn in 0..<count.least {
            try compile(inner)
            // What takes no state takes none a thousand times.
            if turn == 0, states.count == start { return }
        }
        var splits: [Int] = []
        for _ in count.least..<max(count.least, most) {
            splits.append(states.count)
            try add(.jump(0))
            try compile(inner)
        }
        for place in splits { states[place] = split(at: place, count) }
    }

    /// `x*` is `(x+)?`: so an empty turn ends the repetition instead of hiding the way out behind a
    /// state that was seen already.
    private mutating func compileEndless(
        _ inner: PatternNode, _ count: PatternCount
    ) throws(PatternError) {
        let before = states.count
        for turn in 0..<max(0, count.least - 1) {
            try compile(inner)
            if turn == 0, states.count == before { return }
        }
        let optional = states.count
        if count.least == 0 { try add(.jump(0)) }
        let start = states.count
        try compile(inner)
        try add(count.isLazy ? .split(states.count + 1, start) : .split(start, states.count + 1))
        if count.least == 0 { states[optional] = split(at: optional, count) }
    }

    /// Goes on behind `place` or behind all that there is so far.
    private func split(at place: Int, _ count: PatternCount) -> PatternState {
        count.isLazy ? .split(states.count, place + 1) : .split(place + 1, states.count)
    }

    private mutating func compile(alternatives nodes: [PatternNode]) throws(PatternError) {
        var ends: [Int] = []
        for node in nodes.dropLast() {
            let split = states.count
            try add(.jump(0))
            try compile(node)
            ends.append(states.count)
            try add(.jump(0))
            states[split] = .split(split + 1, states.count)
        }
        if let last = nodes.last { try compile(last) }
        for place in ends { states[place] = .jump(states.count) }
    }
}
