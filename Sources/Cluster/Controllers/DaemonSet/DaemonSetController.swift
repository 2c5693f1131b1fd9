import Model
import Support
import Value

/// Runs one pod of each DaemonSet on every node where it belongs.
///
/// Origin: pkg/controller/daemon/daemon_controller.go. The status of a sync already counts the pods
/// that the sync created in all batches but the last: the recorded clusters show that those have been
/// seen by then.
final class DaemonSetController: Controller {
    /// The most pods that one step creates or deletes.
    static let burstReplicas = 250

    var expectations = Expectations()
    var backoff = DaemonBackoff()
    private(set) var nodes = NodeNumbers()
    private var states: [DaemonState] = []
    private var places: [String: Int] = [:]
    /// By the slot of a pod: the set it belongs to and the node it is meant for.
    private var podPlaces: [(state: Int32, node: Int32)] = []
    /// Pods, and revisions, without a controller, by namespace.
    private(set) var orphanPods = SlotIndex()
    private(set) var orphanRevisions = SlotIndex()

    init() { super.init(name: "daemonset-controller", workers: 2) }

    override func start() {
        watch(.daemonSet)
        watch(.controllerRevision)
        watch(.node)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        switch change.kind {
        case .daemonSet: observeSet(change)
        case .node: observeNode(change)
        case .controllerRevision: observeRevision(change)
        default: observePod(change)
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let set = view.get(.daemonSet, key), let place = places[set.uid] else {
            return expectations.forget(key)
        }
        let state = states[place]
        if state.selector.isEverything {
            return record(
                set, .warning, reason: "SelectingAll",
                message: "This daemon set is selecting all pods. A non-empty selector is "
                    + "required.")
        }
        // Its revisions may be gone before its pods: nothing reliable can be said any more.
        if set.isDeleting { return }
        try claimPods(set, state)
        let (hash, old) = try constructHistory(set)
        state.note(set, hash: hash)
        state.refresh(view, nodes, now: now)
        guard expectations.areSatisfied(key, now: now) else {
            return try updateStatus(set, state, observesGeneration: false)
        }
        var failure: APIError?
        do throws(APIError) {
            try updateDaemonSet(set, state, old)
        } catch {
            failure = error
        }
        do throws(APIError) {
            try updateStatus(set, state, observesGeneration: true)
        } catch {
            throw failure ?? error
        }
        if let failure { throw failure }
    }

    private func updateDaemonSet(
        _ set: StoredObject, _ state: DaemonState, _ old: [StoredObject]
    ) throws(APIError) {
        try manage(set, state)
        if expectations.areSatisfied(set.key, now: now),
            DaemonSetView(set.value).updateStrategyType == "RollingUpdate"
        {
            try rollingUpdate(set, state)
        }
        try cleanupHistory(set, state, old)
    }

    // MARK: Pods of the sets

    /// Adopts pods that nobody owns and releases those that no longer match.
    private func claimPods(_ set: StoredObject, _ state: DaemonState) throws(APIError) {
        for pod in state.foreign.sorted(by: { $0.name < $1.name }) {
            do throws(APIError) {
                try api.modify(pod) { OwnerReferences.remove(set.uid, from: &$0) }
            } catch {
                if !error.isNotFound { throw error }
            }
        }
        state.foreign = []
        let candidates = orphanPods[set.namespace].compactMap { view.get(.pod, $0) }.filter {
            !$0.isDeleting && state.selector.matches($0.value[.metadata][.labels].fields)
        }
        guard !candidates.isEmpty else { return }
        guard let live = api.find(.daemonSet, set.key), live.uid == set.uid, !live.isDeleting
        else { throw APIError(.conflict, "can't adopt Pods: DaemonSet \(set.key) is gone") }
        let reference = controllerReference(to: set)
        for pod in candidates.sorted(by: { $0.name < $1.name }) {
            do throws(APIError) {
                place(try api.modify(pod) { OwnerReferences.add(reference, to: &$0) })
            } catch {
                if !error.isNotFound { throw error }
            }
        }
    }

    /// Puts a pod into the cell of its node, and takes it from where it was.
    func place(_ pod: StoredObject) {
        let slot = Int(pod.slot.index)
        while podPlaces.count <= slot { podPlaces.append((-1, -1)) }
        let old = podPlaces[slot]
        var new: (state: Int32, node: Int32) = (-1, -1)
        if let uid = pod.controllerUID, let place = places[uid] {
            let matches = states[place].selector.matches(pod.value[.metadata][.labels].fields)
            states[place].foreign.removeAll { $0.slot == pod.slot }
            if !matches {
                states[place].foreign.append(pod)
            } else if let node = DaemonPods.targetNode(pod) {
                new = (Int32(place), Int32(nodes.number(of: node)))
            }
        }
        if old.state >= 0, old != new {
            states[Int(old.state)].remove(pod, from: Int(old.node))
        }
        if new.state >= 0 { states[Int(new.state)].put(pod, on: Int(new.node)) }
        podPlaces[slot] = new
    }

    /// Takes a pod that is gone out of its cell.
    func unplace(_ pod: StoredObject) {
        let slot = Int(pod.slot.index)
        guard slot < podPlaces.count, podPlaces[slot].state >= 0 else { return }
        states[Int(podPlaces[slot].state)].remove(pod, from: Int(podPlaces[slot].node))
        podPlaces[slot] = (-1, -1)
    }

    // MARK: Registers

    /// The state of the set with `uid`; nil when there is none.
    func state(of uid: String?) -> DaemonState? { uid.flatMap { places[$0] }.map { states[$0] } }

    /// The states of all sets that exist, oldest first.
    var livingStates: [DaemonState] { states.filter { places[$0.uid] != nil } }

    /// Makes the state of a new set, with all nodes and the pods that name it already.
    func register(_ set: StoredObject) {
        guard places[set.uid] == nil else { return }
        places[set.uid] = states.count
        states.append(DaemonState(set))
        for node in view.list(.node) { states[states.count - 1].touch(nodes.number(of: node.name)) }
        for pod in view.controlled(.pod, by: set.uid) { place(pod) }
    }

    func unregister(_ set: StoredObject) { places[set.uid] = nil }

    func noteNode(_ name: String) -> Int { nodes.number(of: name) }

    func noteOrphan(_ pod: StoredObject, isGone: Bool) {
        let isOrphan = !isGone && pod.controllerUID == nil
        if isOrphan || orphanPods.term(of: pod.slot) != nil {
            orphanPods.set(pod.slot, to: isOrphan ? pod.namespace : nil)
        }
    }

    func noteOrphanRevision(_ revision: StoredObject, isGone: Bool) {
        let isOrphan = !isGone && revision.controllerUID == nil
        orphanRevisions.set(revision.slot, to: isOrphan ? revision.namespace : nil)
    }
}
