import Model
import Testing
import Value

@testable import Cluster

@Suite("the event recorder")
struct EventRecorderTests {
    private let cluster = SimulatedCluster()
    private let object: StoredObject

    init() throws {
        object = try cluster.api.create(
            .configMap, [.metadata: [.name: "web"]], in: "default")
    }

    private func record(_ message: String, reason: String = "Tested") {
        cluster.recorder.record(
            object, .normal, reason: reason, message: message,
            source: EventSource("kubelet", host: "node-1"))
    }

    private var events: [Value] { cluster.state.list(.event).map(\.value) }

    @Test("an event has the fields of upstream's, with times in whole seconds")
    func shape() throws {
        try cluster.advance(by: 1_700)
        record("it works")
        let event = try #require(events.first)
        #expect(event.text(.message) == "it works" && event.text(.reason) == "Tested")
        #expect(event[.source] == [.component: "kubelet", .host: "node-1"])
        #expect(event.text(.firstTimestamp) == "2025-01-01T00:00:01Z")
        #expect(event[.involvedObject].text(.uid) == object.uid)
        #expect(event[.metadata].text(.uid).count == 36)
        #expect(event.int(.count) == 1)
    }

    @Test("an equal event raises the count and the last time")
    func equal() throws {
        record("again")
        try cluster.advance(by: 5_000)
        record("again")
        record("other", reason: "Other")
        #expect(events.count == 2)
        let event = try #require(events.first { $0.text(.reason) == "Tested" })
        #expect(event.int(.count) == 2)
        #expect(event.text(.firstTimestamp) == "2025-01-01T00:00:00Z")
        #expect(event.text(.lastTimestamp) == "2025-01-01T00:00:05Z")
    }

    @Test("from the tenth on, similar events are combined")
    func combined() {
        for number in 1...12 { record("message \(number)") }
        #expect(events.count == 10)
        let combined = events.filter { $0.text(.message).hasPrefix("(combined") }
        #expect(
            combined.map { $0.text(.message) } == ["(combined from similar events): message 12"])
        #expect(combined.map { $0.int(.count) } == [3])
        record("message 3")
        #expect(events.filter { $0.text(.message) == "message 3" }.map { $0.int(.count) } == [2])
    }

    @Test("of one object a source tells 25 times, then once in five minutes; the missed count")
    func spam() throws {
        for _ in 1...40 { record("again") }
        #expect(events.map { $0.int(.count) } == [25])
        try cluster.advance(by: 299_000)
        record("again")
        #expect(events.map { $0.int(.count) } == [25])
        try cluster.advance(by: 1_000)
        record("again")
        #expect(events.map { $0.int(.count) } == [42])
        // Another source has an allowance of its own.
        cluster.recorder.record(
            object, .normal, reason: "Tested", message: "again", source: EventSource("scheduler"))
        #expect(events.count == 2)
    }

    @Test("similar events ten minutes apart are not combined")
    func apart() throws {
        for number in 1...12 {
            record("message \(number)")
            try cluster.advance(by: 601_000)
        }
        #expect(events.count == 12)
    }

    @Test("an event that somebody labelled goes on counting")
    func changedByHand() throws {
        record("again")
        let stored = try #require(cluster.state.list(.event).first)
        try cluster.api.modify(stored) { $0[.metadata][.labels]["a"] = "b" }
        record("again")
        #expect(events.map { $0.int(.count) } == [2])
        #expect(events.first?[.metadata][.labels]["a"].string == "b")
    }

    @Test("a deleted event is made anew")
    func deleted() throws {
        record("again")
        let stored = try #require(cluster.state.list(.event).first)
        try cluster.api.delete(stored)
        #expect(events.isEmpty)
        record("again")
        #expect(events.map { $0.int(.count) } == [1])
    }
}
