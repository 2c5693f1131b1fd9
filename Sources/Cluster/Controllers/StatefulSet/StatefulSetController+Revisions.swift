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
            update = equal == existing.last ? equal : try renumberRevision(equal, number)
        } else {
            update = try createRevision(set, data, number, &collisions)
        }
        let name = StatefulSetView(set.value).currentRevision
        let current = existing.first { $0.name == name } ?? update
        return Revisions(
            current: current.name == update.name ? update : current, update: update,
            collisionCount: collisions)
    }

    /// A name that another template took is passed over, and the collision counted.
    private func createRevision(
        _ set: StoredObject, _ data: Value, _ number: Int, _ collisions: inout Int
    ) throws(APIError) -> StoredObject {
        while true {
            let hash = TemplateHash.of(revisionData: data, collisionCount: collisions)
            let made = try makeRevision(
                of: set, data, number: number, hash: hash, label: WellKnown.revisionDataHash)
            if let made { return made }
            collisions += 1
        }
    }

    /// The oldest revisions beyond `revisionHistoryLimit` that are neither current nor that of a pod
    /// (`truncateHistory`).
    func surplusRevisions(
        _ pass: Pass, _ pods: [StoredObject], _ existing: [StoredObject]
    ) -> ArraySlice<StoredObject> {
        guard existing.count > pass.view.revisionHistoryLimit else { return [] }
        var live: Set<String> = [pass.revisions.current.name, pass.revisions.update.name]
        for pod in pods { live.insert(StatefulPods.revision(pod)) }
        return ControllerRevisions.surplus(
            of: existing, limit: pass.view.revisionHistoryLimit, countsLive: false
        ) { live.contains($0.name) }
    }
}
