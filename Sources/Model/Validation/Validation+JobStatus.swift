import Support
import Value

// Origin: validateJobStatus and ValidateJobStatusUpdate, and the options of the job's status strategy;
// the form of lists of indexes is not asked.
extension Validator {
    /// What a client may write to the status of a Job, which may be another controller's (KEP-4368):
    /// rules about fields that the write leaves alone are not asked.
    mutating func jobStatus(_ job: Value, _ old: Value) {
        let (status, before, path) = (job[.status], old[.status], ErrorPath("status"))
        for key in [Key.active, .succeeded, .failed, .ready, .terminating] {
            nonnegative(status[key], path.child(key))
        }
        jobConditions(status, before, path)
        jobTimes(job, old, path)
        jobCounts(status, before, path)
        jobIndexes(job, before, path)
        for type in ["Failed", "Complete", "FailureTarget"]
        where holds(type, before) && !holds(type, status) {
            omitted(path.child("conditions"), "cannot disable the terminal \(type)=True condition")
        }
        for key in [Key.failed, .succeeded] where status.int(key) < before.int(key) {
            let isElastic =
                key == .succeeded && job[.spec][.completionMode] == "Indexed"
                && job[.spec][.completions] == job[.spec][.parallelism]
            if isElastic { continue }
            add(
                .invalid(
                    path.child(key), Value(status.int(key)),
                    "cannot decrease the \(key.name) counter"))
        }
        if holds("SuccessCriteriaMet", before), !holds("SuccessCriteriaMet", status) {
            omitted(
                path.child("conditions"), "cannot disable the SuccessCriteriaMet=True condition")
        }
    }

    private func holds(_ type: String, _ status: Value) -> Bool {
        Conditions(status[.conditions]).isTrue(type)
    }

    private func isFinished(_ status: Value) -> Bool {
        holds("Complete", status) || holds("Failed", status)
    }

    /// Without the value, which upstream leaves out.
    private mutating func omitted(_ path: ErrorPath, _ words: String) {
        add(FieldError(path: path.text, reason: .invalid, detail: words))
    }

    private mutating func jobConditions(_ status: Value, _ before: Value, _ path: ErrorPath) {
        let place = path.child("conditions")
        func changes(_ type: String) -> Bool { holds(type, status) != holds(type, before) }
        let (complete, failed) = (holds("Complete", status), holds("Failed", status))
        let isTarget = holds("FailureTarget", status)
        let isMet = holds("SuccessCriteriaMet", status)
        if complete, failed, changes("Complete") || changes("Failed") {
            omitted(place, "cannot set Complete=True and Failed=true conditions")
        }
        if complete, isTarget, changes("Complete") || changes("FailureTarget") {
            omitted(place, "cannot set Complete=True and FailureTarget=true conditions")
        }
        if failed, !isTarget, changes("Failed") {
            omitted(
                place, "cannot set Failed=True condition without the FailureTarget=true condition")
        }
        if complete, !isMet, changes("Complete") || changes("SuccessCriteriaMet") {
            omitted(
                place,
                "cannot set Complete=True condition without the SuccessCriteriaMet=true condition")
        }
        if isMet, failed {
            omitted(place, "cannot set SuccessCriteriaMet=True and Failed=true conditions")
        }
        if isMet, isTarget {
            omitted(place, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions")
        }
    }

    private mutating func jobTimes(_ job: Value, _ old: Value, _ path: ErrorPath) {
        let (status, before) = (job[.status], old[.status])
        let (start, end) = (status[.startTime], status[.completionTime])
        let place = path.child("completionTime")
        let complete = holds("Complete", status)
        if end != before[.completionTime] || complete != holds("Complete", before) {
            if !end.isNull, !complete {
                add(
                    .invalid(
                        place, end,
                        "cannot set completionTime when there is no Complete=True condition"))
            }
            if end.isNull, complete {
                add(.required(place, "completionTime is required for Complete jobs"))
            }
        }
        if start.isNull, isFinished(status), !isFinished(before) || start != before[.startTime] {
            add(.required(path.child("startTime"), "startTime is required for finished job"))
        }
        if !end.isNull, !before[.completionTime].isNull, end != before[.completionTime] {
            add(.invalid(place, end, "field is immutable"))
        }
        let resumes =
            holds("Suspended", before)
            && Conditions(status[.conditions])["Suspended"]?.status == "False"
        if !before[.startTime].isNull, start != before[.startTime], !job[.spec].flag(.suspend),
            !resumes
        {
            add(
                .invalid(
                    path.child("startTime"), start,
                    "field is immutable for unsuspended job once set"))
        }
    }

    private mutating func jobCounts(_ status: Value, _ before: Value, _ path: ErrorPath) {
        let (finished, changes) = (isFinished(status), isFinished(status) != isFinished(before))
        for key in [Key.active, .terminating] {
            guard finished, status.int(key) > 0, changes || status[key] != before[key] else {
                continue
            }
            add(
                .invalid(
                    path.child(key), status[key], "\(key.name)>0 is invalid for finished job"))
        }
        if status.int(.ready) > status.int(.active),
            status[.ready] != before[.ready] || status[.active] != before[.active]
        {
            add(
                .invalid(
                    path.child("ready"), status[.ready], "cannot set more ready pods than active"))
        }
    }

    private mutating func jobIndexes(_ job: Value, _ before: Value, _ path: ErrorPath) {
        let status = job[.status]
        let (completed, failed): (Key, Key) = ("completedIndexes", "failedIndexes")
        if !status.text(completed).isEmpty, status[completed] != before[completed],
            job[.spec][.completionMode] != "Indexed"
        {
            add(
                .invalid(
                    path.child(completed), status[completed],
                    "cannot set non-empty completedIndexes when non-indexed completion mode"))
        }
        if !status[failed].isNull, status[failed] != before[failed],
            job[.spec][.backoffLimitPerIndex].isNull
        {
            add(
                .invalid(
                    path.child(failed), status[failed],
                    "cannot set non-null failedIndexes when backoffLimitPerIndex is null"))
        }
    }
}
