import Support
import Value

/// What ReplicaSets, Deployments, StatefulSets and the like have in common: they own pods made from
/// a template.
public protocol WorkloadView: ResourceView {}

extension WorkloadView {
    /// The label selector as an object; for a ReplicationController the plain map of labels.
    @inlinable public var selector: Value { value[.spec][.selector] }
    /// `spec.template`, a PodTemplateSpec.
    @inlinable public var template: Value { value[.spec][.template] }
    /// The pods of the template, as a spec view.
    @inlinable public var templateSpec: PodSpecView { PodSpecView(value[.spec][.template][.spec]) }
    /// Labels of the template.
    @inlinable public var templateLabels: Object {
        value[.spec][.template][.metadata][.labels].fields
    }
    /// `spec.replicas`; 1 where unset.
    @inlinable public var replicas: Int { value[.spec][.replicas].int ?? 1 }
    /// `spec.minReadySeconds`; 0 where unset.
    @inlinable public var minReadySeconds: Int { value[.spec].int(.minReadySeconds) }
    /// `spec.revisionHistoryLimit`; 10 where unset.
    @inlinable public var revisionHistoryLimit: Int {
        value[.spec][.revisionHistoryLimit].int ?? 10
    }
}

/// A view of a Deployment.
public struct DeploymentView: WorkloadView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// Whether changes of the template start no rollout.
    @inlinable public var isPaused: Bool { value[.spec].flag(.paused) }
    /// "RollingUpdate" (also where unset) or "Recreate".
    @inlinable public var strategyType: String {
        value[.spec][.strategy][.type].string ?? "RollingUpdate"
    }
    /// Int-or-string; null where unset.
    @inlinable public var maxSurge: Value { value[.spec][.strategy][.rollingUpdate][.maxSurge] }
    /// Int-or-string; null where unset.
    @inlinable public var maxUnavailable: Value {
        value[.spec][.strategy][.rollingUpdate][.maxUnavailable]
    }
    /// Seconds without progress until the rollout counts as failed; nil where there is no deadline.
    @inlinable public var progressDeadlineSeconds: Int? {
        value[.spec][.progressDeadlineSeconds].int
    }
    /// The number of times a template hash met another object's name; absent counts as 0.
    @inlinable public var collisionCount: Int { value[.status].int(.collisionCount) }
    /// The counters of the status.
    @inlinable public var status: ReplicaStatus { ReplicaStatus(value[.status]) }
}

/// A view of a ReplicaSet.
public struct ReplicaSetView: WorkloadView {
    public var value: Value
    /// Its counts of pods.
    @inlinable public init(_ value: Value) { self.value = value }
    @inlinable public var status: ReplicaStatus { ReplicaStatus(value[.status]) }
}

/// A view of a ReplicationController.
public struct ReplicationControllerView: WorkloadView {
    public var value: Value
    /// Its counts of pods.
    @inlinable public init(_ value: Value) { self.value = value }
    @inlinable public var status: ReplicaStatus { ReplicaStatus(value[.status]) }
}

/// A view of a StatefulSet.
public struct StatefulSetView: WorkloadView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// The governing Service's name.
    @inlinable public var serviceName: String { value[.spec].text(.serviceName) }
    /// "OrderedReady" (also where unset) or "Parallel".
    @inlinable public var podManagementPolicy: String {
        value[.spec][.podManagementPolicy].string ?? "OrderedReady"
    }
    /// "RollingUpdate" (also where unset) or "OnDelete".
    @inlinable public var updateStrategyType: String {
        value[.spec][.updateStrategy][.type].string ?? "RollingUpdate"
    }
    /// Ordinals below it keep the old revision; 0 where unset.
    @inlinable public var partition: Int {
        value[.spec][.updateStrategy][.rollingUpdate].int(.partition)
    }
    /// Int-or-string of the gated field; null where unset.
    @inlinable public var maxUnavailable: Value {
        value[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable]
    }
    /// The first ordinal (`spec.ordinals.start`); 0 where unset.
    @inlinable public var startOrdinal: Int { value[.spec][.ordinals].int(.start) }
    @inlinable public var volumeClaimTemplates: [Value] {
        value[.spec].list(.volumeClaimTemplates)
    }
    /// "Retain" (also where unset) or "Delete".
    @inlinable public var claimPolicyWhenDeleted: String {
        value[.spec][.persistentVolumeClaimRetentionPolicy][.whenDeleted].string ?? "Retain"
    }
    /// "Retain" (also where unset) or "Delete".
    @inlinable public var claimPolicyWhenScaled: String {
        value[.spec][.persistentVolumeClaimRetentionPolicy][.whenScaled].string ?? "Retain"
    }
    /// Its counts of pods.
    @inlinable public var currentRevision: String { value[.status].text(.currentRevision) }
    @inlinable public var updateRevision: String { value[.status].text(.updateRevision) }
    @inlinable public var collisionCount: Int { value[.status].int(.collisionCount) }
    @inlinable public var status: ReplicaStatus { ReplicaStatus(value[.status]) }
}

/// A view of a DaemonSet.
public struct DaemonSetView: WorkloadView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// "RollingUpdate" (also where unset) or "OnDelete".
    @inlinable public var updateStrategyType: String {
        value[.spec][.updateStrategy][.type].string ?? "RollingUpdate"
    }
    /// Int-or-string; null where unset.
    @inlinable public var maxUnavailable: Value {
        value[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable]
    }
    /// Int-or-string; null where unset.
    @inlinable public var maxSurge: Value {
        value[.spec][.updateStrategy][.rollingUpdate][.maxSurge]
    }
    /// On how many nodes a pod shall run.
    @inlinable public var collisionCount: Int { value[.status].int(.collisionCount) }
    @inlinable public var desiredNumberScheduled: Int {
        value[.status].int(.desiredNumberScheduled)
    }
    /// On how many of these nodes one runs.
    @inlinable public var currentNumberScheduled: Int {
        value[.status].int(.currentNumberScheduled)
    }
    /// On how many of these nodes one of the present template runs.
    @inlinable public var numberReady: Int { value[.status].int(.numberReady) }
    @inlinable public var numberAvailable: Int { value[.status].int(.numberAvailable) }
    @inlinable public var numberUnavailable: Int { value[.status].int(.numberUnavailable) }
    @inlinable public var numberMisscheduled: Int { value[.status].int(.numberMisscheduled) }
    @inlinable public var updatedNumberScheduled: Int {
        value[.status].int(.updatedNumberScheduled)
    }
}

/// The counters that replicated workloads show in their status; absent ones read 0.
public struct ReplicaStatus: Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    @inlinable public var replicas: Int { value.int(.replicas) }
    @inlinable public var readyReplicas: Int { value.int(.readyReplicas) }
    @inlinable public var availableReplicas: Int { value.int(.availableReplicas) }
    @inlinable public var unavailableReplicas: Int { value.int(.unavailableReplicas) }
    @inlinable public var updatedReplicas: Int { value.int(.updatedReplicas) }
    @inlinable public var currentReplicas: Int { value.int(.currentReplicas) }
    @inlinable public var fullyLabeledReplicas: Int { value.int(.fullyLabeledReplicas) }
}
