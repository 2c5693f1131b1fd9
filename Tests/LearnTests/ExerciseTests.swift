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

    @Test("durations and quantities are drawn, told and given to answers as they are written")
    func units() throws {
        let exercise = try Exercise(
            text: Samples.goals("expect count(pods[]) == 2"), path: "goals.dock", folder: ".")
        #expect(exercise.story.text("en", exercise.variant(1)) == "Wait 5m with 1Gi.")
        let told = Set((1...20).map { exercise.story.text("en", exercise.variant($0)) })
        #expect(told.contains("Wait 1m30s with 500m.") || told.contains("Wait 90s with 500m."))
        let verdict = Judge(exercise).check(exercise.solutions[0])
        #expect(verdict.isPassed && verdict.troubles.isEmpty, "\(verdict)")
        #expect(verdict.virtualMilliseconds > 300_000)
    }

    @Test("a pitfall is recognised where only a `never` was broken")
    func pitfall() throws {
        let exercise = try Exercise(
            text: Samples.goals("expect count(pods[]) >= 1"), path: "goals.dock", folder: ".")
        let verdict = Judge(exercise).check(.script("run gone --image=nginx:1.27"))
        #expect(!verdict.goals.contains { !$0.isHeld })
        #expect(verdict.broken.map(\.standing) == [0])
        #expect(verdict.pitfalls == [0])
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
        let english = "    deployment/web: status.readyReplicas is 2 (after 2m of waiting)"
        #expect(lines.contains(english), "\(lines)")
        #expect(!lines.contains { $0.contains("==") || $0.contains("3") && $0.contains("expect") })
        let chinese = VerdictText(exercise, exercise.variant(1), language: "zh").lines(verdict)
        #expect(
            chinese.contains("    deployment/web：status.readyReplicas 的值是 2（等了 2m 之后）"),
            "\(chinese)")
    }

    /// What is said of the goals of one exercise, which nobody has solved.
    private func said(_ goals: String, _ language: String, answer: String = "") throws -> [String] {
        let exercise = try Exercise(text: Samples.goals(goals), path: "goals.dock", folder: ".")
        let verdict = Judge(exercise).check(.script(answer))
        return VerdictText(exercise, exercise.variant(1), language: language).lines(verdict)
            .filter { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }
    }

    @Test(
        "what was seen at the end is said, without the condition",
        arguments: [
            (
                "expect within 1m: pod/stuck .status.phase == \"Running\"",
                "pod/stuck: status.phase is Pending (and nothing is under way that would change it)",
                "pod/stuck：status.phase 的值是 Pending（而且没有什么还在进行、会改变它）"
            ),
            (
                "expect within 1s: any pods[app=${app}] has .metadata.name == app",
                "pods[app=web]: there are none (and nothing is under way that would change it)",
                "pods[app=web]：一个都没有（而且没有什么还在进行、会改变它）"
            ),
            (
                "expect count(pods[] where .status.phase == \"Running\") >= size",
                "of pods[], as asked: 1", "pods[] 当中符合要求的：1 个"
            ),
            (
                "expect every (pods[] where .spec.nodeName == \"n9\") has .metadata.name == app",
                "pods[] …: there are none", "pods[] …：一个都没有"
            ),
            (
                "expect any pods[] has .metadata.name == app", "pod/other: metadata.name is other",
                "pod/other：metadata.name 的值是 other"
            ),
            (
                "expect any httpAll(\"http://web/\") has .pod == app",
                "nobody answers: connection refused", "没有得到应答：connection refused"
            ),
            ("expect count(pods[]) == size + 1", "there are 2 of pods[]", "pods[] 共有 2 个"),
        ])
    func seenAtTheEnd(_ goal: String, _ english: String, _ chinese: String) throws {
        let (first, second) = (try said(goal, "en"), try said(goal, "zh"))
        #expect(first.first == english)
        #expect(second.first == chinese)
        for line in first + second {
            #expect(!line.contains("==") && !line.contains("where") && !line.contains("size"))
        }
    }

    @Test("a variable of `vary` is no finding, and why it is so is said in the learner's language")
    func reasons() throws {
        let goal = "expect within 1m: pod/stuck .status.phase == \"Running\""
        let english = try said(goal, "en")
        #expect(english.contains { $0.hasPrefix("why: pod/stuck is Pending since ") }, "\(english)")
        let chinese = try said(goal, "zh")
        #expect(chinese.contains { $0.hasPrefix("原因：pod/stuck 已 Pending ") }, "\(chinese)")
        #expect(
            chinese.contains { $0.hasSuffix("  n1：NodeAffinity：没有标签 disk=ssd") }, "\(chinese)")
        let shop = try said(
            "expect any pods[] has .metadata.name == app and .spec.nodeName == app", "en",
            answer: "run web --image=nginx:1.27")
        #expect(shop.contains("pod/web: spec.nodeName is n1"), "\(shop)")
        #expect(!shop.contains { $0.contains("app is") })
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
