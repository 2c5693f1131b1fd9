import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("rules of volumes and claims")
struct VolumeRulesTests {
    private typealias Storage = PersistentVolumeControllerTests

    private func claim(_ world: WholeWorld, _ name: String) throws -> PersistentVolumeClaimView {
        PersistentVolumeClaimView(try world.found(.persistentVolumeClaim, name).value)
    }

    private func phase(_ world: WholeWorld, _ volume: String) throws -> String {
        PersistentVolumeView(try world.found(.persistentVolume, volume).value).phase
    }

    @Test(
        "a claim that names a volume which will not do says why",
        arguments: [
            (["capacity": ["storage": "512Mi"]], "requested PV is too small"),
            (["storageClassName": "fast"], "storageClassName does not match"),
            (["volumeMode": "Block"], "incompatible volumeMode"),
            (["accessModes": ["ReadOnlyMany"]], "incompatible accessMode"),
        ] as [(Value, String)])
    func mismatch(spec: Value, problem: String) throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Storage.volume("v", "1Gi", spec: spec))
        try world.create(
            .persistentVolumeClaim, Storage.claim("c", "1Gi", spec: [.volumeName: "v"]))
        try world.settle()
        #expect(try claim(world, "c").phase == "Pending")
        #expect(
            world.events("c").first
                == "VolumeMismatch: Cannot bind to requested volume \"v\": \(problem)")
    }

    @Test("a volume that is being deleted takes no claim, not even one that names it")
    func deletedVolume() throws {
        let world = try WholeWorld(nodes: 0)
        var volume = Storage.volume("v", "1Gi")
        volume[.metadata][.finalizers] = ["example.com/hold"]
        try world.create(.persistentVolume, volume)
        try world.settle()
        try world.delete(.persistentVolume, "v")
        try world.create(.persistentVolumeClaim, Storage.claim("any", "1Gi"))
        try world.create(
            .persistentVolumeClaim, Storage.claim("named", "1Gi", spec: [.volumeName: "v"]))
        try world.settle()
        #expect(try claim(world, "any").phase == "Pending")
        #expect(try claim(world, "named").phase == "Pending")
        #expect(
            world.events("named").first
                == "VolumeMismatch: Cannot bind to requested volume \"v\": the volume is marked for "
                + "deletion \"v\"")
    }

    @Test("a claim that names the volume of another one waits for it")
    func takenVolume() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Storage.volume("v", "1Gi"))
        try world.create(.persistentVolumeClaim, Storage.claim("first", "1Gi"))
        try world.settle()
        try world.create(
            .persistentVolumeClaim, Storage.claim("second", "1Gi", spec: [.volumeName: "v"]))
        try world.settle()
        #expect(try claim(world, "first").phase == "Bound")
        #expect(try claim(world, "second").phase == "Pending")
        #expect(
            world.events("second")
                == ["FailedBinding: volume \"v\" already bound to a different claim."])
    }

    @Test("a lost claim keeps its conditions, and is bound again when its volume comes back")
    func lost() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Storage.volume("v", "1Gi"))
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi"))
        try world.settle()
        try world.api.modifyStatus(world.found(.persistentVolumeClaim, "c")) {
            $0[.conditions] = [[.type: "Noted", .status: "True"]]
        }
        try world.delete(.persistentVolume, "v")
        try world.modify(.persistentVolume, "v") { $0[.metadata][.finalizers] = .null }
        try world.settle()
        let lost = try claim(world, "c")
        #expect(lost.phase == "Lost" && lost.capacity.isEmpty)
        #expect(lost.value[.status][.accessModes].isNull)
        #expect(lost.value[.status][.conditions][0][.type] == "Noted")
        try world.create(.persistentVolume, Storage.volume("v", "1Gi"))
        try world.settle()
        #expect(try claim(world, "c").phase == "Bound")
        #expect(try phase(world, "v") == "Bound")
    }

    @Test("of two claims on one volume the one that its claimRef does not name is lost")
    func misbound() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Storage.volume("v", "1Gi"))
        try world.create(.persistentVolumeClaim, Storage.claim("good", "1Gi"))
        try world.settle()
        var bad = Storage.claim("bad", "1Gi", spec: [.volumeName: "v"])
        bad[.metadata][.annotations] = ["pv.kubernetes.io/bind-completed": "yes"]
        try world.create(.persistentVolumeClaim, bad)
        try world.settle()
        #expect(try claim(world, "bad").phase == "Lost")
        #expect(
            world.events("bad") == [
                "ClaimMisbound: Two claims are bound to the same volume, this one is bound "
                    + "incorrectly"
            ])
        #expect(try claim(world, "good").phase == "Bound")
    }

    @Test("a volume reserved for a claim of another mode is told of on both")
    func volumeModes() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi"))
        let uid = try world.found(.persistentVolumeClaim, "c").uid
        try world.create(
            .persistentVolume,
            Storage.volume(
                "v", "1Gi",
                spec: [
                    .volumeMode: "Block",
                    .claimRef: [.name: "c", .namespace: "default", .uid: Value(uid)],
                ]))
        try world.settle()
        #expect(
            world.events("v") == [
                "VolumeMismatch: Cannot bind PersistentVolume to requested PersistentVolumeClaim "
                    + "\"c\" due to incompatible volumeMode."
            ])
        #expect(
            world.events("c").contains(
                "VolumeMismatch: Cannot bind PersistentVolume \"v\" to requested "
                    + "PersistentVolumeClaim due to incompatible volumeMode."))
    }

    @Test("a volume whose claim was bound elsewhere is free again; a claimRef by hand stays")
    func unbinding() throws {
        for isByHand in [false, true] {
            let world = try WholeWorld(nodes: 0)
            try world.create(.persistentVolume, Storage.volume("v", "1Gi"))
            try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi"))
            try world.settle()
            let uid = try world.found(.persistentVolumeClaim, "c").uid
            var other = Storage.volume(
                "other", "1Gi",
                spec: [.claimRef: [.name: "c", .namespace: "default", .uid: Value(uid)]])
            if !isByHand {
                other[.metadata][.annotations] = ["pv.kubernetes.io/bound-by-controller": "yes"]
            }
            try world.create(.persistentVolume, other)
            try world.settle()
            #expect(try phase(world, "other") == "Available")
            let reference = try world.found(.persistentVolume, "other").value[.spec][.claimRef]
            #expect(reference.text(.uid) == "")
            #expect(reference.text(.name) == (isByHand ? "c" : ""))
        }
    }

    @Test(
        "what cannot be deleted fails, what another deletes is left to it",
        arguments: [
            (
                ["nfs": ["server": "s", "path": "/"]], "Failed",
                [
                    "VolumeFailedDelete: error getting deleter volume plugin for volume \"v\": no "
                        + "deletable volume plugin matched"
                ]
            ),
            (["csi": ["driver": "d.example.com", "volumeHandle": "h"]], "Released", []),
        ] as [(Value, String, [String])])
    func deletion(source: Value, wanted: String, events: [String]) throws {
        let world = try WholeWorld(nodes: 0)
        var volume = Storage.volume("v", "1Gi", policy: "Delete", spec: source)
        volume[.spec][.hostPath] = .null
        try world.create(.persistentVolume, volume)
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi"))
        try world.settle()
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        #expect(try phase(world, "v") == wanted)
        #expect(world.events("v") == events)
        let message = try world.found(.persistentVolume, "v").value[.status].text(.message)
        #expect(message == (events.first.map { String($0.dropFirst(20)) } ?? ""))
    }

    @Test("a recycled volume that cannot be scrubbed fails")
    func recycling() throws {
        let world = try WholeWorld(nodes: 0)
        var volume = Storage.volume(
            "v", "1Gi", policy: "Recycle",
            spec: ["csi": ["driver": "d.example.com", "volumeHandle": "h"]])
        volume[.spec][.hostPath] = .null
        try world.create(.persistentVolume, volume)
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi"))
        try world.settle()
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        #expect(try phase(world, "v") == "Failed")
        #expect(
            world.events("v") == ["VolumeFailedRecycle: No recycler plugin found for the volume!"])
    }

    @Test("the class of the beta annotation counts for claims and volumes")
    func betaAnnotation() throws {
        let world = try WholeWorld(nodes: 0)
        let annotation: Value = ["volume.beta.kubernetes.io/storage-class": "old"]
        var volume = Storage.volume("v", "1Gi")
        volume[.metadata][.annotations] = annotation
        var wanting = Storage.claim("c", "1Gi")
        wanting[.spec][.storageClassName] = .null
        wanting[.metadata][.annotations] = annotation
        try world.create(.persistentVolume, volume)
        try world.create(.persistentVolumeClaim, Storage.claim("plain", "1Gi"))
        try world.create(.persistentVolumeClaim, wanting)
        try world.settle()
        #expect(try claim(world, "plain").phase == "Pending")
        #expect(try claim(world, "c").volumeName == "v")
        #expect(try claim(world, "c").value[.spec][.storageClassName].isNull)
    }

    @Test(
        "claims of in-tree provisioners wait for the CSI driver that took over",
        arguments: [
            ("kubernetes.io/aws-ebs", "ebs.csi.aws.com"),
            ("kubernetes.io/gce-pd", "pd.csi.storage.gke.io"),
            ("kubernetes.io/azure-disk", "disk.csi.azure.com"),
        ])
    func migration(inTree: String, driver: String) throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(
            .storageClass, [.metadata: [.name: "cloud"], .provisioner: Value(inTree)])
        try world.create(
            .persistentVolumeClaim, Storage.claim("c", "1Gi", className: "cloud"))
        try world.settle()
        let annotations = try claim(world, "c").metadata
        #expect(annotations.annotation(VolumeKeys.provisioner) == driver)
        #expect(world.events("c")[0].contains("external provisioner '\(driver)'"))
    }

    @Test("a claim without a class gets the default one also when that comes later")
    func lateDefault() throws {
        var profile = LatencyProfile.standard
        profile.hasDefaultStorageClass = false
        let world = try WholeWorld(nodes: 0, profile: profile)
        var wanting = Storage.claim("c", "1Gi")
        wanting[.spec][.storageClassName] = .null
        try world.create(.persistentVolumeClaim, wanting)
        try world.settle()
        #expect(try claim(world, "c").phase == "Pending")
        try world.create(
            .storageClass,
            [
                .metadata: [
                    .name: "late",
                    .annotations: ["storageclass.beta.kubernetes.io/is-default-class": "true"],
                ], .provisioner: "drydock.dev/simulated",
            ])
        try world.settle()
        #expect(try claim(world, "c").storageClassName == "late")
        #expect(try claim(world, "c").phase == "Bound")
    }
}
