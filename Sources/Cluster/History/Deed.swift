import Value

// tidy: no copy: the chain of deeds is shared by all worlds with one beginning
/// Something that was done to a world from outside: a request, a machine that dies, a block that falls
/// due. What a world does follows from its options and the deeds, each at its place among the events.
///
/// Deeds are a chain that ends at the beginning; chains that part share what they have in common, so that
/// keeping a place in time costs nothing, and all of them together are the tree of what was tried.
package final class Deed {
    /// The deed before it; nil for the first.
    fileprivate(set) var before: Deed?
    /// How many came before.
    let number: Int
    /// How many events had been taken, when, and with which trace: where it belongs.
    let events: Int
    let time: Milliseconds
    let trace: UInt64
    /// Whether a block of a script did it that ran as an event.
    let isInAction: Bool
    /// In whose name writes were made.
    let cause: Cause
    /// Does it.
    let perform: (SimulatedCluster) -> Void

    init(
        after before: Deed?, in cluster: SimulatedCluster,
        _ perform: @escaping (SimulatedCluster) -> Void
    ) {
        self.before = before
        number = (before?.number ?? -1) + 1
        events = cluster.clock.eventCount
        time = cluster.clock.now
        trace = cluster.clock.trace
        isInAction = cluster.deferred.isHandling
        cause = cluster.api.cause
        self.perform = perform
    }

    /// A long chain goes link by link: one inside the other would need a deep stack.
    deinit {
        var next = before
        before = nil
        while next != nil, isKnownUniquelyReferenced(&next) {
            let following = next?.before
            next?.before = nil
            next = following
        }
    }

    /// The deeds up to one, oldest first; only those behind `first`, if that is on the way.
    static func chain(to last: Deed?, after first: Deed? = nil) -> [Deed] {
        var found: [Deed] = []
        var next = last
        while let deed = next, deed !== first {
            found.append(deed)
            next = deed.before
        }
        return found.reversed()
    }
}

/// What a world began as, and what was done to it since.
struct Journal {
    let origin: WorldOrigin
    var last: Deed?
    /// Whether the last deed said what loads there are, which a later one of the same instant replaces.
    var endsInLoads = false
}

// tidy: no copy: shared by all worlds that began there
/// What a world began as.
package final class WorldOrigin {
    let options: ClusterOptions
    /// So many events of a small world are done again in some 20 ms.
    package static let standardSpacing = 1_000

    let companion: WorldCompanion
    /// At least so many events lie between two checkpoints.
    let spacing: Int
    /// Copies of the worlds that began here.
    var checkpoints = Checkpoints()

    init(_ options: ClusterOptions, _ companion: WorldCompanion, spacing: Int) {
        self.options = options
        self.companion = companion
        self.spacing = spacing
    }
}

/// A place in the life of a world: how it began, what was done to it, and how far it came since.
package struct WorldPlace {
    let origin: WorldOrigin
    let last: Deed?
    /// How many events were taken.
    package let events: Int
    package let time: Milliseconds
    /// The trace there; nil where nobody has been there yet.
    package internal(set) var trace: UInt64?
    /// The number of the write that is the last one to be seen, where the world stands in the middle of an
    /// event; nil elsewhere.
    let visible: Int?

    /// Whether another place is the same.
    package func isSame(as other: WorldPlace) -> Bool {
        origin === other.origin && last === other.last && events == other.events
            && time == other.time && visible == other.visible
    }

    /// Whether the way to `other` leads through here.
    package func isOnWay(to other: WorldPlace) -> Bool {
        guard origin === other.origin, events <= other.events, time <= other.time else {
            return false
        }
        guard let last else { return true }
        var next = other.last
        while let deed = next, deed.number > last.number { next = deed.before }
        return next === last
    }

    /// Whether nothing was done to the world between both: at most time has passed.
    package func hasSameDeeds(as other: WorldPlace) -> Bool {
        origin === other.origin && last === other.last
    }

    /// How many deeds both ways have in common; -1 for places in different worlds.
    package func sharedDeeds(with other: WorldPlace) -> Int {
        guard origin === other.origin else { return -1 }
        return zip(Deed.chain(to: last), Deed.chain(to: other.last)).prefix { $0 === $1 }.count
    }

    /// Whether both are places in one world, which was begun once.
    package func isInWorld(of other: WorldPlace) -> Bool { origin === other.origin }

    /// What the world was made from.
    package var options: ClusterOptions { origin.options }

    /// The beginning of the world.
    package var beginning: WorldPlace {
        WorldPlace(origin: origin, last: nil, events: 0, time: 0, trace: nil, visible: nil)
    }

    /// Where the way here left the way to another place; the beginning where that is in another world.
    package func fork(from other: WorldPlace) -> WorldPlace {
        guard origin === other.origin else { return beginning }
        if other.isOnWay(to: self) { return other }
        if isOnWay(to: other) { return self }
        let (one, two) = (Deed.chain(to: last), Deed.chain(to: other.last))
        let shared = zip(one, two).prefix { $0 === $1 }.count
        let ends = [(self, one), (other, two)].map { place, deeds in
            deeds.count > shared
                ? (events: deeds[shared].events, time: deeds[shared].time)
                : (events: place.events, time: place.time)
        }
        return WorldPlace(
            origin: origin, last: shared > 0 ? one[shared - 1] : nil,
            events: min(ends[0].events, ends[1].events), time: min(ends[0].time, ends[1].time),
            trace: nil, visible: nil)
    }
}
