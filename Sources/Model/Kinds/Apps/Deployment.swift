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
                status: { validator, object, old, _ in
                    validator.replicaStatus(
                        object, old,
                        counts: [
                            .observedGeneration, .replicas, .updatedReplicas, .readyReplicas,
                            .availableReplicas, .unavailableReplicas, .terminatingReplicas,
                            .collisionCount,
                        ],
                        parts: [.updatedReplicas, .readyReplicas, .availableReplicas])
                },
                warnings: { $0.workload($1, $2) }),
            texts: .deployment)
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
        default:
            add(
                .notSupported(
                    path, json: InternalForm.json(strategy, as: "DeploymentStrategy"),
                    ["Recreate", "RollingUpdate"]))
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
                    path.child("maxUnavailable"), json: GoSyntax.json(unavailable),
                    "may not be 0 when `maxSurge` is 0"))
        }
        atMost100Percent(unavailable, path.child("maxUnavailable"))
    }
}

extension KindTexts {
    static let deployment = KindTexts(
        summaries: #"""
            apps.v1.DeploymentSpec.minReadySeconds Seconds a pod must stay ready until it counts as
             available; 0 where none is given.
            apps.v1.DeploymentSpec.paused Whether changes of the template wait; scaling goes on;
             false where none is given.
            apps.v1.DeploymentSpec.progressDeadlineSeconds Seconds without progress until the
             rollout is reported as failed; 600 where none is given.
            apps.v1.DeploymentSpec.replicas How many pods shall run; 1 where none is given.
            apps.v1.DeploymentSpec.revisionHistoryLimit How many old ReplicaSets are kept to go back
             to; 10 where none is given.
            apps.v1.DeploymentSpec.selector Which pods belong to it; must match the template's
             labels and never changes.
            apps.v1.DeploymentSpec.strategy How old pods give way to new ones.
            apps.v1.DeploymentSpec.template What its pods look like; every change starts a rollout.
            apps.v1.DeploymentStrategy.rollingUpdate The limits of a rolling update.
            apps.v1.DeploymentStrategy.type RollingUpdate (as where none is given) goes step by
             step, Recreate stops all old pods first.
            apps.v1.RollingUpdateDeployment.maxSurge How many pods may run beyond replicas, such as
             2 or 25% (rounded up); 25% where none is given.
            apps.v1.RollingUpdateDeployment.maxUnavailable How many replicas may be missing, such as
             1 or 25% (rounded down); 25% where none is given.
            apps.v1.DeploymentStatus.availableReplicas Pods that have been ready for
             minReadySeconds.
            apps.v1.DeploymentStatus.collisionCount How often a template's hash met another object's
             name.
            apps.v1.DeploymentStatus.conditions Whether it is available, makes progress, or fails to
             create pods.
            apps.v1.DeploymentStatus.observedGeneration The generation the controller has acted
             upon.
            apps.v1.DeploymentStatus.readyReplicas Pods whose condition Ready is true.
            apps.v1.DeploymentStatus.replicas Pods that exist, old and new.
            apps.v1.DeploymentStatus.unavailableReplicas Pods still needed until all are available.
            apps.v1.DeploymentStatus.updatedReplicas Pods of the present template.
            apps.v1.DeploymentCondition.lastTransitionTime When the status changed last.
            apps.v1.DeploymentCondition.lastUpdateTime When the condition was written last.
            """#,
        values: #"""
            apps.v1.DeploymentStrategy.type Recreate RollingUpdate
            """#)
}
