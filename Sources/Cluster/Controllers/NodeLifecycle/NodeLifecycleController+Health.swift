import Model
import Support
import Value

// The pass over all nodes. Origin: monitorNodeHealth and what it calls.
extension NodeLifecycleController {
    func pass() {
        recordComings()
        let before = view.list(.node)
        var marked: Set<String> = []
        for node in before where isOverdue(node) {
            markUnknown(node)
            marked.insert(node.name)
        }
        // The store's own version: what this pass has just written counts already.
        let nodes = before.compactMap { api.find(.node, $0.key) }
        zones.assess(nodes.map { (zone(of: $0), readiness($0) == "True") })
        let isStopped = zones.areAllDown
        for node in nodes where !marked.contains(node.name) {
            visit(node, isStopped: isStopped)
        }
        // A node that was marked just now is tainted by the next pass, as upstream.
        if !marked.isEmpty { plan(.work) }
        taintQueued()
    }

    private func recordComings() {
        for node in view.list(.node) where known[node.name] != node.uid {
            known[node.name] = node.uid
            record(
                node, .normal, reason: "RegisteredNode",
                message: "Node \(node.name) event: Registered Node \(node.name) in Controller",
                source: Self.source)
        }
        for node in removed {
            if known[node.name] == node.uid { known[node.name] = nil }
            zones.forget(node.name)
            record(
                node, .normal, reason: "RemovingNode",
                message: "Node \(node.name) event: Removing Node \(node.name) from Controller",
                source: Self.source)
        }
        removed = []
    }

    private func visit(_ node: StoredObject, isStopped: Bool) {
        switch readiness(node) {
        case "True": markReachable(node)
        case "False", "Unknown":
            markPodsNotReady(node)
            if isStopped {
                markReachable(node)
            } else if !hasEvictionTaint(node) {
                zones.queue(node.name, zone: zone(of: node))
            }
        default: return
        }
    }

    private func hasEvictionTaint(_ node: StoredObject) -> Bool {
        let key = readiness(node) == "False" ? NodeTaints.notReady : NodeTaints.unreachable
        return NodeTaints.has(key, "NoExecute", node.value)
    }

    /// `markNodeAsReachable`: takes both NoExecute taints away.
    private func markReachable(_ node: StoredObject) {
        zones.forget(node.name)
        for key in [NodeTaints.unreachable, NodeTaints.notReady]
        where NodeTaints.has(key, "NoExecute", node.value) {
            _ = try? api.modify(node) { NodeTaints.remove(key, "NoExecute", from: &$0) }
        }
    }

    /// The zone by the node's topology labels (`GetZoneKey`).
    private func zone(of node: StoredObject) -> String {
        let labels = node.value[.metadata][.labels]
        let region = labels["topology.kubernetes.io/region"].string ?? ""
        let zone = labels["topology.kubernetes.io/zone"].string ?? ""
        return region + "/" + zone
    }

    // MARK: Silence

    private func isOverdue(_ node: StoredObject) -> Bool {
        guard let silence = silences[node.name], !isPending(silence.timer) else { return false }
        return readiness(node) != "Unknown"
    }

    private static let watchedConditions = [
        "Ready", "MemoryPressure", "DiskPressure", "PIDPressure",
    ]

    /// `tryUpdateNodeHealth`: every condition that the kubelet reports becomes Unknown.
    private func markUnknown(_ node: StoredObject) {
        let wasReady = readiness(node) == "True"
        let time = api.timestamp
        let last = silences[node.name]?.last
        let heartbeat = lastStatus(node.name, before: last)
        _ = try? api.modifyStatus(node) { status in
            var conditions = Conditions(status[.conditions])
            for type in Self.watchedConditions {
                var condition = Condition(
                    type: type, status: "Unknown",
                    reason: last == nil ? "NodeStatusNeverUpdated" : "NodeStatusUnknown",
                    message: last == nil
                        ? "Kubelet never posted node status."
                        : "Kubelet stopped posting node status.")
                condition.value[.lastHeartbeatTime] =
                    heartbeat ?? conditions[type]?.value[.lastHeartbeatTime] ?? time
                conditions.set(condition, transition: time)
            }
            status[.conditions] = conditions.value
        }
        guard wasReady else { return }
        record(
            node, .normal, reason: "NodeNotReady",
            message: "Node \(node.name) status is now: NodeNotReady", source: Self.source)
        markPodsNotReady(node)
    }

    /// When the kubelet last posted its whole status: each 5 min while nothing changes.
    private func lastStatus(_ node: String, before last: Milliseconds?) -> Value? {
        guard let last, let since = runningSince[node] else { return nil }
        let instant = since + (last - since) / Self.statusPeriod * Self.statusPeriod
        return Value(Timestamp(worldTime: instant).wholeSecond.text)
    }

    /// `MarkPodsNotReady`: the pods of a node that is not ready get no traffic.
    private func markPodsNotReady(_ node: StoredObject) {
        for pod in view.pods(onNode: node.name).sorted(by: { $0.key < $1.key }) {
            guard let current = api.find(.pod, pod.key), current.uid == pod.uid,
                PodView(current.value).isReady
            else { continue }
            let time = api.timestamp
            _ = try? api.modifyStatus(current) { status in
                var conditions = Conditions(status[.conditions])
                guard var ready = conditions["Ready"] else { return }
                ready.value[.status] = "False"
                conditions.set(ready, transition: time)
                status[.conditions] = conditions.value
            }
            record(
                pod, .warning, reason: "NodeNotReady", message: "Node is not ready",
                source: Self.source)
        }
    }

    // MARK: NoExecute taints

    /// Taints the queued nodes as far as the limit of their zone allows.
    func taintQueued() {
        for name in zones.take(now: now) {
            guard let node = api.find(.node, name: name) else { continue }
            let isUnknown = readiness(node) == "Unknown"
            guard isUnknown || readiness(node) == "False" else { continue }
            let (add, opposite) =
                isUnknown
                ? (NodeTaints.unreachable, NodeTaints.notReady)
                : (NodeTaints.notReady, NodeTaints.unreachable)
            let old = NodeTaints.has(opposite, "NoExecute", node.value) ? [opposite] : []
            try? swap(node, effect: "NoExecute", adding: [add], removing: old)
        }
        if let next = zones.nextToken(now: now) { planTainting(after: next - now) }
    }
}
