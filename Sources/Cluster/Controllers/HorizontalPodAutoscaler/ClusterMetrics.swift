import Model
import Support
import Value

/// What the metrics server says of one pod (a `PodMetrics` of metrics.k8s.io).
package struct PodMetrics: Sendable {
    /// A container's use, in thousandths of a core and bytes.
    package struct Container: Sendable {
        package let name: String
        package let milliCPU: Int64
        package let memoryBytes: Int64
    }

    package let namespace: String
    package let name: String
    /// The node that the pod runs on.
    package let node: String
    package let labels: Object
    package let containers: [Container]

    /// Of all containers together.
    package var milliCPU: Int64 { containers.reduce(0) { $0 + $1.milliCPU } }
    package var memoryBytes: Int64 { containers.reduce(0) { $0 + $1.memoryBytes } }
}

extension SimulatedCluster {
    /// What the metrics server knows of the pods in a namespace, or in all with nil, by namespace and
    /// name; nil where no load has brought a metrics server. A pod is known some seconds after its
    /// containers started (``PodMeter``). O(pods).
    package func podMetrics(namespace: String?) -> [PodMetrics]? {
        guard loads.hasMetricsServer else { return nil }
        let state = store.state
        let pods = state.list(.pod).filter { namespace == nil || $0.namespace == namespace }
        var result: [PodMetrics] = []
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
                result.append(
                    PodMetrics(
                        namespace: name, name: pod.name, node: pod.nodeName ?? "",
                        labels: pod.value[.metadata][.labels].fields, containers: containers))
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
