/// A regular expression in the syntax of RE2 (which Go and Kubernetes use), without captures.
///
/// It is run as a set of states, so the time is bounded by the length of the text times the size of
/// the expression: no text can make it hang.
final class Pattern: Sendable {
    /// One state of the automaton.
    enum State: Sendable {
        case characters(CharacterSet)
        /// Goes on at both.
        case split(Int, Int)
        case jump(Int)
        case assertion(Assertion)
        case matched
    }

    enum Assertion: Sendable {
        case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
    }

    /// Ranges of characters; `isNegated` takes all others.
    struct CharacterSet: Sendable {
        var ranges: [ClosedRange<UInt32>]
        var isNegated = false

        func contains(_ character: UInt32) -> Bool {
            for range in ranges where range.contains(character) { return !isNegated }
            return isNegated
        }
    }

    let states: [State]
    private let maximumSteps: Int

    /// - Throws: ``PatternError`` that says what is wrong and where.
    init(_ text: String, limits: Limits = .standard) throws(PatternError) {
        var parser = PatternParser(text)
        let tree = try parser.parse()
        var compiler = PatternCompiler(limit: limits.patternSize)
        try compiler.compile(tree)
        compiler.states.append(.matched)
        states = compiler.states
        maximumSteps = limits.patternSteps
    }

    /// Whether the expression matches somewhere in `text`. O(text × expression).
    func matches(_ text: String) throws(RuntimeError) -> Bool {
        let characters = text.unicodeScalars.map(\.value)
        var current = StateSet(count: states.count)
        var following = StateSet(count: states.count)
        var steps = 0
        for place in 0...characters.count {
            // A match may begin at every place: the start state joins those that are alive.
            if add(0, to: &current, characters, place) { return true }
            steps += current.members.count + 1
            if steps > maximumSteps { throw .patternSteps(maximumSteps) }
            guard place < characters.count else { break }
            following.clear()
            for state in current.members {
                guard case .characters(let set) = states[state], set.contains(characters[place])
                else { continue }
                if add(state + 1, to: &following, characters, place + 1) { return true }
            }
            swap(&current, &following)
        }
        return false
    }

    /// Adds a state and all that are reached from it without a character; true at the final state.
    private func add(
        _ start: Int, to set: inout StateSet, _ text: [UInt32], _ place: Int
    ) -> Bool {
        var open = [start]
        while let state = open.popLast() {
            guard set.insert(state) else { continue }
            switch states[state] {
            case .matched: return true
            case .jump(let target): open.append(target)
            case .split(let one, let other):
                open.append(other)
                open.append(one)
            case .assertion(let assertion):
                if holds(assertion, text, place) { open.append(state + 1) }
            case .characters: break
            }
        }
        return false
    }

    private func holds(_ assertion: Assertion, _ text: [UInt32], _ place: Int) -> Bool {
        switch assertion {
        case .textStart: place == 0
        case .textEnd: place == text.count
        case .lineStart: place == 0 || text[place - 1] == 10
        case .lineEnd: place == text.count || text[place] == 10
        case .wordBoundary: isBoundary(text, place)
        case .notWordBoundary: !isBoundary(text, place)
        }
    }

    private func isBoundary(_ text: [UInt32], _ place: Int) -> Bool {
        let before = place > 0 && PatternParser.word.contains(text[place - 1])
        let after = place < text.count && PatternParser.word.contains(text[place])
        return before != after
    }
}

/// Why a text is no regular expression.
struct PatternError: Error, Equatable {
    var message: String
}

/// A set of small numbers with fast clearing.
private struct StateSet {
    private(set) var members: [Int] = []
    private var isMember: [Bool]

    init(count: Int) { isMember = Array(repeating: false, count: count) }

    mutating func insert(_ member: Int) -> Bool {
        if isMember[member] { return false }
        isMember[member] = true
        members.append(member)
        return true
    }

    mutating func clear() {
        for member in members { isMember[member] = false }
        members.removeAll(keepingCapacity: true)
    }
}

/// Turns the tree into states.
struct PatternCompiler {
    var states: [Pattern.State] = []
    let limit: Int

    init(limit: Int) { self.limit = limit }

    private mutating func add(_ state: Pattern.State) throws(PatternError) {
        guard states.count < limit else {
            throw PatternError(
                message: "it is larger than \(limit) characters, repetitions counted")
        }
        states.append(state)
    }

    mutating func compile(_ node: PatternNode) throws(PatternError) {
        switch node {
        case .empty: break
        case .set(let set): try add(.characters(set))
        case .assertion(let assertion): try add(.assertion(assertion))
        case .sequence(let nodes): for node in nodes { try compile(node) }
        case .alternatives(let nodes): try compile(alternatives: nodes[...])
        case .repetition(let inner, let low, let high):
            for _ in 0..<low { try compile(inner) }
            if let high {
                var splits: [Int] = []
                for _ in low..<max(low, high) {
                    splits.append(states.count)
                    try add(.split(states.count + 1, 0))
                    try compile(inner)
                }
                for place in splits { states[place] = .split(place + 1, states.count) }
            } else {
                let start = states.count
                try add(.split(start + 1, 0))
                try compile(inner)
                try add(.jump(start))
                states[start] = .split(start + 1, states.count)
            }
        }
    }

    private mutating func compile(
        alternatives nodes: ArraySlice<PatternNode>
    ) throws(PatternError) {
        var ends: [Int] = []
        for node in nodes.dropLast() {
            let split = states.count
            try add(.split(split + 1, 0))
            try compile(node)
            ends.append(states.count)
            try add(.jump(0))
            states[split] = .split(split + 1, states.count)
        }
        if let last = nodes.last { try compile(last) }
        for place in ends { states[place] = .jump(states.count) }
    }
}
