import API
import Model
import Support
import Value

extension SimulatedCluster {
    /// The metrics API is there once a load has brought a metrics server. A pod is known some seconds
    /// after its containers started (``PodMeter``). O(pods).
    package func podMetrics(namespace: String?) -> [PodMetrics]? {
        guard loads.hasMetricsServer else { return nil }
        return measured(namespace).map(\.metrics)
    }

    /// Of each node whose kubelet answers, what its pods use together. O(pods and nodes).
    package func nodeMetrics() -> [NodeMetrics]? {
        guard loads.hasMetricsServer else { return nil }
        var sums: [String: (milliCPU: Int64, memoryBytes: Int64)] = [:]
        for (metrics, node) in measured(nil) {
            sums[node, default: (0, 0)].milliCPU += metrics.milliCPU
            sums[node, default: (0, 0)].memoryBytes += metrics.memoryBytes
        }
        return store.state.list(.node).filter { machine($0.name) == .running }.map { node in
            let sum = sums[node.name] ?? (0, 0)
            return NodeMetrics(
                name: node.name, milliCPU: sum.milliCPU, memoryBytes: sum.memoryBytes)
        }
    }

    /// The pods that the metrics server knows, by namespace and name, each with its node.
    private func measured(_ namespace: String?) -> [(metrics: PodMetrics, node: String)] {
        let state = store.state
        let pods = state.list(.pod).filter { namespace == nil || $0.namespace == namespace }
        var result: [(metrics: PodMetrics, node: String)] = []
        for (name, members) in grouped(pods) {
            let meter = PodMeter(loads, state, pods: members, now: clock.now) { [unowned self] in
                machine($0) == .running
            }
            for pod in members where meter.sample(pod, "cpu") != nil {
                let containers = PodSpecView(pod.value[.spec]).containers.map { view in
                    PodMetrics.Container(
                        name: view.name, milliCPU: meter.usage(pod, "cpu", container: view.name),
                        memoryBytes: meter.usage(pod, "memory", container: view.name) / 1_000)
                }
                let metrics = PodMetrics(
                    namespace: name, name: pod.name,
                    labels: pod.value[.metadata][.labels].fields, containers: containers)
                result.append((metrics, pod.nodeName ?? ""))
            }
        }
        return result
    }

    /// Pods, which come by namespace and name, by namespace.
    private func grouped(_ pods: [StoredObject]) -> [(namespace: String, pods: [StoredObject])] {
        var groups: [(namespace: String, pods: [StoredObject])] = []
        for pod in pods {
            if groups.last?.namespace == pod.namespace {
                groups[groups.count - 1].pods.append(pod)
            } else {
                groups.append((pod.namespace, [pod]))
            }
        }
        return groups
    }
}
