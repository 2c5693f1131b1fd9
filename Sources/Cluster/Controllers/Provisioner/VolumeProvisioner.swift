import Model
import Support
import Value

/// Makes volumes for the claims of classes whose provisioner is `drydock.dev/simulated`, and deletes
/// them when they are released: what a CSI driver's external-provisioner does in a real cluster.
final class VolumeProvisioner: Controller {
    /// The provisioner that StorageClass `standard` names.
    static let name = "drydock.dev/simulated"

    private enum Code {
        static let create: Int32 = 0
        static let delete: Int32 = 1
    }

    /// The uids of claims and volumes that are being worked on.
    private var busy: Set<String> = []

    init() { super.init(name: Self.name, workers: 10) }

    override func start() {
        watch(.persistentVolumeClaim)
        watch(.persistentVolume)
    }

    override func observe(_ change: Change) {
        if change.type == .deleted {
            busy.remove(change.object.uid)
        } else {
            enqueue(change.object)
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        if key.namespace.isEmpty {
            guard let volume = view.get(.persistentVolume, key), isToBeDeleted(volume),
                busy.insert(volume.uid).inserted
            else { return }
            schedule(
                after: profile.volumeProvisioning, code: Code.delete, a: Int(volume.slot.index))
        } else {
            guard let claim = view.get(.persistentVolumeClaim, key), isToBeProvisioned(claim),
                busy.insert(claim.uid).inserted
            else { return }
            record(
                claim, .normal, reason: "Provisioning",
                message: "External provisioner is provisioning volume for claim \"\(key)\"")
            schedule(
                after: profile.volumeProvisioning, code: Code.create, a: Int(claim.slot.index))
        }
    }

    private func isToBeProvisioned(_ claim: StoredObject) -> Bool {
        let wanted = PersistentVolumeClaimView(claim.value)
        return wanted.volumeName.isEmpty && !claim.isDeleting
            && wanted.metadata.annotation(VolumeKeys.provisioner) == Self.name
            && view.get(.persistentVolume, name: Self.volumeName(claim)) == nil
    }

    private func isToBeDeleted(_ volume: StoredObject) -> Bool {
        let offered = PersistentVolumeView(volume.value)
        return offered.phase == "Released" && offered.reclaimPolicy == "Delete"
            && !volume.isDeleting
            && offered.metadata.annotation(VolumeKeys.provisionedBy) == Self.name
    }

    private static func volumeName(_ claim: StoredObject) -> String { "pvc-\(claim.uid)" }

    override func fire(_ event: Event) {
        let slot = Slot(index: Int32(event.a))
        if event.code == Code.delete {
            guard let volume = view.get(.persistentVolume, slot) else { return }
            busy.remove(volume.uid)
            if isToBeDeleted(volume) { _ = try? api.delete(volume) }
        } else {
            guard let claim = view.get(.persistentVolumeClaim, slot) else { return }
            busy.remove(claim.uid)
            if isToBeProvisioned(claim) { provision(claim) }
        }
    }

    private func provision(_ claim: StoredObject) {
        guard let storageClass = VolumeMatching.storageClass(of: claim, in: view) else { return }
        do throws(APIError) {
            let volume = try api.create(.persistentVolume, volume(for: claim, storageClass))
            record(
                claim, .normal, reason: "ProvisioningSucceeded",
                message: "Successfully provisioned volume \(volume.name)")
        } catch {
            record(
                claim, .warning, reason: "ProvisioningFailed",
                message: "failed to provision volume with StorageClass \"\(storageClass.name)\": "
                    + error.message)
            enqueueRateLimited(claim.key)
        }
    }

    /// The volume is exactly as large as asked for, and is reserved for the claim by its uid.
    private func volume(for claim: StoredObject, _ storageClass: StorageClassView) -> Value {
        let name = Self.volumeName(claim)
        let wanted = PersistentVolumeClaimView(claim.value)
        var spec: Value = [
            .accessModes: claim.value[.spec][.accessModes],
            .capacity: [.storage: wanted.requestedStorage],
            .claimRef: VolumeMatching.reference(to: claim),
            .csi: ["driver": Value(Self.name), .fsType: "ext4", "volumeHandle": Value(name)],
            .persistentVolumeReclaimPolicy: Value(storageClass.reclaimPolicy),
            .storageClassName: Value(storageClass.name), .volumeMode: Value(wanted.volumeMode),
        ]
        spec[.mountOptions] = storageClass.value[.mountOptions]
        return [
            .metadata: [
                .name: Value(name),
                .annotations: .object(
                    Object(fields: [(VolumeKeys.provisionedBy, Value(Self.name))])),
            ],
            .spec: spec,
        ]
    }
}
