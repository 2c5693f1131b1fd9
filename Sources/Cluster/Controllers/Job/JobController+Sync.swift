import Model
import Support
import Value

// One sync of a Job whose pods carry finalizers. Origin: syncJob.
extension JobController {
    func syncTracked(_ job: StoredObject) throws(APIError) {
        var sync = JobSync(
            job, pods(of: job), backoff: backoffs[job.uid] ?? JobBackoff(), released: released)
        if sync.status[.startTime].isNull, !sync.view.isSuspended {
            sync.status[.startTime] = api.timestamp
        }
        sync.judge(now: now)
        if sync.ending == nil, let left = sync.remainingTime(now: now) {
            enqueue(job.key, after: left)
        }
        let isSatisfied = expectations.areSatisfied(job.key, now: now)
        var active = sync.active.count
        var failure: APIError?
        if sync.ending != nil {
            failure = deletePods(sync.active, of: job, &active)
            // The pods that were to go may be less than those there are.
            if active > 0 || !isSatisfied { sync.ending = sync.recordedEnding }
        } else {
            let isManaged = isSatisfied && !job.isDeleting
            if isManaged { failure = manage(&sync, &active) }
            conclude(&sync, active: active, isManaged: isManaged)
        }
        report(&sync, active: active, deleted: max(sync.active.count - active, 0))
        try track(&sync)
        if let failure { throw failure }
    }

    /// Whether enough has succeeded, or the Job was suspended or resumed.
    private func conclude(_ sync: inout JobSync, active: Int, isManaged: Bool) {
        let wanted = sync.view.completions
        let isComplete =
            active == 0 && (wanted.map { sync.succeeded >= $0 } ?? (sync.succeeded > 0))
        if isComplete {
            sync.ending = JobSync.success(
                "CompletionsReached", "Reached expected number of succeeded pods")
        } else if isManaged {
            setSuspended(&sync)
        }
    }

    private func setSuspended(_ sync: inout JobSync) {
        var conditions = Conditions(sync.status[.conditions])
        let isSuspended = sync.view.isSuspended
        guard isSuspended != conditions.isTrue("Suspended") else { return }
        let (reason, message) =
            isSuspended ? ("JobSuspended", "Job suspended") : ("JobResumed", "Job resumed")
        conditions.set(
            timed(
                Condition(
                    type: "Suspended", status: isSuspended ? "True" : "False", reason: reason,
                    message: message)),
            transition: api.timestamp)
        sync.status[.conditions] = conditions.value
        // A resumed Job starts anew.
        if !isSuspended { sync.status[.startTime] = api.timestamp }
        record(
            sync.job, .normal, reason: isSuspended ? "Suspended" : "Resumed", message: message)
    }

    /// A condition with the time at which it was looked at.
    func timed(_ condition: Condition) -> Condition {
        var condition = condition
        condition.value[.lastProbeTime] = api.timestamp
        return condition
    }

    private func report(_ sync: inout JobSync, active: Int, deleted: Int) {
        let ready = sync.active.count { $0.isReady }
        sync.status[.active] = active == 0 ? .null : Value(active)
        sync.status[.ready] = Value(active == 0 ? 0 : min(ready, active))
        sync.status[.terminating] = Value(sync.terminating + deleted)
    }
}

extension JobSync {
    /// The reason to end that the status has already.
    var recordedEnding: Condition? {
        let conditions = view.conditions
        for type in ["FailureTarget", "SuccessCriteriaMet"] where conditions.isTrue(type) {
            return conditions[type]
        }
        return nil
    }
}
