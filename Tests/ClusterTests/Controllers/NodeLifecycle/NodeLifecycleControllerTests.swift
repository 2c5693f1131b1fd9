import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the life of nodes")
struct NodeLifecycleControllerTests {
    private func taints(_ world: WholeWorld, _ node: String) -> [String] {
        NodeView(world.get(.node, node)?.value ?? .null).taints.map { "\($0.key):\($0.effect)" }
            .map { $0.replacing("node.kubernetes.io/", with: "") }
    }

    private func readiness(_ world: WholeWorld, _ node: String) -> String {
        NodeView(world.get(.node, node)?.value ?? .null).conditions["Ready"]?.status ?? ""
    }

    @Test("a node registers tainted and not ready, and is ready a moment later")
    func registration() throws {
        let world = try WholeWorld(nodes: 1)
        #expect(readiness(world, "node-1") == "False")
        #expect(taints(world, "node-1") == ["not-ready:NoSchedule"])
        try world.settle()
        #expect(readiness(world, "node-1") == "True")
        #expect(taints(world, "node-1") == [])
        try world.advance(seconds: 6)
        #expect(
            world.events("node-1").last
                == "RegisteredNode: Node node-1 event: Registered Node node-1 in Controller")
    }

    @Test("cordoning adds a taint with its time, uncordoning takes it away")
    func cordon() throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        try world.modify(.node, "node-1") { $0[.spec][.unschedulable] = true }
        try world.settle()
        #expect(taints(world, "node-1") == ["unschedulable:NoSchedule"])
        let taint = try world.found(.node, "node-1").value[.spec][.taints][0]
        #expect(taint[.timeAdded].string != nil)
        try world.modify(.node, "node-1") { $0[.spec][.unschedulable] = .null }
        try world.settle()
        #expect(taints(world, "node-1") == [])
    }

    @Test(
        "conditions become NoSchedule taints; users' taints stay",
        arguments: [
            ("MemoryPressure", "memory-pressure"), ("DiskPressure", "disk-pressure"),
            ("PIDPressure", "pid-pressure"), ("NetworkUnavailable", "network-unavailable"),
        ])
    func pressure(type: String, taint: String) throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        try world.modify(.node, "node-1") {
            $0[.spec][.taints] = [[.key: "mine", .effect: "NoSchedule"]]
        }
        for (status, wanted) in [
            ("True", ["mine:NoSchedule", "\(taint):NoSchedule"]), ("False", ["mine:NoSchedule"]),
        ] {
            try world.api.modifyStatus(try world.found(.node, "node-1")) { value in
                var conditions = Conditions(value[.conditions])
                conditions.replace(Condition(type: type, status: status))
                value[.conditions] = conditions.value
            }
            try world.settle()
            #expect(taints(world, "node-1") == wanted)
        }
    }

    @Test(
        "a dead machine is missed after the grace period, and tainted NoExecute 5 s later",
        arguments: [LatencyProfile.standard, .recorder])
    func death(profile: LatencyProfile) throws {
        let grace = 50
        let world = try WholeWorld(nodes: 3, profile: profile)
        try world.create(.replicaSet, WholeWorld.replicaSet("web", replicas: 3))
        try world.advance(seconds: 20)
        world.cluster.setMachine("node-2", .failed)
        // The last heartbeat was at 0:20.
        try world.advance(seconds: grace - 1)
        #expect(readiness(world, "node-2") == "True")
        try world.advance(seconds: 1)
        try world.cluster.advance(by: 100)
        let node = try world.found(.node, "node-2")
        for type in ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"] {
            let condition = world.condition(node, type)
            #expect(condition?.status == "Unknown" && condition?.reason == "NodeStatusUnknown")
            #expect(condition?.message == "Kubelet stopped posting node status.")
        }
        #expect(taints(world, "node-2") == ["unreachable:NoSchedule"])
        let pods = world.list(.pod).filter { $0.nodeName == "node-2" }
        #expect(pods.count == 1 && !PodView(pods[0].value).isReady)
        #expect(world.events(pods[0].name).last == "NodeNotReady: Node is not ready")
        #expect(
            world.events("node-2").last
                == "NodeNotReady: Node node-2 status is now: NodeNotReady")
        try world.advance(seconds: 5)
        #expect(taints(world, "node-2") == ["unreachable:NoSchedule", "unreachable:NoExecute"])
    }

    @Test("a machine that is back in time is never missed")
    func shortFailure() throws {
        let world = try WholeWorld(nodes: 2)
        try world.advance(seconds: 20)
        world.cluster.setMachine("node-2", .partitioned)
        try world.advance(seconds: 30)
        world.cluster.setMachine("node-2", .running)
        try world.advance(seconds: 100)
        #expect(!world.events("node-2").contains { $0.hasPrefix("NodeNotReady") })
    }

    @Test("a machine that returns loses its taints, and its pods are ready again")
    func recovery() throws {
        let world = try WholeWorld(nodes: 2)
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "node-2"]))
        try world.settle()
        world.cluster.setMachine("node-2", .partitioned)
        try world.advance(seconds: 100)
        #expect(taints(world, "node-2").count == 2)
        #expect(!PodView(try world.found(.pod, "p").value).isReady)
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        #expect(readiness(world, "node-2") == "True")
        #expect(taints(world, "node-2") == [])
        #expect(PodView(try world.found(.pod, "p").value).isReady)
    }

    @Test("nodes of a zone are tainted ten seconds apart")
    func rateLimit() throws {
        let world = try WholeWorld(nodes: 4)
        try world.advance(seconds: 20)
        world.cluster.setMachine("node-1", .failed)
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 57)
        #expect(taints(world, "node-1").count == 2)
        #expect(taints(world, "node-2").count == 1)
        try world.advance(seconds: 10)
        #expect(taints(world, "node-2").count == 2)
    }

    @Test("when every node is silent, or most of a small cluster, nothing is tainted NoExecute")
    func disruption() throws {
        for (all, failed) in [(1, 1), (5, 3)] {
            let world = try WholeWorld(nodes: all)
            try world.advance(seconds: 20)
            for number in 1...failed { world.cluster.setMachine("node-\(number)", .failed) }
            try world.advance(seconds: 200)
            for number in 1...failed {
                #expect(taints(world, "node-\(number)") == ["unreachable:NoSchedule"])
            }
        }
    }

    @Test("a Node that nobody runs is Unknown after a minute")
    func neverReported() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.node, [.metadata: [.name: "paper"]])
        try world.advance(seconds: 66)
        let ready = world.condition(try world.found(.node, "paper"), "Ready")
        #expect(ready?.reason == "NodeStatusNeverUpdated")
        #expect(taints(world, "paper").contains("unreachable:NoSchedule"))
    }

    @Test("a removed node is told of")
    func removal() throws {
        let world = try WholeWorld(nodes: 2)
        try world.advance(seconds: 6)
        try world.cluster.removeNode("node-2")
        try world.advance(seconds: 6)
        #expect(
            world.events("node-2").last
                == "RemovingNode: Node node-2 event: Removing Node node-2 from Controller")
    }

    @Test("nobody waits for a pass when nodes join: the clock stays at the last event")
    func settlesWithoutPass() throws {
        let world = try WholeWorld(nodes: 3)
        try world.settle()
        #expect(readiness(world, "node-3") == "True" && taints(world, "node-3") == [])
        #expect(world.cluster.clock.now < 1_000)
    }

    /// A Node that a manifest made and no machine runs.
    private func paper(
        _ world: WholeWorld, ready: String, name: String = "paper"
    ) throws {
        try world.create(
            .node,
            [
                .metadata: [.name: Value(name)],
                .status: [
                    .conditions: [[.type: "Ready", .status: Value(ready), .reason: "Manual"]]
                ],
            ])
    }

    @Test("a Node of a manifest that says it is ready is lost after the usual time")
    func manifestNode() throws {
        let world = try WholeWorld(nodes: 1)
        try paper(world, ready: "True")
        try world.advance(seconds: 49)
        #expect(readiness(world, "paper") == "True")
        try world.advance(seconds: 7)
        let node = try world.found(.node, "paper")
        #expect(world.condition(node, "Ready")?.reason == "NodeStatusUnknown")
        #expect(world.condition(node, "DiskPressure")?.reason == "NodeStatusNeverUpdated")
    }

    @Test("a node that reports itself not ready is tainted so; lost later, it changes its taint")
    func notReadyByItself() throws {
        let world = try WholeWorld(nodes: 2)
        try world.settle()
        try paper(world, ready: "False")
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "paper"]))
        try world.advance(seconds: 6)
        #expect(taints(world, "paper") == ["not-ready:NoSchedule", "not-ready:NoExecute"])
        try world.api.modifyStatus(try world.found(.pod, "p")) {
            $0[.conditions] = [[.type: "Ready", .status: "True"]]
        }
        // Another one takes the zone's turn: an exchange does not wait for the next.
        try world.advance(seconds: 46)
        try paper(world, ready: "False", name: "other")
        try world.advance(seconds: 9)
        #expect(taints(world, "other").contains("not-ready:NoExecute"))
        #expect(taints(world, "paper") == ["unreachable:NoSchedule", "unreachable:NoExecute"])
        // Only the loss of a ready node takes the traffic from its pods.
        #expect(PodView(try world.found(.pod, "p").value).isReady)
        #expect(!world.events("paper").contains { $0.hasPrefix("NodeNotReady") })
    }

    @Test("when a wholly silent cluster wakes up, the nodes that stay silent are tainted in time")
    func awakening() throws {
        let world = try WholeWorld(nodes: 2)
        try world.advance(seconds: 20)
        for node in ["node-1", "node-2"] { world.cluster.setMachine(node, .failed) }
        try world.advance(seconds: 120)
        #expect(taints(world, "node-2") == ["unreachable:NoSchedule"])
        world.cluster.setMachine("node-1", .running)
        try world.advance(seconds: 9)
        #expect(taints(world, "node-2").count == 1)
        try world.advance(seconds: 10)
        #expect(taints(world, "node-2") == ["unreachable:NoSchedule", "unreachable:NoExecute"])
        #expect(taints(world, "node-1") == [])
    }

    @Test("the last ready node that goes takes the NoExecute taints of the others back")
    func lastOne() throws {
        let world = try WholeWorld(nodes: 2)
        try world.advance(seconds: 20)
        world.cluster.setMachine("node-1", .failed)
        try world.advance(seconds: 60)
        #expect(taints(world, "node-1").count == 2)
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 60)
        #expect(taints(world, "node-1") == ["unreachable:NoSchedule"])
        #expect(taints(world, "node-2") == ["unreachable:NoSchedule"])
    }

    @Test("nodes that are excluded from disruption checks do not count")
    func excluded() throws {
        let world = try WholeWorld(nodes: 5)
        for number in 4...5 {
            try world.modify(.node, "node-\(number)") {
                $0[.metadata][.labels]["node.kubernetes.io/exclude-disruption"] = "true"
            }
        }
        try world.advance(seconds: 20)
        // Three of five would be too many; of those that count it is one of three.
        for number in 3...5 { world.cluster.setMachine("node-\(number)", .failed) }
        try world.advance(seconds: 120)
        for number in 3...5 { #expect(taints(world, "node-\(number)").count == 2) }
    }

    @Test("the beta labels follow the stable ones")
    func betaLabels() throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        try world.modify(.node, "node-1") {
            $0[.metadata][.labels]["kubernetes.io/arch"] = "arm64"
            $0[.metadata][.labels]["beta.kubernetes.io/os"] = .null
        }
        try world.settle()
        let labels = try world.found(.node, "node-1").value[.metadata][.labels]
        #expect(labels["beta.kubernetes.io/arch"] == "arm64")
        #expect(labels["beta.kubernetes.io/os"] == "linux")
    }
}
