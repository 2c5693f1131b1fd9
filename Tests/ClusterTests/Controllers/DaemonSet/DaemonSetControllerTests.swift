import Model
import Testing
import Value

@testable import Cluster

@Suite("daemonset controller")
struct DaemonSetControllerTests {
    @Test("one pod per node, bound by affinity; the first report counts all batches but the last")
    func onePerNode() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        #expect(test.images.keys.sorted() == ["node-1", "node-2", "node-3"])
        let history = test.world.history(.daemonSet, "agent") { $0[.status] }
        #expect(
            history[1] == [
                .currentNumberScheduled: 1, .numberMisscheduled: 0, .desiredNumberScheduled: 3,
                .numberReady: 0, .updatedNumberScheduled: 1, .numberUnavailable: 3,
                .observedGeneration: 1,
            ])
        #expect(test.set.numberReady == 3)
        #expect(test.set.numberAvailable == 3)
        #expect(test.set.value[.status][.numberUnavailable].isNull)
        let pod = test.world.list(.pod)[0]
        let revision = try #require(test.world.list(.controllerRevision).first)
        let hash = pod.value[.metadata][.labels]["controller-revision-hash"].string ?? ""
        #expect(revision.name == "agent-\(hash)")
        #expect(revision.value[.metadata][.labels]["controller-revision-hash"].string == hash)
        #expect(
            test.world.events("DaemonSet").allSatisfy {
                $0.hasPrefix("SuccessfulCreate Created pod: agent-")
            })
    }

    @Test("a settled set is left alone: a second sync writes nothing")
    func noOp() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        let before = test.world.writes
        test.controller.enqueue(ObjectKey(namespace: "default", name: "agent"))
        try test.settle()
        #expect(test.world.writes == before)
    }

    @Test("nodes that join get a pod; a node that goes leaves the count at once with its change")
    func nodesComeAndGo() throws {
        let test = try DaemonWorld(nodes: 2)
        try test.create(DaemonWorld.manifest())
        let joined = try test.world.api.create(
            .node, [.metadata: [.name: "node-3"], .spec: [:]])
        try test.world.api.modify(joined) { $0[.spec][.taints] = .null }
        try test.settle()
        #expect(test.images.count == 3)
        try test.world.api.delete(#require(test.world.node("node-3")))
        try test.settle()
        // Nobody tells the controller; the status keeps its count until the pod is collected.
        #expect(test.set.desiredNumberScheduled == 3)
        let pod = try #require(test.world.list(.pod).first { $0.nodeName == "node-3" })
        try test.world.api.delete(pod)
        try test.settle()
        #expect(test.set.desiredNumberScheduled == 2)
        #expect(test.images.count == 2)
    }

    @Test("a NoSchedule taint leaves the running pod as misscheduled, and prevents a new one")
    func noSchedule() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        try test.taint("node-3", [[.key: "key", .value: "v", .effect: "NoSchedule"]])
        try test.settle()
        // Nothing wakes the controller: its pod is there and may stay.
        #expect(test.set.desiredNumberScheduled == 3)
        try test.setReady(test.pod(on: "node-2"), false)
        try test.settle()
        #expect(test.set.desiredNumberScheduled == 2)
        #expect(test.set.numberMisscheduled == 1)
        #expect(test.images.count == 3)
        try test.world.api.delete(
            #require(test.world.list(.pod).first { $0.nodeName == "node-3" }))
        try test.settle()
        #expect(test.images.count == 2)
        #expect(test.set.numberMisscheduled == 0)
        try test.taint("node-3", .null)
        try test.settle()
        #expect(test.images.count == 3)
        #expect(test.set.desiredNumberScheduled == 3)
    }

    @Test("a NoExecute taint drives the pod out; a cordon does nothing")
    func noExecute() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        try test.taint(
            "node-1", [[.key: "node.kubernetes.io/unschedulable", .effect: "NoSchedule"]])
        try test.taint("node-2", [[.key: "key", .effect: "NoExecute"]])
        try test.settle()
        #expect(test.images.keys.sorted() == ["node-1", "node-3"])
        #expect(test.set.desiredNumberScheduled == 2)
    }

    @Test("labels bring nodes in and out of a nodeSelector's scope")
    func labels() throws {
        let test = try DaemonWorld()
        var manifest = DaemonWorld.manifest()
        manifest[.spec][.template][.spec][.nodeSelector] = ["disk": "ssd"]
        try test.create(manifest)
        #expect(test.images.isEmpty)
        #expect(test.set.observedGeneration == 1)
        try test.world.api.modify(#require(test.world.node("node-2"))) {
            $0[.metadata][.labels]["disk"] = "ssd"
        }
        try test.settle()
        #expect(test.images.keys.sorted() == ["node-2"])
        try test.world.api.modify(#require(test.world.node("node-2"))) {
            $0[.metadata][.labels]["disk"] = "hdd"
        }
        try test.settle()
        #expect(test.images.isEmpty)
    }

    @Test(
        "a rolling update keeps at most maxUnavailable nodes without an available pod",
        arguments: [(1, 1), (2, 2), ("50%", 2), ("34%", 2), ("33%", 1)] as [(Value, Int)])
    func rollingUpdate(unavailable: Value, most: Int) throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest(unavailable: unavailable))
        let start = test.world.writes
        try test.setImage("agent:v2")
        try test.settle()
        #expect(Set(test.images.values) == ["agent:v2"])
        #expect(test.images.count == 3)
        var worst = 0
        for change in test.world.cluster.log.changes(after: start)
        where change.kind == .daemonSet {
            let status = change.object.value[.status]
            worst = max(worst, status.int(.numberUnavailable))
        }
        #expect(worst == most)
        #expect(test.set.updatedNumberScheduled == 3)
        #expect(test.world.list(.controllerRevision).count == 2)
    }

    @Test("a broken update stops after maxUnavailable nodes, and an undo replaces them at once")
    func brokenUpdate() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        try test.setImage("agent:broken")
        try test.settle()
        #expect(test.images.values.count { $0 == "agent:broken" } == 1)
        #expect(test.set.numberUnavailable == 1)
        try test.setImage("agent:v1")
        try test.settle()
        #expect(Set(test.images.values) == ["agent:v1"])
        #expect(test.set.numberAvailable == 3)
    }

    @Test("with maxSurge the new pod is available before the old one goes")
    func surge() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest(unavailable: 0, surge: 1))
        let start = test.world.writes
        try test.setImage("agent:v2")
        try test.settle()
        #expect(Set(test.images.values) == ["agent:v2"])
        for change in test.world.cluster.log.changes(after: start)
        where change.kind == .daemonSet && change.type == .modified {
            #expect(change.object.value[.status].int(.numberAvailable) == 3)
        }
        #expect(test.world.list(.pod).count == 3)
    }

    @Test("OnDelete replaces only what is deleted by hand")
    func onDelete() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest(strategy: "OnDelete"))
        try test.setImage("agent:v2")
        try test.settle()
        #expect(Set(test.images.values) == ["agent:v1"])
        #expect(test.set.updatedNumberScheduled == 0)
        try test.world.api.delete(
            #require(test.world.list(.pod).first { $0.nodeName == "node-2" }))
        try test.settle()
        #expect(
            test.images == ["node-1": "agent:v1", "node-2": "agent:v2", "node-3": "agent:v1"])
    }

    @Test("an undo reuses the old revision under a new number, with the change-cause of its time")
    func revisions() throws {
        let test = try DaemonWorld()
        var manifest = DaemonWorld.manifest()
        manifest[.metadata][.annotations] = ["kubernetes.io/change-cause": "first"]
        try test.create(manifest)
        try test.change {
            $0[.metadata][.annotations]["kubernetes.io/change-cause"] = "second"
            $0[.spec][.template][.spec][.containers][0][.image] = "agent:v2"
        }
        try test.settle()
        let causes = { () -> [Int: String] in
            var result: [Int: String] = [:]
            for revision in test.world.list(.controllerRevision) {
                result[ControllerRevisions.number(revision)] =
                    revision.value[.metadata][.annotations]["kubernetes.io/change-cause"].string
            }
            return result
        }
        #expect(causes() == [1: "first", 2: "second"])
        try test.setImage("agent:v1")
        try test.settle()
        #expect(causes() == [2: "second", 3: "first"])
    }

    @Test("the template's generation is counted in an annotation, and pods carry it as a label")
    func templateGeneration() throws {
        let test = try DaemonWorld(nodes: 1)
        let key = WellKnown.deprecatedTemplateGeneration
        try test.create(DaemonWorld.manifest())
        #expect(test.set.annotations[key] == "1")
        try test.change { $0[.metadata][.labels]["any"] = "label" }
        try test.setImage("agent:v2")
        try test.change { $0[.metadata][.annotations] = .null }
        try test.settle()
        #expect(test.set.annotations[key] == "2")
        let pod = try #require(test.world.list(.pod).first)
        #expect(pod.value[.metadata][.labels]["pod-template-generation"] == "2")
    }

    @Test("revisions beyond the limit go, the oldest first")
    func historyLimit() throws {
        let test = try DaemonWorld()
        var manifest = DaemonWorld.manifest()
        manifest[.spec][.revisionHistoryLimit] = 1
        try test.create(manifest)
        for version in 2...4 {
            try test.setImage("agent:v\(version)")
            try test.settle()
        }
        #expect(
            test.world.list(.controllerRevision).map(ControllerRevisions.number).sorted() == [3, 4])
    }

    @Test("failed pods are replaced at growing distances, with an event each")
    func failedPods() throws {
        let test = try DaemonWorld(nodes: 1)
        var manifest = DaemonWorld.manifest()
        manifest[.spec][.template][.spec][.containers][0][.image] = "agent:fail"
        try test.create(manifest)
        let deletions = test.world.cluster.log.changes(after: 0)
            .filter { $0.kind == .pod && $0.type == .deleted }.map { $0.time / 1000 }
        #expect(deletions.count >= 4)
        let gaps = zip(deletions.dropFirst(), deletions).map { $0 - $1 }
        #expect(gaps[1] >= 2 && gaps[2] >= 4)
        #expect(
            test.world.events("DaemonSet").contains {
                $0.hasPrefix("FailedDaemonPod Found failed daemon pod default/agent-")
                    && $0.hasSuffix("on node node-1, will try to kill it")
            })
    }

    @Test("a second pod on a node is removed, the older one stays")
    func duplicates() throws {
        let test = try DaemonWorld(nodes: 1)
        try test.create(DaemonWorld.manifest())
        let pod = try #require(test.world.list(.pod).first)
        var second = pod.value
        second[.metadata][.name] = "second"
        try test.world.api.create(.pod, second, in: "default")
        try test.settle()
        #expect(test.world.list(.pod).map(\.name) == [pod.name])
    }

    @Test("minReadySeconds: pods become available one by one after that time")
    func minReadySeconds() throws {
        let test = try DaemonWorld(nodes: 2)
        try test.world.api.create(
            .daemonSet, DaemonWorld.manifest(minReadySeconds: 8), in: "default")
        try test.world.cluster.advance(by: 3_000)
        #expect(test.set.numberReady == 2)
        #expect(test.set.numberAvailable == 0)
        try test.world.cluster.advance(by: 8_000)
        #expect(test.set.numberAvailable == 2)
    }
}
