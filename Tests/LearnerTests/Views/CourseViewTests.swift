import Learner
import Support
import Testing

@Suite("The tables of a course")
struct CourseViewTests {
    private let today = Day("2026-06-10")!

    private var progress: Progress.Course {
        var progress = Progress.Course()
        progress["a"].solve(on: today + -1, stars: 2, isReview: false)
        progress["b"].passing = .skipped
        progress["c"].solve(on: today, stars: 3, isReview: false)
        progress["c"].notes = ["look at the events"]
        return progress
    }

    private func view(_ tongue: Tongue, unicode: Bool) -> CourseView {
        CourseView(
            CourseOutlineTests.outline, progress, on: today, in: Wording(tongue),
            showsUnicode: unicode)
    }

    @Test("the list shows how each exercise stands")
    func list() {
        #expect(
            view(.english, unicode: true).list == """
                Course  (2 of 5 solved)

                1 Pods  2/3
                  ↻ a  Title of a  ★★☆
                  – b  Title of b  level 3, 9 min
                  ✓ c  Title of c  ★★★

                2 工作负载  0/2
                  ▸ d  Title of d  level 2, 6 min
                  · e  Title of e  level 1, 2 min

                Next: d
                Reviews that wait: 1 (`drydock learn review`)

                """)
    }

    @Test("without Unicode the signs are words")
    func words() {
        let list = view(.english, unicode: false).list
        #expect(list.contains("  solved  c  Title of c  ***\n"))
        #expect(list.contains("  next    d  Title of d"))
    }

    @Test("Chinese lines up")
    func chinese() {
        let list = view(.chinese, unicode: false).list
        let columns = list.split(separator: "\n").filter { $0.contains("Title") }.map {
            TextWidth.columns($0[..<$0.firstRange(of: "Title")!.lowerBound])
        }
        #expect(columns.count == 5 && Set(columns).count == 1)
        #expect(list.contains("待复习"))
    }

    @Test("the summary has what there is and nothing else")
    func summary() {
        let text = view(.english, unicode: true).summary(streak: 1)
        #expect(
            text == """
                Course
                  Solved          2 of 5
                  Stars           5 of 15
                  Left for later  1
                  Reviews due     1

                Notes
                  c: look at the events

                """)
        #expect(view(.english, unicode: true).summary(streak: 4).contains("Days in a row   4\n"))
    }
}
