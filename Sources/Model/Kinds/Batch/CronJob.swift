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
                defaults: Defaults.cronJob,
                object: { $0.cronJobSpec($1[.spec], ErrorPath("spec")) },
                creation: { $0.newCronJob($1) },
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
    /// ValidateCronJobCreate: room for the time in the names of its jobs.
    mutating func newCronJob(_ object: Value) {
        let name = object[.metadata].text(.name)
        if name.utf8.count > 52 {
            add(
                .invalid(
                    ErrorPath("metadata").child("name"), Value(name),
                    "must be no more than 52 characters"))
        }
    }

    /// validateCronJobSpec.
    mutating func cronJobSpec(_ spec: Value, _ path: ErrorPath) {
        schedule(spec.text(.schedule), path.child("schedule"))
        nonnegative(spec[.startingDeadlineSeconds], path.child("startingDeadlineSeconds"))
        if let zone = spec[.timeZone].string { timeZone(zone, path.child("timeZone")) }
        oneOf(
            spec[.concurrencyPolicy], ["Allow", "Forbid", "Replace"],
            path.child("concurrencyPolicy"))
        let job = spec[.jobTemplate][.spec]
        let template = path.child("jobTemplate").child("spec")
        jobSpec(job, template, inCronJob: true)
        if !job[.selector].isNull {
            add(
                .invalid(
                    template.child("selector"), json: GoSyntax.labelSelector(job[.selector]),
                    "`selector` will be auto-generated"))
        }
        if job.flag(.manualSelector) {
            add(.notSupported(template.child("manualSelector"), true, ["nil", "false"]))
        }
        for key in [Key.successfulJobsHistoryLimit, .failedJobsHistoryLimit] {
            nonnegative(spec[key], path.child(key))
        }
    }

    /// validateScheduleFormat.
    private mutating func schedule(_ text: String, _ path: ErrorPath) {
        if text.isEmpty { return add(.required(path)) }
        var fields = text
        if text.hasPrefix("TZ=") || text.hasPrefix("CRON_TZ=") {
            let parts = text.split(separator: " ", maxSplits: 1)
            let zone = String(parts[0].drop { $0 != "=" }.dropFirst())
            fields = parts.count > 1 ? String(parts[1]) : ""
            if ZoneRules(name: zone) == nil {
                let words = "provided bad location \(zone): unknown time zone \(zone)"
                add(.invalid(path, Value(text), words))
                fields = "@daily"
            }
        }
        do throws(CronError) {
            _ = try CronSchedule(parsing: fields)
        } catch {
            add(.invalid(path, Value(text), error.message))
        }
        if text.contains("TZ") {
            add(
                .invalid(
                    path, Value(text),
                    "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"))
        }
    }

    /// validateTimeZone.
    private mutating func timeZone(_ zone: String, _ path: ErrorPath) {
        if zone.isEmpty {
            return add(
                .invalid(path, Value(zone), "timeZone must be nil or non-empty string"))
        }
        if zone.lowercased() == "local" {
            add(
                .invalid(
                    path, Value(zone),
                    "timeZone must be an explicit time zone as defined in "
                        + "https://www.iana.org/time-zones"))
        }
        if zone != "Local", ZoneRules(name: zone) == nil {
            add(.invalid(path, Value(zone), "unknown time zone \(zone)"))
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
