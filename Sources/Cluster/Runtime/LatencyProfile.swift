/// How long things take, in virtual milliseconds, and the settings of the components that differ
/// between kinds of cluster. Plain data: a script or test may change any of it before the world
/// starts.
public struct LatencyProfile: Sendable {
    /// "default" or "recorder".
    public var name = "default"
    /// How far the times of controllers, the scheduler and the kubelets vary, in percent; 0: not at
    /// all. With 50 a time of 100 ms is drawn from 50 to 200 ms, by the seed (see
    /// ``Component/jittered(_:)``).
    public var jitterPercent: Int64 = 0
    /// From a committed write to its arrival in a process's view.
    public var watchDelivery: Milliseconds = 2
    /// How long a controller's worker is busy with one key, its last request included.
    public var controllerSync: Milliseconds = 5
    /// From a request of a sync to its answer, upon which the next request is made.
    public var apiRequest: Milliseconds = 5
    /// The same for pods created side by side, which admission and their number make slower.
    public var podCreation: Milliseconds = 10
    /// Scheduling of one pod.
    public var scheduling: Milliseconds = 10
    /// From binding to running containers on an idle kubelet; one pod after another per node.
    public var kubeletStart: Milliseconds = 500
    /// From the start of a kubelet to its node being reported Ready.
    public var nodeReady: Milliseconds = 100
    /// Between two pods that start on one node.
    public var kubeletGap: Milliseconds = 100
    /// From a kubelet's finding to its status write.
    public var statusWrite: Milliseconds = 20
    /// From a deletion seen by the kubelet to dead containers.
    public var kubeletStop: Milliseconds = 300
    /// What a kubectl statement lets pass before its requests (DECISIONS 16).
    public var client: Milliseconds = 250
    /// What a kubectl statement about several objects lets pass between one and the next.
    public var clientRequest: Milliseconds = 10
    /// From the last sign of life of a node to Ready=Unknown.
    public var nodeMonitorGracePeriod: Milliseconds = 50_000
    /// From Ready=Unknown to the NoExecute taint.
    public var nodeEvictionTaintDelay: Milliseconds = 5_000
    /// Whether the ServiceAccount admission plugin is on (service account and token volume).
    public var hasServiceAccountAdmission = true
    /// Whether nodes are hollow, as the recorded ones: no storage, no machine, a fake runtime.
    public var hasHollowNodes = false
    /// Whether kubelets record events.
    public var hasKubeletEvents = true
    /// Whether deleted pods go as the recorded hollow kubelets let them (FACTS.md) rather than as in
    /// 1.32 (DECISIONS 26).
    public var hasRecordedDeletion = false
    /// Whether an unschedulable pod is tried a second time at once, as the recorded scheduler did.
    public var retriesSchedulingAtOnce = false
    /// Whether the status of a StatefulSet counts the pods that its sync made or deleted at once, as
    /// the recorded 1.20 does, or only when they are seen, as since 1.27; 1.20 also goes through the
    /// pods of a Parallel set one by one.
    public var countsOwnStatefulSetWrites = false
    /// Whether the rolling update of a DaemonSet counts every node that has a pod of it, as since 1.21,
    /// or only those where it belongs, as the recorded 1.20.
    public var updatesDaemonsOnAllNodes = true
    /// Whether a claim finds a volume that is newer than itself only at the volume controller's resync
    /// each 15 s, as upstream, or at once.
    public var bindsLateVolumesOnResync = false
    /// How long the simulated provisioner takes to make, resize or delete a volume.
    public var volumeProvisioning: Milliseconds = 1_000
    /// Whether Jobs keep their pods by finalizers until they are counted, as since 1.26, or count what
    /// they find, as the recorded 1.20.
    public var hasJobTracking = true
    /// Whether pods show in a condition that they were preempted, evicted or collected (KEP-3329).
    public var hasDisruptionConditions = true
    /// Whether containers of plain commands end by themselves.
    public var hasContainerExit = true
    /// Whether the StorageClass `standard` exists.
    public var hasDefaultStorageClass = true
    /// What `node add` gives without flags.
    public var nodeTemplate = NodeTemplate()

    public init() {}

    /// Times like those of a small real cluster (DECISIONS 19).
    public static let standard = LatencyProfile()

    /// The cluster on which the corpus was recorded (DECISIONS 28).
    public static let recorder: LatencyProfile = {
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

/// The size and version of a node.
public struct NodeTemplate: Sendable {
    public var cpu = "4"
    public var memory = "8Gi"
    public var pods = 110
    public var version = "v1.32.0"
    public var labels: [(String, String)] = []
    public var taints: [(key: String, value: String, effect: String)] = []

    public init() {}

    public init(cpu: String, memory: String, version: String) {
        self.cpu = cpu
        self.memory = memory
        self.version = version
    }
}
