extension FieldSummaries {
    static let workloads = #"""
        apps.v1.ControllerRevision.metadata Name, namespace, labels, owners; the owner is the
         StatefulSet or DaemonSet.
        apps.v1.Deployment.spec The template of the pods, how many, and how they are replaced.
        apps.v1.ReplicaSet.spec The template of the pods, and how many.
        apps.v1.StatefulSet.spec The template of the pods and their claims, how many, and how they
         are replaced.
        apps.v1.DaemonSet.spec The template of the pods, and how they are replaced.
        batch.v1.Job.spec The template of the pods, and how many must succeed.
        batch.v1.CronJob.spec When to start, and the template of the Jobs.
        apps.v1.DaemonSetStatus.collisionCount How often a template's hash met another revision's
         name.
        apps.v1.DaemonSetStatus.conditions What holds at present; the controller itself writes none.
        apps.v1.DeploymentCondition.reason One word for programs, such as MinimumReplicasAvailable
         or ProgressDeadlineExceeded.
        apps.v1.DeploymentCondition.type Available, Progressing or ReplicaFailure.
        apps.v1.DeploymentStatus.terminatingReplicas Pods that are being deleted and not yet gone;
         not among replicas.
        apps.v1.ReplicaSetCondition.type ReplicaFailure, the one there is.
        apps.v1.ReplicaSetStatus.conditions ReplicaFailure while pods cannot be created or deleted.
        apps.v1.ReplicaSetStatus.terminatingReplicas Pods that are being deleted and not yet gone;
         not among replicas.
        apps.v1.StatefulSetStatus.collisionCount How often a template's hash met another revision's
         name.
        apps.v1.StatefulSetStatus.conditions What holds at present; the controller itself writes
         none.
        batch.v1.JobCondition.type Complete, Failed, Suspended, SuccessCriteriaMet or FailureTarget.
        batch.v1.JobCondition.reason One word for programs, such as BackoffLimitExceeded or
         DeadlineExceeded.
        batch.v1.JobSpec.managedBy Who looks after the Job, as domain/path;
         kubernetes.io/job-controller where none is given.
        batch.v1.JobSpec.maxFailedIndexes How many indexes may fail before the Job does; only with
         backoffLimitPerIndex.
        batch.v1.JobStatus.completedIndexes Indexes that have succeeded, such as 1,3-5,7.
        batch.v1.JobStatus.failedIndexes Indexes that have failed for good, such as 1,3-5,7.
        batch.v1.JobStatus.terminating Pods that are being deleted and not yet gone.
        batch.v1.JobStatus.uncountedTerminatedPods Pods that have ended and are still to be counted.
        batch.v1.JobTemplateSpec.metadata Labels and annotations of the Jobs.
        batch.v1.JobTemplateSpec.spec What the Jobs do.
        batch.v1.PodFailurePolicy.rules Rules in order; the first that matches a failed pod decides;
         at most 20.
        batch.v1.PodFailurePolicyOnExitCodesRequirement.containerName The container; any where none
         is given.
        batch.v1.PodFailurePolicyOnExitCodesRequirement.operator In for the listed codes, NotIn for
         all others; never for 0.
        batch.v1.PodFailurePolicyOnExitCodesRequirement.values Exit codes, such as [42]; at most
         255.
        batch.v1.PodFailurePolicyOnPodConditionsPattern.status The condition's status; True where
         none is given.
        batch.v1.PodFailurePolicyOnPodConditionsPattern.type The condition, such as
         DisruptionTarget.
        batch.v1.PodFailurePolicyRule.action What a match means: fail the Job or the index, count
         the failure, or ignore it.
        batch.v1.PodFailurePolicyRule.onExitCodes Exit codes that match; not together with
         onPodConditions.
        batch.v1.PodFailurePolicyRule.onPodConditions Conditions of the pod, one of which must
         match.
        batch.v1.SuccessPolicy.rules Rules of which one is enough for the Job to succeed early; at
         most 20.
        batch.v1.SuccessPolicyRule.succeededCount How many indexes must succeed; of succeededIndexes
         if they are given.
        batch.v1.SuccessPolicyRule.succeededIndexes Indexes that must succeed, such as 0-2,5; all of
         them without succeededCount.
        batch.v1.UncountedTerminatedPods.failed Uids of failed pods that are still to be counted.
        batch.v1.UncountedTerminatedPods.succeeded Uids of succeeded pods that are still to be
         counted.
        policy.v1.PodDisruptionBudget.spec Which pods, and how many of them must stay.
        policy.v1.PodDisruptionBudgetStatus.conditions DisruptionAllowed: whether a pod may be
         evicted now.
        policy.v1.PodDisruptionBudgetStatus.disruptedPods Pods whose eviction was granted, with the
         time, until they are seen to go.
        policy.v1.PodDisruptionBudgetStatus.observedGeneration The generation that the numbers were
         made from.
        autoscaling.v2.HorizontalPodAutoscaler.spec What is scaled, within which bounds, by which
         metrics.
        autoscaling.v2.CrossVersionObjectReference.apiVersion Group and version of the object, such
         as apps/v1.
        autoscaling.v2.CrossVersionObjectReference.kind The object's kind, such as Deployment.
        autoscaling.v2.CrossVersionObjectReference.name The object's name, in the same namespace.
        autoscaling.v1.HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage The wanted use of
         cpu, in percent of the requests; 80 where none is given.
        autoscaling.v1.HorizontalPodAutoscalerStatus.currentCPUUtilizationPercentage The use of cpu
         seen last, in percent of the requests.
        autoscaling.v2.ContainerResourceMetricSource.container The container whose use counts.
        autoscaling.v2.ContainerResourceMetricSource.name cpu or memory.
        autoscaling.v2.ContainerResourceMetricSource.target What the use should be.
        autoscaling.v2.ContainerResourceMetricStatus.container The container whose use counts.
        autoscaling.v2.ContainerResourceMetricStatus.current What the use is.
        autoscaling.v2.ContainerResourceMetricStatus.name cpu or memory.
        autoscaling.v2.ExternalMetricSource.metric The metric by name and labels.
        autoscaling.v2.ExternalMetricSource.target What the metric should be.
        autoscaling.v2.ExternalMetricStatus.current What the metric is.
        autoscaling.v2.ExternalMetricStatus.metric The metric by name and labels.
        autoscaling.v2.ObjectMetricSource.describedObject The object that the metric is of, such as
         an Ingress.
        autoscaling.v2.ObjectMetricSource.metric The metric by name and labels.
        autoscaling.v2.ObjectMetricSource.target What the metric should be.
        autoscaling.v2.ObjectMetricStatus.current What the metric is.
        autoscaling.v2.ObjectMetricStatus.describedObject The object that the metric is of.
        autoscaling.v2.ObjectMetricStatus.metric The metric by name and labels.
        autoscaling.v2.PodsMetricSource.metric The metric by name and labels.
        autoscaling.v2.PodsMetricSource.target What it should be on average over the pods.
        autoscaling.v2.PodsMetricStatus.current What it is on average over the pods.
        autoscaling.v2.PodsMetricStatus.metric The metric by name and labels.
        autoscaling.v2.ResourceMetricSource.name cpu or memory.
        autoscaling.v2.ResourceMetricSource.target What the use should be.
        autoscaling.v2.ResourceMetricStatus.current What the use is.
        autoscaling.v2.ResourceMetricStatus.name cpu or memory.
        autoscaling.v2.HPAScalingPolicy.periodSeconds The window in seconds that the change is
         counted in; at most 1800.
        autoscaling.v2.HPAScalingPolicy.type Pods counts them, Percent takes a share of what runs.
        autoscaling.v2.HPAScalingPolicy.value The most that may change in the window, in pods or
         percent.
        autoscaling.v2.HPAScalingRules.tolerance How far a metric may be off before replicas change,
         such as 0.05; 0.1 where none is given.
        autoscaling.v2.HorizontalPodAutoscalerBehavior.scaleDown How fast to shrink; with a look
         back over 300 seconds where none is given.
        autoscaling.v2.HorizontalPodAutoscalerBehavior.scaleUp How fast to grow; by 4 pods or 100
         percent in 15 seconds where none is given.
        autoscaling.v2.HorizontalPodAutoscalerCondition.type AbleToScale, ScalingActive or
         ScalingLimited.
        autoscaling.v2.HorizontalPodAutoscalerStatus.conditions Whether it can scale, gets metrics,
         and is held back by its bounds.
        autoscaling.v2.HorizontalPodAutoscalerStatus.currentMetrics The metrics seen last.
        autoscaling.v2.HorizontalPodAutoscalerStatus.lastScaleTime When replicas were changed last.
        autoscaling.v2.HorizontalPodAutoscalerStatus.observedGeneration The generation the
         controller has acted upon.
        autoscaling.v2.MetricIdentifier.name The metric's name.
        autoscaling.v2.MetricIdentifier.selector Labels of the metric; all of its series where none
         is given.
        autoscaling.v2.MetricSpec.containerResource The use of cpu or memory by one container of the
         pods.
        autoscaling.v2.MetricSpec.external A metric from outside the cluster, such as a queue's
         length.
        autoscaling.v2.MetricSpec.object A metric of one object, such as requests per second of an
         Ingress.
        autoscaling.v2.MetricSpec.pods A metric of every pod, such as transactions per second.
        autoscaling.v2.MetricSpec.resource The use of cpu or memory by the pods.
        autoscaling.v2.MetricSpec.type Which of the fields is used.
        autoscaling.v2.MetricStatus.type Which of the fields is used.
        autoscaling.v2.MetricStatus.containerResource The use of cpu or memory by one container of
         the pods.
        autoscaling.v2.MetricStatus.external A metric from outside the cluster.
        autoscaling.v2.MetricStatus.object A metric of one object.
        autoscaling.v2.MetricStatus.pods A metric of every pod.
        autoscaling.v2.MetricStatus.resource The use of cpu or memory by the pods.
        autoscaling.v2.MetricTarget.averageUtilization Percent of the requests, on average over the
         pods; only for resources.
        autoscaling.v2.MetricTarget.averageValue The amount per pod, on average.
        autoscaling.v2.MetricTarget.type Which of the fields is used.
        autoscaling.v2.MetricTarget.value The amount as a whole.
        autoscaling.v2.MetricValueStatus.averageUtilization Percent of the requests, on average over
         the pods; only for resources.
        autoscaling.v2.MetricValueStatus.averageValue The amount per pod, on average.
        autoscaling.v2.MetricValueStatus.value The amount as a whole.
        """#
}
