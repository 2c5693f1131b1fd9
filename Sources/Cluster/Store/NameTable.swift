import Model

/// Which slot belongs to which name, for all kinds. Shared by the store, its snapshots and all views:
/// entries are only added, until a name is out of everybody's sight (see ``Store/recycle()``).
final class NameTable {
    private struct KindNames {
        var slots: [ObjectKey: Int32] = [:]
        var free: [Int32] = []
        var next: Int32 = 0
    }

    private var kinds: [KindNames] = []

    /// The slot of a name that has or had an object.
    func find(_ kind: Kind, _ key: ObjectKey) -> Slot? {
        guard Int(kind.id) < kinds.count, let index = kinds[Int(kind.id)].slots[key] else {
            return nil
        }
        return Slot(index: index)
    }

    /// The slot of a name, given to it now if it had none.
    func slot(_ kind: Kind, _ key: ObjectKey) -> Slot {
        while Int(kind.id) >= kinds.count { kinds.append(KindNames()) }
        if let index = kinds[Int(kind.id)].slots[key] { return Slot(index: index) }
        let index: Int32
        if let free = kinds[Int(kind.id)].free.popLast() {
            index = free
        } else {
            index = kinds[Int(kind.id)].next
            kinds[Int(kind.id)].next += 1
        }
        kinds[Int(kind.id)].slots[key] = index
        return Slot(index: index)
    }

    /// Takes the slot away from its name and offers it to the next new one.
    func release(_ kind: Kind, _ key: ObjectKey) {
        if let index = kinds[Int(kind.id)].slots.removeValue(forKey: key) {
            kinds[Int(kind.id)].free.append(index)
        }
    }
}
