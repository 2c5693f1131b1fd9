import Model
import Support
import Value

// What a pass costs where all is as usual: the set stays, its pods are its own and wanted, and available as
// soon as they are ready. Then a pass looks at a ``StatefulRoster`` and not at every pod.
extension StatefulSetController {
    /// The roster of a set with all that is news; nil where a pass has to look at every pod.
    func roster(of set: StoredObject, _ existing: [StoredObject]) -> StatefulRoster? {
        let view = StatefulSetView(set.value)
        guard !set.isDeleting, view.minReadySeconds == 0,
            existing.count <= view.revisionHistoryLimit
        else { return nil }
        let roster = rosters.roster(of: set, view)
        if !roster.spec.isIdentical(to: set.value[.spec].fields) {
            roster.begin(
                set.value[.spec].fields, start: view.startOrdinal, wanted: view.replicas,
                pods: self.view.controlled(.pod, by: set.uid))
        }
        roster.catchUp { slot in
            guard let pod = self.view.get(.pod, slot), pod.controllerUID == set.uid else {
                return nil
            }
            let facts = facts(pod, of: set)
            return .some(facts.isSelected ? facts.replica : nil)
        }
        return roster.strangers == 0 && !hasOrphans(of: set) ? roster : nil
    }

    /// As ``performUpdate(_:_:_:)``, for a set whose roster is known.
    func performUpdate(
        _ set: StoredObject, _ roster: StatefulRoster, _ existing: [StoredObject]
    ) throws(APIError) {
        let pass = Pass(set, try revisions(set, existing), roster)
        roster.plan(to: ordinalsEnd(pass, roster.highest)) { ordinal in
            StatefulReplica(missing: ordinal, revision: newRevision(ordinal, pass).name)
        }
        #if DEBUG
            if isCheckDue() {
                precondition(isRight(roster, pass), "the roster is that of the pods")
            }
        #endif
        if try !processCandidates(pass, roster), pass.view.updateStrategyType != "OnDelete",
            roster.hasOthers(than: pass.revisions.update.name)
        {
            try updateRevisions(pass)
        }
        try close(pass, truncating: [])
    }

    /// Sees to the pods for which something may have to be done; answers whether the pass ends here.
    private func processCandidates(
        _ pass: Pass, _ roster: StatefulRoster
    ) throws(APIError) -> Bool {
        if pass.isMonotonic {
            for index in roster.candidates {
                let work = processReplica(pass, index)
                for request in work.requests { try sendUnlessFailed(pass, request) }
                if work.endsPass { return true }
                if work.requests.isEmpty { roster.settle(index) }
            }
            return false
        }
        var plans: [(index: Int, requests: [Request])] = []
        for index in roster.candidates {
            let requests = processReplica(pass, index).requests
            if requests.isEmpty { roster.settle(index) } else { plans.append((index, requests)) }
        }
        // The batches are those of all pods.
        var rest = plans[...]
        var (end, size) = (1, 1)
        while !rest.isEmpty {
            let batch = rest.prefix { $0.index < end }
            rest = rest.dropFirst(batch.count)
            if !batch.isEmpty { try sendBatch(batch.map(\.requests), pass) }
            size = min(size * 2, Self.maxBatchSize)
            end += size
        }
        return false
    }

    /// Whether pods that nobody controls are there for the set to adopt.
    private func hasOrphans(of set: StoredObject) -> Bool {
        orphans(in: set.namespace).contains { facts($0, of: set).isSelected }
    }

    /// Whether a roster is what a look at all pods finds.
    private func isRight(_ roster: StatefulRoster, _ pass: Pass) -> Bool {
        let other = Pass(pass.set, pass.revisions)
        sort(view.controlled(.pod, by: pass.set.uid), into: other)
        let isSame = zip(other.replicas, roster.line).allSatisfy {
            $0.pod === $1.pod && $0.ordinal == $1.ordinal && $0.revision == $1.revision
        }
        guard isSame, other.replicas.count == roster.line.count, other.condemned.isEmpty,
            count(other) == count(pass),
            roster.unavailable == other.replicas.count(where: { isUnavailable($0, other) })
        else { return false }
        let candidates = Set(roster.candidates)
        return other.replicas.indices.allSatisfy { index in
            if candidates.contains(index) { return true }
            let work = processReplica(other, index)
            return work.requests.isEmpty && !(other.isMonotonic && work.endsPass)
        }
    }
}

/// The rosters of sets, and which of them a claim concerns.
struct StatefulRosters {
    private var rosters: [String: StatefulRoster] = [:]
    /// By namespace and claim without its ordinal: the uids of sets.
    private var claims: [String: [String]] = [:]

    /// Equal rosters for another world.
    func copy() -> StatefulRosters {
        var copy = self
        copy.rosters = rosters.mapValues { $0.copy() }
        return copy
    }

    /// The roster of a set, made at the first call.
    mutating func roster(of set: StoredObject, _ view: StatefulSetView) -> StatefulRoster {
        if let known = rosters[set.uid] { return known }
        let roster = StatefulRoster(uid: set.uid)
        rosters[set.uid] = roster
        for term in Self.terms(set, view) { claims[term, default: []].append(set.uid) }
        return roster
    }

    private static func terms(_ set: StoredObject, _ view: StatefulSetView) -> [String] {
        view.volumeClaimTemplates.map {
            LookUp.term(set.namespace, "\($0[.metadata].text(.name))-\(set.name)")
        }
    }

    /// Takes note of a change of a set, a pod or a claim.
    mutating func note(_ change: Change) {
        let object = change.object
        switch change.kind {
        case .statefulSet:
            guard change.type == .deleted, rosters.removeValue(forKey: object.uid) != nil else {
                return
            }
            for term in Self.terms(object, StatefulSetView(object.value)) {
                claims[term]?.removeAll { $0 == object.uid }
                if claims[term]?.isEmpty == true { claims[term] = nil }
            }
        case .persistentVolumeClaim:
            guard !claims.isEmpty, let name = StatefulPods.parse(object.name) else { return }
            let term = LookUp.term(object.namespace, String(name.parent))
            for uid in claims[term] ?? [] { rosters[uid]?.note(claimsOf: name.ordinal) }
        case .pod:
            if let uid = object.controllerUID { rosters[uid]?.note(object.slot) }
            if let uid = change.old?.controllerUID { rosters[uid]?.note(object.slot) }
        default: return
        }
    }
}
