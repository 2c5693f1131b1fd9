import Model
import Support
import Value

/// Makes volumes for the claims of all classes, and deletes them when they are released: what the
/// external-provisioner of a CSI driver does in a real cluster. Every driver that a class names is taken
/// to be installed and to work, unless a ``ProvisioningBehavior`` says otherwise.
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

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        busy = other.busy
    }

    override func start() {
        watch(.persistentVolumeClaim)
        watch(.persistentVolume)
    }

    /// Looks at all claims again, since the classes behave otherwise now.
    func lookAgain() {
        for claim in view.list(.persistentVolumeClaim) { enqueue(claim) }
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
                after: behavior(of: claim).after ?? profile.volumeProvisioning, code: Code.create,
                a: Int(claim.slot.index))
        }
    }

    private func isToBeProvisioned(_ claim: StoredObject) -> Bool {
        let wanted = PersistentVolumeClaimView(claim.value)
        return wanted.volumeName.isEmpty && !claim.isDeleting
            && Self.driver(of: claim) != nil && behavior(of: claim).provisions != false
            && view.get(.persistentVolume, name: Self.volumeName(claim)) == nil
    }

    private func isToBeDeleted(_ volume: StoredObject) -> Bool {
        let offered = PersistentVolumeView(volume.value)
        return offered.phase == "Released" && offered.reclaimPolicy == "Delete"
            && !volume.isDeleting
            && !(offered.metadata.annotation(VolumeKeys.provisionedBy) ?? "").isEmpty
    }

    /// The driver that is to make a claim's volume, as the volume controller asked.
    private static func driver(of claim: StoredObject) -> String? {
        let metadata = PersistentVolumeClaimView(claim.value).metadata
        return metadata.annotation(VolumeKeys.provisioner).flatMap { $0.isEmpty ? nil : $0 }
    }

    private func behavior(of claim: StoredObject) -> ProvisioningBehavior {
        cluster.provisioning.behavior(
            of: PersistentVolumeClaimView(claim.value).storageClassName ?? "")
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
        let failure = behavior(of: claim).failure ?? ""
        do throws(APIError) {
            if !failure.isEmpty { throw APIError(.internalError, failure) }
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

    /// Drivers have names of hosts, provisioners may have others: `rancher.io/local-path` acts as the
    /// driver `local-path.rancher.io`.
    static func csiName(of provisioner: String) -> String {
        String(
            provisioner.lowercased().split(separator: "/").reversed().joined(separator: ".")
                .prefix(63))
    }

    /// The volume is exactly as large as asked for, and is reserved for the claim by its uid.
    private func volume(for claim: StoredObject, _ storageClass: StorageClassView) -> Value {
        let name = Self.volumeName(claim)
        let driver = Value(Self.driver(of: claim) ?? Self.name)
        let wanted = PersistentVolumeClaimView(claim.value)
        var spec: Value = [
            .accessModes: claim.value[.spec][.accessModes],
            .capacity: [.storage: wanted.requestedStorage],
            .claimRef: VolumeMatching.reference(to: claim),
            .csi: [
                "driver": Value(Self.csiName(of: driver.string ?? "")), .fsType: "ext4",
                "volumeHandle": Value(name),
            ],
            .persistentVolumeReclaimPolicy: Value(storageClass.reclaimPolicy),
            .storageClassName: Value(storageClass.name), .volumeMode: Value(wanted.volumeMode),
        ]
        spec[.mountOptions] = storageClass.value[.mountOptions]
        return [
            .metadata: [
                .name: Value(name),
                .annotations: .object(
                    Object(fields: [(VolumeKeys.provisionedBy, driver)])),
            ],
            .spec: spec,
        ]
    }
}
