import Model
import Support
import Value

// The revisions of a DaemonSet. Origin: constructHistory and its helpers in
// pkg/controller/daemon/update.go.
extension DaemonSetController {
    /// Finds or makes the revision of the present template; answers its hash and the other
    /// revisions. A template that was there before gets its old revision back with a new number.
    func constructHistory(
        _ set: StoredObject
    ) throws(APIError) -> (hash: String, old: [StoredObject]) {
        let data = ControllerRevisions.data(of: set.value)
        var current: [StoredObject] = []
        var old: [StoredObject] = []
        for revision in try claimRevisions(set) {
            let labelled = try withHashLabel(revision)
            if labelled.value[.data] == data {
                current.append(labelled)
            } else {
                old.append(labelled)
            }
        }
        let number = (old.map(ControllerRevisions.number).max() ?? 0) + 1
        guard !current.isEmpty else {
            let made = try snapshot(set, data, number)
            return (Self.hash(of: made), old)
        }
        let kept = try deduplicate(current, set)
        if ControllerRevisions.number(kept) < number {
            try renumberRevision(kept, number)
        }
        return (Self.hash(of: kept), old)
    }

    private static func hash(of revision: StoredObject) -> String {
        revision.value[.metadata][.labels][WellKnown.controllerRevisionHash].string ?? ""
    }

    /// `controlledHistories`, by name.
    private func claimRevisions(_ set: StoredObject) throws(APIError) -> [StoredObject] {
        guard let state = state(of: set.uid) else { return [] }
        return try claimed(.controllerRevision, by: set, state.selector, orphans: orphanRevisions)
            .sorted { $0.name < $1.name }
    }

    private func withHashLabel(_ revision: StoredObject) throws(APIError) -> StoredObject {
        guard Self.hash(of: revision).isEmpty else { return revision }
        var value = revision.value
        value[.metadata][.labels][WellKnown.controllerRevisionHash] = Value(revision.name)
        return try api.update(revision, to: value)
    }

    private func snapshot(
        _ set: StoredObject, _ data: Value, _ number: Int
    ) throws(APIError) -> StoredObject {
        let collisions = set.value[.status][.collisionCount].int
        let hash = TemplateHash.of(
            template: set.value[.spec][.template], collisionCount: collisions)
        let made = try makeRevision(
            of: set, data, number: number, hash: hash, label: WellKnown.controllerRevisionHash)
        if let made { return made }
        // The name belongs to another template: the next attempt takes another one.
        if let live = api.find(.daemonSet, set.key),
            live.value[.status][.collisionCount].int == collisions
        {
            try api.modifyStatus(live) { $0[.collisionCount] = Value((collisions ?? 0) + 1) }
        }
        throw .alreadyExists(
            api.kinds[.controllerRevision], ControllerRevisions.name(set.name, hash))
    }

    /// Of several revisions with one template the one with the highest number stays; pods of the
    /// others get its label.
    private func deduplicate(
        _ revisions: [StoredObject], _ set: StoredObject
    ) throws(APIError) -> StoredObject {
        var kept = revisions[0]
        for revision in revisions.dropFirst()
        where ControllerRevisions.number(revision) >= ControllerRevisions.number(kept) {
            kept = revision
        }
        guard revisions.count > 1 else { return kept }
        let hash = Self.hash(of: kept)
        for pod in view.controlled(.pod, by: set.uid).sorted(by: { $0.name < $1.name })
        where pod.value[.metadata][.labels][WellKnown.controllerRevisionHash].string != hash {
            try ask { () throws(APIError) in
                try api.modify(pod) {
                    $0[.metadata][.labels][WellKnown.controllerRevisionHash] = Value(hash)
                }
            }
        }
        for revision in revisions where revision.name != kept.name {
            try ask { () throws(APIError) in try api.delete(revision) }
        }
        return kept
    }

    /// Deletes the oldest revisions beyond `revisionHistoryLimit` that no pod carries any more. The first
    /// failure ends it.
    func cleanupHistory(
        _ set: StoredObject, _ state: DaemonState, _ old: [StoredObject],
        _ outcome: RequestOutcome
    ) throws(APIError) {
        let limit = DaemonSetView(set.value).revisionHistoryLimit
        guard old.count > limit else { return }
        var live: Set<String> = []
        for cell in state.cells {
            for pod in cell.pods {
                let labels = pod.value[.metadata][.labels]
                if let hash = labels[WellKnown.controllerRevisionHash].string { live.insert(hash) }
            }
        }
        let surplus = ControllerRevisions.surplus(
            of: old.sorted(by: ControllerRevisions.isLower), limit: limit, countsLive: true
        ) { live.contains(Self.hash(of: $0)) }
        for revision in surplus {
            try send { [unowned self] () throws(APIError) in
                guard outcome.failure == nil else { return }
                do throws(APIError) {
                    try api.delete(revision)
                } catch {
                    outcome.failure = error
                }
            }
        }
    }
}
