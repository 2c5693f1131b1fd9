import Language
import Session
import Support
import Syntax
import Value

/// Checks answers: a verdict is a function of exercise, answer and seed.
package struct Judge {
    package let exercise: Exercise
    package let limits: JudgeLimits

    package init(_ exercise: Exercise, limits: JudgeLimits = .standard) {
        self.exercise = exercise
        self.limits = limits
    }

    /// Carries the answer out in a new world and asks what came of it.
    package func check(_ answer: Answer, seed: UInt64 = SessionOptions.standardSeed) -> Verdict {
        check(seed: seed) { $0.carryOut(answer) }
    }

    /// The same of a solution or a wrong answer.
    package func check(
        _ sample: Sample, seed: UInt64 = SessionOptions.standardSeed
    ) -> Verdict {
        check(seed: seed) { $0.carryOut(sample, of: exercise) }
    }

    private func check(seed: UInt64, _ carryOut: (Hand) -> Void) -> Verdict {
        let attempt = Attempt(exercise, seed: seed) { _ in }
        var verdict = Verdict()
        do {
            try attempt.setUp()
        } catch {
            verdict.ending = .broken(Self.words(error))
            return verdict
        }
        let hand = Hand(attempt, limits)
        carryOut(hand)
        hand.rest()
        verdict.troubles = hand.troubles
        if let kind = hand.spent {
            verdict.ending = .overBudget(kind)
        } else {
            attempt.statement = ""
            hand.end()
            judge(&verdict, attempt)
        }
        verdict.broken = attempt.takeBroken()
        verdict.refusals = attempt.takeRefusals()
        verdict.virtualMilliseconds = attempt.session.virtualMilliseconds
        verdict.events = attempt.session.eventCount
        verdict.trace = attempt.session.trace
        if verdict.ending == .whole, let problem = attempt.standingProblem {
            verdict.ending = .broken(Self.words(problem))
        }
        if !verdict.isPassed, verdict.ending == .whole { verdict.pitfalls = attempt.pitfalls() }
        return verdict
    }

    // MARK: Goals

    private func judge(_ verdict: inout Verdict, _ attempt: Attempt) {
        do {
            try ask(&verdict, attempt, stage: .work)
            if verdict.goals.allSatisfy(\.isHeld) {
                try happen(&verdict, attempt)
            }
        } catch {
            verdict.ending = .broken(Self.words(error))
        }
    }

    private func ask(
        _ verdict: inout Verdict, _ attempt: Attempt, stage: Verdict.Stage
    ) throws {
        let earlier = verdict.goals
        verdict.goals = try exercise.goals.map { goal in
            if stage != .work, goal.isOnce,
                let known = earlier.first(where: { $0.goal == goal.index })
            {
                return known
            }
            let seen = try attempt.ask(goal)
            return Verdict.GoalResult(
                goal: goal.index, isHeld: seen == nil, stage: stage, seen: seen ?? [])
        }
    }

    private func happen(_ verdict: inout Verdict, _ attempt: Attempt) throws {
        for after in exercise.afters {
            if let seen = try attempt.happen(after) {
                verdict.failedAfter = Verdict.FailedAfter(after: after.index, seen: seen)
                return
            }
            try ask(&verdict, attempt, stage: .after(after.index))
            guard verdict.goals.allSatisfy(\.isHeld) else { return }
        }
    }

    /// An error of the exercise itself, in one line.
    static func words(_ error: any Error) -> String {
        switch error {
        case Trouble.diagnostic(let diagnostic):
            "\(diagnostic.source.name):\(diagnostic.location.line): \(diagnostic.message)"
        case Trouble.expectation(let failure):
            "\(failure.place.description): \(FailureRenderer().headline(failure))"
        case Trouble.command(let failure):
            "\(failure.place.description): \(FailureRenderer().headline(failure))"
        case Trouble.skipped(let reason): "it skips: \(reason ?? "no reason")"
        case Trouble.interrupted(let place): "\(place.description): takes too long"
        default: "\(error)"
        }
    }
}
