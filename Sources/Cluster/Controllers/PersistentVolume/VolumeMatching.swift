import Model
import Support
import Value

/// Which volume a claim gets: shared by the volume controller and the scheduler.
///
/// Source: upstream's volume.FindMatchingVolume and pvIndex.findBestMatchForClaim.
enum VolumeMatching {
    /// The volume for `claim`: the one that names it already, else the smallest free one that fits;
    /// volumes of exactly the claim's access modes come before those that offer more. With `node` only
    /// volumes usable there. Equal ones go by name.
    static func best(
        for claim: StoredObject, node: NodeView? = nil, except taken: Set<String> = [],
        in view: View
    ) -> StoredObject? {
        let wanted = PersistentVolumeClaimView(claim.value)
        let volumes = view.list(.persistentVolume).filter { !taken.contains($0.name) }
        if let reserved = volumes.first(where: { isReserved($0, for: claim) }) {
            return reserved
        }
        let selector =
            wanted.selector.isNull ? LabelSelector.everything : LabelSelector(wanted.selector)
        let candidates = volumes.filter { volume in
            fits(volume, wanted, selector) && node.map { isUsable(volume, on: $0) } ?? true
        }
        let modes = Set(wanted.accessModes)
        let exact = candidates.filter { Set(PersistentVolumeView($0.value).accessModes) == modes }
        return smallest(exact) ?? smallest(candidates)
    }

    private static func smallest(_ volumes: [StoredObject]) -> StoredObject? {
        volumes.min { size($0) < size($1) }
    }

    private static func size(_ volume: StoredObject) -> Quantity {
        Quantity(PersistentVolumeView(volume.value).storage) ?? .zero
    }

    private static func isReserved(_ volume: StoredObject, for claim: StoredObject) -> Bool {
        let reference = PersistentVolumeView(volume.value).claimRef
        guard !reference.isNull, reference.text(.name) == claim.name,
            reference.text(.namespace) == claim.namespace
        else { return false }
        let uid = reference.text(.uid)
        return uid.isEmpty || uid == claim.uid
    }

    private static func fits(
        _ volume: StoredObject, _ wanted: PersistentVolumeClaimView, _ selector: LabelSelector
    ) -> Bool {
        let offered = PersistentVolumeView(volume.value)
        guard !volume.isDeleting, offered.claimRef.isNull, offered.phase == "Available",
            offered.storageClassName == wanted.storageClassName ?? "",
            offered.volumeMode == wanted.volumeMode,
            Set(wanted.accessModes).isSubset(of: offered.accessModes)
        else { return false }
        let needed = Quantity(wanted.requestedStorage) ?? .zero
        return size(volume) >= needed && selector.matches(offered.labels)
    }

    static func isUsable(_ volume: StoredObject, on node: NodeView) -> Bool {
        NodeRequirement(volume: PersistentVolumeView(volume.value).nodeAffinity).matches(node)
    }

    /// The class of a claim; nil when it asks for none or the class does not exist.
    static func storageClass(of claim: StoredObject, in view: View) -> StorageClassView? {
        guard let name = PersistentVolumeClaimView(claim.value).storageClassName, !name.isEmpty,
            let object = view.get(.storageClass, name: name)
        else { return nil }
        return StorageClassView(object.value)
    }

    /// Whether binding waits for a pod (volumeBindingMode WaitForFirstConsumer).
    static func waitsForConsumer(_ claim: StoredObject, in view: View) -> Bool {
        storageClass(of: claim, in: view)?.volumeBindingMode == "WaitForFirstConsumer"
    }

    /// Whether a volume can be made for the claim: its class has a provisioner that makes some.
    static func canProvision(_ claim: StoredObject, in view: View) -> Bool {
        guard let provisioner = storageClass(of: claim, in: view)?.provisioner else { return false }
        return provisioner != "kubernetes.io/no-provisioner"
    }

    /// Reserves `volume` for `claim`, so that the volume controller binds the two.
    static func reserve(_ volume: StoredObject, for claim: StoredObject, api: APIServer) {
        _ = try? api.modify(volume) { value in
            value[.spec][.claimRef] = reference(to: claim)
            value[.metadata][.annotations]["pv.kubernetes.io/bound-by-controller"] = "yes"
        }
    }

    /// A reference as `spec.claimRef` holds it.
    static func reference(to claim: StoredObject) -> Value {
        [
            .apiVersion: "v1", .kind: "PersistentVolumeClaim", .name: Value(claim.name),
            .namespace: Value(claim.namespace),
            .resourceVersion: Value(String(claim.resourceVersion)), .uid: Value(claim.uid),
        ]
    }
}
