import Learner
import Testing

@Suite("The outcome of a check")
struct CheckViewTests {
    private func render(_ outcome: CheckOutcome, _ tongue: Tongue = .english) -> String {
        let wording = Wording(tongue)
        return CheckView(
            wording, text: MarkdownText(width: 60, usesColor: false, showsUnicode: true),
            marks: GoalMarks(wording, showsUnicode: true, usesColor: false)
        ).render(outcome)
    }

    private var failed: CheckOutcome {
        let seen = [
            "pod/web is Pending", "    hint: do this", "why: no node has room", "last change: x",
        ]
        var outcome = CheckOutcome(
            isSolved: false,
            goals: [
                CheckOutcome.Goal(text: "One", isMet: true),
                CheckOutcome.Goal(text: "Two `x`", isMet: false, seen: seen),
                CheckOutcome.Goal(text: "Three", isMet: false, seen: ["a", seen[2]]),
            ])
        outcome.breaks = [
            CheckOutcome.Break(text: "Never less", time: "14s", command: "scale x", seen: ["2"])
        ]
        outcome.pitfalls = ["It was this."]
        outcome.troubles = ["`get nope`: not found"]
        return outcome
    }

    @Test("names goals and what was seen, once, and no remedies")
    func failure() {
        #expect(
            render(failed) == """
                  `get nope`: not found
                  ✓ One
                  · Two `x`
                      pod/web is Pending
                      why: no node has room
                  · Three
                      a
                  ✗ Broken at 14s: Never less
                    by `scale x`
                      2

                It was this.

                """)
    }

    @Test("tells what the answer survived, and what not")
    func trials() {
        var outcome = CheckOutcome(
            isSolved: false, goals: [CheckOutcome.Goal(text: "One", isMet: true)])
        outcome.trials = [
            CheckOutcome.Trial(event: "a rest", goals: []),
            CheckOutcome.Trial(
                event: "a node dies",
                goals: [CheckOutcome.Goal(text: "One", isMet: false, seen: ["gone"])]),
        ]
        #expect(
            render(outcome) == """
                  ✓ One
                  ✓ It also held when: a rest
                After this happened: a node dies
                  · One
                      gone

                """)
        #expect(render(outcome, .chinese).contains("发生此事之后：a node dies"))
    }

    @Test("a long line is cut")
    func long() {
        let line = String(repeating: "x", count: 300)
        let outcome = CheckOutcome(
            isSolved: false, goals: [CheckOutcome.Goal(text: "One", isMet: false, seen: [line])])
        let shown = render(outcome).split(separator: "\n").last ?? ""
        #expect(shown.hasSuffix("x…") && shown.count == 166)
    }
}
