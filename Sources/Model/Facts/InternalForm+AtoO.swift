/// The structs of the API server's own model from A on.
///
/// Facts from 1.36 (types.go of pkg/apis/core, apps and batch). A line is a struct with its fields in
/// their order; the letter behind a field is its zero (see ``InternalForm``).
extension InternalForm {
    static let firstTypes = """
        AWSElasticBlockStoreVolumeSource VolumeID:s FSType:s Partition:i ReadOnly:b
        Affinity NodeAffinity:*NodeAffinity PodAffinity:*PodAffinity \
        PodAntiAffinity:*PodAntiAffinity
        AppArmorProfile Type:s LocalhostProfile
        AzureDiskVolumeSource DiskName:s DataDiskURI:s CachingMode FSType ReadOnly Kind
        AzureFilePersistentVolumeSource SecretName:s ShareName:s ReadOnly:b SecretNamespace
        AzureFileVolumeSource SecretName:s ShareName:s ReadOnly:b
        CSIPersistentVolumeSource Driver:s VolumeHandle:s ReadOnly:b FSType:s VolumeAttributes \
        ControllerPublishSecretRef:*SecretReference NodeStageSecretRef:*SecretReference \
        NodePublishSecretRef:*SecretReference ControllerExpandSecretRef:*SecretReference \
        NodeExpandSecretRef:*SecretReference
        CSIVolumeSource Driver:s ReadOnly FSType VolumeAttributes \
        NodePublishSecretRef:*LocalObjectReference
        Capabilities Add Drop
        CephFSPersistentVolumeSource Monitors Path:s User:s SecretFile:s \
        SecretRef:*SecretReference ReadOnly:b
        CephFSVolumeSource Monitors Path:s User:s SecretFile:s SecretRef:*LocalObjectReference \
        ReadOnly:b
        CinderPersistentVolumeSource VolumeID:s FSType:s ReadOnly:b SecretRef:*SecretReference
        CinderVolumeSource VolumeID:s FSType:s ReadOnly:b SecretRef:*LocalObjectReference
        ClusterTrustBundleProjection Name SignerName LabelSelector Optional Path:s
        ConfigMapEnvSource ^LocalObjectReference Optional
        ConfigMapKeySelector ^LocalObjectReference Key:s Optional
        ConfigMapProjection ^LocalObjectReference Items:[KeyToPath Optional
        ConfigMapVolumeSource ^LocalObjectReference Items:[KeyToPath DefaultMode Optional
        Container Name:s Image:s Command Args WorkingDir:s Ports:[ContainerPort \
        EnvFrom:[EnvFromSource Env:[EnvVar Resources:ResourceRequirements \
        ResizePolicy:[ContainerResizePolicy RestartPolicy \
        RestartPolicyRules:[ContainerRestartRule VolumeMounts:[VolumeMount \
        VolumeDevices:[VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe \
        StartupProbe:*Probe Lifecycle:*Lifecycle TerminationMessagePath:s \
        TerminationMessagePolicy:s ImagePullPolicy:s SecurityContext:*SecurityContext Stdin:b \
        StdinOnce:b TTY:b
        ContainerPort Name:s HostPort:i ContainerPort:i Protocol:s HostIP:s
        ContainerResizePolicy ResourceName:s RestartPolicy:s
        ContainerRestartRule Action:s ExitCodes:*ContainerRestartRuleOnExitCodes
        ContainerRestartRuleOnExitCodes Operator:s Values
        DaemonSetUpdateStrategy Type:s RollingUpdate:*RollingUpdateDaemonSet
        DeploymentStrategy Type:s RollingUpdate:*RollingUpdateDeployment
        DownwardAPIProjection Items:[DownwardAPIVolumeFile
        DownwardAPIVolumeFile Path:s FieldRef:*ObjectFieldSelector \
        ResourceFieldRef:*ResourceFieldSelector Mode
        DownwardAPIVolumeSource Items:[DownwardAPIVolumeFile DefaultMode
        EmptyDirVolumeSource Medium:s SizeLimit
        EnvFromSource Prefix:s ConfigMapRef:*ConfigMapEnvSource SecretRef:*SecretEnvSource
        EnvVar Name:s Value:s ValueFrom:*EnvVarSource
        EnvVarSource FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector \
        ConfigMapKeyRef:*ConfigMapKeySelector SecretKeyRef:*SecretKeySelector \
        FileKeyRef:*FileKeySelector
        EphemeralContainer ^EphemeralContainerCommon TargetContainerName:s
        EphemeralContainerCommon Name:s Image:s Command Args WorkingDir:s Ports:[ContainerPort \
        EnvFrom:[EnvFromSource Env:[EnvVar Resources:ResourceRequirements \
        ResizePolicy:[ContainerResizePolicy RestartPolicy \
        RestartPolicyRules:[ContainerRestartRule VolumeMounts:[VolumeMount \
        VolumeDevices:[VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe \
        StartupProbe:*Probe Lifecycle:*Lifecycle TerminationMessagePath:s \
        TerminationMessagePolicy:s ImagePullPolicy:s SecurityContext:*SecurityContext Stdin:b \
        StdinOnce:b TTY:b
        EphemeralVolumeSource VolumeClaimTemplate:*PersistentVolumeClaimTemplate
        ExecAction Command
        FCVolumeSource TargetWWNs Lun FSType:s ReadOnly:b WWIDs
        FileKeySelector VolumeName:s Path:s Key:s Optional
        FlexPersistentVolumeSource Driver:s FSType:s SecretRef:*SecretReference ReadOnly:b \
        Options
        FlexVolumeSource Driver:s FSType:s SecretRef:*LocalObjectReference ReadOnly:b Options
        FlockerVolumeSource DatasetName:s DatasetUUID:s
        GCEPersistentDiskVolumeSource PDName:s FSType:s Partition:i ReadOnly:b
        GRPCAction Port:i Service
        GitRepoVolumeSource Repository:s Revision:s Directory:s
        GlusterfsPersistentVolumeSource EndpointsName:s Path:s ReadOnly:b EndpointsNamespace
        GlusterfsVolumeSource EndpointsName:s Path:s ReadOnly:b
        HTTPGetAction Path:s Port:i Host:s Scheme:s HTTPHeaders:[HTTPHeader
        HTTPHeader Name:s Value:s
        HostAlias IP:s Hostnames
        HostPathVolumeSource Path:s Type
        ISCSIPersistentVolumeSource TargetPortal:s IQN:s Lun:i ISCSIInterface:s FSType:s \
        ReadOnly:b Portals DiscoveryCHAPAuth:b SessionCHAPAuth:b SecretRef:*SecretReference \
        InitiatorName
        ISCSIVolumeSource TargetPortal:s IQN:s Lun:i ISCSIInterface:s FSType:s ReadOnly:b \
        Portals DiscoveryCHAPAuth:b SessionCHAPAuth:b SecretRef:*LocalObjectReference \
        InitiatorName
        ImageVolumeSource Reference:s PullPolicy:s
        KeyToPath Key:s Path:s Mode
        Lifecycle PostStart:*LifecycleHandler PreStop:*LifecycleHandler StopSignal
        LifecycleHandler Exec:*ExecAction HTTPGet:*HTTPGetAction TCPSocket:*TCPSocketAction \
        Sleep:*SleepAction
        LocalObjectReference Name:s
        LocalVolumeSource Path:s FSType
        NFSVolumeSource Server:s Path:s ReadOnly:b
        NodeAffinity RequiredDuringSchedulingIgnoredDuringExecution:*NodeSelector \
        PreferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm
        NodeSelector NodeSelectorTerms:[NodeSelectorTerm
        NodeSelectorRequirement Key:s Operator:s Values
        NodeSelectorTerm MatchExpressions:[NodeSelectorRequirement \
        MatchFields:[NodeSelectorRequirement
        ObjectFieldSelector APIVersion:s FieldPath:s
        ObjectReference Kind:s Namespace:s Name:s UID:s APIVersion:s ResourceVersion:s \
        FieldPath:s
        """
}
