import Testing

@testable import Transcripts

private func timeline(_ path: String) throws -> Timeline {
    try Timeline(parsing: Recordings.text(path), path: path)
}

/// The places of writes that change tracked fields.
private func tracked(_ run: TimelineRun) -> [Int] {
    run.entries.indices.filter {
        if case .write(_, let write) = run.entries[$0].kind { write != .untracked } else { false }
    }
}

private func object(_ run: TimelineRun, _ index: Int) -> TimelineObject? {
    if case .write(let object, _) = run.entries[index].kind { object } else { nil }
}

@Suite struct ExactTimelineComparerTests {
    @Test(arguments: Recordings.paths("timeline"))
    func everyRecordedRunAgreesWithItsFile(path: String) throws {
        let timeline = try timeline(path)
        let comparer = ExactTimelineComparer(timeline)
        for run in timeline.runs {
            let verdict = comparer.compare(run)
            guard case .agrees = verdict else {
                Issue.record("\(verdict)")
                continue
            }
        }
    }

    @Test func mostRunsAgreeWithTheOtherRunAlone() throws {
        var agreeing = 0
        for path in Recordings.paths("timeline") {
            let timeline = try timeline(path)
            let comparer = ExactTimelineComparer(timeline)
            if comparer.problems(of: timeline.runs[0].comparable(false), against: 1).isEmpty {
                agreeing += 1
            }
        }
        #expect(agreeing >= 74)
    }

    /// A missing, an extra and a swapped write are seen wherever they are, but for the few that another
    /// recorded run has just so.
    @Test func damageToARunIsSeen() throws {
        var (damages, unseen) = (0, 0)
        for path in Recordings.paths("timeline") {
            let timeline = try timeline(path)
            let comparer = ExactTimelineComparer(timeline)
            let run = timeline.runs[0]
            let places = tracked(run)
            // Long sessions are looked at in twelve places.
            for place in places.indices where place % max(1, places.count / 12) == 0 {
                var damaged: [TimelineRun] = []
                var missing = run
                missing.entries.remove(at: places[place])
                damaged.append(missing)
                var surplus = run
                surplus.entries.insert(run.entries[places[place]], at: places[place])
                damaged.append(surplus)
                let next = places.first {
                    $0 > places[place] && object(run, $0) == object(run, places[place])
                }
                if let next {
                    var swapped = run
                    swapped.entries.swapAt(places[place], next)
                    damaged.append(swapped)
                }
                damages += damaged.count
                unseen += damaged.count {
                    if case .agrees = comparer.compare($0) { true } else { false }
                }
            }
        }
        #expect(damages > 3_000, "\(damages)")
        #expect(unseen * 100 <= damages, "\(unseen) of \(damages)")
    }

    @Test func mergesCountOnlyWhereARecordedRunMerges() throws {
        let apart =
            "0.1  ds/a  ADDED current=0\n0.2  ds/a  current=0->1\n0.3  ds/a  current=1->2\n0.4  ds/a  current=2->3\n"
        let merged =
            "0.1  ds/a  ADDED current=0\n0.2  ds/a  current=0->2\n0.4  ds/a  current=2->3\n"
        let mergedLate =
            "0.1  ds/a  ADDED current=0\n0.2  ds/a  current=0->1\n0.4  ds/a  current=1->3\n"
        let both = try Timeline(parsing: "== run 1\n\(apart)== run 2\n\(merged)", path: "t")
        let late = try Timeline(parsing: "== run 1\n\(mergedLate)", path: "t").runs[0]
        let comparer = ExactTimelineComparer(both)
        #expect(comparer.problems(of: both.runs[1], against: 0) == [])
        #expect(comparer.problems(of: both.runs[0], against: 1) == [])
        #expect(
            comparer.compare(late)
                == .differs(fromRun: 1, ["ds/a, write 3: recorded current=2, ours current=3"]))
    }

    @Test func orderWithinAKindCountsUnlessTheRunsDiffer() throws {
        func run(_ lines: String...) throws -> TimelineRun {
            let text = "== run 1\n" + lines.map { "0.1  \($0)\n" }.joined()
            return try Timeline(parsing: text, path: "t").runs[0]
        }
        let first = try run(
            "pod/a  ADDED x=1", "pod/b  ADDED x=1", "pod/a  x=1->2", "pod/b  x=1->2")
        let second = try run(
            "pod/a  ADDED x=1", "pod/b  ADDED x=1", "pod/b  x=1->2", "pod/a  x=1->2")
        let other = try run(
            "pod/b  ADDED x=1", "pod/a  ADDED x=1", "pod/a  x=1->2", "pod/b  x=1->2")
        let strict = ExactTimelineComparer(Timeline(path: "t", runs: [first]))
        #expect(strict.compare(second) != .agrees(withRun: 1))
        let lenient = ExactTimelineComparer(Timeline(path: "t", runs: [first, second]))
        #expect(lenient.problems(of: second, against: 0) == [])
        #expect(!lenient.problems(of: other, against: 0).isEmpty)
    }
}
