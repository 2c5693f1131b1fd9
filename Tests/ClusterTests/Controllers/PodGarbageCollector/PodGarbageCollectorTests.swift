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
}
