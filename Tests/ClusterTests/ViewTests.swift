import Model
import Testing
import Value

@testable import Cluster

@Suite("views and their delays")
struct ViewTests {
    private func deployment(_ replicas: Int) -> Value {
        [
            .metadata: [.name: "web"],
            .spec: [
                .replicas: Value(replicas), .selector: [.matchLabels: ["app": "web"]],
                .template: [
                    .metadata: [.labels: ["app": "web"]],
                    .spec: [.containers: [[.name: "c", .image: "nginx"]]],
                ],
            ],
        ]
    }

    @Test("after every event of a rollout, views, indexes and log agree")
    func consistency() throws {
        let cluster = SimulatedCluster()
        for name in ["a", "b"] { try cluster.addNode(name) }
        let web = try cluster.api.create(.deployment, deployment(4), in: "default")
        var isChanged = false
        while try cluster.step(until: 60_000) {
            #expect(cluster.inconsistencies() == [])
            if !isChanged, cluster.clock.now > 600 {
                isChanged = true
                try cluster.api.modify(web) { value in
                    value[.spec][.template][.spec][.containers][0][.image] = "nginx:2"
                }
            }
        }
        #expect(isChanged)
        #expect(cluster.state.count(.pod) == 4)
    }

    @Test("a delayed watch leaves the controllers behind, and ends when the delay does")
    func delay() throws {
        let cluster = SimulatedCluster()
        #expect(cluster.delayWatches(of: "controller-manager", to: 10_000))
        #expect(!cluster.delayWatches(of: "nobody", to: 1))
        try cluster.api.create(.deployment, deployment(1), in: "default")
        try cluster.advance(by: 9_999)
        #expect(cluster.state.count(.replicaSet) == 0)
        cluster.delayWatches(of: "controller-manager", to: 2)
        try cluster.advance(by: 100)
        #expect(cluster.state.count(.replicaSet) == 1)
        #expect(cluster.inconsistencies() == [])
    }

    @Test("what blocks is named: finalizers, unschedulable pods")
    func blockers() throws {
        let cluster = SimulatedCluster()
        let held = try cluster.api.create(
            .configMap, [.metadata: [.name: "c", .finalizers: ["example.com/hold"]]],
            in: "default")
        try cluster.api.delete(held)
        try cluster.api.create(
            .pod,
            [
                .metadata: [.name: "p"],
                .spec: [.containers: [[.name: "c", .image: "nginx"]]],
            ], in: "default")
        _ = try cluster.settle()
        #expect(
            cluster.blockers().map { "\($0.object) \($0.reason)" } == [
                "configmap/c terminating: held by finalizers example.com/hold",
                "pod/p not scheduled: no nodes available to schedule pods",
            ])
    }
}
