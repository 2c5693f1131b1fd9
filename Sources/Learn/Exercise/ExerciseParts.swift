import Language
import Syntax
import Value

/// What a learner is to reach.
package struct Goal: Sendable {
    package let index: Int
    package let text: LocalText
    /// Not asked again behind `after`.
    package let isOnce: Bool
    /// Holds at the start already.
    package let isKept: Bool
    let part: Int
}

/// What holds at every write (`always`), or at none (`never`).
package struct Standing: Sendable {
    package let index: Int
    package let isNever: Bool
    package let text: LocalText
    let part: Int
}

/// What nobody may do (`forbid`), or what alone may be done (`allow`).
package struct Rule: Sendable {
    package let isAllowing: Bool
    /// As written, names of `vary` and all.
    package let patterns: [ExerciseTemplate]
    package let reason: LocalText
}

/// What the world does to an answer.
package struct After: Sendable {
    package let index: Int
    package let text: LocalText
    let part: Int
}

/// A hint.
package struct Hint: Sendable {
    package let index: Int
    package let text: LocalText
    /// Given first while its condition holds.
    package let isConditional: Bool
    let part: Int
}

/// A wrong way that many go.
package struct Pitfall: Sendable {
    package let index: Int
    package let name: String
    package let text: LocalText
    let part: Int
}

/// A solution, or a wrong answer with what it meets.
package struct Sample: Sendable {
    /// What refuses a wrong answer.
    package struct Expected: Sendable {
        package let kind: ExerciseWrong.Kind
        /// The English text of the part as written, or the name of the pitfall.
        package let what: String
    }

    package let index: Int
    package let text: LocalText
    /// Nil for a solution.
    package let expected: Expected?
    package let block: Block
}

/// Reads the parts of an exercise in order.
struct PartReader {
    private let statement: ExerciseStatement

    init(_ statement: ExerciseStatement) { self.statement = statement }

    private func collect<T>(_ read: (Int, Int, ExercisePartKind) -> T?) -> [T] {
        var found: [T] = []
        for (part, item) in statement.parts.enumerated() {
            if let one = read(found.count, part, item.kind) { found.append(one) }
        }
        return found
    }

    func text(_ word: ExerciseWord) -> LocalText {
        LocalText(
            collect { _, _, kind -> ExerciseText? in
                guard case .text(word, let text) = kind else { return nil }
                return text
            })
    }

    func number(_ word: ExerciseWord) -> Int {
        collect { _, _, kind -> Int? in
            guard case .number(word, let number) = kind else { return nil }
            return number
        }.first ?? 1
    }

    var topics: [String] {
        collect { _, _, kind -> [String]? in
            guard case .topics(let topics) = kind else { return nil }
            return topics.map(\.name)
        }.flatMap { $0 }
    }

    var needs: [String] {
        collect { _, _, kind -> [String]? in
            guard case .needs(let names) = kind else { return nil }
            return names.compactMap(\.literalText)
        }.flatMap { $0 }
    }

    var setup: Int? {
        collect { _, part, kind -> Int? in
            guard case .setup = kind else { return nil }
            return part
        }.first
    }

    var choices: [(name: String, values: [Value])] {
        collect { _, _, kind -> (name: String, values: [Value])? in
            guard case .vary(let name, let list) = kind, let values = ExerciseValues.read(list)
            else { return nil }
            return (name.name, values)
        }
    }

    var goals: [Goal] {
        collect { index, part, kind -> Goal? in
            guard case .goal(let goal) = kind else { return nil }
            return Goal(
                index: index, text: LocalText(goal.text), isOnce: goal.isOnce, isKept: goal.isKept,
                part: part)
        }
    }

    var standings: [Standing] {
        collect { index, part, kind -> Standing? in
            guard case .invariant(let invariant) = kind else { return nil }
            return Standing(
                index: index, isNever: invariant.kind == .never, text: LocalText(invariant.text),
                part: part)
        }
    }

    var rules: [Rule] {
        collect { _, _, kind -> Rule? in
            guard case .rule(let rule) = kind else { return nil }
            return Rule(
                isAllowing: rule.isAllowing,
                patterns: rule.patterns.map { ExerciseTemplate($0.pieces) },
                reason: LocalText(rule.reason))
        }
    }

    var afters: [After] {
        collect { index, part, kind -> After? in
            guard case .after(let text, _) = kind else { return nil }
            return After(index: index, text: LocalText(text), part: part)
        }
    }

    var hints: [Hint] {
        collect { index, part, kind -> Hint? in
            guard case .hint(let condition, let text) = kind else { return nil }
            return Hint(
                index: index, text: LocalText(text), isConditional: condition != nil, part: part)
        }
    }

    var pitfalls: [Pitfall] {
        collect { index, part, kind -> Pitfall? in
            guard case .pitfall(let pitfall) = kind else { return nil }
            return Pitfall(
                index: index, name: pitfall.name.literalText ?? "",
                text: LocalText(pitfall.text), part: part)
        }
    }

    var solutions: [Sample] {
        collect { index, _, kind -> Sample? in
            guard case .solution(let text, let block) = kind else { return nil }
            return Sample(index: index, text: LocalText(text), expected: nil, block: block)
        }
    }

    var wrongs: [Sample] {
        collect { index, _, kind -> Sample? in
            guard case .wrong(let wrong) = kind else { return nil }
            let what = wrong.what.map { ExerciseTemplate($0.pieces).written } ?? ""
            return Sample(
                index: index, text: LocalText(wrong.text),
                expected: Sample.Expected(kind: wrong.expected, what: what), block: wrong.body)
        }
    }
}
