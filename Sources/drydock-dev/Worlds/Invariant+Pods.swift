import Model
import Support
import Value

/// Pods and machines.
extension Invariant {
    static let nodesAreNotOvercommitted = Invariant(
        "the resources of a node are never exceeded",
        because: "NodeResourcesFit and the kubelet's admission both refuse what does not fit"
    ) { world in
        world.nodes.compactMap { node in
            let room = ResourceList(node.allocatable)
            let pods = world.pods.filter { $0.nodeName == node.name && !$0.isTerminal }
            var used = ResourceList()
            for pod in pods { used.add(pod.spec.requests) }
            if pods.count > Int(room[.pods].value) {
                return world.violation("node", node, "has \(pods.count) pods")
            }
            for entry in used.entries where entry.amount > room[entry.name] {
                return world.violation(
                    "node", node,
                    "\(entry.amount.text) of \(entry.name.name) is asked for, "
                        + "\(room[entry.name].text) is there")
            }
            return nil
        }
    }

    static let podsAreOnNodes = Invariant(
        "pods are on nodes that exist",
        because: "the pod garbage collector deletes pods of nodes that went"
    ) { world in
        world.pods.compactMap { pod in
            pod.nodeName.isEmpty || world.node(pod.nodeName) != nil
                ? nil : world.violation("pod", pod, "is on \(pod.nodeName), which does not exist")
        }
    }

    static let soundPodsAreReady = Invariant(
        "pods whose images work are ready",
        because: "nothing else keeps a container of a living node from running"
    ) { world in
        world.pods.compactMap { pod in
            if pod.isReady || pod.isTerminal || world.excuse(of: pod) != nil { return nil }
            // A Job's container that fails is started again later and later.
            if pod.metadata.controllerReference?.kindName == "Job" { return nil }
            return world.violation("pod", pod, "is \(pod.phase) and not ready")
        }
    }

    static let waitingPodsFitNowhere = Invariant(
        "pods that wait fit on no node",
        because: "whatever makes room wakes the pods that its plugin refused"
    ) { world in
        world.pods.flatMap { pod -> [Violation] in
            let spec = pod.spec
            // What other pods and volumes decide is not worked out here.
            guard pod.nodeName.isEmpty, !pod.isTerminal, !pod.isDeleting,
                spec.topologySpreadConstraints.isEmpty, spec.affinity[.podAntiAffinity].isNull,
                !spec.volumes.contains(where: { !$0[.persistentVolumeClaim].isNull })
            else { return [] }
            return world.nodes.filter { world.fits(pod, on: $0) }.map {
                world.violation("pod", pod, "waits though it fits on \($0.name)")
            }
        }
    }

    static let taintsFollowConditions = Invariant(
        "taints follow what is known of a node",
        because: "the node lifecycle controller taints what is not ready or cordoned, and no other"
    ) { world in
        world.nodes.compactMap { node in
            let keys = node.taints.map(\.key)
            let isCordoned = keys.contains("node.kubernetes.io/unschedulable")
            if isCordoned != node.isUnschedulable {
                return world.violation("node", node, "cordoned \(node.isUnschedulable): \(keys)")
            }
            let isLost = keys.contains {
                $0 == "node.kubernetes.io/not-ready" || $0 == "node.kubernetes.io/unreachable"
            }
            return isLost == !node.isReady
                ? nil : world.violation("node", node, "ready \(node.isReady): \(keys)")
        }
    }

    static let addressesAreUnique = Invariant(
        "no two pods have one address", because: "each node hands out its range, one at a time"
    ) { world in
        var owners: [String: String] = [:]
        return world.pods.compactMap { pod in
            let address = pod.status.podIP
            if address.isEmpty || pod.isTerminal || pod.spec.isHostNetwork { return nil }
            if let other = owners[address] {
                return world.violation("pod", pod, "has \(address), as \(other) has")
            }
            owners[address] = pod.name
            return nil
        }
    }
}

extension WorldState {
    /// Whether a pod without wishes about others could run on the node.
    func fits(_ pod: PodView, on node: NodeView) -> Bool {
        let effects = ["NoSchedule", "NoExecute"]
        if node.isUnschedulable || !NodeSelection.matches(pod.spec, node: node)
            || pod.spec.firstUntolerated(of: node.taints, effects: effects) != nil
        {
            return false
        }
        let room = ResourceList(node.allocatable)
        // A place is kept for pods that preempted others.
        let others = pods.filter {
            !$0.isTerminal
                && ($0.nodeName == node.name
                    || ($0.status.nominatedNodeName == node.name && $0.uid != pod.uid))
        }
        if others.count + 1 > Int(room[.pods].value) { return false }
        var used = pod.spec.requests
        for other in others { used.add(other.spec.requests) }
        return !pod.spec.requests.entries.contains { used[$0.name] > room[$0.name] }
    }
}
