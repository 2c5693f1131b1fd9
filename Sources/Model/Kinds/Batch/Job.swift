import Support
import Value

extension KindDescriptor {
    /// Pods that run to their end.
    static func job(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Job", plural: "jobs", group: "batch", categories: ["all"],
            subresources: ["status"], hasGeneration: true,
            podTemplate: .maker(at: [.spec, .template]), podSelector: PodSelector(.labelSelector),
            rules: KindRules(
                defaults: Defaults.job,
                object: { $0.jobSpec($1[.spec], ErrorPath("spec")) },
                change: { $0.jobUpdate($1, $2, ErrorPath("spec")) },
                warnings: { $0.job($1, $2) },
                selectableFields: SelectableFields(["status.successful"]) {
                    "field label \"\($0)\" not supported for batchv1.Job"
                }))
    }
}

extension Defaults {
    /// SetDefaults_Job of batch/v1.
    static func job(_ value: inout Value) {
        guard !value[.spec].isNull else { return }
        let labels = value[.spec][.template][.metadata][.labels]
        if !labels.fields.isEmpty, value[.metadata].map(.labels).isEmpty {
            value[.metadata][.labels] = labels
        }
        var spec = value[.spec]
        if spec[.completions].isNull && spec[.parallelism].isNull { spec[.completions] = 1 }
        spec.fill(.parallelism, 1)
        // Limits per index replace the limit over all: KEP-3850.
        spec.fill(.backoffLimit, spec[.backoffLimitPerIndex].isNull ? 6 : Value(Int(Int32.max)))
        spec.fill(.completionMode, "NonIndexed")
        spec.fill(.suspend, false)
        spec.fill(.manualSelector, false)
        spec.fill(
            .podReplacementPolicy,
            spec[.podFailurePolicy].isNull ? "TerminatingOrFailed" : "Failed")
        spec.ifPresent(.podFailurePolicy) { policy in
            policy.forEach(.rules) { rule in
                rule.forEach(.onPodConditions) { $0.fill(.status, "True") }
            }
        }
        template(&spec)
        value[.spec] = spec
    }
}

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
}
