import Model
import Support
import Value

// Starting and stopping pods. Origin: manageJob.
extension JobController {
    private static let mostPerSync = 500

    /// Deletes all active pods because the Job ends; they keep the finalizer until they are counted.
    func deleteActivePods(_ sync: JobSync) throws(APIError) {
        try delete(sync.active, sync) { _ throws(APIError) in }
    }

    /// Deletes pods that the Job can do without. They lose the finalizer first, so that they count
    /// neither as failed nor as succeeded (`deleteJobPods`).
    private func deleteSurplus(_ pods: [JobPod], _ sync: JobSync) throws(APIError) {
        expectations.expectDeletions(sync.job.key, uids: pods.map(\.uid), now: now)
        try delete(pods, sync) { [unowned self] pod throws(APIError) in
            guard sync.isUncounted(pod) else { return }
            try release(pod.object)
            sync.holders.remove(pod.uid)
        }
    }

    /// Deletes pods side by side, each after `before`. A pod that is gone already counts as deleted.
    private func delete(
        _ pods: [JobPod], _ sync: JobSync,
        before: @escaping (JobPod) throws(APIError) -> Void
    ) throws(APIError) {
        guard !pods.isEmpty else { return }
        try send { [unowned self] () throws(APIError) in
            for pod in pods {
                do throws(APIError) {
                    try before(pod)
                    try deletePod(pod.object, for: sync.job)
                    sync.counts.remove(pod)
                } catch {
                    expectations.deletionObserved(sync.job.key, uid: pod.uid)
                    if error.isNotFound {
                        sync.counts.remove(pod)
                    } else {
                        sync.outcome.failure = sync.outcome.failure ?? error
                    }
                }
            }
        }
    }

    /// Brings the number of active pods to what is wanted. One sync either starts or stops pods.
    func manage(_ sync: JobSync) throws(APIError) {
        let active = sync.counts.active
        if sync.view.isSuspended {
            return try deleteSurplus(surplus(sync, active), sync)
        }
        let parallelism = sync.view.parallelism
        let wanted =
            sync.view.completions.map { max(min($0 - sync.succeeded, parallelism), 0) }
            ?? (sync.succeeded > 0 ? active : parallelism)
        let excess = surplus(sync, max(active - wanted, 0))
        if !excess.isEmpty {
            return try deleteSurplus(Array(excess.prefix(Self.mostPerSync)), sync)
        }
        let going = sync.replacesOnlyFailed ? sync.counts.terminating : 0
        let missing = min(wanted - going - active, Self.mostPerSync)
        if missing > 0 { try create(missing, sync) }
    }

    /// `activePodsForRemoval`: pods of indexes that are doubled or out of range always go, then as
    /// many as needed in the order in which a shrinking set gives up its pods.
    private func surplus(_ sync: JobSync, _ atLeast: Int) -> [JobPod] {
        var kept: [JobPod] = []
        var chosen: [JobPod] = []
        if sync.view.isIndexed {
            var seen: Set<Int> = []
            for pod in ordered(sync.active).reversed() {
                let isWanted =
                    pod.index.map { $0 < sync.completions && seen.insert($0).inserted } ?? false
                if isWanted { kept.append(pod) } else { chosen.append(pod) }
            }
            kept.reverse()
        } else {
            kept = ordered(sync.active)
        }
        let more = max(atLeast - chosen.count, 0)
        return chosen + kept.prefix(more)
    }

    /// First those that are to go first (`ActivePods`): unassigned, pending, not ready, ready for less
    /// time, restarted more often, younger. Example: of two ready pods the one that became ready
    /// later goes.
    private func ordered(_ pods: [JobPod]) -> [JobPod] {
        let facts = pods.map { PodFacts($0.object) }
        func rank(_ place: Int) -> [Int64] {
            let pod = pods[place]
            let phase: Int64 = pod.phase == .pending ? 0 : pod.phase == .unknown ? 1 : 2
            let ready = facts[place].isReady
            return [
                pod.object.nodeName == nil ? 0 : 1, phase, ready ? 1 : 0,
                ready ? -(facts[place].readyTime ?? .max) : 0, -pod.mostRestarts,
                -(pod.object.value[.metadata][.creationTimestamp].worldTime ?? .max),
            ]
        }
        return pods.indices.map { (rank($0), pods[$0]) }.sorted { left, right in
            if left.0 != right.0 { return left.0.lexicographicallyPrecedes(right.0) }
            return left.1.object.name < right.1.object.name
        }.map(\.1)
    }

    // MARK: Creation

    private func create(_ missing: Int, _ sync: JobSync) throws(APIError) {
        let job = sync.job
        if !sync.limitsIndexes {
            let pause = sync.backoff.remaining(now: now)
            if pause > 0 {
                // 1.36.2 itself reports no active pod in the meantime, which the API refuses while
                // one is ready; this is the rule as it was mended (kubernetes/kubernetes 139457).
                return enqueue(job.key, after: pause)
            }
        }
        var count = missing
        var indexes: [Int] = []
        if sync.view.isIndexed {
            indexes = pendingIndexes(sync, missing)
            if sync.limitsIndexes {
                guard let ready = indexesDue(indexes, sync) else { return }
                indexes = ready
            }
            count = indexes.count
        }
        expectations.expectCreations(job.key, count, now: now)
        let prototype = podPrototype(sync)
        let wanted = indexes
        try sendSlowStart(count, sync.outcome) { [unowned self] place throws(APIError) in
            let pod = wanted.isEmpty ? prototype : indexed(prototype, wanted[place], sync)
            do throws(APIError) {
                try createPod(pod, for: job)
            } catch {
                // In a namespace that goes away all creations fail: that is no reason to try again.
                if !error.isNamespaceTerminating { throw error }
            }
        } whenDone: { [unowned self] made in
            sync.counts.active += made
            if made < count { expectations.creationObserved(job.key, count: count - made) }
        }
    }

    /// The lowest indexes that are neither done, nor failed, nor running (`firstPendingIndexes`).
    private func pendingIndexes(_ sync: JobSync, _ count: Int) -> [Int] {
        var taken = sync.succeededIndexes.union(JobIndexes(Set(sync.active.compactMap(\.index))))
        if sync.replacesOnlyFailed {
            taken = taken.union(
                JobIndexes(Set(sync.pods.filter(\.isTerminating).compactMap(\.index))))
        }
        if let failed = sync.failedIndexes { taken = taken.union(failed) }
        return taken.gaps(below: sync.completions, most: count)
    }

    /// The indexes whose own pause is over; nil when none is, and the Job is looked at again then.
    private func indexesDue(_ indexes: [Int], _ sync: JobSync) -> [Int]? {
        var due: [Int] = []
        var shortest = Milliseconds.max
        for index in indexes {
            guard let failed = sync.delayed[index] else {
                due.append(index)
                continue
            }
            let pause = JobBackoff.remaining(
                failures: failed.failuresBefore + 1, last: failed.finishTime, now: now)
            if pause == 0 { due.append(index) } else { shortest = min(shortest, pause) }
        }
        if due.isEmpty, shortest < .max {
            enqueue(sync.job.key, after: shortest)
            return nil
        }
        return due
    }

    private func podPrototype(_ sync: JobSync) -> Value {
        var pod = podPrototype(sync.job.value[.spec][.template], owner: sync.job)
        Finalizers.add(JobKeys.finalizer, to: &pod)
        if sync.view.isIndexed { addIndexVariables(&pod) }
        return pod
    }

    /// JOB_COMPLETION_INDEX, read from the pod's own label, in every container.
    private func addIndexVariables(_ pod: inout Value) {
        let variable: Value = [
            .name: "JOB_COMPLETION_INDEX",
            .valueFrom: [
                .fieldRef: [
                    .apiVersion: "v1",
                    .fieldPath: Value("metadata.labels['\(JobKeys.index.name)']"),
                ]
            ],
        ]
        for list in [Key.initContainers, .containers] where pod[.spec][list].count > 0 {
            let containers = pod[.spec][list].elements.map { container in
                let variables = container[.env].elements
                guard !variables.contains(where: { $0[.name] == variable[.name] }) else {
                    return container
                }
                var container = container
                container[.env] = .array(variables + [variable])
                return container
            }
            pod[.spec][list] = .array(containers)
        }
    }

    private func indexed(_ prototype: Value, _ index: Int, _ sync: JobSync) -> Value {
        var pod = prototype
        let text = Value(String(index))
        pod[.metadata][.annotations][JobKeys.index] = text
        pod[.metadata][.labels][JobKeys.index] = text
        pod[.metadata][.generateName] = Value(Self.generateName(sync.job.name, index))
        pod[.spec][.hostname] = Value("\(sync.job.name)-\(index)")
        guard sync.limitsIndexes else { return pod }
        let (failures, ignored) = counts(after: sync.delayed[index], sync)
        pod[.metadata][.annotations][JobKeys.failureCount] = Value(String(failures))
        if ignored > 0 {
            pod[.metadata][.annotations][JobKeys.ignoredFailureCount] = Value(String(ignored))
        }
        return pod
    }

    /// The index stays whole where the name is too long for it (`podGenerateNameWithIndex`): at most 58
    /// characters, so that five random ones still fit.
    static func generateName(_ job: String, _ index: Int) -> String {
        let end = "-\(index)-"
        return job.prefix(max(58 - end.count, 0)) + end
    }

    /// What the replacement of a failed pod inherits (`getNewIndexFailureCounts`).
    private func counts(after pod: JobPod?, _ sync: JobSync) -> (failures: Int, ignored: Int) {
        guard let pod else { return (0, 0) }
        let (failures, ignored) = (
            pod.count(JobKeys.failureCount), pod.count(JobKeys.ignoredFailureCount)
        )
        return sync.verdict(pod) == .ignored ? (failures, ignored + 1) : (failures + 1, ignored)
    }
}
