import Support
import Testing

@testable import Patterns

/// A small expression over `a` and `b` that prints itself and can be matched by trying everything.
private indirect enum Naive {
    case letter(UInt8)
    case any
    case none(UInt8)
    case sequence([Naive])
    case either([Naive])
    case repeated(Naive, least: Int, most: Int?, isLazy: Bool)
    case start, end

    init(_ random: inout RandomStream, depth: Int, allowsLazy: Bool) {
        func inner(_ random: inout RandomStream) -> Naive {
            Naive(&random, depth: depth - 1, allowsLazy: allowsLazy)
        }
        switch depth == 0 ? random.below(5) : random.below(11) {
        case 0, 1: self = .letter(97 + UInt8(random.below(2)))
        case 2: self = .any
        case 3: self = .none(97)
        case 4: self = .sequence([])
        case 5: self = random.below(2) == 0 ? .start : .end
        case 6, 7: self = .sequence((0..<2 + random.below(2)).map { _ in inner(&random) })
        case 8: self = .either((0..<2 + random.below(2)).map { _ in inner(&random) })
        default:
            let bounds: [(Int, Int?)] = [(0, nil), (1, nil), (0, 1), (2, 3), (2, nil), (0, 2)]
            let (least, most) = bounds[random.below(bounds.count)]
            let part = inner(&random)
            // What may take nothing and is repeated in order of preference is where Perl and RE2
            // part ways; RE2's is ours.
            if allowsLazy, part.canBeEmpty {
                self = part
                return
            }
            self = .repeated(
                part, least: least, most: most,
                isLazy: allowsLazy && random.below(3) == 0)
        }
    }

    var canBeEmpty: Bool {
        switch self {
        case .letter, .any, .none: false
        case .sequence(let parts): parts.allSatisfy(\.canBeEmpty)
        case .either(let parts): parts.contains(where: \.canBeEmpty)
        case .repeated(let inner, let least, _, _): least == 0 || inner.canBeEmpty
        case .start, .end: true
        }
    }

    var text: String {
        switch self {
        case .letter(let byte): String(Unicode.Scalar(byte))
        case .any: "."
        case .none(let byte): "[^\(Unicode.Scalar(byte))]"
        case .sequence(let parts): parts.isEmpty ? "()" : parts.map(\.text).joined()
        case .either(let parts): "(" + parts.map(\.text).joined(separator: "|") + ")"
        case .repeated(let inner, let least, let most, let isLazy):
            "(\(inner.text))" + Self.count(least, most) + (isLazy ? "?" : "")
        case .start: "^"
        case .end: "$"
        }
    }

    private static func count(_ least: Int, _ most: Int?) -> String {
        switch (least, most) {
        case (0, nil): "*"
        case (1, nil): "+"
        case (0, 1?): "?"
        default: "{\(least),\(most.map(String.init) ?? "")}"
        }
    }

    /// Calls `next` with the places at which a match from `place` can end, the preferred ones first,
    /// until it answers true.
    func match(_ text: [UInt8], _ place: Int, _ next: (Int) -> Bool) -> Bool {
        switch self {
        case .letter(let byte): place < text.count && text[place] == byte && next(place + 1)
        case .any: place < text.count && next(place + 1)
        case .none(let byte): place < text.count && text[place] != byte && next(place + 1)
        case .sequence(let parts): Self.sequence(parts[...], text, place, next)
        case .either(let parts): parts.contains { $0.match(text, place, next) }
        case .repeated(let inner, let least, let most, let isLazy):
            Self.turns(inner, 0, least, most, isLazy, text, place, next)
        case .start: place == 0 && next(place)
        case .end: place == text.count && next(place)
        }
    }

    private static func sequence(
        _ parts: ArraySlice<Naive>, _ text: [UInt8], _ place: Int, _ next: (Int) -> Bool
    ) -> Bool {
        guard let first = parts.first else { return next(place) }
        return first.match(text, place) { sequence(parts.dropFirst(), text, $0, next) }
    }

    private static func turns(
        _ inner: Naive, _ done: Int, _ least: Int, _ most: Int?, _ isLazy: Bool, _ text: [UInt8],
        _ place: Int, _ next: (Int) -> Bool
    ) -> Bool {
        func more() -> Bool {
            guard done < most ?? .max else { return false }
            return inner.match(text, place) { end in
                // A turn that took nothing ends the repetition.
                if end == place, done >= least { return next(end) }
                return turns(inner, done + 1, least, most, isLazy, text, end, next)
            }
        }
        if done < least { return more() }
        return isLazy ? next(place) || more() : more() || next(place)
    }

    /// The leftmost match: the preferred or the longest one.
    func firstMatch(_ text: [UInt8], longest: Bool) -> Range<Int>? {
        for start in 0...text.count {
            var best: Int?
            _ = match(text, start) { end in
                best = max(best ?? end, end)
                return !longest
            }
            if let best { return start..<best }
        }
        return nil
    }
}

@Suite("The engine and a matcher that tries everything")
struct PatternPropertyTests {
    private func texts(_ random: inout RandomStream) -> [[UInt8]] {
        (0..<6).map { length in (0..<length).map { _ in 97 + UInt8(random.below(3)) } }
    }

    @Test("agree on the longest match of random expressions")
    func longest() throws {
        var random = RandomStream(seed: 1)
        for _ in 0..<4_000 {
            let naive = Naive(&random, depth: 3, allowsLazy: false)
            let pattern = try Pattern("(\(naive.text))", syntax: .extended)
            for text in texts(&random) {
                let expected = naive.firstMatch(text, longest: true)
                let found = try pattern.firstMatch(in: text.span)?.range
                #expect(
                    found == expected, "\(naive.text) on \(String(decoding: text, as: UTF8.self))")
                #expect(try pattern.matches(text.span) == (expected != nil))
            }
        }
    }

    @Test("agree on the preferred match of random expressions")
    func preferred() throws {
        var random = RandomStream(seed: 2)
        for _ in 0..<4_000 {
            let naive = Naive(&random, depth: 3, allowsLazy: true)
            let pattern = try Pattern("(?s:\(naive.text))")
            for text in texts(&random) {
                let expected = naive.firstMatch(text, longest: false)
                let found = try pattern.firstMatch(in: text.span)?.range
                #expect(
                    found == expected, "\(naive.text) on \(String(decoding: text, as: UTF8.self))")
            }
        }
    }

    @Test("no text makes an expression take more steps than its size for each character")
    func linear() throws {
        let hostile = [
            "(a*)*b", "(a|a)*b", "(a|aa)+$", "(a+)+c", "(.*)(.*)(.*)(.*)x", "(a?){50}a{50}$",
            "((a*)*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$",
        ]
        for text in hostile {
            for syntax in [PatternSyntax.re2, .extended] {
                let pattern = try Pattern(text, syntax: syntax)
                var counts: [Int] = []
                for length in [500, 1_000] {
                    let subject = [UInt8](repeating: 97, count: length)
                    var machine = PatternMachine(pattern, slots: 2 * pattern.groupCount + 2)
                    _ = try machine.run(subject.span, from: 0)
                    #expect(machine.steps <= 2 * (pattern.states.count + 1) * (length + 1))
                    counts.append(machine.steps)
                }
                #expect(counts[1] <= counts[0] * 5 / 2, "\(text): \(counts)")
            }
        }
    }

    @Test("a match that takes more steps than it may says so")
    func exhaustion() throws {
        let pattern = try Pattern("(a*)*b", limits: PatternLimits(steps: 100))
        #expect(throws: PatternExhaustion(steps: 100)) {
            try pattern.matches(String(repeating: "a", count: 200))
        }
    }

    @Test("repetitions of nothing cost nothing")
    func empty() throws {
        #expect(try Pattern("(?:(?:(?:){1000}){1000}){1000}").matches(""))
    }
}
