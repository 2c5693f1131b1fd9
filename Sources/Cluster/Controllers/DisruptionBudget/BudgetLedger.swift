import Model
import Support
import Value

/// What the controller of disruption budgets remembers of the pods that each budget selects, kept up to date
/// by every change that it observes: a sync reads counters instead of walking over pods.
struct BudgetLedger {
    /// What a budget's pods come to.
    struct Tally: Equatable {
        /// A controller of some of the pods.
        struct Owner: Equatable {
            var pods = 0
            /// The reference to it.
            let reference: Value
        }

        var pods = 0
        /// Pods that are ready and not on their way out.
        var healthy = 0
        /// Pods that nobody controls.
        var unmanaged = 0
        /// By uid. In no order that may be seen.
        var owners: [String: Owner] = [:]
    }

    /// A pod as it was counted.
    private struct Entry {
        var budgets: [ObjectKey] = []
        var isHealthy = false
        var uid = ""
        var reference: Value?
    }

    /// By slot of the pod.
    private var entries: [Entry] = []
    private var tallies: [ObjectKey: Tally] = [:]
    /// By budget: the slots of its pods.
    private var members: [ObjectKey: Set<Int32>] = [:]

    /// What the pods of a budget come to.
    func tally(_ budget: ObjectKey) -> Tally { tallies[budget] ?? Tally() }

    /// Whether a pod is one of the budget's.
    func contains(_ pod: StoredObject, of budget: ObjectKey) -> Bool {
        members[budget]?.contains(pod.slot.index) ?? false
    }

    static func isHealthy(_ pod: StoredObject) -> Bool {
        !pod.isDeleting && PodView(pod.value).isReady
    }

    // MARK: Changes

    /// Takes note of a pod's present version, which `budgets` select.
    mutating func note(_ pod: StoredObject, selectedBy budgets: [ObjectKey]) {
        let slot = Int(pod.slot.index)
        if budgets.isEmpty, slot >= entries.count || entries[slot].budgets.isEmpty { return }
        while entries.count <= slot { entries.append(Entry()) }
        let old = entries[slot]
        let new = Entry(
            budgets: budgets, isHealthy: Self.isHealthy(pod), uid: pod.controllerUID ?? "",
            reference: pod.controllerReference)
        entries[slot] = new
        if old.budgets == new.budgets {
            if old.isHealthy == new.isHealthy, old.uid == new.uid { return }
        } else {
            for budget in old.budgets { members[budget]?.remove(pod.slot.index) }
            for budget in new.budgets { members[budget, default: []].insert(pod.slot.index) }
        }
        for budget in old.budgets { count(old, in: budget, by: -1) }
        for budget in new.budgets { count(new, in: budget, by: 1) }
    }

    /// Takes note that a pod is gone.
    mutating func remove(_ pod: StoredObject) { note(pod, selectedBy: []) }

    /// Forgets what a budget selected.
    mutating func forget(_ budget: ObjectKey) {
        for slot in members.removeValue(forKey: budget) ?? [] {
            entries[Int(slot)].budgets.removeAll { $0 == budget }
        }
        tallies[budget] = nil
    }

    private mutating func count(_ entry: Entry, in budget: ObjectKey, by step: Int) {
        var tally = tallies.removeValue(forKey: budget) ?? Tally()
        tally.pods += step
        if entry.isHealthy { tally.healthy += step }
        if let reference = entry.reference {
            var owner = tally.owners[entry.uid] ?? Tally.Owner(reference: reference)
            owner.pods += step
            tally.owners[entry.uid] = owner.pods == 0 ? nil : owner
        } else {
            tally.unmanaged += step
        }
        tallies[budget] = tally
    }
}
