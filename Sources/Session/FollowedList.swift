import Cluster
import Language
import Model
import Support
import Value

/// The objects that a query finds, followed write by write.
final class FollowedList: ListFollower {
    private unowned let session: Session
    private let query: ResourceQuery
    private let kind: Kind
    private let selector: LabelSelector
    /// The world and the namespace that are followed; another one has to be looked at as a whole.
    private weak var cluster: SimulatedCluster?
    private var namespace: String?
    /// The last write that was taken in.
    private var sequence = 0

    init(_ query: ResourceQuery, in session: Session) {
        self.session = session
        self.query = query
        kind = Kind(id: UInt16(query.kind.id))
        selector = LabelSelector(query.requirements.map(Session.requirement))
    }

    func catchUp() -> ListChanges {
        var changes = ListChanges()
        let cluster = session.cluster
        let namespace = query.kind.isNamespaced ? session.namespace(of: query) : nil
        let head = cluster.visibleSequence
        let log = cluster.log
        let isKnown = cluster === self.cluster && namespace == self.namespace
        guard isKnown, log.start <= sequence, sequence <= head else {
            (self.cluster, self.namespace, sequence) = (cluster, namespace, head)
            changes.beginsAnew = true
            cluster.state.forEach(kind) { object in
                if contains(object) { changes.items.append(item(object)) }
            }
            return changes
        }
        while sequence < head {
            sequence += 1
            guard let change = log[sequence], change.kind == kind else { continue }
            if let object = change.new, contains(object) {
                changes.items.append(item(object))
            } else {
                let number = Int(change.object.slot.index)
                changes.items.append(ListChanges.Item(number: number, object: nil))
            }
        }
        return changes
    }

    private func item(_ object: StoredObject) -> ListChanges.Item {
        ListChanges.Item(
            number: Int(object.slot.index), object: session.amounts.value(of: object))
    }

    private func contains(_ object: StoredObject) -> Bool {
        if let namespace, object.namespace != namespace { return false }
        return selector.isEverything
            || selector.matches(object.value[.metadata][.labels].fields)
    }
}

extension Session {
    package func follow(_ query: ResourceQuery) -> (any ListFollower)? {
        query.name == nil ? FollowedList(query, in: self) : nil
    }
}
