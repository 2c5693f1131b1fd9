import Model
import Value

/// What a controller has asked for and not yet seen in its view, by key.
///
/// A ReplicaSet that has just asked for three pods must not count its pods again before the three
/// arrived, or it would ask for three more. Source: upstream's
/// UIDTrackingControllerExpectations; expectations expire after five minutes.
package struct Expectations {
    private struct Expected {
        var creations: Int
        /// The uids whose deletion is awaited.
        var deletions: [String]
        var since: Milliseconds
    }

    private static let timeout: Milliseconds = 300_000
    private var expected: [ObjectKey: Expected] = [:]

    package init() {}

    /// Awaits `count` creations for `key` from now on.
    package mutating func expectCreations(_ key: ObjectKey, _ count: Int, now: Milliseconds) {
        expected[key] = Expected(creations: count, deletions: [], since: now)
    }

    /// Awaits the deletion of the objects with `uids` for `key` from now on.
    package mutating func expectDeletions(_ key: ObjectKey, uids: [String], now: Milliseconds) {
        expected[key] = Expected(creations: 0, deletions: uids, since: now)
    }

    /// Awaits `count` creations and the deletion of `uids` for `key` from now on.
    package mutating func expect(
        _ key: ObjectKey, creations count: Int, deletions uids: [String], now: Milliseconds
    ) {
        expected[key] = Expected(creations: count, deletions: uids, since: now)
    }

    /// A creation was seen, or failed and will not be seen.
    package mutating func creationObserved(_ key: ObjectKey, count: Int = 1) {
        guard let found = expected[key] else { return }
        expected[key]!.creations = max(found.creations - count, 0)
    }

    /// A deletion (or its beginning) was seen, or failed and will not be seen.
    package mutating func deletionObserved(_ key: ObjectKey, uid: String) {
        expected[key]?.deletions.removeAll { $0 == uid }
    }

    /// Whether all was seen that was asked for, or too long ago.
    package func areSatisfied(_ key: ObjectKey, now: Milliseconds) -> Bool {
        guard let found = expected[key] else { return true }
        if found.creations <= 0 && found.deletions.isEmpty { return true }
        return now - found.since > Self.timeout
    }

    /// Forgets `key` (its object is gone).
    package mutating func forget(_ key: ObjectKey) { expected[key] = nil }
}
