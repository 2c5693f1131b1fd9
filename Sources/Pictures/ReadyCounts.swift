import Value

/// How many lanes of a group are ready, over time.
struct ReadyCounts {
    /// From an instant on.
    private var steps: [(start: Milliseconds, count: Int)] = []

    init(_ group: LaneGroup) {
        var changes: [(instant: Milliseconds, by: Int)] = []
        for lane in group.lanes {
            var wasReady = false
            for span in lane.spans {
                let isReady = span.stage == .ready
                if isReady != wasReady { changes.append((span.start, isReady ? 1 : -1)) }
                wasReady = isReady
            }
        }
        changes.sort { $0.instant < $1.instant }
        var count = 0
        for change in changes {
            count += change.by
            if steps.last?.start == change.instant { steps.removeLast() }
            steps.append((change.instant, count))
        }
    }

    var highest: Int { steps.map(\.count).max() ?? 0 }

    /// The lowest count within each of the columns, so that a short dip is seen.
    func lowest(in columns: [(start: Milliseconds, end: Milliseconds, isBreak: Bool)]) -> [Int] {
        var next = 0
        var count = 0
        return columns.map { column in
            while next < steps.count, steps[next].start <= column.start {
                count = steps[next].count
                next += 1
            }
            var lowest = count
            while next < steps.count, steps[next].start < column.end {
                count = steps[next].count
                lowest = min(lowest, count)
                next += 1
            }
            return lowest
        }
    }
}
