import Model
import Testing
import Value

@testable import Cluster

/// The rules of Deployments beyond a plain rollout.
@Suite("rules of Deployments")
struct DeploymentRulesTests {
    // MARK: Generation and annotations

    @Test("a new annotation raises the generation and reaches the ReplicaSet in force, no other")
    func annotation() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 1))
        try test.setImage("app:v2")
        try test.settle()
        try test.change { $0[.metadata][.annotations]["kubernetes.io/change-cause"] = "why" }
        try test.settle()
        #expect(test.deployment[.metadata].int(.generation) == 3)
        #expect(test.deployment[.status].int(.observedGeneration) == 3)
        let causes = test.world.list(.replicaSet).map {
            "\(ReplicaSetAnnotations.text(of: $0.value)) "
                + $0.value[.metadata][.annotations].text("kubernetes.io/change-cause")
        }
        #expect(Set(causes) == ["1 ", "2 why"])
        #expect(test.sizes == [1: 0, 2: 1])
    }

    @Test("of a ReplicaSet an annotation leaves the generation alone")
    func annotationOfReplicaSet() throws {
        let test = DeploymentWorld()
        let set = try test.world.api.create(
            .replicaSet, ReplicaSetControllerTests.set("web", replicas: 0), in: "default")
        try test.world.api.modify(set) { $0[.metadata][.annotations] = ["a": "b"] }
        #expect(test.world.get(.replicaSet, "web")?.value[.metadata].int(.generation) == 1)
    }

    // MARK: The deprecated rollback annotation

    private static let rollbackTo = "deprecated.deployment.rollback.to"

    @Test(
        "the rollback annotation brings a revision back and goes",
        arguments: [
            (
                "1", 4, "Normal DeploymentRollback Rolled back deployment \"web\" to revision 1",
                "app:v1"
            ),
            (
                "0", 4, "Normal DeploymentRollback Rolled back deployment \"web\" to revision 2",
                "app:v2"
            ),
            (
                "9", 3,
                "Warning DeploymentRollbackRevisionNotFound Unable to find the revision to rollback to.",
                "app:v3"
            ),
            (
                "3", 3,
                "Warning DeploymentRollbackTemplateUnchanged The rollback revision contains the same "
                    + "template as current deployment \"web\"", "app:v3"
            ),
        ])
    func rollback(to: String, revision: Int, event: String, image: String) throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 1))
        for version in ["app:v2", "app:v3"] {
            try test.setImage(version)
            try test.settle()
        }
        try test.change { $0[.metadata][.annotations][.init(Self.rollbackTo)] = Value(to) }
        try test.settle()
        let template = test.deployment[.spec][.template]
        #expect(template[.spec][.containers][0].text(.image) == image)
        #expect(template[.metadata][.labels].count == 1)
        #expect(ReplicaSetAnnotations.revision(of: test.deployment) == revision)
        #expect(test.deployment[.metadata][.annotations][.init(Self.rollbackTo)].isNull)
        let events = test.world.list(.event).map {
            "\($0.value.text(.type)) \($0.value.text(.reason)) \($0.value.text(.message))"
        }
        #expect(events.count { $0 == event } == 1)
    }

    @Test("without an earlier revision the last one cannot be found")
    func rollbackWithoutHistory() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 1))
        try test.change { $0[.metadata][.annotations][.init(Self.rollbackTo)] = "0" }
        try test.settle()
        #expect(
            test.world.events("Deployment").contains(
                "DeploymentRollbackRevisionNotFound Unable to find last revision."))
    }

    @Test(
        "the last revision is the second highest number",
        arguments: [([1, 2, 3], 2), ([3, 1, 4], 3), ([5], 0), ([], 0), ([2, 2], 2)])
    func lastRevision(numbers: [Int], expected: Int) throws {
        let world = DeploymentWorld().world
        for (index, number) in numbers.enumerated() {
            var set = ReplicaSetControllerTests.set("s\(index)", replicas: 0)
            set[.metadata][.annotations] = [WellKnown.deploymentRevision: Value("\(number)")]
            try world.api.create(.replicaSet, set, in: "default")
        }
        #expect(DeploymentController.lastRevision(world.list(.replicaSet)) == expected)
    }

    // MARK: Scaling

    @Test("a paused rollout of 5 + 3 scaled from 6 to 12 becomes 9 + 5, then to 3 becomes 3 + 2")
    func proportionalWhilePaused() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 6, surge: 2, unavailable: 1))
        try test.setImage("app:broken")
        try test.settle()
        #expect(test.sizes == [1: 5, 2: 3])
        try test.change {
            $0[.spec][.paused] = true
            $0[.spec][.replicas] = 12
        }
        try test.settle()
        #expect(test.sizes == [1: 9, 2: 5])
        try test.change { $0[.spec][.replicas] = 3 }
        try test.settle()
        #expect(test.sizes == [1: 3, 2: 2])
    }

    @Test("scaled to nothing in the middle of a rollout, every set goes to nothing")
    func toZero() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 4))
        try test.setImage("app:broken")
        try test.settle()
        try test.change { $0[.spec][.replicas] = 0 }
        try test.settle()
        #expect(test.sizes == [1: 0, 2: 0])
        #expect(test.world.list(.pod).isEmpty)
    }

    @Test("a rollout that is complete is not judged again when the deployment is scaled")
    func scalingIsNoRollout() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 2))
        try test.settle()
        func progressing() -> Value {
            Conditions(test.deployment[.status][.conditions])["Progressing"]?.value ?? .null
        }
        let before = progressing()
        #expect(before.text(.reason) == "NewReplicaSetAvailable")
        try test.world.cluster.advance(by: 10_000)
        try test.change { $0[.spec][.replicas] = 5 }
        try test.settle()
        #expect(test.deployment[.status].int(.availableReplicas) == 5)
        #expect(progressing() == before)
    }

    @Test("a scaling tells from how many pods to how many, and rolls nothing out")
    func scalingEvents() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 2))
        for replicas in [5, 1] {
            try test.change { $0[.spec][.replicas] = Value(replicas) }
            try test.settle()
        }
        let set = try #require(test.world.list(.replicaSet).first)
        #expect(
            test.world.events("Deployment") == [
                "ScalingReplicaSet Scaled up replica set \(set.name) from 0 to 2",
                "ScalingReplicaSet Scaled up replica set \(set.name) from 2 to 5",
                "ScalingReplicaSet Scaled down replica set \(set.name) from 5 to 1",
            ])
        #expect(set.value[.metadata][.annotations].text(WellKnown.desiredReplicas) == "1")
        #expect(set.value[.metadata][.annotations].text(WellKnown.maxReplicas) == "2")
    }

    // MARK: Rollout

    @Test("the unavailable pods of old sets go before available ones")
    func unhealthyFirst() throws {
        let test = DeploymentWorld()
        try test.create(DeploymentWorld.manifest(replicas: 4, surge: 1, unavailable: 1))
        try test.setImage("app:broken")
        try test.settle()
        #expect(test.sizes == [1: 3, 2: 2])
        let start = test.world.writes
        try test.setImage("app:v3")
        try test.world.cluster.advance(by: 300)
        // 5 pods are there, 3 must stay: both of the broken ones go before a good one may.
        let events = test.world.list(.event).filter { $0.resourceVersion > start }.map {
            $0.value.text(.message)
        }.filter { $0.contains("Scaled down") }
        #expect(events.first?.hasSuffix("from 2 to 0") == true, "\(events)")
        #expect(test.sizes[1] == 3)
    }

    @Test("a deployment without a deadline has no condition Progressing")
    func noDeadline() throws {
        let test = DeploymentWorld()
        var manifest = DeploymentWorld.manifest(replicas: 1)
        manifest[.spec][.progressDeadlineSeconds] = Value(Int(Int32.max))
        try test.create(manifest)
        let types = test.deployment[.status][.conditions].elements.map { $0.text(.type) }
        #expect(types == ["Available"])
    }

    @Test("the time a deployment is paused does not count against its deadline")
    func pausedDeadline() throws {
        let test = DeploymentWorld()
        var manifest = DeploymentWorld.manifest(replicas: 2)
        manifest[.spec][.progressDeadlineSeconds] = 6
        try test.create(manifest)
        try test.setImage("app:broken")
        try test.world.cluster.advance(by: 2_000)
        try test.change { $0[.spec][.paused] = true }
        try test.settle()
        #expect(test.reason("Progressing") == "DeploymentPaused")
        try test.change { $0[.spec][.paused] = .null }
        try test.world.cluster.advance(by: 4_000)
        #expect(test.reason("Progressing") == "DeploymentResumed")
        try test.world.cluster.advance(by: 5_000)
        #expect(test.reason("Progressing") == "ProgressDeadlineExceeded")
    }

    @Test("a history limit of 0 keeps no old set once the rollout is complete")
    func noHistory() throws {
        let test = DeploymentWorld()
        var manifest = DeploymentWorld.manifest(replicas: 2)
        manifest[.spec][.revisionHistoryLimit] = 0
        try test.create(manifest)
        try test.setImage("app:broken")
        try test.settle()
        #expect(test.sizes.keys.sorted() == [1, 2], "as long as it is not complete")
        try test.setImage("app:v3")
        try test.settle()
        #expect(test.sizes == [3: 2])
    }

    @Test("an adopted set keeps its name, has no revision of its own and is rolled over")
    func adoptedSet() throws {
        let test = DeploymentWorld()
        try test.world.api.create(
            .replicaSet, ReplicaSetControllerTests.set("old", replicas: 2), in: "default")
        try test.settle()
        var manifest = DeploymentWorld.manifest(replicas: 2)
        manifest[.spec][.selector] = [.matchLabels: ["app": "old"]]
        manifest[.spec][.template][.metadata][.labels] = ["app": "old"]
        try test.world.api.modify(#require(test.world.get(.replicaSet, "old"))) {
            $0[.metadata][.labels] = ["app": "old"]
        }
        try test.create(manifest)
        let old = try #require(test.world.get(.replicaSet, "old"))
        #expect(old.controllerUID == test.world.get(.deployment, "web")?.uid)
        #expect(old.value[.metadata][.annotations][WellKnown.deploymentRevision].isNull)
        #expect(test.sizes == [0: 0, 1: 2])
    }

    @Test("Recreate waits for pods that still run, not for finished ones")
    func recreateWaits() throws {
        let world = ControllerWorld(
            [ReplicaSetController(kind: .replicaSet), DeploymentController()],
            nodes: FakeNodes(stopDelay: 3_000))
        try world.api.create(
            .deployment, DeploymentWorld.manifest(replicas: 2, strategy: "Recreate"),
            in: "default")
        try world.cluster.advance(by: 5_000)
        try world.api.modify(#require(world.get(.deployment, "web"))) {
            $0[.spec][.template][.spec][.containers][0][.image] = "app:v2"
        }
        try world.cluster.advance(by: 1_000)
        #expect(world.list(.pod).count == 2)
        #expect(world.list(.replicaSet).count == 1, "the new set is not made before")
        try world.cluster.advance(by: 5_000)
        #expect(world.list(.replicaSet).count == 2)
        #expect(
            world.list(.pod).allSatisfy {
                $0.value[.spec][.containers][0].text(.image) == "app:v2"
            })
    }
}
