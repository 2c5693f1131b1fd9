import Model
import Support
import Value

// One sync of a Job whose pods carry finalizers. Origin: syncJob.
extension JobController {
    func syncTracked(_ job: StoredObject) throws(APIError) {
        let isSatisfied = expectations.areSatisfied(job.key, now: now)
        let sync = JobSync(
            job, try claimPods(of: job), backoff: backoffs[job.uid] ?? JobBackoff(),
            released: released)
        if sync.status[.startTime].isNull, !sync.view.isSuspended {
            sync.status[.startTime] = api.timestamp
        }
        sync.judge(now: now)
        if sync.ending == nil, let left = sync.remainingTime(now: now) {
            enqueue(job.key, after: left)
        }
        if sync.ending != nil {
            try deleteActivePods(sync)
            try then { [unowned self] () throws(APIError) in
                // The pods that are still to go may be more than those that were seen.
                if sync.counts.active > 0 || !isSatisfied { sync.ending = nil }
                try report(sync)
            }
        } else {
            sync.isManaged = isSatisfied && !job.isDeleting
            if sync.isManaged { try manage(sync) }
            try then { [unowned self] () throws(APIError) in
                conclude(sync)
                try report(sync)
            }
        }
    }

    /// Goes on when the pods were seen to: at once where there was nothing to do.
    func then(_ rest: @escaping () throws(APIError) -> Void) throws(APIError) {
        if hasMadeRequests { try send(rest) } else { try rest() }
    }

    /// Whether enough has succeeded, or the Job was suspended or resumed.
    private func conclude(_ sync: JobSync) {
        let wanted = sync.view.completions
        let isComplete =
            sync.counts.active == 0
            && (wanted.map { sync.succeeded >= $0 } ?? (sync.succeeded > 0))
        if isComplete {
            sync.ending = JobSync.success(
                "CompletionsReached", "Reached expected number of succeeded pods")
        } else if sync.isManaged {
            setSuspended(sync)
        }
    }

    private func setSuspended(_ sync: JobSync) {
        let isSuspended = sync.view.isSuspended
        guard isSuspended != sync.status.conditions.isTrue("Suspended") else { return }
        let (reason, message) =
            isSuspended ? ("JobSuspended", "Job suspended") : ("JobResumed", "Job resumed")
        sync.status.conditions.set(
            timed(
                Condition(
                    type: "Suspended", status: isSuspended ? "True" : "False", reason: reason,
                    message: message)),
            transition: api.timestamp)
        // A resumed Job starts anew.
        sync.status[.startTime] = isSuspended ? .null : api.timestamp
        record(
            sync.job, .normal, reason: isSuspended ? "Suspended" : "Resumed", message: message)
    }

    /// A condition with the time at which it was looked at.
    func timed(_ condition: Condition) -> Condition {
        var condition = condition
        condition.value[.lastProbeTime] = api.timestamp
        return condition
    }

    private func report(_ sync: JobSync) throws(APIError) {
        let counts = sync.counts
        sync.status[.active] = counts.active == 0 ? .null : Value(counts.active)
        sync.status[.ready] = Value(counts.ready)
        sync.status[.terminating] = Value(counts.terminating)
        try track(sync)
    }
}
