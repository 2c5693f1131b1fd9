import Language
import Learn
import Reports
import Session
import Syntax

/// The solutions and wrong answers of an exercise as scenarios: a solution passes where it solves the exercise,
/// a wrong answer where it is refused by what it is to meet.
struct ExerciseScenarios {
    /// One answer, and what is to come of it.
    struct Case {
        let title: String
        let sample: Sample
        let place: Place
    }

    /// The tag of all of them.
    static let tag = "exercise"

    let exercise: Exercise
    private let judge: Judge

    init(_ exercise: Exercise) {
        self.exercise = exercise
        judge = Judge(exercise)
    }

    /// An exercise is read as a learner has it: by itself.
    static func unread(
        _ problem: ExerciseProblem, _ place: Place
    ) -> ScenarioResult.Outcome {
        let text = DiagnosticText(
            "DD3080", "the exercise cannot be read: \(problem.line)", label: "this exercise",
            hint: "an exercise reads files below its own folder alone, whatever --allow-read says")
        return .broken(Diagnostic(text, at: place.span, in: place.source))
    }

    var cases: [Case] {
        exercise.solutions.map { Case(title: title($0), sample: $0, place: place($0)) }
            + exercise.wrongs.map { Case(title: title($0), sample: $0, place: place($0)) }
    }

    private func title(_ sample: Sample) -> String {
        let variant = exercise.variant(SessionOptions.standardSeed)
        let own = sample.text.text(LocalText.standard, variant)
        let word = sample.expected == nil ? "solution" : "wrong answer"
        return "\(exercise.name): \(word) \(sample.index + 1)" + (own.isEmpty ? "" : ", \(own)")
    }

    private func place(_ sample: Sample) -> Place { exercise.place(of: sample) }

    /// How an answer came out.
    func outcome(
        of item: Case, seed: UInt64
    ) -> (outcome: ScenarioResult.Outcome, verdict: Learn.Verdict) {
        let verdict = judge.check(item.sample, seed: seed)
        guard let problem = problem(item.sample, verdict) else { return (.passed, verdict) }
        let words = VerdictText(
            exercise, exercise.variant(seed), language: LocalText.standard)
        let text = DiagnosticText(
            "DD3080", problem, label: "this answer",
            notes: words.lines(verdict).map { DiagnosticNote($0) },
            hint: "`drydock learn prove` tries the whole exercise")
        return (.broken(Diagnostic(text, at: item.place.span, in: item.place.source)), verdict)
    }

    private func problem(_ sample: Sample, _ verdict: Learn.Verdict) -> String? {
        guard let expected = sample.expected else {
            return verdict.isPassed ? nil : "the solution does not solve the exercise"
        }
        if verdict.isPassed { return "the wrong answer passes" }
        guard !verdict.meets(expected, exercise) else { return nil }
        let what = expected.what.isEmpty ? "" : " \"\(expected.what)\""
        return "the wrong answer is refused, but not by \(expected.kind.rawValue)\(what)"
    }
}
