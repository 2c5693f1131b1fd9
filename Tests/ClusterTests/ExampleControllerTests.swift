import Model
import Testing
import Value

@testable import Cluster

@Suite("a controller on the runtime")
struct ExampleControllerTests {
    private func world() -> SimulatedCluster {
        let cluster = SimulatedCluster(bare: ClusterOptions())
        cluster.createInitialObjects()
        cluster.add(ExampleController(), to: cluster.addProcess("controller-manager"))
        return cluster
    }

    private let wanted: Value = [.metadata: [.name: "web", .labels: ["pod": "wanted"]]]

    @Test("a write reaches the controller after the watch latency and is answered with its cause")
    func reacts() throws {
        let cluster = world()
        let config = try cluster.api.create(.configMap, wanted, in: "default")
        try cluster.run(until: 1)
        #expect(cluster.state.count(.pod) == 0)
        try cluster.run(until: 2)
        let pod = try #require(cluster.state.list(.pod).first)
        #expect(pod.name.hasPrefix("web-"))
        #expect(pod.isControlled(by: config.uid))
        let change = try #require(cluster.log[pod.resourceVersion])
        #expect(cluster.actor(change.cause.actor).name == "example-controller")
        #expect(change.cause.trigger == config.resourceVersion)
        #expect(change.cause.key == config.key)
        #expect(cluster.inconsistencies() == [])
    }

    @Test("a settled world makes one pod and one event, and stands at the last event")
    func settles() throws {
        let cluster = world()
        try cluster.api.create(.configMap, wanted, in: "default")
        guard case .settled = try cluster.settle() else {
            Issue.record("the world did not settle")
            return
        }
        #expect(cluster.state.count(.pod) == 1)
        #expect(cluster.state.list(.event).map { $0.value[.reason].string } == ["SuccessfulCreate"])
        #expect(cluster.clock.now < 100)
    }

    @Test("equal worlds have equal traces and names, other seeds other names")
    func determinism() throws {
        func run(seed: UInt64) throws -> (UInt64, [String]) {
            var options = ClusterOptions()
            options.seed = seed
            let cluster = SimulatedCluster(bare: options)
            cluster.createInitialObjects()
            cluster.add(ExampleController(), to: cluster.addProcess("controller-manager"))
            try cluster.api.create(.configMap, wanted, in: "default")
            try cluster.advance(by: 1000)
            return (cluster.clock.trace, cluster.state.list(.pod).map(\.name))
        }
        let (first, second, other) = (try run(seed: 1), try run(seed: 1), try run(seed: 2))
        #expect(first == second)
        #expect(first.1 != other.1)
    }
}
