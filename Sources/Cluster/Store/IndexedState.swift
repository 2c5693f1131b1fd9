import Model

/// A state with its indexes: what the store and every view hold.
struct IndexedState {
    var state: ClusterState
    private var indexes: [KindIndexes] = []

    private struct KindIndexes {
        var byNamespace = SlotIndex()
        var byController = SlotIndex()
        var byNode = SlotIndex()
    }

    init(names: NameTable) { state = ClusterState(names: names) }

    /// As ``ClusterState/over(_:)``.
    func over(_ names: NameTable) -> IndexedState {
        var copy = self
        copy.state = state.over(names)
        return copy
    }

    /// Replaces the version in `slot`; O(1).
    mutating func apply(_ kind: Kind, _ slot: Slot, old: StoredObject?, new: StoredObject?) {
        state.set(kind, slot, to: new)
        while Int(kind.id) >= indexes.count { indexes.append(KindIndexes()) }
        let place = Int(kind.id)
        if old == nil || new == nil {
            indexes[place].byNamespace.set(slot, to: new?.namespace)
        }
        if old?.controllerUID != new?.controllerUID {
            indexes[place].byController.set(slot, to: new?.controllerUID)
        }
        if old?.nodeName != new?.nodeName {
            indexes[place].byNode.set(slot, to: new?.nodeName)
        }
    }

    func slots(_ kind: Kind, inNamespace namespace: String) -> [Slot] {
        Int(kind.id) < indexes.count ? indexes[Int(kind.id)].byNamespace[namespace] : []
    }

    func slots(_ kind: Kind, controlledBy uid: String) -> [Slot] {
        Int(kind.id) < indexes.count ? indexes[Int(kind.id)].byController[uid] : []
    }

    func slots(_ kind: Kind, onNode node: String) -> [Slot] {
        Int(kind.id) < indexes.count ? indexes[Int(kind.id)].byNode[node] : []
    }

    /// The objects in `slots`, unordered.
    func objects(_ kind: Kind, _ slots: [Slot]) -> [StoredObject] {
        var result: [StoredObject] = []
        result.reserveCapacity(slots.count)
        for slot in slots {
            if let object = state.get(kind, slot) { result.append(object) }
        }
        return result
    }

    /// Compares the indexes with the objects; answers what is wrong. For tests: O(objects).
    func inconsistencies() -> [String] {
        var found: [String] = []
        for (place, table) in state.tables.enumerated() {
            let kind = Kind(id: UInt16(place))
            var count = 0
            table.forEach { object in
                count += 1
                let index = indexes[place]
                let slot = object.slot
                if index.byNamespace.term(of: slot) != object.namespace {
                    found.append("\(kind) \(object.key): namespace index")
                }
                if index.byController.term(of: slot) != object.controllerUID {
                    found.append("\(kind) \(object.key): controller index")
                }
                if index.byNode.term(of: slot) != object.nodeName {
                    found.append("\(kind) \(object.key): node index")
                }
                if state.names.find(kind, object.key) != slot {
                    found.append("\(kind) \(object.key): name table")
                }
            }
            if count != table.count { found.append("\(kind): count \(table.count), not \(count)") }
        }
        return found
    }
}
