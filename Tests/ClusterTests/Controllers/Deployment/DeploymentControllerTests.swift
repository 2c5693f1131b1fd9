import Model
import Testing
import Value

@testable import Cluster

/// A world with Deployments, their ReplicaSets and pods that get ready.
struct DeploymentWorld {
    let world: ControllerWorld
    let controller = DeploymentController()

    init(seed: UInt64 = 1) {
        world = ControllerWorld(
            [ReplicaSetController(kind: .replicaSet), controller], seed: seed)
    }

    static func manifest(
        replicas: Int, image: String = "app:v1", surge: Value = "25%", unavailable: Value = "25%",
        strategy: String = "RollingUpdate"
    ) -> Value {
        var result: Value = [
            .metadata: [.name: "web"],
            .spec: [
                .replicas: Value(replicas), .progressDeadlineSeconds: 600,
                .revisionHistoryLimit: 10, .selector: [.matchLabels: ["app": "web"]],
                .strategy: [.type: Value(strategy)],
                .template: [
                    .metadata: [.labels: ["app": "web"]],
                    .spec: [.containers: [[.name: "c", .image: Value(image)]]],
                ],
            ],
        ]
        if strategy == "RollingUpdate" {
            result[.spec][.strategy][.rollingUpdate] = [
                .maxSurge: surge, .maxUnavailable: unavailable,
            ]
        }
        return result
    }

    func create(_ manifest: Value) throws {
        try world.api.create(.deployment, manifest, in: "default")
        try settle()
    }

    func change(_ change: (inout Value) -> Void) throws {
        try world.api.modify(#require(world.get(.deployment, "web")), change)
    }

    func setImage(_ image: String) throws {
        try change { $0[.spec][.template][.spec][.containers][0][.image] = Value(image) }
    }

    func settle() throws { try world.cluster.advance(by: 20_000) }

    var deployment: Value { world.get(.deployment, "web")?.value ?? .null }

    /// Revision to wanted pods, of all ReplicaSets.
    var sizes: [Int: Int] {
        var result: [Int: Int] = [:]
        for set in world.list(.replicaSet) {
            result[ReplicaSetAnnotations.revision(of: set.value) ?? -1] =
                ReplicaSetView(set.value).replicas
        }
        return result
    }

    func reason(_ type: String) -> String {
        deployment[.status].conditions[type]?.reason ?? ""
    }
}

@Suite("deployment controller")
struct DeploymentControllerTests {
    @Test("a new deployment makes one ReplicaSet and reports in the observed order")
    func creation() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 2))
        let set = try #require(test.world.list(.replicaSet).first)
        let hash = try #require(
            set.value[.metadata][.labels]["pod-template-hash"].string)
        #expect(set.name == "web-\(hash)")
        #expect(set.value[.spec][.selector][.matchLabels]["pod-template-hash"].string == hash)
        let annotations = set.value[.metadata][.annotations]
        #expect(annotations["deployment.kubernetes.io/desired-replicas"] == "2")
        #expect(annotations["deployment.kubernetes.io/max-replicas"] == "3")
        #expect(annotations["deployment.kubernetes.io/revision"] == "1")
        #expect(
            test.world.events("Deployment") == [
                "ScalingReplicaSet Scaled up replica set \(set.name) from 0 to 2"
            ])
        // The order of the recorded timelines (rolling-update-watch).
        let statuses = test.world.history(.deployment, "web") { $0[.status] }
        #expect(statuses[1][.observedGeneration].isNull)
        #expect(statuses[1][.conditions][0][.reason] == "NewReplicaSetCreated")
        #expect(statuses[2].int(.observedGeneration) == 1)
        #expect(statuses[2].int(.unavailableReplicas) == 2)
        #expect(statuses[2][.conditions][1][.reason] == "MinimumReplicasUnavailable")
        #expect(statuses[3].int(.replicas) == 2)
        #expect(test.reason("Progressing") == "NewReplicaSetAvailable")
        #expect(test.reason("Available") == "MinimumReplicasAvailable")
        #expect(
            test.deployment[.status].conditions["Progressing"]?.message
                == "ReplicaSet \"\(set.name)\" has successfully progressed.")
    }

    @Test("a settled deployment is left alone: a second sync writes nothing")
    func noOp() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 2))
        let before = test.world.writes
        test.controller.enqueue(ObjectKey(namespace: "default", name: "web"))
        try test.settle()
        #expect(test.world.writes == before)
    }

    @Test("a rolling update stays between the fenceposts at every write")
    func rollingUpdate() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 5))
        let start = test.world.writes
        try test.setImage("app:v2")
        try test.settle()
        #expect(test.sizes == [1: 0, 2: 5])
        for change in test.world.cluster.log.changes(after: start)
        where change.kind == .deployment {
            let status = change.object.value[.status]
            #expect(status.int(.availableReplicas) >= 4)
            #expect(status.int(.replicas) <= 7)
        }
        #expect(test.deployment[.status].int(.updatedReplicas) == 5)
    }

    @Test(
        "a broken update stops at the fenceposts",
        arguments: [
            (5, "25%", "25%", 4, 3), (7, "30%", "30%", 5, 5), (5, "0%", "10%", 4, 1),
            (10, "3", "2", 8, 5),
        ] as [(Int, String, String, Int, Int)])
    func broken(replicas: Int, surge: String, missing: String, old: Int, new: Int) throws {
        func value(_ text: String) -> Value { Int(text).map { Value($0) } ?? Value(text) }
        let test = DeploymentWorld()
        try test.create(
            DeploymentWorld.manifest(
                replicas: replicas, surge: value(surge), unavailable: value(missing)))
        try test.setImage("app:broken")
        try test.settle()
        #expect(test.sizes == [1: old, 2: new])
    }

    @Test("a stuck rollout of 8 + 5 scaled from 10 to 15 becomes 11 + 7")
    func proportionalScaling() throws {
        let test = DeploymentWorld()
        try test.create(
            DeploymentWorld.manifest(replicas: 10, surge: 3, unavailable: 2))
        try test.setImage("app:broken")
        try test.settle()
        try test.change { $0[.spec][.replicas] = 15 }
        try test.settle()
        #expect(test.sizes == [1: 11, 2: 7])
    }

    @Test("Recreate starts new pods only when the old ones are gone")
    func recreate() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 3, strategy: "Recreate"))
        let start = test.world.writes
        try test.setImage("app:v2")
        try test.settle()
        #expect(test.sizes == [1: 0, 2: 3])
        var alive = 3
        for change in test.world.cluster.log.changes(after: start) where change.kind == .pod {
            if change.type == .added {
                #expect(alive < 3)
                alive += 1
            }
            if change.type == .deleted { alive -= 1 }
        }
        let firstNew = test.world.cluster.log.changes(after: start).first {
            $0.kind == .pod && $0.type == .added
        }
        let lastOld = test.world.cluster.log.changes(after: start).last {
            $0.kind == .pod && $0.type == .deleted
        }
        #expect(try #require(firstNew).sequence > #require(lastOld).sequence)
    }

    @Test("undo renumbers the old ReplicaSet: 1, 2, 3 become 1, 3, 4 with history 2")
    func undo() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 2))
        for version in ["app:v2", "app:v3", "app:v2"] {
            try test.setImage(version)
            try test.settle()
        }
        #expect(test.sizes == [1: 0, 3: 0, 4: 2])
        let set = try #require(
            test.world.list(.replicaSet).first { ReplicaSetAnnotations.revision(of: $0.value) == 4 }
        )
        #expect(
            set.value[.metadata][.annotations]["deployment.kubernetes.io/revision-history"] == "2")
        #expect(ReplicaSetAnnotations.revision(of: test.deployment) == 4)
        // As recorded: the new number and the observed generation come in two writes.
        let history = test.world.history(.deployment, "web") { value in
            [
                Value(ReplicaSetAnnotations.text(of: value)), value[.status][.observedGeneration],
            ]
        }
        #expect(history.contains(["4", 3]))
        #expect(history.last == ["4", 4])
    }

    @Test("a paused deployment is not rolled but scaled; resumed, it goes on")
    func pauseAndResume() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 2))
        try test.change { $0[.spec][.paused] = true }
        try test.settle()
        #expect(test.reason("Progressing") == "DeploymentPaused")
        try test.setImage("app:v2")
        try test.change { $0[.spec][.replicas] = 4 }
        try test.settle()
        #expect(test.sizes == [1: 4])
        #expect(test.deployment[.status].int(.observedGeneration) == 4)
        try test.change { $0[.spec][.paused] = .null }
        try test.settle()
        #expect(test.sizes == [1: 0, 2: 4])
        #expect(test.reason("Progressing") == "NewReplicaSetAvailable")
    }

    @Test("a rollout without progress is reported after its deadline, and undone it recovers")
    func progressDeadline() throws {
        let test = DeploymentWorld()
        var manifest = DeploymentWorld.manifest(replicas: 2)
        manifest[.spec][.progressDeadlineSeconds] = 6
        try test.create(manifest)
        try test.setImage("app:broken")
        try test.world.cluster.advance(by: 5_000)
        #expect(test.reason("Progressing") == "ReplicaSetUpdated")
        try test.world.cluster.advance(by: 6_000)
        let condition = try #require(test.deployment[.status].conditions["Progressing"])
        #expect(condition.reason == "ProgressDeadlineExceeded")
        #expect(condition.status == "False")
        #expect(condition.message.hasSuffix("has timed out progressing."))
        try test.setImage("app:v1")
        try test.settle()
        #expect(test.reason("Progressing") == "NewReplicaSetAvailable")
    }

    @Test("a rollover leaves the half-done set and goes on to the newest template")
    func rollover() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 4))
        try test.setImage("app:broken")
        try test.world.cluster.advance(by: 2_000)
        try test.setImage("app:v3")
        try test.settle()
        #expect(test.sizes == [1: 0, 2: 0, 3: 4])
    }

    @Test("old ReplicaSets beyond the history limit are deleted, the oldest first")
    func historyLimit() throws {
        let test = DeploymentWorld()
        var manifest = DeploymentWorld.manifest(replicas: 1)
        manifest[.spec][.revisionHistoryLimit] = 1
        try test.create(manifest)
        for version in 2...4 {
            try test.setImage("app:v\(version)")
            try test.settle()
        }
        #expect(test.sizes == [3: 0, 4: 1])
    }

    @Test("a name taken by another template raises collisionCount, and the next name is used")
    func collision() throws {
        let test = DeploymentWorld()
        let manifest = DeploymentWorld.manifest(replicas: 1)
        var stored = manifest
        Defaults.apply(&stored, kind: Kind.deployment.info)
        let hash = TemplateHash.of(template: stored[.spec][.template])
        var foreign = ReplicaSetControllerTests.set("other", replicas: 0)
        foreign[.metadata][.name] = Value("web-\(hash)")
        try test.world.api.create(.replicaSet, foreign, in: "default")
        try test.create(manifest)
        #expect(test.deployment[.status].int(.collisionCount) == 1)
        #expect(test.deployment[.status].int(.availableReplicas) == 1)
        #expect(test.world.list(.replicaSet).count == 2)
    }

    @Test("orphaned ReplicaSets are adopted by a new deployment of the same name")
    func adoption() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 2))
        let set = try #require(test.world.list(.replicaSet).first)
        let pods = test.world.list(.pod).map(\.name)
        try test.world.api.modify(set) { $0[.metadata][.ownerReferences] = .null }
        try test.world.api.delete(#require(test.world.get(.deployment, "web")))
        try test.settle()
        try test.create(DeploymentWorld.manifest(replicas: 2))
        #expect(test.world.list(.replicaSet).count == 1)
        #expect(
            test.world.list(.replicaSet).first?.controllerUID
                == test.world.get(.deployment, "web")?.uid)
        #expect(test.world.list(.pod).map(\.name) == pods)
    }

    @Test("a ReplicaSet's failure becomes a condition of the deployment")
    func replicaFailure() throws {
        let test = DeploymentWorld()
        var manifest = DeploymentWorld.manifest(replicas: 1)
        manifest[.spec][.template][.spec][.priorityClassName] = "nope"
        try test.create(manifest)
        #expect(test.reason("ReplicaFailure") == "FailedCreate")
        try test.world.api.create(.priorityClass, [.metadata: [.name: "nope"], .value: 1])
        try test.world.cluster.advance(by: 60_000)
        #expect(test.reason("ReplicaFailure").isEmpty)
        #expect(test.reason("Progressing") == "NewReplicaSetAvailable")
    }

    @Test("a change of minReadySeconds reaches the ReplicaSet without a new revision")
    func minReadySeconds() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 1))
        try test.change { $0[.spec][.minReadySeconds] = 7 }
        try test.settle()
        #expect(test.sizes == [1: 1])
        #expect(test.world.list(.replicaSet).first?.value[.spec].int(.minReadySeconds) == 7)
    }
}
