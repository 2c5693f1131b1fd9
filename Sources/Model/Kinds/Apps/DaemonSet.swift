import Support
import Value

extension KindDescriptor {
    /// A pod on every node that fits.
    static func daemonSet(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "DaemonSet", plural: "daemonsets", shortNames: ["ds"], group: "apps",
            categories: ["all"], subresources: ["status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labelSelector),
            rollout: Rollout(history: .controllerRevisions),
            rules: KindRules(
                defaults: Defaults.daemonSet,
                object: { $0.daemonSetSpec($1[.spec], ErrorPath("spec")) },
                change: { $0.immutableSelector($1[.spec], $2[.spec]) },
                status: { validator, new, old, _ in validator.daemonSetStatus(new, old) },
                warnings: { $0.daemonSet($1, $2) }),
            texts: .daemonSet)
    }
}

extension Defaults {
    /// SetDefaults_DaemonSet.
    static func daemonSet(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec[.updateStrategy].fill(.type, "RollingUpdate")
            if spec[.updateStrategy][.type] == "RollingUpdate" {
                spec[.updateStrategy][.rollingUpdate].fill(.maxUnavailable, 1)
                spec[.updateStrategy][.rollingUpdate].fill(.maxSurge, 0)
            }
            spec.fill(.revisionHistoryLimit, 10)
            template(&spec)
        }
    }
}

extension Validator {
    /// ValidateDaemonSetSpec.
    mutating func daemonSetSpec(_ spec: Value, _ path: ErrorPath) {
        let selector = spec[.selector]
        let template = path.child("template")
        let before = errors.count
        labelSelector(selector, path.child("selector"))
        let labels = spec[.template][.metadata][.labels]
        if errors.count == before, !LabelSelector(selector).matches(labels.fields) {
            add(
                .invalid(
                    template.child("metadata").child("labels"), json: GoSyntax.json(labels),
                    "`selector` does not match template `labels`"))
        }
        if !selector.isNull, selector.map(.matchLabels).isEmpty,
            selector.list(.matchExpressions).isEmpty
        {
            add(
                .invalid(
                    path.child("selector"), json: GoSyntax.labelSelector(selector),
                    "empty selector is invalid for daemonset"))
        }
        podTemplate(spec[.template], template)
        alwaysRestarts(spec[.template], template)
        noDeadline(spec[.template], template, of: "DaemonSet")
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        daemonSetStrategy(spec[.updateStrategy], path.child("updateStrategy"))
        nonnegative(spec[.revisionHistoryLimit], path.child("revisionHistoryLimit"))
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
            atMost100Percent(unavailable, place.child("maxUnavailable"))
            atMost100Percent(surge, place.child("maxSurge"))
            switch (amount(unavailable) != 0, amount(surge) != 0) {
            case (true, true):
                add(
                    .invalid(
                        place.child("maxSurge"), json: GoSyntax.json(surge),
                        "may not be set when maxUnavailable is non-zero"))
            case (false, false):
                add(
                    .required(
                        place.child("maxUnavailable"), "cannot be 0 when maxSurge is 0"))
            default: break
            }
        default:
            add(
                .notSupported(
                    path, json: InternalForm.json(strategy, as: "DaemonSetUpdateStrategy"),
                    ["RollingUpdate", "OnDelete"]))
        }
    }
}

extension KindTexts {
    static let daemonSet = KindTexts(
        summaries: #"""
            apps.v1.DaemonSetSpec.minReadySeconds Seconds a pod must stay ready until it counts as
             available; 0 where none is given.
            apps.v1.DaemonSetSpec.revisionHistoryLimit How many old revisions are kept to go back
             to; 10 where none is given.
            apps.v1.DaemonSetSpec.selector Which pods belong to it; never changes.
            apps.v1.DaemonSetSpec.template What its pods look like; its node selection decides which
             nodes get one.
            apps.v1.DaemonSetSpec.updateStrategy How pods get a changed template.
            apps.v1.DaemonSetUpdateStrategy.rollingUpdate The limits of a rolling update.
            apps.v1.DaemonSetUpdateStrategy.type RollingUpdate (as where none is given) goes node by
             node, OnDelete waits for deletions.
            apps.v1.RollingUpdateDaemonSet.maxSurge On how many nodes a new pod may run before the
             old one stops; 0 where none is given.
            apps.v1.RollingUpdateDaemonSet.maxUnavailable On how many nodes the pod may be missing,
             such as 1 or 10% (rounded up); 1 where none is given.
            apps.v1.DaemonSetStatus.currentNumberScheduled Nodes that have a pod and should.
            apps.v1.DaemonSetStatus.desiredNumberScheduled Nodes that should have a pod.
            apps.v1.DaemonSetStatus.numberAvailable Nodes whose pod has been ready for
             minReadySeconds.
            apps.v1.DaemonSetStatus.numberMisscheduled Nodes that have a pod and should not.
            apps.v1.DaemonSetStatus.numberReady Nodes whose pod is ready.
            apps.v1.DaemonSetStatus.numberUnavailable Nodes that should have an available pod and
             have none.
            apps.v1.DaemonSetStatus.observedGeneration The generation the controller has acted upon.
            apps.v1.DaemonSetStatus.updatedNumberScheduled Nodes whose pod is of the present
             template.
            """#,
        values: #"""
            apps.v1.DaemonSetUpdateStrategy.type OnDelete RollingUpdate
            """#)
}
