import Model
import Support
import Value

/// Which volume a claim gets: shared by the volume controller and the scheduler.
///
/// Source: upstream's volume.FindMatchingVolume and pvIndex.findByClaim.
enum VolumeMatching {
    /// The volume for `claim` by the volume controller's rule: volumes go in groups of equal access
    /// modes, those with the fewest modes first; in the first group that has any, the volume that
    /// names the claim already, else the smallest that fits, equal ones by name. With
    /// `reservedOnly` (a class that waits for its first consumer) no other than the first.
    static func best(
        for claim: StoredObject, reservedOnly: Bool = false, in view: View
    ) -> StoredObject? {
        let search = VolumeSearch(claim)
        let fitting = candidates(for: claim, in: view).filter {
            search.mayTake($0) && search.offersModes($0)
        }
        let groups = Set(fitting.map(modes)).sorted {
            $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count
        }
        for group in groups {
            let volumes = fitting.filter { modes($0) == group }
            if let reserved = volumes.first(where: { isReserved($0, for: claim) }) {
                return reserved
            }
            if !reservedOnly, let found = smallest(volumes.filter(search.isFree)) { return found }
        }
        return nil
    }

    /// The volume for `claim` by the scheduler's rule: the one that names the claim already, if it can
    /// be used on `node`, else the smallest usable one that fits and is not in `taken`.
    static func best(
        for claim: StoredObject, node: NodeView, except taken: Set<String> = [], in view: View
    ) -> StoredObject? {
        let search = VolumeSearch(claim)
        let fitting = candidates(for: claim, in: view).filter {
            !taken.contains($0.name) && search.mayTake($0)
        }
        if let reserved = fitting.first(where: { isReserved($0, for: claim) }) {
            return isUsable(reserved, on: node) ? reserved : nil
        }
        return smallest(
            fitting.filter {
                search.isFree($0) && search.offersModes($0) && isUsable($0, on: node)
            })
    }

    /// The volumes that no other claim has, in the order of a list.
    private static func candidates(for claim: StoredObject, in view: View) -> [StoredObject] {
        let own = view.objects(.volumesByClaim, LookUp.term(claim.namespace, claim.name))
        return StoredObject.listed(own + view.objects(.volumesByClaim, ""))
    }

    private static func modes(_ volume: StoredObject) -> [String] {
        PersistentVolumeView(volume.value).accessModes.sorted()
    }

    private static func smallest(_ volumes: [StoredObject]) -> StoredObject? {
        volumes.min { size($0) < size($1) }
    }

    /// What the volume holds.
    static func size(_ volume: StoredObject) -> Quantity {
        Quantity(PersistentVolumeView(volume.value).storage) ?? .zero
    }

    /// Whether the volume's claimRef names `claim`, be it without a uid (`IsVolumeBoundToClaim`).
    static func isReserved(_ volume: StoredObject, for claim: StoredObject) -> Bool {
        let reference = PersistentVolumeView(volume.value).claimRef
        guard !reference.isNull, reference.text(.name) == claim.name,
            reference.text(.namespace) == claim.namespace
        else { return false }
        let uid = reference.text(.uid)
        return uid.isEmpty || uid == claim.uid
    }

    static func isUsable(_ volume: StoredObject, on node: NodeView) -> Bool {
        NodeRequirement(volume: PersistentVolumeView(volume.value).nodeAffinity).matches(node)
    }

    /// Why a volume that a claim asks for by name will not do; nil when it will
    /// (`checkVolumeSatisfyClaim`).
    static func mismatch(_ volume: StoredObject, _ claim: StoredObject) -> String? {
        if volume.isDeleting { return "the volume is marked for deletion \"\(volume.name)\"" }
        let wanted = PersistentVolumeClaimView(claim.value)
        let offered = PersistentVolumeView(volume.value)
        if size(volume) < Quantity(wanted.requestedStorage) ?? .zero {
            return "requested PV is too small"
        }
        if offered.storageClassName != wanted.storageClassName ?? "" {
            return "storageClassName does not match"
        }
        if offered.volumeMode != wanted.volumeMode { return "incompatible volumeMode" }
        if !Set(wanted.accessModes).isSubset(of: offered.accessModes) {
            return "incompatible accessMode"
        }
        return nil
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

    /// Whether claim and volume point at each other (`IsPVCFullyBound`).
    static func isFullyBound(_ claim: StoredObject) -> Bool {
        !claim.value[.spec].text(.volumeName).isEmpty
            && !claim.value[.metadata][.annotations][VolumeKeys.bindCompleted].isNull
    }

    /// Whether a volume can be made for the claim on `node`: its class has a provisioner that makes
    /// some, and its `allowedTopologies` let it (`checkVolumeProvisions`).
    static func canProvision(_ claim: StoredObject, on node: NodeView, in view: View) -> Bool {
        guard let storageClass = storageClass(of: claim, in: view),
            storageClass.provisioner != "kubernetes.io/no-provisioner"
        else { return false }
        let terms = storageClass.value[.allowedTopologies].elements
        guard !terms.isEmpty else { return true }
        let labels = node.value[.metadata][.labels]
        return terms.contains { term in
            term[.matchLabelExpressions].elements.allSatisfy { expression in
                let label = labels[Key(expression.text(.key))]
                return !label.isNull && expression[.values].elements.contains(label)
            }
        }
    }

    /// Reserves `volume` for `claim`, so that the volume controller binds the two. Throws Conflict
    /// when another claim was faster.
    static func reserve(
        _ volume: StoredObject, for claim: StoredObject, api: APIServer
    ) throws(APIError) {
        guard PersistentVolumeView(volume.value).claimRef.text(.uid) != claim.uid else { return }
        var value = volume.value
        if !isReserved(volume, for: claim) {
            value[.metadata][.annotations][VolumeKeys.boundByController] = "yes"
        }
        value[.spec][.claimRef] = reference(to: claim)
        try api.update(volume, to: value)
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

/// Annotations of claims and volumes.
enum VolumeKeys {
    /// The controller, not a user, made the binding.
    static let boundByController = Key("pv.kubernetes.io/bound-by-controller")
    /// The claim has been bound once: from then on it can only be Bound or Lost.
    static let bindCompleted = Key("pv.kubernetes.io/bind-completed")
    /// Who made a volume.
    static let provisionedBy = Key("pv.kubernetes.io/provisioned-by")
    /// Who is to make a volume for a claim; twice for compatibility.
    static let provisioner = Key("volume.kubernetes.io/storage-provisioner")
    static let betaProvisioner = Key("volume.beta.kubernetes.io/storage-provisioner")
    /// The node of a claim's first consumer.
    static let selectedNode = Key("volume.kubernetes.io/selected-node")
}

/// A claim's wishes, read once for a search over many volumes.
private struct VolumeSearch {
    private let claim: StoredObject
    private let wanted: PersistentVolumeClaimView
    private let selector: LabelSelector
    private let size: Quantity
    private let modes: Set<String>

    init(_ claim: StoredObject) {
        self.claim = claim
        wanted = PersistentVolumeClaimView(claim.value)
        selector = wanted.selector.isNull ? .everything : LabelSelector(wanted.selector)
        size = Quantity(wanted.requestedStorage) ?? .zero
        modes = Set(wanted.accessModes)
    }

    /// Whether the volume is large enough, of the right mode and not taken by another claim.
    func mayTake(_ volume: StoredObject) -> Bool {
        let offered = PersistentVolumeView(volume.value)
        return (offered.claimRef.isNull || VolumeMatching.isReserved(volume, for: claim))
            && VolumeMatching.size(volume) >= size && offered.volumeMode == wanted.volumeMode
            && !volume.isDeleting
    }

    func offersModes(_ volume: StoredObject) -> Bool {
        modes.isSubset(of: PersistentVolumeView(volume.value).accessModes)
    }

    /// Whether the volume is free for any claim like this one.
    func isFree(_ volume: StoredObject) -> Bool {
        let offered = PersistentVolumeView(volume.value)
        return offered.claimRef.isNull && offered.phase == "Available"
            && offered.storageClassName == wanted.storageClassName ?? ""
            && selector.matches(offered.labels)
    }

    /// Why the volume is not for the claim, in words; nil where it is.
    func obstacle(_ volume: StoredObject) -> String? {
        if mayTake(volume), offersModes(volume),
            isFree(volume) || VolumeMatching.isReserved(volume, for: claim)
        {
            return nil
        }
        let offered = PersistentVolumeView(volume.value)
        if volume.isDeleting { return "it is being deleted" }
        if !offered.claimRef.isNull, !VolumeMatching.isReserved(volume, for: claim) {
            let owner = offered.claimRef
            let isReleased = offered.phase == "Released"
            return (isReleased ? "it is Released: it still belongs to " : "it belongs to ")
                + "pvc/\(owner.text(.name))"
                + (owner.text(.namespace) == claim.namespace
                    ? "" : " in \(owner.text(.namespace))")
        }
        if offered.storageClassName != wanted.storageClassName ?? "" {
            return "its class is \"\(offered.storageClassName)\", the claim's \""
                + "\(wanted.storageClassName ?? "")\""
        }
        if VolumeMatching.size(volume) < size {
            return "it holds \(VolumeMatching.size(volume).text), less than \(size.text)"
        }
        if offered.volumeMode != wanted.volumeMode {
            return "its mode is \(offered.volumeMode), the claim's \(wanted.volumeMode)"
        }
        if !offersModes(volume) {
            let lacking = modes.subtracting(offered.accessModes).sorted()
            return "it offers \(offered.accessModes.joined(separator: ", ")), not "
                + lacking.joined(separator: ", ")
        }
        if !selector.matches(offered.labels) { return "the claim's selector does not select it" }
        return "it is \(offered.phase)"
    }
}

extension SimulatedCluster {
    /// Why a volume is not for a claim, by the rules of the volume controller, in words; nil where it is.
    package func obstacle(between volume: StoredObject, and claim: StoredObject) -> String? {
        VolumeSearch(claim).obstacle(volume)
    }

    /// Whether somebody is there who makes the volumes of a class, by what scripts say with `behavior`.
    package func hasProvisioner(forClass name: String) -> Bool {
        provisioning.behavior(of: name).provisions != false
    }

    /// Whether claim and volume point at each other.
    package func isFullyBound(_ claim: StoredObject) -> Bool {
        VolumeMatching.isFullyBound(claim)
    }
}
