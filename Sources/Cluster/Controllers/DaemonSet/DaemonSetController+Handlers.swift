import Model
import Support
import Value

// What the controller does upon changes that arrive. Origin: addPod, updateNode and their like in
// pkg/controller/daemon/daemon_controller.go.
extension DaemonSetController {
    func observeSet(_ change: Change) {
        selectors.note(change)
        if change.type == .deleted {
            expectations.forget(change.object.key)
            unregister(change.object)
        } else {
            register(change.object)
        }
        enqueue(change.object)
    }

    // MARK: Nodes

    func observeNode(_ change: Change) {
        let node = change.object
        let number = noteNode(node.name)
        if let old = change.old, change.type == .modified, Self.areAlike(old, node) { return }
        for state in livingStates {
            state.touch(number)
            // A node that goes wakes nobody; its pods will be collected in time.
            if change.type == .deleted { continue }
            let new = DaemonEligibility(spec: spec(of: state), node: NodeView(node.value))
            let isWoken =
                change.type == .added ? new.shouldRun : wakes(state, number, new)
            if isWoken { enqueue(state.key) }
        }
    }

    /// Whether a change of a node concerns a set: a pod is missing, or may not stay, or may be right where
    /// it was wrong. (So a NoSchedule taint on a node with a pod of the set is not noticed until something
    /// else wakes it: syncNodeUpdate.)
    private func wakes(
        _ state: DaemonState, _ number: Int, _ eligibility: DaemonEligibility
    ) -> Bool {
        let isScheduled = state.hasPod(on: number)
        if !isScheduled { return eligibility.shouldRun }
        if !eligibility.shouldContinue { return true }
        let set = view.get(.daemonSet, state.key)
        return (set?.value[.status].int(.numberMisscheduled) ?? 0) > 0
    }

    /// Whether two versions of a node are the same to every DaemonSet.
    private static func areAlike(_ old: StoredObject, _ new: StoredObject) -> Bool {
        old.value[.metadata][.labels] == new.value[.metadata][.labels]
            && old.value[.spec][.taints] == new.value[.spec][.taints]
    }

    /// The daemon pods' spec by the version of the set that is known now.
    private func spec(of state: DaemonState) -> PodSpecView {
        guard let set = view.get(.daemonSet, state.key) else { return state.spec }
        return PodSpecView(DaemonPods.withTolerations(set.value[.spec][.template][.spec]))
    }

    // MARK: Pods

    func observePod(_ change: Change) {
        let pod = change.object
        let isGone = change.type == .deleted
        if isGone { unplace(pod) } else { place(pod) }
        orphanPods.note(change)
        if isGone || pod.isDeleting { return podDeleted(pod) }
        if change.hasNewController, let old = state(of: change.old?.controllerUID) {
            enqueue(old.key)
        }
        if let state = state(of: pod.controllerUID) {
            if change.type == .added { expectations.creationObserved(state.key) }
            enqueue(state.key)
            enqueueWhenAvailable(state.key, change, minReadySeconds: state.minReadySeconds)
        } else {
            enqueueAdopters(of: change, selectors)
        }
    }

    private func podDeleted(_ pod: StoredObject) {
        guard let state = state(of: pod.controllerUID) else { return }
        expectations.deletionObserved(state.key, uid: pod.uid)
        enqueue(state.key)
    }

    // MARK: Revisions and orphans

    func observeRevision(_ change: Change) {
        let revision = change.object
        orphanRevisions.note(change)
        if let old = change.old, change.hasNewController, let state = state(of: old.controllerUID) {
            enqueue(state.key)
        }
        guard let state = state(of: revision.controllerUID) else {
            return enqueueAdopters(of: change, selectors)
        }
        // That one was made is no news to the set that made it.
        if change.type != .added || revision.isDeleting { enqueue(state.key) }
    }
}
