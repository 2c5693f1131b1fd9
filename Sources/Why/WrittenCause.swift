import API
import Cluster
import Model
import Value
import Verbs

/// Who wrote what, when and in answer to what, as the log of writes tells.
struct WrittenCause {
    private let inquiry: Inquiry
    private var log: WatchLog { inquiry.cluster.log }

    init(_ inquiry: Inquiry) { self.inquiry = inquiry }

    /// Steps of a chain that are told.
    private static let most = 5

    /// The last write of an object for which `condition` holds; nil where none is kept. O(writes).
    func last(
        _ kind: Kind, _ key: ObjectKey, where condition: (Change) -> Bool = { _ in true }
    ) -> Change? {
        log.changes(after: 0).last {
            $0.kind == kind && $0.object.key == key && condition($0)
        }
    }

    /// The last write that changed what `field` reads of an object.
    func lastChange<Field: Equatable>(
        of object: StoredObject, _ field: (Value) -> Field
    ) -> Change? {
        last(object.kind, object.key) { change in
            guard change.object.uid == object.uid else { return false }
            guard let old = change.old else { return true }
            return field(old.value) != field(change.object.value)
        }
    }

    /// "kubectl", "replicaset-controller", "kubelet on n1".
    func actor(_ change: Change) -> String {
        let actor = inquiry.cluster.actor(change.cause.actor)
        return actor.host.isEmpty ? actor.name : "\(actor.name) on \(actor.host)"
    }

    /// The write and those that it answers, back to whoever began it.
    func chain(_ change: Change) -> [Finding] {
        var lines: [Finding] = []
        var next: Change? = change
        while let change = next, lines.count < Self.most {
            lines.append(Finding(remark: line(change)))
            next = earlier(change)
        }
        return lines
    }

    /// The write that this one answers.
    func earlier(_ change: Change) -> Change? {
        let trigger = change.cause.trigger
        return trigger > 0 && trigger < change.sequence ? log[trigger] : nil
    }

    func line(_ change: Change) -> String {
        WriteText.line(inquiry.cluster.record(of: change), kinds: inquiry.kinds)
    }

    /// Whoever began the chain that led to a write, and the writes on the way, newest first.
    func origin(_ change: Change) -> [Change] {
        var found = [change]
        while found.count < 12, let next = earlier(found[found.count - 1]) { found.append(next) }
        return found
    }
}
