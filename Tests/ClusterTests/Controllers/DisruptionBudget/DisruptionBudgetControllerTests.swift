import API
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

    @Test("pods without a controller cannot be counted: a percentage allows nothing, and says why")
    func unmanaged() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.pod, WholeWorld.pod("bare", labels: ["app": "web"]))
        try world.create(
            .podDisruptionBudget,
            [
                .metadata: [.name: "b"],
                .spec: [.selector: [.matchLabels: ["app": "web"]], .minAvailable: "50%"],
            ])
        try world.settle()
        #expect(try status(world) == [0, 1, 0, 0])
        let message = """
            UnmanagedPods: Pods selected by this PodDisruptionBudget (selector: \
            &LabelSelector{MatchLabels:map[string]string{app: web,},\
            MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged. As a result, \
            the status of the PDB cannot be calculated correctly, which may result in undefined \
            behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an \
            integer value.
            """
        #expect(world.events("b").contains(message))
    }

    @Test("a pod under two budgets is told so, and cannot be evicted")
    func twoBudgets() throws {
        let world = try world([.minAvailable: 1], replicas: 2)
        try world.create(
            .podDisruptionBudget,
            [
                .metadata: [.name: "a"],
                .spec: [.selector: [.matchLabels: ["app": "web"]], .minAvailable: 1],
            ])
        try world.settle()
        let pod = world.list(.pod)[0].name
        try world.modify(.pod, pod) { $0[.metadata][.labels]["x"] = "y" }
        try world.settle()
        #expect(
            world.events(pod, kind: "Pod").contains(
                "MultiplePodDisruptionBudgets: Pod \"default\"/\"\(pod)\" matches multiple "
                    + "PodDisruptionBudgets.  Chose \"a\" arbitrarily."))
        #expect {
            try world.api.evict(pod: pod, namespace: "default", options: DeleteOptions())
        } throws: {
            ($0 as? APIError)?.message
                == "This pod has more than one PodDisruptionBudget, which the eviction subresource "
                + "does not support."
        }
    }

    @Test(
        "pods that are not ready may go with AlwaysAllow, or while the budget is healthy",
        arguments: [
            (Value("AlwaysAllow"), 3, true), ("IfHealthyBudget", 3, false),
            (.null, 3, false), (.null, 2, true),
        ])
    func unhealthyPods(policy: Value, least: Int, isAllowed: Bool) throws {
        let world = try WholeWorld(nodes: 1)
        var sick = ContainerBehavior()
        sick.isReady = false
        world.cluster.behaviors.add(BehaviorPattern(image: "sick"), sick)
        try world.create(.replicaSet, WholeWorld.replicaSet("web", replicas: 2))
        try world.create(.pod, WholeWorld.pod("sick", labels: ["app": "web"], image: "sick"))
        try world.settle()
        var spec: Value = [
            .selector: [.matchLabels: ["app": "web"]], .minAvailable: Value(least),
        ]
        spec[.unhealthyPodEvictionPolicy] = policy
        try world.modify(.replicaSet, "web") { $0[.spec][.replicas] = 3 }
        try world.settle()
        try world.create(.podDisruptionBudget, [.metadata: [.name: "b"], .spec: spec])
        try world.settle()
        let pod = try #require(world.list(.pod).first { !PodFacts($0).isReady })
        let evicted: Void? = try? world.api.evict(
            pod: pod.name, namespace: "default", options: DeleteOptions())
        #expect((evicted != nil) == isAllowed)
    }

    @Test("an evicted pod says in a condition that it was evicted")
    func condition() throws {
        let world = try world([.minAvailable: 1], replicas: 2)
        let pod = world.list(.pod)[0]
        try world.api.evict(pod: pod.name, namespace: "default", options: DeleteOptions())
        let found = world.condition(try world.found(.pod, pod.name), "DisruptionTarget")
        #expect(found?.reason == "EvictionByEvictionAPI")
        #expect(found?.message == "Eviction API: evicting")
    }

    @Test("a refused eviction says what the budget needs, or that its count failed")
    func refusal() throws {
        let world = try world([.minAvailable: 4])
        func words() -> String? {
            do {
                try world.api.evict(
                    pod: world.list(.pod)[0].name, namespace: "default", options: DeleteOptions())
                return nil
            } catch {
                return error.causes.first?.message
            }
        }
        #expect(words() == "The disruption budget b needs 4 healthy pods and has 4 currently")
        try world.modify(.podDisruptionBudget, "b") { $0[.spec][.minAvailable] = "50%" }
        #expect(words() == "The disruption budget b is still being processed by the server.")
    }
}
