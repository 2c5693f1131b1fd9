import Model
import Support
import Value

// Starting and stopping pods. Origin: manageJob.
extension JobController {
    private static let mostPerSync = 500

    /// Deletes `pods`; lowers `active` for each that went. Answers the first failure.
    func deletePods(
        _ pods: [JobPod], of job: StoredObject, _ active: inout Int
    ) -> APIError? {
        var failure: APIError?
        expectations.expectDeletions(job.key, uids: pods.map(\.uid), now: now)
        for pod in pods {
            do throws(APIError) {
                try deletePod(pod.object, for: job)
                active -= 1
            } catch {
                expectations.deletionObserved(job.key, uid: pod.uid)
                if error.isNotFound { active -= 1 } else { failure = failure ?? error }
            }
        }
        return failure
    }

    /// Brings the number of active pods to what is wanted. One sync either starts or stops pods.
    func manage(_ sync: inout JobSync, _ active: inout Int) -> APIError? {
        if sync.view.isSuspended {
            return deletePods(surplus(sync, sync.active.count), of: sync.job, &active)
        }
        let parallelism = sync.view.parallelism
        let wanted =
            sync.view.completions.map { max(min($0 - sync.succeeded, parallelism), 0) }
            ?? (sync.succeeded > 0 ? active : parallelism)
        // The recorded 1.20 let pods beyond the completions run on.
        let allowed = profile.hasJobTracking ? wanted : max(wanted, parallelism)
        let excess = surplus(sync, max(active - allowed, 0))
        if !excess.isEmpty {
            return deletePods(Array(excess.prefix(Self.mostPerSync)), of: sync.job, &active)
        }
        let going = sync.replacesOnlyFailed ? sync.terminating : 0
        let missing = min(wanted - going - active, Self.mostPerSync)
        return missing > 0 ? create(missing, sync, &active) : nil
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

    /// First those that are to go first: unassigned, pending, not ready, younger.
    private func ordered(_ pods: [JobPod]) -> [JobPod] {
        func rank(_ pod: JobPod) -> (Int, Int, Int) {
            (
                pod.object.nodeName == nil ? 0 : 1, pod.phase == .pending ? 0 : 1,
                pod.isReady ? 1 : 0
            )
        }
        return pods.sorted {
            let (left, right) = (rank($0), rank($1))
            if left != right { return left < right }
            let first = $0.object.value[.metadata].text(.creationTimestamp)
            let second = $1.object.value[.metadata].text(.creationTimestamp)
            return first == second ? $0.object.name < $1.object.name : first > second
        }
    }

    // MARK: Creation

    private func create(_ missing: Int, _ sync: JobSync, _ active: inout Int) -> APIError? {
        let job = sync.job
        var count = missing
        var indexes: [Int] = []
        if sync.view.isIndexed {
            indexes = pendingIndexes(sync, missing)
            if sync.limitsIndexes {
                guard let ready = indexesDue(indexes, sync) else { return nil }
                indexes = ready
            }
            count = indexes.count
        }
        if !sync.limitsIndexes {
            let pause = sync.backoff.remaining(now: now)
            if pause > 0 {
                enqueue(job.key, after: pause)
                return nil
            }
        }
        expectations.expectCreations(job.key, count, now: now)
        let prototype = podPrototype(sync)
        let (made, failure) = slowStartBatch(count) { place throws(APIError) in
            let pod =
                indexes.isEmpty
                ? prototype : indexed(prototype, indexes[place], sync)
            try createPod(pod, for: job)
        }
        active += made
        expectations.creationObserved(job.key, count: count - made)
        return failure
    }

    /// The lowest indexes that are neither done, nor failed, nor running (`firstPendingIndexes`).
    private func pendingIndexes(_ sync: JobSync, _ count: Int) -> [Int] {
        let running = Set(sync.active.compactMap(\.index))
        let going =
            sync.replacesOnlyFailed
            ? Set(sync.pods.filter(\.isTerminating).compactMap(\.index)) : []
        var found: [Int] = []
        var index = 0
        while found.count < count, index < sync.completions {
            let isTaken =
                running.contains(index) || going.contains(index)
                || sync.succeededIndexes.contains(index)
                || sync.failedIndexes?.contains(index) ?? false
            if !isTaken { found.append(index) }
            index += 1
        }
        return found
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
        if profile.hasJobTracking {
            let finalizers = pod[.metadata][.finalizers].elements
            if !finalizers.contains(where: { $0.string == JobKeys.finalizer }) {
                pod[.metadata][.finalizers] = .array(finalizers + [Value(JobKeys.finalizer)])
            }
        }
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
        pod[.metadata][.generateName] = Value("\(sync.job.name)-\(index)-")
        pod[.spec][.hostname] = Value("\(sync.job.name)-\(index)")
        guard sync.limitsIndexes else { return pod }
        let (failures, ignored) = counts(after: sync.delayed[index], sync)
        pod[.metadata][.annotations][JobKeys.failureCount] = Value(String(failures))
        if ignored > 0 {
            pod[.metadata][.annotations][JobKeys.ignoredFailureCount] = Value(String(ignored))
        }
        return pod
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
