import Model
import Value

/// What the syncs of a Deployment ask again and again of one version of a ReplicaSet, read once.
///
/// A Deployment keeps ten old ReplicaSets, or as many as it is told, and each of its syncs looks at all.
final class ReplicaSetRow {
    let object: StoredObject
    /// The number of its revision, as ``ReplicaSetAnnotations/revision(of:)`` gives it.
    let revision: Int?
    /// Whether it wants no pods, reports none and no failure: what the sets come to is the same
    /// without it.
    let isAtRest: Bool
    private let created: String
    private let name: String
    private(set) lazy var templateHash = PodTemplates.hashIgnoringHash(
        object.value[.spec][.template])

    init(_ object: StoredObject) {
        self.object = object
        created = object.value[.metadata].text(.creationTimestamp)
        name = object.name
        revision = ReplicaSetAnnotations.revision(of: object.value)
        let status = object.value[.status]
        // As ``DeploymentController/terminatingReplicas(_:)`` reads it.
        let terminates =
            status[.terminatingReplicas].int.map { $0 != 0 }
            ?? (status.int(.observedGeneration) > 0)
        isAtRest =
            ReplicaSetView(object.value).replicas == 0 && status.int(.replicas) == 0
            && status.int(.readyReplicas) == 0 && status.int(.availableReplicas) == 0
            && !terminates && status.conditions[DeploymentConditions.replicaFailure] == nil
    }

    /// `ReplicaSetsByCreationTimestamp`: by the second of creation, then by name.
    func isOlder(than other: ReplicaSetRow) -> Bool {
        created == other.created ? name < other.name : created < other.created
    }
}

/// The rows of the ReplicaSets in a view. A row holds for the version it was read from, and for no other.
struct ReplicaSetRows {
    /// By slot.
    private var rows: [ReplicaSetRow?] = []

    /// The rows of `objects`, the oldest first.
    mutating func oldestFirst(_ objects: [StoredObject]) -> [ReplicaSetRow] {
        var found: [ReplicaSetRow] = []
        found.reserveCapacity(objects.count)
        var isSorted = true
        for object in objects {
            let row = row(of: object)
            if isSorted, let last = found.last { isSorted = last.isOlder(than: row) }
            found.append(row)
        }
        if !isSorted { found.sort { $0.isOlder(than: $1) } }
        return found
    }

    /// Takes note that a ReplicaSet is gone.
    mutating func forget(_ object: StoredObject) {
        let place = Int(object.slot.index)
        if rows.indices.contains(place) { rows[place] = nil }
    }

    private mutating func row(of object: StoredObject) -> ReplicaSetRow {
        let place = Int(object.slot.index)
        while rows.count <= place { rows.append(nil) }
        if let known = rows[place], known.object === object { return known }
        let row = ReplicaSetRow(object)
        rows[place] = row
        return row
    }
}
