import Support
import Value

extension Description {
    static let job = Description { job, _, writer in
        let spec = job[.spec]
        let status = job[.status]
        writer.heading(job)
        writer.line(0, "Selector:\t\(selectorText(spec[.selector]))")
        writer.labelsAndAnnotations(job)
        writer.controlledBy(job)
        writer.field("Parallelism", spec[.parallelism])
        writer.line(0, "Completions:\t\(spec[.completions].cellText(or: "<unset>"))")
        writer.field("Completion Mode", spec[.completionMode])
        writer.field("Suspend", spec[.suspend])
        writer.field("Backoff Limit", spec[.backoffLimit])
        writer.field("TTL Seconds After Finished", spec[.ttlSecondsAfterFinished])
        let start = status[.startTime]
        let end = status[.completionTime]
        if !start.isNull { writer.line(0, "Start Time:\t\(longDate(start))") }
        if !end.isNull { writer.line(0, "Completed At:\t\(longDate(end))") }
        if !start.isNull, !end.isNull {
            writer.line(0, "Duration:\t\(durationText(from: start, to: end))")
        }
        if let seconds = spec[.activeDeadlineSeconds].int {
            writer.line(0, "Active Deadline Seconds:\t\(seconds)s")
        }
        let ready = status[.ready].int.map { " (\($0) Ready)" } ?? ""
        writer.line(
            0,
            "Pods Statuses:\t\(status[.active].cellInt) Active\(ready)"
                + " / \(status[.succeeded].cellInt) Succeeded / \(status[.failed].cellInt) Failed")
        if spec[.completionMode].string == "Indexed" {
            let indexes = status[.completedIndexes].cellText
            writer.line(0, "Completed Indexes:\t\(cappedIndexes(indexes))")
        }
        writer.podTemplate(spec[.template])
    }

    static let cronJob = Description { cronJob, _, writer in
        let spec = cronJob[.spec]
        writer.heading(cronJob)
        writer.labelsAndAnnotations(cronJob)
        writer.line(0, "Schedule:\t\(spec[.schedule].cellText)")
        writer.line(0, "Concurrency Policy:\t\(spec[.concurrencyPolicy].cellText)")
        writer.line(0, "Suspend:\t\(spec[.suspend].cellBool(unset: "<unset>"))")
        writer.line(
            0,
            "Successful Job History Limit:\t"
                + spec[.successfulJobsHistoryLimit].cellText(or: "<unset>"))
        writer.line(
            0, "Failed Job History Limit:\t\(spec[.failedJobsHistoryLimit].cellText(or: "<unset>"))"
        )
        let deadline = spec[.startingDeadlineSeconds].int.map { "\($0)s" } ?? "<unset>"
        writer.line(0, "Starting Deadline Seconds:\t\(deadline)")
        let job = spec[.jobTemplate][.spec]
        let selector = job[.selector].isNull ? "<unset>" : selectorText(job[.selector])
        writer.line(0, "Selector:\t\(selector)")
        writer.line(0, "Parallelism:\t\(job[.parallelism].cellText(or: "<unset>"))")
        writer.line(0, "Completions:\t\(job[.completions].cellText(or: "<unset>"))")
        if let seconds = job[.activeDeadlineSeconds].int {
            writer.line(0, "Active Deadline Seconds:\t\(seconds)s")
        }
        writer.podTemplate(job[.template])
        let last = cronJob[.status][.lastScheduleTime]
        writer.line(0, "Last Schedule Time:\t\(last.isNull ? "<unset>" : longDate(last))")
        let active = cronJob[.status][.active].elements.map { $0[.name].cellText }
        writer.line(
            0, "Active Jobs:\t\(active.isEmpty ? "<none>" : active.joined(separator: ", "))")
    }

    /// At most about fifty characters of a list of indexes, cut behind a comma.
    private static func cappedIndexes(_ indexes: String) -> String {
        let limit = 50
        if indexes.isEmpty { return "<none>" }
        let bytes = Array(indexes.utf8)
        guard let comma = bytes.indices.dropFirst(limit).first(where: { bytes[$0] == 0x2C }) else {
            return indexes
        }
        return String(decoding: bytes[...comma], as: UTF8.self) + "..."
    }
}
