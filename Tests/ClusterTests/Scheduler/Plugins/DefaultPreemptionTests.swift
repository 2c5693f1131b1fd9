import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin DefaultPreemption")
struct DefaultPreemptionTests {
    /// Nodes of 4 cores; the priority classes p0, p10, p20, p30 and p1000.
    private func world(nodes: Int) throws -> WholeWorld {
        let world = try WholeWorld(nodes: nodes)
        for priority in [0, 10, 20, 30, 1_000] {
            try world.create(
                .priorityClass,
                [.metadata: [.name: Value("p\(priority)")], .value: Value(priority)])
        }
        return world
    }

    private func pod(
        _ name: String, priority: Int, cpu: Value, on node: Int? = nil, labels: Value = .null,
        _ spec: Value = .emptyObject
    ) -> Value {
        var value = WholeWorld.pod(name, labels: labels, spec: spec)
        value[.spec][.priorityClassName] = Value("p\(priority)")
        value[.spec][.containers][0][.resources][.requests][.cpu] = cpu
        if let node {
            value[.spec][.nodeSelector] = ["kubernetes.io/hostname": Value("node-\(node)")]
        }
        return value
    }

    private func names(_ world: WholeWorld) -> [String] { world.list(.pod).map(\.name).sorted() }

    private func message(_ world: WholeWorld, _ pod: String) throws -> String? {
        world.condition(try world.found(.pod, pod), "PodScheduled")?.message
    }

    /// What runs on the nodes, each pod with all 4 cores of its node or half of them: node, priority, cpu.
    @Test(
        "of the nodes the one is taken whose victims hurt least",
        arguments: [
            // The least of the highest priorities.
            ([(1, 20, "4"), (2, 10, "4")], ["a"]), ([(1, 10, "4"), (2, 20, "4")], ["b"]),
            // The least sum: 20 + 10 against 20 + 0.
            ([(1, 20, "2"), (1, 10, "2"), (2, 20, "2"), (2, 0, "2")], ["a", "b"]),
            // The fewest victims: 2^31 counts for each, so three small ones weigh more than two.
            (
                [
                    (1, 10, "2"), (1, 10, "1"), (1, 10, "1"), (2, 10, "2"), (2, 10, "2"),
                ], ["a", "b", "c"]
            ),
            // Only what must go goes, the most important stays.
            ([(1, 20, "1"), (1, 10, "3"), (2, 30, "4")], ["a", "c"]),
        ] as [([(Int, Int, String)], [String])])
    func choice(running: [(Int, Int, String)], survivors: [String]) throws {
        let world = try world(nodes: 2)
        for (index, (node, priority, cpu)) in running.enumerated() {
            let name = String(["a", "b", "c", "d", "e"][index])
            try world.create(.pod, pod(name, priority: priority, cpu: Value(cpu), on: node))
            try world.settle()
        }
        let wanted: Value = running.count == 3 ? "3" : "4"
        try world.create(.pod, pod("urgent", priority: 1_000, cpu: wanted))
        try world.settle()
        #expect(world.get(.pod, "urgent")?.nodeName != nil)
        #expect(names(world) == survivors + ["urgent"])
    }

    @Test("of equals those go that started last")
    func startTimes() throws {
        let world = try world(nodes: 1)
        for name in ["old", "young"] {
            try world.create(.pod, pod(name, priority: 10, cpu: "2"))
            try world.advance(seconds: 10)
        }
        try world.create(.pod, pod("urgent", priority: 1_000, cpu: "2"))
        try world.settle()
        #expect(names(world) == ["old", "urgent"])
    }

    private func budget(_ name: String, _ labels: Value, minAvailable: Int) -> Value {
        [
            .metadata: [.name: Value(name)],
            .spec: [
                .minAvailable: Value(minAvailable), .selector: [.matchLabels: labels],
            ],
        ]
    }

    @Test("budgets of the victims' namespace are honoured, whatever the namespace of the pod")
    func budgets() throws {
        let world = try world(nodes: 2)
        try world.create(.namespace, [.metadata: [.name: "shop"]])
        try world.settle()
        for (node, app) in [(1, "kept"), (2, "free")] {
            try world.create(
                .pod, pod(app, priority: 10, cpu: "4", on: node, labels: ["app": Value(app)]),
                namespace: "shop")
        }
        try world.create(
            .podDisruptionBudget, budget("b", ["app": "kept"], minAvailable: 1),
            namespace: "shop")
        // A budget of the same labels elsewhere says nothing.
        try world.create(
            .podDisruptionBudget, budget("b", ["app": "free"], minAvailable: 1))
        try world.settle()
        try world.create(.pod, pod("urgent", priority: 1_000, cpu: "4"))
        try world.settle()
        #expect(world.get(.pod, "urgent")?.nodeName == "node-2")
        #expect(world.get(.pod, "kept", namespace: "shop") != nil)
        #expect(world.get(.pod, "free", namespace: "shop") == nil)
    }

    @Test("a budget is broken where nothing else makes room")
    func brokenBudget() throws {
        let world = try world(nodes: 1)
        try world.create(.pod, pod("kept", priority: 10, cpu: "4", labels: ["app": "kept"]))
        try world.create(.podDisruptionBudget, budget("b", ["app": "kept"], minAvailable: 1))
        try world.settle()
        try world.create(.pod, pod("urgent", priority: 1_000, cpu: "4"))
        try world.settle()
        #expect(names(world) == ["urgent"])
    }

    @Test("anti-affinity and ports of victims go with them")
    func otherReasons() throws {
        let world = try world(nodes: 1)
        let apart: Value = [
            .podAntiAffinity: [
                .requiredDuringSchedulingIgnoredDuringExecution: [
                    [
                        .labelSelector: [.matchLabels: ["app": "x"]],
                        .topologyKey: "kubernetes.io/hostname",
                    ]
                ]
            ]
        ]
        try world.create(
            .pod,
            pod(
                "hermit", priority: 10, cpu: "100m", labels: ["app": "x"], [.affinity: apart]))
        try world.create(.pod, pod("bystander", priority: 0, cpu: "100m"))
        try world.settle()
        try world.create(
            .pod,
            pod("urgent", priority: 1_000, cpu: "100m", labels: ["app": "x"], [.affinity: apart]))
        try world.settle()
        #expect(names(world) == ["bystander", "urgent"])
    }

    @Test("a claim for one pod at a time is taken from a pod of lower priority")
    func claim() throws {
        let world = try world(nodes: 1)
        try world.create(
            .persistentVolumeClaim,
            Storage.claim("c", modes: ["ReadWriteOncePod"], className: "standard"))
        try world.create(
            .pod, pod("holder", priority: 10, cpu: "100m", Storage.using("c")))
        try world.settle()
        try world.create(
            .pod, pod("equal", priority: 10, cpu: "100m", Storage.using("c")))
        try world.settle()
        #expect(world.get(.pod, "equal")?.nodeName == nil)
        #expect(
            try message(world, "equal")
                == "0/1 nodes are available: 1 node(s) unavailable due to PersistentVolumeClaim with "
                + "ReadWriteOncePod access mode already in-use by another pod. no new claims to "
                + "deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found "
                + "for incoming pod.")
        try world.delete(.pod, "equal")
        try world.create(
            .pod, pod("urgent", priority: 1_000, cpu: "100m", Storage.using("c")))
        try world.settle()
        #expect(names(world) == ["urgent"])
    }

    @Test(
        "what is said of help",
        arguments: [
            ("4", .null, 1_000, nil),
            // More than any node has.
            (
                "5", .null, 1_000,
                "preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling."
            ),
            (
                "4", .null, 0,
                "preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod."
            ),
            ("4", "Never", 1_000, "preemption: not eligible due to preemptionPolicy=Never."),
            // Without the pods of lower priority there is still too little.
            ("4", .null, 20, "preemption: 0/2 nodes are available: 2 Insufficient cpu."),
        ] as [(Value, Value, Int, String?)])
    func messages(cpu: Value, policy: Value, priority: Int, expected: String?) throws {
        let world = try world(nodes: 2)
        for node in 1...2 {
            try world.create(.pod, pod("a\(node)", priority: 30, cpu: "1", on: node))
            try world.create(.pod, pod("b\(node)", priority: 10, cpu: "3", on: node))
        }
        try world.settle()
        var asking = pod("asking", priority: priority, cpu: cpu)
        if !policy.isNull {
            try world.create(
                .priorityClass,
                [
                    .metadata: [.name: "meek"], .value: Value(priority),
                    .preemptionPolicy: policy,
                ])
            asking[.spec][.priorityClassName] = "meek"
        }
        try world.create(.pod, asking)
        try world.cluster.advance(by: 50)
        let message = try #require(try message(world, "asking"))
        let start = "0/2 nodes are available: 2 Insufficient cpu."
        #expect(
            message == start + (expected.map { " no new claims to deallocate, \($0)" } ?? ""))
    }

    /// Pods of that name take 50 s to stop.
    private func slow(_ world: WholeWorld, _ pod: String) {
        var behavior = ContainerBehavior()
        behavior.stopAfter = 50_000
        world.cluster.behaviors.add(BehaviorPattern(pod: pod), behavior)
    }

    private static let patient: Value = [.terminationGracePeriodSeconds: 60]

    @Test("a pod waits for its own victims")
    func ownVictims() throws {
        let world = try world(nodes: 1)
        slow(world, "slow")
        try world.create(.pod, pod("slow", priority: 10, cpu: "3", Self.patient))
        try world.create(.pod, pod("quick", priority: 10, cpu: "1"))
        try world.settle()
        try world.create(.pod, pod("urgent", priority: 1_000, cpu: "4"))
        // The quick victim is gone, and the pod was tried again.
        try world.advance(seconds: 5)
        #expect(names(world) == ["slow", "urgent"])
        #expect(
            try message(world, "urgent")
                == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, "
                + "preemption: not eligible due to a terminating pod on the nominated node.")
        try world.advance(seconds: 60)
        #expect(world.get(.pod, "urgent")?.nodeName == "node-1")
    }

    @Test("a pod does not wait for a pod that it did not preempt")
    func otherPods() throws {
        let world = try world(nodes: 1)
        slow(world, "leaving")
        try world.create(.pod, pod("leaving", priority: 10, cpu: "2", Self.patient))
        try world.advance(seconds: 5)
        try world.create(.pod, pod("victim", priority: 10, cpu: "2"))
        try world.settle()
        try world.create(.pod, pod("urgent", priority: 20, cpu: "2"))
        try world.cluster.advance(by: 600)
        #expect(names(world) == ["leaving", "urgent"])
        #expect(world.get(.pod, "urgent")?.value[.status][.nominatedNodeName] == "node-1")
        // Another pod is quicker than the one that made room, and somebody deletes a third.
        try world.create(.pod, pod("rush", priority: 1_000, cpu: "2"))
        try world.delete(.pod, "leaving")
        try world.advance(seconds: 3)
        #expect(world.get(.pod, "rush")?.nodeName == "node-1")
        #expect(
            try message(world, "urgent") == "0/1 nodes are available: 1 Insufficient cpu.")
    }

    @Test("a pod of higher priority takes the nomination of one below it")
    func nominations() throws {
        let world = try world(nodes: 1)
        try world.create(.pod, pod("a", priority: 10, cpu: "2"))
        try world.create(.pod, pod("b", priority: 10, cpu: "2"))
        try world.settle()
        try world.create(.pod, pod("first", priority: 20, cpu: "2"))
        try world.cluster.advance(by: 30)
        #expect(world.get(.pod, "first")?.value[.status][.nominatedNodeName] == "node-1")
        try world.create(.pod, pod("second", priority: 1_000, cpu: "4"))
        try world.cluster.advance(by: 30)
        #expect(world.get(.pod, "second")?.value[.status][.nominatedNodeName] == "node-1")
        #expect(world.get(.pod, "first")?.value[.status][.nominatedNodeName].isNull == true)
        try world.settle()
        #expect(world.get(.pod, "second")?.nodeName == "node-1")
        #expect(world.get(.pod, "first")?.nodeName == nil)
    }

    @Test("of many nodes a tenth is looked at, but no fewer than 100")
    func candidates() {
        #expect(DefaultPreemption.wantedCandidates(of: 50) == 100)
        #expect(DefaultPreemption.wantedCandidates(of: 5_000) == 500)
    }
}
