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
        if change.type != .deleted { enqueue(change.object) }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let object = view.get(.cronJob, key) else { return }
        var work = CronWork(
            object: object, status: object.value[.status],
            jobs: view.controlled(.job, by: object.uid).sorted { $0.name < $1.name })
        reconcileActive(&work)
        var failure: APIError?
        if !object.isDeleting {
            do throws(APIError) {
                try runSchedule(&work)
            } catch {
                failure = error
            }
            cleanUp(&work)
        }
        do throws(APIError) {
            try api.updateStatus(object, to: work.status)
        } catch  where error.isNotFound {
            return
        }
        if let failure { throw failure }
    }

    // MARK: What runs

    /// Takes finished and missing Jobs out of the list of active ones.
    private func reconcileActive(_ work: inout CronWork) {
        for job in work.jobs {
            let isFinished = JobView(job.value).isFinished
            if !work.isActive(job.uid) {
                if !isFinished {
                    record(
                        work.object, .warning, reason: "UnexpectedJob",
                        message:
                            "Saw a job that the controller did not create or forgot: \(job.name)")
                }
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

    // MARK: The schedule

    private func runSchedule(_ work: inout CronWork) throws(APIError) {
        let view = CronJobView(work.object.value)
        guard let zone = zone(of: work.object, view), !view.isSuspended,
            let plan = plan(of: work.object, view, zone)
        else { return }
        enqueueNext(work.object, plan)
        guard let due = plan.due else { return }
        if plan.isTooMany {
            record(
                work.object, .warning, reason: "TooManyMissedTimes",
                message: "too many missed start times. Set or decrease "
                    + ".spec.startingDeadlineSeconds or check clock skew")
        }
        if let seconds = view.startingDeadlineSeconds,
            due.worldTime + Milliseconds(seconds) * 1_000 < now
        {
            return record(
                work.object, .warning, reason: "MissSchedule",
                message: "Missed scheduled time to start a job: \(due.describeText)")
        }
        let name = "\(work.object.name)-\(due.seconds / 60)"
        if work.status[.active].elements.contains(where: { $0.text(.name) == name })
            || view.lastScheduleTime.flatMap({ Timestamp(parsing: $0) }) == due
        {
            return
        }
        if !work.status[.active].elements.isEmpty {
            if view.concurrencyPolicy == "Forbid" {
                return record(
                    work.object, .normal, reason: "JobAlreadyActive",
                    message: "Not starting job because prior execution is running and concurrency "
                        + "policy is Forbid")
            }
            if view.concurrencyPolicy == "Replace" { try replaceActive(&work) }
        }
        try createJob(name, due, zone, &work)
    }

    private func zone(of object: StoredObject, _ view: CronJobView) -> ZoneRules? {
        guard let name = view.timeZone else { return .utc }
        if let zone = ZoneRules(name: name) { return zone }
        record(
            object, .warning, reason: "UnknownTimeZone",
            message: "invalid timeZone: \"\(name)\": unknown time zone \(name)")
        return nil
    }

    private func plan(
        of object: StoredObject, _ view: CronJobView, _ zone: ZoneRules
    ) -> CronPlan? {
        do throws(CronError) {
            let schedule = try CronSchedule(parsing: view.schedule)
            return CronPlan(view, schedule, zone, now: Timestamp(worldTime: now))
        } catch {
            record(
                object, .warning, reason: "UnparseableSchedule",
                message: "unparseable schedule: \(view.schedule) : \(error.message)")
            return nil
        }
    }

    private func enqueueNext(_ object: StoredObject, _ plan: CronPlan) {
        guard let next = plan.next else { return }
        enqueue(object.key, after: next.worldTime - now + Self.delta, weight: .tick)
    }

    private func replaceActive(_ work: inout CronWork) throws(APIError) {
        for entry in work.status[.active].elements {
            let key = ObjectKey(namespace: work.object.namespace, name: entry.text(.name))
            if let job = api.find(.job, key) { try delete(job, &work) }
            work.removeActive(entry.text(.uid))
        }
    }

    private func delete(_ job: StoredObject, _ work: inout CronWork) throws(APIError) {
        do throws(APIError) {
            try api.delete(job)
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

    /// The Job's name ends in the minute of the schedule, so that one time never starts two.
    private func createJob(
        _ name: String, _ due: Timestamp, _ zone: ZoneRules, _ work: inout CronWork
    ) throws(APIError) {
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
            job = try api.create(.job, value, in: work.object.namespace)
        } catch {
            if error.isNamespaceTerminating { return }
            if error.isAlreadyExists {
                let key = ObjectKey(namespace: work.object.namespace, name: name)
                if api.find(.job, key)?.isControlled(by: work.object.uid) == true { return }
            }
            record(
                work.object, .warning, reason: "FailedCreate",
                message: "Error creating job: \(error.message)")
            throw error
        }
        record(
            work.object, .normal, reason: "SuccessfulCreate", message: "Created job \(job.name)")
        work.status[.active].append([
            .apiVersion: "batch/v1", .kind: "Job", .name: Value(job.name),
            .namespace: Value(job.namespace),
            .resourceVersion: Value(String(job.resourceVersion)), .uid: Value(job.uid),
        ])
        work.status[.lastScheduleTime] = Value(due.text)
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
                let left = JobView($0.value).startTime ?? ""
                let right = JobView($1.value).startTime ?? ""
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
