import Model
import Testing
import Value

@testable import Cluster

@Suite("claims of a StatefulSet")
struct StatefulSetClaimsTests {
    private func world(whenDeleted: String? = nil, whenScaled: String? = nil) throws
        -> StatefulWorld
    {
        let test = StatefulWorld()
        var manifest = StatefulWorld.manifest(replicas: 2)
        manifest[.spec][.volumeClaimTemplates] = [StatefulWorld.claimTemplate]
        if let whenDeleted, let whenScaled {
            manifest[.spec][.persistentVolumeClaimRetentionPolicy] = [
                .whenDeleted: Value(whenDeleted), .whenScaled: Value(whenScaled),
            ]
        }
        try test.create(manifest)
        return test
    }

    private func owners(_ test: StatefulWorld, _ claim: String) -> [String] {
        let value = test.world.get(.persistentVolumeClaim, claim)?.value ?? .null
        return value[.metadata][.ownerReferences].elements.map { $0.text(.kind) }
    }

    @Test("each pod gets a claim of its own before it is made, and mounts it")
    func creation() throws {
        let test = try world()
        #expect(
            test.world.list(.persistentVolumeClaim).map(\.name) == ["data-web-0", "data-web-1"])
        #expect(
            test.world.list(.persistentVolumeClaim)[0].value[.metadata][.labels]["app"] == "web")
        let volumes = test.world.get(.pod, "web-1")?.value[.spec][.volumes]
        #expect(
            volumes?[0] == [
                .name: "data", .persistentVolumeClaim: [.claimName: "data-web-1"],
            ])
        #expect(
            test.world.events("StatefulSet").prefix(2) == [
                "SuccessfulCreate Create Claim data-web-0 Pod web-0 in StatefulSet web success",
                "SuccessfulCreate Create Pod web-0 in StatefulSet web successful",
            ])
    }

    @Test("claims stay when the set shrinks, and are found again when it grows")
    func retained() throws {
        let test = try world()
        let claim = test.world.get(.persistentVolumeClaim, "data-web-1")
        try test.scale(1)
        try test.settle()
        try test.scale(2)
        try test.settle()
        #expect(test.world.get(.persistentVolumeClaim, "data-web-1")?.uid == claim?.uid)
        #expect(test.set.status.readyReplicas == 2)
    }

    @Test(
        "the retention policy decides who owns the claims of kept and of condemned ordinals",
        arguments: [
            ("Retain", "Retain", [], []), ("Delete", "Retain", ["StatefulSet"], ["StatefulSet"]),
            ("Retain", "Delete", [], ["Pod"]), ("Delete", "Delete", ["StatefulSet"], ["Pod"]),
        ] as [(String, String, [String], [String])])
    func policies(
        whenDeleted: String, whenScaled: String, kept: [String], condemned: [String]
    ) throws {
        let test = try world(whenDeleted: whenDeleted, whenScaled: whenScaled)
        #expect(owners(test, "data-web-0") == kept)
        #expect(owners(test, "data-web-1") == kept)
        try test.scale(1)
        try test.world.cluster.advance(by: 100)
        #expect(owners(test, "data-web-0") == kept)
        #expect(owners(test, "data-web-1") == condemned)
    }

    @Test("a claim that is being deleted holds its pod back")
    func claimInTheWay() throws {
        let test = try world()
        let claim = try #require(test.world.get(.persistentVolumeClaim, "data-web-1"))
        try test.world.api.modify(claim) {
            $0[.metadata][.finalizers] = ["kubernetes.io/pvc-protection"]
        }
        try test.world.api.delete(claim)
        try test.deletePod("web-1")
        try test.settle()
        #expect(test.podNames == ["web-0"])
        #expect(
            test.world.events("StatefulSet").contains {
                $0.hasSuffix("failed error: pvc data-web-1 is being deleted")
            })
        try test.world.api.modify(claim) { $0[.metadata][.finalizers] = .null }
        try test.settle()
        #expect(test.podNames == ["web-0", "web-1"])
    }
}
