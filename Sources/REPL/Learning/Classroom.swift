import Glibc
import Learner
import Session

/// The terminal of a learner: exercise after exercise, each at a prompt of its own world.
package final class Classroom {
    /// What is practised.
    package enum Plan: Equatable {
        /// The course, from an exercise or from where the learner was.
        case course(String?)
        case reviews
        case placement
    }

    private let desk: LearnDesk
    private let interrupts: REPL.Interrupts
    private let reader: any LineReader
    private let isTerminal: Bool
    private let completion = CompletionBox()
    /// Whether what is shown is lost.
    private let isLost: () -> Bool

    package init(
        _ desk: LearnDesk, interrupts: REPL.Interrupts, isLost: @escaping () -> Bool
    ) {
        self.desk = desk
        self.interrupts = interrupts
        self.isLost = isLost
        isTerminal = isatty(0) == 1
        let completion = completion
        reader =
            isTerminal
            ? TerminalLineReader(
                historyPath: HistoryFile.path(), usesColor: desk.screen.usesColor
            ) { completion.words($0) }
            : PlainLineReader()
    }

    /// Practises until the plan is done or the learner leaves.
    ///
    /// - Throws: a ``LessonProblem`` where an exercise cannot be begun.
    package func run(_ plan: Plan) throws(LessonProblem) {
        desk.tellRemarks()
        switch plan {
        case .course(let name): try course(from: name)
        case .reviews: try reviews()
        case .placement: try placement()
        }
    }

    // MARK: Plans

    private func course(from given: String?) throws(LessonProblem) {
        tellStanding()
        var name = given ?? start
        while let current = name {
            let course = desk.outline.name
            desk.store.update { $0[course].current = current }
            switch try practise(current, for: .course) {
            case .next: break
            case .skipped:
                desk.update(current) { if !$0.isSolved { $0.passing = .skipped } }
                desk.say(.skipped, ["name": current])
            case .left, .again: return desk.say(.leaving)
            }
            name = desk.outline.next(desk.progress, after: current)?.name
        }
        desk.say(.courseDone)
    }

    /// Where the learner was, or what comes next.
    private var start: String? {
        if let current = desk.progress.current, !desk.progress[current].isBehind,
            desk.outline.place(of: current) != nil
        {
            return current
        }
        return desk.outline.next(desk.progress, after: desk.progress.current)?.name
    }

    private func tellStanding() {
        let all = desk.outline.exercises
        let solved = all.count { desk.progress[$0.name].isSolved }
        desk.heading(desk.outline.title)
        desk.say(.solvedOf, ["solved": "\(solved)", "all": "\(all.count)"])
        let due = desk.outline.due(desk.progress, on: desk.today()).count
        if due > 0 { desk.say(.reviewsWait, ["count": "\(due)"]) }
    }

    private func reviews() throws(LessonProblem) {
        let due = desk.outline.due(desk.progress, on: desk.today())
        guard !due.isEmpty else {
            if let day = desk.outline.nextReview(desk.progress, after: desk.today()) {
                return desk.say(.nothingDueUntil, ["day": day.text])
            }
            return desk.say(.nothingDue)
        }
        for exercise in due {
            switch try practise(exercise.name, for: .review) {
            case .next: break
            case .skipped:
                let today = desk.today()
                desk.update(exercise.name) { $0.missReview(on: today) }
                desk.say(.reviewDone, ["day": (today + 1).text])
            case .left, .again: return desk.say(.leaving)
            }
        }
        desk.say(.reviewsDone)
    }

    private func placement() throws(LessonProblem) {
        for (index, chapter) in desk.outline.chapters.enumerated() {
            guard let probe = Placement.probe(of: chapter) else { continue }
            let values = ["chapter": "\(index + 1)", "title": chapter.title]
            let isKnown = desk.progress[probe.name].isSolved
            if !isKnown {
                let ending = try practise(probe.name, for: .placement(chapter: index + 1))
                // Whoever was shown how to solve it has learnt it here.
                guard ending == .next, !desk.progress[probe.name].sawSolution else {
                    return desk.say(.placementEnd, values)
                }
            }
            let course = desk.outline.name
            desk.store.update { Placement.know(chapter, in: &$0[course]) }
            desk.say(.placementKnown, values)
        }
        desk.say(.placementAll)
    }

    // MARK: One exercise

    /// Has an exercise practised until it is left for another one.
    private func practise(
        _ name: String, for purpose: ExerciseCoach.Purpose
    ) throws(LessonProblem) -> ExerciseCoach.Ending {
        let seed = seed(of: name, for: purpose)
        if desk.progress[name].work?.seed != seed { desk.update(name) { $0.begin(seed: seed) } }
        let lesson = try desk.book.lesson(name, seed: seed)
        while true {
            let world = try lesson.begin()
            let repl = REPL(
                session: world.session, reader: reader, interrupts: interrupts,
                screen: desk.screen, prompt: world.prompt)
            repl.isDone = isLost
            repl.sitDown(isTerminal: isTerminal, completion)
            let coach = ExerciseCoach(lesson, world, at: repl, desk: desk, for: purpose)
            repl.coach = coach
            _ = repl.run()
            let ending = coach.ending ?? .left
            guard ending == .again else { return ending }
            desk.update(name) { $0.work?.statements = [] }
            desk.say(.resetDone)
        }
    }

    /// A try that was begun goes on in its variant; a review has one of its own.
    private func seed(of name: String, for purpose: ExerciseCoach.Purpose) -> UInt64 {
        switch purpose {
        case .review: desk.store.progress.seed(of: name, in: desk.outline.name)
        case .course, .placement: desk.progress[name].work?.seed ?? Progress.firstSeed
        }
    }
}
