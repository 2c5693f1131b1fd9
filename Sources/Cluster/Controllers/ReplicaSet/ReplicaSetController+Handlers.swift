import Model
import Support
import Value

// What the controller does upon changes that arrive. Origin: addPod, updatePod, deletePod and their
// like in pkg/controller/replicaset/replica_set.go.
extension ReplicaSetController {
    func observeSet(_ change: Change) {
        let set = change.object
        if change.type == .deleted {
            expectations.forget(set.key)
            ledger.forget(set.uid, in: set.namespace)
        } else if ledger.note(set, selector: selector) {
            for pod in view.controlled(.pod, by: set.uid) {
                ledger.note(pod, labelsChanged: true)
            }
        }
        enqueue(set)
    }

    /// The selector of a set: a ReplicationController has a plain map of labels, and one that is
    /// empty selects nothing.
    private func selector(_ value: Value) -> LabelSelector {
        kind == .replicaSet
            ? LabelSelector(value) : LabelSelector(labels: value.fields)
    }

    func observePod(_ change: Change) {
        let pod = change.object
        let owner = ledger.entry(pod.slot).owner
        switch change.type {
        case .added:
            ledger.note(pod, labelsChanged: true)
            podAdded(pod)
        case .modified:
            let old = change.old ?? pod
            let labelsChanged =
                old.value[.metadata][.labels] != pod.value[.metadata][.labels]
            let ownerChanged = old.controllerUID != pod.controllerUID
            ledger.note(pod, labelsChanged: labelsChanged || ownerChanged)
            podUpdated(
                pod, oldOwner: Int(owner), becameReady: becameReady(old, pod),
                labelsChanged: labelsChanged, ownerChanged: ownerChanged)
        case .deleted:
            ledger.remove(pod)
            podDeleted(pod, owner: Int(owner))
        }
    }

    private func becameReady(_ old: StoredObject, _ new: StoredObject) -> Bool {
        ledger.entry(new.slot).flags.contains(.ready) && !PodFacts(old).isReady
    }

    private func podAdded(_ pod: StoredObject) {
        let owner = Int(ledger.entry(pod.slot).owner)
        if pod.isDeleting { return podDeleted(pod, owner: owner) }
        if owner >= 0 {
            expectations.creationObserved(ledger.owners[owner].key)
            enqueue(ledger.owners[owner].key)
        } else if pod.controllerUID == nil {
            enqueueSets(matching: pod)
        }
    }

    private func podUpdated(
        _ pod: StoredObject, oldOwner: Int, becameReady: Bool, labelsChanged: Bool,
        ownerChanged: Bool
    ) {
        let owner = Int(ledger.entry(pod.slot).owner)
        // A pod that is about to go counts as deleted at once: its replacement does not wait.
        if pod.isDeleting { return podDeleted(pod, owner: owner >= 0 ? owner : oldOwner) }
        if ownerChanged && oldOwner >= 0 { enqueue(ledger.owners[oldOwner].key) }
        if owner >= 0 {
            let key = ledger.owners[owner].key
            enqueue(key)
            guard becameReady, let set = view.get(kind, key) else { return }
            let minReadySeconds = set.value[.spec].int(.minReadySeconds)
            // One second more, so that whole seconds have passed for sure.
            if minReadySeconds > 0 {
                enqueue(key, after: Milliseconds(seconds: minReadySeconds + 1))
            }
        } else if pod.controllerUID == nil, labelsChanged || ownerChanged {
            enqueueSets(matching: pod)
        }
    }

    private func podDeleted(_ pod: StoredObject, owner: Int) {
        guard owner >= 0 else { return }
        let key = ledger.owners[owner].key
        expectations.deletionObserved(key, uid: pod.uid)
        enqueue(key)
    }

    /// Wakes the sets that may want to adopt `pod`.
    private func enqueueSets(matching pod: StoredObject) {
        let labels = pod.value[.metadata][.labels].fields
        guard !labels.isEmpty else { return }
        for place in ledger.owners(in: pod.namespace)
        where ledger.owners[place].selector.matches(labels) {
            enqueue(ledger.owners[place].key)
        }
    }
}
