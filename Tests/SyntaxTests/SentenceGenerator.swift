/// Writes sentences by walking the grammar at random. What the predicates demand is not heeded, so
/// the recogniser has to sort out what is no sentence after all.
struct SentenceGenerator {
    private let grammar: Grammar
    private var random: TestRandom
    private var depth = 0
    private var length = 0
    private var pendingBodies: [String] = []
    /// The least depth that each rule and node needs to end.
    private let ruleCosts: [Int]

    init(_ grammar: Grammar, seed: UInt64) {
        self.grammar = grammar
        random = TestRandom(seed: seed)
        ruleCosts = Self.costs(of: grammar)
    }

    /// A statement with its line end; not always a right one.
    mutating func sentence() -> String {
        depth = 0
        length = 0
        pendingBodies = []
        var text: [UInt8] = []
        write(.rule(grammar.number("statement")), isExact: false, into: &text)
        var result = String(decoding: text, as: UTF8.self)
        for body in pendingBodies { result += "\nbody\n\(body)" }
        return result + "\n"
    }

    private mutating func write(
        _ node: Grammar.Node, isExact: Bool, isGlued: Bool = false, into text: inout [UInt8]
    ) {
        switch node {
        case .text(let bytes, let isWord):
            if !isExact, !isGlued { space(isWord: isWord, into: &text) }
            text += bytes
            length = text.count
        case .rule(let rule): write(rule: rule, isExact, isGlued, into: &text)
        case .sequence(let parts):
            for part in parts { write(grammar.nodes[part], isExact: isExact, into: &text) }
        case .choice(let parts):
            write(grammar.nodes[choose(parts)], isExact: isExact, into: &text)
        case .many(let part):
            let count = isDeep ? 0 : Int.random(in: 0..<3, using: &random)
            for _ in 0..<count { write(grammar.nodes[part], isExact: isExact, into: &text) }
        case .optional(let part):
            if !isDeep, Bool.random(using: &random) {
                write(grammar.nodes[part], isExact: isExact, into: &text)
            }
        case .glued(let part):
            write(grammar.nodes[part], isExact: isExact, isGlued: true, into: &text)
        case .mode(_, let part): write(grammar.nodes[part], isExact: isExact, into: &text)
        case .range(let low, let high):
            length += 1
            text.append(UInt8.random(in: low...high, using: &random))
        case .any: text.append(Array("abcxyz019-_=,".utf8).randomElement(using: &random)!)
        case .special(.rawBody), .special(.interpolatedBody): noteBody(text)
        case .special, .ahead, .notAhead: break
        }
    }

    /// Time to end: deep inside, or long enough.
    private var isDeep: Bool { depth > 60 || length > 120 }

    private mutating func write(
        rule: Int, _ isExact: Bool, _ isGlued: Bool, into text: inout [UInt8]
    ) {
        let inner = grammar.rules[rule]
        if inner.isExact, !isExact, !isGlued { space(isWord: true, into: &text) }
        depth += 1
        write(grammar.nodes[inner.node], isExact: inner.isExact, into: &text)
        depth -= 1
    }

    private mutating func space(isWord: Bool, into text: inout [UInt8]) {
        guard let last = text.last, last != 10 else { return }
        if isWord || Bool.random(using: &random) { text.append(32) }
    }

    /// One of the parts; when deep, one that ends soonest.
    private mutating func choose(_ parts: [Int]) -> Int {
        if !isDeep { return parts.randomElement(using: &random)! }
        return parts.min { Self.cost(grammar, $0, ruleCosts) < Self.cost(grammar, $1, ruleCosts) }!
    }

    private mutating func noteBody(_ text: [UInt8]) {
        var end = text.count
        if text.last == 34 || text.last == 39 { end -= 1 }
        let mark = text[..<end].reversed().prefix { $0 > 47 && $0 != 60 && $0 != 39 && $0 != 34 }
        pendingBodies.append(String(decoding: mark.reversed(), as: UTF8.self))
    }

    private static func costs(of grammar: Grammar) -> [Int] {
        var costs = Array(repeating: 1_000, count: grammar.rules.count)
        var isChanged = true
        while isChanged {
            isChanged = false
            for (number, rule) in grammar.rules.enumerated() {
                let cost = min(1_000, 1 + cost(grammar, rule.node, costs))
                if cost < costs[number] {
                    costs[number] = cost
                    isChanged = true
                }
            }
        }
        return costs
    }

    private static func cost(_ grammar: Grammar, _ node: Int, _ costs: [Int]) -> Int {
        switch grammar.nodes[node] {
        case .rule(let rule): return costs[rule]
        case .sequence(let parts): return parts.map { cost(grammar, $0, costs) }.max() ?? 0
        case .choice(let parts): return parts.map { cost(grammar, $0, costs) }.min() ?? 0
        case .glued(let part), .mode(_, let part): return cost(grammar, part, costs)
        default: return 0
        }
    }
}
