import API
import Model
import Support
import Value

// Nodes that came without a network (`node add --not-ready`, `--network-unavailable`).
extension Kubelet {
    /// Whether the pod can be set up: one of the host's network needs no other. Source: kubelet, SyncPod,
    /// which asks runtimeState.networkErrors.
    func hasNetwork(for work: PodWork) -> Bool {
        guard let lacks = cluster.networkLacks[nodes[work.node].name], lacks.contains(.runtime),
            !work.plan.isHostNetwork
        else { return true }
        tell(
            work, .warning, "NetworkNotReady",
            "network is not ready: container runtime network not ready: \(Self.networkFault)")
        return false
    }

    /// A pod of the node is ready: where it is a network plugin's, the node has its network from now on.
    func noteNetworkPlugin(_ work: PodWork, _ pod: StoredObject, _ status: Value) {
        let name = nodes[work.node].name
        guard cluster.networkLacks[name]?.isEmpty == false, work.plan.isHostNetwork,
            status.conditions["Ready"]?.status == "True", isNetworkPlugin(pod)
        else { return }
        cluster.networkLacks[name] = []
        networkChanged(work.node)
    }

    /// Whether the pod belongs to a DaemonSet that brings configurations of networks to its machine.
    private func isNetworkPlugin(_ pod: StoredObject) -> Bool {
        guard
            ObjectMeta(pod.value[.metadata]).controllerReference?.value.text(.kind) == "DaemonSet"
        else {
            return false
        }
        return pod.value[.spec].list(.volumes).contains { volume in
            let path = volume["hostPath"].text("path")
            return path.hasPrefix("/etc/cni") || path.hasPrefix("/opt/cni")
        }
    }

    /// The network of a node came: the node says so, and pods that waited for it start.
    func networkChanged(_ node: Int) {
        guard cluster.networkLacks[nodes[node].name] == [] else { return }
        reportNode(node)
        for case let work? in works where work.node == node && !work.hasSandbox {
            planStart(work, bound: now)
        }
    }
}
