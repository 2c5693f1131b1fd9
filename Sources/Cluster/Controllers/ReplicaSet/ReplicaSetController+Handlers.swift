import Model
import Support
import Value

// What the controller does upon changes that arrive. Origin: addPod, updatePod, deletePod and their
// like in pkg/controller/replicaset/replica_set.go.
extension ReplicaSetController {
    func observeSet(_ change: Change) {
        let set = change.object
        let isNewSelector = selectors.note(change)
        if change.type == .deleted {
            expectations.forget(set.key)
            ledger.forget(set.uid)
        } else if ledger.note(set, isNewSelector ? selectors.selector(of: set) : nil) {
            for pod in view.controlled(.pod, by: set.uid) {
                ledger.note(pod, labelsChanged: true)
            }
        }
        enqueue(set)
    }

    func observePod(_ change: Change) {
        let pod = change.object
        let owner = Int(ledger.entry(pod.slot).owner)
        orphans.note(change)
        switch change.type {
        case .added:
            ledger.note(pod, labelsChanged: true)
            podAdded(change)
        case .modified:
            let ownerChanged = change.hasNewController
            ledger.note(pod, labelsChanged: ownerChanged || change.hasNewLabels)
            podUpdated(change, oldOwner: owner, ownerChanged: ownerChanged)
        case .deleted:
            ledger.remove(pod)
            podDeleted(pod, owner: owner)
        }
    }

    private func podAdded(_ change: Change) {
        let pod = change.object
        let owner = Int(ledger.entry(pod.slot).owner)
        if pod.isDeleting { return podDeleted(pod, owner: owner) }
        if owner >= 0 {
            expectations.creationObserved(ledger.owners[owner].key)
            enqueue(ledger.owners[owner].key)
        } else {
            enqueueAdopters(of: change, selectors)
        }
    }

    private func podUpdated(_ change: Change, oldOwner: Int, ownerChanged: Bool) {
        let pod = change.object
        let owner = Int(ledger.entry(pod.slot).owner)
        // A pod that is about to go counts as deleted at once: its replacement does not wait.
        if pod.isDeleting { return podDeleted(pod, owner: owner >= 0 ? owner : oldOwner) }
        if ownerChanged && oldOwner >= 0 { enqueue(ledger.owners[oldOwner].key) }
        guard owner >= 0 else { return enqueueAdopters(of: change, selectors) }
        let key = ledger.owners[owner].key
        enqueue(key)
        guard ledger.entry(pod.slot).flags.contains(.ready), let set = view.get(kind, key) else {
            return
        }
        let minReadySeconds = set.value[.spec].int(.minReadySeconds)
        enqueueWhenAvailable(key, change, minReadySeconds: minReadySeconds)
    }

    private func podDeleted(_ pod: StoredObject, owner: Int) {
        guard owner >= 0 else { return }
        let key = ledger.owners[owner].key
        expectations.deletionObserved(key, uid: pod.uid)
        enqueue(key)
    }
}
