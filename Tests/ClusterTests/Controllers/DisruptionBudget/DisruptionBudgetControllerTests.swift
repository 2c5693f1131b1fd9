import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("disruption budgets")
struct DisruptionBudgetControllerTests {
    private func world(_ spec: Value, replicas: Int = 4) throws -> WholeWorld {
        let world = try WholeWorld(nodes: 1)
        try world.create(.replicaSet, WholeWorld.replicaSet("web", replicas: replicas))
        var budget: Value = [
            .metadata: [.name: "b"], .spec: [.selector: [.matchLabels: ["app": "web"]]],
        ]
        for field in spec.fields { budget[.spec][field.key] = field.value }
        try world.create(.podDisruptionBudget, budget)
        try world.settle()
        return world
    }

    private func status(_ world: WholeWorld) throws -> [Int] {
        let view = PodDisruptionBudgetView(try world.found(.podDisruptionBudget, "b").value)
        return [
            view.expectedPods, view.currentHealthy, view.desiredHealthy, view.disruptionsAllowed,
        ]
    }

    @Test(
        "expected, healthy, wanted and allowed follow from minAvailable or maxUnavailable",
        arguments: [
            ([.minAvailable: 3], [4, 4, 3, 1]), ([.minAvailable: "60%"], [4, 4, 3, 1]),
            ([.maxUnavailable: 1], [4, 4, 3, 1]), ([.maxUnavailable: "30%"], [4, 4, 2, 2]),
            ([.minAvailable: 5], [4, 4, 5, 0]), ([.maxUnavailable: "100%"], [4, 4, 0, 4]),
        ] as [(Value, [Int])])
    func amounts(spec: Value, wanted: [Int]) throws {
        let world = try world(spec)
        #expect(try status(world) == wanted)
        let condition = world.condition(
            try world.found(.podDisruptionBudget, "b"), "DisruptionAllowed")
        #expect(condition?.status == (wanted[3] > 0 ? "True" : "False"))
        #expect(condition?.reason == (wanted[3] > 0 ? "SufficientPods" : "InsufficientPods"))
    }

    @Test("an eviction takes one disruption until the pod's replacement is healthy")
    func eviction() throws {
        let world = try world([.maxUnavailable: 1])
        let pods = world.list(.pod).map(\.name)
        try world.api.evict(pod: pods[0], namespace: "default", options: DeleteOptions())
        #expect(throws: APIError.self) {
            try world.api.evict(pod: pods[1], namespace: "default", options: DeleteOptions())
        }
        try world.settle()
        #expect(try status(world) == [4, 4, 3, 1])
        #expect(
            try world.found(.podDisruptionBudget, "b").value[.status][.disruptedPods].isNull)
    }

    @Test("a budget over pods of a kind without scale allows nothing and says so")
    func unscalable() throws {
        let world = try WholeWorld(nodes: 1)
        var set = WholeWorld.replicaSet("web", replicas: 1)
        set[.spec][.replicas] = .null
        try world.create(.daemonSet, set)
        try world.create(
            .podDisruptionBudget,
            [
                .metadata: [.name: "b"],
                .spec: [.selector: [.matchLabels: ["app": "web"]], .maxUnavailable: 1],
            ])
        try world.settle()
        let condition = world.condition(
            try world.found(.podDisruptionBudget, "b"), "DisruptionAllowed")
        #expect(condition?.reason == "SyncFailed")
        #expect(
            world.events("b").last
                == "CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: "
                + "daemonsets.apps does not implement the scale subresource")
    }

    @Test("a budget without pods says so")
    func empty() throws {
        let world = try world([.minAvailable: 1], replicas: 0)
        #expect(world.events("b") == ["NoPods: No matching pods found"])
        #expect(try status(world) == [0, 0, 1, 0])
    }
}
