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
    private var events = EventNumbers()

    /// Knows from now on what another table knows.
    func take(_ other: NameTable) {
        kinds = other.kinds
        events = other.events
    }

    /// The slot of a name that has or had an object.
    func find(_ kind: Kind, _ key: ObjectKey) -> Slot? {
        if Int(kind.id) < kinds.count, let index = kinds[Int(kind.id)].slots[key] {
            return Slot(index: index)
        }
        guard kind == .event, let number = CompactEvent.number(ofName: key.name) else { return nil }
        return events.find(number)
    }

    /// The slot for a recorded event: a new one, unless the event was there before.
    func slot(event number: UInt64) -> Slot {
        if let slot = events.find(number) { return slot }
        let slot = newSlot(.event)
        events.add(number, slot)
        return slot
    }

    /// The slot of a name, given to it now if it had none.
    func slot(_ kind: Kind, _ key: ObjectKey) -> Slot {
        if let slot = find(kind, key) { return slot }
        let slot = newSlot(kind)
        kinds[Int(kind.id)].slots[key] = slot.index
        return slot
    }

    private func newSlot(_ kind: Kind) -> Slot {
        while Int(kind.id) >= kinds.count { kinds.append(KindNames()) }
        let index: Int32
        if let free = kinds[Int(kind.id)].free.popLast() {
            index = free
        } else {
            index = kinds[Int(kind.id)].next
            kinds[Int(kind.id)].next += 1
        }
        return Slot(index: index)
    }

    /// Takes the slot away from its name, if it still has it, and offers it to the next new one.
    func release(_ kind: Kind, _ key: ObjectKey, _ slot: Slot) {
        guard find(kind, key) == slot else { return }
        if kinds[Int(kind.id)].slots.removeValue(forKey: key) == nil,
            let number = CompactEvent.number(ofName: key.name)
        {
            events.remove(number)
        }
        kinds[Int(kind.id)].free.append(slot.index)
    }
}

/// The slots of recorded events by the number in their names: two sorted arrays, twelve bytes each,
/// where a dictionary of names would take a hundred. A removed number has slot -1.
private struct EventNumbers {
    private var numbers: [UInt64] = []
    private var slots: [Int32] = []
    private var removed = 0

    /// Adds a number that is not there. Mostly it is the greatest; only an event that is written late or
    /// again has a lower one, which takes time in proportion to the number of events.
    mutating func add(_ number: UInt64, _ slot: Slot) {
        if number > numbers.last ?? 0 {
            numbers.append(number)
            slots.append(slot.index)
            return
        }
        let place = firstPlace(from: number)
        if numbers[place] == number {
            slots[place] = slot.index
            removed -= 1
        } else {
            numbers.insert(number, at: place)
            slots.insert(slot.index, at: place)
        }
    }

    func find(_ number: UInt64) -> Slot? {
        guard number <= numbers.last ?? 0, let place = place(number), slots[place] >= 0 else {
            return nil
        }
        return Slot(index: slots[place])
    }

    /// Removed places are closed when they are half of all.
    mutating func remove(_ number: UInt64) {
        guard let place = place(number) else { return }
        slots[place] = -1
        removed += 1
        guard removed * 2 > slots.count else { return }
        let kept = slots.indices.filter { slots[$0] >= 0 }
        numbers = kept.map { numbers[$0] }
        slots = kept.map { slots[$0] }
        removed = 0
    }

    private func place(_ number: UInt64) -> Int? {
        let place = firstPlace(from: number)
        return place < numbers.count && numbers[place] == number ? place : nil
    }

    /// The place of the least number that is not less than `number`.
    private func firstPlace(from number: UInt64) -> Int {
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
