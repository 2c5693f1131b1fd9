import DequeModule
import Model
import Value

/// The committed writes in order, from some point on: what watches and views are fed from.
package struct WatchLog {
    private var entries: Deque<Change> = []
    /// The sequence number of the last write; 0 before the first.
    package private(set) var head = 0

    /// The sequence number before the oldest entry that is kept.
    package var start: Int { head - entries.count }

    mutating func append(_ change: Change) {
        precondition(change.sequence == head + 1, "the log has a gap")
        entries.append(change)
        head = change.sequence
    }

    /// The write numbered `sequence`; nil when it is not kept any more or not yet there.
    package subscript(sequence: Int) -> Change? {
        let place = sequence - start - 1
        return entries.indices.contains(place) ? entries[place] : nil
    }

    /// Who made the write numbered `sequence`; nil when it is not kept any more or not yet there.
    func actor(of sequence: Int) -> ActorID? {
        let place = sequence - start - 1
        return entries.indices.contains(place) ? entries[place].cause.actor : nil
    }

    /// The first write after `sequence` that was made at `limit` or before and is of another kind than
    /// `ignored`; `sequence` moves to it, or past the ignored ones that come before the first that
    /// is not yet due.
    func next(
        after sequence: inout Int, until limit: Milliseconds, ignoring ignored: Kind?
    ) -> Change? {
        var place = sequence - start
        while place < entries.count, entries[place].time <= limit {
            sequence += 1
            if entries[place].object.kind != ignored { return entries[place] }
            place += 1
        }
        return nil
    }

    /// The kept writes after `sequence`, oldest first.
    package func changes(after sequence: Int) -> Deque<Change>.SubSequence {
        entries[Swift.min(Swift.max(sequence - start, 0), entries.count)...]
    }

    /// Forgets the oldest entry and answers it.
    mutating func removeOldest() -> Change { entries.removeFirst() }

    /// The oldest entry that is kept.
    var oldest: Change? { entries.first }
}
