import Model
import Support
import Value

// Origin: updateStatefulSet in pkg/controller/statefulset/stateful_set_control.go.
extension StatefulSetController {
    /// One pass over a set: what it wants and what is there.
    struct Pass {
        let set: StoredObject
        let revisions: Revisions
        /// By ordinal from the start: those that are wanted.
        var replicas: [StatefulReplica] = []
        /// Those beyond the wanted ordinals, the highest first.
        var condemned: [StatefulReplica] = []
        /// How many pods this pass deleted so that they come back updated.
        var deletedForUpdate = 0

        var view: StatefulSetView { StatefulSetView(set.value) }
        /// Whether pods come and go one by one (`OrderedReady`).
        var isMonotonic: Bool { view.podManagementPolicy != "Parallel" }

        /// Whether an ordinal is among the wanted ones.
        func contains(_ ordinal: Int) -> Bool {
            ordinal >= view.startOrdinal && ordinal < view.startOrdinal + view.replicas
        }
    }

    /// Brings the set a step nearer to its spec and reports; answers the status.
    func performUpdate(
        _ set: StoredObject, _ pods: [StoredObject], _ existing: [StoredObject]
    ) throws(APIError) -> Value {
        let revisions = try revisions(set, existing)
        var pass = Pass(set: set, revisions: revisions)
        sort(pods, into: &pass)
        var status = count(pass)
        var failure: APIError?
        if !set.isDeleting {
            do throws(APIError) {
                try reconcile(&pass)
            } catch {
                failure = error
            }
            status = count(pass)
        }
        do throws(APIError) {
            status = try updateStatus(set, status)
        } catch {
            failure = failure ?? error
        }
        do throws(APIError) {
            try truncateHistory(set, pods, existing, revisions)
        } catch {
            failure = failure ?? error
        }
        if let failure { throw failure }
        return status
    }

    /// Tells wanted pods from condemned ones, and plans those that are missing.
    private func sort(_ pods: [StoredObject], into pass: inout Pass) {
        let view = pass.view
        var present: [Int: StoredObject] = [:]
        for pod in pods {
            guard let (_, ordinal) = StatefulPods.parse(pod.name) else { continue }
            if pass.contains(ordinal) {
                present[ordinal] = pod
            } else {
                pass.condemned.append(StatefulReplica(pod, ordinal: ordinal))
            }
        }
        pass.condemned.sort { $0.ordinal > $1.ordinal }
        for ordinal in view.startOrdinal..<view.startOrdinal + max(view.replicas, 0) {
            pass.replicas.append(
                present[ordinal].map { StatefulReplica($0, ordinal: ordinal) }
                    ?? StatefulReplica(missing: ordinal, revision: newRevision(ordinal, pass).name)
            )
        }
    }

    /// The revision that a new pod of `ordinal` gets: the current one below the partition, else the
    /// update one (`newVersionedStatefulSetPod`). Example: partition 2: a pod 1 that is deleted
    /// during the update comes back with its old template.
    private func newRevision(_ ordinal: Int, _ pass: Pass) -> StoredObject {
        let view = pass.view
        let rollingUpdate = view.value[.spec][.updateStrategy][.rollingUpdate]
        let keepsCurrent =
            rollingUpdate.isNull
            ? view.updateStrategyType == "RollingUpdate"
                && ordinal < view.startOrdinal + view.status.currentReplicas
            : ordinal < view.startOrdinal + view.partition
        return keepsCurrent ? pass.revisions.current : pass.revisions.update
    }

    private func reconcile(_ pass: inout Pass) throws(APIError) {
        // Before anything is done: the first pod that is in trouble, the lowest ordinal first.
        let unhealthy =
            pass.replicas.first { !$0.isHealthy }?.ordinal
            ?? pass.condemned.last { !$0.isHealthy }?.ordinal
        let inOrder = pass.isMonotonic
        let isOver = try runForAll(pass.replicas.count, inOrder) { index throws(APIError) in
            try processReplica(&pass, index)
        }
        if isOver { return }
        _ = try runForAll(pass.condemned.count, inOrder) { index throws(APIError) in
            let replica = pass.condemned[index]
            if let pod = replica.pod { try fixClaims(pass, pod, replica.ordinal) }
            return false
        }
        let isShrinking = try runForAll(pass.condemned.count, inOrder) { index throws(APIError) in
            try processCondemned(&pass, index, unhealthy)
        }
        if isShrinking { return }
        if pass.view.updateStrategyType == "OnDelete" { return }
        if honoursMaxUnavailable {
            try updateSeveral(&pass)
        } else {
            try updateOne(&pass)
        }
    }

    // MARK: Wanted ordinals

    /// Runs `body` for 0 ..< count: in order, until one answers that the pass ends here, or, in
    /// Parallel, for all in growing batches, whatever they answer.
    private func runForAll(
        _ count: Int, _ inOrder: Bool, _ body: (Int) throws(APIError) -> Bool
    ) throws(APIError) -> Bool {
        if inOrder {
            for index in 0..<count where try body(index) { return true }
            return false
        }
        let (_, failure) = slowStartBatch(count) { index throws(APIError) in _ = try body(index) }
        if let failure { throw failure }
        return false
    }

    private func processReplica(_ pass: inout Pass, _ index: Int) throws(APIError) -> Bool {
        let replica = pass.replicas[index]
        // A finished pod is replaced, whatever its exit code: it comes back when it is gone.
        if replica.isFinished, let pod = replica.pod {
            if !replica.isTerminating { try deletePod(pass, pod) }
            return true
        }
        if !replica.isCreated {
            if try isClaimStale(pass, replica.ordinal) { return true }
            let created = try createPod(pass, replica)
            if profile.countsOwnStatefulSetWrites { pass.replicas[index].take(created) }
            return pass.isMonotonic
        }
        guard let pod = replica.pod else { return true }
        if replica.isPending { try createMissingClaims(pass, pod, replica.ordinal) }
        if pass.isMonotonic {
            let isAvailable = replica.isAvailable(
                minReadySeconds: pass.view.minReadySeconds, now: now)
            if replica.isTerminating || !replica.isRunningAndReady || !isAvailable { return true }
        }
        if !StatefulPods.identityMatches(pod, pass.set)
            || !StatefulPods.storageMatches(pod, pass.set, replica.ordinal)
            || !claimsMatchPolicy(pass, pod, replica.ordinal)
        {
            try updatePod(pass, pod, replica.ordinal)
        }
        return false
    }

    // MARK: Condemned ordinals

    /// Deletes what is beyond the wanted ordinals, the highest first; answers whether the pass ends
    /// here. In order, a pod goes only when all before it are well, except for the one that is in
    /// trouble itself.
    private func processCondemned(
        _ pass: inout Pass, _ index: Int, _ unhealthy: Int?
    ) throws(APIError) -> Bool {
        let replica = pass.condemned[index]
        if replica.isTerminating { return true }
        let isAvailable = replica.isAvailable(
            minReadySeconds: pass.view.minReadySeconds, now: now)
        let isWell = replica.isRunningAndReady && isAvailable
        if pass.isMonotonic, !isWell, replica.ordinal != unhealthy { return true }
        if let pod = replica.pod {
            let deleted = try deletePod(pass, pod)
            if profile.countsOwnStatefulSetWrites { pass.condemned[index].take(deleted) }
        }
        return true
    }

    // MARK: Updating

    /// Deletes the highest pod of an old revision, unless a pod above it is not healthy: a broken
    /// update stays where it is until somebody deletes the broken pod.
    private func updateOne(_ pass: inout Pass) throws(APIError) {
        let lowest = pass.view.partition
        guard lowest < pass.replicas.count else { return }
        for index in (lowest..<pass.replicas.count).reversed() {
            let replica = pass.replicas[index]
            if replica.revision != pass.revisions.update.name, !replica.isTerminating {
                try deleteForUpdate(&pass, replica)
                return
            }
            if !replica.isHealthy { return }
        }
    }

    /// As many at once as `maxUnavailable` allows, pods in trouble counted in
    /// (`updateStatefulSetAfterInvariantEstablished`, KEP-961). Example: 5 pods, 2 may be missing,
    /// one is not ready: one more goes.
    private func updateSeveral(_ pass: inout Pass) throws(APIError) {
        let value = pass.view.maxUnavailable
        let scaled =
            value.isNull
            ? 1 : IntOrPercent.scaled(value, total: pass.view.replicas, roundUp: false) ?? 1
        let unavailable = pass.replicas.count { !$0.isHealthy }
        var rest = max(scaled, 1) - unavailable
        for index in pass.replicas.indices.reversed() {
            guard rest > 0, index >= pass.view.partition else { return }
            let replica = pass.replicas[index]
            if replica.revision == pass.revisions.update.name || replica.isTerminating { continue }
            try deleteForUpdate(&pass, replica)
            rest -= 1
        }
    }

    private func deleteForUpdate(
        _ pass: inout Pass, _ replica: StatefulReplica
    ) throws(APIError) {
        guard let pod = replica.pod else { return }
        do throws(APIError) {
            try deletePod(pass, pod)
        } catch {
            if !error.isNotFound { throw error }
        }
        pass.deletedForUpdate += 1
    }
}
