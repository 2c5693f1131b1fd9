import Model
import Support
import Value

/// Keeps the number of pods of each ReplicaSet, or each ReplicationController, as its spec says.
///
/// One implementation serves both kinds, as upstream's does. Origin:
/// pkg/controller/replicaset/replica_set.go. The status of a sync counts the pods as they were
/// before the sync created or deleted any: a new set first reports that its generation was observed,
/// and its pods with the next sync.
final class ReplicaSetController: Controller, FreeRequester {
    /// The most pods that one sync creates or deletes.
    static let burstReplicas = 500

    /// `.replicaSet` or `.replicationController`.
    let kind: Kind
    var expectations = Expectations()
    var ledger = PodLedger()
    /// Pods that nobody controls.
    var orphans = Orphans()
    /// What the sets select. A ReplicationController has a plain map of labels.
    var selectors: SelectorIndex

    init(kind: Kind) {
        self.kind = kind
        selectors =
            kind == .replicaSet
            ? SelectorIndex() : SelectorIndex { LabelSelector(labels: $0.fields) }
        super.init(
            name: kind == .replicaSet ? "replicaset-controller" : "replication-controller")
    }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        expectations = other.expectations
        ledger = other.ledger
        orphans = other.orphans
        selectors = other.selectors
    }

    override func start() {
        watch(kind)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        if change.kind == .pod { observePod(change) } else { observeSet(change) }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let set = view.get(kind, key), let place = ledger.place(of: set.uid) else {
            expectations.forget(key)
            return
        }
        let needsSync = expectations.areSatisfied(key, now: now)
        let adopted = try claimPods(set, place)
        let tally = tally(set, place, adopted)
        guard needsSync, !set.isDeleting, tally.active != ReplicaSetView(set.value).replicas else {
            return try report(set, tally, nil)
        }
        try manageReplicas(set, tally, adopted)
        try send { own throws(APIError) in try own.report(set, tally, own.notedFailure) }
    }

    /// Writes what the sync found before it created or deleted pods, and how that went.
    private func report(
        _ set: StoredObject, _ tally: Tally, _ failure: APIError?
    ) throws(APIError) {
        let status = calculateStatus(set, tally, failure)
        let updated = try writeStatus(set, status)
        if let failure { throw failure }
        resyncForAvailability(set.key, ReplicaSetView(updated.value))
    }

    /// Counts of the pods that a set has at the beginning of a sync.
    struct Tally {
        var active = 0
        var ready = 0
        var available = 0
        var fullyLabeled = 0
        var terminating = 0
    }

    private func tally(_ set: StoredObject, _ place: Int, _ adopted: [StoredObject]) -> Tally {
        let owner = ledger.owners[place]
        var tally = Tally(
            active: owner.active, ready: owner.ready, fullyLabeled: owner.fullyLabeled,
            terminating: owner.terminating)
        let minReadySeconds = set.value[.spec].int(.minReadySeconds)
        for pod in adopted {
            tally.active += 1
            if PodFacts(pod).isReady { tally.ready += 1 }
            if ledger.labelFlags(pod, owner).contains(.fullyLabeled) { tally.fullyLabeled += 1 }
        }
        tally.available = tally.ready
        if minReadySeconds > 0 && tally.ready > 0 {
            let limit = now - Milliseconds(seconds: minReadySeconds)
            tally.available =
                owner.pods.count {
                    let entry = ledger.entries[Int($0)]
                    return entry.flags.isSuperset(of: [.counted, .ready])
                        && entry.readyTime < limit
                }
                + adopted.count {
                    PodFacts($0).isAvailable(minReadySeconds: minReadySeconds, now: now)
                }
        }
        return tally
    }

    /// A pod that became ready reports itself after minReadySeconds; but a key is planned once only, for
    /// the earliest time, so that a sync for one pod comes too early for another. As long as a ready pod
    /// is not available, the next look is when the first of them is.
    ///
    /// Ready at 10 s and at 12 s with 5 s: looks at 15 s and, planned then, at 17 s.
    /// Source: replica_set.go, syncReplicaSet; controller_utils.go, FindMinNextPodAvailabilityCheck.
    private func resyncForAvailability(_ key: ObjectKey, _ set: ReplicaSetView) {
        let minReady = Milliseconds(seconds: set.minReadySeconds)
        guard minReady > 0, set.status.readyReplicas != set.status.availableReplicas else { return }
        var next: Milliseconds?
        if let place = ledger.place(of: set.uid) {
            for slot in ledger.owners[place].pods {
                let entry = ledger.entries[Int(slot)]
                guard entry.flags.isSuperset(of: [.counted, .ready]) else { continue }
                let (due, overflow) = entry.readyTime.addingReportingOverflow(minReady)
                if !overflow, due >= now { next = min(next ?? .max, due - now + 1) }
            }
        }
        enqueue(key, after: next ?? minReady)
    }
}
