import Model
import Support
import Value

// Counting pods in the status. Origin: trackJobStatusAndRemoveFinalizers.
extension JobController {
    /// The most pods counted in one go, so that a status stays small.
    private static let mostUncounted = 500

    /// Writes the status with the uids of what has ended, takes the finalizers, writes the status
    /// again with the counts, and at last the end of the Job.
    func track(_ sync: JobSync) throws(APIError) {
        settleUncounted(sync)
        let (ended, isAll) = gather(sync)
        setIndexes(sync)
        if let ending = sync.ending { add(ending, to: sync) }
        setUncounted(sync)
        if sync.status != sync.stored.value[.status] {
            try send { [unowned self] () throws(APIError) in
                sync.stored = try api.updateStatus(sync.stored, to: sync.status)
                backoffs[sync.job.uid] = sync.backoff
            }
        }
        if ended.isEmpty {
            return try then { [unowned self] () throws(APIError) in
                try close(sync, mayFinish: isAll)
            }
        }
        try send { [unowned self] () throws(APIError) in
            var failure: APIError?
            for pod in ended {
                do throws(APIError) {
                    try release(pod.object)
                    sync.holders.remove(pod.uid)
                } catch {
                    failure = failure ?? error
                }
            }
            try send { [unowned self] () throws(APIError) in
                try close(sync, mayFinish: isAll && failure == nil)
                if let failure { throw failure }
            }
        }
    }

    /// The second status write: the counters, and the end.
    private func close(_ sync: JobSync, mayFinish: Bool) throws(APIError) {
        settleUncounted(sync)
        setUncounted(sync)
        let final = mayFinish ? finish(sync) : nil
        sync.stored = try api.updateStatus(sync.stored, to: sync.status)
        if let final { recordEnd(sync.stored, final, sync) }
        if let failure = sync.outcome.failure { throw failure }
    }

    /// Moves the uids whose pods have lost their finalizer into the counters
    /// (`cleanUncountedPodsWithoutFinalizers`).
    private func settleUncounted(_ sync: JobSync) {
        let holders = sync.holders
        let succeeded = sync.uncountedSucceeded.count { !holders.contains($0) }
        let failed = sync.uncountedFailed.count { !holders.contains($0) }
        sync.uncountedSucceeded.removeAll { !holders.contains($0) }
        sync.uncountedFailed.removeAll { !holders.contains($0) }
        if succeeded > 0 {
            sync.status[.succeeded] = Value(sync.status.int(.succeeded) + succeeded)
        }
        if failed > 0 { sync.status[.failed] = Value(sync.status.int(.failed) + failed) }
    }

    private func setUncounted(_ sync: JobSync) {
        var uncounted = Value.emptyObject
        if !sync.uncountedSucceeded.isEmpty {
            uncounted[.succeeded] = Value(strings: sync.uncountedSucceeded)
        }
        if !sync.uncountedFailed.isEmpty {
            uncounted[.failed] = Value(strings: sync.uncountedFailed)
        }
        sync.status[.uncountedTerminatedPods] = uncounted
    }

    /// The pods that may lose their finalizer, the uids of those that count among the uncounted; and
    /// whether these are all.
    private func gather(_ sync: JobSync) -> (pods: [JobPod], isAll: Bool) {
        var ended: [JobPod] = []
        var newIndexes = 0
        let failsRest = sync.ending.map { $0.type == "FailureTarget" } ?? false
        let pods =
            sync.view.isIndexed
            ? sync.pods.sorted {
                ($0.index ?? -1, $0.object.name) < ($1.index ?? -1, $1.object.name)
            }
            : sync.pods
        for pod in pods where sync.isUncounted(pod) && canRelease(pod, sync) {
            ended.append(pod)
            if pod.phase == .succeeded {
                // The completion index says enough: an index is never counted twice.
                if sync.view.isIndexed {
                    if sync.hasValidIndex(pod), let index = pod.index,
                        !sync.previousSucceededIndexes.contains(index)
                    {
                        newIndexes += 1
                    }
                } else if !sync.uncountedSucceeded.contains(pod.uid),
                    !sync.uncountedFailed.contains(pod.uid)
                {
                    sync.uncountedSucceeded.append(pod.uid)
                }
            } else if sync.isFailed(pod) || failsRest,
                !sync.uncountedFailed.contains(pod.uid), sync.hasValidIndex(pod),
                sync.verdict(pod) != .ignored
            {
                // When the Job fails, every pod that has not ended counts as failed.
                sync.uncountedFailed.append(pod.uid)
            }
            let counted = newIndexes + sync.uncountedSucceeded.count + sync.uncountedFailed.count
            if counted >= Self.mostUncounted { return (ended, false) }
        }
        return (ended, true)
    }

    /// Whether a pod needs its finalizer no longer: the Job goes or ends, or the pod has ended; a failed
    /// pod of an index with a limit of its own keeps it until its replacement has taken over the
    /// count (`canRemoveFinalizer`).
    private func canRelease(_ pod: JobPod, _ sync: JobSync) -> Bool {
        if sync.job.isDeleting || sync.ending != nil || pod.phase == .succeeded { return true }
        guard sync.isFailed(pod) else { return false }
        return pod.index.map { sync.delayed[$0]?.uid != pod.uid } ?? true
    }

    private func setIndexes(_ sync: JobSync) {
        guard sync.view.isIndexed else { return }
        let text = sync.succeededIndexes.text
        sync.status[.completedIndexes] = text.isEmpty ? .null : Value(text)
        sync.status[.succeeded] =
            sync.succeededIndexes.count == 0 ? .null : Value(sync.succeededIndexes.count)
        if let failed = sync.failedIndexes { sync.status[.failedIndexes] = Value(failed.text) }
    }

    private func add(_ condition: Condition, to sync: JobSync) {
        guard sync.status.conditions[condition.type] == nil else { return }
        sync.status.conditions.set(timed(condition), transition: api.timestamp)
    }

    /// `enactJobFinished`: the Job is Complete or Failed when every pod is counted and none is still
    /// terminating. Answers the final condition.
    private func finish(_ sync: JobSync) -> Condition? {
        guard let ending = sync.ending, sync.uncountedSucceeded.isEmpty,
            sync.uncountedFailed.isEmpty, sync.status.int(.terminating) == 0
        else { return nil }
        let isComplete = ending.type == "SuccessCriteriaMet"
        let final = Condition(
            type: isComplete ? "Complete" : "Failed", status: "True", reason: ending.reason,
            message: ending.message)
        add(final, to: sync)
        if isComplete { sync.status[.completionTime] = api.timestamp }
        return final
    }

    func recordEnd(_ job: StoredObject, _ final: Condition, _ sync: JobSync) {
        backoffs[job.uid] = nil
        guard final.type == "Complete" else {
            return record(job, .warning, reason: final.reason, message: final.message)
        }
        if let wanted = sync.view.completions, sync.succeeded > wanted {
            record(
                job, .warning, reason: "TooManySucceededPods",
                message: "Too many succeeded pods running after completion count reached")
        }
        record(job, .normal, reason: "Completed", message: "Job completed")
    }
}
