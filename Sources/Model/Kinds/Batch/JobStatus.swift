import Support
import Value

// What a Job's status may not say, whoever writes it. Source: ValidateJobStatusUpdate of batch, with the
// options of the job strategy's getStatusValidationOptions: most rules hold only for what changes, so
// that a status that is wrong already can still be written.
extension Validator {
    mutating func jobStatus(_ job: Value, _ old: Value) {
        let path = ErrorPath("status")
        let status = job[.status]
        let before = old[.status]
        for key in [Key.active, .succeeded, .failed, .ready, .terminating] {
            nonnegative(status[key], path.child(key))
        }
        uncounted(status[.uncountedTerminatedPods], path.child(.uncountedTerminatedPods))
        jobEnd(job, before, path)
        jobIndexes(job, before, path)
        if hasChanged(.ready, .active), status.int(.ready) > status.int(.active) {
            add(
                .invalid(
                    path.child(.ready), status[.ready], "cannot set more ready pods than active"))
        }
        jobCounters(job, before, path)

        func hasChanged(_ keys: Key...) -> Bool { keys.contains { status[$0] != before[$0] } }
    }

    private mutating func uncounted(_ pods: Value, _ path: ErrorPath) {
        var seen: [String] = []
        for key in [Key.succeeded, .failed] {
            for (index, uid) in pods[key].elements.enumerated() {
                let text = uid.string ?? ""
                if text.isEmpty {
                    add(.invalid(path.child(key)[index], uid, "must not be empty"))
                } else if seen.contains(text) {
                    add(.duplicate(path.child(key)[index], uid))
                } else {
                    seen.append(text)
                }
            }
        }
    }

    /// What goes together with the end of a Job, and with its announcement.
    private mutating func jobEnd(_ job: Value, _ before: Value, _ path: ErrorPath) {
        let status = job[.status]
        let (new, old) = (Conditions(status[.conditions]), Conditions(before[.conditions]))
        let isComplete = new.isTrue("Complete")
        let isFailed = new.isTrue("Failed")
        let isFinished = isComplete || isFailed
        let changes = { (key: Key) in status[key] != before[key] }
        let turns = { (type: String) in new.isTrue(type) != old.isTrue(type) }
        let ends = isFinished != (old.isTrue("Complete") || old.isTrue("Failed"))
        let conditions = path.child(.conditions)
        if isComplete, turns("Complete") || turns("Failed"), isFailed {
            add(.omitted(conditions, "cannot set Complete=True and Failed=true conditions"))
        }
        if isComplete, turns("Complete") || turns("FailureTarget"), new.isTrue("FailureTarget") {
            add(.omitted(conditions, "cannot set Complete=True and FailureTarget=true conditions"))
        }
        let completion = status[.completionTime]
        let completionPath = path.child(.completionTime)
        if turns("Complete") || changes(.completionTime) {
            if !completion.isNull, !isComplete {
                add(
                    .invalid(
                        completionPath, completion,
                        "cannot set completionTime when there is no Complete=True condition"))
            }
            if completion.isNull, isComplete {
                add(.required(completionPath, "completionTime is required for Complete jobs"))
            }
        }
        if changes(.startTime) || changes(.completionTime), let end = Timestamp(completion),
            let start = Timestamp(status[.startTime]), end < start
        {
            add(
                .invalid(completionPath, completion, "must be equal to or after `startTime`"))
        }
        if isFailed, turns("Failed") || changes(.failedIndexes), !new.isTrue("FailureTarget") {
            add(
                .omitted(
                    conditions,
                    "cannot set Failed=True condition without the FailureTarget=true condition"))
        }
        if isComplete, turns("Complete") || turns("SuccessCriteriaMet"),
            !new.isTrue("SuccessCriteriaMet")
        {
            add(
                .omitted(
                    conditions,
                    "cannot set Complete=True condition without the SuccessCriteriaMet=true "
                        + "condition"))
        }
        if isFinished { jobRest(job, before, ends: ends, path) }
        if new.isTrue("SuccessCriteriaMet") {
            for (type, word) in [("Failed", "Failed"), ("FailureTarget", "FailureTarget")]
            where new.isTrue(type) {
                add(
                    .omitted(
                        conditions,
                        "cannot set SuccessCriteriaMet=True and \(word)=true conditions"))
            }
        }
    }

    /// A Job that is over has no pods left, and has begun.
    private mutating func jobRest(
        _ job: Value, _ before: Value, ends: Bool, _ path: ErrorPath
    ) {
        let (spec, status) = (job[.spec], job[.status])
        let changes = { (key: Key) in ends || status[key] != before[key] }
        if changes(.active), status.int(.active) > 0 {
            add(
                .invalid(
                    path.child(.active), status[.active], "active>0 is invalid for finished job"))
        }
        let neverStarts = spec.flag(.suspend) && spec[.completions] == 0
        if changes(.startTime), !neverStarts, status[.startTime].isNull {
            add(.required(path.child(.startTime), "startTime is required for finished job"))
        }
        let uncounted = status[.uncountedTerminatedPods]
        if changes(.uncountedTerminatedPods),
            !uncounted[.succeeded].elements.isEmpty || !uncounted[.failed].elements.isEmpty
        {
            add(
                .invalid(
                    path.child(.uncountedTerminatedPods),
                    json: JSON.text(uncounted, style: .canonical),
                    "must be empty for finished job"))
        }
        if changes(.terminating), status.int(.terminating) > 0 {
            add(
                .invalid(
                    path.child(.terminating), status[.terminating],
                    "terminating>0 is invalid for finished job"))
        }
    }

    private mutating func jobIndexes(_ job: Value, _ before: Value, _ path: ErrorPath) {
        let (spec, status) = (job[.spec], job[.status])
        let isIndexed = spec.text(.completionMode) == "Indexed"
        for key in [Key.completedIndexes, .failedIndexes] where status[key] != before[key] {
            guard let text = status[key].string, let completions = spec[.completions].int,
                key == .completedIndexes || !spec[.backoffLimitPerIndex].isNull,
                case .failure(let problem) = Self.indexCount(text, below: completions)
            else { continue }
            add(
                .invalid(
                    path.child(key), status[key], "error parsing \(key.name): \(problem.words)"))
        }
        if status[.completedIndexes] != before[.completedIndexes], !isIndexed,
            !status.text(.completedIndexes).isEmpty
        {
            add(
                .invalid(
                    path.child(.completedIndexes), status[.completedIndexes],
                    "cannot set non-empty completedIndexes when non-indexed completion mode"))
        }
        if status[.failedIndexes] != before[.failedIndexes], !status[.failedIndexes].isNull,
            spec[.backoffLimitPerIndex].isNull
        {
            add(
                .invalid(
                    path.child(.failedIndexes), status[.failedIndexes],
                    "cannot set non-null failedIndexes when backoffLimitPerIndex is null"))
        }
    }

    /// What has been counted or has ended is not taken back.
    private mutating func jobCounters(_ job: Value, _ before: Value, _ path: ErrorPath) {
        let (spec, status) = (job[.spec], job[.status])
        let (new, old) = (Conditions(status[.conditions]), Conditions(before[.conditions]))
        for type in ["Failed", "Complete", "FailureTarget"]
        where old.isTrue(type) && !new.isTrue(type) {
            add(
                .omitted(
                    path.child(.conditions), "cannot disable the terminal \(type)=True condition"))
        }
        if status.int(.failed) < before.int(.failed) {
            add(
                .invalid(
                    path.child(.failed), Value(status.int(.failed)),
                    "cannot decrease the failed counter"))
        }
        // An indexed Job that is scaled down forgets the indexes that went.
        let mayShrink =
            spec.text(.completionMode) == "Indexed" && spec[.completions] == spec[.parallelism]
        if !mayShrink, status.int(.succeeded) < before.int(.succeeded) {
            add(
                .invalid(
                    path.child(.succeeded), Value(status.int(.succeeded)),
                    "cannot decrease the succeeded counter"))
        }
        for key in [Key.completionTime, .startTime] where !before[key].isNull {
            let isFree = key == .completionTime ? status[key].isNull : mayRestart(job, old, new)
            if isFree || status[key] == before[key] { continue }
            let words =
                key == .startTime
                ? "field is immutable for unsuspended job once set" : "field is immutable"
            add(.invalid(path.child(key), status[key], words))
        }
        if old.isTrue("SuccessCriteriaMet"), !new.isTrue("SuccessCriteriaMet") {
            add(
                .omitted(
                    path.child(.conditions), "cannot disable the SuccessCriteriaMet=True condition")
            )
        }
        if old.isTrue("Complete"), !old.isTrue("SuccessCriteriaMet"),
            new.isTrue("SuccessCriteriaMet")
        {
            add(
                .omitted(
                    path.child(.conditions),
                    "cannot set SuccessCriteriaMet=True for Job already has Complete=true "
                        + "conditions"))
        }
    }

    /// Whether the Job is suspended, or is being resumed: its time begins anew.
    private func mayRestart(_ job: Value, _ old: Conditions, _ new: Conditions) -> Bool {
        job[.spec].flag(.suspend)
            || old.isTrue("Suspended") && new["Suspended"]?.status == "False"
    }
}
