import Support

extension KindDescriptor {
    /// A number of equal pods.
    static func replicaSet(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ReplicaSet", plural: "replicasets", shortNames: ["rs"], group: "apps",
            categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labelSelector), replicas: .standard, isExposable: true)
    }
}
