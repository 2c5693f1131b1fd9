import API
import Model
import Value

// tidy: no copy: an observer stays with its world
/// A watch of the API that a client has under way: it is told of committed writes as they happen.
final class ClientWatch: CommitObserver, Watch {
    private let target: WatchTarget
    /// Writes up to this one are known to the watcher.
    private let version: Int
    private let receive: (WatchEvent) -> Void
    private unowned let cluster: SimulatedCluster
    private var hasStopped = false

    init(
        _ target: WatchTarget, after version: Int, in cluster: SimulatedCluster,
        _ receive: @escaping (WatchEvent) -> Void
    ) {
        self.target = target
        self.version = version
        self.cluster = cluster
        self.receive = receive
    }

    func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        if change.sequence > version { tell(change) }
        return false
    }

    /// Tells of `change` when it concerns the watcher.
    func tell(_ change: Change) {
        guard !hasStopped, let type = target.type(of: change) else { return }
        receive(WatchEvent(type: type, object: cluster.api.watched(change.object)))
    }

    func stop() {
        hasStopped = true
        cluster.removeObserver(self)
    }
}

extension WatchTarget {
    /// What the watcher sees of `change`; nil when it does not concern it. O(selector).
    func type(of change: Change) -> ChangeType? {
        let object = change.object
        guard object.kind == kind, namespace == nil || object.namespace == namespace,
            name == nil || object.name == name
        else { return nil }
        let was = change.old.map { options.selects($0.value) } ?? false
        let isSelected = change.type != .deleted && options.selects(object.value)
        switch (was, isSelected) {
        case (false, false): return nil
        case (false, true): return .added
        case (true, true): return .modified
        case (true, false): return .deleted
        }
    }
}
