import Model
import Testing
import Value

@testable import Cluster

@Suite("updates of daemonsets")
struct DaemonSetUpdateTests {
    /// The most nodes at once, at any write, that have two pods which are not being deleted.
    private func mostSurging(_ test: DaemonWorld, after start: Int) -> Int {
        var pods: [String: String] = [:]
        var most = 0
        for change in test.world.cluster.log.changes(after: start) where change.kind == .pod {
            let pod = change.object
            let isThere = change.type != .deleted && !pod.isDeleting
            pods[pod.name] = isThere ? DaemonPods.targetNode(pod) : nil
            let counts = Dictionary(pods.values.map { ($0, 1) }, uniquingKeysWith: +)
            most = max(most, counts.values.count { $0 > 1 })
        }
        return most
    }

    @Test(
        "maxSurge, absolute or a percentage rounded up, is the most nodes with two pods",
        arguments: [(1, 1), (2, 2), ("25%", 1), ("26%", 2), ("100%", 4)] as [(Value, Int)])
    func surgeLimit(surge: Value, most: Int) throws {
        let test = try DaemonWorld(nodes: 4)
        try test.create(DaemonWorld.manifest(unavailable: 0, surge: surge))
        // The pods that are there before the update count from their own names on.
        let start = 0
        try test.setImage("agent:v2")
        try test.world.cluster.advance(by: 60_000)
        #expect(Set(test.images.values) == ["agent:v2"])
        #expect(mostSurging(test, after: start) == most)
    }

    @Test("old pods that are not available are surged beside at once, beyond maxSurge")
    func surgeBesideUnavailable() throws {
        let test = try DaemonWorld(nodes: 3)
        var manifest = DaemonWorld.manifest(unavailable: 0, surge: 1)
        manifest[.spec][.template][.spec][.containers][0][.image] = "agent:broken"
        try test.create(manifest)
        try test.setImage("agent:v2")
        try test.world.cluster.advance(by: 200)
        #expect(test.world.list(.pod).count == 6)
        try test.settle()
        #expect(test.images.count == 3 && Set(test.images.values) == ["agent:v2"])
    }

    @Test("with surge, a node that drops out keeps its available pod until another took over")
    func surgeSunset() throws {
        let test = try DaemonWorld(nodes: 2)
        for node in ["node-1", "node-2"] {
            try test.world.api.modify(#require(test.world.node(node))) {
                $0[.metadata][.labels]["role"] = node == "node-1" ? "a" : "b"
            }
        }
        var manifest = DaemonWorld.manifest(unavailable: 0, surge: 1)
        manifest[.spec][.template][.spec][.tolerations] = [[.key: "a", .operator: "Exists"]]
        try test.create(manifest)
        try test.taint("node-1", [[.key: "a", .effect: "NoSchedule"]])
        try test.taint("node-2", [[.key: "b", .effect: "NoSchedule"]])
        // The new template tolerates the taint of the other node.
        try test.change {
            $0[.spec][.template][.spec][.tolerations] = [[.key: "b", .operator: "Exists"]]
        }
        var wasWithout = false
        let start = test.world.writes
        try test.settle()
        for change in test.world.cluster.log.changes(after: start)
        where change.kind == .daemonSet && change.type == .modified {
            if change.object.value[.status].int(.numberReady) == 0 { wasWithout = true }
        }
        #expect(!wasWithout)
        #expect(test.images.keys.sorted() == ["node-2"])
    }

    @Test("a dead node's old pod uses up maxUnavailable")
    func deadNode() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        // As after the grace period: tainted, its pod not ready and never to be confirmed dead.
        try test.taint(
            "node-2", [[.key: "node.kubernetes.io/unreachable", .effect: "NoSchedule"]])
        let lost = try test.pod(on: "node-2")
        try test.setReady(lost, false)
        try test.world.api.modify(lost) { $0[.metadata][.finalizers] = ["test/dead"] }
        try test.settle()
        #expect(test.set.desiredNumberScheduled == 2)
        try test.setImage("agent:v2")
        try test.world.cluster.advance(by: 60_000)
        // The pod that is not available goes in any case.
        #expect(try #require(test.world.get(.pod, lost.name)).isDeleting)
        #expect(test.set.updatedNumberScheduled == 0)
        #expect(test.set.numberMisscheduled == 1)
    }

    @Test("old pods that are not available are replaced first and count against maxUnavailable")
    func unavailableFirst() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        try test.setReady(test.pod(on: "node-3"), false)
        try test.settle()
        let start = test.world.writes
        try test.setImage("agent:broken")
        try test.world.cluster.advance(by: 60_000)
        let deleted = test.world.cluster.log.changes(after: start)
            .filter { $0.kind == .pod && $0.type == .deleted }
            .compactMap { $0.object.nodeName }
        #expect(deleted == ["node-3"])
    }

    @Test("without jitter, old pods are replaced in the order of their nodes' names")
    func order() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        let start = test.world.writes
        try test.setImage("agent:v2")
        try test.settle()
        let deleted = test.world.cluster.log.changes(after: start)
            .filter { $0.kind == .pod && $0.type == .deleted }
            .compactMap { $0.object.nodeName }
        #expect(deleted == ["node-1", "node-2", "node-3"])
    }

    @Test("a sync reports what it has seen: the last batch of three pods is still to come")
    func firstReport() throws {
        let test = try DaemonWorld()
        try test.create(DaemonWorld.manifest())
        let counts = test.world.history(.daemonSet, "agent") {
            $0[.status][.currentNumberScheduled]
        }
        #expect(counts == [0, 1, 3])
    }

    @Test("a name that another template took is passed over, and the collision counted")
    func collision() throws {
        let test = try DaemonWorld(nodes: 1)
        try test.create(DaemonWorld.manifest())
        let taken = try #require(test.world.list(.controllerRevision).first)
        try test.setImage("agent:v2")
        try test.settle()
        // The first revision's name, with other contents and nobody's.
        try test.world.api.modify(taken) {
            $0[.data] = ["spec": [:]]
            $0[.metadata][.ownerReferences] = .null
            $0[.metadata][.labels] = ["other": "label"]
        }
        try test.setImage("agent:v1")
        try test.settle()
        #expect(test.set.value[.status].int(.collisionCount) == 1)
        let pod = try test.pod(on: "node-1")
        #expect(pod.value[.metadata][.labels]["controller-revision-hash"] != .null)
        #expect(
            taken.name
                != "agent-\(pod.value[.metadata][.labels]["controller-revision-hash"].string ?? "")"
        )
    }

    @Test("several revisions of one template become one, and pods get its label")
    func duplicateRevisions() throws {
        let test = try DaemonWorld(nodes: 1)
        try test.create(DaemonWorld.manifest())
        let first = try #require(test.world.list(.controllerRevision).first)
        var second = first.value
        second[.metadata][.name] = "agent-again"
        second[.metadata][.labels]["controller-revision-hash"] = "again"
        second[.revision] = 5
        second[.metadata][.uid] = .null
        second[.metadata][.creationTimestamp] = .null
        try test.world.api.create(.controllerRevision, second, in: "default")
        try test.settle()
        test.controller.enqueue(ObjectKey(namespace: "default", name: "agent"))
        try test.settle()
        #expect(test.world.list(.controllerRevision).map(\.name) == ["agent-again"])
        let pod = try test.pod(on: "node-1")
        #expect(pod.value[.metadata][.labels]["controller-revision-hash"] == "again")
        // The pod was relabelled, not replaced.
        #expect(test.world.cluster.log.changes(after: 0).count { $0.type == .deleted } == 1)
    }
}
