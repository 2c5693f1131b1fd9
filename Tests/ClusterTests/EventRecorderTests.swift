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
        let told = cluster.log.changes(after: 0).filter { $0.kind == .event && $0.type == .added }
        #expect(
            told.map { $0.object.value.text(.message) } == (1...12).map { "message \($0)" })
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

    @Test("an event that was deleted meanwhile is made again as it was, and goes on counting")
    func deleted() throws {
        record("again")
        let stored = try #require(cluster.state.list(.event).first)
        try cluster.api.delete(stored)
        #expect(events.isEmpty)
        try cluster.advance(by: 5_000)
        record("again")
        let event = try #require(events.first)
        #expect(event.int(.count) == 2)
        #expect(event[.metadata].text(.name) == stored.name)
        #expect(event.text(.firstTimestamp) == "2025-01-01T00:00:00Z")
        #expect(event[.metadata].text(.creationTimestamp) == "2025-01-01T00:00:05Z")
        #expect(event.text(.lastTimestamp) == "2025-01-01T00:00:05Z")
        record("again")
        #expect(events.map { $0.int(.count) } == [3])
        #expect(cluster.inconsistencies() == [])
    }

    @Test("so is one that expired")
    func expired() throws {
        record("again")
        try cluster.advance(by: 7_200_000)
        #expect(events.isEmpty)
        record("again")
        let event = try #require(events.first)
        #expect(event.int(.count) == 2 && event.text(.firstTimestamp) == "2025-01-01T00:00:00Z")
        #expect(event[.metadata].text(.creationTimestamp) == "2025-01-01T02:00:00Z")
    }

    @Test("an event whose first occurrence was not heard says when that was")
    func late() throws {
        for _ in 1...25 { record("again") }
        try cluster.advance(by: 10_000)
        record("late", reason: "Other")
        #expect(events.count == 1)
        try cluster.advance(by: 300_000)
        record("late", reason: "Other")
        let event = try #require(events.first { $0.text(.message) == "late" })
        #expect(event.int(.count) == 2)
        #expect(event.text(.firstTimestamp) == "2025-01-01T00:00:10Z")
        #expect(event.text(.lastTimestamp) == "2025-01-01T00:05:10Z")
        #expect(event[.metadata].text(.creationTimestamp) == "2025-01-01T00:05:10Z")
        // In a list by name it stands where it happened.
        #expect(cluster.state.list(.event).map { $0.value.text(.message) } == ["again", "late"])
        #expect(cluster.inconsistencies() == [])
    }

    @Test("warnings have an allowance of their own")
    func warnings() {
        for _ in 1...40 { record("again") }
        cluster.recorder.record(
            object, .warning, reason: "Tested", message: "bad",
            source: EventSource("kubelet", host: "node-1"))
        #expect(events.count == 2)
    }

    @Test("parts of an object are similar, but not equal")
    func parts() {
        for number in 1...11 {
            cluster.recorder.record(
                object, .normal, reason: "Pulling", message: "image", source: EventSource("a"),
                fieldPath: "spec.containers{\(number)}")
        }
        #expect(events.count == 10)
        #expect(events.map { $0.int(.count) }.sorted() == Array(repeating: 1, count: 9) + [2])
    }

    @Test("a source remembers the 4,096 events that it told last")
    func bounded() throws {
        func tell(_ number: Int) throws {
            let key = ObjectKey(namespace: "default", name: "c-\(number)")
            let other =
                try cluster.api.find(.configMap, key)
                ?? cluster.api.create(
                    .configMap, [.metadata: [.name: Value(key.name)]], in: "default")
            cluster.recorder.record(
                other, .normal, reason: "Tested", message: "x", source: EventSource("a"))
        }
        for number in 0...EventCorrelator.capacity { try tell(number) }
        try tell(EventCorrelator.capacity)
        #expect(cluster.state.count(.event) == EventCorrelator.capacity + 1)
        try tell(0)
        #expect(cluster.state.count(.event) == EventCorrelator.capacity + 2)
    }
}
