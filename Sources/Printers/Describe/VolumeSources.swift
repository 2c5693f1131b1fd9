import Support
import Value

extension VolumeSource {
    /// Every source that kubectl knows, the local ones first, in the order in which it looks.
    static let all: [VolumeSource] = localSources + networkSources

    private static let localSources: [VolumeSource] = [
        VolumeSource(
            .hostPath, "HostPath (bare host directory volume)",
            .text("Path", .path),
            .text("HostPathType", .type, or: "<none>")),
        VolumeSource(
            .emptyDir, "EmptyDir (a temporary directory that shares a pod's lifetime)",
            .text("Medium", .medium),
            Row("SizeLimit") { source in
                guard let limit = Quantity(source[.sizeLimit]), limit > .zero else {
                    return "<unset>"
                }
                return source[.sizeLimit].cellText
            }),
        VolumeSource(
            .secret, "Secret (a volume populated by a Secret)",
            .text("SecretName", .secretName),
            .flag("Optional", .optional)),
        VolumeSource(
            .configMap, "ConfigMap (a volume populated by a ConfigMap)",
            .text("Name", .name),
            .flag("Optional", .optional)),
        VolumeSource(
            .persistentVolumeClaim,
            "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
            .text("ClaimName", .claimName),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .ephemeral,
            "EphemeralVolume (an inline specification for a volume that gets created and deleted"
                + " with the pod)"),
        VolumeSource(
            .downwardAPI, "DownwardAPI (a volume populated by information about the pod)"),
        VolumeSource(
            .projected,
            "Projected (a volume that contains injected data from multiple sources)"),
        VolumeSource(
            .image, "Image (a container image or OCI artifact)",
            .text("Reference", "reference"),
            .text("PullPolicy", "pullPolicy")),
        VolumeSource(
            .local,
            "LocalVolume (a persistent volume backed by local storage on a node)",
            .text("Path", .path)),
        VolumeSource(
            .gitRepo, "GitRepo (a volume that is pulled from git when the pod is created)",
            .text("Repository", "repository"),
            .text("Revision", .revision)),
    ]

    private static let networkSources: [VolumeSource] = [
        VolumeSource(
            .nfs, "NFS (an NFS mount that lasts the lifetime of a pod)",
            .text("Server", .server),
            .text("Path", .path),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .csi, "CSI (a Container Storage Interface (CSI) volume source)",
            .text("Driver", "driver"),
            .text("FSType", .fsType),
            .text("VolumeHandle", "volumeHandle", scope: .persistentVolume),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .gcePersistentDisk,
            "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
            .text("PDName", "pdName"),
            .text("FSType", .fsType),
            .text("Partition", .partition, or: "0"),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .awsElasticBlockStore,
            "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
            .text("VolumeID", "volumeID"),
            .text("FSType", .fsType),
            .text("Partition", .partition, or: "0"),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .azureFile,
            "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
            .text("SecretName", .secretName),
            .text("SecretNamespace", "secretNamespace", scope: .persistentVolume),
            .text("ShareName", "shareName"),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .azureDisk,
            "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
            .text("DiskName", "diskName"),
            .text("DiskURI", "diskURI"),
            .text("Kind", .kind),
            .text("FSType", .fsType),
            .text("CachingMode", "cachingMode"),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .glusterfs, "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
            .text("EndpointsName", .endpoints),
            .text(
                "EndpointsNamespace", "endpointsNamespace", or: "<unset>",
                scope: .persistentVolume),
            .text("Path", .path),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .cephfs, "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
            Row("Monitors") { bracketed($0["monitors"]) },
            .text("Path", .path),
            .text("User", .user),
            .text("SecretFile", "secretFile"),
            Row("SecretRef") { secretReference($0[.secretRef]) },
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .rbd, "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
            Row("CephMonitors") { bracketed($0["monitors"]) },
            .text("RBDImage", .image),
            .text("FSType", .fsType),
            .text("RBDPool", "pool"),
            .text("RadosUser", .user),
            .text("Keyring", "keyring"),
            Row("SecretRef") { secretReference($0[.secretRef]) },
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .iscsi,
            "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then"
                + " exposed to the pod)",
            .text("TargetPortal", "targetPortal"),
            .text("IQN", "iqn"),
            .text("Lun", "lun", or: "0"),
            Row("ISCSIInterface", colon: "") { $0["iscsiInterface"].cellText },
            .text("FSType", .fsType),
            .flag("ReadOnly", .readOnly),
            Row("Portals") { bracketed($0["portals"]) },
            .flag("DiscoveryCHAPAuth", "chapAuthDiscovery"),
            .flag("SessionCHAPAuth", "chapAuthSession"),
            Row("SecretRef") { secretReference($0[.secretRef]) },
            .text("InitiatorName", "initiatorName", or: "<none>")),
        VolumeSource(
            .fc, "FC (a Fibre Channel disk)",
            Row("TargetWWNs") {
                $0["targetWWNs"].texts.joined(separator: ", ")
            },
            .text("LUN", "lun", or: "<none>"),
            .text("FSType", .fsType),
            .flag("ReadOnly", .readOnly)),
        VolumeSource(
            .vsphereVolume, "vSphereVolume (a Persistent Disk resource in vSphere)",
            .text("VolumePath", "volumePath"),
            .text("FSType", .fsType),
            .text("StoragePolicyName", "storagePolicyName")),
        VolumeSource(
            .cinder, "Cinder (a Persistent Disk resource in OpenStack)",
            .text("VolumeID", "volumeID"),
            .text("FSType", .fsType),
            .flag("ReadOnly", .readOnly),
            Row("SecretRef") { secretReference($0[.secretRef]) }),
    ]

    /// Go's `%v` of a pointer to a reference: `&LocalObjectReference{Name:s,}`.
    private static func secretReference(_ reference: Value) -> String {
        guard !reference.isNull else { return "nil" }
        let name = reference[.name].cellText
        let namespace = reference[.namespace].cellText
        return namespace.isEmpty
            ? "&LocalObjectReference{Name:\(name),}"
            : "&SecretReference{Name:\(name),Namespace:\(namespace),}"
    }
}
