import Learner
import Testing

@Suite("Progress")
struct ProgressTests {
    private let monday = Day("2026-06-01")!

    @Test(
        "days are read and written",
        arguments: [
            ("1970-01-01", 0), ("1970-01-02", 1), ("2024-02-29", 19_782), ("2026-06-01", 20_605),
        ])
    func days(text: String, number: Int) {
        #expect(Day(text)?.number == number)
        #expect(Day(number: number).text == text)
    }

    @Test("what is no day is none", arguments: ["", "2026-02-30", "2026-6-1", "2026-06-01T", "x"])
    func noDays(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(
        "a streak ends today or yesterday",
        arguments: [
            ([], 0), ([0], 1), ([-1], 1), ([-2], 0), ([0, -1, -2], 3), ([-1, -2, -4], 2),
            ([0, -2], 1),
        ] as [([Int], Int)])
    func streaks(days: [Int], streak: Int) {
        var progress = Progress(salt: 1)
        for day in days { progress.note(monday + day) }
        #expect(progress.streak(on: monday) == streak)
    }

    @Test("a solved exercise comes back after 1, 3, 7 and 21 days")
    func spacing() {
        var record = ExerciseRecord()
        var day = monday
        record.solve(on: day, stars: 3, isReview: false)
        #expect(record.due == monday + 1)
        for (reviews, days) in [(1, 3), (2, 7), (3, 21)] {
            day = record.due!
            record.solve(on: day, stars: 1, isReview: true)
            #expect(record.reviews == reviews)
            #expect(record.due == day + days)
        }
        record.solve(on: record.due!, stars: 2, isReview: true)
        #expect(record.due == nil)
        #expect(record.stars == 3)
        #expect(record.solved == monday)
    }

    @Test("a review that is given up begins anew the next day")
    func missed() {
        var record = ExerciseRecord()
        record.solve(on: monday, stars: 3, isReview: false)
        record.solve(on: monday + 1, stars: 3, isReview: true)
        record.missReview(on: monday + 4)
        #expect(record.reviews == 0)
        #expect(record.due == monday + 5)
        #expect(record.isSolved)
    }

    @Test("solving again out of turn moves no review")
    func outOfTurn() {
        var record = ExerciseRecord()
        record.solve(on: monday, stars: 1, isReview: false)
        record.solve(on: monday, stars: 3, isReview: false)
        #expect(record.due == monday + 1)
        #expect(record.stars == 3)
    }

    @Test(
        "stars fall with hints, and with `why` where it costs one",
        arguments: [
            (0, 3, false, false, 3), (1, 3, false, false, 2), (2, 3, false, false, 2),
            (3, 3, false, false, 1), (0, 3, true, false, 3), (0, 3, true, true, 2),
            (1, 3, true, true, 1), (1, 1, false, false, 2), (0, 0, false, false, 3),
        ])
    func stars(shown: Int, all: Int, why: Bool, costs: Bool, stars: Int) {
        var record = ExerciseRecord()
        record.hints = shown
        record.askedWhy = why
        #expect(Stars.earned(by: record, hints: all, whyCosts: costs) == stars)
        record.sawSolution = true
        #expect(Stars.earned(by: record, hints: all, whyCosts: costs) == 1)
    }

    @Test(
        "reviews draw other variants, and other learners others; the first practice is as written")
    func seeds() {
        var progress = Progress(salt: 7)
        #expect(progress.seed(of: "a", in: "c") == Progress.firstSeed)
        progress["c"]["a"].solve(on: monday, stars: 3, isReview: false)
        let first = progress.seed(of: "a", in: "c")
        #expect(first == progress.seed(of: "a", in: "c"))
        var other = progress
        other.salt = 8
        #expect(other.seed(of: "a", in: "c") != first)
        progress["c"]["a"].solve(on: monday + 1, stars: 3, isReview: true)
        #expect(progress.seed(of: "a", in: "c") != first)
    }

    // MARK: On the disk

    private var some: Progress {
        var progress = Progress(salt: .max)
        progress.note(monday)
        progress.note(monday + -3)
        progress["Course"].current = "b"
        progress["Course"]["a"].solve(on: monday, stars: 2, isReview: false)
        progress["Course"]["a"].notes = ["first", "\"quotes\" and 笔记"]
        progress["Course"]["b"].begin(seed: 1 << 60)
        progress["Course"]["b"].work?.statements = [
            "get pods", "scale deployment web\n--replicas=2",
        ]
        progress["Course"]["b"].askedWhy = true
        progress["Course"]["c"].passing = .skipped
        return progress
    }

    @Test("is read as it was written, and written the same again")
    func coding() throws {
        let text = ProgressCoding.text(some)
        let read = try ProgressCoding.progress(text)
        #expect(read == some)
        #expect(ProgressCoding.text(read) == text)
    }

    @Test(
        "a text that is no progress says where",
        arguments: [
            ("", ""), ("[]", "no version"), ("{}", "no version"),
            ("{\"version\": 1}", "salt is no number"),
            ("{\"version\": 1, \"salt\": \"1\", \"days\": [\"today\"]}", "days is no day"),
            (
                "{\"version\": 1, \"salt\": \"1\", \"courses\": {\"c\": {\"exercises\": {\"a\": {\"stars\": -1}}}}}",
                "c, a.stars is no count"
            ),
            (
                "{\"version\": 1, \"salt\": \"1\", \"courses\": {\"c\": {\"exercises\": {\"a\": {\"checks\": 9223372036854775807}}}}}",
                "c, a.checks is no count"
            ),
        ])
    func damaged(text: String, words: String) {
        do throws(ProgressCoding.Problem) {
            _ = try ProgressCoding.progress(text)
            Issue.record("was read")
        } catch {
            guard case .damaged(let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(reason.contains(words), "\(reason)")
        }
    }

    @Test("a later form is told from damage")
    func newer() {
        do throws(ProgressCoding.Problem) {
            _ = try ProgressCoding.progress("{\"version\": 2, \"what\": []}")
            Issue.record("was read")
        } catch {
            #expect(error == .newer(version: 2))
        }
    }
}
