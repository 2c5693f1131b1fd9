import API
import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("dynamic provisioning")
struct VolumeProvisionerTests {
    private typealias Storage = PersistentVolumeControllerTests

    private func addClass(
        _ world: WholeWorld, _ name: String, provisioner: Value = "drydock.dev/simulated",
        binding: Value = "Immediate", expansion: Value = false
    ) throws {
        try world.create(
            .storageClass,
            [
                .metadata: [.name: Value(name)], .provisioner: provisioner,
                .volumeBindingMode: binding, .allowVolumeExpansion: expansion,
            ])
    }

    @Test("the default class gives a claim a volume of just its size, which goes with it")
    func defaultClass() throws {
        let world = try WholeWorld(nodes: 0)
        var claim = Storage.claim("c", "3Gi")
        claim[.spec][.storageClassName] = .null
        try world.create(.persistentVolumeClaim, claim)
        try world.settle()
        let bound = try world.found(.persistentVolumeClaim, "c")
        let name = "pvc-\(bound.uid)"
        let view = PersistentVolumeClaimView(bound.value)
        #expect(view.volumeName == name && view.phase == "Bound")
        #expect(view.storageClassName == "standard")
        let volume = PersistentVolumeView(try world.found(.persistentVolume, name).value)
        #expect(volume.storage == "3Gi" && volume.reclaimPolicy == "Delete")
        #expect(
            world.events("c") == [
                "ExternalProvisioning: Waiting for a volume to be created either by the external "
                    + "provisioner 'drydock.dev/simulated' or manually by the system administrator. If "
                    + "volume creation is delayed, please verify that the provisioner is running and "
                    + "correctly registered.",
                "Provisioning: External provisioner is provisioning volume for claim \"default/c\"",
                "ProvisioningSucceeded: Successfully provisioned volume \(name)",
            ])
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        #expect(world.get(.persistentVolume, name) == nil)
    }

    @Test(
        "a claim that nobody makes a volume for says whom it waits for",
        arguments: [
            ("absent", "ProvisioningFailed: storageclass.storage.k8s.io \"absent\" not found"),
            (
                "local",
                "ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner"
            ),
            (
                "cloud",
                "ExternalProvisioning: Waiting for a volume to be created either by the external "
                    + "provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume "
                    + "creation is delayed, please verify that the provisioner is running and correctly "
                    + "registered."
            ),
        ])
    func unprovisioned(className: String, event: String) throws {
        let world = try WholeWorld(nodes: 0)
        try addClass(world, "local", provisioner: "kubernetes.io/no-provisioner")
        try addClass(world, "cloud", provisioner: "ebs.csi.aws.com")
        world.removeDriver(of: "cloud")
        try world.create(
            .persistentVolumeClaim, Storage.claim("c", "1Gi", className: Value(className)))
        try world.settle()
        #expect(world.events("c") == [event])
        #expect(world.list(.persistentVolume).isEmpty)
    }

    @Test("with WaitForFirstConsumer the volume is made when a pod has chosen its node")
    func firstConsumer() throws {
        let world = try WholeWorld(nodes: 1)
        try addClass(world, "late", binding: "WaitForFirstConsumer")
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "late"))
        try world.settle()
        #expect(world.list(.persistentVolume).isEmpty)
        try world.create(.pod, Storage.user("p", of: "c"))
        try world.settle()
        let claim = PersistentVolumeClaimView(try world.found(.persistentVolumeClaim, "c").value)
        #expect(claim.phase == "Bound")
        #expect(claim.metadata.annotation(VolumeKeys.selectedNode) == "node-1")
        #expect(PodView(try world.found(.pod, "p").value).phase == "Running")
    }

    @Test("a claim grows when its class allows it, and fully only when a pod uses it")
    func expansion() throws {
        let world = try WholeWorld(nodes: 1)
        try addClass(world, "grow", expansion: true)
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "grow"))
        try world.settle()
        try resize(world, "2Gi")
        try world.settle()
        let waiting = try world.found(.persistentVolumeClaim, "c")
        #expect(world.condition(waiting, "FileSystemResizePending")?.status == "True")
        #expect(waiting.value[.status][.capacity][.storage] == "1Gi")
        #expect(PersistentVolumeView(world.list(.persistentVolume)[0].value).storage == "2Gi")
        try world.create(.pod, Storage.user("p", of: "c"))
        try world.settle()
        let grown = try world.found(.persistentVolumeClaim, "c")
        #expect(grown.value[.status][.capacity][.storage] == "2Gi")
        #expect(grown.value[.status][.conditions].isNull)
        #expect(
            world.events("c").suffix(4).map { $0.split(separator: ":")[0] } == [
                "ExternalExpanding", "Resizing", "FileSystemResizeRequired",
                "FileSystemResizeSuccessful",
            ])
    }

    private func resize(_ world: WholeWorld, _ size: Value) throws {
        _ = try world.api.patch(
            .persistentVolumeClaim, namespace: "default", name: "c",
            .merge([.spec: [.resources: [.requests: [.storage: size]]]]), subresource: .none,
            options: WriteOptions())
    }

    @Test("a claim of a class that allows no growth cannot be made larger")
    func noExpansion() throws {
        let world = try WholeWorld(nodes: 0)
        try addClass(world, "fixed")
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "fixed"))
        try world.settle()
        #expect(throws: APIError.self) { try resize(world, "2Gi") }
    }
}
