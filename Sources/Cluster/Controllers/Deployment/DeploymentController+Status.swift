import Model
import Value

// Counting and judging progress. Origin: calculateStatus in pkg/controller/deployment/sync.go and
// pkg/controller/deployment/progress.go.
extension DeploymentController {
    /// The report of a sync that is no rollout step.
    func syncDeploymentStatus(
        _ deployment: WorkingDeployment, _ sets: ReplicaSets
    ) throws(APIError) {
        let status = calculateStatus(deployment, sets)
        guard status != deployment.value[.status] else { return }
        var deployment = deployment
        deployment.value[.status] = status
        try write(deployment)
    }

    /// The report of a rollout step: counters, progress and failures.
    func syncRolloutStatus(
        _ deployment: WorkingDeployment, _ sets: ReplicaSets
    ) throws(APIError) {
        var status = calculateStatus(deployment, sets)
        if deployment.progressDeadlineSeconds == nil {
            status.conditions.remove(DeploymentConditions.progressing)
        } else {
            judgeProgress(deployment, sets, &status)
        }
        if let failure = replicaFailure(sets) {
            status.conditions.setLast(failure)
        } else if status.conditions[DeploymentConditions.replicaFailure] != nil {
            status.conditions.remove(DeploymentConditions.replicaFailure)
        }
        if status == deployment.value[.status] {
            return requeueIfStuck(deployment, status)
        }
        var deployment = deployment
        deployment.value[.status] = status
        try write(deployment)
    }

    // MARK: Counters

    private func calculateStatus(_ deployment: WorkingDeployment, _ sets: ReplicaSets) -> Value {
        let all = sets.atWork
        let available = all.availableReplicas
        let old = deployment.value[.status]
        var fields = Object(minimumCapacity: 10)
        fields[.observedGeneration] = deployment.value[.metadata][.generation]
        fields[.replicas] = .counter(all.actualReplicas)
        fields[.updatedReplicas] = .counter(sets.new?.value[.status].int(.replicas) ?? 0)
        fields[.readyReplicas] = .counter(all.readyReplicas)
        fields[.availableReplicas] = .counter(available)
        fields[.terminatingReplicas] = Self.terminatingReplicas(all)
        fields[.unavailableReplicas] = .counter(max(0, all.wantedReplicas - available))
        fields[.collisionCount] = old[.collisionCount]
        fields[.conditions] = old[.conditions]
        let isAvailable = available >= deployment.view.replicas - deployment.maxUnavailable
        let known = old.conditions[DeploymentConditions.available]
        // Mostly nothing is new about it.
        if let known, known.status == (isAvailable ? "True" : "False"),
            known.reason
                == (isAvailable
                    ? DeploymentConditions.minimumAvailable
                    : DeploymentConditions.minimumUnavailable)
        {
            return .object(fields)
        }
        var status = Value.object(fields)
        status.conditions.setLast(
            isAvailable
                ? DeploymentConditions.make(
                    DeploymentConditions.available, "True", DeploymentConditions.minimumAvailable,
                    "Deployment has minimum availability.", now: api.timestamp)
                : DeploymentConditions.make(
                    DeploymentConditions.available, "False",
                    DeploymentConditions.minimumUnavailable,
                    "Deployment does not have minimum availability.", now: api.timestamp))
        return status
    }

    /// The sum over the sets; null while one that was synced does not tell its own
    /// (GetTerminatingReplicaCountForReplicaSets).
    private static func terminatingReplicas(_ sets: [StoredObject]) -> Value {
        var sum = 0
        for set in sets {
            let status = set.value[.status]
            if let count = status[.terminatingReplicas].int {
                sum += count
            } else if status.int(.observedGeneration) > 0 {
                return .null
            }
        }
        return Value(sum)
    }

    /// The failure that a ReplicaSet reports, the new one's before those of old ones.
    private func replicaFailure(_ sets: ReplicaSets) -> Condition? {
        if let new = sets.new, let found = Self.failure(of: new) { return found }
        for set in sets.oldAtWork {
            if let found = Self.failure(of: set) { return found }
        }
        return nil
    }

    private static func failure(of set: StoredObject) -> Condition? {
        let conditions = set.value[.status].conditions
        guard var found = conditions[DeploymentConditions.replicaFailure] else { return nil }
        found.value[.lastUpdateTime] = found.value[.lastTransitionTime]
        return found
    }

    // MARK: Progress

    /// `DeploymentComplete`: all pods are new, available and no old one is left.
    func isComplete(_ deployment: WorkingDeployment, _ status: Value) -> Bool {
        let desired = deployment.view.replicas
        return status.int(.updatedReplicas) == desired && status.int(.replicas) == desired
            && status.int(.availableReplicas) == desired
            && status.int(.observedGeneration) >= deployment.view.generation
    }

    private func judgeProgress(
        _ deployment: WorkingDeployment, _ sets: ReplicaSets, _ status: inout Value
    ) {
        let current = deployment.value[.status].conditions[DeploymentConditions.progressing]
        // A rollout that ended is not judged again: this is a mere scaling or a resync.
        if status.int(.replicas) == status.int(.updatedReplicas),
            current?.reason == DeploymentConditions.newReplicaSetAvailable
        {
            return
        }
        let subject =
            sets.new.map { "ReplicaSet \"\($0.name)\"" }
            ?? "Deployment \"\(deployment.original.name)\""
        if isComplete(deployment, status) {
            status.conditions.setLast(
                DeploymentConditions.make(
                    DeploymentConditions.progressing, "True",
                    DeploymentConditions.newReplicaSetAvailable,
                    "\(subject) has successfully progressed.", now: api.timestamp))
        } else if hasProgressed(from: deployment.value[.status], to: status) {
            var condition = DeploymentConditions.make(
                DeploymentConditions.progressing, "True", DeploymentConditions.replicaSetUpdated,
                "\(subject) is progressing.", now: api.timestamp)
            if let current, current.status == "True" {
                condition.value[.lastTransitionTime] = current.value[.lastTransitionTime]
            }
            // Also with the same reason, so that lastUpdateTime tells of the progress.
            status.conditions.remove(DeploymentConditions.progressing)
            status.conditions.setLast(condition)
        } else if hasTimedOut(deployment, status) {
            status.conditions.setLast(
                DeploymentConditions.make(
                    DeploymentConditions.progressing, "False", DeploymentConditions.timedOut,
                    "\(subject) has timed out progressing.", now: api.timestamp))
        }
    }

    /// `DeploymentProgressing`: more new pods, fewer old ones, more ready or more available ones.
    private func hasProgressed(from old: Value, to new: Value) -> Bool {
        let oldRest = old.int(.replicas) - old.int(.updatedReplicas)
        let newRest = new.int(.replicas) - new.int(.updatedReplicas)
        return new.int(.updatedReplicas) > old.int(.updatedReplicas) || newRest < oldRest
            || new.int(.readyReplicas) > old.int(.readyReplicas)
            || new.int(.availableReplicas) > old.int(.availableReplicas)
    }

    /// `DeploymentTimedOut`: more than the deadline since the last sign of progress.
    private func hasTimedOut(_ deployment: WorkingDeployment, _ status: Value) -> Bool {
        guard let deadline = deployment.progressDeadlineSeconds,
            let condition = status.conditions[DeploymentConditions.progressing],
            condition.reason != DeploymentConditions.newReplicaSetAvailable
        else { return false }
        if condition.reason == DeploymentConditions.timedOut { return true }
        guard let from = condition.value[.lastUpdateTime].worldTime else { return false }
        return from + Milliseconds(seconds: deadline) < now
    }

    /// `requeueStuckDeployment`: nothing will happen by itself when a rollout hangs, so the
    /// controller looks again when the deadline has passed.
    ///
    /// A rollout that ended well is not judged any more, however its pods fare afterwards (see
    /// ``hasTimedOut(_:_:)``). Upstream comes back for it ten times a second all the same, as long as it is
    /// incomplete, and finds nothing; that is left out.
    private func requeueIfStuck(_ deployment: WorkingDeployment, _ status: Value) {
        guard let deadline = deployment.progressDeadlineSeconds,
            let condition = deployment.value[.status].conditions[DeploymentConditions.progressing],
            !isComplete(deployment, status),
            condition.reason != DeploymentConditions.timedOut,
            condition.reason != DeploymentConditions.newReplicaSetAvailable,
            let from = condition.value[.lastUpdateTime].worldTime
        else { return }
        let rest = from + Milliseconds(seconds: deadline) - now
        // In the last second upstream looks again and again; only the look after the deadline matters.
        let delay = rest < 1_000 ? max(rest, 0) + Self.lastLook : rest + 1_000
        enqueue(deployment.original.key, after: delay)
    }

    /// From the deadline to the look that finds it passed.
    private static let lastLook: Milliseconds = 5
}
