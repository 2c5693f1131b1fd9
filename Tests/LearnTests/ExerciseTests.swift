import Testing

@testable import Learn

@Suite("Exercise")
struct ExerciseTests {
    @Test("texts come in the language that is asked for, with what was drawn")
    func texts() throws {
        let exercise = try Samples.exercise()
        let first = exercise.variant(1)
        #expect(exercise.title.text("en", first) == "Two more")
        #expect(exercise.title.text("zh", first) == "再来两个")
        #expect(exercise.title.text("fr", first) == "Two more")
        #expect(exercise.story.text("en", first) == "`web` runs on one pod.")
        #expect(exercise.task.text("en", first) == "Run web with 3 pods. $HOME stays.\n")
        #expect(exercise.task.languages == ["en", "zh"])
    }

    @Test("seed 1 draws what stands first, other seeds draw everything in time")
    func variants() throws {
        let exercise = try Samples.exercise()
        func drawn(_ seed: UInt64) -> String {
            exercise.task.text("en", exercise.variant(seed))
        }
        #expect(Set((1...60).map { drawn(UInt64($0)) }).count == 6)
        #expect(drawn(7) == drawn(7))
    }

    @Test("code is shown as a learner would type it")
    func code() throws {
        let exercise = try Samples.exercise()
        let code = exercise.code(of: exercise.solutions[0], exercise.variant(1))
        #expect(code == "scale deployment/web --replicas=3")
        let several = exercise.wrongs[2]
        #expect(
            exercise.code(of: several, exercise.variant(1))
                == "scale deployment/web --replicas=0\nsettle\nscale deployment/web --replicas=3")
    }

    @Test("marks turn as goals hold, without time passing")
    func marks() throws {
        let attempt = Attempt(try Samples.exercise(), seed: 1) { _ in }
        try attempt.setUp()
        let now = attempt.session.virtualMilliseconds
        let marks = attempt.marks()
        #expect(marks.map(\.isHeld) == [false, true, true])
        #expect(attempt.session.virtualMilliseconds == now)
        #expect(attempt.hints() == [0])
        #expect(attempt.pitfalls() == [])
        #expect(attempt.takeBroken().isEmpty)
        #expect(!marks[0].seen.isEmpty)
    }

    @Test("what was seen never shows what was wanted")
    func seen() throws {
        let exercise = try Samples.exercise()
        let verdict = Judge(exercise).check(.script("scale deployment web --replicas=2"))
        let words = VerdictText(exercise, exercise.variant(1), language: "en")
        let lines = words.lines(verdict)
        #expect(lines.contains("    deployment/web: status.readyReplicas is 2"), "\(lines)")
        #expect(!lines.contains { $0.contains("==") || $0.contains("3") && $0.contains("expect") })
        let chinese = VerdictText(exercise, exercise.variant(1), language: "zh").lines(verdict)
        #expect(chinese.contains("    deployment/web：status.readyReplicas 的值是 2"), "\(chinese)")
    }

    @Test("an `always` that breaks says when, and after what")
    func broken() throws {
        let exercise = try Samples.exercise()
        let verdict = Judge(exercise).check(.script("scale deployment web --replicas=0"))
        let words = VerdictText(exercise, exercise.variant(1), language: "en")
        let lines = words.lines(verdict)
        #expect(lines.first == "✗ A pod is ready")
        #expect(
            lines.dropFirst().first?.hasSuffix("after `scale deployment web --replicas=0`") == true,
            "\(lines)")
    }

    @Test("the judge says everything in every language, with the same insertions")
    func phrases() {
        for phrase in LearnWords.Phrase.allCases {
            let english = LearnWords.text(phrase, "en")
            for language in LearnWords.languages {
                let text = LearnWords.text(phrase, language)
                #expect(!text.isEmpty)
                if language != "en" { #expect(text != english || !text.contains { $0.isLetter }) }
                for mark in ["%1", "%2", "%3"] {
                    #expect(
                        text.contains(mark) == english.contains(mark), "\(phrase) in \(language)")
                }
            }
        }
    }
}
