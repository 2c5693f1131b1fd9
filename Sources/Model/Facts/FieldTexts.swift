/// Texts about fields, kept as lines `Type.field rest`; a type of core/v1 stands without its group.
struct FieldTexts: Sendable {
    private let texts: [String: Substring]

    /// Reads the lines of `tables`; an entry goes on in lines that begin with a blank.
    init(_ tables: [String]) {
        var texts: [String: Substring] = [:]
        for table in tables {
            var rest = table[...]
            while let blank = rest.firstIndex(of: " ") {
                let name = String(rest[..<blank])
                var end = rest[blank...].firstIndex(of: "\n") ?? rest.endIndex
                while end != rest.endIndex, rest[end...].hasPrefix("\n ") {
                    end = rest[rest.index(after: end)...].firstIndex(of: "\n") ?? rest.endIndex
                }
                texts[name] = rest[rest.index(after: blank)..<end]
                rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
            }
        }
        self.texts = texts
    }

    /// The text of a field, on one line; nil where there is none.
    func text(of field: String, in type: TypeFacts) -> String? {
        let core = "core.v1."
        let name = type.name.hasPrefix(core) ? String(type.name.dropFirst(core.count)) : type.name
        return texts["\(name).\(field)"].map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    /// The names of all entries, in alphabetical order.
    var names: [String] { texts.keys.sorted() }
}

/// One-line descriptions of fields, our own words.
enum FieldSummaries {
    static let texts = FieldTexts([
        metadata, workloads, pods, containers, network, storage, cluster,
    ])

    /// What the field is; nil where nobody has described it yet.
    static func of(_ field: String, in type: TypeFacts) -> String? {
        texts.text(of: field, in: type)
    }
}

/// The values of fields that are enumerations in the API, though OpenAPI calls them strings.
enum FieldValues {
    static let texts = FieldTexts([table])

    /// The values in the order of the API's documentation; empty for any other field.
    static func of(_ field: String, in type: TypeFacts) -> [String] {
        texts.text(of: field, in: type)?.split(separator: " ").map(String.init) ?? []
    }

    private static let table = #"""
        AppArmorProfile.type Localhost RuntimeDefault Unconfined
        Container.imagePullPolicy Always IfNotPresent Never
        Container.terminationMessagePolicy FallbackToLogsOnError File
        ContainerPort.protocol SCTP TCP UDP
        EphemeralContainer.imagePullPolicy Always IfNotPresent Never
        HTTPGetAction.scheme HTTP HTTPS
        HostPathVolumeSource.type BlockDevice CharDevice Directory DirectoryOrCreate File
         FileOrCreate Socket
        LimitRangeItem.type Container PersistentVolumeClaim Pod
        NamespaceStatus.phase Active Terminating
        NodeSelectorRequirement.operator DoesNotExist Exists Gt In Lt NotIn
        PersistentVolumeClaimSpec.accessModes ReadOnlyMany ReadWriteMany ReadWriteOnce
         ReadWriteOncePod
        PersistentVolumeClaimSpec.volumeMode Block Filesystem
        PersistentVolumeClaimStatus.phase Bound Lost Pending
        PersistentVolumeSpec.accessModes ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod
        PersistentVolumeSpec.persistentVolumeReclaimPolicy Delete Recycle Retain
        PersistentVolumeSpec.volumeMode Block Filesystem
        PersistentVolumeStatus.phase Available Bound Failed Pending Released
        PodSecurityContext.fsGroupChangePolicy Always OnRootMismatch
        PodSpec.dnsPolicy ClusterFirst ClusterFirstWithHostNet Default None
        PodSpec.preemptionPolicy Never PreemptLowerPriority
        PodSpec.restartPolicy Always Never OnFailure
        PodStatus.phase Failed Pending Running Succeeded Unknown
        PodStatus.qosClass BestEffort Burstable Guaranteed
        SeccompProfile.type Localhost RuntimeDefault Unconfined
        ServicePort.protocol SCTP TCP UDP
        ServiceSpec.externalTrafficPolicy Cluster Local
        ServiceSpec.internalTrafficPolicy Cluster Local
        ServiceSpec.ipFamilyPolicy PreferDualStack RequireDualStack SingleStack
        ServiceSpec.sessionAffinity ClientIP None
        ServiceSpec.type ClusterIP ExternalName LoadBalancer NodePort
        Taint.effect NoExecute NoSchedule PreferNoSchedule
        Toleration.effect NoExecute NoSchedule PreferNoSchedule
        Toleration.operator Equal Exists
        TopologySpreadConstraint.nodeAffinityPolicy Honor Ignore
        TopologySpreadConstraint.nodeTaintsPolicy Honor Ignore
        TopologySpreadConstraint.whenUnsatisfiable DoNotSchedule ScheduleAnyway
        VolumeMount.mountPropagation Bidirectional HostToContainer None
        apps.v1.DaemonSetUpdateStrategy.type OnDelete RollingUpdate
        apps.v1.DeploymentStrategy.type Recreate RollingUpdate
        apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted Delete Retain
        apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled Delete Retain
        apps.v1.StatefulSetSpec.podManagementPolicy OrderedReady Parallel
        apps.v1.StatefulSetUpdateStrategy.type OnDelete RollingUpdate
        autoscaling.v2.HPAScalingPolicy.type Percent Pods
        autoscaling.v2.HPAScalingRules.selectPolicy Disabled Max Min
        autoscaling.v2.MetricSpec.type ContainerResource External Object Pods Resource
        autoscaling.v2.MetricTarget.type AverageValue Utilization Value
        batch.v1.CronJobSpec.concurrencyPolicy Allow Forbid Replace
        batch.v1.JobSpec.completionMode Indexed NonIndexed
        batch.v1.JobSpec.podReplacementPolicy Failed TerminatingOrFailed
        batch.v1.PodFailurePolicyOnExitCodesRequirement.operator In NotIn
        batch.v1.PodFailurePolicyRule.action Count FailIndex FailJob Ignore
        meta.v1.LabelSelectorRequirement.operator DoesNotExist Exists In NotIn
        networking.v1.HTTPIngressPath.pathType Exact ImplementationSpecific Prefix
        networking.v1.NetworkPolicySpec.policyTypes Egress Ingress
        policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy AlwaysAllow IfHealthyBudget
        scheduling.v1.PriorityClass.preemptionPolicy Never PreemptLowerPriority
        storage.v1.StorageClass.reclaimPolicy Delete Retain
        storage.v1.StorageClass.volumeBindingMode Immediate WaitForFirstConsumer
        """#
}
