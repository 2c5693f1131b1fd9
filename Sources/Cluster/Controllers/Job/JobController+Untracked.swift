import Model
import Support
import Value

// Jobs as the recorded 1.20 ran them: no finalizers, pods are counted as they are found, a pod that
// is going has neither failed nor succeeded, and a Job ends at once.
extension JobController {
    func syncUntracked(_ job: StoredObject) throws(APIError) {
        let sync = JobSync(
            job, pods(of: job), backoff: backoffs[job.uid] ?? JobBackoff(), released: released)
        sync.succeeded = sync.pods.count { $0.phase == .succeeded }
        sync.failed = sync.pods.count { $0.phase == .failed }
        if sync.status[.startTime].isNull {
            sync.status[.startTime] = api.timestamp
            if let left = sync.remainingTime(now: now) { enqueue(job.key, after: left) }
        }
        let reason = failedReason(sync)
        if reason != nil {
            try deleteActivePods(sync)
        } else if expectations.areSatisfied(job.key, now: now), !job.isDeleting {
            try manage(sync)
        }
        try then { [unowned self] () throws(APIError) in
            var final: Condition?
            if let reason {
                final = Condition(
                    type: "Failed", status: "True", reason: reason.reason, message: reason.message)
                sync.failed += sync.active.count - sync.counts.active
            } else {
                let isComplete =
                    sync.view.completions.map { sync.succeeded >= $0 }
                    ?? (sync.succeeded > 0 && sync.counts.active == 0)
                if isComplete { final = Condition(type: "Complete", status: "True") }
            }
            try write(sync, final)
            if let failure = sync.outcome.failure { throw failure }
        }
    }

    private func failedReason(_ sync: JobSync) -> Condition? {
        sync.judge(now: now)
        guard let ending = sync.ending, ending.type == "FailureTarget" else { return nil }
        return ending
    }

    private func write(
        _ sync: JobSync, _ final: Condition?
    ) throws(APIError) {
        let active = sync.counts.active
        sync.status[.active] = active == 0 ? .null : Value(active)
        sync.status[.succeeded] = sync.succeeded == 0 ? .null : Value(sync.succeeded)
        sync.status[.failed] = sync.failed == 0 ? .null : Value(sync.failed)
        if let final {
            sync.status.conditions.set(timed(final), transition: api.timestamp)
            if final.type == "Complete" { sync.status[.completionTime] = api.timestamp }
        }
        let job = try api.updateStatus(sync.job, to: sync.status)
        if let final { recordEnd(job, final, sync) }
    }
}
