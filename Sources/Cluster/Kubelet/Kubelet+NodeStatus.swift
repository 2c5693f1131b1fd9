import Model
import Support
import Value

// What a kubelet reports of its node.
extension Kubelet {
    /// The conditions of a healthy node, in the order in which kubelets report them.
    static let healthyConditions:
        [(type: String, status: String, reason: String, message: String)] =
            [
                (
                    "MemoryPressure", "False", "KubeletHasSufficientMemory",
                    "kubelet has sufficient memory available"
                ),
                (
                    "DiskPressure", "False", "KubeletHasNoDiskPressure",
                    "kubelet has no disk pressure"
                ),
                (
                    "PIDPressure", "False", "KubeletHasSufficientPID",
                    "kubelet has sufficient PID available"
                ),
                ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
            ]

    /// The conditions with which a node is registered: its network is not up yet.
    static func initialConditions(at time: Value) -> Value {
        .array(
            healthyConditions.map { row in
                let isReady = row.type == "Ready"
                var condition = Condition(
                    type: row.type, status: "False",
                    reason: isReady ? "KubeletNotReady" : row.reason,
                    message: isReady
                        ? "container runtime network not ready: NetworkReady=false "
                            + "reason:NetworkPluginNotReady message:Network plugin returns error: "
                            + "cni plugin not initialized" : row.message
                ).value
                condition[.lastHeartbeatTime] = time
                condition[.lastTransitionTime] = time
                return condition
            })
    }

    /// Has the node reported as healthy soon.
    func reportNode(_ node: Int) {
        schedule(
            after: profile.nodeReady, code: Code.nodeStatus, a: node, b: nodes[node].lives)
    }

    /// Writes that the node is healthy, whatever was written meanwhile.
    func writeNodeStatus(_ node: Int, life: Int) {
        guard nodes[node].isAlive, !nodes[node].isCutOff, nodes[node].lives == life,
            let object = api.find(.node, name: nodes[node].name)
        else { return }
        act(as: nodes[node].actor)
        let wasReady = NodeView(object.value).isReady
        let time = api.timestamp
        _ = try? api.modifyStatus(object) { status in
            var conditions = Conditions(status[.conditions])
            for row in Self.healthyConditions {
                var condition = Condition(
                    type: row.type, status: row.status, reason: row.reason, message: row.message)
                condition.value[.lastHeartbeatTime] = time
                conditions.set(condition, transition: time)
            }
            status[.conditions] = conditions.value
        }
        if !wasReady { tellNode(object, "NodeReady") }
    }

    /// The events of a kubelet that starts.
    func tellStart(_ node: Int) {
        guard let object = api.find(.node, name: nodes[node].name) else { return }
        act(as: nodes[node].actor)
        guard profile.hasKubeletEvents else { return }
        let source = EventSource(Self.name, host: object.name)
        record(
            object, .normal, reason: "Starting", message: "Starting kubelet.", source: source)
        for reason in [
            "NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID",
        ] {
            tellNode(object, reason)
        }
        record(
            object, .normal, reason: "NodeAllocatableEnforced",
            message: "Updated Node Allocatable limit across pods", source: source)
    }

    private func tellNode(_ node: StoredObject, _ reason: String) {
        guard profile.hasKubeletEvents else { return }
        record(
            node, .normal, reason: reason, message: "Node \(node.name) status is now: \(reason)",
            source: EventSource(Self.name, host: node.name))
    }
}
