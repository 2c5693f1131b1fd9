import API
import Model
import Testing
import Value

@testable import Cluster

@Suite("growing claims")
struct VolumeExpansionControllerTests {
    private typealias Storage = PersistentVolumeControllerTests

    private func world(provisioner: Value = "drydock.dev/simulated") throws -> WholeWorld {
        let world = try WholeWorld(nodes: 1)
        try world.create(
            .storageClass,
            [
                .metadata: [.name: "grow"], .provisioner: provisioner,
                .allowVolumeExpansion: true,
            ])
        return world
    }

    private func resize(_ world: WholeWorld, _ size: Value) throws {
        _ = try world.api.patch(
            .persistentVolumeClaim, namespace: "default", name: "c",
            .merge([.spec: [.resources: [.requests: [.storage: size]]]]), subresource: .none,
            options: WriteOptions())
    }

    @Test("a claim whose volume no driver made says whom it waits for, and stays as it is")
    func foreignVolume() throws {
        let world = try world(provisioner: "kubernetes.io/no-provisioner")
        try world.create(
            .persistentVolume, Storage.volume("v", "1Gi", spec: [.storageClassName: "grow"]))
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "grow"))
        try world.settle()
        try resize(world, "2Gi")
        try world.settle()
        #expect(
            world.events("c")
                == ["ExternalExpanding: waiting for an external controller to expand this PVC"])
        let claim = PersistentVolumeClaimView(try world.found(.persistentVolumeClaim, "c").value)
        #expect(claim.capacity[.storage] == "1Gi")
    }

    @Test("a claim of a class that does not say so may not grow")
    func fixedClass() throws {
        let world = try world()
        try world.create(
            .storageClass,
            [.metadata: [.name: "fixed"], .provisioner: "drydock.dev/simulated"])
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "fixed"))
        try world.settle()
        #expect {
            try resize(world, "2Gi")
        } throws: { error in
            ((error as? APIError)?.message ?? "").hasSuffix(
                "only dynamically provisioned pvc can be resized and the storageclass that provisions "
                    + "the pvc must support resize")
        }
    }

    @Test("a used claim grows at once, with every step told of on the claim and the end on the pod")
    func online() throws {
        let world = try world()
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "grow"))
        try world.create(.pod, Storage.user("p", of: "c"))
        try world.settle()
        let volume = PersistentVolumeClaimView(
            try world.found(.persistentVolumeClaim, "c").value
        ).volumeName
        try resize(world, "2Gi")
        try world.settle()
        let end =
            "FileSystemResizeSuccessful: MountVolume.NodeExpandVolume succeeded for volume "
            + "\"\(volume)\" node-1"
        #expect(
            world.events("c").suffix(4) == [
                "ExternalExpanding: waiting for an external controller to expand this PVC",
                "Resizing: External resizer is resizing volume \(volume)",
                "FileSystemResizeRequired: Require file system resize of volume on node", end,
            ])
        #expect(world.events("p").last == end)
        let claim = try world.found(.persistentVolumeClaim, "c").value
        #expect(claim[.status][.capacity][.storage] == "2Gi")
        #expect(claim[.status][.conditions].isNull)
    }

    @Test(
        "what may be asked for anew",
        arguments: [
            ("512Mi", "spec.resources.requests.storage: Forbidden: field can not be less than "),
            ("1Gi", "spec.resources.requests.storage: Forbidden: field can not be less than "),
            ("1536Mi", nil), ("3Gi", nil),
        ] as [(String, String?)])
    func shrinking(size: String, problem: String?) throws {
        let world = try world()
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "grow"))
        try world.settle()
        // Asked for, but not yet there: nobody uses the claim.
        try resize(world, "2Gi")
        try world.settle()
        if let problem {
            let error = #expect(throws: APIError.self) { try resize(world, Value(size)) }
            #expect(error?.message.contains(problem + "status.capacity") == true)
        } else {
            try resize(world, Value(size))
        }
    }

    @Test("a claim that is not bound cannot grow")
    func unbound() throws {
        let world = try world(provisioner: "example.com/never")
        world.removeDriver(of: "grow")
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "grow"))
        try world.settle()
        let error = #expect(throws: APIError.self) { try resize(world, "2Gi") }
        #expect(error?.reason == .forbidden || error?.reason == .invalid)
    }
}
