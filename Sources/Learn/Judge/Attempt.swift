import Language
import Session
import Syntax
import Value
import struct Verbs.KubeConfig

/// The world of an exercise, and what must hold in it.
///
/// A prompt stands in one, and a judge makes a new one for each answer.
package final class Attempt {
    package let exercise: Exercise
    package let variant: Variant
    package let session: Session
    /// For the learner's prompt, whose statements take turns with those of the exercise.
    package let stack = NativeStack()
    /// What the learner has typed: set before each statement.
    package var statement: String {
        get { rules.statement }
        set { rules.statement = newValue }
    }
    /// How many commands the learner has run.
    var commands: Int { rules.commands }
    /// In which language something is refused.
    package var language = LocalText.standard

    private let run: ProgramRun
    private let words: [Value]
    private var conditions: [Int: Language.Condition] = [:]
    private var watches: [(standing: Int, watch: StandingWatch)] = []
    private var broken: [Verdict.Broken] = []
    private var rules: ExerciseGuard
    private var isLearners = false
    private var authorConfig: KubeConfig

    /// A new world in which nothing has happened yet.
    ///
    /// - Parameter sink: takes what the learner's statements print.
    package init(
        _ exercise: Exercise, seed: UInt64, keepsHistory: Bool = false,
        sink: @escaping (String) -> Void
    ) {
        self.exercise = exercise
        variant = exercise.variant(seed)
        words = variant.values.map(\.value)
        var options = SessionOptions()
        options.seed = seed
        options.isSeedFixed = true
        options.title = exercise.name
        options.keepsHistory = keepsHistory
        let files = ScriptFiles(folder: exercise.folder, name: exercise.path)
        session = Session(options, files: files, sink: sink)
        authorConfig = session.kubeConfig
        run = ProgramRun(exercise.program, host: session, stack: stack)
        rules = ExerciseGuard([], variant, kinds: { .builtIn }, reason: { _ in "" })
        rules = ExerciseGuard(
            exercise.rules, variant, kinds: { [unowned session] in session.cluster.kinds },
            reason: { [unowned self] in
                exercise.rules[$0].reason.text(language, variant)
            })
    }

    // MARK: The beginning

    /// Makes the world as the learner finds it, and begins to watch.
    package func setUp() throws {
        try asAuthor {
            try run.run()
            if let setup = exercise.setup { try run.run(part: setup, words) }
            if let trouble = session.takeDeferredTrouble() { throw trouble }
        }
        authorConfig = session.kubeConfig
        for standing in exercise.standings { try begin(standing) }
        for hint in exercise.hints where hint.isConditional { try keep(hint.part) }
        for pitfall in exercise.pitfalls { try keep(pitfall.part) }
        session.actGuard = rules
        session.files.isClosed = true
        isLearners = true
    }

    private func condition(ofPart part: Int) throws -> Language.Condition? {
        try asAuthor { try session.condition { try run.run(part: part, words) } }
    }

    private func keep(_ part: Int) throws { conditions[part] = try condition(ofPart: part) }

    private func begin(_ standing: Standing) throws {
        guard let condition = try condition(ofPart: standing.part) else { return }
        let watch = try asAuthor { try session.watch(standing: condition) }
        if let failure = watch.failure { throw Trouble.expectation(failure) }
        watch.broke = { [unowned self, unowned watch] in
            guard let failure = watch.failure else { return }
            broken.append(
                Verdict.Broken(
                    standing: standing.index, atMilliseconds: failure.atMilliseconds,
                    statement: isLearners && !statement.isEmpty ? statement : nil,
                    seen: Seen.of(failure, variant)))
        }
        watches.append((standing.index, watch))
    }

    /// Runs statements of the exercise: nothing is forbidden to them, and what the learner has set does not
    /// change what they mean.
    private func asAuthor<T>(_ body: () throws -> T) rethrows -> T {
        let outer = (session.actGuard, session.kubeConfig, session.files.isClosed, session.sink)
        let wasLearners = isLearners
        session.actGuard = nil
        session.kubeConfig = authorConfig
        session.files.isClosed = false
        session.sink = { _ in }
        isLearners = false
        defer {
            (session.actGuard, session.kubeConfig, session.files.isClosed, session.sink) = outer
            isLearners = wasLearners
        }
        return try body()
    }

    // MARK: Goals

    /// Asks a goal; what was seen where it does not hold. `expect within` lets time pass.
    func ask(_ goal: Goal) throws -> [Seen]? {
        try asAuthor { try outcome { try run.run(part: goal.part, words) } }
    }

    /// What the world does to the answer; what was seen where something in it does not hold.
    func happen(_ after: After) throws -> [Seen]? {
        try asAuthor { try outcome { try run.run(part: after.part, words) } }
    }

    /// Nil where the statements run to their end.
    private func outcome(_ body: () throws -> Void) throws -> [Seen]? {
        let before = session.notes.softFailures.count
        do {
            try body()
            if let trouble = session.takeDeferredTrouble() { throw trouble }
        } catch Trouble.expectation(let failure) {
            return Seen.of(failure, variant)
        } catch Trouble.command(let failure) {
            return Seen.of(failure)
        } catch Trouble.diagnostic(let diagnostic) {
            if session.isInterrupted { throw Trouble.diagnostic(diagnostic) }
            return [.told(diagnostic.message)]
        }
        guard session.notes.softFailures.count > before else { return nil }
        return Seen.of(session.notes.softFailures[before], variant)
    }

    /// The goals as they stand now: no time passes, and nothing is written.
    package func marks() -> [GoalMark] {
        exercise.goals.map { goal in
            do {
                let seen = try session.peeking { try ask(goal) }
                return GoalMark(goal: goal.index, isHeld: seen == nil, seen: seen ?? [])
            } catch {
                return GoalMark(goal: goal.index, isHeld: false, seen: [])
            }
        }
    }

    // MARK: What is recognised

    private func holds(_ part: Int) -> Bool {
        guard let condition = conditions[part] else { return false }
        return asAuthor { (try? condition.check()) == .satisfied }
    }

    /// The hints in the order in which they are given now: those whose condition holds, then the tiers.
    package func hints() -> [Int] {
        let fitting = exercise.hints.filter { $0.isConditional && holds($0.part) }
        let tiers = exercise.hints.filter { !$0.isConditional }
        return (fitting + tiers).map(\.index)
    }

    /// The pitfalls that are recognised now.
    package func pitfalls() -> [Int] {
        exercise.pitfalls.filter { holds($0.part) }.map(\.index)
    }

    // MARK: What went wrong

    /// What was broken since the last look.
    package func takeBroken() -> [Verdict.Broken] {
        defer { broken = [] }
        return broken
    }

    /// What was refused since the last look.
    package func takeRefusals() -> [Refusal] {
        defer { rules.forget() }
        return rules.refusals
    }

    /// Refuses a statement that no answer may have; nil where it may.
    package func refusal(of script: Script) -> String? {
        guard let word = ClosedStatements.first(in: script) else { return nil }
        return rules.refuse(nil, word)
    }

    /// What a condition that could not be judged said.
    var standingProblem: (any Error)? { watches.lazy.compactMap(\.watch.problem).first }
}

/// Statements that are not for learners: they would change what a world is, or act behind the answer's back.
private struct ClosedStatements: SyntaxWalker {
    private var found: String?

    static func first(in script: Script) -> String? {
        var walker = ClosedStatements()
        for statement in script.statements { walker.visit(statement) }
        return walker.found
    }

    mutating func visit(_ statement: Statement) {
        let word: String? =
            switch statement.kind {
            case .behavior: "behavior"
            case .include: "include"
            case .timer(let timer): timer.kind.rawValue
            case .scenario: "scenario"
            case .exercise: "exercise"
            case .let, .assign, .if, .for, .while, .break, .continue, .function, .return, .file,
                .setup, .cleanup, .expect, .invariant, .attach, .skip, .print, .expression,
                .command:
                nil
            }
        if found == nil { found = word }
        walk(statement)
    }
}
