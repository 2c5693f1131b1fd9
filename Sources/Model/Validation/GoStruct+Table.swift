extension GoStruct {
    /// A type a line, continued where it is indented: its name, then its fields in order, each with what it
    /// is when it is not given and, if it is a struct, its type. `n` is null, `s` an empty text, `b` false, `i` 0,
    /// `q` the amount 0, `v` a struct that is always there. `+T` are the fields of `T` in this place,
    /// `@T` those of the API's own metadata. A name of the API's that does not follow from Go's stands behind `=`.
    static let text = """
        AWSElasticBlockStoreVolumeSource: VolumeID/s FSType/s Partition/i ReadOnly/b
        Affinity: NodeAffinity/nNodeAffinity PodAffinity/nPodAffinity PodAntiAffinity/nPodAntiAffinity
        AppArmorProfile: Type/s LocalhostProfile/n
        AzureDiskVolumeSource: DiskName/s DataDiskURI/s=diskURI CachingMode/n FSType/n ReadOnly/n Kind/n
        AzureFilePersistentVolumeSource: SecretName/s ShareName/s ReadOnly/b SecretNamespace/n
        AzureFileVolumeSource: SecretName/s ShareName/s ReadOnly/b
        CSIPersistentVolumeSource: Driver/s VolumeHandle/s ReadOnly/b FSType/s VolumeAttributes/n
         ControllerPublishSecretRef/nSecretReference NodeStageSecretRef/nSecretReference
         NodePublishSecretRef/nSecretReference ControllerExpandSecretRef/nSecretReference
         NodeExpandSecretRef/nSecretReference
        CSIVolumeSource: Driver/s ReadOnly/n FSType/n VolumeAttributes/n NodePublishSecretRef/nLocalObjectReference
        Capabilities: Add/n Drop/n
        CephFSPersistentVolumeSource: Monitors/n Path/s User/s SecretFile/s SecretRef/nSecretReference ReadOnly/b
        CephFSVolumeSource: Monitors/n Path/s User/s SecretFile/s SecretRef/nLocalObjectReference ReadOnly/b
        CinderPersistentVolumeSource: VolumeID/s FSType/s ReadOnly/b SecretRef/nSecretReference
        CinderVolumeSource: VolumeID/s FSType/s ReadOnly/b SecretRef/nLocalObjectReference
        ClusterTrustBundleProjection: Name/n SignerName/n LabelSelector/n Optional/n Path/s
        ConfigMapEnvSource: +LocalObjectReference Optional/n
        ConfigMapKeySelector: +LocalObjectReference Key/s Optional/n
        ConfigMapProjection: +LocalObjectReference Items/nKeyToPath Optional/n
        ConfigMapVolumeSource: +LocalObjectReference Items/nKeyToPath DefaultMode/n Optional/n
        Container: Name/s Image/s Command/n Args/n WorkingDir/s Ports/nContainerPort EnvFrom/nEnvFromSource
         Env/nEnvVar Resources/vResourceRequirements ResizePolicy/nContainerResizePolicy RestartPolicy/n
         RestartPolicyRules/nContainerRestartRule VolumeMounts/nVolumeMount VolumeDevices/nVolumeDevice
         LivenessProbe/nProbe ReadinessProbe/nProbe StartupProbe/nProbe Lifecycle/nLifecycle
         TerminationMessagePath/s TerminationMessagePolicy/s ImagePullPolicy/s SecurityContext/nSecurityContext
         Stdin/b StdinOnce/b TTY/b
        ContainerPort: Name/s HostPort/i ContainerPort/i Protocol/s HostIP/s
        ContainerResizePolicy: ResourceName/s RestartPolicy/s
        ContainerRestartRule: Action/s ExitCodes/nContainerRestartRuleOnExitCodes
        ContainerRestartRuleOnExitCodes: Operator/s Values/n
        DownwardAPIProjection: Items/nDownwardAPIVolumeFile
        DownwardAPIVolumeFile: Path/s FieldRef/nObjectFieldSelector ResourceFieldRef/nResourceFieldSelector Mode/n
        DownwardAPIVolumeSource: Items/nDownwardAPIVolumeFile DefaultMode/n
        EmptyDirVolumeSource: Medium/s SizeLimit/n
        EnvFromSource: Prefix/s ConfigMapRef/nConfigMapEnvSource SecretRef/nSecretEnvSource
        EnvVar: Name/s Value/s ValueFrom/nEnvVarSource
        EnvVarSource: FieldRef/nObjectFieldSelector ResourceFieldRef/nResourceFieldSelector
         ConfigMapKeyRef/nConfigMapKeySelector SecretKeyRef/nSecretKeySelector FileKeyRef/nFileKeySelector
        EphemeralContainer: +EphemeralContainerCommon TargetContainerName/s
        EphemeralContainerCommon: Name/s Image/s Command/n Args/n WorkingDir/s Ports/nContainerPort
         EnvFrom/nEnvFromSource Env/nEnvVar Resources/vResourceRequirements ResizePolicy/nContainerResizePolicy
         RestartPolicy/n RestartPolicyRules/nContainerRestartRule VolumeMounts/nVolumeMount
         VolumeDevices/nVolumeDevice LivenessProbe/nProbe ReadinessProbe/nProbe StartupProbe/nProbe
         Lifecycle/nLifecycle TerminationMessagePath/s TerminationMessagePolicy/s ImagePullPolicy/s
         SecurityContext/nSecurityContext Stdin/b StdinOnce/b TTY/b
        EphemeralVolumeSource: VolumeClaimTemplate/nPersistentVolumeClaimTemplate
        ExecAction: Command/n
        FCVolumeSource: TargetWWNs/n Lun/n FSType/s ReadOnly/b WWIDs/n=wwids
        FileKeySelector: VolumeName/s Path/s Key/s Optional/n
        FlexPersistentVolumeSource: Driver/s FSType/s SecretRef/nSecretReference ReadOnly/b Options/n
        FlexVolumeSource: Driver/s FSType/s SecretRef/nLocalObjectReference ReadOnly/b Options/n
        FlockerVolumeSource: DatasetName/s DatasetUUID/s
        GCEPersistentDiskVolumeSource: PDName/s FSType/s Partition/i ReadOnly/b
        GRPCAction: Port/i Service/n
        GitRepoVolumeSource: Repository/s Revision/s Directory/s
        GlusterfsPersistentVolumeSource: EndpointsName/s=endpoints Path/s ReadOnly/b EndpointsNamespace/n
        GlusterfsVolumeSource: EndpointsName/s=endpoints Path/s ReadOnly/b
        HTTPGetAction: Path/s Port/i Host/s Scheme/s HTTPHeaders/nHTTPHeader
        HTTPHeader: Name/s Value/s
        HostAlias: IP/s Hostnames/n
        HostPathVolumeSource: Path/s Type/n
        ISCSIPersistentVolumeSource: TargetPortal/s IQN/s Lun/i ISCSIInterface/s FSType/s ReadOnly/b Portals/n
         DiscoveryCHAPAuth/b=chapAuthDiscovery SessionCHAPAuth/b=chapAuthSession SecretRef/nSecretReference
         InitiatorName/n
        ISCSIVolumeSource: TargetPortal/s IQN/s Lun/i ISCSIInterface/s FSType/s ReadOnly/b Portals/n
         DiscoveryCHAPAuth/b=chapAuthDiscovery SessionCHAPAuth/b=chapAuthSession SecretRef/nLocalObjectReference
         InitiatorName/n
        ImageVolumeSource: Reference/s PullPolicy/s
        KeyToPath: Key/s Path/s Mode/n
        Lifecycle: PostStart/nLifecycleHandler PreStop/nLifecycleHandler StopSignal/n
        LifecycleHandler: Exec/nExecAction HTTPGet/nHTTPGetAction TCPSocket/nTCPSocketAction Sleep/nSleepAction
        LocalObjectReference: Name/s
        LocalVolumeSource: Path/s FSType/n
        NFSVolumeSource: Server/s Path/s ReadOnly/b
        NodeAffinity: RequiredDuringSchedulingIgnoredDuringExecution/nNodeSelector
         PreferredDuringSchedulingIgnoredDuringExecution/nPreferredSchedulingTerm
        NodeSelector: NodeSelectorTerms/nNodeSelectorTerm
        NodeSelectorRequirement: Key/s Operator/s Values/n
        NodeSelectorTerm: MatchExpressions/nNodeSelectorRequirement MatchFields/nNodeSelectorRequirement
        ObjectFieldSelector: APIVersion/s FieldPath/s
        ObjectReference: Kind/s Namespace/s Name/s UID/s APIVersion/s ResourceVersion/s FieldPath/s
        PersistentVolumeClaimSpec: AccessModes/n Selector/n Resources/vVolumeResourceRequirements VolumeName/s
         StorageClassName/n VolumeMode/n DataSource/nTypedLocalObjectReference DataSourceRef/nTypedObjectReference
         VolumeAttributesClassName/n
        PersistentVolumeClaimTemplate: @metav1.ObjectMeta Spec/vPersistentVolumeClaimSpec
        PersistentVolumeClaimVolumeSource: ClaimName/s ReadOnly/b
        PersistentVolumeSource: GCEPersistentDisk/nGCEPersistentDiskVolumeSource
         AWSElasticBlockStore/nAWSElasticBlockStoreVolumeSource HostPath/nHostPathVolumeSource
         Glusterfs/nGlusterfsPersistentVolumeSource NFS/nNFSVolumeSource RBD/nRBDPersistentVolumeSource
         Quobyte/nQuobyteVolumeSource ISCSI/nISCSIPersistentVolumeSource FlexVolume/nFlexPersistentVolumeSource
         Cinder/nCinderPersistentVolumeSource CephFS/nCephFSPersistentVolumeSource=cephfs FC/nFCVolumeSource
         Flocker/nFlockerVolumeSource AzureFile/nAzureFilePersistentVolumeSource
         VsphereVolume/nVsphereVirtualDiskVolumeSource AzureDisk/nAzureDiskVolumeSource
         PhotonPersistentDisk/nPhotonPersistentDiskVolumeSource PortworxVolume/nPortworxVolumeSource
         ScaleIO/nScaleIOPersistentVolumeSource Local/nLocalVolumeSource
         StorageOS/nStorageOSPersistentVolumeSource=storageos CSI/nCSIPersistentVolumeSource
        PhotonPersistentDiskVolumeSource: PdID/s FSType/s
        PodAffinity: RequiredDuringSchedulingIgnoredDuringExecution/nPodAffinityTerm
         PreferredDuringSchedulingIgnoredDuringExecution/nWeightedPodAffinityTerm
        PodAffinityTerm: LabelSelector/n Namespaces/n TopologyKey/s NamespaceSelector/n MatchLabelKeys/n
         MismatchLabelKeys/n
        PodAntiAffinity: RequiredDuringSchedulingIgnoredDuringExecution/nPodAffinityTerm
         PreferredDuringSchedulingIgnoredDuringExecution/nWeightedPodAffinityTerm
        PodCertificateProjection: SignerName/s KeyType/s MaxExpirationSeconds/n CredentialBundlePath/s KeyPath/s
         CertificateChainPath/s UserAnnotations/n
        PodDNSConfig: Nameservers/n Searches/n Options/nPodDNSConfigOption
        PodDNSConfigOption: Name/s Value/n
        PodOS: Name/s
        PodReadinessGate: ConditionType/s
        PodResourceClaim: Name/s ResourceClaimName/n ResourceClaimTemplateName/n
        PodSchedulingGate: Name/s
        PodSchedulingGroup: PodGroupName/n
        PodSecurityContext: HostNetwork/b HostPID/b HostIPC/b ShareProcessNamespace/n HostUsers/n
         SELinuxOptions/nSELinuxOptions WindowsOptions/nWindowsSecurityContextOptions RunAsUser/n RunAsGroup/n
         RunAsNonRoot/n SupplementalGroups/n SupplementalGroupsPolicy/n FSGroup/n FSGroupChangePolicy/n
         Sysctls/nSysctl SeccompProfile/nSeccompProfile AppArmorProfile/nAppArmorProfile SELinuxChangePolicy/n
        PodSpec: Volumes/nVolume InitContainers/nContainer Containers/nContainer
         EphemeralContainers/nEphemeralContainer RestartPolicy/s TerminationGracePeriodSeconds/n
         ActiveDeadlineSeconds/n DNSPolicy/s NodeSelector/n ServiceAccountName/s AutomountServiceAccountToken/n
         NodeName/s SecurityContext/nPodSecurityContext ImagePullSecrets/nLocalObjectReference Hostname/s
         Subdomain/s SetHostnameAsFQDN/n Affinity/nAffinity SchedulerName/s Tolerations/nToleration
         HostAliases/nHostAlias PriorityClassName/s Priority/n PreemptionPolicy/n DNSConfig/nPodDNSConfig
         ReadinessGates/nPodReadinessGate RuntimeClassName/n Overhead/n EnableServiceLinks/n
         TopologySpreadConstraints/nTopologySpreadConstraint OS/nPodOS SchedulingGates/nPodSchedulingGate
         ResourceClaims/nPodResourceClaim Resources/nResourceRequirements HostnameOverride/n
         SchedulingGroup/nPodSchedulingGroup
        PodTemplateSpec: @metav1.ObjectMeta Spec/vPodSpec
        PortworxVolumeSource: VolumeID/s FSType/s ReadOnly/b
        PreferredSchedulingTerm: Weight/i Preference/vNodeSelectorTerm
        Probe: +ProbeHandler InitialDelaySeconds/i TimeoutSeconds/i PeriodSeconds/i SuccessThreshold/i
         FailureThreshold/i TerminationGracePeriodSeconds/n
        ProbeHandler: Exec/nExecAction HTTPGet/nHTTPGetAction TCPSocket/nTCPSocketAction GRPC/nGRPCAction
        ProjectedVolumeSource: Sources/nVolumeProjection DefaultMode/n
        QuobyteVolumeSource: Registry/s Volume/s ReadOnly/b User/s Group/s Tenant/s
        RBDPersistentVolumeSource: CephMonitors/n=monitors RBDImage/s=image FSType/s RBDPool/s=pool RadosUser/s=user
         Keyring/s SecretRef/nSecretReference ReadOnly/b
        RBDVolumeSource: CephMonitors/n=monitors RBDImage/s=image FSType/s RBDPool/s=pool RadosUser/s=user Keyring/s
         SecretRef/nLocalObjectReference ReadOnly/b
        ResourceClaim: Name/s Request/s
        ResourceFieldSelector: ContainerName/s Resource/s Divisor/q
        ResourceRequirements: Limits/n Requests/n Claims/nResourceClaim
        SELinuxOptions: User/s Role/s Type/s Level/s
        ScaleIOPersistentVolumeSource: Gateway/s System/s SecretRef/nSecretReference SSLEnabled/b ProtectionDomain/s
         StoragePool/s StorageMode/s VolumeName/s FSType/s ReadOnly/b
        ScaleIOVolumeSource: Gateway/s System/s SecretRef/nLocalObjectReference SSLEnabled/b ProtectionDomain/s
         StoragePool/s StorageMode/s VolumeName/s FSType/s ReadOnly/b
        SeccompProfile: Type/s LocalhostProfile/n
        SecretEnvSource: +LocalObjectReference Optional/n
        SecretKeySelector: +LocalObjectReference Key/s Optional/n
        SecretProjection: +LocalObjectReference Items/nKeyToPath Optional/n
        SecretReference: Name/s Namespace/s
        SecretVolumeSource: SecretName/s Items/nKeyToPath DefaultMode/n Optional/n
        SecurityContext: Capabilities/nCapabilities Privileged/n SELinuxOptions/nSELinuxOptions
         WindowsOptions/nWindowsSecurityContextOptions RunAsUser/n RunAsGroup/n RunAsNonRoot/n
         ReadOnlyRootFilesystem/n AllowPrivilegeEscalation/n ProcMount/n SeccompProfile/nSeccompProfile
         AppArmorProfile/nAppArmorProfile
        ServiceAccountTokenProjection: Audience/s ExpirationSeconds/i Path/s
        SleepAction: Seconds/i
        StorageOSPersistentVolumeSource: VolumeName/s VolumeNamespace/s FSType/s ReadOnly/b
         SecretRef/nObjectReference
        StorageOSVolumeSource: VolumeName/s VolumeNamespace/s FSType/s ReadOnly/b SecretRef/nLocalObjectReference
        Sysctl: Name/s Value/s
        TCPSocketAction: Port/i Host/s
        Toleration: Key/s Operator/s Value/s Effect/s TolerationSeconds/n
        TopologySpreadConstraint: MaxSkew/i TopologyKey/s WhenUnsatisfiable/s LabelSelector/n MinDomains/n
         NodeAffinityPolicy/n NodeTaintsPolicy/n MatchLabelKeys/n
        TypedLocalObjectReference: APIGroup/n Kind/s Name/s
        TypedObjectReference: APIGroup/n Kind/s Name/s Namespace/n
        Volume: Name/s +VolumeSource
        VolumeDevice: Name/s DevicePath/s
        VolumeMount: Name/s ReadOnly/b RecursiveReadOnly/n MountPath/s SubPath/s MountPropagation/n SubPathExpr/s
        VolumeProjection: Secret/nSecretProjection DownwardAPI/nDownwardAPIProjection ConfigMap/nConfigMapProjection
         ServiceAccountToken/nServiceAccountTokenProjection ClusterTrustBundle/nClusterTrustBundleProjection
         PodCertificate/nPodCertificateProjection
        VolumeResourceRequirements: Limits/n Requests/n
        VolumeSource: HostPath/nHostPathVolumeSource EmptyDir/nEmptyDirVolumeSource
         GCEPersistentDisk/nGCEPersistentDiskVolumeSource AWSElasticBlockStore/nAWSElasticBlockStoreVolumeSource
         GitRepo/nGitRepoVolumeSource Secret/nSecretVolumeSource NFS/nNFSVolumeSource ISCSI/nISCSIVolumeSource
         Glusterfs/nGlusterfsVolumeSource PersistentVolumeClaim/nPersistentVolumeClaimVolumeSource
         RBD/nRBDVolumeSource Quobyte/nQuobyteVolumeSource FlexVolume/nFlexVolumeSource Cinder/nCinderVolumeSource
         CephFS/nCephFSVolumeSource=cephfs Flocker/nFlockerVolumeSource DownwardAPI/nDownwardAPIVolumeSource
         FC/nFCVolumeSource AzureFile/nAzureFileVolumeSource ConfigMap/nConfigMapVolumeSource
         VsphereVolume/nVsphereVirtualDiskVolumeSource AzureDisk/nAzureDiskVolumeSource
         PhotonPersistentDisk/nPhotonPersistentDiskVolumeSource Projected/nProjectedVolumeSource
         PortworxVolume/nPortworxVolumeSource ScaleIO/nScaleIOVolumeSource
         StorageOS/nStorageOSVolumeSource=storageos CSI/nCSIVolumeSource Ephemeral/nEphemeralVolumeSource
         Image/nImageVolumeSource
        VsphereVirtualDiskVolumeSource: VolumePath/s FSType/s StoragePolicyName/s StoragePolicyID/s
        WeightedPodAffinityTerm: Weight/i PodAffinityTerm/vPodAffinityTerm
        WindowsSecurityContextOptions: GMSACredentialSpecName/n GMSACredentialSpec/n RunAsUserName/n HostProcess/n
        """
}
