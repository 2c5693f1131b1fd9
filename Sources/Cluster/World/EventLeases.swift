import DequeModule
import Model
import Value

/// Lets Events go an hour after they were last written, as etcd does with keys that hang on a lease.
///
/// A lease lasts 61 minutes and takes what is written in its first minute, at most 1,000 writes: so an event
/// lives between 60 and 61 minutes, and those of one lease go together, in the order of their names. A
/// watch sees each as DELETED. Nobody waits for it: an expiry is a tick, and there is none where there is no
/// event.
///
/// Source: the leaseManager of apiserver's storage/etcd3, `--event-ttl` (1h), and etcd's lessor.
final class EventLeases: Component {
    static let timeToLive: Milliseconds = 3_600_000
    static let reuse: Milliseconds = 60_000
    private static let mostWrites = 1_000

    private struct Lease {
        let expiry: Milliseconds
        /// Where events were written, and the versions that these writes made.
        var writes: [(slot: Slot, version: Int)] = []
    }

    /// The oldest first; the last one takes what is written now.
    private var leases: Deque<Lease> = []

    init() { super.init(name: "etcd") }

    /// How many writes are remembered.
    var count: Int { leases.reduce(0) { $0 + $1.writes.count } }

    /// An event was written.
    func note(_ event: StoredObject) {
        let now = now
        if leases.last.map({
            $0.expiry < now + Self.timeToLive || $0.writes.count >= Self.mostWrites
        }) ?? true {
            leases.append(Lease(expiry: now + Self.timeToLive + Self.reuse))
            schedule(after: Self.timeToLive + Self.reuse, code: 0, weight: .tick)
        }
        leases[leases.count - 1].writes.append((event.slot, event.resourceVersion))
    }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        leases = other.leases
    }

    /// The oldest lease ends. An event that was written again meanwhile hangs on another one.
    override func handle(_ event: Event) {
        guard let lease = leases.popFirst() else { return }
        let expired = lease.writes.compactMap { slot, version -> StoredObject? in
            guard let object = api.store.state.get(.event, slot), object.resourceVersion == version
            else {
                return nil
            }
            return object
        }
        for event in StoredObject.listed(expired) { api.expire(event) }
    }
}
