import API
import Model
import Testing
import Value

@testable import Cluster

/// A world with one StatefulSet named web.
struct StatefulWorld {
    let world: ControllerWorld
    let controller = StatefulSetController()

    init(configure: (inout ClusterOptions) -> Void = { _ in }) {
        world = ControllerWorld([controller], configure: configure)
    }

    static func manifest(
        replicas: Int, image: String = "app:v1", policy: String = "OrderedReady",
        partition: Int = 0, strategy: String = "RollingUpdate"
    ) -> Value {
        var result: Value = [
            .metadata: [.name: "web"],
            .spec: [
                .replicas: Value(replicas), .serviceName: "web", .revisionHistoryLimit: 10,
                .podManagementPolicy: Value(policy), .selector: [.matchLabels: ["app": "web"]],
                .template: [
                    .metadata: [.labels: ["app": "web"]],
                    .spec: [.containers: [[.name: "c", .image: Value(image)]]],
                ],
                .updateStrategy: [.type: Value(strategy)],
            ],
        ]
        if strategy == "RollingUpdate" {
            result[.spec][.updateStrategy][.rollingUpdate] = [.partition: Value(partition)]
        }
        return result
    }

    static let claimTemplate: Value = [
        .metadata: [.name: "data"],
        .spec: [
            .accessModes: ["ReadWriteOnce"], .resources: [.requests: [.storage: "1Gi"]],
        ],
    ]

    func create(_ manifest: Value) throws {
        try world.api.create(.statefulSet, manifest, in: "default")
        try settle()
    }

    func change(_ change: (inout Value) -> Void) throws {
        try world.api.modify(#require(world.get(.statefulSet, "web")), change)
    }

    func scale(_ replicas: Int) throws { try change { $0[.spec][.replicas] = Value(replicas) } }

    func setImage(_ image: String) throws {
        try change { $0[.spec][.template][.spec][.containers][0][.image] = Value(image) }
    }

    func settle() throws { try world.cluster.advance(by: 20_000) }

    func deletePod(_ name: String) throws {
        try world.api.delete(#require(world.get(.pod, name)))
    }

    var set: StatefulSetView { StatefulSetView(world.get(.statefulSet, "web")?.value ?? .null) }

    var podNames: [String] { world.list(.pod).map(\.name) }

    /// The images by ordinal.
    var images: [String] {
        world.list(.pod).map { $0.value[.spec][.containers][0][.image].string ?? "" }
    }

    /// "+web-0" for a creation, "-web-0" for a deletion that began, "ready web-0", in order.
    func story(after start: Int = 0) -> [String] {
        var result: [String] = []
        for change in world.cluster.log.changes(after: start) where change.kind == .pod {
            let name = change.object.name
            if change.type == .added { result.append("+\(name)") }
            guard change.type == .modified, let old = change.old else { continue }
            if change.object.isDeleting && !old.isDeleting { result.append("-\(name)") }
            if PodFacts(change.object).isReady && !PodFacts(old).isReady {
                result.append("ready \(name)")
            }
        }
        return result
    }
}

@Suite("statefulset controller")
struct StatefulSetControllerTests {
    @Test("pods are made in order, each when its predecessor is ready")
    func orderedCreation() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 3))
        #expect(
            test.story() == [
                "+web-0", "ready web-0", "+web-1", "ready web-1", "+web-2", "ready web-2",
            ])
        #expect(
            test.world.events("StatefulSet") == [
                "SuccessfulCreate Create Pod web-0 in StatefulSet web successful",
                "SuccessfulCreate Create Pod web-1 in StatefulSet web successful",
                "SuccessfulCreate Create Pod web-2 in StatefulSet web successful",
            ])
        let revision = try #require(test.world.list(.controllerRevision).first)
        #expect(
            test.set.value[.status] == [
                .availableReplicas: 3, .collisionCount: 0, .currentReplicas: 3,
                .currentRevision: Value(revision.name), .observedGeneration: 1, .readyReplicas: 3,
                .replicas: 3, .updateRevision: Value(revision.name), .updatedReplicas: 3,
            ])
    }

    @Test("a pod has a name, a host name and labels of its own")
    func identity() throws {
        let test = StatefulWorld()
        var manifest = StatefulWorld.manifest(replicas: 2)
        manifest[.spec][.ordinals] = [.start: 5]
        try test.create(manifest)
        #expect(test.podNames == ["web-5", "web-6"])
        let pod = try #require(test.world.get(.pod, "web-5")).value
        let labels = pod[.metadata][.labels]
        #expect(labels["statefulset.kubernetes.io/pod-name"] == "web-5")
        #expect(labels["apps.kubernetes.io/pod-index"] == "5")
        #expect(labels["controller-revision-hash"].string == test.set.currentRevision)
        #expect(pod[.spec][.hostname] == "web-5")
        #expect(pod[.spec][.subdomain] == "web")
    }

    @Test("a settled set is left alone: a second sync writes nothing")
    func noOp() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2))
        let before = test.world.writes
        test.controller.enqueue(ObjectKey(namespace: "default", name: "web"))
        try test.settle()
        #expect(test.world.writes == before)
    }

    @Test("scaling down takes the highest ordinal first and waits until it is gone")
    func orderedScaleDown() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 3))
        let start = test.world.writes
        try test.scale(1)
        try test.settle()
        #expect(test.story(after: start) == ["-web-2", "-web-1"])
        var alive = 3
        for change in test.world.cluster.log.changes(after: start) where change.kind == .pod {
            if change.type == .deleted { alive -= 1 }
            if change.object.name == "web-1", change.object.isDeleting { #expect(alive <= 2) }
        }
        #expect(test.podNames == ["web-0"])
    }

    @Test("Parallel makes and deletes all at once, but updates one by one")
    func parallel() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 3, policy: "Parallel"))
        #expect(test.story().prefix(3) == ["+web-0", "+web-1", "+web-2"])
        var start = test.world.writes
        try test.setImage("app:v2")
        try test.settle()
        #expect(
            test.story(after: start).filter { !$0.hasPrefix("ready") } == [
                "-web-2", "+web-2", "-web-1", "+web-1", "-web-0", "+web-0",
            ])
        start = test.world.writes
        try test.scale(0)
        try test.world.cluster.advance(by: 50)
        #expect(test.story(after: start) == ["-web-2", "-web-1", "-web-0"])
    }

    @Test("an update goes from the highest ordinal down, each pod ready before the next goes")
    func rollingUpdate() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2))
        let old = test.set.currentRevision
        let start = test.world.writes
        try test.setImage("app:v2")
        try test.world.cluster.advance(by: 20)
        #expect(test.set.currentRevision == old)
        #expect(test.set.updateRevision != old)
        #expect(test.set.status.currentReplicas == 1)
        #expect(test.set.status.updatedReplicas == 0)
        try test.settle()
        #expect(
            test.story(after: start) == [
                "-web-1", "+web-1", "ready web-1", "-web-0", "+web-0", "ready web-0",
            ])
        #expect(test.images == ["app:v2", "app:v2"])
        #expect(test.set.currentRevision == test.set.updateRevision)
        #expect(test.set.status.currentReplicas == 2)
    }

    @Test("a broken update blocks, also after an undo, until the broken pod is deleted by hand")
    func brokenUpdate() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 3))
        try test.setImage("app:broken")
        try test.settle()
        #expect(test.images == ["app:v1", "app:v1", "app:broken"])
        try test.setImage("app:v1")
        try test.settle()
        #expect(test.images == ["app:v1", "app:v1", "app:broken"])
        try test.deletePod("web-2")
        try test.settle()
        #expect(test.images == ["app:v1", "app:v1", "app:v1"])
        #expect(test.set.status.readyReplicas == 3)
    }

    @Test("ordinals below the partition keep the old revision, also when they are deleted")
    func partition() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 3, partition: 2))
        try test.setImage("app:v2")
        try test.settle()
        #expect(test.images == ["app:v1", "app:v1", "app:v2"])
        try test.deletePod("web-0")
        try test.deletePod("web-2")
        try test.settle()
        #expect(test.images == ["app:v1", "app:v1", "app:v2"])
        #expect(test.set.status.currentReplicas == 2)
        #expect(test.set.status.updatedReplicas == 1)
        #expect(test.set.currentRevision != test.set.updateRevision)
        try test.change { $0[.spec][.updateStrategy][.rollingUpdate][.partition] = 0 }
        try test.settle()
        #expect(test.images == ["app:v2", "app:v2", "app:v2"])
        #expect(test.set.currentRevision == test.set.updateRevision)
    }

    @Test("with a partition above replicas new ordinals take the old template")
    func partitionAboveReplicas() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2, partition: 5))
        try test.setImage("app:v2")
        try test.scale(3)
        try test.settle()
        #expect(test.images == ["app:v1", "app:v1", "app:v1"])
    }

    @Test("OnDelete updates only what is deleted by hand")
    func onDelete() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2, strategy: "OnDelete"))
        try test.setImage("app:v2")
        try test.settle()
        #expect(test.images == ["app:v1", "app:v1"])
        try test.deletePod("web-0")
        try test.settle()
        #expect(test.images == ["app:v2", "app:v1"])
    }

    @Test("maxUnavailable counts only behind its gate", arguments: [(false, 1), (true, 2)])
    func maxUnavailable(gate: Bool, atOnce: Int) throws {
        let test = StatefulWorld { $0.featureGates = ["MaxUnavailableStatefulSet": gate] }
        var manifest = StatefulWorld.manifest(replicas: 4, policy: "Parallel")
        manifest[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable] = 2
        try test.create(manifest)
        let start = test.world.writes
        try test.setImage("app:v2")
        try test.world.cluster.advance(by: 100)
        #expect(test.story(after: start).count == atOnce)
        try test.settle()
        #expect(test.images == Array(repeating: "app:v2", count: 4))
    }

    @Test("a not-ready ordinal that stays blocks scaling down; a pending condemned one does not")
    func blockedScaleDown() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 3))
        let pod = try #require(test.world.get(.pod, "web-0"))
        try test.world.api.modifyStatus(pod) { $0[.conditions][0][.status] = "False" }
        try test.scale(2)
        try test.settle()
        #expect(test.podNames.count == 3)
        try test.world.api.modifyStatus(pod) { $0[.conditions][0][.status] = "True" }
        try test.settle()
        #expect(test.podNames == ["web-0", "web-1"])
        try test.setImage("app:pending")
        try test.settle()
        try test.scale(1)
        try test.settle()
        #expect(test.podNames == ["web-0"])
    }

    @Test("minReadySeconds: the next pod waits until its predecessor is available")
    func minReadySeconds() throws {
        let test = StatefulWorld()
        var manifest = StatefulWorld.manifest(replicas: 2)
        manifest[.spec][.minReadySeconds] = 5
        try test.world.api.create(.statefulSet, manifest, in: "default")
        try test.world.cluster.advance(by: 4_000)
        #expect(test.podNames == ["web-0"])
        #expect(test.set.status.readyReplicas == 1)
        #expect(test.set.status.availableReplicas == 0)
        try test.world.cluster.advance(by: 4_000)
        #expect(test.podNames == ["web-0", "web-1"])
        try test.settle()
        #expect(test.set.status.availableReplicas == 2)
    }

    @Test("failed pods are deleted and come back under their names")
    func failedPod() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2))
        let pod = try #require(test.world.get(.pod, "web-0"))
        try test.world.api.modifyStatus(pod) { $0[.phase] = "Failed" }
        try test.settle()
        let new = try #require(test.world.get(.pod, "web-0"))
        #expect(new.uid != pod.uid)
        #expect(test.set.status.readyReplicas == 2)
    }

    @Test("a set that is being deleted makes no more pods")
    func deletion() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2))
        try test.world.api.delete(
            #require(test.world.get(.statefulSet, "web")),
            options: DeleteOptions(propagation: .foreground))
        try test.deletePod("web-1")
        try test.settle()
        #expect(test.podNames == ["web-0"])
    }

    @Test("a status counts pods when they are seen, not with the write that made them")
    func statusOfOwnWrites() throws {
        func counts() throws -> [Value] {
            let test = StatefulWorld()
            try test.create(StatefulWorld.manifest(replicas: 1))
            return test.world.history(.statefulSet, "web") {
                [$0[.status][.observedGeneration], $0[.status][.currentReplicas]]
            }
        }
        #expect(try counts().dropFirst() == [[1, nil], [1, 1]])
    }
}
