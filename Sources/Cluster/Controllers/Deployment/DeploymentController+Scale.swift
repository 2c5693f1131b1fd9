import Model
import Support
import Value

// Scaling outside a rollout, pausing and cleaning up. Origin: pkg/controller/deployment/sync.go.
extension DeploymentController {
    /// Reports only; for a deployment that is being deleted.
    func syncStatusOnly(
        _ deployment: inout WorkingDeployment, _ sets: [ReplicaSetRow]
    ) throws(APIError) {
        let sets = try replicaSets(&deployment, sets, creating: false)
        try syncDeploymentStatus(deployment, sets)
    }

    /// Brings a paused deployment, or one whose `spec.replicas` changed, to its size.
    func syncScale(
        _ deployment: inout WorkingDeployment, _ sets: [ReplicaSetRow]
    ) throws(APIError) {
        let sets = try replicaSets(&deployment, sets, creating: false)
        try scale(deployment, sets)
        if deployment.view.isPaused, deployment.rollbackRevision == nil {
            try cleanup(deployment, sets.old)
        }
        try syncDeploymentStatus(deployment, sets)
    }

    /// Whether `spec.replicas` changed since the sets were last scaled: then that goes before the
    /// rollout.
    func isScalingEvent(
        _ deployment: inout WorkingDeployment, _ sets: [ReplicaSetRow]
    ) throws(APIError) -> Bool {
        let sets = try replicaSets(&deployment, sets, creating: false)
        return sets.atWork.activeSets.contains {
            let desired = ReplicaSetAnnotations.number(WellKnown.desiredReplicas, of: $0.value)
            return desired != nil && desired != deployment.view.replicas
        }
    }

    /// Tells by a condition that the deployment was paused or resumed, so that the time it rests
    /// does not count against its deadline.
    func checkPausedConditions(_ deployment: inout WorkingDeployment) throws(APIError) {
        guard deployment.progressDeadlineSeconds != nil else { return }
        let condition = deployment.value[.status].conditions[DeploymentConditions.progressing]
        let reason = condition?.reason
        if reason == DeploymentConditions.timedOut { return }
        let isShownPaused = reason == DeploymentConditions.paused
        guard deployment.view.isPaused != isShownPaused else { return }
        let new =
            isShownPaused
            ? (DeploymentConditions.resumed, "Deployment is resumed")
            : (DeploymentConditions.paused, "Deployment is paused")
        deployment.value[.status].conditions.setLast(
            DeploymentConditions.make(
                DeploymentConditions.progressing, "Unknown", new.0, new.1, now: api.timestamp))
        try write(deployment)
    }

    // MARK: Scaling

    /// Spreads the deployment's size over its sets: all to the only active one; the old ones to
    /// nothing when the new one is complete; in the middle of a rollout each by its share.
    private func scale(
        _ deployment: WorkingDeployment, _ sets: ReplicaSets
    ) throws(APIError) {
        let desired = deployment.view.replicas
        if let only = activeOrLatest(sets) {
            _ = try scaleAndRecord(only, to: desired, deployment)
            return
        }
        if isSaturated(deployment, sets.new) {
            // The newest first: FindActiveOrLatest has just sorted them so.
            for set in sets.oldAtWork.activeSets.reversed() {
                _ = try scaleAndRecord(set, to: 0, deployment)
            }
            return
        }
        if deployment.isRollingUpdate { try scaleProportionally(deployment, sets) }
    }

    /// The only set with pods, or the newest one when none has any (`FindActiveOrLatest`).
    private func activeOrLatest(_ sets: ReplicaSets) -> StoredObject? {
        let active = sets.atWork.activeSets
        switch active.count {
        case 0: return sets.new ?? sets.old.last
        case 1: return active[0]
        default: return nil
        }
    }

    private func isSaturated(_ deployment: WorkingDeployment, _ new: StoredObject?) -> Bool {
        guard let new else { return false }
        let desired = deployment.view.replicas
        return ReplicaSetView(new.value).replicas == desired
            && ReplicaSetAnnotations.number(WellKnown.desiredReplicas, of: new.value) == desired
            && new.value[.status].int(.availableReplicas) == desired
    }

    /// Example: sets of 8 and 5 of a deployment of 10 with a surge of 3 that goes to 15: 5 pods may
    /// be added; 8 · 18 / 13 = 11.08 gives the first 3, 5 · 18 / 13 = 6.92 the other 2. What rounding
    /// leaves over goes to the largest.
    private func scaleProportionally(
        _ deployment: WorkingDeployment, _ sets: ReplicaSets
    ) throws(APIError) {
        let desired = deployment.view.replicas
        var active = sets.atWork.activeSets
        let allowed = desired > 0 ? desired + deployment.maxSurge : 0
        let toAdd = allowed - active.wantedReplicas
        if toAdd > 0 { active.sort(by: Self.isLargerOrNewer) }
        if toAdd < 0 { active.sort(by: Self.isLargerOrOlder) }
        var added = 0
        var sizes: [Int] = []
        for set in active {
            let size = ReplicaSetView(set.value).replicas
            let share =
                toAdd == 0 || toAdd == added
                ? 0
                : DeploymentMath.proportion(
                    fraction: fraction(set, deployment), toAdd: toAdd, added: added)
            sizes.append(size + share)
            added += share
        }
        if toAdd != 0, !sizes.isEmpty { sizes[0] = max(0, sizes[0] + toAdd - added) }
        for (set, size) in zip(active, sizes) {
            _ = try scaleReplicaSet(set, to: size, deployment)
        }
    }

    private func fraction(_ set: StoredObject, _ deployment: WorkingDeployment) -> Int {
        let size = ReplicaSetView(set.value).replicas
        let desired = deployment.view.replicas
        if desired == 0 { return -size }
        let before =
            ReplicaSetAnnotations.number(WellKnown.maxReplicas, of: set.value)
            .flatMap { $0 == 0 ? nil : $0 } ?? deployment.view.status.replicas
        return DeploymentMath.fraction(
            size: size, maxNow: desired + deployment.maxSurge, maxBefore: before)
    }

    private static func isLargerOrNewer(_ left: StoredObject, _ right: StoredObject) -> Bool {
        let (first, second) = (ReplicaSetView(left.value), ReplicaSetView(right.value))
        return first.replicas == second.replicas
            ? isOlder(right, left) : first.replicas > second.replicas
    }

    private static func isLargerOrOlder(_ left: StoredObject, _ right: StoredObject) -> Bool {
        let (first, second) = (ReplicaSetView(left.value), ReplicaSetView(right.value))
        return first.replicas == second.replicas
            ? isOlder(left, right) : first.replicas > second.replicas
    }

    /// As ``scaleReplicaSet(_:to:_:)``, but leaves a set of the right size wholly alone.
    func scaleAndRecord(
        _ set: StoredObject, to size: Int, _ deployment: WorkingDeployment,
        notesFailure: Bool = false
    ) throws(APIError) -> (scaled: Bool, set: StoredObject) {
        if ReplicaSetView(set.value).replicas == size { return (false, set) }
        return try scaleReplicaSet(set, to: size, deployment, notesFailure: notesFailure)
    }

    /// Sets a ReplicaSet's size and the annotations that say for which size of the deployment.
    /// A failure that must not end the sync is noted.
    func scaleReplicaSet(
        _ set: StoredObject, to size: Int, _ deployment: WorkingDeployment,
        notesFailure: Bool = false
    ) throws(APIError) -> (scaled: Bool, set: StoredObject) {
        let old = ReplicaSetView(set.value).replicas
        let desired = deployment.view.replicas
        var value = set.value
        let annotated = ReplicaSetAnnotations.setReplicas(
            &value, desired: desired, max: desired + deployment.maxSurge)
        guard annotated || old != size else { return (false, set) }
        value[.spec][.replicas] = Value(size)
        let original = deployment.original
        let updated = try sendUpdate(set, to: value, notesFailure: notesFailure) { own in
            guard old != size else { return }
            own.record(
                original, .normal, reason: "ScalingReplicaSet",
                message: "Scaled \(old < size ? "up" : "down") replica set \(set.name) from "
                    + "\(old) to \(size)")
        }
        return (old != size, updated)
    }

    // MARK: Cleaning up

    /// Deletes the oldest revisions beyond `revisionHistoryLimit` that have no pods any more.
    func cleanup(_ deployment: WorkingDeployment, _ old: [StoredObject]) throws(APIError) {
        let limit = deployment.view.revisionHistoryLimit
        guard limit != Int(Int32.max) else { return }
        let candidates = old.filter { !$0.isDeleting }
        guard candidates.count > limit else { return }
        let sorted = candidates.sorted {
            let first = ReplicaSetAnnotations.revision(of: $0.value) ?? 0
            let second = ReplicaSetAnnotations.revision(of: $1.value) ?? 0
            return first == second ? Self.isOlder($0, $1) : first < second
        }
        for set in sorted.prefix(candidates.count - limit) {
            let view = ReplicaSetView(set.value)
            guard view.status.replicas == 0, view.replicas == 0,
                view.generation <= view.observedGeneration
            else { continue }
            try send { own throws(APIError) in
                do throws(APIError) {
                    try own.api.delete(set)
                } catch {
                    if !error.isNotFound { throw error }
                }
            }
        }
    }
}
