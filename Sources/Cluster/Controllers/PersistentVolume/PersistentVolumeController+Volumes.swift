import Model
import Support
import Value

// What becomes of a volume.
extension PersistentVolumeController {
    func syncVolume(_ volume: StoredObject) throws(APIError) {
        let reference = PersistentVolumeView(volume.value).claimRef
        let uid = reference.text(.uid)
        if uid.isEmpty {
            try setPhase(volume, "Available")
            return
        }
        let key = ObjectKey(namespace: reference.text(.namespace), name: reference.text(.name))
        guard let claim = view.get(.persistentVolumeClaim, key), claim.uid == uid else {
            return try release(volume)
        }
        let claimed = PersistentVolumeClaimView(claim.value).volumeName
        if claimed == volume.name {
            try setPhase(volume, "Bound")
        } else if claimed.isEmpty {
            if !recordModeMismatch(volume, claim) { enqueue(claim) }
        } else if isProvisioned(volume),
            PersistentVolumeView(volume.value).reclaimPolicy == "Delete"
        {
            try release(volume)
        } else {
            try unbind(volume)
        }
    }

    private func recordModeMismatch(_ volume: StoredObject, _ claim: StoredObject) -> Bool {
        guard
            PersistentVolumeView(volume.value).volumeMode
                != PersistentVolumeClaimView(claim.value).volumeMode
        else { return false }
        record(
            volume, .warning, reason: "VolumeMismatch",
            message: "Cannot bind PersistentVolume to requested PersistentVolumeClaim "
                + "\"\(claim.name)\" due to incompatible volumeMode.")
        record(
            claim, .warning, reason: "VolumeMismatch",
            message: "Cannot bind PersistentVolume \"\(volume.name)\" to requested "
                + "PersistentVolumeClaim due to incompatible volumeMode.")
        return true
    }

    private func isProvisioned(_ volume: StoredObject) -> Bool {
        !volume.value[.metadata][.annotations][VolumeKeys.provisionedBy].isNull
    }

    // MARK: Reclaiming

    /// The claim is gone: the volume is Released, unless reclaiming it failed before.
    private func release(_ volume: StoredObject) throws(APIError) {
        if ["Released", "Failed"].contains(PersistentVolumeView(volume.value).phase) {
            return try reclaim(volume)
        }
        let request: Request = { [unowned self] () throws(APIError) in
            try reclaim(try setPhase(volume, "Released"))
        }
        try send(request)
    }

    private func reclaim(_ volume: StoredObject) throws(APIError) {
        switch PersistentVolumeView(volume.value).reclaimPolicy {
        case "Delete": try deleteVolume(volume)
        case "Recycle": try recycle(volume)
        default: return
        }
    }

    /// A volume that a provisioner made, or that is a CSI driver's, is deleted by it; of the others only
    /// a hostPath below /tmp can be deleted at all. That it is being deleted by a user already makes no
    /// difference (KEP-2644).
    private func deleteVolume(_ volume: StoredObject) throws(APIError) {
        if !volume.value[.spec][.csi].isNull { return }
        if let maker = volume.value[.metadata][.annotations][VolumeKeys.provisionedBy].string,
            !maker.hasPrefix("kubernetes.io/")
        {
            return
        }
        guard let path = volume.value[.spec][.hostPath][.path].string else {
            return try fail(
                volume, "VolumeFailedDelete",
                "error getting deleter volume plugin for volume \"\(volume.name)\": "
                    + "no deletable volume plugin matched")
        }
        guard path.hasPrefix("/tmp/"), path.utf8.count > 5 else {
            return try fail(
                volume, "VolumeFailedDelete",
                "host_path deleter only supports /tmp/.+ but received provided \(path)")
        }
        let request: Request = { [unowned self] () throws(APIError) in try api.delete(volume) }
        try send(request)
    }

    private func fail(
        _ volume: StoredObject, _ reason: String, _ message: String
    ) throws(APIError) {
        guard PersistentVolumeView(volume.value).phase != "Failed" else { return }
        let request: Request = { [unowned self] () throws(APIError) in
            let failed = try setPhase(volume, "Failed", message: message)
            record(failed, .warning, reason: reason, message: message)
        }
        try send(request)
    }

    /// Scrubs a volume and makes it available again. Deprecated upstream, but alive in 1.36 for NFS and
    /// hostPath.
    private func recycle(_ volume: StoredObject) throws(APIError) {
        guard !recycling.contains(volume.name) else { return }
        let spec = volume.value[.spec]
        guard !spec[.nfs].isNull || !spec[.hostPath].isNull else {
            return try fail(
                volume, "VolumeFailedRecycle", "No recycler plugin found for the volume!")
        }
        recycling.insert(volume.name)
        schedule(
            after: Self.recyclingTime, code: Code.recycled, a: Int(volume.slot.index))
    }

    func finishRecycling(_ slot: Slot) {
        guard let volume = view.get(.persistentVolume, slot),
            recycling.remove(volume.name) != nil,
            PersistentVolumeView(volume.value).phase == "Released"
        else { return }
        record(volume, .normal, reason: "VolumeRecycled", message: "Volume recycled")
        // A timer is no sync, whose requests would have turns: both are made at once.
        do throws(APIError) {
            try setPhase(try api.update(volume, to: unbound(volume)), "Available")
        } catch {
            enqueueRateLimited(volume.key)
        }
    }

    /// Takes the claim from a volume.
    private func unbind(_ volume: StoredObject) throws(APIError) {
        let request: Request = { [unowned self] () throws(APIError) in
            let freed = try api.update(volume, to: unbound(volume))
            let availability: Request = { [unowned self] () throws(APIError) in
                try setPhase(freed, "Available")
            }
            try send(availability)
        }
        try send(request)
    }

    /// A volume without its claim. A claimRef that a user wrote stays, without the uid.
    private func unbound(_ volume: StoredObject) -> Value {
        var value = volume.value
        if value[.metadata][.annotations][VolumeKeys.boundByController].isNull {
            value[.spec][.claimRef][.uid] = .null
        } else {
            value[.spec][.claimRef] = .null
            var annotations = value[.metadata][.annotations].fields
            annotations.removeValue(forKey: VolumeKeys.boundByController)
            value[.metadata][.annotations] = annotations.isEmpty ? .null : .object(annotations)
        }
        return value
    }
}
