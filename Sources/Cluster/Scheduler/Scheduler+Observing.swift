import Model
import Support
import Value

/// What the scheduler makes of the changes it is told of. Source: kube-scheduler's
/// eventhandlers.go.
extension Scheduler {
    // MARK: Pods

    func observePod(_ change: Change) {
        let pod = change.object
        let phase = pod.value[.status][.phase].string
        if change.type == .deleted || phase == "Succeeded" || phase == "Failed" {
            forget(pod)
        } else if let node = pod.nodeName, !node.isEmpty {
            observePlaced(change, pod, on: node)
        } else {
            observeWaiting(change, pod)
        }
    }

    /// The pod is over, or gone: its place is free.
    private func forget(_ pod: StoredObject) {
        let wasPlaced = cache.isPlaced(pod.slot)
        let wasNominated = nominations.node(of: pod.slot) != nil
        let priority = queue[pod.slot]?.priority ?? 0
        bindings[pod.slot] = nil
        cache.remove(pod.slot)
        queue.remove(pod.slot)
        nominations.remove(pod.slot)
        let event = ClusterEvent(action: .podDeleted, old: pod, new: nil)
        if wasPlaced {
            move(event)
        } else if wasNominated {
            move(event) { $0.priority <= priority }
        }
    }

    private func observePlaced(_ change: Change, _ pod: StoredObject, on node: String) {
        let isNew = !cache.isPlaced(pod.slot)
        let startTime = pod.value[.status].text(.startTime)
        let old = change.old?.nodeName == nil ? nil : change.old
        let labelsChanged =
            old.map { $0.value[.metadata][.labels] != pod.value[.metadata][.labels] } ?? true
        if !isNew, !labelsChanged, let old, old.value[.spec] == pod.value[.spec] {
            // Most changes are of the status.
            cache.update(pod.slot, startTime: startTime, isTerminating: pod.isDeleting)
            return
        }
        queue.remove(pod.slot)
        nominations.remove(pod.slot)
        cache.place(
            pod.slot, pod.key, needs(of: pod), on: node, startTime: startTime,
            isTerminating: pod.isDeleting)
        guard let old, !isNew else {
            return move(ClusterEvent(action: .podAdded, old: nil, new: pod))
        }
        for action in changes(of: pod, since: old) {
            move(ClusterEvent(action: action, old: old, new: pod))
        }
    }

    /// What about a pod changed that scheduling depends on (PodSchedulingPropertiesChange).
    private func changes(of pod: StoredObject, since old: StoredObject) -> [ClusterActions] {
        var actions: [ClusterActions] = []
        let (spec, before) = (pod.value[.spec], old.value[.spec])
        if old.value[.metadata][.labels] != pod.value[.metadata][.labels] {
            actions.append(.podLabels)
        }
        if spec[.containers] != before[.containers] || spec[.resources] != before[.resources] {
            let request = PodResourceRequest(spec: before).amounts
            if request.exceeds(PodResourceRequest(spec: spec).amounts, in: request) {
                actions.append(.podScaledDown)
            }
        }
        if spec[.schedulingGates].isNull, !before[.schedulingGates].isNull {
            actions.append(.podGatesGone)
        }
        if spec[.tolerations] != before[.tolerations] { actions.append(.podTolerations) }
        return actions
    }

    private func observeWaiting(_ change: Change, _ pod: StoredObject) {
        guard pod.value[.spec][.schedulerName].string ?? name == name else { return }
        if bindings[pod.slot] != nil {
            if pod.isDeleting { forget(pod) }
            return
        }
        if pod.isDeleting { return queue.remove(pod.slot) }
        if let entry = queue[pod.slot], let old = change.old {
            guard entry.state == .unschedulable || entry.state == .gated else { return }
            let isHelped = changes(of: pod, since: old).contains { action in
                mayHelp(ClusterEvent(action: action, old: old, new: pod), entry)
            }
            if isHelped { retry(pod.slot) }
        } else {
            admit(pod.slot)
        }
        wake()
    }

    // MARK: Nodes

    func observeNode(_ change: Change) {
        let node = change.object
        if change.type == .deleted {
            cache.removeNode(node.name)
            return move(ClusterEvent(action: .nodeDeleted, old: node, new: nil))
        }
        cache.setNode(node.name, to: node.value)
        guard let old = change.old else {
            return move(ClusterEvent(action: .nodeAdded, old: nil, new: node))
        }
        for action in changes(ofNode: node.value, since: old.value) {
            move(ClusterEvent(action: action, old: old, new: node))
        }
    }

    /// What about a node changed that scheduling depends on (NodeSchedulingPropertiesChange).
    private func changes(ofNode node: Value, since old: Value) -> [ClusterActions] {
        var actions: [ClusterActions] = []
        let wasCordoned = NodeView(old).isUnschedulable && !NodeView(node).isUnschedulable
        if old[.status][.allocatable] != node[.status][.allocatable] {
            actions.append(.nodeAllocatable)
        }
        if old[.metadata][.labels] != node[.metadata][.labels] { actions.append(.nodeLabels) }
        if wasCordoned || old[.spec][.taints] != node[.spec][.taints] {
            actions.append(.nodeTaints)
        }
        return actions
    }
}
