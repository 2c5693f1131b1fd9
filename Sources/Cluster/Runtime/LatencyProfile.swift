import API
import Value

/// How long things take, in virtual milliseconds, and the settings of the components that differ
/// between kinds of cluster. Plain data: a script or test may change any of it before the world
/// starts.
package struct LatencyProfile: Sendable {
    /// "default" or "recorder".
    package var name = "default"
    /// How far the times of controllers, the scheduler and the kubelets vary, in percent; 0: not at
    /// all. With 50 a time of 100 ms is drawn from 50 to 200 ms, by the seed (see
    /// ``Component/jittered(_:)``).
    package var jitterPercent: Int64 = 0
    /// From a committed write to its arrival in a process's view.
    package var watchDelivery: Milliseconds = 2
    /// How long a controller's worker is busy with one key, its last request included.
    package var controllerSync: Milliseconds = 5
    /// From a request of a sync to its answer, upon which the next request is made.
    package var apiRequest: Milliseconds = 5
    /// The same for pods created side by side, which admission and their number make slower.
    package var podCreation: Milliseconds = 10
    /// Scheduling of one pod.
    package var scheduling: Milliseconds = 10
    /// From binding to running containers on an idle kubelet; one pod after another per node.
    package var kubeletStart: Milliseconds = 500
    /// From the start of a kubelet to its node being reported Ready.
    package var nodeReady: Milliseconds = 100
    /// Between two pods that start on one node.
    package var kubeletGap: Milliseconds = 100
    /// From a kubelet's finding to its status write.
    package var statusWrite: Milliseconds = 20
    /// From a deletion seen by the kubelet to dead containers.
    package var kubeletStop: Milliseconds = 300
    /// What a kubectl statement lets pass before its requests (DECISIONS 16).
    package var client: Milliseconds = 250
    /// What a kubectl statement about several objects lets pass between one and the next.
    package var clientRequest: Milliseconds = 10
    /// From the last sign of life of a node to Ready=Unknown.
    package var nodeMonitorGracePeriod: Milliseconds = 50_000
    /// From Ready=Unknown to the NoExecute taint.
    package var nodeEvictionTaintDelay: Milliseconds = 5_000
    /// Whether the ServiceAccount admission plugin is on (service account and token volume).
    package var hasServiceAccountAdmission = true
    /// Whether nodes are hollow, as the recorded ones: no storage, no machine, a fake runtime.
    package var hasHollowNodes = false
    /// Whether kubelets record events.
    package var hasKubeletEvents = true
    /// Whether deleted pods go as the recorded hollow kubelets let them (FACTS.md) rather than as in
    /// 1.32 (DECISIONS 26).
    package var hasRecordedDeletion = false
    /// Whether an unschedulable pod is tried a second time at once, as the recorded scheduler did.
    package var retriesSchedulingAtOnce = false
    /// Whether the status of a StatefulSet counts the pods that its sync made or deleted at once, as
    /// the recorded 1.20 does, or only when they are seen, as since 1.27; 1.20 also goes through the
    /// pods of a Parallel set one by one.
    package var countsOwnStatefulSetWrites = false
    /// Whether the rolling update of a DaemonSet counts every node that has a pod of it, as since 1.21,
    /// or only those where it belongs, as the recorded 1.20.
    package var updatesDaemonsOnAllNodes = true
    /// Whether a claim finds a volume that is newer than itself only at the volume controller's resync
    /// each 15 s, as upstream, or at once.
    package var bindsLateVolumesOnResync = false
    /// How long the simulated provisioner takes to make, resize or delete a volume.
    package var volumeProvisioning: Milliseconds = 1_000
    /// Whether Jobs keep their pods by finalizers until they are counted, as since 1.26, or count what
    /// they find, as the recorded 1.20.
    package var hasJobTracking = true
    /// Whether pods show in a condition that they were preempted, evicted or collected (KEP-3329).
    package var hasDisruptionConditions = true
    /// Whether containers of plain commands end by themselves.
    package var hasContainerExit = true
    /// Whether the StorageClass `standard` exists.
    package var hasDefaultStorageClass = true
    /// What `node add` gives without flags.
    package var nodeTemplate = NodeTemplate()

    package init() {}

    /// Times like those of a small real cluster (DECISIONS 19).
    package static let standard = LatencyProfile()

    /// The cluster on which the corpus was recorded (DECISIONS 28).
    package static let recorder: LatencyProfile = {
        var profile = LatencyProfile()
        profile.name = "recorder"
        profile.nodeMonitorGracePeriod = 40_000
        profile.scheduling = 5
        profile.hasServiceAccountAdmission = false
        profile.hasKubeletEvents = false
        profile.hasHollowNodes = true
        profile.hasRecordedDeletion = true
        profile.countsOwnStatefulSetWrites = true
        profile.updatesDaemonsOnAllNodes = false
        profile.hasContainerExit = false
        profile.hasJobTracking = false
        profile.hasDisruptionConditions = false
        profile.bindsLateVolumesOnResync = true
        profile.retriesSchedulingAtOnce = true
        profile.hasDefaultStorageClass = false
        profile.nodeTemplate = NodeTemplate(cpu: "1", memory: "3840Mi", version: "v1.20.2")
        return profile
    }()
}
