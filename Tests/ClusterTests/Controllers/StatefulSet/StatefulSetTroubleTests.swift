import Model
import Testing
import Value

@testable import Cluster

@Suite("a StatefulSet in trouble")
struct StatefulSetTroubleTests {
    @Test(
        "a finished pod is replaced, whatever its exit code", arguments: ["Failed", "Succeeded"])
    func finishedPod(phase: String) throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2))
        let pod = try #require(test.world.get(.pod, "web-0"))
        let start = test.world.writes
        try test.world.api.modifyStatus(pod) { $0[.phase] = Value(phase) }
        try test.settle()
        #expect(test.world.get(.pod, "web-0")?.uid != pod.uid)
        #expect(test.story(after: start) == ["-web-0", "+web-0", "ready web-0"])
        #expect(
            test.world.events("StatefulSet").contains(
                "SuccessfulDelete Delete Pod web-0 in StatefulSet web successful"))
    }

    @Test("a condemned pod that is ready, but not available yet, does not wait for itself")
    func unavailable() throws {
        let test = StatefulWorld()
        var manifest = StatefulWorld.manifest(replicas: 7)
        manifest[.spec][.minReadySeconds] = 60
        try test.create(manifest)
        #expect(test.set.status.readyReplicas == 1)
        #expect(test.set.status.availableReplicas == 0)
        try test.scale(0)
        try test.settle()
        #expect(test.podNames.isEmpty)
    }

    @Test("a pod that lost the label of its name gets it back")
    func identityRestored() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 1))
        try test.world.api.modify(#require(test.world.get(.pod, "web-0"))) {
            $0[.metadata][.labels][WellKnown.statefulSetPodName] = .null
        }
        try test.settle()
        let labels = test.world.get(.pod, "web-0")?.value[.metadata][.labels]
        #expect(labels?[WellKnown.statefulSetPodName] == "web-0")
        #expect(
            test.world.events("StatefulSet").last
                == "SuccessfulUpdate Update Pod web-0 in StatefulSet web successful")
    }

    @Test("a pod that is relabelled is let go; its name stays taken until it is deleted")
    func released() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2))
        let pod = try #require(test.world.get(.pod, "web-1"))
        try test.world.api.modify(pod) { $0[.metadata][.labels]["app"] = "other" }
        try test.settle()
        #expect(test.world.get(.pod, "web-1")?.uid == pod.uid)
        #expect(test.world.get(.pod, "web-1")?.controllerUID == nil)
        #expect(test.set.status.replicas == 1)
        #expect(!test.world.events("StatefulSet").contains { $0.hasPrefix("Failed") })
        try test.deletePod("web-1")
        try test.world.cluster.advance(by: 60_000)
        #expect(test.set.status.readyReplicas == 2)
    }

    @Test("only orphans with a name of the set are adopted")
    func adoption() throws {
        let test = StatefulWorld()
        for name in ["web-0", "web-x", "other-1"] {
            try test.world.api.create(
                .pod,
                [
                    .metadata: [.name: Value(name), .labels: ["app": "web"]],
                    .spec: [.containers: [[.name: "c", .image: "app:v1"]]],
                ], in: "default")
        }
        try test.create(StatefulWorld.manifest(replicas: 1))
        let uid = test.world.get(.statefulSet, "web")?.uid
        #expect(test.world.get(.pod, "web-0")?.controllerUID == uid)
        #expect(test.world.get(.pod, "web-x")?.controllerUID == nil)
        #expect(test.world.get(.pod, "other-1")?.controllerUID == nil)
    }

    private func quotaWorld(policy: String, claims: Bool) throws -> WholeWorld {
        let world = try WholeWorld(nodes: 1)
        try world.create(
            .resourceQuota, [.metadata: [.name: "q"], .spec: [.hard: ["pods": "1"]]])
        try world.settle()
        var manifest = StatefulWorld.manifest(replicas: 3, policy: policy)
        if claims {
            manifest[.spec][.volumeClaimTemplates] = [StatefulWorld.claimTemplate]
            manifest[.spec][.persistentVolumeClaimRetentionPolicy] = [
                .whenDeleted: "Delete", .whenScaled: "Retain",
            ]
        }
        try world.create(.statefulSet, manifest)
        try world.advance(seconds: 20)
        return world
    }

    @Test(
        "a pod that may not be made is told of, and the set tries again",
        arguments: ["OrderedReady", "Parallel"])
    func failedCreate(policy: String) throws {
        let world = try quotaWorld(policy: policy, claims: false)
        let text =
            "FailedCreate: Create Pod web-1 in StatefulSet web failed error: pods \"web-1\" is "
            + "forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1"
        #expect(world.events("web", kind: "StatefulSet").contains(text))
        #expect(world.list(.pod).map(\.name) == ["web-0"])
        // Parallel tries the others of the batch all the same.
        let triesThird = world.events("web", kind: "StatefulSet").contains {
            $0.hasPrefix("FailedCreate: Create Pod web-2 ")
        }
        #expect(triesThird == (policy == "Parallel"))
        try world.modify(.resourceQuota, "q") { $0[.spec][.hard]["pods"] = "5" }
        try world.advance(seconds: 120)
        let set = StatefulSetView(try world.found(.statefulSet, "web").value)
        #expect(set.status.readyReplicas == 3)
    }

    @Test("the claims of a pod that could not be made follow the policy all the same")
    func claimsOfFailedPod() throws {
        let world = try quotaWorld(policy: "OrderedReady", claims: true)
        #expect(world.get(.pod, "web-1") == nil)
        let claim = try world.found(.persistentVolumeClaim, "data-web-1")
        let owners = claim.value[.metadata][.ownerReferences].elements.map { $0.text(.kind) }
        #expect(owners == ["StatefulSet"])
    }

    @Test("a claim that is missing under a pending pod is made again")
    func missingClaim() throws {
        let test = StatefulWorld()
        var manifest = StatefulWorld.manifest(replicas: 1, image: "app:pending")
        manifest[.spec][.volumeClaimTemplates] = [StatefulWorld.claimTemplate]
        try test.create(manifest)
        let claim = try #require(test.world.get(.persistentVolumeClaim, "data-web-0"))
        try test.world.api.modify(claim) { $0[.metadata][.finalizers] = .null }
        try test.world.api.delete(#require(test.world.get(.persistentVolumeClaim, "data-web-0")))
        try test.world.cluster.advance(by: 10)
        // Claims are not watched; any change of the pod makes the controller look again.
        test.controller.enqueue(ObjectKey(namespace: "default", name: "web"))
        try test.settle()
        let made = try #require(test.world.get(.persistentVolumeClaim, "data-web-0"))
        #expect(made.uid != claim.uid)
    }

    @Test("deleting a set removes all its pods at once")
    func deletedSet() throws {
        let world = try WholeWorld(nodes: 3)
        try world.create(.statefulSet, StatefulWorld.manifest(replicas: 3))
        try world.settle()
        #expect(world.list(.pod).count == 3)
        try world.delete(.statefulSet, "web")
        try world.cluster.advance(by: 200)
        #expect(world.list(.pod).filter { !$0.isDeleting }.isEmpty)
        try world.settle()
        #expect(world.list(.pod).isEmpty)
        #expect(world.list(.controllerRevision).isEmpty)
    }
}
