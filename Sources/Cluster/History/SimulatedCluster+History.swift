import API
import Value

/// A world that came out otherwise than it was: something was done to it that no deed tells of.
package enum ReplayError: Error, Hashable, Sendable {
    /// The user asked to stop.
    case interrupted
    /// The world went another way at this instant.
    case diverged(instant: Milliseconds)
}

// tidy: no copy: lives as long as a world is made anew
/// What a world that is being made anew still has to go through.
final class Replay {
    let deeds: [Deed]
    private(set) var next = 0

    init(_ deeds: [Deed]) { self.deeds = deeds }

    var isDone: Bool { next == deeds.count }

    /// The next deed, if it belongs here.
    func take(events: Int, inAction: Bool) -> Deed? {
        guard next < deeds.count, deeds[next].events == events, deeds[next].isInAction == inAction
        else { return nil }
        defer { next += 1 }
        return deeds[next]
    }
}

extension SimulatedCluster {
    /// Remembers from now on what is done to the world, so that it can be made anew. Nothing may have
    /// happened in it yet.
    ///
    /// - Parameters:
    ///   - companion: goes along when the world goes back.
    ///   - spacing: how many events lie at least between two copies of the world from which it is made
    ///     anew, and as many again for each further 2,000 objects.
    package func keepJournal(
        along companion: WorldCompanion = .none, spacing: Int = WorldOrigin.standardSpacing
    ) {
        precondition(isUntouched, "a journal begins with the world")
        journal = Journal(origin: WorldOrigin(options, companion, spacing: spacing), last: nil)
        nextCheckpoint = spacing
    }

    /// Whether what is done to the world is remembered, or done again.
    var keepsJournal: Bool { journal != nil }

    /// Remembers something that is about to be done to the world. Everything that changes it from outside
    /// says so here, with how to do it again.
    package func note(_ deed: @escaping (SimulatedCluster) -> Void) {
        guard journal != nil, replay == nil else { return }
        let last = Deed(after: journal?.last, in: self, deed)
        journal?.last = last
        journal?.endsInLoads = false
    }

    /// Of loads that are said one after another only the last counts.
    func noteLoads() {
        guard let journal, replay == nil else { return }
        if journal.endsInLoads, let last = journal.last, last.events == clock.eventCount,
            last.time == clock.now
        {
            self.journal?.last = last.before
        }
        note { [loads] in $0.loads = loads }
        self.journal?.endsInLoads = true
    }

    /// Where the world stands; nil where no journal is kept.
    package var place: WorldPlace? {
        guard let journal else { return nil }
        return WorldPlace(
            origin: journal.origin, last: journal.last, events: clock.eventCount, time: clock.now,
            trace: clock.trace, visible: observers.visible?.sequence)
    }

    /// The last place on the way here at `instant` or before; nil where no journal is kept.
    package func place(at instant: Milliseconds) -> WorldPlace? {
        guard let journal else { return nil }
        var last = journal.last
        while let deed = last, deed.time > instant { last = deed.before }
        return WorldPlace(
            origin: journal.origin, last: last, events: .max, time: instant, trace: nil,
            visible: nil)
    }

    /// The place on the way here after so many events; nil where no journal is kept.
    package func place(afterEvents count: Int) -> WorldPlace? {
        guard let journal else { return nil }
        var last = journal.last
        while let deed = last, deed.events > count { last = deed.before }
        return WorldPlace(
            origin: journal.origin, last: last, events: count, time: .max, trace: nil, visible: nil)
    }

    /// Makes the world anew that stood at `place`: begins it, or a copy from the way there, and does again
    /// all that was done since, each deed at its place among the events.
    ///
    /// - Parameters:
    ///   - usesCopies: whether it may begin with a copy.
    ///   - isInterrupted: asked before each event.
    /// - Complexity: O(events since the last copy on the way, and objects).
    package static func standing(
        at place: WorldPlace, usesCopies: Bool = true, isInterrupted: @escaping () -> Bool
    ) throws(ReplayError) -> SimulatedCluster {
        let origin = place.origin
        if usesCopies, let checkpoint = origin.checkpoints.nearest(to: place) {
            do throws(ReplayError) {
                return try standing(at: place, after: checkpoint, isInterrupted)
            } catch {
                guard case .diverged = error else { throw error }
                // The beginning is right in any case.
                assertionFailure("a copy of the world went another way")
                origin.checkpoints.removeAll()
            }
        }
        return try standing(at: place, after: nil, isInterrupted)
    }

    private static func standing(
        at place: WorldPlace, after checkpoint: Checkpoint?, _ isInterrupted: () -> Bool
    ) throws(ReplayError) -> SimulatedCluster {
        let origin = place.origin
        let cluster: SimulatedCluster
        if let checkpoint {
            cluster = SimulatedCluster(copying: checkpoint.world)
            checkpoint.resume()
        } else {
            cluster = SimulatedCluster(options: origin.options)
            origin.companion.begin()
        }
        cluster.journal = Journal(origin: origin, last: checkpoint?.last)
        cluster.nextCheckpoint = cluster.clock.eventCount + origin.spacing
        let replay = Replay(Deed.chain(to: place.last, after: checkpoint?.last))
        cluster.replay = replay
        let stop = place.visible.map(StopAtWrite.init)
        if let stop { cluster.addObserver(stop) }
        defer {
            cluster.replay = nil
            if let stop { cluster.removeObserver(stop) }
        }
        while true {
            while let deed = replay.take(events: cluster.clock.eventCount, inAction: false) {
                try cluster.perform(deed)
            }
            if replay.isDone, cluster.clock.eventCount >= place.events { break }
            if isInterrupted() { throw .interrupted }
            guard cluster.takeAgain(until: place.time) else { break }
        }
        // A block of a script stops its world without a write.
        if let visible = place.visible, !cluster.observers.isStopped, cluster.store.head == visible
        {
            cluster.halt()
        }
        let now = cluster.clock.now
        guard replay.isDone, place.events == .max || cluster.clock.eventCount == place.events else {
            throw .diverged(instant: now)
        }
        if place.time != .max {
            guard now <= place.time else { throw .diverged(instant: now) }
            cluster.clock.skip(to: place.time)
        }
        if let trace = place.trace, trace != cluster.clock.trace {
            throw .diverged(instant: cluster.clock.now)
        }
        return cluster
    }

    private func perform(_ deed: Deed) throws(ReplayError) {
        guard deed.time >= clock.now, (clock.nextInstant ?? deed.time) >= deed.time,
            deed.trace == clock.trace
        else { throw .diverged(instant: clock.now) }
        clock.skip(to: deed.time)
        performAgain(deed)
    }

    private func performAgain(_ deed: Deed) {
        api.cause = deed.cause
        deed.perform(self)
        journal?.last = deed
    }

    /// What a block did that ran as the event at work.
    func performActions() {
        while let deed = replay?.take(events: clock.eventCount, inAction: true) {
            performAgain(deed)
        }
    }
}

/// Stops the world at a write of a given number.
private final class StopAtWrite: CommitObserver {
    private let sequence: Int

    init(_ sequence: Int) { self.sequence = sequence }

    func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        change.sequence == sequence
    }
}
