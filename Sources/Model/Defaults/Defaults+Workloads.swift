import Support
import Value

extension Defaults {
    /// SetDefaults_ReplicationController: selector and labels come from the template.
    static func replicationController(_ value: inout Value) {
        guard !value[.spec].isNull else { return }
        let labels = value[.spec][.template][.metadata][.labels]
        if !labels.fields.isEmpty {
            if value[.spec].map(.selector).isEmpty { value[.spec][.selector] = labels }
            if value[.metadata].map(.labels).isEmpty { value[.metadata][.labels] = labels }
        }
        value[.spec].fill(.replicas, 1)
        template(&value[.spec])
    }

    /// SetDefaults_ReplicaSet.
    static func replicaSet(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.replicas, 1)
            template(&spec)
        }
    }

    /// SetDefaults_Deployment.
    static func deployment(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.replicas, 1)
            spec[.strategy].fill(.type, "RollingUpdate")
            if spec[.strategy][.type] == "RollingUpdate" {
                spec[.strategy][.rollingUpdate].fill(.maxUnavailable, "25%")
                spec[.strategy][.rollingUpdate].fill(.maxSurge, "25%")
            }
            spec.fill(.revisionHistoryLimit, 10)
            spec.fill(.progressDeadlineSeconds, 600)
            template(&spec)
        }
    }

    /// SetDefaults_StatefulSet. Conversion names kind and version of the claims' templates.
    static func statefulSet(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.podManagementPolicy, "OrderedReady")
            if spec[.updateStrategy][.type].isNull {
                spec[.updateStrategy][.type] = "RollingUpdate"
                spec[.updateStrategy].fill(.rollingUpdate, .emptyObject)
            }
            if spec[.updateStrategy][.type] == "RollingUpdate" {
                spec[.updateStrategy].ifPresent(.rollingUpdate) { $0.fill(.partition, 0) }
            }
            spec[.persistentVolumeClaimRetentionPolicy].fill(.whenDeleted, "Retain")
            spec[.persistentVolumeClaimRetentionPolicy].fill(.whenScaled, "Retain")
            spec.fill(.replicas, 1)
            spec.fill(.revisionHistoryLimit, 10)
            spec.forEach(.volumeClaimTemplates) { claim in
                claim[.apiVersion] = "v1"
                claim[.kind] = "PersistentVolumeClaim"
                persistentVolumeClaim(&claim)
            }
            template(&spec)
        }
    }

    /// SetDefaults_DaemonSet.
    static func daemonSet(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec[.updateStrategy].fill(.type, "RollingUpdate")
            if spec[.updateStrategy][.type] == "RollingUpdate" {
                spec[.updateStrategy][.rollingUpdate].fill(.maxUnavailable, 1)
                spec[.updateStrategy][.rollingUpdate].fill(.maxSurge, 0)
            }
            spec.fill(.revisionHistoryLimit, 10)
            template(&spec)
        }
    }

    /// SetDefaults_Job of batch/v1.
    static func job(_ value: inout Value) {
        guard !value[.spec].isNull else { return }
        let labels = value[.spec][.template][.metadata][.labels]
        if !labels.fields.isEmpty, value[.metadata].map(.labels).isEmpty {
            value[.metadata][.labels] = labels
        }
        var spec = value[.spec]
        if spec[.completions].isNull && spec[.parallelism].isNull { spec[.completions] = 1 }
        spec.fill(.parallelism, 1)
        // Limits per index replace the limit over all: KEP-3850.
        spec.fill(.backoffLimit, spec[.backoffLimitPerIndex].isNull ? 6 : Value(Int(Int32.max)))
        spec.fill(.completionMode, "NonIndexed")
        spec.fill(.suspend, false)
        spec.fill(.manualSelector, false)
        spec.fill(
            .podReplacementPolicy,
            spec[.podFailurePolicy].isNull ? "TerminatingOrFailed" : "Failed")
        spec.ifPresent(.podFailurePolicy) { policy in
            policy.forEach(.rules) { rule in
                rule.forEach(.onPodConditions) { $0.fill(.status, "True") }
            }
        }
        template(&spec)
        value[.spec] = spec
    }

    /// SetDefaults_CronJob. The job inside gets its defaults when it is created.
    static func cronJob(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.concurrencyPolicy, "Allow")
            spec.fill(.suspend, false)
            spec.fill(.successfulJobsHistoryLimit, 3)
            spec.fill(.failedJobsHistoryLimit, 1)
            spec.ifPresent(.jobTemplate) { job in job.ifPresent(.spec) { template(&$0) } }
        }
    }

    /// SetDefaults_HorizontalPodAutoscaler of autoscaling/v2, with the scaling rules' defaults.
    static func horizontalPodAutoscaler(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.minReplicas, 1)
            if spec.list(.metrics).isEmpty {
                spec[.metrics] = [
                    [
                        .resource: [
                            .name: "cpu",
                            .target: [.averageUtilization: 80, .type: "Utilization"],
                        ],
                        .type: "Resource",
                    ]
                ]
            }
            spec.ifPresent(.behavior) { behavior in
                scalingRules(
                    &behavior[.scaleUp], window: 0,
                    policies: [
                        [.periodSeconds: 15, .type: "Pods", .value: 4],
                        [.periodSeconds: 15, .type: "Percent", .value: 100],
                    ])
                scalingRules(
                    &behavior[.scaleDown], window: nil,
                    policies: [[.periodSeconds: 15, .type: "Percent", .value: 100]])
            }
        }
    }

    private static func scalingRules(_ rules: inout Value, window: Int?, policies: Value) {
        rules.fill(.policies, policies)
        rules.fill(.selectPolicy, "Max")
        if let window { rules.fill(.stabilizationWindowSeconds, Value(window)) }
    }
}
