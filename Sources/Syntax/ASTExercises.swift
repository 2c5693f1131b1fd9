// The syntax tree: exercises. Grammar: grammar/drydock.ebnf.

/// `exercise "name" { … }`.
package struct ExerciseStatement: Sendable {
    package var name: StringLiteral
    /// In the order of the text.
    package var parts: [ExercisePart]
    /// The braces and what is between them.
    package var body: SourceSpan
}

/// One part of an exercise.
package struct ExercisePart: Sendable {
    package var kind: ExercisePartKind
    package var span: SourceSpan
}

/// The words with which parts begin, in the order in which people write them.
package enum ExerciseWord: String, Sendable, CaseIterable {
    case title, level, topics, needs, time, vary, story, task, setup, forbid, allow, goal, always,
        never, after, hint, pitfall, solution, wrong, debrief
}

/// What a part says.
package enum ExercisePartKind: Sendable {
    /// `title`, `story`, `task`, `debrief`: a text, in one language or several.
    case text(ExerciseWord, ExerciseText)
    /// `level 2`, `time 8`
    case number(ExerciseWord, Int)
    /// `topics rollout, readiness`
    case topics([Identifier])
    /// `needs "labels", "probes"`
    case needs([StringLiteral])
    /// `vary app in ["web", "shop"]`
    case vary(Identifier, Expression)
    /// `setup { … }`
    case setup(Block)
    /// `forbid "delete pdb" "why"`, `allow "patch deployment/web" "why"`
    case rule(ExerciseRule)
    /// `goal "…" { … }`
    case goal(ExerciseGoal)
    /// `always "…": E`, `never "…": E`
    case invariant(ExerciseInvariant)
    /// `after "…" { … }`
    case after(ExerciseText, Block)
    /// `hint "…"`, `hint when E "…"`
    case hint(Expression?, ExerciseText)
    /// `pitfall "name" when E "…"`
    case pitfall(ExercisePitfall)
    /// `solution { … }`
    case solution(ExerciseText?, Block)
    /// `wrong { … } expects …`
    case wrong(ExerciseWrong)
}

/// A text with its translations: `"one" zh "一"`.
package struct ExerciseText: Sendable {
    /// At least one.
    package var entries: [Entry]

    /// The text in one language.
    package struct Entry: Sendable {
        /// Nil for the language in which an exercise is written first: English.
        package var language: Identifier?
        /// A string or a here-document.
        package var value: Expression
    }

    package var span: SourceSpan {
        let first = entries.first.map { $0.language?.span.start ?? $0.value.span.start } ?? 0
        return SourceSpan(start: Int(first), end: Int(entries.last?.value.span.end ?? first))
    }
}

/// What a learner may not do, or alone may.
package struct ExerciseRule: Sendable {
    /// `allow` and not `forbid`.
    package var isAllowing: Bool
    /// At least one: `verb`, `verb kind`, `verb kind/name`.
    package var patterns: [StringLiteral]
    package var reason: ExerciseText
}

/// What a learner is to reach.
package struct ExerciseGoal: Sendable {
    /// Not asked again behind `after`.
    package var isOnce: Bool
    /// Holds at the start already, and has to go on holding.
    package var isKept: Bool
    package var text: ExerciseText
    package var body: Block
}

/// What must hold, or must not, at every write.
package struct ExerciseInvariant: Sendable {
    package var kind: InvariantStatement.Kind
    package var text: ExerciseText
    package var condition: Expression
}

/// A wrong way that many go.
package struct ExercisePitfall: Sendable {
    package var name: StringLiteral
    package var condition: Expression
    package var text: ExerciseText
}

/// An answer that is refused.
package struct ExerciseWrong: Sendable {
    /// What a wrong answer meets.
    package enum Kind: String, Sendable, CaseIterable {
        case goal, pitfall, always, never, after, forbidden
    }

    package var text: ExerciseText?
    package var body: Block
    package var expected: Kind
    /// The text of the goal and the like, or the name of the pitfall; nil for `forbidden`.
    package var what: StringLiteral?
}

extension ExercisePartKind {
    /// The word with which the part begins.
    package var word: ExerciseWord {
        switch self {
        case .text(let word, _), .number(let word, _): word
        case .topics: .topics
        case .needs: .needs
        case .vary: .vary
        case .setup: .setup
        case .rule(let rule): rule.isAllowing ? .allow : .forbid
        case .goal: .goal
        case .invariant(let invariant): invariant.kind == .always ? .always : .never
        case .after: .after
        case .hint: .hint
        case .pitfall: .pitfall
        case .solution: .solution
        case .wrong: .wrong
        }
    }

    /// The text of the part, if it has one.
    package var text: ExerciseText? {
        switch self {
        case .text(_, let text), .after(let text, _), .hint(_, let text): text
        case .rule(let rule): rule.reason
        case .goal(let goal): goal.text
        case .invariant(let invariant): invariant.text
        case .pitfall(let pitfall): pitfall.text
        case .solution(let text, _): text
        case .wrong(let wrong): wrong.text
        case .number, .topics, .needs, .vary, .setup: nil
        }
    }

    /// The statements of the part, if it has some.
    package var block: Block? {
        switch self {
        case .setup(let block), .after(_, let block), .solution(_, let block): block
        case .goal(let goal): goal.body
        case .wrong(let wrong): wrong.body
        case .text, .number, .topics, .needs, .vary, .rule, .invariant, .hint, .pitfall: nil
        }
    }

    /// The condition of the part, if it has one.
    package var condition: Expression? {
        switch self {
        case .hint(let condition, _): condition
        case .invariant(let invariant): invariant.condition
        case .pitfall(let pitfall): pitfall.condition
        case .text, .number, .topics, .needs, .vary, .setup, .rule, .goal, .after, .solution,
            .wrong:
            nil
        }
    }
}

extension ExerciseStatement {
    /// The variables that `vary` declares, in order.
    package var variables: [Identifier] {
        parts.compactMap { if case .vary(let name, _) = $0.kind { name } else { nil } }
    }
}
