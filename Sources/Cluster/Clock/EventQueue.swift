/// Events ordered by (time, sequence of scheduling): a heap of instants and a FIFO per instant.
///
/// Scheduling into an instant that already has events is O(1); a new instant costs O(log instants).
/// A cancelled event stays as a hole that is skipped; holes are closed where they are most of an instant.
struct EventQueue {
    private struct Entry {
        var event: Event
        var timer: Int32  // -1: cannot be cancelled
        var isWork: Bool
        var isCancelled = false
    }

    private struct Bucket {
        /// -1 while the bucket is free: what the heaps still say of it is out of date then.
        var instant: Int64 = -1
        var entries: [Entry] = []
        var head = 0
        var live = 0
        var work = 0
    }

    private struct TimerSlot {
        var generation: UInt32 = 0
        var bucket: Int32 = -1
        var entry: Int32 = -1
    }

    private var buckets: [Bucket] = []
    private var freeBuckets: [Int32] = []
    private var bucketOf: [Int64: Int32] = [:]
    private var instants = MinHeap()
    /// Instants that had work when they were pushed; cleaned lazily.
    private var workInstants = MinHeap()
    private var timers: [TimerSlot] = []
    private var freeTimers: [Int32] = []

    /// The number of events that will still fire.
    private(set) var count = 0

    /// Whether the event that was popped last was more than a tick.
    private(set) var lastIsWork = false

    /// How many instants are remembered, those without events included.
    var instantCount: Int { instants.count }

    /// Adds an event that cannot be cancelled.
    mutating func schedule(_ event: Event, at instant: Int64, weight: EventWeight) {
        append(event, at: instant, weight: weight, timer: -1)
    }

    /// Adds an event that can be cancelled by the ticket returned.
    mutating func scheduleTimer(_ event: Event, at instant: Int64, weight: EventWeight) -> Timer {
        let slot: Int32
        if let free = freeTimers.popLast() {
            slot = free
        } else {
            slot = Int32(timers.count)
            timers.append(TimerSlot())
        }
        let (bucket, entry) = append(event, at: instant, weight: weight, timer: slot)
        timers[Int(slot)].bucket = bucket
        timers[Int(slot)].entry = entry
        return Timer(slot: slot, generation: timers[Int(slot)].generation)
    }

    /// Withdraws the event of `timer`; answers whether it was still to come.
    @discardableResult
    mutating func cancel(_ timer: Timer) -> Bool {
        guard timer.slot >= 0, timers[Int(timer.slot)].generation == timer.generation else {
            return false
        }
        let slot = timers[Int(timer.slot)]
        release(timer: timer.slot)
        let isWork = buckets[Int(slot.bucket)].entries[Int(slot.entry)].isWork
        buckets[Int(slot.bucket)].entries[Int(slot.entry)].isCancelled = true
        buckets[Int(slot.bucket)].live -= 1
        if isWork { buckets[Int(slot.bucket)].work -= 1 }
        count -= 1
        if buckets[Int(slot.bucket)].live == 0 {
            release(bucket: slot.bucket)
        } else {
            closeHoles(in: Int(slot.bucket))
        }
        forgetEmptyInstants()
        return true
    }

    /// Takes the cancelled and the past events out of a bucket where they are most of it.
    private mutating func closeHoles(in bucket: Int) {
        guard buckets[bucket].entries.count > 2 * buckets[bucket].live + Self.slack else { return }
        buckets[bucket].entries = buckets[bucket].entries[buckets[bucket].head...].filter {
            !$0.isCancelled
        }
        buckets[bucket].head = 0
        for (place, entry) in buckets[bucket].entries.enumerated() where entry.timer >= 0 {
            timers[Int(entry.timer)].entry = Int32(place)
        }
    }

    /// Instants without events stay in the heaps until their time comes, unless they are too many: a
    /// timer that is set far ahead and cancelled again and again must not leave a trail.
    private mutating func forgetEmptyInstants() {
        let most = 2 * bucketOf.count + Self.slack
        guard instants.count > most || workInstants.count > most else { return }
        // In order, so that heaps of equal queues are equal.
        let living = bucketOf.sorted { $0.key < $1.key }
            .map { BucketInstant(instant: $0.key, bucket: $0.value) }
        instants = MinHeap(sorted: living)
        workInstants = MinHeap(sorted: living.filter { buckets[Int($0.bucket)].work > 0 })
    }

    private static let slack = 1_024

    /// Whether the event of `timer` is still to come.
    func isPending(_ timer: Timer) -> Bool {
        timer.slot >= 0 && timers[Int(timer.slot)].generation == timer.generation
    }

    /// The instant of the next event; nil when none is left.
    mutating func nextInstant() -> Int64? {
        while let least = instants.least {
            if buckets[Int(least.bucket)].instant == least.instant {
                if buckets[Int(least.bucket)].live > 0 { return least.instant }
                release(bucket: least.bucket)
            }
            instants.popLeast()
        }
        return nil
    }

    /// The instant of the next event that is no mere tick; nil when there is none.
    mutating func nextWorkInstant() -> Int64? {
        while let least = workInstants.least {
            if buckets[Int(least.bucket)].instant == least.instant,
                buckets[Int(least.bucket)].work > 0
            {
                return least.instant
            }
            workInstants.popLeast()
        }
        return nil
    }

    /// Takes the first event of the instant that ``nextInstant()`` has just answered.
    mutating func popNext() -> Event {
        let bucket = Int(instants.least!.bucket)
        while true {
            let entry = buckets[bucket].entries[buckets[bucket].head]
            buckets[bucket].head += 1
            if entry.isCancelled { continue }
            buckets[bucket].live -= 1
            if entry.isWork { buckets[bucket].work -= 1 }
            lastIsWork = entry.isWork
            if entry.timer >= 0 { release(timer: entry.timer) }
            count -= 1
            return entry.event
        }
    }

    @discardableResult
    private mutating func append(
        _ event: Event, at instant: Int64, weight: EventWeight, timer: Int32
    ) -> (bucket: Int32, entry: Int32) {
        let bucket = bucketOf[instant] ?? makeBucket(instant)
        let isWork = weight == .work
        let entry = Int32(buckets[Int(bucket)].entries.count)
        buckets[Int(bucket)].entries.append(Entry(event: event, timer: timer, isWork: isWork))
        buckets[Int(bucket)].live += 1
        if isWork {
            if buckets[Int(bucket)].work == 0 {
                workInstants.push(BucketInstant(instant: instant, bucket: bucket))
            }
            buckets[Int(bucket)].work += 1
        }
        count += 1
        return (bucket, entry)
    }

    private mutating func makeBucket(_ instant: Int64) -> Int32 {
        let bucket: Int32
        if let free = freeBuckets.popLast() {
            bucket = free
        } else {
            bucket = Int32(buckets.count)
            buckets.append(Bucket())
        }
        buckets[Int(bucket)].instant = instant
        bucketOf[instant] = bucket
        instants.push(BucketInstant(instant: instant, bucket: bucket))
        return bucket
    }

    private mutating func release(bucket: Int32) {
        bucketOf[buckets[Int(bucket)].instant] = nil
        buckets[Int(bucket)].instant = -1
        buckets[Int(bucket)].entries.removeAll(keepingCapacity: true)
        buckets[Int(bucket)].head = 0
        freeBuckets.append(bucket)
    }

    private mutating func release(timer: Int32) {
        timers[Int(timer)].generation &+= 1
        freeTimers.append(timer)
    }
}
