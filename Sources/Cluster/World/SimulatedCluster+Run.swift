import API
import Model
import Value

extension SimulatedCluster {
    /// The objects as they are to be seen now: while the world stands at a write where an observer
    /// stopped it, the state right after that write.
    package var state: ClusterState { observers.visible?.state ?? store.state }

    /// Lets `observer` see every write from now on.
    package func addObserver(_ observer: any CommitObserver) { observers.add(observer) }

    package func removeObserver(_ observer: any CommitObserver) { observers.remove(observer) }

    /// A copy of the visible state. O(1).
    package func snapshot() -> Snapshot { observers.visible ?? store.snapshot() }

    /// The number of the last write that is to be seen in ``state``.
    package var visibleSequence: Int { observers.visible?.sequence ?? store.head }

    /// The log of committed writes, for watches, reports and `why`.
    package var log: WatchLog { store.log }

    func show(_ change: Change) {
        guard !observers.observers.isEmpty else { return }
        if observers.isStopped { return observers.hold(change, store.snapshot()) }
        present(change, snapshot: nil)
    }

    private func present(_ change: Change, snapshot: Snapshot?) {
        var stops = false
        for observer in observers.observers where observer.committed(change, in: self) {
            stops = true
        }
        if stops { observers.stop(at: snapshot ?? store.snapshot()) }
    }

    /// Shows the observers what was held back; answers whether one of them stops the world again.
    func resumeObservers() -> Bool {
        while let change = observers.resume() {
            present(change, snapshot: observers.visible)
            if observers.isStopped { return true }
        }
        return false
    }

    /// Runs all that is due until `instant` and moves the present there. Nothing is run where that is
    /// beyond the time that a world lasts.
    @discardableResult
    package func run(until instant: Milliseconds) throws(ClusterError) -> RunEnd {
        if instant > options.limits.lifetime { throw .endOfTime(limit: options.limits.lifetime) }
        if resumeObservers() { return .stopped }
        isLongRun = instant - clock.now > Self.longRun
        defer { isLongRun = false }
        while try step(until: instant) {
            if observers.isStopped { return .stopped }
        }
        clock.skip(to: max(instant, clock.now))
        return .reached
    }

    /// Lets `milliseconds` pass.
    @discardableResult
    package func advance(by milliseconds: Milliseconds) throws(ClusterError) -> RunEnd {
        let (instant, overflow) = clock.now.addingReportingOverflow(milliseconds)
        return try run(until: overflow ? .max : instant)
    }

    /// Runs until `condition` holds after some write, but at most `limit` milliseconds.
    ///
    /// The clock stays at the event that made it hold. Nothing is polled: the condition is asked
    /// again only after an event that wrote something.
    package func run(
        limit: Milliseconds, until condition: () -> Bool
    ) throws(ClusterError) -> RunEnd {
        try run(limit: limit, endsAt: { false }, until: condition)
    }

    /// As ``run(limit:until:)``; `isOver` is asked before each event, and ends the run where it is.
    func run(
        limit: Milliseconds, endsAt isOver: () -> Bool, until condition: () -> Bool
    ) throws(ClusterError) -> RunEnd {
        if resumeObservers() { return .stopped }
        if condition() { return .reached }
        let lifetime = options.limits.lifetime
        let end = limit < lifetime - clock.now ? clock.now + limit : lifetime
        var seen = store.head
        isLongRun = end - clock.now > Self.longRun
        defer { isLongRun = false }
        while true {
            if isOver() { return .expired }
            guard try step(until: end) else { break }
            if observers.isStopped { return .stopped }
            guard store.head != seen else { continue }
            seen = store.head
            if condition() { return .reached }
        }
        clock.skip(to: max(end, clock.now))
        if end == lifetime { throw .endOfTime(limit: lifetime) }
        return .expired
    }

    /// Takes one event; answers false when none is due until `limit`.
    func step(until limit: Milliseconds) throws(ClusterError) -> Bool {
        if interruptCheck() { throw .interrupted }
        let before = clock.now
        guard let event = clock.next(until: limit) else { return false }
        eventsAtInstant = clock.now == before ? eventsAtInstant + 1 : 1
        if eventsAtInstant > options.limits.eventsPerInstant {
            throw .tooManyEvents(
                instant: clock.now, limit: options.limits.eventsPerInstant,
                component: name(of: event.component))
        }
        dispatch(event)
        if clock.eventCount >= nextCheckpoint { keepCheckpoint() }
        try checkSize(after: event)
        return true
    }

    /// Takes one event of a run that was there before, when nobody stopped it.
    func takeAgain(until limit: Milliseconds) -> Bool {
        let before = clock.now
        guard let event = clock.next(until: limit) else { return false }
        eventsAtInstant = clock.now == before ? eventsAtInstant + 1 : 1
        dispatch(event)
        if clock.eventCount >= nextCheckpoint { keepCheckpoint() }
        if store.objectCount > options.limits.objects { excess = max(excess, store.objectCount) }
        return true
    }

    /// From here on a run is more than the time that a request takes: requests go on in a world that cannot
    /// hold what somebody asks for, so that it can be taken back.
    private static let longRun: Milliseconds = 1_000

    /// Stops a world in which objects multiply; once it is too large, at each further growth.
    private func checkSize(after event: Event) throws(ClusterError) {
        let (count, limit) = (store.objectCount, options.limits.objects)
        if isLongRun, let last = store.greedy {
            store.greedy = nil
            if let object = store.state.get(last.kind, last.slot), object.uid == last.uid,
                object.wantedPods > limit, !object.isDeleting
            {
                store.greedy = object
                throw .tooManyPods(
                    limit: limit, wanted: object.wantedPods,
                    name: "\(api.kinds[object.kind].singular)/\(object.name)")
            }
        }
        guard count > limit else { return }
        let isGrowing = count > excess
        excess = count
        guard isGrowing else { return }
        let kinds = api.kinds.all.filter { $0.kind != .event }
        let most = kinds.max { store.state.count($0.kind) < store.state.count($1.kind) }!
        throw .tooManyObjects(
            limit: limit, count: store.state.count(most.kind), plural: most.plural,
            component: name(of: event.component))
    }
}
