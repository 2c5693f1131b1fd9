import Value

/// Actions of a script that fall due as events of the clock (`at 10s { }`, `every 30s { }`).
///
/// The events are plain data; the actions stand in a table beside them.
final class DeferredActions: Component {
    // tidy: not copied: isActing, isHandling
    private enum Code {
        static let once: Int32 = 0
        static let again: Int32 = 1
    }

    private struct Entry {
        let number: Int
        let period: Milliseconds
        /// Told whether the world is made anew, when others do again what the action did.
        let action: (_ isAgain: Bool) -> Void
        var timer: Timer
    }

    /// An action that is over gives its place to the next one.
    private var entries: [Entry?] = []
    private var free: [Int] = []
    private var lastNumber = 0
    /// How many actions are kept.
    var count: Int { entries.count - free.count }

    /// Whether an action is at work.
    private(set) var isActing = false

    /// Whether the event of an action is at work.
    private(set) var isHandling = false

    init() { super.init(name: "script") }

    func add(
        after delay: Milliseconds, repeats: Bool, _ action: @escaping (_ isAgain: Bool) -> Void
    ) -> DeferredActionID {
        let place = free.popLast() ?? entries.count
        if place == entries.count { entries.append(nil) }
        lastNumber += 1
        let timer = scheduleTimer(
            after: delay, code: repeats ? Code.again : Code.once, a: place,
            weight: repeats ? .tick : .work)
        entries[place] = Entry(number: lastNumber, period: delay, action: action, timer: timer)
        return DeferredActionID(place: place, number: lastNumber)
    }

    /// Takes an action back; one that is over already, or was taken back, stays as it is.
    func cancel(_ id: DeferredActionID) {
        guard let entry = entries[id.place], entry.number == id.number else { return }
        cancel(entry.timer)
        entries[id.place] = nil
        free.append(id.place)
    }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        entries = other.entries
        free = other.free
        lastNumber = other.lastNumber
    }

    override func handle(_ event: Event) {
        guard let entry = entries[event.a] else { return }
        if event.code == Code.again {
            entries[event.a]?.timer = scheduleTimer(
                after: entry.period, code: Code.again, a: event.a, weight: .tick)
        } else {
            entries[event.a] = nil
            free.append(event.a)
        }
        // What a script does is the user's doing.
        act(as: .user)
        isHandling = true
        defer { isHandling = false }
        inOneInstant {
            entry.action(cluster.replay != nil)
            cluster.performActions()
        }
    }

    /// Lets no time pass while `work` goes on.
    func inOneInstant<T>(_ work: () throws -> T) rethrows -> T {
        let isNested = isActing
        isActing = true
        defer { isActing = isNested }
        return try work()
    }
}

/// Names an action of ``SimulatedCluster/schedule(after:repeats:_:)``.
package struct DeferredActionID: Hashable, Sendable {
    let place: Int
    let number: Int
}

extension SimulatedCluster {
    /// Has `action` run as an event `delay` from now, and again every `delay` when it `repeats`. Nobody
    /// waits for a repeated action: `settle` passes over it.
    ///
    /// The action is told whether the world is being made anew: what it did is then done again without it.
    /// Whoever wants to go back in time notes it as a deed.
    @discardableResult
    package func schedule(
        after delay: Milliseconds, repeats: Bool = false,
        _ action: @escaping (_ isAgain: Bool) -> Void
    ) -> DeferredActionID {
        deferred.add(after: delay, repeats: repeats, action)
    }

    /// Takes a deferred action back before its time.
    package func cancel(_ action: DeferredActionID) { deferred.cancel(action) }

    /// Has `work` act within the present instant, as a deferred action does: commands of clients take no time.
    package func inOneInstant<T>(_ work: () throws -> T) rethrows -> T {
        try deferred.inOneInstant(work)
    }

    /// Whether a deferred action is at work: it runs to its end within one instant.
    package var isInDeferredAction: Bool { deferred.isActing }

    /// Whether nothing has happened yet: no event was taken, and nothing was written since time zero's
    /// own objects.
    package var isUntouched: Bool { clock.eventCount == 0 && store.head == initialHead }

    /// From now on writes are the user's doing, until a component takes its turn.
    package func beginUserRequest() { api.cause = Cause(actor: .user) }

    /// Stops the world after the event at work, as an observer does.
    package func halt() { observers.stop(at: store.snapshot()) }
}
