import Language
import Learn
import Learner
import Session
import Syntax
import Value

/// An exercise of a course as the prompt has it: one variant, in one language.
package final class ExerciseLesson: Lesson {
    private let exercise: Exercise
    private let variant: Variant
    private let tongue: Tongue

    /// - Parameter seed: of the variant.
    package init(_ exercise: Exercise, seed: UInt64, in tongue: Tongue) {
        self.exercise = exercise
        variant = exercise.variant(seed)
        self.tongue = tongue
    }

    private func text(_ text: LocalText) -> String { text.text(tongue.rawValue, variant) }

    package var name: String { exercise.name }
    package var title: String { text(exercise.title) }
    package var level: Int { exercise.level }
    package var minutes: Int { exercise.minutes }
    package var story: String { text(exercise.story) }
    package var task: String { text(exercise.task) }
    package var debrief: String { text(exercise.debrief) }
    package var goals: [String] { exercise.goals.map { text($0.text) } }

    package var hints: [(text: String, isConditional: Bool)] {
        exercise.hints.map { (text($0.text), $0.isConditional) }
    }

    package var solutions: [(title: String, text: String)] {
        exercise.solutions.map { (text($0.text), exercise.code(of: $0, variant)) }
    }

    /// Incidents ask to be solved from what a cluster shows.
    package var whyCosts: Bool { exercise.topics.contains(Self.incident) }

    /// The topic of exercises that give only symptoms.
    static let incident = "incident"

    package func begin() throws(LessonProblem) -> any LessonWorld {
        do {
            return try AttemptWorld(exercise, variant: variant, in: tongue)
        } catch Trouble.diagnostic(let diagnostic) {
            throw LessonProblem("\(exercise.path): \(diagnostic.message)")
        } catch {
            throw LessonProblem(
                "\(exercise.path): its setup fails; `drydock learn prove` says where")
        }
    }

    // MARK: Judging

    package func check(_ answer: LessonAnswer) -> CheckOutcome {
        let verdict = Judge(exercise).check(Self.answer(answer), seed: variant.seed)
        return VerdictReading(exercise, variant, tongue).outcome(verdict)
    }

    private static func answer(_ answer: LessonAnswer) -> Answer {
        switch answer {
        case .statements(let texts): .statements(texts.map { AnswerStatement(text: $0) })
        case .file(let name, let text):
            if [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) {
                .manifest(text, name: name.split(separator: "/").last.map(String.init) ?? "")
            } else {
                .script(text)
            }
        }
    }
}

/// A live world of an exercise.
private final class AttemptWorld: LessonWorld {
    private let exercise: Exercise
    private let variant: Variant
    private let tongue: Tongue
    private let attempt: Attempt
    let prompt: Prompt

    init(_ exercise: Exercise, variant: Variant, in tongue: Tongue) throws {
        (self.exercise, self.variant, self.tongue) = (exercise, variant, tongue)
        attempt = Attempt(exercise, seed: variant.seed, keepsHistory: true) { _ in }
        attempt.language = tongue.rawValue
        try attempt.setUp()
        prompt = Prompt(host: attempt.session, stack: attempt.stack)
    }

    var session: Session { attempt.session }

    var statement: String {
        get { attempt.statement }
        set { attempt.statement = newValue }
    }

    func refusal(of script: Script) -> String? { attempt.refusal(of: script) }

    func rest() {
        let outer = (session.actGuard, session.sink)
        session.actGuard = nil
        session.sink = { _ in }
        defer { (session.actGuard, session.sink) = outer }
        let script = Parser.parse(Source(name: Session.promptName, text: "settle")).script
        // A world that never rests is looked at as it is after ten minutes.
        _ = try? prompt.run(script) { _ in }
    }

    func marks() -> [Bool] { attempt.marks().map(\.isHeld) }

    func openHints() -> [Int] { attempt.hints() }

    func takeNews() -> LessonNews {
        let reading = VerdictReading(exercise, variant, tongue)
        return LessonNews(
            breaks: attempt.takeBroken().map(reading.found),
            refusals: attempt.takeRefusals().map(reading.reason))
    }
}

/// What a judge has found, in the learner's language.
private struct VerdictReading {
    private let exercise: Exercise
    private let variant: Variant
    private let tongue: Tongue
    private let words: VerdictText
    private let own: LearnWords

    init(_ exercise: Exercise, _ variant: Variant, _ tongue: Tongue) {
        (self.exercise, self.variant, self.tongue) = (exercise, variant, tongue)
        words = VerdictText(exercise, variant, language: tongue.rawValue)
        own = LearnWords(tongue.rawValue)
    }

    private func text(_ text: LocalText) -> String { text.text(tongue.rawValue, variant) }

    private func seen(_ seen: [Seen]) -> [String] {
        words.seen(FindingsForLearners(variant, hidesWhy: isIncident)(seen))
    }

    private var isIncident: Bool { exercise.topics.contains(ExerciseLesson.incident) }

    func found(_ broken: Learn.Verdict.Broken) -> CheckOutcome.Break {
        CheckOutcome.Break(
            text: text(exercise.standings[broken.standing].text),
            time: Duration(milliseconds: broken.atMilliseconds).shortText,
            command: broken.statement, seen: seen(broken.seen))
    }

    func reason(_ refusal: Refusal) -> String {
        refusal.rule.map { text(exercise.rules[$0].reason) } ?? own.say(.notForAnswers)
    }

    func outcome(_ verdict: Learn.Verdict) -> CheckOutcome {
        let goals = verdict.goals.map { result in
            // A goal that was asked again held when it was asked first.
            let isMet = result.isHeld || result.stage != .work
            return CheckOutcome.Goal(
                text: text(exercise.goals[result.goal].text), isMet: isMet,
                seen: isMet ? [] : seen(result.seen))
        }
        var outcome = CheckOutcome(isSolved: verdict.isPassed, goals: goals)
        outcome.trials = trials(verdict)
        outcome.breaks = verdict.broken.map(found)
        outcome.forbidden = verdict.refusals.map(reason)
        outcome.pitfalls = verdict.pitfalls.map { text(exercise.pitfalls[$0].text) }
        outcome.troubles = verdict.troubles.map { "`\($0.statement)`: \($0.message)" }
        switch verdict.ending {
        case .whole: break
        case .overBudget(let kind): outcome.troubles.append(own.overBudget(kind))
        case .broken(let message):
            outcome.troubles.append(own.say(.exerciseBroken, message))
        }
        return outcome
    }

    /// Each event that was come to, with the goals that did not hold behind it.
    private func trials(_ verdict: Learn.Verdict) -> [CheckOutcome.Trial] {
        let stages = verdict.goals.compactMap { result -> Int? in
            if case .after(let index) = result.stage { index } else { nil }
        }
        let last = (stages + [verdict.failedAfter?.after].compactMap { $0 }).max()
        guard let last else { return [] }
        return exercise.afters.prefix(last + 1).map { after in
            let failed = verdict.failedAfter.flatMap { $0.after == after.index ? $0.seen : nil }
            let lost = verdict.goals.filter { !$0.isHeld && $0.stage == .after(after.index) }
            return CheckOutcome.Trial(
                event: text(after.text), seen: failed.map(seen) ?? [],
                goals: lost.map {
                    CheckOutcome.Goal(
                        text: text(exercise.goals[$0.goal].text), isMet: false,
                        seen: seen($0.seen))
                })
        }
    }
}
