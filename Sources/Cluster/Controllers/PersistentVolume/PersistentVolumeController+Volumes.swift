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
        var volume = volume
        if PersistentVolumeView(volume.value).phase != "Failed" {
            volume = try setPhase(volume, "Released")
        }
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
        try api.delete(volume)
    }

    private func fail(
        _ volume: StoredObject, _ reason: String, _ message: String
    ) throws(APIError) {
        guard PersistentVolumeView(volume.value).phase != "Failed" else { return }
        let failed = try setPhase(volume, "Failed", message: message)
        record(failed, .warning, reason: reason, message: message)
    }

    /// Scrubs a volume and makes it available again. Deprecated upstream, but alive in 1.32 for NFS and
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
        do throws(APIError) {
            try unbind(volume)
        } catch {
            enqueueRateLimited(volume.key)
        }
    }

    /// Takes the claim from a volume. A claimRef that a user wrote stays, without the uid.
    private func unbind(_ volume: StoredObject) throws(APIError) {
        var value = volume.value
        if value[.metadata][.annotations][VolumeKeys.boundByController].isNull {
            value[.spec][.claimRef][.uid] = .null
        } else {
            value[.spec][.claimRef] = .null
            var annotations = value[.metadata][.annotations].fields
            annotations.removeValue(forKey: VolumeKeys.boundByController)
            value[.metadata][.annotations] = annotations.isEmpty ? .null : .object(annotations)
        }
        try setPhase(try api.update(volume, to: value), "Available")
    }
}
