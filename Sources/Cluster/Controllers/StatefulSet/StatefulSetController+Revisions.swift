import Model
import Support
import Value

// The revisions of a StatefulSet. Origin: getStatefulSetRevisions and truncateHistory in
// pkg/controller/statefulset/stateful_set_control.go.
extension StatefulSetController {
    /// The revisions that count in a sync.
    struct Revisions {
        /// The one that pods below the partition, and pods not yet updated, have.
        var current: StoredObject
        /// The one of the present template.
        var update: StoredObject
        /// How often a revision's name was taken.
        var collisionCount: Int
    }

    /// Finds or makes the revision of the present template. A template that was there before gets its
    /// old revision back with a new number.
    func revisions(
        _ set: StoredObject, _ existing: [StoredObject]
    ) throws(APIError) -> Revisions {
        var collisions = StatefulSetView(set.value).collisionCount
        let data = ControllerRevisions.data(of: set.value)
        let number = (existing.last.map(ControllerRevisions.number) ?? 0) + 1
        let update: StoredObject
        if let equal = existing.last(where: { $0.value[.data] == data }) {
            update = equal == existing.last ? equal : try renumber(equal, number)
        } else {
            update = try createRevision(set, data, number, &collisions)
        }
        let name = StatefulSetView(set.value).currentRevision
        let current = existing.first { $0.name == name } ?? update
        return Revisions(
            current: current.name == update.name ? update : current, update: update,
            collisionCount: collisions)
    }

    private func renumber(_ revision: StoredObject, _ number: Int) throws(APIError) -> StoredObject
    {
        try ask { () throws(APIError) in
            try api.modify(revision, verb: .update) { $0[.revision] = Value(number) }
        }
    }

    private func createRevision(
        _ set: StoredObject, _ data: Value, _ number: Int, _ collisions: inout Int
    ) throws(APIError) -> StoredObject {
        while true {
            let hash = TemplateHash.of(revisionData: data, collisionCount: collisions)
            let name = ControllerRevisions.name(set.name, hash)
            var labels = set.value[.spec][.template][.metadata][.labels]
            labels[WellKnown.revisionDataHash] = Value(hash)
            let manifest = ControllerRevisions.make(
                name: name, number: number, data: data, labels: labels,
                annotations: set.value[.metadata][.annotations],
                owner: controllerReference(to: set))
            do throws(APIError) {
                return try ask { () throws(APIError) in
                    try api.create(.controllerRevision, manifest, in: set.namespace)
                }
            } catch {
                guard error.isAlreadyExists else { throw error }
                let key = ObjectKey(namespace: set.namespace, name: name)
                if let found = api.find(.controllerRevision, key), found.value[.data] == data {
                    return found
                }
                collisions += 1
            }
        }
    }

    /// The oldest revisions beyond `revisionHistoryLimit` that are neither current nor that of a pod
    /// (`truncateHistory`).
    func surplusRevisions(
        _ pass: Pass, _ pods: [StoredObject], _ existing: [StoredObject]
    ) -> ArraySlice<StoredObject> {
        let limit = pass.view.revisionHistoryLimit
        guard limit >= 0, existing.count > limit else { return [] }
        var live: Set<String> = [pass.revisions.current.name, pass.revisions.update.name]
        for pod in pods { live.insert(StatefulPods.revision(pod)) }
        let history = existing.filter { !live.contains($0.name) }
        return history.prefix(max(history.count - limit, 0))
    }
}
