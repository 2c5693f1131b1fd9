import Support
import Testing
import Value

@testable import Pictures

@Suite struct TimeScaleTests {
    @Test(
        "every instant has the column whose time it lies in, and columns fill the width without a gap"
    )
    func columns() {
        var stream = RandomStream(seed: 3)
        func draw(_ limit: Int64) -> Int64 { Int64(stream.next() % UInt64(limit)) }
        for _ in 0..<400 {
            let start = draw(1_000_000)
            // Of a millisecond to some days, with all that happens in it anywhere.
            let length = 1 + draw(1 << (1 + draw(30)))
            let instants = (0..<draw(60)).map { _ in start + draw(length + 1) }.sorted()
            let width = Int(10 + draw(150))
            let scale = TimeScale(from: start, to: start + length, instants: instants, width: width)
            let columns = scale.columns
            #expect(columns.count <= width)
            #expect(columns.first?.start == start)
            #expect(columns.last?.end == start + max(length, 1))
            #expect(zip(columns, columns.dropFirst()).allSatisfy { $0.end == $1.start })
            for instant in instants where instant < start + length {
                guard let column = scale.column(of: instant) else {
                    Issue.record("no column for \(instant)")
                    continue
                }
                #expect(columns[column].start <= instant && instant < columns[column].end)
            }
            #expect(scale.column(of: start - 1) == nil)
            #expect(scale.column(of: start + length + 1) == nil)
        }
    }

    @Test("a long time without changes is squeezed, what lies around it stays even")
    func breaks() {
        let scale = TimeScale(
            from: 0, to: 903_000, instants: [1_000, 2_000, 3_000, 902_000], width: 80)
        #expect(scale.parts.map(\.isBreak) == [false, true, false])
        #expect(scale.parts[1].start == 3_000 && scale.parts[1].end == 902_000)
        #expect(scale.parts[1].columns.count < 10)
        #expect(abs(scale.parts[0].columns.count - 3 * scale.parts[2].columns.count) <= 3)
    }

    @Test("time in which nothing happens at all is even")
    func quiet() {
        let scale = TimeScale(from: 0, to: 60_000, instants: [], width: 60)
        #expect(scale.parts.map(\.isBreak) == [false])
        #expect(scale.column(of: 30_000) == 30)
    }

    @Test("the largest times are no trouble")
    func extremes() {
        let scale = TimeScale(from: 0, to: .max, instants: [1, .max / 2, .max - 1], width: 1_000)
        #expect(scale.columns.count <= 1_000)
        #expect(scale.columns.last?.end == .max)
        #expect(TimeScale(from: 5, to: 5, instants: [5, 5], width: 10).columns.first?.start == 5)
    }
}
