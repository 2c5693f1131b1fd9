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
    /// From the last status of a pod that was deleted to its removal.
    package var podRemoval: Milliseconds = 20
    /// What a kubectl statement lets pass before its requests (DECISIONS 16).
    package var client: Milliseconds = 250
    /// What a kubectl statement about several objects lets pass between one and the next.
    package var clientRequest: Milliseconds = 10
    /// From the last sign of life of a node to Ready=Unknown.
    package var nodeMonitorGracePeriod: Milliseconds = 50_000
    /// From Ready=Unknown to the NoExecute taint.
    package var nodeEvictionTaintDelay: Milliseconds = 5_000
    /// What runs the containers of the nodes.
    package var runtime = NodeRuntime()
    /// Whether kubelets record events.
    package var recordsKubeletEvents = true
    /// How long the simulated provisioner takes to make, resize or delete a volume.
    package var volumeProvisioning: Milliseconds = 1_000
    /// Whether the StorageClass `standard` exists.
    package var hasDefaultStorageClass = true
    /// Whether the API server's own endpoints are there.
    package var hasServerEndpoints = true
    /// Where the cluster IPs of Services come from.
    package var serviceRange = "10.96.0.0/12"
    /// Whose machines the nodes are.
    package var provider = "drydock"
    /// What `node add` gives without flags.
    package var nodeTemplate = NodeTemplate()

    package init() {}

    /// Times like those of a small real cluster (DECISIONS 19).
    package static let standard = LatencyProfile()

    /// The cluster on which the corpus was recorded (DECISIONS 28): its machines, its fake runtime and its
    /// times; what controllers do is the same.
    package static let recorder: LatencyProfile = {
        var profile = LatencyProfile()
        profile.name = "recorder"
        profile.scheduling = 5
        profile.kubeletStart = 300
        profile.kubeletStop = 100
        profile.podRemoval = 500
        profile.client = 600
        profile.recordsKubeletEvents = false
        profile.runtime = .hollow
        profile.hasDefaultStorageClass = false
        profile.hasServerEndpoints = false
        profile.provider = "kubemark"
        profile.serviceRange = "10.96.0.0/16"
        profile.nodeTemplate = NodeTemplate(cpu: "1", memory: "3840Mi", isHollow: true)
        return profile
    }()
}
