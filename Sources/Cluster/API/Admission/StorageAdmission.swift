import Model
import Support
import Value

/// Gives a claim without a class the default StorageClass.
/// Source: the DefaultStorageClass plugin; of several defaults the newest wins, then the first name.
struct DefaultStorageClass: AdmissionPlugin {
    var kinds: [Kind] { [.persistentVolumeClaim] }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.operation == .create,
            PersistentVolumeClaimView(request.object).storageClassName == nil,
            let found = Self.find(request.server.store.state)
        else { return }
        request.object[.spec][.storageClassName] = Value(found.name)
    }

    /// The default class, or nil.
    static func find(_ state: ClusterState) -> StoredObject? {
        let found = state.list(.storageClass, where: { StorageClassView($0.value).isDefault })
        return found.max { left, right in
            let (old, new) = (
                left.value[.metadata].text(.creationTimestamp),
                right.value[.metadata].text(.creationTimestamp)
            )
            return old == new ? left.name > right.name : old < new
        }
    }
}

/// Puts the finalizers on claims and volumes that keep them while they are in use.
/// Source: the StorageObjectInUseProtection plugin.
struct StorageObjectInUseProtection: AdmissionPlugin {
    static let claimFinalizer = "kubernetes.io/pvc-protection"
    static let volumeFinalizer = "kubernetes.io/pv-protection"

    var kinds: [Kind] { [.persistentVolumeClaim, .persistentVolume] }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.operation == .create else { return }
        let name =
            request.kind == .persistentVolume ? Self.volumeFinalizer : Self.claimFinalizer
        Finalizers.add(name, to: &request.object)
    }
}

/// Lets only claims grow that can. Source: the PersistentVolumeClaimResize plugin.
struct ClaimResize: AdmissionPlugin {
    var kinds: [Kind] { [.persistentVolumeClaim] }

    func validate(_ request: AdmissionRequest) throws(APIError) {
        guard request.operation == .update, let old = request.old else { return }
        let wanted = PersistentVolumeClaimView(request.object).requestedStorage
        let before = PersistentVolumeClaimView(old.value).requestedStorage
        guard let new = Quantity(wanted), let size = Quantity(before), new > size else { return }
        if PersistentVolumeClaimView(old.value).phase != "Bound" {
            throw .forbidden(
                request.info, request.key.name,
                "Only bound persistent volume claims can be expanded")
        }
        let name = PersistentVolumeClaimView(old.value).storageClassName ?? ""
        let found = request.server.store.state.get(.storageClass, name: name)
        guard let found, StorageClassView(found.value).allowsVolumeExpansion else {
            throw .forbidden(
                request.info, request.key.name,
                "only dynamically provisioned pvc can be resized and the storageclass that "
                    + "provisions the pvc must support resize")
        }
    }
}
