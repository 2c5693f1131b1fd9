extension FieldSummaries {
    static let workloads = #"""
        apps.v1.DeploymentSpec.minReadySeconds Seconds a pod must stay ready until it counts as available.
        apps.v1.DeploymentSpec.paused Whether changes of the template wait; scaling goes on.
        apps.v1.DeploymentSpec.progressDeadlineSeconds Seconds without progress until the rollout is
         reported as failed; it goes on trying.
        apps.v1.DeploymentSpec.replicas How many pods shall run.
        apps.v1.DeploymentSpec.revisionHistoryLimit How many old ReplicaSets are kept to go back to.
        apps.v1.DeploymentSpec.selector Which pods belong to it; must match the template's labels and
         never changes.
        apps.v1.DeploymentSpec.strategy How old pods give way to new ones.
        apps.v1.DeploymentSpec.template What its pods look like; every change starts a rollout.
        apps.v1.DeploymentStrategy.rollingUpdate The limits of a rolling update.
        apps.v1.DeploymentStrategy.type RollingUpdate replaces pods step by step, Recreate stops all
         old ones first.
        apps.v1.RollingUpdateDeployment.maxSurge How many pods may run beyond replicas, as a number or
         a share rounded up.
        apps.v1.RollingUpdateDeployment.maxUnavailable How many of the replicas may be missing, as a
         number or a share rounded down.
        apps.v1.DeploymentStatus.availableReplicas Pods that have been ready for minReadySeconds.
        apps.v1.DeploymentStatus.collisionCount How often a template's hash met another object's name.
        apps.v1.DeploymentStatus.conditions Whether it is available, makes progress, or fails to
         create pods.
        apps.v1.DeploymentStatus.observedGeneration The generation the controller has acted upon.
        apps.v1.DeploymentStatus.readyReplicas Pods whose condition Ready is true.
        apps.v1.DeploymentStatus.replicas Pods that exist, old and new.
        apps.v1.DeploymentStatus.unavailableReplicas Pods still needed until all are available.
        apps.v1.DeploymentStatus.updatedReplicas Pods of the present template.
        apps.v1.DeploymentCondition.lastTransitionTime When the status changed last.
        apps.v1.DeploymentCondition.lastUpdateTime When the condition was written last.
        apps.v1.ReplicaSetSpec.minReadySeconds Seconds a pod must stay ready until it counts as available.
        apps.v1.ReplicaSetSpec.replicas How many pods shall run.
        apps.v1.ReplicaSetSpec.selector Which pods belong to it; never changes.
        apps.v1.ReplicaSetSpec.template What new pods look like; running ones are left alone.
        apps.v1.ReplicaSetStatus.availableReplicas Pods that have been ready for minReadySeconds.
        apps.v1.ReplicaSetStatus.fullyLabeledReplicas Pods that bear all labels of the template.
        apps.v1.ReplicaSetStatus.observedGeneration The generation the controller has acted upon.
        apps.v1.ReplicaSetStatus.readyReplicas Pods whose condition Ready is true.
        apps.v1.ReplicaSetStatus.replicas Pods that exist.
        apps.v1.StatefulSetSpec.minReadySeconds Seconds a pod must stay ready until it counts as available.
        apps.v1.StatefulSetSpec.ordinals Where the numbers of the pods begin.
        apps.v1.StatefulSetSpec.persistentVolumeClaimRetentionPolicy What becomes of the claims when
         the set shrinks or goes.
        apps.v1.StatefulSetSpec.podManagementPolicy OrderedReady makes and removes pods one by one,
         Parallel all at once.
        apps.v1.StatefulSetSpec.replicas How many pods shall run, numbered in order.
        apps.v1.StatefulSetSpec.revisionHistoryLimit How many old revisions are kept to go back to.
        apps.v1.StatefulSetSpec.selector Which pods belong to it; never changes.
        apps.v1.StatefulSetSpec.serviceName The headless Service that gives each pod its DNS name.
        apps.v1.StatefulSetSpec.template What its pods look like; a change rolls from the highest
         number down.
        apps.v1.StatefulSetSpec.updateStrategy How pods get a changed template.
        apps.v1.StatefulSetSpec.volumeClaimTemplates Claims made for every pod; they outlive it.
        apps.v1.StatefulSetOrdinals.start The number of the first pod.
        apps.v1.StatefulSetUpdateStrategy.rollingUpdate The limits of a rolling update.
        apps.v1.StatefulSetUpdateStrategy.type RollingUpdate replaces pods in turn, OnDelete leaves it
         to whoever deletes them.
        apps.v1.RollingUpdateStatefulSetStrategy.partition Pods numbered below it keep the old template.
        apps.v1.RollingUpdateStatefulSetStrategy.maxUnavailable How many pods may be replaced at once;
         needs its feature gate.
        apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted Whether claims go with the set.
        apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled Whether a removed pod's
         claims go with it.
        apps.v1.StatefulSetStatus.availableReplicas Pods that have been ready for minReadySeconds.
        apps.v1.StatefulSetStatus.currentReplicas Pods of the revision before the update.
        apps.v1.StatefulSetStatus.currentRevision The revision before the update; of new pods below
         the partition, too.
        apps.v1.StatefulSetStatus.observedGeneration The generation the controller has acted upon.
        apps.v1.StatefulSetStatus.readyReplicas Pods whose condition Ready is true.
        apps.v1.StatefulSetStatus.replicas Pods that exist.
        apps.v1.StatefulSetStatus.updateRevision The revision of the present template.
        apps.v1.StatefulSetStatus.updatedReplicas Pods of the present template.
        apps.v1.DaemonSetSpec.minReadySeconds Seconds a pod must stay ready until it counts as available.
        apps.v1.DaemonSetSpec.revisionHistoryLimit How many old revisions are kept to go back to.
        apps.v1.DaemonSetSpec.selector Which pods belong to it; never changes.
        apps.v1.DaemonSetSpec.template What its pods look like; its node selection decides which nodes
         get one.
        apps.v1.DaemonSetSpec.updateStrategy How pods get a changed template.
        apps.v1.DaemonSetUpdateStrategy.rollingUpdate The limits of a rolling update.
        apps.v1.DaemonSetUpdateStrategy.type RollingUpdate replaces pods node by node, OnDelete leaves
         it to whoever deletes them.
        apps.v1.RollingUpdateDaemonSet.maxSurge On how many nodes the new pod may run before the old
         one stops.
        apps.v1.RollingUpdateDaemonSet.maxUnavailable On how many nodes the pod may be missing, as a
         number or a share rounded up.
        apps.v1.DaemonSetStatus.currentNumberScheduled Nodes that have a pod and should.
        apps.v1.DaemonSetStatus.desiredNumberScheduled Nodes that should have a pod.
        apps.v1.DaemonSetStatus.numberAvailable Nodes whose pod has been ready for minReadySeconds.
        apps.v1.DaemonSetStatus.numberMisscheduled Nodes that have a pod and should not.
        apps.v1.DaemonSetStatus.numberReady Nodes whose pod is ready.
        apps.v1.DaemonSetStatus.numberUnavailable Nodes that should have an available pod and have none.
        apps.v1.DaemonSetStatus.observedGeneration The generation the controller has acted upon.
        apps.v1.DaemonSetStatus.updatedNumberScheduled Nodes whose pod is of the present template.
        apps.v1.ControllerRevision.data The template as it was.
        apps.v1.ControllerRevision.revision Its place in the history.
        batch.v1.JobSpec.activeDeadlineSeconds Seconds the job may run until it is failed.
        batch.v1.JobSpec.backoffLimit How many failures are retried until the job is failed.
        batch.v1.JobSpec.backoffLimitPerIndex The same for each index alone.
        batch.v1.JobSpec.completionMode Whether pods have an index each.
        batch.v1.JobSpec.completions How many pods must succeed.
        batch.v1.JobSpec.manualSelector Whether the selector is given by hand; seldom right.
        batch.v1.JobSpec.parallelism How many pods may run at once.
        batch.v1.JobSpec.podFailurePolicy Which failures count, are ignored, or end the job.
        batch.v1.JobSpec.podReplacementPolicy Whether a pod is replaced when it begins to stop, or when
         it has failed.
        batch.v1.JobSpec.selector Which pods belong to it; made by the API server.
        batch.v1.JobSpec.successPolicy Which indexes suffice for success.
        batch.v1.JobSpec.suspend Whether the job rests; its running pods are deleted.
        batch.v1.JobSpec.template What its pods look like; never changes.
        batch.v1.JobSpec.ttlSecondsAfterFinished Seconds until a finished job is deleted.
        batch.v1.JobStatus.active Pods that run or wait.
        batch.v1.JobStatus.completionTime When the job succeeded.
        batch.v1.JobStatus.conditions Whether it is complete, failed or suspended.
        batch.v1.JobStatus.failed Pods that failed.
        batch.v1.JobStatus.ready Pods that are ready.
        batch.v1.JobStatus.startTime When the controller took it up, or it was resumed.
        batch.v1.JobStatus.succeeded Pods that succeeded.
        batch.v1.CronJobSpec.concurrencyPolicy What happens when the last job still runs.
        batch.v1.CronJobSpec.failedJobsHistoryLimit How many failed jobs are kept.
        batch.v1.CronJobSpec.jobTemplate What its jobs look like.
        batch.v1.CronJobSpec.schedule When to run, in cron's five fields.
        batch.v1.CronJobSpec.startingDeadlineSeconds How late a missed job may still start.
        batch.v1.CronJobSpec.successfulJobsHistoryLimit How many successful jobs are kept.
        batch.v1.CronJobSpec.suspend Whether no further jobs are started.
        batch.v1.CronJobSpec.timeZone The zone of the schedule; UTC where none is given.
        batch.v1.CronJobStatus.active The jobs that run.
        batch.v1.CronJobStatus.lastScheduleTime When a job was last due and started.
        batch.v1.CronJobStatus.lastSuccessfulTime When a job last succeeded.
        autoscaling.v2.HorizontalPodAutoscalerSpec.behavior How fast it scales up and down.
        autoscaling.v2.HorizontalPodAutoscalerSpec.maxReplicas The most replicas it asks for.
        autoscaling.v2.HorizontalPodAutoscalerSpec.metrics What it goes by; the greatest demand wins.
        autoscaling.v2.HorizontalPodAutoscalerSpec.minReplicas The fewest replicas it asks for.
        autoscaling.v2.HorizontalPodAutoscalerSpec.scaleTargetRef What it scales.
        autoscaling.v2.HorizontalPodAutoscalerStatus.currentReplicas Replicas at the last look.
        autoscaling.v2.HorizontalPodAutoscalerStatus.desiredReplicas Replicas it asked for last.
        autoscaling.v2.HPAScalingRules.policies How many pods or per cent may change in a period.
        autoscaling.v2.HPAScalingRules.selectPolicy Which of the policies wins.
        autoscaling.v2.HPAScalingRules.stabilizationWindowSeconds How long past recommendations hold
         back a change.
        policy.v1.PodDisruptionBudgetSpec.maxUnavailable How many pods evictions may take away.
        policy.v1.PodDisruptionBudgetSpec.minAvailable How many pods evictions must leave.
        policy.v1.PodDisruptionBudgetSpec.selector Which pods it protects.
        policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy When pods that are not ready may
         be evicted.
        policy.v1.PodDisruptionBudgetStatus.currentHealthy Pods that are healthy now.
        policy.v1.PodDisruptionBudgetStatus.desiredHealthy Healthy pods that must remain.
        policy.v1.PodDisruptionBudgetStatus.disruptionsAllowed Evictions that are possible now.
        policy.v1.PodDisruptionBudgetStatus.expectedPods Pods that it counts with.
        """#
}
