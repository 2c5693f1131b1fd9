import Model
import Support
import Value

// Counting pods in the status. Origin: trackJobStatusAndRemoveFinalizers.
extension JobController {
    /// The most pods counted in one go, so that a status stays small.
    private static let mostUncounted = 500

    func track(_ sync: inout JobSync) throws(APIError) {
        var job = sync.job
        var holders = Set(
            sync.pods.filter { $0.isTracked && !released.contains($0.uid) }.map(\.uid))
        settleUncounted(&sync, holders: holders)
        let (ended, isAll) = gather(&sync)
        setIndexes(&sync)
        if let ending = sync.ending { add(ending, to: &sync.status) }
        setUncounted(&sync)
        job = try api.updateStatus(job, to: sync.status)
        backoffs[job.uid] = sync.backoff
        for pod in ended {
            try release(pod.object)
            holders.remove(pod.uid)
        }
        settleUncounted(&sync, holders: holders)
        setUncounted(&sync)
        let final = isAll ? finish(&sync) : nil
        job = try api.updateStatus(job, to: sync.status)
        if let final { recordEnd(job, final, sync) }
    }

    /// Moves the uids whose pods have lost their finalizer into the counters
    /// (`cleanUncountedPodsWithoutFinalizers`).
    private func settleUncounted(_ sync: inout JobSync, holders: Set<String>) {
        let succeeded = sync.uncountedSucceeded.count { !holders.contains($0) }
        let failed = sync.uncountedFailed.count { !holders.contains($0) }
        sync.uncountedSucceeded.removeAll { !holders.contains($0) }
        sync.uncountedFailed.removeAll { !holders.contains($0) }
        if succeeded > 0 {
            sync.status[.succeeded] = Value(sync.status.int(.succeeded) + succeeded)
        }
        if failed > 0 { sync.status[.failed] = Value(sync.status.int(.failed) + failed) }
    }

    private func setUncounted(_ sync: inout JobSync) {
        var uncounted = Value.emptyObject
        if !sync.uncountedSucceeded.isEmpty {
            uncounted[.succeeded] = Value(strings: sync.uncountedSucceeded)
        }
        if !sync.uncountedFailed.isEmpty {
            uncounted[.failed] = Value(strings: sync.uncountedFailed)
        }
        sync.status[.uncountedTerminatedPods] = uncounted
    }

    /// The pods that have ended and may lose their finalizer, their uids among the uncounted; and
    /// whether these are all.
    private func gather(_ sync: inout JobSync) -> (pods: [JobPod], isAll: Bool) {
        var ended: [JobPod] = []
        let failsRest = sync.ending.map { $0.type == "FailureTarget" } ?? false
        for pod in sync.pods where pod.isTracked && !released.contains(pod.uid) {
            if ended.count >= Self.mostUncounted { return (ended, false) }
            guard hasEnded(pod, sync) else { continue }
            ended.append(pod)
            let isIndexValid = pod.index.map { $0 < sync.completions } ?? false
            if pod.phase == .succeeded {
                // The completion index says enough: an index is never counted twice.
                if !sync.view.isIndexed, !sync.uncountedSucceeded.contains(pod.uid),
                    !sync.uncountedFailed.contains(pod.uid)
                {
                    sync.uncountedSucceeded.append(pod.uid)
                }
            } else if sync.isFailed(pod) || failsRest,
                !sync.uncountedFailed.contains(pod.uid),
                !sync.view.isIndexed || isIndexValid, sync.verdict(pod) != .ignored
            {
                sync.uncountedFailed.append(pod.uid)
            }
        }
        return (ended, true)
    }

    /// `canRemoveFinalizer`.
    private func hasEnded(_ pod: JobPod, _ sync: JobSync) -> Bool {
        if sync.job.isDeleting || pod.phase == .succeeded { return true }
        guard sync.isFailed(pod) || sync.ending != nil && pod.isDeleting && pod.phase.isTerminal
        else { return false }
        if sync.ending == nil, let index = pod.index,
            sync.delayed[index]?.uid == pod.uid
        {
            return false
        }
        return true
    }

    private func setIndexes(_ sync: inout JobSync) {
        guard sync.view.isIndexed else { return }
        let text = sync.succeededIndexes.text
        sync.status[.completedIndexes] = text.isEmpty ? .null : Value(text)
        sync.status[.succeeded] =
            sync.succeededIndexes.count == 0 ? .null : Value(sync.succeededIndexes.count)
        if let failed = sync.failedIndexes { sync.status[.failedIndexes] = Value(failed.text) }
    }

    private func add(_ condition: Condition, to status: inout Value) {
        var conditions = Conditions(status[.conditions])
        guard conditions[condition.type] == nil else { return }
        conditions.set(timed(condition), transition: api.timestamp)
        status[.conditions] = conditions.value
    }

    /// `enactJobFinished`: the Job is Complete or Failed when every pod is counted and none is still
    /// terminating (since 1.31). Answers the final condition.
    private func finish(_ sync: inout JobSync) -> Condition? {
        guard let ending = sync.ending, sync.uncountedSucceeded.isEmpty,
            sync.uncountedFailed.isEmpty, sync.status.int(.terminating) == 0
        else { return nil }
        let isComplete = ending.type == "SuccessCriteriaMet"
        let final = Condition(
            type: isComplete ? "Complete" : "Failed", status: "True", reason: ending.reason,
            message: ending.message)
        add(final, to: &sync.status)
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
