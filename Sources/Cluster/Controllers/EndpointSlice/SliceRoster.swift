import Model
import Support
import Value

/// What the slices of one service list of its pods, brought up to date pod by pod and slice by slice: a sync
/// looks at the pods that are news, and at the slices that change by them.
final class SliceRoster {
    /// What slices say of a pod.
    struct Listed {
        let ports: [EndpointPort]
        let endpoint: Value
        /// Whether the pod's node does not exist.
        var isStray = false
    }

    /// A pod that is listed.
    private struct Entry {
        let name: String
        let uid: String
        let listed: Listed
        /// The slice that it stands in.
        var home: Slot?
    }

    /// A slice as it was looked at.
    private struct Shelf {
        let object: StoredObject
        /// The pods that have their home there.
        var pods: [Slot] = []
        /// Whether it says something else of them than it shall.
        var isStale = false
    }

    private var entries: [Slot: Entry] = [:]
    private var slots: [String: Slot] = [:]
    private var homeless: Set<Slot> = []
    private var shelves: [Slot: Shelf] = [:]
    /// Only looked up where there is one entry.
    private var ports: [[EndpointPort]: Int] = [:]
    private var strays = 0

    init() {}

    /// An equal roster for another world.
    func copy() -> SliceRoster {
        let copy = SliceRoster()
        copy.entries = entries
        copy.slots = slots
        copy.homeless = homeless
        copy.shelves = shelves
        copy.ports = ports
        copy.strays = strays
        return copy
    }

    /// The ports of all pods, where they are the same and nothing else is out of the ordinary.
    var commonPorts: [EndpointPort]? {
        strays == 0 && ports.count == 1 ? ports.first?.key : nil
    }

    func forget() {
        entries.removeAll()
        slots.removeAll()
        homeless.removeAll()
        shelves.removeAll()
        ports.removeAll()
        strays = 0
    }

    // MARK: Pods

    /// Takes note of what slices shall say of the pod in a slot; nil for nothing.
    func set(_ slot: Slot, to pod: StoredObject?, _ listed: Listed?) {
        let old = entries[slot]
        if let old, let pod, let listed, old.uid == pod.uid, old.listed.isStray == listed.isStray,
            old.listed.endpoint == listed.endpoint, old.listed.ports == listed.ports
        {
            return
        }
        if let old {
            if let home = old.home { shelves[home]?.isStale = true }
            slots[old.uid] = nil
            homeless.remove(slot)
            count(old.listed, -1)
        }
        guard let pod, let listed else {
            entries[slot] = nil
            return
        }
        let home = old?.uid == pod.uid ? old?.home : nil
        entries[slot] = Entry(name: pod.name, uid: pod.uid, listed: listed, home: home)
        slots[pod.uid] = slot
        if home == nil { homeless.insert(slot) }
        count(listed, 1)
    }

    private func count(_ listed: Listed, _ step: Int) {
        let number = ports[listed.ports, default: 0] + step
        ports[listed.ports] = number == 0 ? nil : number
        if listed.isStray { strays += step }
    }

    // MARK: Slices

    /// The slices of the service as they are now, and what of their endpoints they keep: nil for one that
    /// says what it shall. Nil as a whole where an endpoint stands in two of them.
    func kept(in current: [StoredObject]) -> [[Value]?]? {
        let present = Set(current.map(\.slot))
        for slice in shelves.keys where !present.contains(slice) { release(slice) }
        let isKnown = current.map { slice in
            shelves[slice.slot].map { $0.object === slice && !$0.isStale } ?? false
        }
        for (slice, isKnown) in zip(current, isKnown) where !isKnown { release(slice.slot) }
        var kept: [[Value]?] = []
        for (slice, isKnown) in zip(current, isKnown) {
            if isKnown {
                kept.append(nil)
                continue
            }
            guard let endpoints = place(slice) else {
                forgetHomes()
                return nil
            }
            kept.append(endpoints)
        }
        return kept
    }

    private func forgetHomes() {
        shelves.removeAll()
        for slot in entries.keys { entries[slot]?.home = nil }
        homeless = Set(entries.keys)
    }

    /// The pods that had their home in a slice have none.
    private func release(_ slice: Slot) {
        for slot in shelves.removeValue(forKey: slice)?.pods ?? []
        where entries[slot]?.home == slice {
            entries[slot]?.home = nil
            homeless.insert(slot)
        }
    }

    /// Gives the pods of a slice their home there; answers what it shall say of them, nil where one of them
    /// has another home; of a slice that says just that, too, nothing but that it keeps it all.
    private func place(_ slice: StoredObject) -> [Value]?? {
        var shelf = Shelf(object: slice)
        var endpoints: [Value] = []
        let old = slice.value[.endpoints].elements
        for endpoint in old {
            guard let slot = slots[endpoint[.targetRef].text(.uid)], let entry = entries[slot]
            else {
                continue
            }
            if entry.home != nil { return nil }
            entries[slot]?.home = slice.slot
            homeless.remove(slot)
            shelf.pods.append(slot)
            endpoints.append(entry.listed.endpoint)
        }
        shelf.isStale = endpoints != old
        shelves[slice.slot] = shelf
        return .some(shelf.isStale ? endpoints : nil)
    }

    /// The endpoints that stand in no slice, by the names of their pods.
    var rest: [Value] {
        homeless.compactMap { entries[$0] }.sorted { $0.name < $1.name }.map(\.listed.endpoint)
    }
}
