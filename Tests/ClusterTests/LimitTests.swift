import API
import Model
import Testing
import Value

@testable import Cluster

/// Comes back to each ConfigMap every second, for ever, and changes nothing.
private final class RestlessController: Controller {
    init() { super.init(name: "restless-controller", workers: 1) }

    override func start() { watch(.configMap) }

    override func observe(_ change: Change) { enqueue(change.object) }

    override func sync(_ key: ObjectKey) throws(APIError) { enqueue(key, after: 1_000) }
}

@Suite("The limits of a world")
struct LimitTests {
    private func world(
        _ controller: Controller, _ change: (inout ClusterLimits) -> Void = { _ in }
    ) -> SimulatedCluster {
        var options = ClusterOptions()
        change(&options.limits)
        let cluster = SimulatedCluster(bare: options)
        cluster.createInitialObjects()
        cluster.add(controller, to: cluster.addProcess("controller-manager"))
        return cluster
    }

    @Test("a world that does not rest names who is at work on what, though nothing changes")
    func restless() throws {
        let cluster = world(RestlessController())
        try cluster.api.create(.configMap, [.metadata: [.name: "web"]], in: "default")
        guard case .restless(let restlessness) = try cluster.settle() else {
            Issue.record("the world settled")
            return
        }
        #expect(restlessness.changed.isEmpty)
        let first = try #require(restlessness.activities.first)
        #expect(first.component == "restless-controller")
        #expect(first.key == ObjectKey(namespace: "default", name: "web"))
        #expect((55...65).contains(first.count))
    }

    @Test("a world in which objects multiply stops at its limit, and lives on when some are gone")
    func objects() throws {
        let cluster = world(ExampleController()) { $0.objects = 80 }
        let before = cluster.store.objectCount
        #expect(before < 70)
        for number in 0..<20 {
            try cluster.api.create(
                .configMap,
                [.metadata: [.name: Value("c\(number)"), .labels: ["pod": "wanted"]]],
                in: "default")
        }
        #expect(throws: ClusterError.self) { try cluster.advance(by: 10_000) }
    }

    @Test("an object that asks for more pods than a world holds is named before any is made")
    func pods() throws {
        let cluster = SimulatedCluster()
        let set = try cluster.api.create(
            .replicaSet,
            [
                .metadata: [.name: "web"],
                .spec: [
                    .replicas: 2_147_483_647, .selector: [.matchLabels: ["app": "web"]],
                    .template: [
                        .metadata: [.labels: ["app": "web"]],
                        .spec: [.containers: [[.name: "c", .image: "nginx"]]],
                    ],
                ],
            ], in: "default")
        let expected = ClusterError.tooManyPods(
            limit: 200_000, wanted: 2_147_483_647, name: "replicaset/web")
        #expect(throws: expected) { try cluster.advance(by: 60_000) }
        #expect(cluster.state.count(.pod) == 0)
        // Requests go on, so that it can be taken back.
        try cluster.advance(by: 10)
        try cluster.api.delete(set)
        try cluster.advance(by: 60_000)
    }

    @Test("time ends after ten years, whatever is asked for")
    func endOfTime() throws {
        let cluster = SimulatedCluster()
        let limit = cluster.options.limits.lifetime
        for length in [limit + 1, .max] {
            #expect(throws: ClusterError.endOfTime(limit: limit)) {
                try cluster.advance(by: length)
            }
        }
        #expect(cluster.clock.now == 0)
        try cluster.advance(by: 1_000)
        #expect(cluster.clock.now == 1_000)
    }
}
