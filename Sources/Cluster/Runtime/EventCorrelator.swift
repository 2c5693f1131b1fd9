import Support
import Value

/// What one source of events (a controller, the kubelet of a node) remembers of what it told, so that equal
/// events are counted, similar ones combined, and an object is not talked about without end.
///
/// Each of its three memories holds the 4,096 entries that were used last: what was told before is told
/// anew. Source: EventCorrelator in client-go's tools/record/events_cache.go.
struct EventCorrelator {
    /// An occurrence by the hashes under which it is remembered.
    struct Occurrence {
        /// Of all but the message and the part of the object: what is similar.
        let group: UInt64
        /// Of everything: what is equal.
        let identity: UInt64
        /// Of source, type and object: whom it is about.
        let subject: UInt64
        let now: Milliseconds
    }

    /// An event as far as it was told.
    struct Observation {
        /// How often it occurred, whether or not that was written.
        var count: Int
        /// When it occurred first.
        let first: Milliseconds
        /// The end of its name.
        let number: UInt64
        /// Where it was stored last.
        var slot: Slot?
    }

    /// What becomes of an occurrence.
    struct Verdict {
        var observation: Observation
        /// The key under which ``stored(_:as:)`` notes the slot.
        let key: UInt64
        /// Whether it is one of many that differ in their messages alone.
        let isCombined: Bool
        /// Whether it is to be written.
        let isAdmitted: Bool
    }

    /// Events that differ at most in their messages.
    private struct Group {
        var last: Milliseconds
        /// The identities of the different ones, fewer than ten; the first stands alone because most
        /// events come with one message.
        var first: UInt64
        var others: [UInt64] = []

        /// Notes one; answers how many different ones there are with it.
        mutating func note(_ identity: UInt64) -> Int {
            if identity == first || others.contains(identity) { return others.count + 1 }
            let number = others.count + 2
            if number < EventCorrelator.maxSimilar { others.append(identity) }
            return number
        }
    }

    /// How much the source may still tell of an object.
    private struct Allowance {
        var left: Float
        var time: Milliseconds

        /// Whether one more event may be told at `now`.
        mutating func take(_ now: Milliseconds) -> Bool {
            left = min(left + Float(now - time) / EventCorrelator.refill, EventCorrelator.burst)
            time = now
            guard left >= 1 else { return false }
            left -= 1
            return true
        }
    }

    /// Upstream's maxLruCacheEntries.
    static let capacity = 4_096
    private static let burst: Float = 25
    /// Milliseconds per further event.
    private static let refill: Float = 300_000
    private static let maxSimilar = 10
    private static let similarInterval: Milliseconds = 600_000

    private var groups = LRUCache<Group>(capacity: Self.capacity)
    private var observations = LRUCache<Observation>(capacity: Self.capacity)
    private var allowances = LRUCache<Allowance>(capacity: Self.capacity)

    /// Takes in one more occurrence; `number` gives the end of a new event's name.
    mutating func correlate(_ occurrence: Occurrence, number: () -> UInt64) -> Verdict {
        let isCombined = aggregate(occurrence)
        // Combined events count as one, whatever their messages.
        let key = isCombined ? ~occurrence.group : occurrence.identity
        let known = observations.modify(key) { known in
            known.count += 1
            return known
        }
        return Verdict(
            observation: known ?? observe(occurrence, key, number: number()), key: key,
            isCombined: isCombined, isAdmitted: admits(occurrence))
    }

    /// Notes a first occurrence.
    private mutating func observe(
        _ occurrence: Occurrence, _ key: UInt64, number: UInt64
    ) -> Observation {
        let observation = Observation(count: 1, first: occurrence.now, number: number)
        observations.set(key, to: observation)
        return observation
    }

    /// Whether the source may tell one more event of the object.
    private mutating func admits(_ occurrence: Occurrence) -> Bool {
        if let known = allowances.modify(occurrence.subject, { $0.take(occurrence.now) }) {
            return known
        }
        var allowance = Allowance(left: Self.burst, time: occurrence.now)
        let isAdmitted = allowance.take(occurrence.now)
        allowances.set(occurrence.subject, to: allowance)
        return isAdmitted
    }

    /// Notes where an event was stored.
    mutating func stored(_ verdict: Verdict, in slot: Slot) {
        var observation = verdict.observation
        observation.slot = slot
        observations.set(verdict.key, to: observation)
    }

    /// Whether the occurrence is the tenth or a later one that differs in its message alone from what came
    /// within ten minutes before.
    private mutating func aggregate(_ occurrence: Occurrence) -> Bool {
        let fresh = Group(last: occurrence.now, first: occurrence.identity)
        let number = groups.modify(occurrence.group) { known in
            guard occurrence.now - known.last <= Self.similarInterval else {
                known = fresh
                return 1
            }
            known.last = occurrence.now
            return known.note(occurrence.identity)
        }
        guard let number else {
            groups.set(occurrence.group, to: fresh)
            return false
        }
        return number >= Self.maxSimilar
    }
}
