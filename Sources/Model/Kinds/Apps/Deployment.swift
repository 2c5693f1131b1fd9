import Support
import Value

extension KindDescriptor {
    /// Pods that are replaced by steps, by way of one ReplicaSet per template.
    static func deployment(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Deployment", plural: "deployments", shortNames: ["deploy"], group: "apps",
            categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labelSelector), replicas: .standard,
            rollout: Rollout(history: .replicaSets, canPause: true), isExposable: true,
            rules: KindRules(
                defaults: Defaults.deployment,
                object: { $0.deploymentSpec($1[.spec], ErrorPath("spec")) },
                change: { $0.immutableSelector($1[.spec], $2[.spec]) },
                warnings: { $0.workload($1, $2) }))
    }
}

extension Defaults {
    /// SetDefaults_Deployment.
    static func deployment(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.replicas, 1)
            spec[.strategy].fill(.type, "RollingUpdate")
            if spec[.strategy][.type] == "RollingUpdate" {
                spec[.strategy][.rollingUpdate].fill(.maxUnavailable, "25%")
                spec[.strategy][.rollingUpdate].fill(.maxSurge, "25%")
            }
            spec.fill(.revisionHistoryLimit, 10)
            spec.fill(.progressDeadlineSeconds, 600)
            template(&spec)
        }
    }
}

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
}
