import Model
import Testing
import Value

@testable import Cluster

@Suite("requests of a sync")
struct ControllerRequestTests {
    private let cluster: SimulatedCluster
    private let controller = ScriptedController()

    init() throws {
        cluster = SimulatedCluster(bare: ClusterOptions())
        let view = cluster.addProcess("test")
        cluster.add(controller, to: view)
        try cluster.api.create(.namespace, [.metadata: [.name: "default"]], in: "")
    }

    /// Creates the subject at time zero and answers when which other object was written.
    private func run(
        _ script: @escaping (ScriptedController, StoredObject) throws(APIError) -> Void
    ) throws -> [String] {
        controller.script = { controller, object throws(APIError) in
            if object.name == "subject" { try script(controller, object) }
        }
        let start = cluster.log.head + 1
        try cluster.api.create(.configMap, [.metadata: [.name: "subject"]], in: "default")
        try cluster.advance(by: 60)
        return cluster.log.changes(after: start).map {
            "\($0.time) \($0.object.name) \($0.object.value[.data].text("step"))"
        }
    }

    private static func create(_ name: String, _ controller: Controller) throws(APIError) {
        try controller.api.create(.configMap, [.metadata: [.name: Value(name)]], in: "default")
    }

    @Test("the first is made at once, each further one when the one before it is answered")
    func spacing() throws {
        let seen = try run { controller, _ throws(APIError) in
            for name in ["a", "b", "c"] {
                try controller.send { () throws(APIError) in try Self.create(name, controller) }
            }
        }
        #expect(seen == ["2 a ", "7 b ", "12 c "])
        // The worker is free again 5 ms after the last one; a, b and c were noticed meanwhile.
        #expect(controller.syncs == [2, 17, 22, 27])
    }

    @Test("what a request sends comes before what the sync sent after it")
    func nesting() throws {
        let seen = try run { controller, _ throws(APIError) in
            try controller.send { () throws(APIError) in
                try Self.create("a", controller)
                try controller.send { () throws(APIError) in try Self.create("b", controller) }
            }
            try controller.send { () throws(APIError) in try Self.create("c", controller) }
        }
        #expect(seen == ["2 a ", "7 b ", "12 c "])
    }

    @Test("all answer the write that led to the sync, not what came in meanwhile")
    func cause() throws {
        let cluster = SimulatedCluster(options: ClusterOptions())
        let set: Value = [
            .metadata: [.name: "web"],
            .spec: [
                .replicas: 4, .selector: [.matchLabels: ["app": "web"]],
                .template: [
                    .metadata: [.labels: ["app": "web"]],
                    .spec: [.containers: [[.name: "main", .image: "web"]]],
                ],
            ],
        ]
        try cluster.api.create(.replicaSet, set, in: "default")
        try cluster.advance(by: 200)
        let pods = cluster.log.changes(after: 0).filter { $0.kind == .pod && $0.type == .added }
        #expect(pods.count == 4)
        #expect(Set(pods.map(\.time)).count == 3)
        #expect(Set(pods.map(\.cause.trigger)).count == 1)
    }

    @Test("a failure ends the sync, which is tried again after its back-off")
    func failure() throws {
        var attempts = 0
        let seen = try run { controller, _ throws(APIError) in
            attempts += 1
            if attempts > 1 { return }
            try controller.send { () throws(APIError) in try Self.create("a", controller) }
            try controller.send { () throws(APIError) in throw APIError(.conflict, "no") }
            try controller.send { () throws(APIError) in try Self.create("c", controller) }
        }
        #expect(seen == ["2 a "])
        #expect(attempts == 2)
        // The conflict came at 7 ms; 5 ms later the worker, busy with `a` by then, takes it.
        #expect(controller.syncs == [2, 12, 17])
    }

    @Test("requests before a failure of the sync itself are made all the same")
    func failureAfterSending() throws {
        var attempts = 0
        let seen = try run { controller, _ throws(APIError) in
            attempts += 1
            if attempts > 1 { return }
            try controller.send { () throws(APIError) in try Self.create("a", controller) }
            try controller.send { () throws(APIError) in try Self.create("b", controller) }
            throw APIError(.conflict, "no")
        }
        #expect(seen == ["2 a ", "7 b "])
        #expect(attempts == 2)
    }

    @Test("an update may be based on one that is not yet made, but not on a version of others")
    func chainedUpdates() throws {
        var attempts = 0
        func step(_ object: StoredObject, _ text: String) -> Value {
            var value = object.value
            value[.data] = ["step": Value(text)]
            return value
        }
        let seen = try run { controller, subject throws(APIError) in
            attempts += 1
            if attempts > 1 { return }
            try controller.send { () throws(APIError) in try Self.create("a", controller) }
            let first = try controller.sendUpdate(subject, to: step(subject, "1"))
            let second = try controller.sendUpdate(first, to: step(first, "2"))
            #expect(second.value[.data].text("step") == "2")
            _ = try controller.sendUpdate(subject, to: step(subject, "3"))
        }
        #expect(seen == ["2 a ", "7 subject 1", "12 subject 2"])
        #expect(attempts == 2)
    }

    @Test("batches double, and each waits for the one before it")
    func slowStart() throws {
        var successes = 0
        let seen = try run { controller, _ throws(APIError) in
            let outcome = RequestOutcome()
            try controller.sendSlowStart(5, outcome) { index throws(APIError) in
                try Self.create("p\(index)", controller)
            } whenDone: {
                successes = $0
            }
            try controller.send { () throws(APIError) in try Self.create("end", controller) }
        }
        #expect(seen == ["2 p0 ", "12 p1 ", "12 p2 ", "22 p3 ", "22 p4 ", "32 end "])
        #expect(successes == 5)
    }

    @Test("a batch with a failure is the last one")
    func brokenSlowStart() throws {
        var successes = -1
        let outcome = RequestOutcome()
        let seen = try run { controller, _ throws(APIError) in
            try controller.sendSlowStart(9, outcome) { index throws(APIError) in
                if index == 1 { throw APIError(.forbidden, "exceeded quota") }
                try Self.create("p\(index)", controller)
            } whenDone: {
                successes = $0
            }
        }
        #expect(seen == ["2 p0 ", "12 p2 "])
        #expect(successes == 2)
        #expect(outcome.failure?.message == "exceeded quota")
    }
}
