import Model
import Support
import Value

/// Runs one pod of each DaemonSet on every node where it belongs.
///
/// Origin: pkg/controller/daemon/daemon_controller.go. A sync lists the pods anew after each of its
/// parts. Its report counts what was seen when its last request was made: of three pods that it
/// created in batches of 1 and 2, the first (the recorded clusters show both that and all three; the
/// answer and the watch are even).
final class DaemonSetController: Controller {
    /// The most pods that one step creates or deletes.
    static let burstReplicas = 250

    var expectations = Expectations()
    var backoff = DaemonBackoff()
    private(set) var nodes = NodeNumbers()
    /// A set that is gone gives its place to the next one when the last of its pods has left it.
    private var states: [DaemonState?] = []
    private var freePlaces: [Int] = []
    private var places: [String: Int] = [:]
    /// By the slot of a pod: the set it belongs to and the node it is meant for.
    private var podPlaces: [(state: Int32, node: Int32)] = []
    var orphanPods = Orphans()
    var orphanRevisions = Orphans()
    var selectors = SelectorIndex()

    init() { super.init(name: "daemonset-controller", workers: 2) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        expectations = other.expectations
        backoff = other.backoff
        nodes = other.nodes
        states = other.states.map { $0?.copy() }
        freePlaces = other.freePlaces
        places = other.places
        podPlaces = other.podPlaces
        orphanPods = other.orphanPods
        orphanRevisions = other.orphanRevisions
        selectors = other.selectors
    }

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
        guard let set = view.get(.daemonSet, key), let state = state(of: set.uid) else {
            return expectations.forget(key)
        }
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
            let status = newStatus(set, state, observesGeneration: false)
            return try send { [unowned self] () throws(APIError) in
                try updateStatus(set, state, status)
            }
        }
        let outcome = RequestOutcome()
        try manage(set, state, outcome) { [unowned self] () throws(APIError) in
            try update(set, state, old, outcome)
        }
    }

    /// What follows when missing pods were asked for and surplus ones deleted: the rolling update, if
    /// all of that was seen already, the old revisions, and the report.
    private func update(
        _ set: StoredObject, _ state: DaemonState, _ old: [StoredObject], _ outcome: RequestOutcome
    ) throws(APIError) {
        let finish = { [unowned self] () throws(APIError) in
            if outcome.failure == nil { try cleanupHistory(set, state, old, outcome) }
            try report(set, state, outcome)
        }
        guard outcome.failure == nil, expectations.areSatisfied(set.key, now: now),
            DaemonSetView(set.value).updateStrategyType == "RollingUpdate"
        else { return try finish() }
        state.refresh(view, nodes, now: now)
        try rollingUpdate(set, state, outcome, then: finish)
    }

    private func report(
        _ set: StoredObject, _ state: DaemonState, _ outcome: RequestOutcome
    ) throws(APIError) {
        // Whether the watch is faster than the answer differs from time to time.
        let isWatchFaster = profile.jitterPercent > 0 && jitter.next() % 2 == 0
        let status = newStatus(set, state, observesGeneration: true)
        try send { [unowned self] () throws(APIError) in
            let status =
                isWatchFaster ? newStatus(set, state, observesGeneration: true) : status
            do throws(APIError) {
                try updateStatus(set, state, status)
            } catch {
                throw outcome.failure ?? error
            }
            if let failure = outcome.failure { throw failure }
        }
    }

    // MARK: Pods of the sets

    /// Adopts pods that nobody owns and releases those that no longer match (`getDaemonPods`).
    private func claimPods(_ set: StoredObject, _ state: DaemonState) throws(APIError) {
        let candidates = orphanPods.objects(.pod, in: set.namespace, view).filter {
            state.selector.matches($0.value[.metadata][.labels].fields)
        }
        let adopted = try claim(for: set, releasing: state.foreign, adopting: candidates)
        state.foreign = []
        for pod in adopted { place(pod) }
    }

    /// Puts a pod into the cell of its node, and takes it from where it was.
    func place(_ pod: StoredObject) {
        let slot = Int(pod.slot.index)
        while podPlaces.count <= slot { podPlaces.append((-1, -1)) }
        let old = podPlaces[slot]
        var new: (state: Int32, node: Int32) = (-1, -1)
        if let uid = pod.controllerUID, let place = places[uid], let state = states[place] {
            let matches = state.selector.matches(pod.value[.metadata][.labels].fields)
            state.foreign.removeAll { $0.slot == pod.slot }
            if !matches {
                state.foreign.append(pod)
            } else if let node = DaemonPods.targetNode(pod) {
                new = (Int32(place), Int32(nodes.number(of: node)))
            }
        }
        if old.state >= 0, old != new { remove(pod, from: old) }
        if new.state >= 0 { states[Int(new.state)]?.put(pod, on: Int(new.node)) }
        podPlaces[slot] = new
    }

    /// Takes a pod that is gone out of its cell.
    func unplace(_ pod: StoredObject) {
        let slot = Int(pod.slot.index)
        guard slot < podPlaces.count, podPlaces[slot].state >= 0 else { return }
        remove(pod, from: podPlaces[slot])
        podPlaces[slot] = (-1, -1)
    }

    private func remove(_ pod: StoredObject, from place: (state: Int32, node: Int32)) {
        states[Int(place.state)]?.remove(pod, from: Int(place.node))
        freeIfGone(Int(place.state))
    }

    // MARK: Registers

    /// The state of the set with `uid`; nil when there is none.
    func state(of uid: String?) -> DaemonState? {
        uid.flatMap { places[$0] }.flatMap { states[$0] }
    }

    /// The states of all sets that exist.
    var livingStates: [DaemonState] { states.compactMap { $0 }.filter { !$0.isGone } }

    /// Makes the state of a new set, with all nodes and the pods that name it already.
    func register(_ set: StoredObject) {
        guard places[set.uid] == nil else { return }
        let state = DaemonState(set, selectors.selector(of: set))
        let number = freePlaces.popLast() ?? states.count
        if number == states.count { states.append(nil) }
        states[number] = state
        places[set.uid] = number
        for node in view.list(.node) { state.touch(nodes.number(of: node.name)) }
        for pod in view.controlled(.pod, by: set.uid) { place(pod) }
    }

    func unregister(_ set: StoredObject) {
        guard let place = places.removeValue(forKey: set.uid) else { return }
        states[place]?.isGone = true
        freeIfGone(place)
    }

    private func freeIfGone(_ place: Int) {
        guard let state = states[place], state.isGone, state.podCount == 0 else { return }
        states[place] = nil
        freePlaces.append(place)
    }

    func noteNode(_ name: String) -> Int { nodes.number(of: name) }

    /// Nodes in the order in which they are looked at: by name, or, with jitter, in any, as upstream,
    /// which goes through a map.
    func ordered(_ numbers: [Int]) -> [Int] {
        var result = numbers.sorted { nodes.names[$0] < nodes.names[$1] }
        guard profile.jitterPercent > 0 else { return result }
        for place in result.indices.dropFirst() {
            result.swapAt(place, Int(jitter.next() % UInt64(place + 1)))
        }
        return result
    }
}
