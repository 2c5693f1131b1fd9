import Support
import Value

/// A view of a Job.
public struct JobView: WorkloadView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// How many pods shall succeed; nil: any one success ends the work (a work queue).
    @inlinable public var completions: Int? { value[.spec][.completions].int }
    /// How many pods may run at once; 1 where unset.
    @inlinable public var parallelism: Int { value[.spec][.parallelism].int ?? 1 }
    /// Failed pods until the job fails; 6 where unset.
    @inlinable public var backoffLimit: Int { value[.spec][.backoffLimit].int ?? 6 }
    @inlinable public var activeDeadlineSeconds: Int? {
        value[.spec][.activeDeadlineSeconds].int
    }
    @inlinable public var ttlSecondsAfterFinished: Int? {
        value[.spec][.ttlSecondsAfterFinished].int
    }
    /// Whether it makes no pods or jobs for now (`spec.suspend`).
    @inlinable public var isSuspended: Bool { value[.spec].flag(.suspend) }
    /// Whether pods have completion indexes.
    @inlinable public var isIndexed: Bool { value[.spec].text(.completionMode) == "Indexed" }
    /// "TerminatingOrFailed" or "Failed".
    @inlinable public var podReplacementPolicy: String {
        value[.spec][.podReplacementPolicy].string ?? "TerminatingOrFailed"
    }
    @inlinable public var active: Int { value[.status].int(.active) }
    @inlinable public var succeeded: Int { value[.status].int(.succeeded) }
    @inlinable public var failed: Int { value[.status].int(.failed) }
    /// RFC 3339 text, or nil.
    @inlinable public var startTime: String? { value[.status][.startTime].string }
    @inlinable public var completionTime: String? { value[.status][.completionTime].string }
    /// Whether the job completed or failed (IsJobFinished).
    @inlinable public var isFinished: Bool {
        conditions.isTrue("Complete") || conditions.isTrue("Failed")
    }
}

/// A view of a CronJob.
public struct CronJobView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// Whether it makes no pods or jobs for now (`spec.suspend`).
    @inlinable public var schedule: String { value[.spec].text(.schedule) }
    @inlinable public var timeZone: String? { value[.spec][.timeZone].string }
    @inlinable public var isSuspended: Bool { value[.spec].flag(.suspend) }
    /// "Allow" (also where unset), "Forbid" or "Replace".
    @inlinable public var concurrencyPolicy: String {
        value[.spec][.concurrencyPolicy].string ?? "Allow"
    }
    @inlinable public var startingDeadlineSeconds: Int? {
        value[.spec][.startingDeadlineSeconds].int
    }
    /// Finished jobs to keep; 3 where unset.
    @inlinable public var successfulJobsHistoryLimit: Int {
        value[.spec][.successfulJobsHistoryLimit].int ?? 3
    }
    /// Failed jobs to keep; 1 where unset.
    @inlinable public var failedJobsHistoryLimit: Int {
        value[.spec][.failedJobsHistoryLimit].int ?? 1
    }
    @inlinable public var jobTemplate: Value { value[.spec][.jobTemplate] }
    /// References to the running jobs.
    @inlinable public var active: [Value] { value[.status].list(.active) }
    /// RFC 3339 text, or nil.
    @inlinable public var lastScheduleTime: String? { value[.status][.lastScheduleTime].string }
    @inlinable public var lastSuccessfulTime: String? {
        value[.status][.lastSuccessfulTime].string
    }
}

/// A view of a HorizontalPodAutoscaler (autoscaling/v2).
public struct HorizontalPodAutoscalerView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// apiVersion, kind and name of what is scaled.
    @inlinable public var scaleTarget: Value { value[.spec][.scaleTargetRef] }
    /// 1 where unset.
    @inlinable public var minReplicas: Int { value[.spec][.minReplicas].int ?? 1 }
    @inlinable public var maxReplicas: Int { value[.spec].int(.maxReplicas) }
    @inlinable public var metrics: [Value] { value[.spec].list(.metrics) }
    @inlinable public var behavior: Value { value[.spec][.behavior] }
    @inlinable public var currentReplicas: Int { value[.status].int(.currentReplicas) }
    @inlinable public var desiredReplicas: Int { value[.status].int(.desiredReplicas) }
}

/// A view of a PodDisruptionBudget.
public struct PodDisruptionBudgetView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// Int-or-string; null where unset.
    @inlinable public var minAvailable: Value { value[.spec][.minAvailable] }
    /// Int-or-string; null where unset.
    @inlinable public var maxUnavailable: Value { value[.spec][.maxUnavailable] }
    @inlinable public var selector: Value { value[.spec][.selector] }
    @inlinable public var disruptionsAllowed: Int { value[.status].int(.disruptionsAllowed) }
    @inlinable public var currentHealthy: Int { value[.status].int(.currentHealthy) }
    @inlinable public var desiredHealthy: Int { value[.status].int(.desiredHealthy) }
    @inlinable public var expectedPods: Int { value[.status].int(.expectedPods) }
}
