extension FieldSummaries {
    static let volumeSources = #"""
        Volume.awsElasticBlockStore An AWS disk; old, served by the driver ebs.csi.aws.com.
        Volume.azureDisk An Azure data disk; old, served by the driver disk.csi.azure.com.
        Volume.azureFile An Azure file share; old, served by the driver file.csi.azure.com.
        Volume.cephfs A CephFS folder; no longer supported.
        Volume.cinder An OpenStack disk; old, served by the driver cinder.csi.openstack.org.
        Volume.csi A short-lived volume that a CSI driver makes for the pod.
        Volume.fc A Fibre Channel disk of the node.
        Volume.flexVolume A volume of an exec-based driver; old, use CSI.
        Volume.flocker A Flocker data set; no longer supported.
        Volume.gcePersistentDisk A Google disk; old, served by the driver pd.csi.storage.gke.io.
        Volume.gitRepo A git repository's files; old and off by default, clone in an init container.
        Volume.glusterfs A Glusterfs folder; no longer supported.
        Volume.image The files of an OCI image, for reading only.
        Volume.iscsi A disk of an iSCSI target.
        Volume.photonPersistentDisk A Photon disk; no longer supported.
        Volume.portworxVolume A Portworx volume; old, served by the driver pxd.portworx.com.
        Volume.quobyte A Quobyte volume; no longer supported.
        Volume.rbd A Ceph block device; no longer supported.
        Volume.scaleIO A ScaleIO volume; no longer supported.
        Volume.storageos A StorageOS volume; no longer supported.
        Volume.vsphereVolume A vSphere disk; old, served by the driver csi.vsphere.vmware.com.
        PersistentVolumeSpec.csi A volume that a CSI driver manages.
        PersistentVolumeSpec.flexVolume A volume of an exec-based driver; old, use CSI.
        PersistentVolumeSpec.hostPath A folder of one node; for trying things out only.
        PersistentVolumeSpec.local A disk or folder that belongs to one node; needs nodeAffinity.
        PersistentVolumeSpec.mountOptions Options of the mount, such as hard or nfsvers=4.1; a wrong
         one makes mounts fail.
        PersistentVolumeSpec.nfs A folder of an NFS server.
        PersistentVolumeSpec.volumeAttributesClassName The VolumeAttributesClass the volume follows,
         such as gold.
        AWSElasticBlockStoreVolumeSource.partition The partition by number; 0 for the whole disk.
        AWSElasticBlockStoreVolumeSource.volumeID The disk, such as vol-0123.
        AzureDiskVolumeSource.cachingMode How the node caches the disk; ReadWrite where none is
         given.
        AzureDiskVolumeSource.diskName The disk's name.
        AzureDiskVolumeSource.diskURI The disk's address in the blob store or its resource ID.
        AzureDiskVolumeSource.fsType The file system; ext4 where none is given.
        AzureDiskVolumeSource.kind Shared, Dedicated or Managed storage account; Shared where none
         is given.
        AzureFileVolumeSource.secretName The Secret with account name and key.
        AzureFileVolumeSource.shareName The file share.
        AzureFilePersistentVolumeSource.secretNamespace The Secret's namespace; the claim's where
         none is given.
        CSIPersistentVolumeSource.controllerExpandSecretRef The Secret given to the driver's
         controller when the volume grows.
        CSIPersistentVolumeSource.controllerPublishSecretRef The Secret given to the driver's
         controller when it attaches the volume.
        CSIPersistentVolumeSource.nodeExpandSecretRef The Secret given to the driver on the node
         when the file system grows.
        CSIPersistentVolumeSource.nodePublishSecretRef The Secret given to the driver when it mounts
         the volume for a pod.
        CSIPersistentVolumeSource.nodeStageSecretRef The Secret given to the driver when it prepares
         the volume on a node.
        CSIPersistentVolumeSource.volumeHandle The driver's own name of the volume; unique for the
         driver, never changes.
        CSIVolumeSource.driver The CSI driver, such as ebs.csi.aws.com.
        CSIVolumeSource.nodePublishSecretRef The Secret given to the driver when it mounts the
         volume.
        CSIVolumeSource.volumeAttributes Settings that the driver understands, by name.
        CephFSVolumeSource.monitors Addresses of Ceph's monitors.
        CephFSVolumeSource.path The folder that is mounted; / where none is given.
        CephFSVolumeSource.secretFile The file of the node with the key; /etc/ceph/user.secret where
         none is given.
        CephFSVolumeSource.user The Ceph user; admin where none is given.
        CinderVolumeSource.volumeID The disk's ID in OpenStack.
        FCVolumeSource.lun The logical unit, by number.
        FCVolumeSource.targetWWNs World wide names of the targets.
        FCVolumeSource.wwids World wide identifiers of the disk, in place of targetWWNs and lun.
        FlexVolumeSource.driver The driver's name, as vendor/driver.
        FlexVolumeSource.options Settings that the driver understands.
        FlockerVolumeSource.datasetName The data set's name; old, use datasetUUID.
        FlockerVolumeSource.datasetUUID The data set's unique ID.
        GCEPersistentDiskVolumeSource.partition The partition by number; 0 for the whole disk.
        GCEPersistentDiskVolumeSource.pdName The disk's name.
        GitRepoVolumeSource.directory The folder for the files; . for the volume's root.
        GitRepoVolumeSource.repository The repository's URL.
        GitRepoVolumeSource.revision The commit.
        GlusterfsVolumeSource.endpoints The Endpoints object with the servers' addresses.
        GlusterfsVolumeSource.path The Glusterfs volume.
        GlusterfsPersistentVolumeSource.endpointsNamespace The namespace of the Endpoints; the
         claim's where none is given.
        HostPathVolumeSource.path The path on the node, such as /var/log.
        HostPathVolumeSource.type What must be there, or is made; unchecked where none is given.
        ISCSIVolumeSource.chapAuthDiscovery Whether finding targets needs CHAP.
        ISCSIVolumeSource.chapAuthSession Whether the session needs CHAP.
        ISCSIVolumeSource.initiatorName The initiator's own name; the node's where none is given.
        ISCSIVolumeSource.iqn The target's name, such as iqn.2001-04.com.example:disk1.
        ISCSIVolumeSource.iscsiInterface The interface, such as default, which it is where none is
         given.
        ISCSIVolumeSource.lun The logical unit, by number.
        ISCSIVolumeSource.portals Further addresses of the target, as ip:port.
        ISCSIVolumeSource.targetPortal The target's address, as ip:port; port 3260 where none is
         given.
        ImageVolumeSource.pullPolicy When the image is pulled; Always for the tag latest, else
         IfNotPresent.
        ImageVolumeSource.reference The image, such as registry.example.com/data:1.2.
        LocalVolumeSource.path The disk or folder on the node, such as /mnt/disks/ssd1.
        NFSVolumeSource.path The exported folder.
        NFSVolumeSource.server The server's name or address.
        PhotonPersistentDiskVolumeSource.pdID The disk's ID.
        PortworxVolumeSource.volumeID The volume's ID.
        QuobyteVolumeSource.group The group that access is mapped to; none where none is given.
        QuobyteVolumeSource.registry Addresses of registries, as host:port with commas between.
        QuobyteVolumeSource.tenant The tenant that owns the volume.
        QuobyteVolumeSource.user The user that access is mapped to; the service account's where none
         is given.
        QuobyteVolumeSource.volume The volume's name.
        RBDVolumeSource.image The image's name.
        RBDVolumeSource.keyring The keyring's file on the node; /etc/ceph/keyring where none is
         given.
        RBDVolumeSource.monitors Addresses of Ceph's monitors.
        RBDVolumeSource.pool The pool; rbd where none is given.
        RBDVolumeSource.user The Ceph user; admin where none is given.
        ScaleIOVolumeSource.fsType The file system; xfs where none is given.
        ScaleIOVolumeSource.gateway The address of the API gateway.
        ScaleIOVolumeSource.protectionDomain The protection domain of the storage.
        ScaleIOVolumeSource.sslEnabled Whether the gateway is asked over SSL; false where none is
         given.
        ScaleIOVolumeSource.storageMode ThickProvisioned or ThinProvisioned; the latter where none
         is given.
        ScaleIOVolumeSource.storagePool The pool of the protection domain.
        ScaleIOVolumeSource.system The storage system's name.
        ScaleIOVolumeSource.volumeName The volume that exists already.
        StorageOSVolumeSource.volumeName The volume's name, unique in its namespace.
        StorageOSVolumeSource.volumeNamespace StorageOS's namespace; the pod's where none is given.
        VsphereVirtualDiskVolumeSource.storagePolicyID The ID of the storage policy.
        VsphereVirtualDiskVolumeSource.storagePolicyName The name of the storage policy.
        VsphereVirtualDiskVolumeSource.volumePath The disk's path, such as [datastore1]
         volumes/disk1.
        PersistentVolumeClaimVolumeSource.claimName The claim, in the pod's namespace.
        PersistentVolumeClaimVolumeSource.readOnly Whether mounts are read-only; false where none is
         given.
        EphemeralVolumeSource.volumeClaimTemplate The claim that is made; its name is POD-VOLUME,
         and it goes with the pod.
        PersistentVolumeClaimTemplate.metadata Labels and annotations of the claim; nothing else is
         allowed.
        PersistentVolumeClaimTemplate.spec The claim's spec, copied as it is.
        ConfigMapVolumeSource.defaultMode Permission bits of the files; 0644 where none is given.
        ConfigMapVolumeSource.items Which keys become which files; all under their own names where
         none are given.
        ConfigMapVolumeSource.name The ConfigMap, in the pod's namespace.
        ConfigMapVolumeSource.optional Whether the pod starts without it; false where none is given.
        SecretVolumeSource.defaultMode Permission bits of the files; 0644 where none is given.
        SecretVolumeSource.items Which keys become which files; all under their own names where none
         are given.
        SecretVolumeSource.optional Whether the pod starts without it; false where none is given.
        SecretVolumeSource.secretName The Secret, in the pod's namespace.
        SecretProjection.items Which keys become which files; all under their own names where none
         are given.
        SecretProjection.name The Secret, in the pod's namespace.
        SecretProjection.optional Whether the pod starts without it; false where none is given.
        KeyToPath.key The key.
        KeyToPath.mode Permission bits of the file, such as 0400; defaultMode where none is given.
        KeyToPath.path The file, relative to the volume; no step up (..) in it.
        DownwardAPIVolumeSource.defaultMode Permission bits of the files; 0644 where none is given.
        DownwardAPIVolumeSource.items Which facts become which files.
        DownwardAPIVolumeFile.fieldRef A field of the pod: name, namespace, uid, labels or
         annotations.
        DownwardAPIVolumeFile.mode Permission bits of the file; defaultMode where none is given.
        DownwardAPIVolumeFile.path The file, relative to the volume.
        DownwardAPIVolumeFile.resourceFieldRef A request or limit of a container.
        ProjectedVolumeSource.defaultMode Permission bits of the files; 0644 where none is given.
        ProjectedVolumeSource.sources What comes together in the folder.
        VolumeProjection.clusterTrustBundle Certificates of authorities, from ClusterTrustBundles.
        VolumeProjection.configMap Files from a ConfigMap's keys.
        VolumeProjection.downwardAPI Files from fields of the pod.
        VolumeProjection.podCertificate A key and a certificate of the pod's own, renewed by the
         kubelet.
        VolumeProjection.secret Files from a Secret's keys.
        VolumeProjection.serviceAccountToken A token of the pod's service account, renewed by the
         kubelet.
        ServiceAccountTokenProjection.audience Whom the token is for; the API server where none is
         given.
        ServiceAccountTokenProjection.expirationSeconds Seconds the token is good for; 3600 where
         none is given, at least 600.
        ServiceAccountTokenProjection.path The file, relative to the volume.
        ClusterTrustBundleProjection.labelSelector Which bundles of the signer are joined; none
         match where none is given.
        ClusterTrustBundleProjection.name One bundle by name; not together with signerName.
        ClusterTrustBundleProjection.optional Whether the pod starts without it; false where none is
         given.
        ClusterTrustBundleProjection.path The file, relative to the volume.
        ClusterTrustBundleProjection.signerName The signer whose bundles are joined.
        PodCertificateProjection.certificateChainPath The file of the certificates alone.
        PodCertificateProjection.credentialBundlePath The file with key and certificates in one; the
         best choice.
        PodCertificateProjection.keyPath The file of the key alone.
        PodCertificateProjection.keyType The kind of key, such as ED25519, ECDSAP256 or RSA3072.
        PodCertificateProjection.maxExpirationSeconds The longest life of the certificate; 86400 (a
         day) where none is given.
        PodCertificateProjection.signerName The signer that is asked.
        PodCertificateProjection.userAnnotations Further facts for the signer, by key.
        """#
}
