/// The structs of the API server's own model from P on.
///
/// Facts from 1.36 (pkg/apis/core/types.go, pkg/apis/batch/types.go). A line is a struct with its fields in
/// their order; the letter behind a field is its zero (see ``InternalForm``).
extension InternalForm {
    static let lastTypes = """
        PersistentVolumeClaimSpec AccessModes Selector Resources:VolumeResourceRequirements \
        VolumeName:s StorageClassName VolumeMode DataSource:*TypedLocalObjectReference \
        DataSourceRef:*TypedObjectReference VolumeAttributesClassName
        PersistentVolumeClaimTemplate ^o Spec:PersistentVolumeClaimSpec
        PersistentVolumeClaimVolumeSource ClaimName:s ReadOnly:b
        PersistentVolumeSource GCEPersistentDisk:*GCEPersistentDiskVolumeSource \
        AWSElasticBlockStore:*AWSElasticBlockStoreVolumeSource HostPath:*HostPathVolumeSource \
        Glusterfs:*GlusterfsPersistentVolumeSource NFS:*NFSVolumeSource \
        RBD:*RBDPersistentVolumeSource Quobyte:*QuobyteVolumeSource \
        ISCSI:*ISCSIPersistentVolumeSource FlexVolume:*FlexPersistentVolumeSource \
        Cinder:*CinderPersistentVolumeSource CephFS:*CephFSPersistentVolumeSource \
        FC:*FCVolumeSource Flocker:*FlockerVolumeSource \
        AzureFile:*AzureFilePersistentVolumeSource \
        VsphereVolume:*VsphereVirtualDiskVolumeSource AzureDisk:*AzureDiskVolumeSource \
        PhotonPersistentDisk:*PhotonPersistentDiskVolumeSource \
        PortworxVolume:*PortworxVolumeSource ScaleIO:*ScaleIOPersistentVolumeSource \
        Local:*LocalVolumeSource StorageOS:*StorageOSPersistentVolumeSource \
        CSI:*CSIPersistentVolumeSource
        PhotonPersistentDiskVolumeSource PdID:s FSType:s
        PodAffinity RequiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm \
        PreferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm
        PodAffinityTerm LabelSelector Namespaces TopologyKey:s NamespaceSelector \
        MatchLabelKeys MismatchLabelKeys
        PodAntiAffinity RequiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm \
        PreferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm
        PodCertificateProjection SignerName:s KeyType:s MaxExpirationSeconds \
        CredentialBundlePath:s KeyPath:s CertificateChainPath:s UserAnnotations
        PodDNSConfig Nameservers Searches Options:[PodDNSConfigOption
        PodDNSConfigOption Name:s Value
        PodFailurePolicy Rules:[PodFailurePolicyRule
        PodFailurePolicyOnExitCodesRequirement ContainerName Operator:s Values
        PodFailurePolicyOnPodConditionsPattern Type:s Status:s
        PodFailurePolicyRule Action:s OnExitCodes:*PodFailurePolicyOnExitCodesRequirement \
        OnPodConditions:[PodFailurePolicyOnPodConditionsPattern
        PodOS Name:s
        PodReadinessGate ConditionType:s
        PodResourceClaim Name:s ResourceClaimName ResourceClaimTemplateName
        PodSchedulingGate Name:s
        PodSchedulingGroup PodGroupName
        PodSecurityContext HostNetwork:b HostPID:b HostIPC:b ShareProcessNamespace HostUsers \
        SELinuxOptions:*SELinuxOptions WindowsOptions:*WindowsSecurityContextOptions RunAsUser \
        RunAsGroup RunAsNonRoot SupplementalGroups SupplementalGroupsPolicy FSGroup \
        FSGroupChangePolicy Sysctls:[Sysctl SeccompProfile:*SeccompProfile \
        AppArmorProfile:*AppArmorProfile SELinuxChangePolicy
        PodSpec Volumes:[Volume InitContainers:[Container Containers:[Container \
        EphemeralContainers:[EphemeralContainer RestartPolicy:s TerminationGracePeriodSeconds \
        ActiveDeadlineSeconds DNSPolicy:s NodeSelector ServiceAccountName:s \
        AutomountServiceAccountToken NodeName:s SecurityContext:*PodSecurityContext \
        ImagePullSecrets:[LocalObjectReference Hostname:s Subdomain:s SetHostnameAsFQDN \
        Affinity:*Affinity SchedulerName:s Tolerations:[Toleration HostAliases:[HostAlias \
        PriorityClassName:s Priority PreemptionPolicy DNSConfig:*PodDNSConfig \
        ReadinessGates:[PodReadinessGate RuntimeClassName Overhead EnableServiceLinks \
        TopologySpreadConstraints:[TopologySpreadConstraint OS:*PodOS \
        SchedulingGates:[PodSchedulingGate ResourceClaims:[PodResourceClaim \
        Resources:*ResourceRequirements HostnameOverride SchedulingGroup:*PodSchedulingGroup
        PodTemplateSpec ^o Spec:PodSpec
        PortworxVolumeSource VolumeID:s FSType:s ReadOnly:b
        PreferredSchedulingTerm Weight:i Preference:NodeSelectorTerm
        Probe ^ProbeHandler InitialDelaySeconds:i TimeoutSeconds:i PeriodSeconds:i \
        SuccessThreshold:i FailureThreshold:i TerminationGracePeriodSeconds
        ProbeHandler Exec:*ExecAction HTTPGet:*HTTPGetAction TCPSocket:*TCPSocketAction \
        GRPC:*GRPCAction
        ProjectedVolumeSource Sources:[VolumeProjection DefaultMode
        QuobyteVolumeSource Registry:s Volume:s ReadOnly:b User:s Group:s Tenant:s
        RBDPersistentVolumeSource CephMonitors RBDImage:s FSType:s RBDPool:s RadosUser:s \
        Keyring:s SecretRef:*SecretReference ReadOnly:b
        RBDVolumeSource CephMonitors RBDImage:s FSType:s RBDPool:s RadosUser:s Keyring:s \
        SecretRef:*LocalObjectReference ReadOnly:b
        ResourceClaim Name:s Request:s
        ResourceFieldSelector ContainerName:s Resource:s Divisor:q
        ResourceRequirements Limits Requests Claims:[ResourceClaim
        RollingUpdateDaemonSet MaxUnavailable:i MaxSurge:i
        RollingUpdateDeployment MaxUnavailable:i MaxSurge:i
        RollingUpdateStatefulSetStrategy Partition:i MaxUnavailable
        SELinuxOptions User:s Role:s Type:s Level:s
        ScaleIOPersistentVolumeSource Gateway:s System:s SecretRef:*SecretReference \
        SSLEnabled:b ProtectionDomain:s StoragePool:s StorageMode:s VolumeName:s FSType:s \
        ReadOnly:b
        ScaleIOVolumeSource Gateway:s System:s SecretRef:*LocalObjectReference SSLEnabled:b \
        ProtectionDomain:s StoragePool:s StorageMode:s VolumeName:s FSType:s ReadOnly:b
        SeccompProfile Type:s LocalhostProfile
        SecretEnvSource ^LocalObjectReference Optional
        SecretKeySelector ^LocalObjectReference Key:s Optional
        SecretProjection ^LocalObjectReference Items:[KeyToPath Optional
        SecretReference Name:s Namespace:s
        SecretVolumeSource SecretName:s Items:[KeyToPath DefaultMode Optional
        SecurityContext Capabilities:*Capabilities Privileged SELinuxOptions:*SELinuxOptions \
        WindowsOptions:*WindowsSecurityContextOptions RunAsUser RunAsGroup RunAsNonRoot \
        ReadOnlyRootFilesystem AllowPrivilegeEscalation ProcMount \
        SeccompProfile:*SeccompProfile AppArmorProfile:*AppArmorProfile
        ServiceAccountTokenProjection Audience:s ExpirationSeconds:i Path:s
        ServicePort Name:s Protocol:s AppProtocol Port:i TargetPort:i NodePort:i
        SleepAction Seconds:i
        StatefulSetUpdateStrategy Type:s RollingUpdate:*RollingUpdateStatefulSetStrategy
        StorageOSPersistentVolumeSource VolumeName:s VolumeNamespace:s FSType:s ReadOnly:b \
        SecretRef:*ObjectReference
        StorageOSVolumeSource VolumeName:s VolumeNamespace:s FSType:s ReadOnly:b \
        SecretRef:*LocalObjectReference
        SuccessPolicy Rules:[SuccessPolicyRule
        SuccessPolicyRule SucceededIndexes SucceededCount
        Sysctl Name:s Value:s
        TCPSocketAction Port:i Host:s
        Taint Key:s Value:s Effect:s TimeAdded
        Toleration Key:s Operator:s Value:s Effect:s TolerationSeconds
        TopologySpreadConstraint MaxSkew:i TopologyKey:s WhenUnsatisfiable:s LabelSelector \
        MinDomains NodeAffinityPolicy NodeTaintsPolicy MatchLabelKeys
        TypedLocalObjectReference APIGroup Kind:s Name:s
        TypedObjectReference APIGroup Kind:s Name:s Namespace
        Volume Name:s ^VolumeSource
        VolumeDevice Name:s DevicePath:s
        VolumeMount Name:s ReadOnly:b RecursiveReadOnly MountPath:s SubPath:s MountPropagation \
        SubPathExpr:s
        VolumeNodeAffinity Required:*NodeSelector
        VolumeProjection Secret:*SecretProjection DownwardAPI:*DownwardAPIProjection \
        ConfigMap:*ConfigMapProjection ServiceAccountToken:*ServiceAccountTokenProjection \
        ClusterTrustBundle:*ClusterTrustBundleProjection \
        PodCertificate:*PodCertificateProjection
        VolumeResourceRequirements Limits Requests
        VolumeSource HostPath:*HostPathVolumeSource EmptyDir:*EmptyDirVolumeSource \
        GCEPersistentDisk:*GCEPersistentDiskVolumeSource \
        AWSElasticBlockStore:*AWSElasticBlockStoreVolumeSource GitRepo:*GitRepoVolumeSource \
        Secret:*SecretVolumeSource NFS:*NFSVolumeSource ISCSI:*ISCSIVolumeSource \
        Glusterfs:*GlusterfsVolumeSource \
        PersistentVolumeClaim:*PersistentVolumeClaimVolumeSource RBD:*RBDVolumeSource \
        Quobyte:*QuobyteVolumeSource FlexVolume:*FlexVolumeSource Cinder:*CinderVolumeSource \
        CephFS:*CephFSVolumeSource Flocker:*FlockerVolumeSource \
        DownwardAPI:*DownwardAPIVolumeSource FC:*FCVolumeSource \
        AzureFile:*AzureFileVolumeSource ConfigMap:*ConfigMapVolumeSource \
        VsphereVolume:*VsphereVirtualDiskVolumeSource AzureDisk:*AzureDiskVolumeSource \
        PhotonPersistentDisk:*PhotonPersistentDiskVolumeSource \
        Projected:*ProjectedVolumeSource PortworxVolume:*PortworxVolumeSource \
        ScaleIO:*ScaleIOVolumeSource StorageOS:*StorageOSVolumeSource CSI:*CSIVolumeSource \
        Ephemeral:*EphemeralVolumeSource Image:*ImageVolumeSource
        VsphereVirtualDiskVolumeSource VolumePath:s FSType:s StoragePolicyName:s \
        StoragePolicyID:s
        WeightedPodAffinityTerm Weight:i PodAffinityTerm:PodAffinityTerm
        WindowsSecurityContextOptions GMSACredentialSpecName GMSACredentialSpec RunAsUserName \
        HostProcess
        """
}
