import Testing

@testable import Cluster

@Suite("how fast nodes are tainted")
struct NodeZonesTests {
    private func zones(ready: Int, unready: Int, other: Int = 0) -> NodeZones {
        var zones = NodeZones()
        var nodes = (0..<ready + unready).map { (zone: "a", isReady: $0 < ready) }
        nodes += (0..<other).map { _ in (zone: "b", isReady: true) }
        _ = zones.assess(nodes, now: 0)
        for number in 0..<3 { zones.queue("n\(number)", zone: "a") }
        return zones
    }

    @Test(
        "one node each 10 s; none, or one each 100 s in a large zone, when most are not ready",
        arguments: [
            // ready, not ready, nodes of another zone: seconds from one node to the next
            (3, 2, 0, 10), (5, 3, 0, 10), (2, 3, 0, nil), (9, 11, 0, nil), (10, 11, 0, 10),
            (20, 30, 0, nil), (20, 31, 0, 100), (20, 30, 60, nil), (0, 4, 5, 10), (0, 4, 0, nil),
            (1, 2, 0, 10),
        ] as [(Int, Int, Int, Int?)])
    func rate(ready: Int, unready: Int, other: Int, seconds: Int?) {
        var zones = zones(ready: ready, unready: unready, other: other)
        guard let seconds else {
            let taken = zones.take(now: 1_000_000)
            #expect(taken.isEmpty && zones.nextToken(now: 0) == nil)
            return
        }
        // The bucket is full at first only for the usual rate that it began with.
        let begin = seconds == 10 ? 0 : zones.nextToken(now: 0) ?? -1
        let end = begin + Int64(seconds) * 1_000
        let first = zones.take(now: begin)
        #expect(first == ["n0"] && zones.nextToken(now: begin) == end)
        let early = zones.take(now: end - 1)
        let second = zones.take(now: end)
        #expect(early.isEmpty && second == ["n1"])
    }

    @Test("an empty bucket stays empty when the rate changes")
    func change() {
        var zones = zones(ready: 2, unready: 3)
        let taken = zones.take(now: 5_000)
        #expect(taken.isEmpty)
        _ = zones.assess([("a", true), ("a", true), ("a", false)], now: 5_000)
        #expect(zones.nextToken(now: 5_000) == 15_000)
    }

    @Test("that nobody is ready any more is told once")
    func allDown() {
        var zones = NodeZones()
        let told = [[true, false], [false, false], [false, false], [true, false], []].map {
            zones.assess($0.enumerated().map { ("z\($0)", $1) }, now: 0)
        }
        #expect(told == [false, true, false, false, false])
    }
}
