import Model
import Support
import Value

extension Change {
    /// Whether another controller than before has the object, or it has just been seen first.
    var hasNewController: Bool { old.map { $0.controllerUID != object.controllerUID } ?? true }

    /// Whether the labels are others than before, or have just been seen first.
    var hasNewLabels: Bool {
        old.map { $0.value[.metadata][.labels] != object.value[.metadata][.labels] } ?? true
    }

    /// Whether the object is an orphan that somebody may want to adopt now and did not before.
    var isNewOrphan: Bool {
        type != .deleted && object.controllerUID == nil && !object.isDeleting
            && (hasNewController || hasNewLabels)
    }
}

// Who is to be looked at when an object changes that has an owner, or may get one.
extension Controller {
    /// Asks for a sync of the object's controller of `kind`, of the one it had before, and of those that
    /// may want to adopt it (`addPod`, `updatePod`, `deletePod` and their like).
    func enqueueOwners(of change: Change, kind: Kind, _ selectors: SelectorIndex) {
        if let old = change.old, change.hasNewController { enqueueController(of: old, kind: kind) }
        if change.object.controllerUID != nil {
            enqueueController(of: change.object, kind: kind)
        } else {
            enqueueAdopters(of: change, selectors)
        }
    }

    /// Asks for a sync of the owners that may want to adopt the object, if that is news.
    func enqueueAdopters(
        of change: Change, _ selectors: SelectorIndex, after delay: Milliseconds = 0
    ) {
        guard change.isNewOrphan else { return }
        for key in selectors.owners(selecting: change.object) { enqueue(key, after: delay) }
    }

    /// Asks for a sync when a pod that has just become ready will be available: one second later than
    /// minReadySeconds, so that whole seconds have passed for sure.
    func enqueueWhenAvailable(_ key: ObjectKey, _ change: Change, minReadySeconds: Int) {
        guard minReadySeconds > 0, let old = change.old, PodFacts(change.object).isReady,
            !PodFacts(old).isReady
        else { return }
        enqueue(key, after: Milliseconds(seconds: minReadySeconds + 1))
    }
}
