import Model
import Support
import Value

/// Creates Jobs on a schedule and keeps their history short.
///
/// Origin: pkg/controller/cronjob/cronjob_controllerv2.go. Schedules are periodic: `settle` does not
/// wait for the next one.
final class CronJobController: Controller {
    /// Added to the time of the schedule, so that it has come for sure (nextScheduleDelta).
    private static let delta: Milliseconds = 100

    init() { super.init(name: "cronjob-controller", workers: 5) }

    override func start() {
        watch(.cronJob)
        watch(.job)
    }

    override func observe(_ change: Change) {
        if change.kind == .job {
            return enqueueController(of: change.object, kind: .cronJob)
        }
        let object = change.object
        if change.type == .deleted { return }
        let schedule = CronJobView(object.value)
        guard let old = change.old.map({ CronJobView($0.value) }),
            old.schedule != schedule.schedule || old.timeZone != schedule.timeZone
        else { return enqueue(object) }
        // `updateCronJob`: a new schedule is looked at when its next time comes, not at once.
        guard let zone = schedule.timeZone.map({ ZoneRules(name: $0) }) ?? .utc,
            let times = try? CronSchedule(parsing: schedule.schedule)
        else { return enqueue(object) }
        enqueueNext(object, schedule, times, zone)
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let object = view.get(.cronJob, key) else { return }
        var work = CronWork(
            object: object, status: object.value[.status],
            jobs: view.controlled(.job, by: object.uid).sorted { $0.name < $1.name })
        cleanUp(&work)
        reconcileActive(&work)
        var failure: APIError?
        if !object.isDeleting {
            do throws(APIError) {
                try runSchedule(&work)
            } catch {
                failure = error
            }
        }
        if work.status == object.value[.status] {
            if let failure { throw failure }
            return
        }
        let status = work.status
        try send { [unowned self] () throws(APIError) in
            do throws(APIError) {
                try api.updateStatus(object, to: status)
            } catch {
                if !error.isNotFound { throw error }
            }
            if let failure { throw failure }
        }
    }

    // MARK: What runs

    /// Takes finished and missing Jobs out of the list of active ones.
    private func reconcileActive(_ work: inout CronWork) {
        for job in work.jobs {
            let isFinished = JobView(job.value).isFinished
            if !work.isActive(job.uid) {
                if !isFinished { forgotten(job, &work) }
            } else if isFinished {
                work.removeActive(job.uid)
                let isComplete = JobView(job.value).conditions.isTrue("Complete")
                record(
                    work.object, .normal, reason: "SawCompletedJob",
                    message: "Saw completed job: \(job.name), condition: "
                        + (isComplete ? "Complete" : "Failed"))
            }
            if let time = JobView(job.value).completionTime,
                JobView(job.value).conditions.isTrue("Complete"),
                time > work.status.text(.lastSuccessfulTime)
            {
                work.status[.lastSuccessfulTime] = Value(time)
            }
        }
        for entry in work.status[.active].elements {
            let key = ObjectKey(namespace: work.object.namespace, name: entry.text(.name))
            let uid = entry.text(.uid)
            guard !work.jobs.contains(where: { $0.uid == uid }), api.find(.job, key)?.uid != uid
            else { continue }
            work.removeActive(uid)
            record(
                work.object, .normal, reason: "MissingJob",
                message: "Active job went missing: \(key.name)")
        }
    }

    /// A Job that runs and is not in the list: the list may be newer than what this controller has seen.
    private func forgotten(_ job: StoredObject, _ work: inout CronWork) {
        let live = api.find(.cronJob, work.object.key)?.value[.status][.active] ?? .null
        if live.elements.contains(where: { $0.text(.uid) == job.uid }) {
            work.status[.active] = live
            return
        }
        record(
            work.object, .warning, reason: "UnexpectedJob",
            message: "Saw a job that the controller did not create or forgot: \(job.name)")
    }

    // MARK: The schedule

    private func runSchedule(_ work: inout CronWork) throws(APIError) {
        let object = work.object
        let view = CronJobView(object.value)
        guard let zone = zone(of: object, view), !view.isSuspended,
            let schedule = schedule(of: object, view)
        else { return }
        let plan = CronPlan(view, schedule, zone, now: Timestamp(worldTime: now))
        if plan.isInvalid {
            return record(
                object, .warning, reason: "InvalidSchedule",
                message:
                    "invalid schedule: \(view.schedule) : time difference between two schedules "
                    + "is less than 1 second")
        }
        if let due = plan.due, try run(&work, view, due, plan.missed, zone) {
            var handled = object.value
            handled[.status] = work.status
            return enqueueNext(object, CronJobView(handled), schedule, zone)
        }
        enqueueNext(object, view, schedule, zone)
    }

    /// Starts the Job of a time that is due, unless something speaks against it. Answers whether the
    /// time was handled.
    private func run(
        _ work: inout CronWork, _ view: CronJobView, _ due: Timestamp, _ missed: CronPlan.Missed,
        _ zone: ZoneRules
    ) throws(APIError) -> Bool {
        if missed == .many {
            record(
                work.object, .warning, reason: "TooManyMissedTimes",
                message: "too many missed start times. Set or decrease "
                    + ".spec.startingDeadlineSeconds or check clock skew")
        }
        if let seconds = view.startingDeadlineSeconds,
            due.worldTime + Milliseconds(seconds: seconds) < now
        {
            record(
                work.object, .warning, reason: "MissSchedule",
                message: "Missed scheduled time to start a job: \(due.describeText)")
            return false
        }
        let name = "\(work.object.name)-\(due.seconds / 60)"
        if work.status[.active].elements.contains(where: { $0.text(.name) == name })
            || view.lastScheduleTime.flatMap({ Timestamp(parsing: $0) }) == due
        {
            return false
        }
        if !work.status[.active].elements.isEmpty {
            if view.concurrencyPolicy == "Forbid" {
                record(
                    work.object, .normal, reason: "JobAlreadyActive",
                    message: "Not starting job because prior execution is running and concurrency "
                        + "policy is Forbid")
                return false
            }
            if view.concurrencyPolicy == "Replace" { try replaceActive(&work) }
        }
        return try createJob(name, due, zone, &work)
    }

    private func zone(of object: StoredObject, _ view: CronJobView) -> ZoneRules? {
        guard let name = view.timeZone else { return .utc }
        if let zone = ZoneRules(name: name) { return zone }
        record(
            object, .warning, reason: "UnknownTimeZone",
            message: "invalid timeZone: \"\(name)\": unknown time zone \(name)")
        return nil
    }

    private func schedule(of object: StoredObject, _ view: CronJobView) -> CronSchedule? {
        do throws(CronError) {
            return try CronSchedule(parsing: view.schedule)
        } catch {
            record(
                object, .warning, reason: "UnparseableSchedule",
                message: "unparseable schedule: \"\(view.schedule)\" : \(error.message)")
            return nil
        }
    }

    /// Looks again when the next time has come (`nextScheduleTimeDuration`).
    private func enqueueNext(
        _ object: StoredObject, _ view: CronJobView, _ schedule: CronSchedule, _ zone: ZoneRules
    ) {
        let plan = CronPlan(
            view, schedule, zone, now: Timestamp(worldTime: now), countsDeadline: false)
        guard let next = plan.next else { return }
        enqueue(object.key, after: next.worldTime - now + Self.delta, weight: .tick)
    }

    private func replaceActive(_ work: inout CronWork) throws(APIError) {
        for entry in work.status[.active].elements {
            let key = ObjectKey(namespace: work.object.namespace, name: entry.text(.name))
            guard let job = api.find(.job, key) else {
                let error = APIError.notFound(api.kinds[.job], key.name)
                record(
                    work.object, .warning, reason: "FailedGet",
                    message: "Get job: \(error.message)")
                throw error
            }
            try delete(job, &work)
        }
    }

    private func delete(_ job: StoredObject, _ work: inout CronWork) throws(APIError) {
        do throws(APIError) {
            try ask { () throws(APIError) in try api.delete(job) }
        } catch {
            if error.isNotFound { return }
            record(
                work.object, .warning, reason: "FailedDelete",
                message: "Deleted job: \(error.message)")
            throw error
        }
        work.removeActive(job.uid)
        record(
            work.object, .normal, reason: "SuccessfulDelete", message: "Deleted job \(job.name)")
    }

    /// The Job's name ends in the minute of the schedule, so that one time never starts two. Answers
    /// whether it is in the list of active Jobs now.
    private func createJob(
        _ name: String, _ due: Timestamp, _ zone: ZoneRules, _ work: inout CronWork
    ) throws(APIError) -> Bool {
        let template = work.object.value[.spec][.jobTemplate]
        var value: Value = [
            .metadata: [
                .name: Value(name), .ownerReferences: [controllerReference(to: work.object)],
            ],
            .spec: template[.spec],
        ]
        value[.metadata][.labels] = template[.metadata][.labels]
        value[.metadata][.annotations] = template[.metadata][.annotations]
        value[.metadata][.annotations]["batch.kubernetes.io/cronjob-scheduled-timestamp"] =
            Value(due.text(offset: zone.offset(at: due)))
        let job: StoredObject
        do throws(APIError) {
            job = try ask { () throws(APIError) in
                try api.create(.job, value, in: work.object.namespace)
            }
            record(
                work.object, .normal, reason: "SuccessfulCreate",
                message: "Created job \(job.name)")
        } catch {
            if error.isNamespaceTerminating { throw error }
            guard error.isAlreadyExists else {
                record(
                    work.object, .warning, reason: "FailedCreate",
                    message: "Error creating job: \(error.message)")
                throw error
            }
            // Made by an earlier sync that could not write the status, or by somebody else.
            let key = ObjectKey(namespace: work.object.namespace, name: name)
            guard let found = api.find(.job, key), found.isControlled(by: work.object.uid),
                !work.isActive(found.uid)
            else { return false }
            job = found
        }
        work.status[.active].append([
            .apiVersion: "batch/v1", .kind: "Job", .name: Value(job.name),
            .namespace: Value(job.namespace),
            .resourceVersion: Value(String(job.resourceVersion)), .uid: Value(job.uid),
        ])
        work.status[.lastScheduleTime] = Value(due.text)
        return true
    }

    // MARK: History

    private func cleanUp(_ work: inout CronWork) {
        let view = CronJobView(work.object.value)
        for (type, limit) in [
            ("Complete", view.successfulJobsHistoryLimit), ("Failed", view.failedJobsHistoryLimit),
        ] {
            let finished = work.jobs.filter {
                JobView($0.value).conditions.isTrue(type) && !$0.isDeleting
            }.sorted {
                // A Job that never started is the last to go (byJobStartTime).
                let left = JobView($0.value).startTime ?? "~"
                let right = JobView($1.value).startTime ?? "~"
                return left == right ? $0.name < $1.name : left < right
            }
            for job in finished.dropLast(limit) { try? delete(job, &work) }
        }
    }
}

/// One look at a CronJob.
private struct CronWork {
    let object: StoredObject
    var status: Value
    let jobs: [StoredObject]

    func isActive(_ uid: String) -> Bool {
        status[.active].elements.contains { $0.text(.uid) == uid }
    }

    mutating func removeActive(_ uid: String) {
        let kept = status[.active].elements.filter { $0.text(.uid) != uid }
        status[.active] = kept.isEmpty ? .null : .array(kept)
    }
}
