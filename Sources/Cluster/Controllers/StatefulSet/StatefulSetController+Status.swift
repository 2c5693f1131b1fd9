import Model
import Value

// Origin: computeReplicaStatus and updateStatefulSetStatus in
// pkg/controller/statefulset/stateful_set_control.go.
extension StatefulSetController {
    /// The status that a pass comes to.
    ///
    /// Terminating pods count as replicas, and as ready while they are, but neither as current nor as
    /// updated. A rolling update is complete when all wanted pods are updated and ready: then the
    /// update revision becomes the current one.
    func count(_ pass: Pass) -> Value {
        if let roster = pass.roster {
            return status(
                pass,
                Counts(
                    replicas: roster.created, ready: roster.ready, available: roster.ready,
                    current: roster.created(of: pass.revisions.current.name),
                    updated: roster.created(of: pass.revisions.update.name)))
        }
        var counts = Counts()
        for replica in pass.replicas + pass.condemned {
            guard replica.isCreated else { continue }
            counts.replicas += 1
            if replica.isRunningAndReady {
                counts.ready += 1
                let seconds = pass.view.minReadySeconds
                if replica.isAvailable(minReadySeconds: seconds, now: now) { counts.available += 1 }
            }
            if replica.isTerminating { continue }
            if replica.revision == pass.revisions.current.name { counts.current += 1 }
            if replica.revision == pass.revisions.update.name { counts.updated += 1 }
        }
        return status(pass, counts)
    }

    private struct Counts {
        var replicas = 0
        var ready = 0
        var available = 0
        var current = 0
        var updated = 0
    }

    private func status(_ pass: Pass, _ counts: Counts) -> Value {
        let (replicas, ready, updated) = (counts.replicas, counts.ready, counts.updated)
        var current = counts.current - pass.deletedForUpdate
        var currentRevision = pass.revisions.current.name
        let wanted = pass.view.replicas
        if pass.view.updateStrategyType == "RollingUpdate", updated == wanted, ready == wanted,
            replicas == wanted
        {
            current = updated
            currentRevision = pass.revisions.update.name
        }
        var status: Value = [.availableReplicas: Value(counts.available)]
        status[.collisionCount] = Value(pass.revisions.collisionCount)
        status[.currentReplicas] = current == 0 ? .null : Value(current)
        status[.currentRevision] = Value(currentRevision)
        status[.observedGeneration] = Value(pass.view.generation)
        status[.readyReplicas] = .counter(ready)
        status[.replicas] = Value(replicas)
        status[.updateRevision] = Value(pass.revisions.update.name)
        status[.updatedReplicas] = .counter(updated)
        return status
    }

    /// Writes the status that the pass comes to, and looks again when pods become available.
    func report(_ pass: Pass) throws(APIError) {
        let status = count(pass)
        try updateStatus(pass.set, status)
        let minReadySeconds = pass.view.minReadySeconds
        guard pass.failure == nil, minReadySeconds > 0,
            status.int(.readyReplicas) != status.int(.availableReplicas)
        else { return }
        // When the next pod is available; what was planned before may have come too early for it
        // (FindMinNextPodAvailabilityCheck).
        let checks = (pass.replicas + pass.condemned).compactMap {
            $0.nextCheck(minReadySeconds: minReadySeconds, now: now)
        }
        enqueue(pass.set.key, after: checks.min() ?? Milliseconds(seconds: minReadySeconds))
    }

    /// Writes the status if it differs.
    ///
    /// A pass that deletes a pod of neither the current nor the update revision takes it from the
    /// current ones all the same. Example: one pod at v2, which is not the current revision v1, is
    /// deleted for v3: 0 - 1. The API server refuses such a status, and the set is synced again.
    private func updateStatus(_ set: StoredObject, _ status: Value) throws(APIError) {
        if set.value[.status] == status { return }
        let current = status.int(.currentReplicas)
        guard current >= 0 else {
            let error = FieldError(
                path: "status.currentReplicas", reason: .invalid, shown: String(current),
                detail: "must be greater than or equal to 0")
            throw .invalid(api.kinds[.statefulSet], set.name, [error])
        }
        try writeStatus(set, status)
    }
}
