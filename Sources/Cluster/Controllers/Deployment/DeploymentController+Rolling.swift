import Model
import Value

// Origin: pkg/controller/deployment/rolling.go.
extension DeploymentController {
    /// Moves a rolling update by one step: up, or else down, and then the report.
    func rolloutRolling(
        _ deployment: inout WorkingDeployment, _ sets: [ReplicaSetRow]
    ) throws(APIError) {
        let sets = try replicaSets(&deployment, sets, creating: true)
        guard let new = sets.new else { return }
        if try growNew(new, sets, deployment) {
            return try syncRolloutStatus(deployment, sets)
        }
        if try shrinkOld(new, sets, deployment) {
            return try syncRolloutStatus(deployment, sets)
        }
        if isComplete(deployment, deployment.value[.status]) {
            try cleanup(deployment, sets.old)
        }
        try syncRolloutStatus(deployment, sets)
    }

    /// `reconcileNewReplicaSet`.
    private func growNew(
        _ new: StoredObject, _ sets: ReplicaSets, _ deployment: WorkingDeployment
    ) throws(APIError) -> Bool {
        let size = ReplicaSetView(new.value).replicas
        let desired = deployment.view.replicas
        if size == desired { return false }
        let wanted =
            size > desired
            ? desired
            : newSize(deployment, current: size, total: sets.atWork.wantedReplicas)
        return try scaleAndRecord(new, to: wanted, deployment).scaled
    }

    /// `reconcileOldReplicaSets`: takes away as many old pods as may be missing, those that are not
    /// available first.
    ///
    /// Example: wanted 10, 2 may be missing; the old set has 10, the new one 3 of which 1 is
    /// available: 13 − 8 − 2 = 3 old pods may go.
    private func shrinkOld(
        _ new: StoredObject, _ sets: ReplicaSets, _ deployment: WorkingDeployment
    ) throws(APIError) -> Bool {
        var old = sets.oldAtWork.activeSets
        guard old.wantedReplicas > 0 else { return false }
        let minAvailable = deployment.view.replicas - deployment.maxUnavailable
        let newUnavailable =
            ReplicaSetView(new.value).replicas - new.value[.status].int(.availableReplicas)
        let most = sets.atWork.wantedReplicas - minAvailable - newUnavailable
        guard most > 0 else { return false }
        // Upstream drops what fails here: the step goes on to the report, and the write that came
        // between wakes the deployment again.
        let cleaned = try cleanupUnhealthy(&old, most, deployment)
        guard let cleaned else { return false }
        let shrunk = try shrinkForRollingUpdate(old, new, deployment)
        return cleaned + shrunk > 0 && notedFailure == nil
    }

    /// `cleanupUnhealthyReplicas`: old pods that are not available serve nobody, and go first. Nil when
    /// a set has more available pods than it wants: it has not yet reported a scaling, and nothing more
    /// is done in this step.
    private func cleanupUnhealthy(
        _ old: inout [StoredObject], _ most: Int, _ deployment: WorkingDeployment
    ) throws(APIError) -> Int? {
        var total = 0
        for place in old.indices {
            if total >= most { break }
            let size = ReplicaSetView(old[place].value).replicas
            let available = old[place].value[.status].int(.availableReplicas)
            if size == 0 || size == available { continue }
            let step = min(most - total, size - available)
            guard step >= 0 else { return nil }
            let scaled = try scaleAndRecord(
                old[place], to: size - step, deployment, notesFailure: true)
            old[place] = scaled.set
            total += step
        }
        return total
    }

    /// `scaleDownOldReplicaSetsForRollingUpdate`.
    private func shrinkForRollingUpdate(
        _ old: [StoredObject], _ new: StoredObject, _ deployment: WorkingDeployment
    ) throws(APIError) -> Int {
        let minAvailable = deployment.view.replicas - deployment.maxUnavailable
        let most = (old + [new]).availableReplicas - minAvailable
        guard most > 0 else { return 0 }
        var total = 0
        for set in old {
            if total >= most { break }
            let size = ReplicaSetView(set.value).replicas
            if size == 0 { continue }
            let step = min(size, most - total)
            _ = try scaleAndRecord(set, to: size - step, deployment, notesFailure: true)
            total += step
        }
        return total
    }
}
