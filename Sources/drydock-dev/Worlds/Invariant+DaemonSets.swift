import Model
import Value

/// A DaemonSet has one pod on each machine that it may run on.
extension Invariant {
    static let onePodForEachNode = Invariant(
        "one daemon pod a node",
        because: "podsShouldBeOnNode: one on each node that may run it, none where it may not stay"
    ) { world in
        world.objects(.daemonSet).flatMap { object -> [Violation] in
            let set = DaemonSetView(object.value)
            if set.isDeleting { return [] }
            let pods = Dictionary(grouping: world.activePods(of: set)) { $0.daemonNode }
            return world.nodes.compactMap { node in
                let count = pods[node.name]?.count ?? 0
                let right = world.daemonPods(set, node, pods[node.name] ?? [])
                return right.contains(count)
                    ? nil
                    : world.violation(
                        "daemonset", set, "\(count) pods on \(node.name), not \(right)")
            }
        }
    }

    static let daemonSetStatusCounts = Invariant(
        "the status of daemon sets counts pods",
        because:
            "updateDaemonSetStatus counts nodes that should and do run one, by their oldest pod"
    ) { world in
        world.objects(.daemonSet).compactMap { object in
            let set = DaemonSetView(object.value)
            if set.isDeleting { return nil }
            let desired = world.nodes.filter { world.mayRun(set, on: $0).starts }
            let nodes = Set(desired.map(\.name))
            let pods = Dictionary(grouping: world.pods(of: set)) { $0.daemonNode }
            let current = nodes.filter { pods[$0] != nil }.count
            // A taint that only keeps new pods away wakes nobody where one is: it may count still.
            let stale = world.nodes.count {
                let may = world.mayRun(set, on: $0)
                return !may.starts && may.stays && pods[$0.name] != nil
            }
            guard (nodes.count...(nodes.count + stale)).contains(set.desiredNumberScheduled),
                (current...(current + stale)).contains(set.currentNumberScheduled)
            else {
                return world.violation(
                    "daemonset", set,
                    "should run on \(nodes.count) nodes and does on \(current); its status says "
                        + "\(set.desiredNumberScheduled) and \(set.currentNumberScheduled)")
            }
            return nil
        }
    }

    static let daemonSetsAreUpdated = Invariant(
        "daemon sets are ready and up to date",
        because: "rollingUpdate goes on until each node has a pod of the newest revision"
    ) { world in
        world.objects(.daemonSet).compactMap { object in
            let set = DaemonSetView(object.value)
            if set.isDeleting || world.isHeldUp(set) { return nil }
            let wanted = set.desiredNumberScheduled
            let updated =
                set.updateStrategyType == "OnDelete" ? wanted : set.updatedNumberScheduled
            if set.numberReady == wanted, set.numberAvailable == wanted, updated == wanted {
                return nil
            }
            return world.violation(
                "daemonset", set,
                "should run on \(wanted) nodes; \(set.numberReady) are ready, "
                    + "\(set.numberAvailable) available, \(updated) updated")
        }
    }
}

extension PodView {
    /// The node that a DaemonSet's pod is for, also before it is bound.
    var daemonNode: String {
        if !nodeName.isEmpty { return nodeName }
        let required =
            spec.affinity[.nodeAffinity][.requiredDuringSchedulingIgnoredDuringExecution]
        for term in required.list(.nodeSelectorTerms) {
            for field in term.list(.matchFields) where field.text(.key) == "metadata.name" {
                return field.list(.values).first?.string ?? ""
            }
        }
        return ""
    }
}

extension WorldState {
    /// Taints that every daemon's pod tolerates (AddOrUpdateDaemonPodTolerations): a machine that nobody
    /// hears of starts none, and keeps those that it has.
    private static let daemonTaints: Set<String> = [
        "node.kubernetes.io/not-ready:NoExecute", "node.kubernetes.io/unreachable:NoExecute",
        "node.kubernetes.io/disk-pressure:NoSchedule",
        "node.kubernetes.io/memory-pressure:NoSchedule",
        "node.kubernetes.io/pid-pressure:NoSchedule",
        "node.kubernetes.io/unschedulable:NoSchedule",
    ]

    /// Whether a DaemonSet starts pods on the node, and whether they may stay (NodeShouldRunDaemonPod).
    func mayRun(_ set: DaemonSetView, on node: NodeView) -> (starts: Bool, stays: Bool) {
        let spec = set.templateSpec
        guard NodeSelection.matches(spec, node: node) else { return (false, false) }
        let bad = node.taints.filter {
            !Self.daemonTaints.contains("\($0.key):\($0.effect)") && !spec.tolerates($0)
        }
        return (
            !bad.contains { ["NoSchedule", "NoExecute"].contains($0.effect) },
            !bad.contains { $0.effect == "NoExecute" }
        )
    }

    /// How many pods are right on a node.
    func daemonPods(
        _ set: DaemonSetView, _ node: NodeView, _ pods: [PodView]
    ) -> ClosedRange<Int> {
        let (starts, stays) = mayRun(set, on: node)
        guard starts else { return 0...(stays ? 1 : 0) }
        let isShort =
            hasQuota(set.namespace)
            || self.pods(of: set).contains { $0.daemonNode == node.name && !$0.isActive }
        // A surge lasts while the newer pod does not become available.
        let isSurging = !set.maxSurge.isNull && pods.contains { excuse(of: $0) != nil }
        return (isShort ? 0 : 1)...(isSurging ? 2 : 1)
    }

    func hasQuota(_ namespace: String) -> Bool {
        objects(.resourceQuota).contains { $0.namespace == namespace }
    }
}
