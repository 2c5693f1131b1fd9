import Model
import Support
import Value

// Which nodes get and lose pods. Origin: manage, podsShouldBeOnNode and syncNodes in
// pkg/controller/daemon/daemon_controller.go.
extension DaemonSetController {
    /// What is to be done on nodes.
    struct NodeActions {
        /// Numbers of nodes that need a pod.
        var create: [Int] = []
        var delete: [StoredObject] = []
    }

    /// Starts pods where they are missing and stops those that should not be; looks only at nodes
    /// where something changed. `then` is called with its last request.
    func manage(
        _ set: StoredObject, _ state: DaemonState, _ outcome: RequestOutcome,
        then: @escaping () throws(APIError) -> Void
    ) throws(APIError) {
        var actions = NodeActions()
        let numbers = ordered(state.takeUnmanaged())
        var unfinished: [Int] = []
        for number in numbers {
            let before = actions.create.count + actions.delete.count
            let waits = look(at: number, set, state, &actions)
            if waits || actions.create.count + actions.delete.count > before {
                unfinished.append(number)
            }
        }
        // Until its pods are seen to come and go, a node is looked at again.
        for number in unfinished { state.touch(number) }
        try syncNodes(set, state, actions, outcome, then: then)
    }

    /// `podsShouldBeOnNode`; answers whether the node must be looked at again later.
    private func look(
        at number: Int, _ set: StoredObject, _ state: DaemonState, _ actions: inout NodeActions
    ) -> Bool {
        let cell = state.cells[number]
        if cell.nodeVersion < 0 {
            // Without a node nobody else collects a pod that was never assigned.
            actions.delete += cell.pods.filter { $0.nodeName == nil && !$0.isDeleting }
            return false
        }
        if cell.eligibility.shouldRun && !cell.summary.isScheduled {
            actions.create.append(number)
            return false
        }
        let living = cell.pods.filter { !$0.isDeleting }
        guard cell.eligibility.shouldContinue else {
            actions.delete += living
            return false
        }
        let (running, waits) = retireFinished(living, number, set, &actions)
        if DaemonSetView(set.value).allowsSurge {
            if running.isEmpty && cell.eligibility.shouldRun { actions.create.append(number) }
            if running.count > 1 {
                pruneForSurge(running, state, &actions)
                // The new pod becomes available by time alone.
                return true
            }
        } else if running.count > 1 {
            // All but the oldest are too many.
            actions.delete += running.sorted(by: DaemonState.precedes).dropFirst()
        }
        return waits
    }

    /// Marks finished pods for deletion, failed ones at a growing distance; answers the others, and
    /// whether a failed pod waits for its time.
    private func retireFinished(
        _ pods: [StoredObject], _ number: Int, _ set: StoredObject, _ actions: inout NodeActions
    ) -> (running: [StoredObject], waits: Bool) {
        let node = nodes.names[number]
        var running: [StoredObject] = []
        var waits = false
        for pod in pods {
            let name = "\(pod.namespace)/\(pod.name) on node \(node)"
            switch PodFacts(pod).phase {
            case .failed:
                let key = "\(set.uid)/\(DaemonSetView(set.value).observedGeneration)/\(node)"
                if let delay = backoff.delay(key, now: now) {
                    enqueue(set.key, after: delay)
                    waits = true
                    continue
                }
                backoff.next(key, now: now)
                record(
                    set, .warning, reason: "FailedDaemonPod",
                    message: "Found failed daemon pod \(name), will try to kill it")
                actions.delete.append(pod)
            case .succeeded:
                record(
                    set, .normal, reason: "SucceededDaemonPod",
                    message: "Found succeeded daemon pod \(name), will try to delete it")
                actions.delete.append(pod)
            default: running.append(pod)
            }
        }
        return (running, waits)
    }

    /// During a surge a node may have two pods: the oldest of the new revision until it is available,
    /// and the oldest of an old one as long as it is ready.
    private func pruneForSurge(
        _ running: [StoredObject], _ state: DaemonState, _ actions: inout NodeActions
    ) {
        var new: StoredObject?
        var old: StoredObject?
        for pod in running.sorted(by: DaemonState.precedes) {
            let revision = pod.value[.metadata][.labels][WellKnown.controllerRevisionHash].string
            if revision == state.hash && new == nil {
                new = pod
            } else if revision != state.hash && old == nil {
                old = pod
            } else {
                actions.delete.append(pod)
            }
        }
        guard let new, let old else { return }
        let isNewAvailable = PodFacts(new).isAvailable(
            minReadySeconds: state.minReadySeconds, now: now)
        if !PodFacts(old).isReady || isNewAvailable { actions.delete.append(old) }
    }

    // MARK: Carrying out

    /// `syncNodes`: creates with a slow start, then deletes; `outcome` takes the first failure.
    /// `then` is called with the last request, or at once if there is none.
    func syncNodes(
        _ set: StoredObject, _ state: DaemonState, _ actions: NodeActions,
        _ outcome: RequestOutcome, then: @escaping () throws(APIError) -> Void
    ) throws(APIError) {
        let create = Array(actions.create.prefix(Self.burstReplicas))
        let delete = actions.delete.prefix(Self.burstReplicas)
        guard !create.isEmpty || !delete.isEmpty else { return try then() }
        expectations.expect(
            set.key, creations: create.count, deletions: delete.map(\.uid), now: now)
        let end = { [unowned self] () throws(APIError) in
            guard !delete.isEmpty else { return try then() }
            try send { [unowned self] () throws(APIError) in
                for pod in delete { retire(pod, set, outcome) }
                try then()
            }
        }
        if create.isEmpty { return try end() }
        try createPods(create, set, state, outcome, then: end)
    }

    private func createPods(
        _ numbers: [Int], _ set: StoredObject, _ state: DaemonState, _ outcome: RequestOutcome,
        then: @escaping () throws(APIError) -> Void
    ) throws(APIError) {
        let prototype = prototype(set, state)
        try sendSlowStart(numbers.count, outcome) { [unowned self] index throws(APIError) in
            try createDaemonPod(prototype, on: numbers[index], set)
        } whenDone: { [unowned self] successes in
            if successes < numbers.count {
                expectations.creationObserved(set.key, count: numbers.count - successes)
            }
            do throws(APIError) {
                try then()
            } catch {
                outcome.failure = outcome.failure ?? error
            }
        }
    }

    private func retire(_ pod: StoredObject, _ set: StoredObject, _ outcome: RequestOutcome) {
        do throws(APIError) {
            try deletePod(pod, for: set)
        } catch {
            expectations.deletionObserved(set.key, uid: pod.uid)
            if !error.isNotFound { outcome.failure = outcome.failure ?? error }
        }
    }

    private func createDaemonPod(
        _ prototype: Value, on number: Int, _ set: StoredObject
    ) throws(APIError) {
        var pod = prototype
        pod[.spec][.affinity] = DaemonPods.affinity(
            prototype[.spec][.affinity], toNode: nodes.names[number])
        do throws(APIError) {
            try createPod(pod, for: set)
        } catch {
            if !error.isNamespaceTerminating { throw error }
        }
    }

    /// The pod without its node (`CreatePodTemplate`).
    private func prototype(_ set: StoredObject, _ state: DaemonState) -> Value {
        var template = set.value[.spec][.template]
        template[.spec] = state.spec.value
        if let generation = state.templateGeneration {
            template[.metadata][.labels][WellKnown.podTemplateGeneration] = Value(generation)
        }
        template[.metadata][.labels][WellKnown.controllerRevisionHash] = Value(state.hash)
        return podPrototype(template, owner: set)
    }
}

extension DaemonSetView {
    /// Whether a rolling update may run two pods on a node (`AllowsSurge`).
    var allowsSurge: Bool {
        updateStrategyType == "RollingUpdate"
            && (IntOrPercent.scaled(maxSurge, total: 100, roundUp: true) ?? 0) > 0
    }
}
