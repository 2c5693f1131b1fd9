import DequeModule
import Model
import Value

/// The pods that wait for a node: ready to be tried, in back-off, unschedulable until something
/// happens that could help them, or gated.
///
/// Ready pods go by priority, then by the time they came. Source: kube-scheduler's
/// SchedulingQueue; back-off 1 s · 2^(attempts - 1), at most 10 s, counted from the failed attempt.
struct SchedulingQueue {
    enum State { case ready, waiting, unschedulable, gated, trying }

    struct Entry {
        let key: ObjectKey
        let slot: Slot
        var priority: Int
        var attempts = 0
        var state = State.ready
        /// The plugins that turned the pod down; none when it failed for another reason.
        var rejectors = Rejectors()
        var lastFailure: Milliseconds = 0
        var timer = Timer.none
    }

    private var entries: [Entry?] = []
    private var ready: [(priority: Int, slots: Deque<Slot>)] = []
    /// The unschedulable and the gated ones in the order in which they became so.
    private(set) var unschedulable: [Slot] = []
    private(set) var readyCount = 0

    static let flushInterval: Milliseconds = 300_000

    subscript(slot: Slot) -> Entry? {
        get { Int(slot.index) < entries.count ? entries[Int(slot.index)] : nil }
        set {
            while entries.count <= Int(slot.index) { entries.append(nil) }
            entries[Int(slot.index)] = newValue
        }
    }

    static func backOff(attempts: Int) -> Milliseconds {
        min(1_000 << Int64(min(max(attempts - 1, 0), 10)), 10_000)
    }

    /// A new pod.
    mutating func add(_ key: ObjectKey, _ slot: Slot, priority: Int) {
        self[slot] = Entry(key: key, slot: slot, priority: priority)
        enqueue(slot)
    }

    /// A new pod, or one that was let go, is not to be tried yet.
    mutating func gate(_ key: ObjectKey, _ slot: Slot, priority: Int, by rejectors: Rejectors) {
        remove(slot)
        self[slot] = Entry(
            key: key, slot: slot, priority: priority, state: .gated, rejectors: rejectors)
        unschedulable.append(slot)
    }

    /// Makes a known pod ready.
    mutating func enqueue(_ slot: Slot) {
        guard var entry = self[slot] else { return }
        entry.state = .ready
        self[slot] = entry
        unschedulable.removeAll { $0 == slot }
        readyCount += 1
        let place = ready.firstIndex { $0.priority <= entry.priority } ?? ready.count
        if place < ready.count, ready[place].priority == entry.priority {
            ready[place].slots.append(slot)
        } else {
            ready.insert((entry.priority, [slot]), at: place)
        }
    }

    /// Takes the next pod to try.
    mutating func take() -> Entry? {
        while !ready.isEmpty {
            guard let slot = ready[0].slots.popFirst() else {
                ready.removeFirst()
                continue
            }
            // A pod that left or was queued anew leaves its old place behind.
            guard var entry = self[slot], entry.state == .ready else { continue }
            readyCount -= 1
            entry.state = .trying
            entry.attempts += 1
            self[slot] = entry
            return entry
        }
        return nil
    }

    /// The pod found no node; it waits for something that helps with what `rejectors` said.
    mutating func setUnschedulable(_ slot: Slot, _ rejectors: Rejectors, at now: Milliseconds) {
        guard var entry = self[slot] else { return }
        entry.state = .unschedulable
        entry.rejectors = rejectors
        entry.lastFailure = now
        self[slot] = entry
        unschedulable.append(slot)
    }

    /// A pod that had left the queue comes back, because binding it failed.
    mutating func putBack(_ key: ObjectKey, _ slot: Slot, priority: Int, at now: Milliseconds) {
        var entry = Entry(key: key, slot: slot, priority: priority)
        entry.attempts = 1
        self[slot] = entry
        setUnschedulable(slot, Rejectors(), at: now)
    }

    mutating func remove(_ slot: Slot) {
        guard let entry = self[slot] else { return }
        if entry.state == .ready { readyCount -= 1 }
        self[slot] = nil
        unschedulable.removeAll { $0 == slot }
    }
}
