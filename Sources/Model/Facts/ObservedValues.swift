/// The texts that fields are seen to hold: those of enumerations, those that the server accepts alone
/// though OpenAPI knows of none, and where the API allows any, those that Kubernetes itself writes.
package enum ObservedValues {
    /// The texts of a field; complete where no others can be there. Nil where nothing is known.
    package static func of(
        _ field: String, in type: TypeFacts
    ) -> (values: [String], isComplete: Bool)? {
        let values = FieldValues.of(field, in: type)
        if !values.isEmpty { return (values, true) }
        if let text = accepted.text(of: field, in: type) { return (words(text), true) }
        if let text = written.text(of: field, in: type) { return (words(text), true) }
        if let text = usual.text(of: field, in: type) { return (words(text), false) }
        return nil
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }

    /// What the server alone accepts where OpenAPI speaks of a text, so that `explain` lists nothing.
    private static let accepted = FieldTexts([
        #"""
        LimitRangeItem.type Container PersistentVolumeClaim Pod
        apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted Delete Retain
        apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled Delete Retain
        autoscaling.v2.HPAScalingPolicy.type Percent Pods
        autoscaling.v2.HPAScalingRules.selectPolicy Disabled Max Min
        autoscaling.v2.MetricSpec.type ContainerResource External Object Pods Resource
        autoscaling.v2.MetricTarget.type AverageValue Utilization Value
        meta.v1.LabelSelectorRequirement.operator DoesNotExist Exists In NotIn
        """#
    ])

    /// What only the control plane writes.
    private static let written = FieldTexts([
        #"""
        ComponentCondition.status False True Unknown
        Event.type Normal Warning
        NamespaceCondition.status False True Unknown
        NamespaceCondition.type NamespaceContentRemaining NamespaceDeletionContentFailure
         NamespaceDeletionDiscoveryFailure NamespaceDeletionGroupVersionParsingFailure
         NamespaceFinalizersRemaining
        NodeCondition.status False True Unknown
        PersistentVolumeClaimCondition.status False True Unknown
        PersistentVolumeClaimCondition.type ControllerResizeError FileSystemResizePending ModifyingVolume
         ModifyVolumeError NodeResizeError Resizing Unused
        PodCondition.status False True Unknown
        ReplicationControllerCondition.status False True Unknown
        ReplicationControllerCondition.type ReplicaFailure
        apps.v1.DeploymentCondition.status False True Unknown
        apps.v1.DeploymentCondition.type Available Progressing ReplicaFailure
        apps.v1.ReplicaSetCondition.status False True Unknown
        apps.v1.ReplicaSetCondition.type ReplicaFailure
        autoscaling.v2.HorizontalPodAutoscalerCondition.status False True Unknown
        autoscaling.v2.HorizontalPodAutoscalerCondition.type AbleToScale ScalingActive ScalingLimited
        batch.v1.JobCondition.status False True Unknown
        batch.v1.JobCondition.type Complete Failed FailureTarget SuccessCriteriaMet Suspended
        meta.v1.Condition.status False True Unknown
        """#
    ])

    /// What Kubernetes writes where others may write something else: readiness gates, detectors of
    /// problems, runtimes.
    private static let usual = FieldTexts([
        #"""
        ContainerStateTerminated.reason Completed ContainerCannotRun ContainerStatusUnknown Error
         OOMKilled StartError
        ContainerStateWaiting.reason ContainerCreating CrashLoopBackOff CreateContainerConfigError
         CreateContainerError ErrImageNeverPull ErrImagePull ImageInspectError ImagePullBackOff
         InvalidImageName PodInitializing PostStartHookError RunContainerError
        Event.reason AmbiguousSelector BackOff BackoffLimitExceeded CalculateExpectedPodCountFailed
         ClaimLost ClaimMisbound Completed ConflictingController Created DeadlineExceeded
         DeletingAllPods DeletingNode DeploymentRollback ErrImageNeverPull Evicted
         EvictionThresholdMet ExceededGracePeriod ExternalProvisioning Failed FailedAttachVolume
         FailedBinding FailedComputeMetricsReplicas FailedCreate FailedCreatePodContainer
         FailedCreatePodSandBox FailedDelete FailedGetResourceMetric FailedGetScale FailedKillPod
         FailedMapVolume FailedMount FailedPostStartHook FailedPreStopHook FailedRescale
         FailedScheduling FailedSync FailedUpdateStatus FailedValidation FileSystemResizeFailed
         FileSystemResizeSuccessful FreeDiskSpaceFailed InspectFailed InvalidDiskCapacity
         InvalidSchedule InvalidSelector JobAlreadyActive Killing MissSchedule MissingJob
         MultiplePodDisruptionBudgets NetworkNotReady NoPods NodeAllocatableEnforced
         NodeControllerEviction NodeHasDiskPressure NodeHasInsufficientMemory NodeHasInsufficientPID
         NodeHasNoDiskPressure NodeHasSufficientMemory NodeHasSufficientPID NodeNotReady
         NodeNotSchedulable NodeReady NodeSchedulable Preempted Preempting ProbeWarning Provisioning
         ProvisioningFailed ProvisioningSucceeded Pulled Pulling Rebooted RecyclerPod RegisteredNode
         RemovingNode ReplicaSetCreateError Resizing Resumed SandboxChanged SawCompletedJob
         ScalingReplicaSet Scheduled SelectingAll SelectorRequired Shutdown Started Starting
         SuccessfulAttachVolume SuccessfulCreate SuccessfulDelete SuccessfulMountVolume
         SuccessfulRescale Suspended TaintManagerEviction TooManyMissedTimes TooManySucceededPods
         UnexpectedJob Unhealthy UnknownTimeZone UnmanagedPods VolumeDelete VolumeFailedDelete
         VolumeMismatch VolumeRecycled VolumeResizeFailed VolumeResizeSuccessful
         WaitForFirstConsumer WaitForPodScheduled
        NodeCondition.type DiskPressure MemoryPressure NetworkUnavailable PIDPressure Ready
        PodCondition.reason ContainersNotReady DeletionByPodGC DeletionByTaintManager EvictionByEvictionAPI
         PodCompleted PodFailed PreemptionByScheduler SchedulingGated TerminationByKubelet
         Unschedulable
        PodCondition.type AllContainersRestarting ContainersReady DisruptionTarget Initialized
         PodReadyToStartContainers PodResizeInProgress PodResizePending PodScheduled Ready
        PodStatus.reason DeadlineExceeded Evicted NodeAffinity NodeLost NodeShutdown OutOfcpu
         OutOfmemory OutOfpods Preempting Terminated UnexpectedAdmissionError
        apps.v1.DeploymentCondition.reason DeploymentPaused DeploymentResumed FailedCreate
         FoundNewReplicaSet MinimumReplicasAvailable MinimumReplicasUnavailable
         NewReplicaSetAvailable NewReplicaSetCreated ProgressDeadlineExceeded ReplicaSetCreateError
         ReplicaSetUpdated
        batch.v1.JobCondition.reason BackoffLimitExceeded CompletionsReached DeadlineExceeded
         FailedIndexes JobResumed JobSuspended MaxFailedIndexesExceeded PodFailurePolicy SuccessPolicy
        """#
    ])
}
