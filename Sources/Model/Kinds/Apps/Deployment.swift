import Support

extension KindDescriptor {
    /// Pods that are replaced by steps, by way of one ReplicaSet per template.
    static func deployment(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Deployment", plural: "deployments", shortNames: ["deploy"], group: "apps",
            categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labelSelector), replicas: .standard,
            rollout: Rollout(history: .replicaSets, canPause: true), isExposable: true)
    }
}
