import Model
import Testing
import Value

@testable import Cluster

@Suite("the time that events live")
struct EventLeasesTests {
    private let cluster = SimulatedCluster()
    private let object: StoredObject

    init() throws {
        object = try cluster.api.create(.configMap, [.metadata: [.name: "web"]], in: "default")
    }

    private func record(_ message: String) {
        cluster.recorder.record(
            object, .normal, reason: "Tested", message: message, source: EventSource("test"))
    }

    private var messages: [String] { cluster.state.list(.event).map { $0.value.text(.message) } }

    @Test("an event goes 61 minutes after its lease began, and a watch sees it go")
    func expiry() throws {
        record("a")
        try cluster.advance(by: 30_000)
        record("b")
        try cluster.advance(by: 40_000)
        record("c")
        let before = cluster.log.head
        try cluster.run(until: 3_659_999)
        #expect(messages == ["a", "b", "c"])
        try cluster.run(until: 3_660_000)
        #expect(messages == ["c"])
        let seen = cluster.log.changes(after: before).filter { $0.kind == .event }
        #expect(seen.map(\.type) == [.deleted, .deleted])
        #expect(seen.map { $0.object.value.text(.message) } == ["a", "b"])
        #expect(seen.allSatisfy { cluster.actor($0.cause.actor).name == "etcd" })
        try cluster.run(until: 3_730_000)
        #expect(messages.isEmpty)
        #expect(cluster.inconsistencies() == [])
    }

    @Test("each write gives an event another hour")
    func renewal() throws {
        record("a")
        try cluster.advance(by: 3_000_000)
        record("a")
        try cluster.advance(by: 3_500_000)
        #expect(messages == ["a"])
        try cluster.advance(by: 200_000)
        #expect(messages.isEmpty)
    }

    @Test(
        "one that somebody made or changed goes as well, one that was deleted before is no trouble")
    func others() throws {
        record("a")
        record("b")
        let events = cluster.state.list(.event)
        try cluster.api.modify(events[0]) { $0[.metadata][.labels]["x"] = "y" }
        try cluster.api.delete(events[1])
        try cluster.api.create(
            .event,
            [
                .metadata: [.name: "mine"], .involvedObject: [.namespace: "default"],
                .message: "mine",
            ], in: "default")
        try cluster.advance(by: 3_700_000)
        #expect(messages.isEmpty)
    }

    @Test("nobody waits for it, and when all are gone there is nothing to come")
    func idle() throws {
        record("a")
        guard case .settled = try cluster.settle() else {
            Issue.record("the world did not come to rest")
            return
        }
        #expect(cluster.clock.now < 1_000)
        try cluster.advance(by: 4_000_000)
        #expect(cluster.eventLeases.count == 0)
        let events = cluster.clock.eventCount
        try cluster.advance(by: 1_000_000_000)
        #expect(cluster.clock.eventCount == events)
    }

    @Test("a lease takes a thousand writes")
    func full() throws {
        for number in 0..<2_500 { record("message \(number % 5)") }
        #expect(cluster.eventLeases.count == 25)
        for number in 0..<2_500 {
            let other = try cluster.api.create(
                .configMap, [.metadata: [.name: Value("c-\(number)")]], in: "default")
            cluster.recorder.record(
                other, .normal, reason: "Tested", message: "x", source: EventSource("test"))
        }
        #expect(cluster.state.count(.event) == 2_505)
        try cluster.advance(by: 3_700_000)
        #expect(cluster.state.count(.event) == 0)
    }
}
