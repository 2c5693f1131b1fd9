import Model
import Support
import Value

// Owning, creating and deleting pods. Origin: claimPods and manageReplicas in
// pkg/controller/replicaset/replica_set.go.
extension ReplicaSetController {
    /// Releases active pods that no longer match and adopts active ones that nobody owns; answers the
    /// adopted ones. Costs nothing when there are neither.
    func claimPods(_ set: StoredObject, _ place: Int) throws(APIError) -> [StoredObject] {
        if set.isDeleting { return [] }
        if ledger.owners[place].foreign > 0 { try releasePods(set) }
        var candidates: [StoredObject] = []
        for slot in ledger.orphans[set.namespace] {
            guard ledger.entry(slot).flags.contains(.active), let pod = view.get(.pod, slot),
                ledger.owners[place].selector.matches(pod.value[.metadata][.labels].fields)
            else { continue }
            candidates.append(pod)
        }
        guard !candidates.isEmpty else { return [] }
        // The uncached look that upstream takes before it adopts (issue 42639 there).
        guard let live = api.find(kind, set.key), live.uid == set.uid, !live.isDeleting else {
            throw APIError(
                .conflict, "can't adopt Pods: original \(api.kinds[kind].name) \(set.key) is gone")
        }
        let reference = controllerReference(to: set)
        var adopted: [StoredObject] = []
        for pod in candidates.sorted(by: { $0.name < $1.name }) {
            do throws(APIError) {
                try api.modify(pod) { OwnerReferences.add(reference, to: &$0) }
                adopted.append(pod)
            } catch {
                if !error.isNotFound { throw error }
            }
        }
        return adopted
    }

    private func releasePods(_ set: StoredObject) throws(APIError) {
        let foreign = view.controlled(.pod, by: set.uid).filter {
            let flags = ledger.entry($0.slot).flags
            return flags.contains(.active) && !flags.contains(.matching)
        }
        for pod in foreign.sorted(by: { $0.name < $1.name }) {
            do throws(APIError) {
                try api.modify(pod) { OwnerReferences.remove(set.uid, from: &$0) }
            } catch {
                if !error.isNotFound { throw error }
            }
        }
    }

    /// Creates or deletes pods until the set has as many as it wants; answers the first failure.
    func manageReplicas(
        _ set: StoredObject, _ tally: Tally, _ adopted: [StoredObject]
    ) -> APIError? {
        let difference = tally.active - ReplicaSetView(set.value).replicas
        if difference < 0 { return createPods(set, min(-difference, Self.burstReplicas)) }
        if difference > 0 {
            return deletePods(set, min(difference, Self.burstReplicas), adopted)
        }
        return nil
    }

    private func createPods(_ set: StoredObject, _ count: Int) -> APIError? {
        expectations.expectCreations(set.key, count, now: now)
        let prototype = podPrototype(set.value[.spec][.template], owner: set)
        let (successes, failure) = slowStartBatch(count) { _ throws(APIError) in
            do throws(APIError) {
                try createPod(prototype, for: set)
            } catch {
                if !error.isNamespaceTerminating { throw error }
            }
        }
        // What failed or was never tried will not be observed.
        if successes < count {
            expectations.creationObserved(set.key, count: count - successes)
        }
        return failure
    }

    private func deletePods(
        _ set: StoredObject, _ count: Int, _ adopted: [StoredObject]
    ) -> APIError? {
        let pods = choosePodsToDelete(set, count, adopted)
        expectations.expectDeletions(set.key, uids: pods.map(\.uid), now: now)
        var failure: APIError?
        for pod in pods {
            do throws(APIError) {
                try deletePod(pod, for: set)
            } catch {
                expectations.deletionObserved(set.key, uid: pod.uid)
                if !error.isNotFound { failure = failure ?? error }
            }
        }
        return failure
    }

    // MARK: Choice

    private func choosePodsToDelete(
        _ set: StoredObject, _ count: Int, _ adopted: [StoredObject]
    ) -> [StoredObject] {
        let pods = countedPods(set) + adopted
        if count >= pods.count { return pods.sorted { $0.name < $1.name } }
        let related = relatedPodsByNode(set)
        let candidates = pods.indices.map { candidate($0, pods[$0], related) }
        let order = ScaleDownOrder(now: now)
        return order.first(count, of: candidates).map { pods[$0.index] }
    }

    private func candidate(
        _ index: Int, _ pod: StoredObject, _ related: [String: Int]
    ) -> ScaleDownCandidate {
        let facts = PodFacts(pod)
        let entry = ledger.entry(pod.slot)
        let restarts = PodRestarts(pod.value)
        return ScaleDownCandidate(
            index: index, isAssigned: pod.nodeName != nil, phase: facts.phase,
            isReady: facts.isReady,
            deletionCost: pod.value[.metadata][.annotations][WellKnown.podDeletionCost].string
                .flatMap { Int($0) } ?? 0,
            relatedOnNode: related[pod.nodeName ?? ""] ?? 0, readyTime: facts.readyTime,
            restarts: restarts.highest, sidecarRestarts: restarts.highestOfSidecars,
            createdTime: entry.createdTime ?? 0, uid: pod.uid, name: pod.name)
    }

    /// How many active pods of this set and of the other sets of its controller run on each node
    /// (`getIndirectlyRelatedPods`).
    private func relatedPodsByNode(_ set: StoredObject) -> [String: Int] {
        var counts: [String: Int] = [:]
        var sets = [set]
        if let controller = set.controllerUID { sets = view.controlled(kind, by: controller) }
        for related in sets {
            for pod in view.controlled(.pod, by: related.uid)
            where ledger.entry(pod.slot).flags.contains(.active) {
                counts[pod.nodeName ?? "", default: 0] += 1
            }
        }
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
