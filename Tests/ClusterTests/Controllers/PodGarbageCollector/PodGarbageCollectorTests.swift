import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("collection of pods that nobody removes")
struct PodGarbageCollectorTests {
    @Test("pods of a removed node go 40 s after the round that noticed it")
    func orphans() throws {
        let world = try WholeWorld(nodes: 2)
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "node-2"]))
        try world.advance(seconds: 5)
        try world.cluster.removeNode("node-2")
        try world.cluster.advance(by: 59_900 - world.cluster.clock.now)
        #expect(world.get(.pod, "p") != nil)
        try world.advance(seconds: 1)
        #expect(world.get(.pod, "p") == nil)
        let last = world.cluster.log.changes(after: 0).last {
            $0.object.name == "p" && $0.kind == .pod
        }
        let pod = try #require(last).object
        #expect(PodView(pod.value).phase == "Failed")
        #expect(world.condition(pod, "DisruptionTarget")?.reason == "DeletionByPodGC")
    }

    @Test("a node that is back within the quarantine keeps its pods")
    func quarantine() throws {
        let world = try WholeWorld(nodes: 2)
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "node-2"]))
        try world.advance(seconds: 5)
        try world.cluster.removeNode("node-2")
        try world.advance(seconds: 30)
        try world.cluster.addNode("node-2")
        try world.advance(seconds: 120)
        #expect(world.get(.pod, "p") != nil)
    }

    @Test("on a node that is out of service terminating pods go by force")
    func outOfService() throws {
        let world = try WholeWorld(nodes: 2)
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "node-2"]))
        try world.settle()
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 100)
        try world.delete(.pod, "p")
        try world.advance(seconds: 60)
        #expect(world.get(.pod, "p") != nil)
        try world.modify(.node, "node-2") { node in
            node[.spec][.taints].append(
                TaintView(key: NodeTaints.outOfService, text: "nodeshutdown", effect: "NoExecute")
                    .value)
        }
        try world.advance(seconds: 21)
        #expect(world.get(.pod, "p") == nil)
    }

    @Test("an orphan ends with phase and condition in one write")
    func oneWrite() throws {
        let world = try WholeWorld(nodes: 2)
        try world.create(.pod, WholeWorld.pod("p", spec: [.nodeName: "node-2"]))
        try world.settle()
        let start = world.cluster.log.head
        try world.cluster.removeNode("node-2")
        try world.advance(seconds: 80)
        let writes = world.cluster.log.changes(after: start).filter { $0.kind == .pod }
        // The others are the deletion's.
        #expect(writes.count { !$0.object.isDeleting } == 1)
        let status = try #require(writes.first?.new).value[.status]
        #expect(status.text(.phase) == "Failed")
        #expect(
            Conditions(status[.conditions])["DisruptionTarget"]?.message
                == "PodGC: node no longer exists")
    }

    @Test("a pod that was deleted before it got a node fails, and goes when its finalizer does")
    func unscheduled() throws {
        let world = try WholeWorld(nodes: 0)
        var manifest = WholeWorld.pod("p")
        manifest[.metadata][.finalizers] = ["test/keep"]
        try world.create(.pod, manifest)
        try world.delete(.pod, "p")
        try world.advance(seconds: 21)
        #expect(PodView(try world.found(.pod, "p").value).phase == "Failed")
        try world.modify(.pod, "p") { $0[.metadata][.finalizers] = .null }
        #expect(world.get(.pod, "p") == nil)
    }

    @Test("of too many finished pods the evicted go first, then the oldest")
    func finished() throws {
        let test = ControllerWorld([PodGarbageCollector(finishedLimit: 2)])
        try test.createNodes(1)
        for (name, status) in [
            ("old", ["phase": "Succeeded"]), ("older", ["phase": "Failed"]),
            ("new", ["phase": "Succeeded"]), ("evicted", ["phase": "Failed", "reason": "Evicted"]),
        ] as [(String, Value)] {
            let pod = try test.api.create(
                .pod,
                [
                    .metadata: [.name: Value(name)],
                    .spec: [.nodeName: "node-1", .containers: [[.name: "c", .image: "pending"]]],
                ], in: "default")
            try test.api.modifyStatus(pod) { $0 = status }
            try test.cluster.advance(by: 2_000)
        }
        let start = test.writes
        try test.cluster.advance(by: 20_000)
        let gone = test.cluster.log.changes(after: start).filter { $0.type == .deleted }
        #expect(gone.map(\.object.name) == ["evicted", "old"])
        #expect(test.list(.pod).map(\.name) == ["new", "older"])
    }
}
