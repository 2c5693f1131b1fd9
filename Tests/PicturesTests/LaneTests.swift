import Testing

@testable import Pictures

@Suite struct LaneTests {
    private var lane: Lane {
        var lane = Lane(name: "web-0")
        lane.append(Lane.Span(start: 10, stage: .pending))
        lane.append(Lane.Span(start: 20, stage: .starting, letter: "A"))
        // At one instant the last one counts, and what changes nothing is no span of its own.
        lane.append(Lane.Span(start: 30, stage: .failing))
        lane.append(Lane.Span(start: 30, stage: .ready, letter: "A"))
        lane.append(Lane.Span(start: 35, stage: .ready, letter: "A"))
        lane.append(Lane.Span(start: 40, stage: nil))
        return lane
    }

    @Test("spans are what changed")
    func spans() {
        #expect(lane.spans.map(\.start) == [10, 20, 30, 40])
        #expect(String(lane.spans.map(\.sign)) == ".aA ")
    }

    @Test("the spans of a time are those that it begins in or that begin in it")
    func search() {
        #expect(lane.spans(from: 12, to: 35).map(\.start) == [10, 20, 30])
        #expect(lane.spans(from: 20, to: 30).map(\.start) == [20])
        #expect(lane.spans(from: 100, to: 200).map(\.start) == [40])
        #expect(lane.span(at: 25)?.stage == .starting)
        #expect(lane.span(at: 5) == nil)
    }

    @Test("the lowest number of ready lanes within a column is shown, however short it was")
    func counts() {
        var group = LaneGroup(title: "deployment/web", countsReady: true)
        for start in [0, 2] as [Int64] {
            var lane = Lane(name: "web-\(start)")
            lane.append(Lane.Span(start: start, stage: .ready))
            group.lanes.append(lane)
        }
        group.lanes[0].append(Lane.Span(start: 13, stage: .failing))
        group.lanes[0].append(Lane.Span(start: 14, stage: .ready))
        let counts = ReadyCounts(group)
        #expect(counts.highest == 2)
        let columns = (0..<3).map { (start: $0 * 10, end: $0 * 10 + 10, isBreak: false) }
            .map { (start: Int64($0.start), end: Int64($0.end), isBreak: $0.isBreak) }
        #expect(counts.lowest(in: columns) == [1, 1, 2])
    }
}
