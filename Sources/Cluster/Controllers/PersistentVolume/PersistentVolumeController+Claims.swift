import Model
import Support
import Value

// What becomes of a claim.
extension PersistentVolumeController {
    func syncClaim(_ claim: StoredObject) throws(APIError) {
        if !claim.value[.metadata][.annotations][VolumeKeys.bindCompleted].isNull {
            try syncBoundClaim(claim)
        } else if PersistentVolumeClaimView(claim.value).volumeName.isEmpty {
            try syncUnboundClaim(claim)
        } else {
            try syncPreboundClaim(claim)
        }
    }

    /// A claim that takes any fitting volume.
    private func syncUnboundClaim(_ claim: StoredObject) throws(APIError) {
        let waits = VolumeMatching.waitsForConsumer(claim, in: view)
        if let volume = VolumeMatching.best(for: claim, reservedOnly: waits, in: view) {
            return try bind(volume, claim)
        }
        let wanted = PersistentVolumeClaimView(claim.value)
        if wanted.storageClassName == nil, let found = DefaultStorageClass.find(view.state) {
            var value = claim.value
            value[.spec][.storageClassName] = Value(found.name)
            try api.update(claim, to: value)
            return
        }
        if waits, wanted.metadata.annotation(VolumeKeys.selectedNode) == nil {
            recordWaiting(claim)
        } else if wanted.storageClassName ?? "" != "" {
            return try provision(claim)
        } else {
            record(
                claim, .normal, reason: "FailedBinding",
                message:
                    "no persistent volumes available for this claim and no storage class is set"
            )
        }
        try setPending(claim)
    }

    /// A claim whose user names the volume.
    private func syncPreboundClaim(_ claim: StoredObject) throws(APIError) {
        let name = PersistentVolumeClaimView(claim.value).volumeName
        guard let volume = view.get(.persistentVolume, name: name) else {
            return try setPending(claim)
        }
        if VolumeMatching.isReserved(volume, for: claim) { return try bind(volume, claim) }
        if PersistentVolumeView(volume.value).claimRef.isNull {
            guard let problem = VolumeMatching.mismatch(volume, claim) else {
                return try bind(volume, claim)
            }
            record(
                claim, .warning, reason: "VolumeMismatch",
                message: "Cannot bind to requested volume \"\(name)\": \(problem)")
        } else {
            record(
                claim, .warning, reason: "FailedBinding",
                message: "volume \"\(name)\" already bound to a different claim.")
        }
        try setPending(claim)
    }

    /// A claim that has been bound once: it stays bound, or it has lost its data.
    private func syncBoundClaim(_ claim: StoredObject) throws(APIError) {
        let name = PersistentVolumeClaimView(claim.value).volumeName
        if name.isEmpty {
            return try lose(
                claim, "ClaimLost",
                "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!")
        }
        guard let volume = view.get(.persistentVolume, name: name) else {
            return try lose(
                claim, "ClaimLost",
                "Bound claim has lost its PersistentVolume. Data on the volume is lost!")
        }
        let reference = PersistentVolumeView(volume.value).claimRef
        if reference.isNull || reference.text(.uid) == claim.uid {
            return try bind(volume, claim)
        }
        try lose(
            claim, "ClaimMisbound",
            "Two claims are bound to the same volume, this one is bound incorrectly")
    }

    private func lose(
        _ claim: StoredObject, _ reason: String, _ message: String
    ) throws(APIError) {
        guard PersistentVolumeClaimView(claim.value).phase != "Lost" else { return }
        let lost = try setUnbound(claim, "Lost")
        record(lost, .warning, reason: reason, message: message)
    }

    private func setPending(_ claim: StoredObject) throws(APIError) {
        try setUnbound(claim, "Pending")
    }

    /// A claim without a volume has neither access modes nor capacity; the rest of its status stays
    /// (`updateClaimStatus`).
    @discardableResult
    private func setUnbound(
        _ claim: StoredObject, _ phase: String
    ) throws(APIError) -> StoredObject {
        var status = claim.value[.status]
        status[.phase] = Value(phase)
        status[.accessModes] = .null
        status[.capacity] = .null
        return try api.updateStatus(claim, to: status)
    }

    // MARK: First consumer

    /// `emitEventForUnboundDelayBindingClaim`: whom the claim waits for.
    private func recordWaiting(_ claim: StoredObject) {
        let pods = view.objects(.podsByClaim, LookUp.term(claim.namespace, claim.name)).filter {
            $0.nodeName ?? "" == ""
        }.map(\.name).sorted()
        guard !pods.isEmpty else {
            return record(
                claim, .normal, reason: "WaitForFirstConsumer",
                message: "waiting for first consumer to be created before binding")
        }
        record(
            claim, .normal, reason: "WaitForPodScheduled",
            message: "waiting for pod\(pods.count > 1 ? "s" : "") \(pods.joined(separator: ",")) "
                + "to be scheduled")
    }

    // MARK: Provisioning

    /// `provisionClaim`: nothing is made here. The claim is told who is to make its volume, and the
    /// provisioner of that name does it.
    private func provision(_ claim: StoredObject) throws(APIError) {
        let name = PersistentVolumeClaimView(claim.value).storageClassName ?? ""
        guard let storageClass = VolumeMatching.storageClass(of: claim, in: view) else {
            return record(
                claim, .warning, reason: "ProvisioningFailed",
                message: "storageclass.storage.k8s.io \"\(name)\" not found")
        }
        let provisioner =
            InTreeProvisioners.drivers[storageClass.provisioner] ?? storageClass.provisioner
        if provisioner.hasPrefix("kubernetes.io/") {
            return record(
                claim, .warning, reason: "ProvisioningFailed",
                message: "no volume plugin matched name: \(provisioner)")
        }
        var value = claim.value
        value[.metadata][.annotations][VolumeKeys.betaProvisioner] = Value(provisioner)
        value[.metadata][.annotations][VolumeKeys.provisioner] = Value(provisioner)
        let told = try api.update(claim, to: value)
        record(
            told, .normal, reason: "ExternalProvisioning",
            message: "Waiting for a volume to be created either by the external provisioner "
                + "'\(provisioner)' or manually by the system administrator. If volume creation is "
                + "delayed, please verify that the provisioner is running and correctly registered."
        )
    }
}

/// The in-tree provisioners whose claims 1.36 hands over to a CSI driver.
///
/// Source: the plugin manager of csi-translation-lib; CSI migration is on for all of them.
private enum InTreeProvisioners {
    /// By the name of the in-tree provisioner.
    static let drivers = [
        "kubernetes.io/aws-ebs": "ebs.csi.aws.com",
        "kubernetes.io/azure-disk": "disk.csi.azure.com",
        "kubernetes.io/azure-file": "file.csi.azure.com",
        "kubernetes.io/cinder": "cinder.csi.openstack.org",
        "kubernetes.io/gce-pd": "pd.csi.storage.gke.io",
        "kubernetes.io/portworx-volume": "pxd.portworx.com",
        "kubernetes.io/vsphere-volume": "csi.vsphere.vmware.com",
    ]
}
