import Value

/// A copy of a world as it stood between two events: what came later is made anew from it, and not from the
/// beginning.
struct Checkpoint {
    /// Never goes on itself.
    let world: SimulatedCluster
    /// Where it stood.
    let last: Deed?
    let events: Int
    let time: Milliseconds
    /// Has whoever drives the world know again what was known of it there.
    let resume: () -> Void

    /// Whether the way to `place` leads through here.
    func isOnWay(to place: WorldPlace) -> Bool {
        guard events <= place.events, time <= place.time else { return false }
        // Where the world stands in the middle of an event, the event has to be taken.
        if place.visible != nil, events == place.events { return false }
        var next = place.last
        var following: Deed?
        while let deed = next, deed !== last {
            if let last, deed.number <= last.number { return false }
            following = deed
            next = deed.before
        }
        guard next === last else { return false }
        guard let following else { return true }
        // A deed inside of an event comes before the end of that event.
        return following.time >= time
            && (following.events > events || following.events == events && !following.isInAction)
    }
}

/// The checkpoints of all worlds that had one beginning: close together near to the last of them, ever fewer
/// towards the beginning.
struct Checkpoints {
    /// How many are kept.
    private static let limit = 24
    /// How many objects and remembered writes they may have in all, writes that several of them remember
    /// counted once; the last two are always kept. A write takes some 2 KB.
    private static let weightLimit = 200_000

    private(set) var all: [Checkpoint] = []

    /// The last one on the way to a place.
    func nearest(to place: WorldPlace) -> Checkpoint? {
        var found: Checkpoint?
        for one in all where one.events > found?.events ?? -1 && one.isOnWay(to: place) {
            found = one
        }
        return found
    }

    mutating func add(_ checkpoint: Checkpoint) {
        all.append(checkpoint)
        while all.count > Self.limit || all.count > 2 && weight > Self.weightLimit { removeOne() }
    }

    /// See ``weightLimit``; as if all were on one way.
    private var weight: Int {
        var (sum, last) = (0, 0)
        for store in all.sorted(by: { $0.events < $1.events }).map(\.world.store) {
            sum += store.objectCount + max(store.head - max(store.log.start, last), 0)
            last = store.head
        }
        return sum
    }

    /// Removes the one that is missed least: of whose neighbours the distance is shortest, seen from the
    /// last one. With 1, 2, 3, 4 thousand events that is the one at 2: 3 − 1 of 4 − 1 thousand is less than
    /// 4 − 2 of 4 − 2.
    private mutating func removeOne() {
        let order = all.indices.sorted { all[$0].events < all[$1].events }
        let end = all[order[order.count - 1]].events
        var best = (share: 2.0, place: order[0])
        for (rank, place) in order.enumerated().dropLast() {
            let before = rank == 0 ? 0 : all[order[rank - 1]].events
            let after = all[order[rank + 1]].events
            let share = Double(after - before) / Double(max(end - before, 1))
            if share < best.share { best = (share, place) }
        }
        all.remove(at: best.place)
    }

    mutating func removeAll() { all.removeAll() }
}

/// What whoever drives a world remembers beside it: it goes along when the world goes back.
package struct WorldCompanion {
    /// The world begins.
    let begin: () -> Void
    /// Answers what brings back what is remembered now.
    let keep: () -> () -> Void

    package init(begin: @escaping () -> Void, keep: @escaping () -> () -> Void) {
        self.begin = begin
        self.keep = keep
    }

    /// Nothing is remembered.
    package static var none: WorldCompanion { WorldCompanion(begin: {}, keep: { {} }) }
}

extension SimulatedCluster {
    /// Keeps a copy of the world as it stands behind an event, where it is time to and the world can be
    /// copied.
    func keepCheckpoint() {
        guard let journal, let place else {
            nextCheckpoint = .max
            return
        }
        let origin = journal.origin
        let spacing = origin.spacing * max(store.objectCount / 2_000, 1)
        if let known = origin.checkpoints.nearest(to: place),
            known.events > clock.eventCount - spacing / 2
        {
            nextCheckpoint = known.events + spacing
            return
        }
        guard let copy = copy() else {
            nextCheckpoint = clock.eventCount + max(spacing / 64, 1)
            return
        }
        origin.checkpoints.add(
            Checkpoint(
                world: copy, last: journal.last, events: clock.eventCount, time: clock.now,
                resume: origin.companion.keep()))
        nextCheckpoint = clock.eventCount + spacing
    }

    /// Lets go of what was kept to go back quickly, for a world that was left for good.
    package func forgetCheckpoints() { journal?.origin.checkpoints.removeAll() }

    /// How many copies of worlds are kept that began as this one did.
    package var checkpointCount: Int { journal?.origin.checkpoints.all.count ?? 0 }
}
