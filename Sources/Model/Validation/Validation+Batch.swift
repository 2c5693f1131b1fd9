import Support
import Value

extension Validator {
    /// ValidateJobSpec.
    mutating func jobSpec(_ spec: Value, _ path: ErrorPath, inCronJob: Bool = false) {
        let counts = [
            Key.parallelism, .completions, .activeDeadlineSeconds, .backoffLimit,
            .ttlSecondsAfterFinished, .backoffLimitPerIndex, .maxFailedIndexes,
        ]
        for key in counts { nonnegative(spec[key], path.child(key)) }
        completionMode(spec, path, inCronJob: inCronJob)
        // A job's own selector is generated before validation; a CronJob's template has none yet.
        if !inCronJob, !spec[.selector].isNull {
            labelSelector(spec[.selector], path.child("selector"))
        }
        let place = path.child("template")
        if !inCronJob, !spec[.selector].isNull {
            let labels = spec[.template][.metadata][.labels]
            if !LabelSelector(spec[.selector]).matches(labels.fields) {
                add(
                    .invalid(
                        place.child("metadata").child("labels"), go: GoSyntax.stringMap(labels),
                        "`selector` does not match template `labels`"))
            }
        }
        podTemplate(spec[.template], place)
        jobRestartPolicy(spec[.template][.spec][.restartPolicy], place)
        // A failure policy looks at failed pods: only these may be replaced.
        let hasFailurePolicy = !spec[.podFailurePolicy].isNull
        optionalOneOf(
            spec[.podReplacementPolicy],
            hasFailurePolicy ? ["Failed"] : ["Failed", "TerminatingOrFailed"],
            path.child("podReplacementPolicy"))
        if hasFailurePolicy { podFailurePolicy(spec, path) }
        if !spec[.successPolicy].isNull { successPolicy(spec, path) }
    }

    private mutating func jobRestartPolicy(_ policy: Value, _ path: ErrorPath) {
        let place = path.child("spec").child("restartPolicy")
        switch policy.string ?? "" {
        case "", "Always": add(.required(place, "valid values: \"OnFailure\", \"Never\""))
        case "OnFailure", "Never": break
        case let other: add(.notSupported(place, Value(other), ["OnFailure", "Never"]))
        }
    }

    /// ValidateJobSpecUpdate.
    mutating func jobUpdate(_ object: Value, _ old: Value, _ path: ErrorPath) {
        let spec = object[.spec]
        let before = old[.spec]
        jobCompletions(spec, before, path)
        if spec[.selector] != before[.selector] {
            add(
                .invalid(
                    path.child("selector"), go: GoSyntax.labelSelector(spec[.selector]),
                    "field is immutable"))
        }
        var template = spec[.template]
        // While suspended and never started, where pods run may change (KEP-2926).
        if before.flag(.suspend), old[.status][.startTime].isNull {
            for key in [Key.nodeSelector, .tolerations, .schedulingGates] {
                template[.spec][key] = before[.template][.spec][key]
            }
            template[.spec][.affinity] = before[.template][.spec][.affinity]
            template[.metadata] = before[.template][.metadata]
        }
        immutable(template, before[.template], path.child("template"))
        for key in [
            Key.completionMode, .podFailurePolicy, .backoffLimitPerIndex, .managedBy,
            .successPolicy,
        ] {
            immutable(spec[key], before[key], path.child(key))
        }
    }

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

    /// ValidatePodDisruptionBudgetSpec.
    mutating func podDisruptionBudget(_ spec: Value, _ path: ErrorPath) {
        if !spec[.minAvailable].isNull && !spec[.maxUnavailable].isNull {
            add(
                .invalid(
                    path, spec, "minAvailable and maxUnavailable cannot be both set"))
        }
        for key in [Key.minAvailable, .maxUnavailable] where !spec[key].isNull {
            intOrPercent(spec[key], path.child(key))
            atMost100Percent(spec[key], path.child(key))
        }
        labelSelector(spec[.selector], path.child("selector"))
        optionalOneOf(
            spec[.unhealthyPodEvictionPolicy], ["AlwaysAllow", "IfHealthyBudget"],
            path.child("unhealthyPodEvictionPolicy"))
    }
}
