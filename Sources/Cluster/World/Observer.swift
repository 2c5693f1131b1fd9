/// Sees every committed write, right after it: what `always`, `never`, `within` and `get -w` are made
/// of.
package protocol CommitObserver: AnyObject {
    /// A write was committed and is visible in ``SimulatedCluster/state``; answer true to stop the
    /// world at this write.
    func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool
}

/// The observers of a world, and the writes that were committed after one of them stopped it.
///
/// An event is not interrupted: a sync that makes three writes makes them all, even if the first one
/// stops the world. So the state at the stopping write is kept (``SimulatedCluster/state``), the
/// later writes of the event are held back from observers, and shown to them when the world goes on.
struct ObserverList {
    private struct Held {
        let change: Change
        let snapshot: Snapshot
    }

    private(set) var observers: [any CommitObserver] = []
    private var held: [Held] = []
    /// What is to be seen of the world while it stands at a write; nil: its latest state.
    private(set) var visible: Snapshot?
    private(set) var isStopped = false

    mutating func add(_ observer: any CommitObserver) { observers.append(observer) }

    mutating func remove(_ observer: any CommitObserver) {
        observers.removeAll { $0 === observer }
    }

    /// Stops the world at `snapshot`.
    mutating func stop(at snapshot: Snapshot) {
        isStopped = true
        visible = snapshot
    }

    /// Keeps a write for later.
    mutating func hold(_ change: Change, _ snapshot: Snapshot) {
        held.append(Held(change: change, snapshot: snapshot))
    }

    /// Goes on to the next write that was held back and makes it visible; nil when there is none left.
    mutating func resume() -> Change? {
        isStopped = false
        guard !held.isEmpty else {
            visible = nil
            return nil
        }
        let next = held.removeFirst()
        visible = next.snapshot
        return next.change
    }
}
