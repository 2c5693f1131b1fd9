import Model
import Support
import Value

/// Lets a deleted claim go when no pod uses it any more.
///
/// Source: the pvc-protection controller: a pod on a node uses a claim as long as the pod exists, also
/// when it has finished.
final class ClaimProtectionController: Controller {
    init() { super.init(name: "persistentvolumeclaim-protection-controller", workers: 1) }

    override func start() {
        watch(.persistentVolumeClaim)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        if change.kind == .persistentVolumeClaim {
            if change.type != .deleted, change.object.isDeleting { enqueue(change.object) }
        } else if change.type == .deleted {
            for name in Self.claims(of: change.object) {
                enqueue(ObjectKey(namespace: change.object.namespace, name: name))
            }
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let claim = view.get(.persistentVolumeClaim, key), claim.isDeleting,
            !isUsed(key)
        else { return }
        try removeProtection(StorageObjectInUseProtection.claimFinalizer, from: claim)
    }

    private func isUsed(_ key: ObjectKey) -> Bool {
        view.objects(.podsByClaim, LookUp.term(key.namespace, key.name)).contains {
            $0.nodeName?.isEmpty == false
        }
    }

    /// The names of the claims that a pod uses.
    static func claims(of pod: StoredObject) -> [String] {
        pod.value[.spec][.volumes].elements.compactMap { volume in
            if let name = volume[.persistentVolumeClaim][.claimName].string { return name }
            return volume[.ephemeral].isNull ? nil : "\(pod.name)-\(volume.text(.name))"
        }
    }
}

/// Lets a deleted volume go when it is not bound any more. Source: the pv-protection controller.
final class VolumeProtectionController: Controller {
    init() { super.init(name: "persistentvolume-protection-controller", workers: 1) }

    override func start() { watch(.persistentVolume) }

    override func observe(_ change: Change) {
        if change.type != .deleted, change.object.isDeleting { enqueue(change.object) }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let volume = view.get(.persistentVolume, key), volume.isDeleting,
            volume.value[.status].text(.phase) != "Bound"
        else { return }
        try removeProtection(StorageObjectInUseProtection.volumeFinalizer, from: volume)
    }
}

extension Controller {
    /// Takes one finalizer from `object`, if it has it.
    fileprivate func removeProtection(
        _ name: String, from object: StoredObject
    ) throws(APIError) {
        do throws(APIError) {
            try api.modify(object) { Finalizers.remove(name, from: &$0) }
        } catch  where error.isNotFound {
            return
        }
    }
}
