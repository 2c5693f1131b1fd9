import Model
import Support
import Value

/// What the ReplicaSet controller remembers of each pod and each set, kept up to date by every change
/// it observes: a sync reads counters instead of walking over pods.
struct PodLedger {
    /// What counts for the owner's status.
    struct Flags: OptionSet {
        let rawValue: UInt8

        /// Neither finished nor being deleted.
        static let active = Flags(rawValue: 1)
        static let ready = Flags(rawValue: 2)
        /// The labels satisfy the owner's selector.
        static let matching = Flags(rawValue: 4)
        /// The labels contain those of the owner's template.
        static let fullyLabeled = Flags(rawValue: 8)
        /// Being deleted, but not finished yet.
        static let terminating = Flags(rawValue: 16)

        /// Active and not to be released.
        static let counted: Flags = [.active, .matching]
    }

    /// One pod. Plain numbers, so that walking over entries counts no references.
    struct Entry {
        /// The place of the controlling set; -1: none of this controller's kind.
        var owner: Int32 = -1
        /// The place among the owner's pods.
        var position: Int32 = -1
        /// The number of the node; -1 while unassigned.
        var node: Int32 = -1
        var restarts: Int32 = 0
        var sidecarRestarts: Int32 = 0
        var deletionCost: Int32 = 0
        var flags: Flags = []
        var phase = PodPhase.unset
        /// Virtual time; `.max` while unknown.
        var readyTime: Milliseconds = .max
        var createdTime: Milliseconds = .min
        /// The first sixteen digits of the uid: they order pods as the uids do.
        var uidRank: UInt64 = 0
    }

    /// One set.
    struct Owner {
        let uid: String
        let key: ObjectKey
        var selector: LabelSelector
        var templateLabels: Object
        /// Pods that are active and matching; of these the ready and the fully labelled ones.
        var active = 0
        var ready = 0
        var fullyLabeled = 0
        /// Pods that are on their way out and matching.
        var terminating = 0
        /// Active pods that no longer match: to be released.
        var foreign = 0
        /// The slots of all its pods, in no order.
        var pods: [Int32] = []
        /// Whether the set was deleted.
        var isGone = false
    }

    private(set) var entries: [Entry] = []
    private(set) var owners: [Owner] = []
    /// By slot: the pods' names.
    private(set) var names: [String] = []
    /// How many nodes have a number.
    var nodeCount: Int { nodeNumbers.count }
    private var nodeNumbers: [String: Int32] = [:]
    private var places: [String: Int32] = [:]
    /// Places of sets that are gone.
    private var freePlaces: [Int32] = []
    /// The creation time that was read last: pods come in crowds.
    private var lastCreated: (text: Value, time: Milliseconds) = (.null, 0)

    /// The place of the set with `uid`; nil when it is not known (any more).
    func place(of uid: String) -> Int? { places[uid].map(Int.init) }

    /// The entry of a pod.
    func entry(_ slot: Slot) -> Entry {
        Int(slot.index) < entries.count ? entries[Int(slot.index)] : Entry()
    }

    // MARK: Sets

    /// Takes note of a set, and of its selector where that is new. Answers whether what pods are compared
    /// with is new, so that the set's pods must be noted again.
    mutating func note(_ set: StoredObject, _ selector: LabelSelector?) -> Bool {
        let labels = set.value[.spec][.template][.metadata][.labels].fields
        guard let place = places[set.uid].map(Int.init) else {
            let owner = Owner(
                uid: set.uid, key: set.key, selector: selector ?? .nothing, templateLabels: labels)
            if let free = freePlaces.popLast() {
                owners[Int(free)] = owner
                places[set.uid] = free
            } else {
                places[set.uid] = Int32(owners.count)
                owners.append(owner)
            }
            return true
        }
        if owners[place].templateLabels == labels, selector == nil { return false }
        owners[place].templateLabels = labels
        if let selector { owners[place].selector = selector }
        return true
    }

    /// Forgets a set that is gone; its pods have no known owner from now on. Its place is given to
    /// another set when the last pod has left it.
    mutating func forget(_ uid: String) {
        guard let place = places.removeValue(forKey: uid).map(Int.init) else { return }
        owners[place].isGone = true
        freeIfEmpty(place)
    }

    private mutating func freeIfEmpty(_ place: Int) {
        guard owners[place].isGone, owners[place].pods.isEmpty else { return }
        freePlaces.append(Int32(place))
    }

    // MARK: Pods

    /// Takes note of a pod's present version. `labelsChanged` may be false only if neither the pod's
    /// labels nor its owner changed since the last note.
    mutating func note(_ pod: StoredObject, labelsChanged: Bool) {
        let slot = Int(pod.slot.index)
        while entries.count <= slot {
            entries.append(Entry())
            names.append("")
        }
        let old = entries[slot]
        var entry = old
        entry.owner = pod.controllerUID.flatMap { places[$0] } ?? -1
        // A pod of another kind of controller is noted when it becomes one of ours.
        if entry.owner < 0, old.owner < 0, pod.controllerUID != nil {
            entries[slot] = Entry()
            return
        }
        if old.createdTime == .min { introduce(pod, &entry) }
        let facts = PodFacts(pod)
        entry.phase = facts.phase
        if facts.isReady, !old.flags.contains(.ready) {
            entry.readyTime = facts.readyTime ?? .max
        }
        if entry.node < 0, let node = pod.nodeName { entry.node = number(of: node) }
        noteRare(pod, &entry)
        var flags = old.flags.intersection([.matching, .fullyLabeled])
        if entry.owner >= 0, labelsChanged || entry.owner != old.owner {
            flags = labelFlags(pod, owners[Int(entry.owner)])
        }
        if facts.isActive { flags.insert(.active) }
        if facts.isDeleting, !facts.phase.isTerminal { flags.insert(.terminating) }
        if facts.isReady { flags.insert(.ready) }
        entry.flags = flags
        count(old, by: -1)
        count(entry, by: 1)
        entries[slot] = entry
        if entry.owner != old.owner { move(slot, from: old, to: entry.owner) }
    }

    /// What never changes in a pod.
    private mutating func introduce(_ pod: StoredObject, _ entry: inout Entry) {
        names[Int(pod.slot.index)] = pod.name
        let created = pod.value[.metadata][.creationTimestamp]
        if created != lastCreated.text { lastCreated = (created, created.worldTime ?? 0) }
        entry.createdTime = lastCreated.time
        entry.uidRank = 0
        var digits = 0
        for byte in pod.uid.utf8 where byte != UInt8(ascii: "-") {
            entry.uidRank = entry.uidRank << 4 | UInt64(byte < 97 ? byte & 15 : byte - 87)
            digits += 1
            if digits == 16 { break }
        }
    }

    /// What only the choice of victims asks for.
    private func noteRare(_ pod: StoredObject, _ entry: inout Entry) {
        let restarts = PodRestarts(pod.value)
        entry.restarts = Int32(clamping: restarts.highest)
        entry.sidecarRestarts = Int32(clamping: restarts.highestOfSidecars)
        let cost = pod.value[.metadata][.annotations][WellKnown.podDeletionCost].string
        entry.deletionCost = cost.flatMap(PodView.deletionCost).map { Int32(clamping: $0) } ?? 0
    }

    private mutating func number(of node: String) -> Int32 {
        if let number = nodeNumbers[node] { return number }
        let number = Int32(nodeNumbers.count)
        nodeNumbers[node] = number
        return number
    }

    /// Takes note that a pod is gone.
    mutating func remove(_ pod: StoredObject) {
        let slot = Int(pod.slot.index)
        guard slot < entries.count else { return }
        count(entries[slot], by: -1)
        move(slot, from: entries[slot], to: -1)
        entries[slot] = Entry()
    }

    /// Moves a pod from its old owner's list to the new one's.
    private mutating func move(_ slot: Int, from old: Entry, to owner: Int32) {
        if old.owner >= 0 {
            let last = owners[Int(old.owner)].pods.removeLast()
            if Int(last) != slot {
                owners[Int(old.owner)].pods[Int(old.position)] = last
                entries[Int(last)].position = old.position
            }
            freeIfEmpty(Int(old.owner))
        }
        guard owner >= 0 else { return }
        entries[slot].position = Int32(owners[Int(owner)].pods.count)
        owners[Int(owner)].pods.append(Int32(slot))
    }

    /// What the labels of `pod` mean for `owner`.
    func labelFlags(_ pod: StoredObject, _ owner: Owner) -> Flags {
        let labels = pod.value[.metadata][.labels].fields
        var flags: Flags = []
        if owner.selector.matches(labels) { flags.insert(.matching) }
        if labels.isIdentical(to: owner.templateLabels)
            || owner.templateLabels.allSatisfy({ labels[$0.key] == $0.value })
        {
            flags.insert(.fullyLabeled)
        }
        return flags
    }

    private mutating func count(_ entry: Entry, by step: Int) {
        guard entry.owner >= 0 else { return }
        let place = Int(entry.owner)
        if entry.flags.isSuperset(of: [.terminating, .matching]) {
            owners[place].terminating += step
        }
        guard entry.flags.contains(.active) else { return }
        guard entry.flags.contains(.matching) else {
            owners[place].foreign += step
            return
        }
        owners[place].active += step
        if entry.flags.contains(.ready) { owners[place].ready += step }
        if entry.flags.contains(.fullyLabeled) { owners[place].fullyLabeled += step }
    }
}
