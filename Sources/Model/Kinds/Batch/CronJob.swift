import Support
import Value

extension KindDescriptor {
    /// Makes jobs by a schedule.
    static func cronJob(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CronJob", plural: "cronjobs", shortNames: ["cj"], group: "batch",
            categories: ["all"], subresources: ["status"], hasGeneration: true,
            podTemplate: .maker(at: [.spec, .jobTemplate, .spec, .template]),
            rules: KindRules(
                defaults: Defaults.cronJob, object: { $0.cronJob($1) },
                warnings: { $0.cronJob($1, $2) }),
            texts: .cronJob)
    }
}

extension Defaults {
    /// SetDefaults_CronJob. The job inside gets its defaults when it is created.
    static func cronJob(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.concurrencyPolicy, "Allow")
            spec.fill(.suspend, false)
            spec.fill(.successfulJobsHistoryLimit, 3)
            spec.fill(.failedJobsHistoryLimit, 1)
            spec.ifPresent(.jobTemplate) { job in job.ifPresent(.spec) { template(&$0) } }
        }
    }
}

extension Validator {
    /// ValidateCronJobCreate and ValidateCronJobSpec.
    mutating func cronJob(_ object: Value) {
        let spec = object[.spec]
        let path = ErrorPath("spec")
        let name = object[.metadata].text(.name)
        if name.utf8.count > 52 {
            add(
                .invalid(
                    ErrorPath("metadata").child("name"), Value(name),
                    "must be no more than 52 characters"))
        }
        let schedule = spec.text(.schedule)
        if schedule.isEmpty {
            add(.required(path.child("schedule")))
        } else if schedule.contains("TZ") {
            add(
                .invalid(
                    path.child("schedule"), Value(schedule),
                    "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"))
        } else {
            do throws(CronError) {
                _ = try CronSchedule(parsing: schedule)
            } catch {
                add(.invalid(path.child("schedule"), Value(schedule), error.message))
            }
        }
        nonnegative(spec[.startingDeadlineSeconds], path.child("startingDeadlineSeconds"))
        oneOf(
            spec[.concurrencyPolicy], ["Allow", "Forbid", "Replace"],
            path.child("concurrencyPolicy"))
        for key in [Key.successfulJobsHistoryLimit, .failedJobsHistoryLimit] {
            nonnegative(spec[key], path.child(key))
        }
        if let zone = spec[.timeZone].string, zone.isEmpty || zone.lowercased() == "local" {
            add(
                .invalid(
                    path.child("timeZone"), Value(zone),
                    zone.isEmpty
                        ? "timeZone must be nil or non-empty string"
                        : "timeZone must be an explicit time zone as defined in "
                            + "https://www.iana.org/time-zones"))
        } else if let zone = spec[.timeZone].string, ZoneRules(name: zone) == nil {
            add(.invalid(path.child("timeZone"), Value(zone), "unknown time zone \(zone)"))
        }
        let template = path.child("jobTemplate").child("spec")
        jobSpec(spec[.jobTemplate][.spec], template, inCronJob: true)
        if spec[.jobTemplate][.spec].flag(.manualSelector) {
            add(
                .notSupported(template.child("manualSelector"), true, ["nil", "false"]))
        }
    }
}

extension KindTexts {
    static let cronJob = KindTexts(
        summaries: #"""
            batch.v1.CronJobSpec.concurrencyPolicy What happens while the last job still runs; Allow
             where none is given.
            batch.v1.CronJobSpec.failedJobsHistoryLimit How many failed jobs are kept; 1 where none
             is given.
            batch.v1.CronJobSpec.jobTemplate What its jobs look like.
            batch.v1.CronJobSpec.schedule When to run, in cron's five fields, such as "*/5 * * * *".
            batch.v1.CronJobSpec.startingDeadlineSeconds How many seconds late a missed job may
             still start; any number where none is given.
            batch.v1.CronJobSpec.successfulJobsHistoryLimit How many successful jobs are kept; 3
             where none is given.
            batch.v1.CronJobSpec.suspend Whether no further jobs are started; false where none is
             given.
            batch.v1.CronJobSpec.timeZone The zone of the schedule, such as Europe/Berlin; UTC where
             none is given.
            batch.v1.CronJobStatus.active The jobs that run.
            batch.v1.CronJobStatus.lastScheduleTime When a job was last due and started.
            batch.v1.CronJobStatus.lastSuccessfulTime When a job last succeeded.
            """#,
        values: #"""
            batch.v1.CronJobSpec.concurrencyPolicy Allow Forbid Replace
            """#)
}
