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
                creation: { $0.newJob($1) },
                change: { $0.jobUpdate($1, $2, ErrorPath("spec")) },
                status: { validator, new, old, _ in validator.jobStatus(new, old) },
                warnings: { $0.job($1, $2) },
                selectableFields: SelectableFields(["status.successful"]) {
                    "field label \"\($0)\" not supported for batchv1.Job"
                }),
            texts: .job)
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
        if let manager = spec[.managedBy].string {
            domainPath(manager, path.child("managedBy"))
            if manager.utf8.count > 63 { add(.tooLong(path.child("managedBy"), 63)) }
        }
        completionMode(spec, path, inCronJob: inCronJob)
        // A failure policy looks at failed pods: only these may be replaced.
        let hasFailurePolicy = !spec[.podFailurePolicy].isNull
        if hasFailurePolicy { podFailurePolicy(spec, path) }
        if !spec[.successPolicy].isNull { successPolicy(spec, path) }
        optionalOneOf(
            spec[.podReplacementPolicy],
            hasFailurePolicy ? ["Failed"] : ["Failed", "TerminatingOrFailed"],
            path.child("podReplacementPolicy"))
        podTemplate(spec[.template], path.child("template"))
        jobRestartPolicy(spec, path.child("template"))
        // A CronJob's template has no selector yet.
        if !inCronJob { jobSelector(spec, path) }
    }

    /// A job's own selector is generated before validation; who selects by hand must say what.
    private mutating func jobSelector(_ spec: Value, _ path: ErrorPath) {
        let selector = spec[.selector]
        if selector.isNull {
            add(.required(path.child("selector")))
        } else {
            labelSelector(selector, path.child("selector"))
        }
        let labels = spec[.template][.metadata][.labels]
        guard selector.isNull || !LabelSelector(selector).matches(labels.fields) else { return }
        add(
            .invalid(
                path.child("template").child("metadata").child("labels"),
                json: JSON.text(labels, style: .canonical),
                "`selector` does not match template `labels`"))
    }

    /// ValidateJob, what is only asked of a new one: what the server makes by itself is not given
    /// otherwise (validateGeneratedSelector), and the last index has a hostname.
    mutating func newJob(_ object: Value) {
        let spec = object[.spec]
        let name = object[.metadata].text(.name)
        if !spec.flag(.manualSelector) { generatedSelector(spec, object[.metadata]) }
        guard spec[.completionMode] == "Indexed", spec.int(.completions) > 0 else { return }
        let hostname = "\(name)-\(spec.int(.completions) - 1)"
        if NameRules.dns1123Label(hostname).isEmpty { return }
        add(
            .invalid(
                ErrorPath("metadata").child("name"), Value(name),
                "will not able to create pod with invalid DNS label: \(hostname)"))
    }

    private mutating func generatedSelector(_ spec: Value, _ metadata: Value) {
        let (name, uid) = (metadata.text(.name), metadata.text(.uid))
        guard !uid.isEmpty else { return }
        let path = ErrorPath("spec")
        let given = spec[.template][.metadata][.labels]
        let place = path.child("template").child("metadata").child("labels")
        let expected = [
            ("controller-uid", uid), ("job-name", name),
            ("batch.kubernetes.io/controller-uid", uid), ("batch.kubernetes.io/job-name", name),
        ]
        var found: [FieldError] = []
        var own = Object()
        for (label, value) in expected {
            own.append(Key(label), Value(value))
            if given[Key(label)] == Value(value) { continue }
            found.append(
                .invalid(
                    place.key(label), json: GoSyntax.json(given), "must be '\(value)'"))
        }
        if !LabelSelector(spec[.selector]).matches(own) {
            found.append(
                .invalid(
                    path.child("selector"), json: GoSyntax.labelSelector(spec[.selector]),
                    "`selector` not auto-generated"))
        }
        // Said before what is wrong with the rest of the spec.
        let start = errors.firstIndex { $0.path.hasPrefix("spec") } ?? errors.endIndex
        errors.insert(contentsOf: found, at: start)
    }

    private mutating func jobRestartPolicy(_ spec: Value, _ path: ErrorPath) {
        let place = path.child("spec").child("restartPolicy")
        let policy = spec[.template][.spec][.restartPolicy]
        switch policy.string ?? "" {
        case "", "Always": add(.required(place, "valid values: \"OnFailure\", \"Never\""))
        case "Never": break
        case "OnFailure":
            if !spec[.podFailurePolicy].isNull {
                add(
                    .invalid(
                        place, policy,
                        "only \"Never\" is supported when podFailurePolicy is specified"))
            }
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
                    path.child("selector"), json: GoSyntax.labelSelector(spec[.selector]),
                    "field is immutable"))
        }
        jobTemplateUpdate(object, old, path)
        for key in [Key.completionMode, .podFailurePolicy, .backoffLimitPerIndex, .managedBy] {
            immutable(spec[key], before[key], path.child(key), as: Self.policies[key])
        }
        immutable(
            spec[.successPolicy], before[.successPolicy], path.child("successPolicy"),
            as: "SuccessPolicy")
    }

    private static let policies: [Key: String] = [.podFailurePolicy: "PodFailurePolicy"]

    /// validatePodTemplateUpdate. While a job is suspended and has no pods, where they will run and what
    /// they will need may change (KEP-2926, KEP-5440).
    private mutating func jobTemplateUpdate(_ object: Value, _ old: Value, _ path: ErrorPath) {
        let template = object[.spec][.template]
        var before = old[.spec][.template]
        let status = old[.status]
        let isSuspended = status.list(.conditions).contains {
            $0[.type] == "Suspended" && $0[.status] == "True"
        }
        let isMutable =
            old[.spec].flag(.suspend) && (status[.startTime].isNull || isSuspended)
            && status.int(.active) == 0
        guard isMutable else {
            if template == before { return }
            add(
                .invalid(
                    path.child("template"),
                    json: InternalForm.json(template, as: "PodTemplateSpec"),
                    "field is immutable"))
            return
        }
        for key in [Key.nodeSelector, .tolerations, .schedulingGates] {
            before[.spec][key] = template[.spec][key]
        }
        before[.spec][.affinity][.nodeAffinity] = template[.spec][.affinity][.nodeAffinity]
        if before[.spec][.affinity].fields.isEmpty { before[.spec][.affinity] = nil }
        for list in [Key.containers, .initContainers] {
            let new = template[.spec].list(list)
            guard new.count == before[.spec].list(list).count, !new.isEmpty else { continue }
            before[.spec][list] = .array(
                zip(before[.spec].list(list), new).map { container, given in
                    guard container[.name] == given[.name] else { return container }
                    var container = container
                    container[.resources] = given[.resources]
                    return container
                })
        }
        if template[.spec] == before[.spec] { return }
        add(
            .invalid(
                path.child("template").child("spec"),
                json: InternalForm.json(template[.spec], as: "PodSpec"), "field is immutable"))
    }
}

extension KindTexts {
    static let job = KindTexts(
        summaries: #"""
            batch.v1.JobSpec.activeDeadlineSeconds Seconds the job may run until it is failed.
            batch.v1.JobSpec.backoffLimit How many failures are retried until the job is failed; 6
             where none is given.
            batch.v1.JobSpec.backoffLimitPerIndex How many failures of one index are retried until
             the index is failed.
            batch.v1.JobSpec.completionMode Whether pods have an index each; NonIndexed where none
             is given.
            batch.v1.JobSpec.completions How many pods must succeed; 1 where neither it nor
             parallelism is given.
            batch.v1.JobSpec.manualSelector Whether the selector is given by hand; seldom right.
            batch.v1.JobSpec.parallelism How many pods may run at once; 1 where none is given.
            batch.v1.JobSpec.podFailurePolicy Which failures count, are ignored, or end the job.
            batch.v1.JobSpec.podReplacementPolicy Whether a pod is replaced when it begins to stop,
             or when it has failed.
            batch.v1.JobSpec.selector Which pods belong to it; made by the API server.
            batch.v1.JobSpec.successPolicy Which indexes suffice for success.
            batch.v1.JobSpec.suspend Whether the job rests; its running pods are deleted; false
             where none is given.
            batch.v1.JobSpec.template What its pods look like; never changes.
            batch.v1.JobSpec.ttlSecondsAfterFinished Seconds until a finished job is deleted.
            batch.v1.JobStatus.active Pods that run or wait.
            batch.v1.JobStatus.completionTime When the job succeeded.
            batch.v1.JobStatus.conditions Whether it is complete, failed or suspended.
            batch.v1.JobStatus.failed Pods that failed.
            batch.v1.JobStatus.ready Pods that are ready.
            batch.v1.JobStatus.startTime When the controller took it up, or it was resumed.
            batch.v1.JobStatus.succeeded Pods that succeeded.
            """#,
        values: #"""
            batch.v1.JobSpec.completionMode Indexed NonIndexed
            batch.v1.JobSpec.podReplacementPolicy Failed TerminatingOrFailed
            batch.v1.PodFailurePolicyOnExitCodesRequirement.operator In NotIn
            batch.v1.PodFailurePolicyRule.action Count FailIndex FailJob Ignore
            """#)
}
