import Model
import Support
import Value

// The pass over all nodes. Origin: monitorNodeHealth and what it calls.
extension NodeLifecycleController {
    func pass() {
        classify()
        var counted: [(zone: String, isReady: Bool)] = []
        let nodes = view.list(.node)
        for node in nodes {
            // What this pass finds decides about taints; what it leaves, about the zone: a node that
            // is marked now is tainted by the next pass.
            let observed = readiness(node)
            let isSilent = isOverdue(node)
            if isSilent { markUnknown(node) }
            if node.value[.metadata][.labels][Self.excludingLabel].isNull {
                counted.append((zone(of: node), observed == "True" && !isSilent))
            }
            handleTaints(of: node, observed)
            if isSilent, observed == "True" { reportLoss(of: node) }
        }
        if zones.assess(counted, now: now) {
            for node in nodes { markReachable(node) }
        }
        taintQueued()
    }

    /// A node with this label does not count when a zone's trouble is measured.
    private static let excludingLabel = Key("node.kubernetes.io/exclude-disruption")

    /// `classifyNodes`: which nodes came and went since the last pass.
    private func classify() {
        let nodes = view.list(.node)
        for node in nodes where known[node.name] == nil {
            known[node.name] = node
            tell(node, "RegisteredNode", "Registered Node \(node.name) in Controller")
        }
        guard known.count > nodes.count else { return }
        for name in known.keys.sorted() where view.get(.node, name: name) == nil {
            guard let node = known.removeValue(forKey: name) else { continue }
            tell(node, "RemovingNode", "Removing Node \(name) from Controller")
            zones.forget(name)
        }
    }

    private func tell(_ node: StoredObject, _ reason: String, _ message: String) {
        record(
            node, .normal, reason: reason, message: "Node \(node.name) event: \(message)",
            source: Self.source)
    }

    /// `processTaintBaseEviction`: a node gets the NoExecute taint of its condition in its turn; one
    /// that has the other one exchanges it at once.
    private func handleTaints(of node: StoredObject, _ readiness: String) {
        let (taint, opposite) =
            readiness == "False"
            ? (NodeTaints.notReady, NodeTaints.unreachable)
            : (NodeTaints.unreachable, NodeTaints.notReady)
        switch readiness {
        case "True": markReachable(node)
        case "False", "Unknown":
            if NodeTaints.has(opposite, "NoExecute", node.value) {
                try? swap(node, effect: "NoExecute", adding: [taint], removing: [opposite])
            } else if !NodeTaints.has(taint, "NoExecute", node.value) {
                zones.queue(node.name, zone: zone(of: node))
            }
        default: return
        }
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

    private static let watchedConditions = [
        "Ready", "MemoryPressure", "DiskPressure", "PIDPressure",
    ]

    /// `tryUpdateNodeHealth`: every condition that the kubelet reports becomes Unknown.
    private func markUnknown(_ node: StoredObject) {
        let time = api.timestamp
        let heartbeat = lastStatus(node.name, before: silences[node.name]?.last)
        _ = try? api.modifyStatus(node) { status in
            var conditions = status.conditions
            for type in Self.watchedConditions {
                let old = conditions[type]
                if old?.status == "Unknown" { continue }
                var condition = Condition(
                    type: type, status: "Unknown",
                    reason: old == nil ? "NodeStatusNeverUpdated" : "NodeStatusUnknown",
                    message: old == nil
                        ? "Kubelet never posted node status."
                        : "Kubelet stopped posting node status.")
                condition.value[.lastHeartbeatTime] =
                    old == nil
                    ? node.value[.metadata][.creationTimestamp]
                    : heartbeat ?? old?.value[.lastHeartbeatTime] ?? time
                conditions.set(condition, transition: time)
            }
            status.conditions = conditions
        }
    }

    /// When the kubelet last posted its whole status: each 5 min while nothing changes.
    private func lastStatus(_ node: String, before last: Milliseconds?) -> Value? {
        guard let last, let since = runningSince[node] else { return nil }
        let instant = since + (last - since) / Self.statusPeriod * Self.statusPeriod
        return Value(Timestamp(worldTime: instant).wholeSecond.text)
    }

    /// Tells that a node was lost, and takes the traffic from its pods (`MarkPodsNotReady`).
    private func reportLoss(of node: StoredObject) {
        record(
            node, .normal, reason: "NodeNotReady",
            message: "Node \(node.name) status is now: NodeNotReady", source: Self.source)
        for pod in view.pods(onNode: node.name).sorted(by: { $0.key < $1.key }) {
            guard let current = api.find(.pod, pod.key), current.uid == pod.uid,
                PodView(current.value).isReady
            else { continue }
            let time = api.timestamp
            _ = try? api.modifyStatus(current) { status in
                guard var ready = status.conditions["Ready"] else { return }
                ready.value[.status] = "False"
                status.conditions.set(ready, transition: time)
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
        if let next = zones.nextToken(now: now) { planTainting(at: next) }
    }
}
