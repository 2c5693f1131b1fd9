import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("eviction by taints")
struct TaintEvictionControllerTests {
    private func tolerating(_ name: String, seconds: Value) -> Value {
        var toleration: Value = [.key: "maintenance", .operator: "Exists", .effect: "NoExecute"]
        toleration[.tolerationSeconds] = seconds
        return WholeWorld.pod(
            name, spec: [.nodeName: "node-1", .tolerations: [toleration]])
    }

    private func taint(_ world: WholeWorld, _ isTainted: Bool) throws {
        try world.modify(.node, "node-1") {
            $0[.spec][.taints] =
                isTainted ? [[.key: "maintenance", .effect: "NoExecute"]] : .null
        }
    }

    @Test("a user's NoExecute taint evicts what does not tolerate it, or not for so long")
    func userTaint() throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        try world.create(.pod, WholeWorld.pod("none", spec: [.nodeName: "node-1"]))
        try world.create(.pod, tolerating("ever", seconds: .null))
        try world.create(.pod, tolerating("brief", seconds: 30))
        try world.settle()
        try taint(world, true)
        try world.advance(seconds: 2)
        #expect(world.list(.pod).map(\.name) == ["brief", "ever"])
        #expect(
            world.events("none").contains(
                "TaintManagerEviction: Marking for deletion Pod default/none"))
        try world.advance(seconds: 26)
        #expect(world.list(.pod).count == 2)
        try world.advance(seconds: 5)
        #expect(world.list(.pod).map(\.name) == ["ever"])
    }

    @Test("of several taints that are tolerated for a time the shortest time counts")
    func severalTaints() throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        let tolerations = [("maintenance", 60), ("repair", 20)].map { key, seconds -> Value in
            [
                .key: Value(key), .operator: "Exists", .effect: "NoExecute",
                .tolerationSeconds: Value(seconds),
            ]
        }
        try world.create(
            .pod,
            WholeWorld.pod("p", spec: [.nodeName: "node-1", .tolerations: .array(tolerations)]))
        try world.settle()
        try world.modify(.node, "node-1") {
            $0[.spec][.taints] = [
                [.key: "maintenance", .effect: "NoExecute"],
                [.key: "repair", .effect: "NoExecute"],
            ]
        }
        try world.advance(seconds: 18)
        #expect(world.list(.pod).count == 1)
        try world.advance(seconds: 6)
        #expect(world.list(.pod).isEmpty)
    }

    @Test("an evicted pod says why it was disrupted")
    func condition() throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "node-1"]))
        try world.settle()
        try taint(world, true)
        try world.cluster.advance(by: 50)
        let target = world.condition(try world.found(.pod, "p"), "DisruptionTarget")
        #expect(target?.status == "True")
        #expect(target?.reason == "DeletionByTaintManager")
        #expect(target?.message == "Taint manager: deleting due to NoExecute taint")
    }

    @Test("taking the taint away in time cancels the eviction")
    func cancellation() throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        try world.create(.pod, tolerating("brief", seconds: 30))
        try world.settle()
        try taint(world, true)
        try world.advance(seconds: 20)
        try taint(world, false)
        try world.advance(seconds: 60)
        #expect(world.get(.pod, "brief") != nil)
        #expect(
            world.events("brief").last
                == "TaintManagerEviction: Cancelling deletion of Pod default/brief")
    }

    @Test("pods of a dead node go 300 s after its taint, and stay Terminating while it is silent")
    func deadNode() throws {
        let world = try WholeWorld(nodes: 2)
        try world.advance(seconds: 20)
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "node-2"]))
        try world.settle()
        world.cluster.setMachine("node-2", .failed)
        // Last heartbeat 0:20, Unknown at 1:10, NoExecute at 1:15, eviction at 6:15.
        try world.cluster.advance(by: 374_000 - world.cluster.clock.now)
        #expect(!(try world.found(.pod, "p").isDeleting))
        try world.advance(seconds: 2)
        #expect(try world.found(.pod, "p").isDeleting)
        try world.advance(seconds: 600)
        #expect(world.get(.pod, "p") != nil)
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        #expect(world.get(.pod, "p") == nil)
    }

    @Test("events name the pod without its uid")
    func eventReference() throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "node-1"]))
        try world.settle()
        try taint(world, true)
        try world.settle()
        let event = try #require(
            world.list(.event).first { $0.value.text(.reason) == "TaintManagerEviction" })
        #expect(
            event.value[.involvedObject]
                == [.apiVersion: "v1", .kind: "Pod", .name: "p", .namespace: "default"])
        #expect(event.value[.source] == [.component: "taint-eviction-controller"])
    }

    @Test("a second taint with less patience does not hasten a planned eviction")
    func plannedStays() throws {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        var pod = tolerating("p", seconds: 60)
        pod[.spec][.tolerations].append(
            [.key: "other", .operator: "Exists", .effect: "NoExecute", .tolerationSeconds: 5])
        try world.create(.pod, pod)
        try world.settle()
        try taint(world, true)
        try world.advance(seconds: 10)
        try world.modify(.node, "node-1") {
            $0[.spec][.taints].append([.key: "other", .effect: "NoExecute"])
        }
        try world.advance(seconds: 45)
        #expect(!(try world.found(.pod, "p").isDeleting))
        try world.advance(seconds: 10)
        #expect(world.get(.pod, "p") == nil)
    }

    @Test("that the node is deleted cancels nothing")
    func nodeDeleted() throws {
        let world = try WholeWorld(nodes: 2)
        try world.settle()
        try world.create(.pod, tolerating("p", seconds: 20))
        try world.settle()
        try taint(world, true)
        try world.advance(seconds: 5)
        try world.cluster.removeNode("node-1")
        try world.advance(seconds: 16)
        #expect(try world.found(.pod, "p").isDeleting)
        #expect(
            world.events("p").filter { $0.hasPrefix("TaintManagerEviction") }
                == ["TaintManagerEviction: Marking for deletion Pod default/p"])
    }
}
