import Testing

@testable import Cluster

@Suite("slow start")
struct SlowStartTests {
    @Test(
        "batches double until one has a failure",
        arguments: [
            (5, Int.max, 5, 5), (0, Int.max, 0, 0), (10, 0, 1, 0), (10, 2, 3, 2), (10, 3, 7, 6),
        ])
    func batches(count: Int, failing: Int, calls: Int, successes: Int) {
        var called = 0
        let result = slowStartBatch(count) { index throws(APIError) in
            called += 1
            if index == failing { throw APIError(.forbidden, "exceeded quota") }
        }
        #expect(called == calls)
        #expect(result.successes == successes)
        #expect((result.failure != nil) == (failing < count))
    }

    @Test(
        "the last batch begins after 1, 3, 7 … calls",
        arguments: [
            (0, 0), (1, 0), (2, 1), (3, 1), (4, 3), (7, 3), (8, 7), (10, 7),
        ])
    func lastBatch(count: Int, start: Int) { #expect(lastSlowStartBatch(count) == start) }
}
