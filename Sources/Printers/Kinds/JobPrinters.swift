import Support
import Value

extension KindPrinter {
    static let job = KindPrinter(table: .job, description: .job)
    static let cronJob = KindPrinter(table: .cronJob, description: .cronJob)
}

extension Table {
    static let job = Table(
        .name,
        TableColumn("STATUS") { job, _ in jobStatus(job) },
        TableColumn("COMPLETIONS") { job, _ in
            let succeeded = job[.status][.succeeded].cellInt
            if let wanted = job[.spec][.completions].int { return "\(succeeded)/\(wanted)" }
            let parallelism = job[.spec][.parallelism].cellInt
            return parallelism > 1 ? "\(succeeded)/1 of \(parallelism)" : "\(succeeded)/1"
        },
        TableColumn("DURATION") { job, context in
            let start = job[.status][.startTime]
            guard !start.isNull else { return "" }
            let end = job[.status][.completionTime]
            return end.isNull ? context.age(start) : durationText(from: start, to: end)
        },
        .age,
        .containers,
        .images,
        .selector)

    /// The word for a Job's state, by its conditions in this order.
    private static func jobStatus(_ job: Value) -> String {
        let conditions = job[.status][.conditions]
        if conditions.isConditionTrue("Complete") { return "Complete" }
        if conditions.isConditionTrue("Failed") { return "Failed" }
        if !job[.metadata][.deletionTimestamp].isNull { return "Terminating" }
        if conditions.isConditionTrue("Suspended") { return "Suspended" }
        if conditions.isConditionTrue("FailureTarget") { return "FailureTarget" }
        if conditions.isConditionTrue("SuccessCriteriaMet") { return "SuccessCriteriaMet" }
        return "Running"
    }

    static let cronJob = Table(
        .name,
        .text("SCHEDULE") { $0[.spec][.schedule] },
        .text("TIMEZONE", or: "<none>") { $0[.spec][.timeZone] },
        TableColumn("SUSPEND") { object, _ in object[.spec][.suspend].cellBool(unset: "<unset>") },
        TableColumn("ACTIVE") { object, _ in String(object[.status][.active].count) },
        TableColumn("LAST SCHEDULE") { object, context in
            let last = object[.status][.lastScheduleTime]
            return last.isNull ? "<none>" : context.age(last)
        },
        .age,
        .wide("CONTAINERS") { object, _ in
            containerNames(object[.spec][.jobTemplate][.spec][.template])
        },
        .wide("IMAGES") { object, _ in
            containerImages(object[.spec][.jobTemplate][.spec][.template])
        },
        .wide("SELECTOR") { object, _ in
            selectorTextOrNone(object[.spec][.jobTemplate][.spec][.selector])
        })
}

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
        writer.line(0, "Time Zone:\t\(spec[.timeZone].cellText(or: "<unset>"))")
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
