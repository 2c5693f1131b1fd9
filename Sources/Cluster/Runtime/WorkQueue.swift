import DequeModule
import Model
import Value

/// How long a key waits after its first failure, and at most, in milliseconds; each failure in a row
/// doubles it.
struct BackOffRange {
    let first: Milliseconds
    let most: Milliseconds

    init(_ first: Milliseconds, _ most: Milliseconds) {
        self.first = first
        self.most = most
    }

    /// Source: client-go's DefaultTypedControllerRateLimiter (its overall bucket of 10 per second is
    /// left out: no client rate limits).
    static let standard = BackOffRange(5, 1_000_000)
}

/// A queue of keys to sync, as client-go's rate-limiting work queue: a key waits once however often
/// it is added, is never in two workers' hands, and comes back after a failure with growing delay.
///
/// Keys with which nothing is to be done are forgotten from time to time, so that the queue is never more
/// than twice as large as what waits in it, or 256 keys.
struct WorkQueue {
    private struct Item {
        let key: ObjectKey
        var isDirty = false
        var isProcessing = false
        var failures = 0
        /// The number of the write that last led to the key.
        var trigger = 0
        /// The event that will add the key later, and when; nil: none is to come.
        var delayed: (timer: Timer, until: Milliseconds)?

        /// Whether forgetting the key changes nothing.
        var isIdle: Bool { !isDirty && !isProcessing && failures == 0 && delayed == nil }
    }

    private static let leastSweep = 256

    private let backOff: BackOffRange
    private var items: [Item] = []
    private var numbers: [ObjectKey: Int32] = [:]
    private var ready: Deque<Int32> = []
    /// Numbers of forgotten keys.
    private var free: [Int32] = []
    /// With so many keys the idle ones are forgotten.
    private var sweepsAt = Self.leastSweep

    init(backOff: BackOffRange = .standard) { self.backOff = backOff }

    /// How many keys are known.
    var count: Int { numbers.count }

    /// Whether a key is ready for a worker.
    var hasReady: Bool { !ready.isEmpty }

    /// The number of a key, by which the other methods know it.
    mutating func number(of key: ObjectKey) -> Int {
        if let number = numbers[key] { return Int(number) }
        if numbers.count >= sweepsAt { forgetIdleKeys() }
        guard let number = free.popLast() else {
            numbers[key] = Int32(items.count)
            items.append(Item(key: key))
            return items.count - 1
        }
        numbers[key] = number
        items[Int(number)] = Item(key: key)
        return Int(number)
    }

    /// Each key is looked at once for each that was added since the last time.
    private mutating func forgetIdleKeys() {
        for number in items.indices.reversed() where items[number].isIdle {
            // A number that is free already has the key of another one, or of none.
            guard numbers[items[number].key] == Int32(number) else { continue }
            numbers[items[number].key] = nil
            free.append(Int32(number))
        }
        sweepsAt = max(Self.leastSweep, numbers.count * 2)
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

    /// The delay before the next attempt, with the standard range 5 ms · 2^failures, at most 1000 s; and
    /// counts the failure.
    mutating func backOff(_ number: Int) -> Milliseconds {
        let exponent = min(items[number].failures, 18)
        items[number].failures += 1
        return min(backOff.first << Int64(exponent), backOff.most)
    }

    /// Forgets the failures of a key.
    mutating func forget(_ number: Int) { items[number].failures = 0 }

    func failures(_ number: Int) -> Int { items[number].failures }

    /// The event that will add the key later, and when; nil: none is to come.
    func delayed(_ number: Int) -> (timer: Timer, until: Milliseconds)? { items[number].delayed }

    mutating func setDelayed(_ number: Int, _ timer: Timer, until: Milliseconds) {
        items[number].delayed = (timer, until)
    }

    /// The event that adds the key has come.
    mutating func delayIsOver(_ number: Int) { items[number].delayed = nil }
}
