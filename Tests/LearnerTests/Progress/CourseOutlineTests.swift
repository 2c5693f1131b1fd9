import Learner
import Testing

@Suite("A course, going on")
struct CourseOutlineTests {
    static let outline = CourseOutline(
        name: "Course", title: "Course",
        chapters: [
            CourseOutline.Chapter(
                title: "Pods",
                exercises: [exercise("a", 1, 5), exercise("b", 3, 9, ["a"]), exercise("c", 3, 4)]),
            CourseOutline.Chapter(
                title: "工作负载",
                exercises: [exercise("d", 2, 6, ["b"]), exercise("e", 1, 2, ["elsewhere"])]),
        ])

    private static func exercise(
        _ name: String, _ level: Int, _ minutes: Int, _ needs: [String] = []
    ) -> CourseOutline.Exercise {
        CourseOutline.Exercise(
            name: name, title: "Title of \(name)", level: level, minutes: minutes, needs: needs)
    }

    private let today = Day("2026-06-10")!

    private func progress(solved: [String], skipped: [String] = []) -> Progress.Course {
        var progress = Progress.Course()
        for name in solved { progress[name].solve(on: today, stars: 3, isReview: false) }
        for name in skipped { progress[name].passing = .skipped }
        return progress
    }

    @Test(
        "what comes next has its needs behind it, and what was skipped comes last",
        arguments: [
            ([], [], nil, "a"), (["a"], [], nil, "b"), ([], ["a"], nil, "b"),
            (["a"], ["b"], "b", "c"), (["a", "b", "c", "d"], [], "d", "e"),
            (["a", "c", "e"], ["b"], nil, "d"), (["a", "c", "d", "e"], ["b"], nil, "b"),
            (["a", "b", "c", "d", "e"], [], nil, nil), ([], [], "a", "c"),
            (["a", "b", "c", "d"], [], "e", nil),
        ] as [([String], [String], String?, String?)])
    func next(solved: [String], skipped: [String], current: String?, next: String?) {
        let progress = progress(solved: solved, skipped: skipped)
        #expect(Self.outline.next(progress, after: current)?.name == next)
    }

    @Test("reviews come back from their day on, the oldest first")
    func reviews() {
        var progress = Progress.Course()
        progress["d"].solve(on: today + -5, stars: 3, isReview: false)
        progress["a"].solve(on: today + -2, stars: 3, isReview: false)
        progress["b"].solve(on: today, stars: 3, isReview: false)
        #expect(Self.outline.due(progress, on: today).map(\.name) == ["d", "a"])
        #expect(Self.outline.nextReview(progress, after: today) == today + 1)
        #expect(Self.outline.due(progress, on: today + -3).map(\.name) == ["d"])
    }

    @Test("the placement test asks the shortest of the hardest, and knows a whole chapter")
    func placement() {
        let chapter = Self.outline.chapters[0]
        #expect(Placement.probe(of: chapter)?.name == "c")
        #expect(Placement.probe(of: CourseOutline.Chapter(title: "", exercises: [])) == nil)
        var progress = progress(solved: ["a"])
        Placement.know(chapter, in: &progress)
        #expect(progress["a"].passing == nil)
        #expect(progress["b"].passing == .known)
        #expect(Self.outline.next(progress)?.name == "d")
    }

    @Test("an exercise has its place")
    func places() {
        #expect(Self.outline.place(of: "d")! == (2, 1))
        #expect(Self.outline.place(of: "x") == nil)
    }
}
