import DequeModule
import Model
import Value

/// A queue of keys to sync, as client-go's rate-limiting work queue: a key waits once however often
/// it is added, is never in two workers' hands, and comes back after a failure with growing delay.
struct WorkQueue {
    private struct Item {
        let key: ObjectKey
        var isDirty = false
        var isProcessing = false
        var failures = 0
        /// The number of the write that last led to the key.
        var trigger = 0
        var delayed = Timer.none
        var delayedUntil: Milliseconds = 0
    }

    private var items: [Item] = []
    private var numbers: [ObjectKey: Int32] = [:]
    private var ready: Deque<Int32> = []

    /// Whether a key is ready for a worker.
    var hasReady: Bool { !ready.isEmpty }

    /// The number of a key, by which the other methods know it.
    mutating func number(of key: ObjectKey) -> Int {
        if let number = numbers[key] { return Int(number) }
        numbers[key] = Int32(items.count)
        items.append(Item(key: key))
        return items.count - 1
    }

    func key(_ number: Int) -> ObjectKey { items[number].key }
    func trigger(_ number: Int) -> Int { items[number].trigger }

    /// Puts the key into the queue unless it waits already; a key in a worker's hands comes back
    /// when the worker is done.
    ///
    /// - Parameter isOwn: whether the write that led to the key is the controller's own. It does not
    ///   take the place of another's as the reason for the sync that is due anyway.
    mutating func add(_ number: Int, trigger: Int, isOwn: Bool = false) {
        if !items[number].isDirty || !isOwn { items[number].trigger = trigger }
        guard !items[number].isDirty else { return }
        items[number].isDirty = true
        if !items[number].isProcessing { ready.append(Int32(number)) }
    }

    /// Hands the first ready key to a worker.
    mutating func take() -> Int? {
        guard let number = ready.popFirst().map(Int.init) else { return nil }
        items[number].isDirty = false
        items[number].isProcessing = true
        return number
    }

    /// The worker is done with the key.
    mutating func done(_ number: Int) {
        items[number].isProcessing = false
        if items[number].isDirty { ready.append(Int32(number)) }
    }

    /// The delay before the next attempt: 5 ms · 2^failures, at most 1000 s, and counts the failure.
    /// Source: client-go's DefaultTypedControllerRateLimiter (its overall bucket of 10 per second is
    /// left out: no client rate limits).
    mutating func backOff(_ number: Int) -> Milliseconds {
        let exponent = min(items[number].failures, 18)
        items[number].failures += 1
        return min(5 << Int64(exponent), 1_000_000)
    }

    /// Forgets the failures of a key.
    mutating func forget(_ number: Int) { items[number].failures = 0 }

    func failures(_ number: Int) -> Int { items[number].failures }

    /// The event that will add the key later, and when.
    func delayed(_ number: Int) -> (timer: Timer, until: Milliseconds) {
        (items[number].delayed, items[number].delayedUntil)
    }

    mutating func setDelayed(_ number: Int, _ timer: Timer, until: Milliseconds) {
        items[number].delayed = timer
        items[number].delayedUntil = until
    }
}
