import Model
import Support
import Value

// Owning, creating and deleting pods. Origin: claimPods and manageReplicas in
// pkg/controller/replicaset/replica_set.go.
extension ReplicaSetController {
    /// Releases active pods that no longer match and adopts active ones that nobody owns; answers the
    /// adopted ones. Costs nothing when there are neither (`claimPods`).
    func claimPods(_ set: StoredObject, _ place: Int) throws(APIError) -> [StoredObject] {
        let owner = ledger.owners[place]
        var foreign: [StoredObject] = []
        if owner.foreign > 0 {
            foreign = view.controlled(.pod, by: set.uid).filter {
                let flags = ledger.entry($0.slot).flags
                return flags.contains(.active) && !flags.contains(.matching)
            }
        }
        let candidates = orphans.objects(.pod, in: set.namespace, view).filter {
            ledger.entry($0.slot).flags.contains(.active)
                && owner.selector.matches($0.value[.metadata][.labels].fields)
        }
        return try claim(for: set, releasing: foreign, adopting: candidates)
    }

    /// Creates or deletes pods until the set has as many as it wants; notes the first
    /// failure.
    func manageReplicas(
        _ set: StoredObject, _ tally: Tally, _ adopted: [StoredObject]
    ) throws(APIError) {
        let difference = tally.active - ReplicaSetView(set.value).replicas
        if difference < 0 {
            try createPods(set, min(-difference, Self.burstReplicas))
        } else if difference > 0 {
            try deletePods(set, min(difference, Self.burstReplicas), adopted)
        }
    }

    private func createPods(_ set: StoredObject, _ count: Int) throws(APIError) {
        expectations.expectCreations(set.key, count, now: now)
        let prototype = podPrototype(set.value[.spec][.template], owner: set)
        try sendSlowStart(count) { own, _ throws(APIError) in
            do throws(APIError) {
                try own.createPod(prototype, for: set)
            } catch {
                if !error.isNamespaceTerminating { throw error }
            }
        } whenDone: { own, successes in
            // What failed or was never tried will not be observed.
            if successes < count {
                own.expectations.creationObserved(set.key, count: count - successes)
            }
        }
    }

    private func deletePods(
        _ set: StoredObject, _ count: Int, _ adopted: [StoredObject]
    ) throws(APIError) {
        let pods = choosePodsToDelete(set, count, adopted)
        expectations.expectDeletions(set.key, uids: pods.map(\.uid), now: now)
        try send { own throws(APIError) in
            for pod in pods {
                do throws(APIError) {
                    try own.deletePod(pod, for: set)
                } catch {
                    own.expectations.deletionObserved(set.key, uid: pod.uid)
                    if !error.isNotFound { own.notedFailure = own.notedFailure ?? error }
                }
            }
        }
    }

    // MARK: Choice

    private func choosePodsToDelete(
        _ set: StoredObject, _ count: Int, _ adopted: [StoredObject]
    ) -> [StoredObject] {
        guard let place = ledger.place(of: set.uid) else { return [] }
        let own = ledger.owners[place].pods.filter {
            ledger.entries[Int($0)].flags.isSuperset(of: .counted)
        }
        let slots = own + adopted.map(\.slot.index)
        let related = relatedPodsByNode(set, adopted)
        let candidates = slots.map { candidate(Int($0), related) }
        let order = ScaleDownOrder(now: now, names: ledger.names)
        return order.first(min(count, candidates.count), of: candidates).compactMap {
            view.get(.pod, Slot(index: Int32($0.slot)))
        }
    }

    private func candidate(_ slot: Int, _ related: [Int32]) -> ScaleDownCandidate {
        let entry = ledger.entries[slot]
        return ScaleDownCandidate(
            slot: slot, isAssigned: entry.node >= 0, phase: entry.phase,
            isReady: entry.flags.contains(.ready), deletionCost: entry.deletionCost,
            relatedOnNode: related[Int(entry.node) + 1], readyTime: entry.readyTime,
            restarts: entry.restarts, sidecarRestarts: entry.sidecarRestarts,
            createdTime: entry.createdTime, uidRank: entry.uidRank)
    }

    /// How many active pods of the sets of one controller, this set's own among them, run on each
    /// node; the first number is that of unassigned ones (`getIndirectlyRelatedPods`).
    ///
    /// A set that nobody controls has no related sets, not even itself: its pods are not told apart by
    /// their company (`getReplicaSetsWithSameController` answers nothing then).
    private func relatedPodsByNode(_ set: StoredObject, _ adopted: [StoredObject]) -> [Int32] {
        var counts = [Int32](repeating: 0, count: ledger.nodeCount + 1)
        guard let controller = set.controllerUID else { return counts }
        for related in view.controlled(kind, by: controller) {
            guard let place = ledger.place(of: related.uid) else { continue }
            for slot in ledger.owners[place].pods {
                let entry = ledger.entries[Int(slot)]
                if entry.flags.isSuperset(of: .counted) { counts[Int(entry.node) + 1] += 1 }
            }
        }
        for pod in adopted { counts[Int(ledger.entry(pod.slot).node) + 1] += 1 }
        return counts
    }
}

/// The highest restart counts among a pod's containers (`maxContainerRestarts`).
struct PodRestarts {
    /// Of containers and of init containers that end.
    var highest = 0
    /// Of init containers that keep running beside the containers.
    var highestOfSidecars = 0

    init(_ pod: Value) {
        let status = pod[.status]
        for container in status[.containerStatuses].elements {
            highest = max(highest, container.int(.restartCount))
        }
        let initial = status[.initContainerStatuses].elements
        guard !initial.isEmpty else { return }
        let specs = pod[.spec][.initContainers].elements
        for container in initial where container.int(.restartCount) > 0 {
            let spec = specs.first { $0[.name] == container[.name] }
            if spec?[.restartPolicy].string == "Always" {
                highestOfSidecars = max(highestOfSidecars, container.int(.restartCount))
            } else {
                highest = max(highest, container.int(.restartCount))
            }
        }
    }
}
