import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("what becomes of a StatefulSet's claims")
struct StatefulSetRetentionTests {
    private func world(whenDeleted: Value, whenScaled: Value) throws -> WholeWorld {
        let world = try WholeWorld(nodes: 2)
        var manifest = StatefulWorld.manifest(replicas: 2)
        manifest[.spec][.volumeClaimTemplates] = [StatefulWorld.claimTemplate]
        manifest[.spec][.persistentVolumeClaimRetentionPolicy] = [
            .whenDeleted: whenDeleted, .whenScaled: whenScaled,
        ]
        try world.create(.statefulSet, manifest)
        try world.settle()
        return world
    }

    private func claims(_ world: WholeWorld) -> [String] {
        world.list(.persistentVolumeClaim).map(\.name)
    }

    private func owners(_ world: WholeWorld, _ claim: String) -> [String] {
        let value = world.get(.persistentVolumeClaim, claim)?.value ?? .null
        return value[.metadata][.ownerReferences].elements.map { $0.text(.kind) }
    }

    private func scale(_ world: WholeWorld, _ replicas: Int) throws {
        try world.modify(.statefulSet, "web") { $0[.spec][.replicas] = Value(replicas) }
        try world.settle()
    }

    @Test(
        "whenDeleted decides about the claims of a deleted set",
        arguments: [("Retain", ["data-web-0", "data-web-1"]), ("Delete", [])])
    func whenDeleted(policy: String, left: [String]) throws {
        let world = try world(whenDeleted: Value(policy), whenScaled: "Retain")
        try world.delete(.statefulSet, "web")
        try world.settle()
        #expect(world.list(.pod).isEmpty)
        #expect(claims(world) == left)
    }

    @Test(
        "whenScaled decides about the claims of ordinals that are gone",
        arguments: [("Retain", true), ("Delete", false)])
    func whenScaled(policy: String, isKept: Bool) throws {
        let world = try world(whenDeleted: "Retain", whenScaled: Value(policy))
        let old = try world.found(.persistentVolumeClaim, "data-web-1").uid
        try scale(world, 1)
        #expect((world.get(.persistentVolumeClaim, "data-web-1") != nil) == isKept)
        try scale(world, 2)
        let new = try world.found(.persistentVolumeClaim, "data-web-1")
        #expect((new.uid == old) == isKept)
        #expect(PersistentVolumeClaimView(new.value).phase == "Bound")
        #expect(
            StatefulSetView(try world.found(.statefulSet, "web").value).status.readyReplicas == 2)
    }

    @Test("a policy that is changed gives the claims other owners, and says so")
    func changedPolicy() throws {
        let world = try world(whenDeleted: "Retain", whenScaled: "Retain")
        let policy: Key = .persistentVolumeClaimRetentionPolicy
        for (whenDeleted, wanted) in [("Delete", ["StatefulSet"]), ("Retain", [])] {
            try world.modify(.statefulSet, "web") {
                $0[.spec][policy][.whenDeleted] = Value(whenDeleted)
            }
            try world.settle()
            #expect(owners(world, "data-web-0") == wanted)
            #expect(owners(world, "data-web-1") == wanted)
        }
        #expect(
            world.events("web", kind: "StatefulSet").contains(
                "SuccessfulUpdate: Update Pod web-1 in StatefulSet web successful"))
    }

    @Test("a claim with a controller of its own is left to it")
    func foreignController() throws {
        let world = try world(whenDeleted: "Retain", whenScaled: "Retain")
        let owner: Value = [
            .apiVersion: "v1", .kind: "ConfigMap", .name: "kube-root-ca.crt", .controller: true,
            .uid: Value(try world.found(.configMap, "kube-root-ca.crt").uid),
        ]
        try world.modify(.persistentVolumeClaim, "data-web-0") {
            $0[.metadata][.ownerReferences] = [owner]
        }
        try world.modify(.statefulSet, "web") {
            $0[.spec][.persistentVolumeClaimRetentionPolicy][.whenDeleted] = "Delete"
        }
        try world.settle()
        #expect(owners(world, "data-web-0") == ["ConfigMap"])
        #expect(owners(world, "data-web-1") == ["StatefulSet"])
        try world.delete(.pod, "web-0")
        try world.settle()
        #expect(
            world.events("web", kind: "StatefulSet").contains(
                "ConflictingController: PersistentVolumeClaim data-web-0 has a conflicting "
                    + "OwnerReference that acts as a manging controller, the retention policy is "
                    + "ignored for this claim"))
    }

    @Test("claims carry the labels of their template and of the set's selector")
    func labels() throws {
        let world = try WholeWorld(nodes: 1)
        var manifest = StatefulWorld.manifest(replicas: 1)
        var template = StatefulWorld.claimTemplate
        template[.metadata][.labels] = ["tier": "data"]
        manifest[.spec][.volumeClaimTemplates] = [template]
        try world.create(.statefulSet, manifest)
        try world.settle()
        let claim = try world.found(.persistentVolumeClaim, "data-web-0")
        #expect(claim.value[.metadata][.labels] == ["tier": "data", "app": "web"])
    }
}
