import Session

/// Tries an exercise: whether its goals are to be reached, its solutions solve it and its wrong answers are
/// refused by what they are to meet.
package struct Proof: Sendable {
    /// One thing that was tried.
    package struct Finding: Sendable, Equatable {
        /// What is not as it should be, in one line.
        package let message: String
        /// What the judge saw, a line each.
        package let seen: [String]
    }

    /// Seeds under which every solution has to pass.
    package static let seeds: ClosedRange<UInt64> = 1...20

    package let name: String
    package let path: String
    package internal(set) var findings: [Finding] = []
    package internal(set) var solutions = 0
    package internal(set) var wrongs = 0
    package internal(set) var checks = 0
    /// What the longest check took of the world.
    package internal(set) var mostEvents = 0

    package var isProven: Bool { findings.isEmpty }

    /// Tries an exercise.
    ///
    /// - Parameters:
    ///   - languages: those that every text has to be in.
    ///   - known: the exercises of the course, for `needs`; nil where there is no course.
    ///   - timed: runs a check and notes how long it took.
    package init(
        _ exercise: Exercise, languages: [String], known: [String]? = nil,
        timed: (() -> Verdict) -> Verdict = { $0() }
    ) {
        name = exercise.name
        path = exercise.path
        solutions = exercise.solutions.count
        wrongs = exercise.wrongs.count
        var prover = Prover(exercise, languages, known)
        prover.prove(timed)
        findings = prover.findings
        checks = prover.checks
        mostEvents = prover.mostEvents
    }

    /// An exercise that cannot be read.
    package init(path: String, unreadable message: String) {
        name = path
        self.path = path
        findings = [Finding(message: message, seen: [])]
    }
}

/// Tries one exercise.
private struct Prover {
    let exercise: Exercise
    let languages: [String]
    let known: [String]?
    let judge: Judge
    var findings: [Proof.Finding] = []
    var checks = 0
    var mostEvents = 0

    init(_ exercise: Exercise, _ languages: [String], _ known: [String]?) {
        self.exercise = exercise
        self.languages = languages
        self.known = known
        judge = Judge(exercise)
    }

    private mutating func fail(_ message: String, _ verdict: Verdict? = nil, seed: UInt64 = 1) {
        let words = VerdictText(exercise, exercise.variant(seed), language: LocalText.standard)
        findings.append(
            Proof.Finding(message: message, seen: verdict.map { words.lines($0) } ?? []))
    }

    private mutating func noted(_ verdict: Verdict) -> Verdict {
        checks += 1
        mostEvents = max(mostEvents, verdict.events)
        return verdict
    }

    mutating func prove(_ timed: (() -> Verdict) -> Verdict) {
        let (judge, exercise) = (self.judge, self.exercise)
        checkName()
        checkTexts()
        let unsolved = noted(timed { judge.check(.statements([])) })
        if case .broken(let message) = unsolved.ending {
            return fail("the exercise itself goes wrong: \(message)")
        }
        checkUnsolved(unsolved)
        for solution in exercise.solutions {
            for seed in Proof.seeds {
                let verdict = noted(timed { judge.check(solution, seed: seed) })
                if verdict.isPassed, verdict.troubles.isEmpty { continue }
                let which = Self.name(solution, "solution")
                fail(
                    verdict.isPassed
                        ? "\(which) solves it, but a statement of it fails (seed \(seed))"
                        : "\(which) does not solve it (seed \(seed))", verdict, seed: seed)
                break
            }
        }
        for wrong in exercise.wrongs {
            let verdict = noted(timed { judge.check(wrong) })
            check(wrong, verdict)
        }
        // Whatever kept a check from running, an exercise is proven by all of them.
        let wanted = 1 + exercise.solutions.count * Proof.seeds.count + exercise.wrongs.count
        if findings.isEmpty, checks != wanted { fail("only \(checks) of \(wanted) checks ran") }
    }

    private static func name(_ sample: Sample, _ word: String) -> String {
        let text = sample.text.written
        return text.isEmpty ? "\(word) \(sample.index + 1)" : "\(word) \"\(text)\""
    }

    // MARK: Texts

    private mutating func checkName() {
        let file = exercise.path.split(separator: "/").last.map(String.init) ?? ""
        if !file.isEmpty, file != "\(exercise.name).dock" {
            fail("the exercise is called `\(exercise.name)` and its file `\(file)`")
        }
        for name in exercise.needs where known?.contains(name) == false {
            fail("`needs` names `\(name)`, which is not in the course")
        }
    }

    private mutating func checkTexts() {
        var texts: [(String, LocalText)] = [
            ("title", exercise.title), ("story", exercise.story), ("task", exercise.task),
            ("debrief", exercise.debrief),
        ]
        func numbered(_ word: String, _ all: [LocalText]) -> [(String, LocalText)] {
            all.enumerated().map { ("\(word) \($0 + 1)", $1) }
        }
        texts += numbered("goal", exercise.goals.map(\.text))
        texts += numbered("always/never", exercise.standings.map(\.text))
        texts += numbered("forbid/allow", exercise.rules.map(\.reason))
        texts += numbered("after", exercise.afters.map(\.text))
        texts += numbered("hint", exercise.hints.map(\.text))
        texts += numbered("pitfall", exercise.pitfalls.map(\.text))
        let samples = exercise.solutions.map(\.text) + exercise.wrongs.map(\.text)
        texts += numbered("solution/wrong", samples.filter { !$0.languages.isEmpty })
        for (word, text) in texts {
            let missing = languages.filter { !text.languages.contains($0) }
            if !missing.isEmpty {
                fail("\(word) is not there in \(missing.joined(separator: ", "))")
            }
        }
        let wanted = max(1, exercise.goals.count { !$0.isKept })
        if exercise.hints.count < wanted {
            fail(
                "there are \(exercise.hints.count) hints for \(wanted) goals: one for each goal that "
                    + "is not kept")
        }
    }

    // MARK: Answers

    private mutating func checkUnsolved(_ verdict: Verdict) {
        if verdict.isPassed { fail("whoever does nothing has solved it", verdict) }
        for result in verdict.goals {
            let goal = exercise.goals[result.goal]
            let text = goal.text.written
            if result.isHeld, !goal.isKept {
                fail("the goal \"\(text)\" holds at the start: write `goal kept`, or ask for more")
            }
            if !result.isHeld, goal.isKept {
                fail("the goal \"\(text)\" is `kept` and does not hold at the start", verdict)
            }
        }
        if !verdict.broken.isEmpty {
            fail("an `always` or `never` breaks though nobody does anything", verdict)
        }
    }

    private mutating func check(_ wrong: Sample, _ verdict: Verdict) {
        let which = Self.name(wrong, "wrong answer")
        if case .broken(let message) = verdict.ending {
            return fail("\(which): the exercise itself goes wrong: \(message)")
        }
        guard !verdict.isPassed else {
            return fail("\(which) passes", verdict)
        }
        guard let expected = wrong.expected, !verdict.meets(expected, exercise) else { return }
        let what = expected.what.isEmpty ? "" : " \"\(expected.what)\""
        fail("\(which) is refused, but not by \(expected.kind.rawValue)\(what)", verdict)
    }
}

extension Verdict {
    /// Whether what refuses the answer is among what was expected.
    package func meets(_ expected: Sample.Expected, _ exercise: Exercise) -> Bool {
        switch expected.kind {
        case .forbidden: !refusals.isEmpty
        case .goal:
            goals.contains {
                !$0.isHeld && exercise.goals[$0.goal].text.written == expected.what
            }
        case .pitfall: pitfalls.contains { exercise.pitfalls[$0].name == expected.what }
        case .always, .never:
            broken.contains {
                let standing = exercise.standings[$0.standing]
                return standing.isNever == (expected.kind == .never)
                    && standing.text.written == expected.what
            }
        case .after:
            failedAfter.map { exercise.afters[$0.after].text.written == expected.what } ?? false
                || goals.contains {
                    guard !$0.isHeld, case .after(let index) = $0.stage else { return false }
                    return exercise.afters[index].text.written == expected.what
                }
        }
    }
}
