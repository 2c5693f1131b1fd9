import Value

/// Virtual time: the event queue and the present.
///
/// The clock knows nothing of components; the world takes event after event from it and hands each
/// to its component. Time never runs backwards, and nothing but the next event moves it.
package final class Clock {
    // Stored apart from what others read: within the module their exclusive access is known without a
    // look-up at run time, which every event would pay for.
    private var present: Milliseconds = 0
    private var taken = 0
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The present.
    package var now: Milliseconds { present }

    /// How many events were taken so far.
    package var eventCount: Int { taken }

    /// A hash over (time, sequence, event) of all that happened: equal runs have equal hashes.
    package var trace: UInt64 { hash }

    private var queue = EventQueue()

    init() {}

    /// Stands from now on where another clock stands, with the same to come.
    func take(_ other: Clock) {
        present = other.present
        taken = other.taken
        hash = other.hash
        queue = other.queue
    }

    /// Schedules an event of `component` at `instant` (not before the present).
    func schedule(
        _ component: ComponentID, code: Int32, a: Int = 0, b: Int = 0, at instant: Milliseconds,
        weight: EventWeight = .work
    ) {
        let event = Event(component: component, code: code, a: a, b: b)
        queue.schedule(event, at: max(instant, now), weight: weight)
    }

    /// Schedules an event that can be cancelled.
    func scheduleTimer(
        _ component: ComponentID, code: Int32, a: Int = 0, b: Int = 0, at instant: Milliseconds,
        weight: EventWeight = .work
    ) -> Timer {
        let event = Event(component: component, code: code, a: a, b: b)
        return queue.scheduleTimer(event, at: max(instant, now), weight: weight)
    }

    /// Withdraws a scheduled event; answers whether it was still to come.
    @discardableResult
    func cancel(_ timer: Timer) -> Bool { queue.cancel(timer) }

    /// Whether the event of `timer` is still to come.
    func isPending(_ timer: Timer) -> Bool { queue.isPending(timer) }

    /// The instant of the next event, ticks included.
    package var nextInstant: Milliseconds? { queue.nextInstant() }

    /// The instant of the next event that is no mere tick.
    var nextWorkInstant: Milliseconds? { queue.nextWorkInstant() }

    /// Whether the event that was taken last was more than a tick.
    var isWork: Bool { queue.lastIsWork }

    /// How many instants are remembered, those without events included. For tests.
    var rememberedInstants: Int { queue.instantCount }

    /// The number of events that are still to come.
    var pendingCount: Int { queue.count }

    /// Moves to the next event that is due at `limit` or before and takes it; nil when there is none
    /// (then the present stays).
    func next(until limit: Milliseconds) -> Event? {
        guard let instant = queue.nextInstant(), instant <= limit else { return nil }
        present = instant
        let event = queue.popNext()
        taken += 1
        mix(UInt64(bitPattern: instant) ^ UInt64(truncatingIfNeeded: taken) << 40)
        mix(
            UInt64(UInt32(bitPattern: event.component.index)) << 32
                | UInt64(UInt32(bitPattern: event.code)))
        mix(UInt64(bitPattern: Int64(event.a)) ^ UInt64(bitPattern: Int64(event.b)) << 17)
        return event
    }

    /// Moves the present forward to `instant`, before which no event may be due.
    func skip(to instant: Milliseconds) {
        precondition(instant >= now, "time does not run backwards")
        precondition((queue.nextInstant() ?? instant) >= instant, "an event would be skipped")
        present = instant
    }

    /// Adds a fact (a committed write) to the trace hash.
    func mix(_ number: UInt64) {
        hash = (hash ^ number) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
    }
}
