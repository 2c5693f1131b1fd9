/// What the OpenAPI document does not say of fields, from the Go types of k8s.io/api.
struct FactsSupplement {
    private var pointers = Self.table(pointerFields).union(table(extensionPointerFields))
    private var alwaysPresent = Self.table(alwaysPresentFields)
        .union(table(extensionAlwaysPresentFields))
    private var used: Set<String> = []
    /// Fields beneath which some field is always present.
    private var leading: Set<String> = []

    /// `*` for a scalar that is a pointer in Go (its zero is kept), `+` for a struct that is encoded
    /// even when it is empty.
    mutating func flags(for path: String) -> String {
        var text = ""
        if pointers.contains(path) {
            used.insert(path)
            text += "*"
        }
        if alwaysPresent.contains(path) {
            used.insert(path)
            text += "+"
        }
        if leading.contains(path) { text += ">" }
        return text
    }

    /// Finds the fields of `types` beneath which some field is always present.
    mutating func findLeading(_ types: [FactsType]) {
        var filled = Set(alwaysPresent.map { String($0[..<$0.lastIndex(of: ".")!]) })
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for type in types {
                for field in type.fields {
                    guard let reference = field.reference(in: type.name),
                        filled.contains(reference)
                    else { continue }
                    leading.insert(type.name + "." + field.name)
                    if filled.insert(type.name).inserted { isGrowing = true }
                }
            }
        }
    }

    /// Entries that no field of the input has: spelling mistakes.
    var unused: [String] {
        pointers.union(alwaysPresent).subtracting(used).sorted()
    }

    /// `Type field field` lines as full paths; a type without group stands in core.v1.
    private static func table(_ text: String) -> Set<String> {
        var paths: Set<String> = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            let type = words[0].contains(".") ? String(words[0]) : "core.v1." + words[0]
            for field in words.dropFirst() { paths.insert(type + "." + field) }
        }
        return paths
    }
}

extension FactsSupplement {
    /// Structs that Go encodes even when they are empty (no pointer, so omitempty has no effect),
    /// where the API shows `{}`.
    static let alwaysPresentFields = """
        apps.v1.DaemonSet spec status metadata
        apps.v1.DaemonSetSpec template updateStrategy
        apps.v1.Deployment spec status metadata
        apps.v1.DeploymentSpec strategy template
        apps.v1.ReplicaSet spec status metadata
        apps.v1.ReplicaSetSpec template
        apps.v1.StatefulSet spec status metadata
        apps.v1.StatefulSetSpec template updateStrategy
        apps.v1.ControllerRevision metadata
        autoscaling.v2.HorizontalPodAutoscaler spec status metadata
        autoscaling.v1.HorizontalPodAutoscaler spec status metadata
        batch.v1.CronJob spec status metadata
        batch.v1.CronJobSpec jobTemplate
        batch.v1.Job spec status metadata
        batch.v1.JobSpec template
        batch.v1.JobTemplateSpec spec metadata
        coordination.v1.Lease spec metadata
        Binding target metadata
        ConfigMap metadata
        Container resources
        ContainerStatus state lastState
        Endpoints metadata
        EphemeralContainer resources
        Event involvedObject source metadata
        LimitRange spec metadata
        Namespace spec status metadata
        Node spec status metadata
        NodeDaemonEndpoints kubeletEndpoint
        NodeStatus daemonEndpoints nodeInfo
        PersistentVolume spec status metadata
        PersistentVolumeClaim spec status metadata
        PersistentVolumeClaimSpec resources
        PersistentVolumeClaimTemplate spec metadata
        Pod spec status metadata
        PodTemplate template metadata
        PodTemplateSpec spec metadata
        ReplicationController spec status metadata
        ResourceQuota spec status metadata
        Secret metadata
        Service spec status metadata
        ServiceAccount metadata
        ServiceStatus loadBalancer
        discovery.v1.Endpoint conditions
        discovery.v1.EndpointSlice metadata
        networking.v1.Ingress spec status metadata
        networking.v1.IngressClass spec metadata
        networking.v1.IngressServiceBackend port
        networking.v1.IngressStatus loadBalancer
        networking.v1.NetworkPolicy spec metadata
        networking.v1.NetworkPolicySpec podSelector
        node.v1.RuntimeClass metadata
        policy.v1.PodDisruptionBudget spec status metadata
        rbac.v1.ClusterRole metadata
        rbac.v1.ClusterRoleBinding metadata
        rbac.v1.Role metadata
        rbac.v1.RoleBinding metadata
        scheduling.v1.PriorityClass metadata
        storage.v1.CSIDriver spec metadata
        storage.v1.CSINode spec metadata
        storage.v1.CSIStorageCapacity metadata
        storage.v1.StorageClass metadata
        storage.v1.VolumeAttachment spec status metadata
        """

    /// Optional scalars that are pointers in Go: an explicit 0, false or "" is kept.
    static let pointerFields = """
        apps.v1.DaemonSetSpec revisionHistoryLimit
        apps.v1.DaemonSetStatus collisionCount
        apps.v1.DeploymentSpec progressDeadlineSeconds replicas revisionHistoryLimit
        apps.v1.DeploymentStatus collisionCount terminatingReplicas
        apps.v1.ReplicaSetSpec replicas
        apps.v1.ReplicaSetStatus terminatingReplicas
        apps.v1.RollingUpdateStatefulSetStrategy partition
        apps.v1.StatefulSetOrdinals start
        apps.v1.StatefulSetSpec replicas revisionHistoryLimit
        apps.v1.StatefulSetStatus availableReplicas collisionCount
        autoscaling.v1.HorizontalPodAutoscalerSpec minReplicas targetCPUUtilizationPercentage
        autoscaling.v1.HorizontalPodAutoscalerStatus currentCPUUtilizationPercentage
        autoscaling.v1.HorizontalPodAutoscalerStatus observedGeneration
        autoscaling.v2.HPAScalingRules selectPolicy stabilizationWindowSeconds
        autoscaling.v2.HorizontalPodAutoscalerSpec minReplicas
        autoscaling.v2.HorizontalPodAutoscalerStatus observedGeneration
        autoscaling.v2.MetricTarget averageUtilization
        autoscaling.v2.MetricValueStatus averageUtilization
        batch.v1.CronJobSpec failedJobsHistoryLimit startingDeadlineSeconds
        batch.v1.CronJobSpec successfulJobsHistoryLimit suspend timeZone
        batch.v1.JobSpec activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode
        batch.v1.JobSpec completions managedBy manualSelector maxFailedIndexes parallelism
        batch.v1.JobSpec podReplacementPolicy suspend ttlSecondsAfterFinished
        batch.v1.JobStatus failedIndexes ready terminating
        batch.v1.PodFailurePolicyOnExitCodesRequirement containerName
        batch.v1.SuccessPolicyRule succeededCount succeededIndexes
        coordination.v1.LeaseSpec holderIdentity leaseDurationSeconds leaseTransitions
        coordination.v1.LeaseSpec preferredHolder strategy
        AppArmorProfile localhostProfile
        AzureDiskVolumeSource cachingMode fsType kind readOnly
        AzureFilePersistentVolumeSource secretNamespace
        CSIVolumeSource fsType readOnly
        ClientIPConfig timeoutSeconds
        ClusterTrustBundleProjection name optional signerName
        ConfigMap immutable
        ConfigMapEnvSource optional
        ConfigMapKeySelector optional
        ConfigMapProjection optional
        ConfigMapVolumeSource defaultMode optional
        Container restartPolicy
        ContainerStatus started
        DownwardAPIVolumeFile mode
        DownwardAPIVolumeSource defaultMode
        EndpointAddress nodeName
        EndpointPort appProtocol
        EphemeralContainer restartPolicy
        FCVolumeSource lun
        GRPCAction service
        HostPathVolumeSource type
        ISCSIPersistentVolumeSource initiatorName
        ISCSIVolumeSource initiatorName
        KeyToPath mode
        LoadBalancerIngress ipMode
        LocalVolumeSource fsType
        NodeFeatures supplementalGroupsPolicy
        NodeRuntimeHandlerFeatures recursiveReadOnlyMounts userNamespaces
        PersistentVolumeClaimSpec storageClassName volumeAttributesClassName volumeMode
        PersistentVolumeClaimStatus currentVolumeAttributesClassName
        PersistentVolumeSpec volumeAttributesClassName volumeMode
        PodDNSConfigOption value
        PodResourceClaim resourceClaimName resourceClaimTemplateName
        PodResourceClaimStatus resourceClaimName
        PodSecurityContext fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser
        PodSecurityContext seLinuxChangePolicy supplementalGroupsPolicy
        PodSpec activeDeadlineSeconds automountServiceAccountToken enableServiceLinks hostUsers
        PodSpec preemptionPolicy priority runtimeClassName setHostnameAsFQDN
        PodSpec shareProcessNamespace terminationGracePeriodSeconds
        PortStatus error
        Probe terminationGracePeriodSeconds
        ProjectedVolumeSource defaultMode
        ReplicationControllerSpec replicas
        ScaleIOVolumeSource sslEnabled
        SeccompProfile localhostProfile
        Secret immutable
        SecretEnvSource optional
        SecretKeySelector optional
        SecretProjection optional
        SecretVolumeSource defaultMode optional
        SecurityContext allowPrivilegeEscalation privileged procMount readOnlyRootFilesystem
        SecurityContext runAsGroup runAsNonRoot runAsUser
        ServiceAccount automountServiceAccountToken
        ServiceAccountTokenProjection expirationSeconds
        ServicePort appProtocol
        ServiceSpec allocateLoadBalancerNodePorts internalTrafficPolicy ipFamilyPolicy
        ServiceSpec loadBalancerClass trafficDistribution
        Toleration tolerationSeconds
        TopologySpreadConstraint minDomains nodeAffinityPolicy nodeTaintsPolicy
        TypedLocalObjectReference apiGroup
        TypedObjectReference apiGroup namespace
        VolumeMount mountPropagation recursiveReadOnly
        VolumeMountStatus recursiveReadOnly
        WindowsSecurityContextOptions gmsaCredentialSpec gmsaCredentialSpecName hostProcess
        WindowsSecurityContextOptions runAsUserName
        discovery.v1.Endpoint hostname nodeName zone
        discovery.v1.EndpointConditions ready serving terminating
        discovery.v1.EndpointPort appProtocol name port protocol
        meta.v1.DeleteOptions gracePeriodSeconds orphanDependents propagationPolicy
        meta.v1.ListMeta remainingItemCount
        meta.v1.ObjectMeta deletionGracePeriodSeconds
        meta.v1.OwnerReference blockOwnerDeletion controller
        meta.v1.Preconditions resourceVersion uid
        networking.v1.HTTPIngressPath pathType
        networking.v1.IngressClassParametersReference apiGroup namespace scope
        networking.v1.IngressPortStatus error
        networking.v1.IngressSpec ingressClassName
        networking.v1.NetworkPolicyPort endPort protocol
        policy.v1.PodDisruptionBudgetSpec unhealthyPodEvictionPolicy
        scheduling.v1.PriorityClass preemptionPolicy
        storage.v1.CSIDriverSpec attachRequired fsGroupPolicy podInfoOnMount requiresRepublish
        storage.v1.CSIDriverSpec seLinuxMount storageCapacity
        storage.v1.StorageClass allowVolumeExpansion reclaimPolicy volumeBindingMode
        storage.v1.TokenRequest expirationSeconds
        storage.v1.VolumeAttachmentSource persistentVolumeName
        storage.v1.VolumeNodeResources count
        """
}
