import Support
import Value

extension Validator {
    /// ValidateDeploymentSpec.
    mutating func deploymentSpec(_ spec: Value, _ path: ErrorPath) {
        nonnegative(spec[.replicas], path.child("replicas"))
        requiredSelector(spec, path, empty: "empty selector is invalid for deployment")
        replicaTemplate(spec, path)
        deploymentStrategy(spec[.strategy], path.child("strategy"))
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        nonnegative(spec[.revisionHistoryLimit], path.child("revisionHistoryLimit"))
        if let deadline = spec[.progressDeadlineSeconds].int {
            let place = path.child("progressDeadlineSeconds")
            nonnegative(Value(deadline), place)
            if deadline <= spec.int(.minReadySeconds) {
                add(.invalid(place, Value(deadline), "must be greater than minReadySeconds"))
            }
        }
    }

    /// ValidateDeploymentStrategy.
    private mutating func deploymentStrategy(_ strategy: Value, _ path: ErrorPath) {
        let rolling = strategy[.rollingUpdate]
        let place = path.child("rollingUpdate")
        switch strategy.text(.type) {
        case "Recreate":
            if !rolling.isNull {
                add(
                    .forbidden(
                        place, "may not be specified when strategy `type` is 'Recreate'"))
            }
        case "RollingUpdate":
            if rolling.isNull {
                add(.required(place, "this should be defaulted and never be nil"))
            } else {
                rollingUpdate(rolling, place)
            }
        case let other:
            add(
                .notSupported(
                    path.child("type"), Value(other), ["Recreate", "RollingUpdate"]))
        }
    }

    /// ValidateRollingUpdateDeployment.
    private mutating func rollingUpdate(_ rolling: Value, _ path: ErrorPath) {
        let unavailable = rolling[.maxUnavailable]
        let surge = rolling[.maxSurge]
        intOrPercent(unavailable, path.child("maxUnavailable"))
        intOrPercent(surge, path.child("maxSurge"))
        if amount(unavailable) == 0, amount(surge) == 0 {
            add(
                .invalid(
                    path.child("maxUnavailable"), go: GoSyntax.intOrString(unavailable),
                    "may not be 0 when `maxSurge` is 0"))
        }
        atMost100Percent(unavailable, path.child("maxUnavailable"))
    }

    /// The number before the percent sign, or the number.
    private func amount(_ value: Value) -> Int {
        value.string.flatMap { IntOrPercent.percent($0) } ?? value.int ?? 0
    }

    /// ValidateReplicaSetSpec.
    mutating func replicaSetSpec(_ spec: Value, _ path: ErrorPath) {
        nonnegative(spec[.replicas], path.child("replicas"))
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        requiredSelector(spec, path, empty: "empty selector is invalid for deployment")
        replicaTemplate(spec, path)
    }

    private mutating func requiredSelector(_ spec: Value, _ path: ErrorPath, empty: String) {
        let place = path.child("selector")
        let selector = spec[.selector]
        if selector.isNull {
            add(.required(place))
            return
        }
        labelSelector(selector, place)
        if selector.map(.matchLabels).isEmpty, selector.list(.matchExpressions).isEmpty {
            add(.invalid(place, go: GoSyntax.labelSelector(selector), empty))
        }
    }

    /// ValidatePodTemplateSpecForReplicaSet.
    private mutating func replicaTemplate(_ spec: Value, _ path: ErrorPath) {
        let place = path.child("template")
        matchingLabels(LabelSelector(spec[.selector]), spec[.template], place)
        podTemplate(spec[.template], place)
        alwaysRestarts(spec[.template], place)
        if !spec[.template][.spec][.activeDeadlineSeconds].isNull {
            add(
                .forbidden(
                    place.child("spec").child("activeDeadlineSeconds"),
                    "activeDeadlineSeconds in ReplicaSet is not Supported"))
        }
    }

    private mutating func matchingLabels(
        _ selector: LabelSelector, _ template: Value, _ path: ErrorPath
    ) {
        let labels = template[.metadata][.labels]
        if selector.isEverything || selector.matches(labels.fields) { return }
        add(
            .invalid(
                path.child("metadata").child("labels"), go: GoSyntax.stringMap(labels),
                "`selector` does not match template `labels`"))
    }

    private mutating func alwaysRestarts(_ template: Value, _ path: ErrorPath) {
        let policy = template[.spec][.restartPolicy]
        if policy != "Always" {
            add(
                .notSupported(
                    path.child("spec").child("restartPolicy"), Value(policy.string ?? ""),
                    ["Always"]))
        }
    }

    /// ValidateReplicationControllerSpec.
    mutating func replicationControllerSpec(_ spec: Value, _ path: ErrorPath) {
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        let selector = spec.map(.selector)
        if selector.isEmpty { add(.required(path.child("selector"))) }
        nonnegative(spec[.replicas], path.child("replicas"))
        if spec[.template].isNull {
            add(.required(path.child("template")))
            return
        }
        let place = path.child("template")
        matchingLabels(LabelSelector(labels: selector), spec[.template], place)
        podTemplate(spec[.template], place)
        alwaysRestarts(spec[.template], place)
    }

    /// ValidateDaemonSetSpec.
    mutating func daemonSetSpec(_ spec: Value, _ path: ErrorPath) {
        let selector = spec[.selector]
        let template = path.child("template")
        labelSelector(selector, path.child("selector"))
        let compiled = LabelSelector(selector)
        if !compiled.matches(spec[.template][.metadata].map(.labels)) {
            add(
                .invalid(
                    template.child("metadata").child("labels"),
                    go: GoSyntax.stringMap(spec[.template][.metadata][.labels]),
                    "`selector` does not match template `labels`"))
        }
        if compiled.isEverything {
            add(
                .invalid(
                    path.child("selector"), go: GoSyntax.labelSelector(selector),
                    "empty selector is invalid for daemonset"))
        }
        podTemplate(spec[.template], template)
        alwaysRestarts(spec[.template], template)
        noDeadline(spec[.template], template)
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        daemonSetStrategy(spec[.updateStrategy], path.child("updateStrategy"))
        nonnegative(spec[.revisionHistoryLimit], path.child("revisionHistoryLimit"))
    }

    private mutating func noDeadline(_ template: Value, _ path: ErrorPath) {
        let deadline = template[.spec][.activeDeadlineSeconds]
        if !deadline.isNull {
            add(
                .invalid(
                    path.child("spec").child("activeDeadlineSeconds"), deadline,
                    "must not be specified"))
        }
    }

    /// ValidateDaemonSetUpdateStrategy and ValidateRollingUpdateDaemonSet.
    private mutating func daemonSetStrategy(_ strategy: Value, _ path: ErrorPath) {
        switch strategy.text(.type) {
        case "OnDelete": break
        case "RollingUpdate":
            let rolling = strategy[.rollingUpdate]
            let place = path.child("rollingUpdate")
            if rolling.isNull {
                add(.required(place))
                return
            }
            let unavailable = rolling[.maxUnavailable]
            let surge = rolling[.maxSurge]
            intOrPercent(unavailable, place.child("maxUnavailable"))
            intOrPercent(surge, place.child("maxSurge"))
            switch (amount(unavailable) != 0, amount(surge) != 0) {
            case (true, true):
                add(
                    .invalid(
                        place.child("maxSurge"), go: GoSyntax.intOrString(surge),
                        "may not be set when maxUnavailable is non-zero"))
            case (false, false):
                add(
                    .required(
                        place.child("maxUnavailable"), "cannot be 0 when maxSurge is 0"))
            default: break
            }
            atMost100Percent(unavailable, place.child("maxUnavailable"))
            atMost100Percent(surge, place.child("maxSurge"))
        case let other:
            add(
                .notSupported(
                    path.child("type"), Value(other), ["RollingUpdate", "OnDelete"]))
        }
    }

    /// The strategies of apps/v1: a selector never changes.
    mutating func immutableSelector(_ spec: Value, _ old: Value) {
        if spec[.selector] != old[.selector] {
            add(
                .invalid(
                    ErrorPath("spec").child("selector"),
                    go: GoSyntax.labelSelector(spec[.selector]), "field is immutable"))
        }
    }
}

// MARK: - StatefulSet

extension Validator {
    /// ValidateStatefulSetSpec.
    mutating func statefulSetSpec(_ spec: Value, _ path: ErrorPath) {
        let policy = spec.text(.podManagementPolicy)
        if policy.isEmpty {
            add(.required(path.child("podManagementPolicy")))
        } else if policy != "OrderedReady" && policy != "Parallel" {
            add(
                .invalid(
                    path.child("podManagementPolicy"), Value(policy),
                    "must be 'OrderedReady' or 'Parallel'"))
        }
        statefulSetStrategy(spec[.updateStrategy], path.child("updateStrategy"))
        let retention = path.child("persistentVolumeClaimRetentionPolicy")
        for key in [Key.whenDeleted, .whenScaled] {
            optionalOneOf(
                spec[.persistentVolumeClaimRetentionPolicy][key], ["Retain", "Delete"],
                retention.child(key))
        }
        nonnegative(spec[.replicas], path.child("replicas"))
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        nonnegative(spec[.ordinals][.start], path.child("ordinals").child("start"))
        requiredSelector(spec, path, empty: "empty selector is invalid for statefulset")
        let place = path.child("template")
        matchingLabels(LabelSelector(spec[.selector]), spec[.template], place)
        statefulSetTemplate(spec, place)
        alwaysRestarts(spec[.template], place)
        if !spec[.template][.spec][.activeDeadlineSeconds].isNull {
            add(
                .forbidden(
                    place.child("spec").child("activeDeadlineSeconds"),
                    "activeDeadlineSeconds in StatefulSet is not Supported"))
        }
    }

    /// The claims' templates stand in for volumes of their names.
    private mutating func statefulSetTemplate(_ spec: Value, _ path: ErrorPath) {
        var template = spec[.template]
        var volumes = template[.spec].list(.volumes)
        for claim in spec.list(.volumeClaimTemplates) {
            let name = claim[.metadata][.name]
            if volumes.contains(where: { $0[.name] == name }) { continue }
            volumes.append([.name: name, .persistentVolumeClaim: [.claimName: name]])
        }
        if !volumes.isEmpty { template[.spec][.volumes] = .array(volumes) }
        podTemplate(template, path)
    }

    private mutating func statefulSetStrategy(_ strategy: Value, _ path: ErrorPath) {
        let rolling = strategy[.rollingUpdate]
        switch strategy.text(.type) {
        case "": add(.required(path))
        case "OnDelete":
            if !rolling.isNull {
                add(
                    .invalid(
                        path.child("rollingUpdate"),
                        go: "apps.RollingUpdateStatefulSetStrategy{Partition:"
                            + "\(rolling.int(.partition)), "
                            + "MaxUnavailable:(*intstr.IntOrString)(nil)}",
                        "only allowed for updateStrategy 'RollingUpdate'"))
            }
        case "RollingUpdate":
            let place = path.child("rollingUpdate")
            nonnegative(rolling[.partition], place.child("partition"))
            if !rolling[.maxUnavailable].isNull {
                intOrPercent(rolling[.maxUnavailable], place.child("maxUnavailable"))
                if amount(rolling[.maxUnavailable]) == 0 {
                    add(
                        .invalid(
                            place.child("maxUnavailable"),
                            go: GoSyntax.intOrString(rolling[.maxUnavailable]), "cannot be 0"))
                }
                atMost100Percent(rolling[.maxUnavailable], place.child("maxUnavailable"))
            }
        default:
            add(.invalid(path, strategy, "must be 'RollingUpdate' or 'OnDelete'"))
        }
    }

    /// ValidateStatefulSetUpdate. (1.33 lets `revisionHistoryLimit` change too.)
    mutating func statefulSetUpdate(_ spec: Value, _ old: Value, _ path: ErrorPath) {
        var new = spec
        let mutable = [
            Key.replicas, .ordinals, .template, .updateStrategy,
            .persistentVolumeClaimRetentionPolicy, .minReadySeconds,
        ]
        for key in mutable { new[key] = old[key] }
        if new != old {
            add(
                .forbidden(
                    path,
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', "
                        + "'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and "
                        + "'minReadySeconds' are forbidden"))
        }
    }
}
