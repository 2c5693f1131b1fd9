import Model
import Testing
import Value

@testable import Cluster

@Suite("pods of daemonsets")
struct DaemonSetOwnershipTests {
    @Test("a pod that nobody owns is adopted by its labels and counted on its node")
    func adoption() throws {
        let test = try DaemonWorld(nodes: 1)
        try test.world.api.create(
            .pod,
            [
                .metadata: [.name: "stray", .labels: ["app": "agent"]],
                .spec: [
                    .nodeName: "node-1", .containers: [[.name: "c", .image: "agent:v1"]],
                ],
            ], in: "default")
        try test.create(DaemonWorld.manifest(strategy: "OnDelete"))
        #expect(test.world.list(.pod).map(\.name) == ["stray"])
        let owner = try #require(test.world.get(.daemonSet, "agent"))
        #expect(try #require(test.world.get(.pod, "stray")).controllerUID == owner.uid)
        #expect(test.set.currentNumberScheduled == 1)
        // Its labels name no revision.
        #expect(test.set.updatedNumberScheduled == 0)
    }

    @Test("a pod whose labels change is released and replaced")
    func release() throws {
        let test = try DaemonWorld(nodes: 1)
        try test.create(DaemonWorld.manifest())
        let pod = try test.pod(on: "node-1")
        try test.world.api.modify(pod) { $0[.metadata][.labels]["app"] = "other" }
        try test.settle()
        #expect(try #require(test.world.get(.pod, pod.name)).controllerUID == nil)
        #expect(test.world.list(.pod).count == 2)
        #expect(test.set.numberReady == 1)
    }

    @Test("a pod that succeeds is replaced at once, with an event")
    func succeeded() throws {
        let test = try DaemonWorld(nodes: 1)
        try test.create(DaemonWorld.manifest())
        let pod = try test.pod(on: "node-1")
        try test.world.api.modifyStatus(pod) { $0[.phase] = "Succeeded" }
        try test.settle()
        #expect(test.world.get(.pod, pod.name) == nil)
        #expect(test.set.numberReady == 1)
        #expect(
            test.world.events("DaemonSet").contains(
                "SucceededDaemonPod Found succeeded daemon pod default/\(pod.name) on node "
                    + "node-1, will try to delete it"))
    }

    @Test("a pod that was never assigned goes with its node: nobody else would collect it")
    func pendingOnMissingNode() throws {
        let test = try DaemonWorld(nodes: 1)
        var manifest = DaemonWorld.manifest()
        manifest[.spec][.template][.spec][.containers][0][.image] = "agent:pending"
        try test.create(manifest)
        #expect(test.world.list(.pod).count == 1)
        try test.world.api.delete(#require(test.world.node("node-1")))
        try test.settle()
        // Nobody tells the controller of it; its next sync finds out.
        #expect(test.world.list(.pod).count == 1)
        test.controller.enqueue(ObjectKey(namespace: "default", name: "agent"))
        try test.settle()
        #expect(test.world.list(.pod).isEmpty)
        #expect(test.set.desiredNumberScheduled == 0)
    }

    @Test("while pods that were asked for are unseen, the generation does not count as observed")
    func unseenPods() throws {
        let test = try DaemonWorld(nodes: 1)
        try test.world.api.create(.daemonSet, DaemonWorld.manifest(), in: "default")
        try test.world.cluster.advance(by: 8)
        test.world.cluster.delayWatches(of: "controller-manager", to: 30_000)
        try test.world.cluster.advance(by: 1_000)
        try test.change { $0[.spec][.minReadySeconds] = 1 }
        test.controller.enqueue(ObjectKey(namespace: "default", name: "agent"))
        try test.world.cluster.advance(by: 5_000)
        #expect(test.set.value[.status].int(.observedGeneration) < 2)
        #expect(test.world.list(.pod).count == 1)
    }
}
