import Support
import Value

extension KindDescriptor {
    /// A number of equal pods.
    static func replicaSet(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ReplicaSet", plural: "replicasets", shortNames: ["rs"], group: "apps",
            categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labelSelector), replicas: .standard, isExposable: true,
            rules: KindRules(
                defaults: Defaults.replicaSet,
                object: { $0.replicaSetSpec($1[.spec], ErrorPath("spec")) },
                change: { $0.immutableSelector($1[.spec], $2[.spec]) },
                status: { validator, object, old, _ in
                    validator.replicaStatus(
                        object, old,
                        counts: [
                            .replicas, .fullyLabeledReplicas, .readyReplicas, .availableReplicas,
                            .observedGeneration, .terminatingReplicas,
                        ],
                        parts: [.fullyLabeledReplicas, .readyReplicas, .availableReplicas])
                },
                warnings: { $0.workload($1, $2) }),
            texts: .replicaSet)
    }
}

extension Defaults {
    /// SetDefaults_ReplicaSet.
    static func replicaSet(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.replicas, 1)
            template(&spec)
        }
    }
}

extension Validator {
    /// ValidateReplicaSetSpec.
    mutating func replicaSetSpec(_ spec: Value, _ path: ErrorPath) {
        nonnegative(spec[.replicas], path.child("replicas"))
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        replicaTemplate(spec, path)
    }
}

extension KindTexts {
    static let replicaSet = KindTexts(
        summaries: #"""
            apps.v1.ReplicaSetSpec.minReadySeconds Seconds a pod must stay ready until it counts as
             available; 0 where none is given.
            apps.v1.ReplicaSetSpec.replicas How many pods shall run; 1 where none is given.
            apps.v1.ReplicaSetSpec.selector Which pods belong to it; never changes.
            apps.v1.ReplicaSetSpec.template What new pods look like; running ones are left alone.
            apps.v1.ReplicaSetStatus.availableReplicas Pods that have been ready for
             minReadySeconds.
            apps.v1.ReplicaSetStatus.fullyLabeledReplicas Pods that bear all labels of the template.
            apps.v1.ReplicaSetStatus.observedGeneration The generation the controller has acted
             upon.
            apps.v1.ReplicaSetStatus.readyReplicas Pods whose condition Ready is true.
            apps.v1.ReplicaSetStatus.replicas Pods that exist.
            """#)
}
