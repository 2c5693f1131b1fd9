import Support

extension KindDescriptor {
    /// Pods with names, order and storage of their own.
    static func statefulSet(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "StatefulSet", plural: "statefulsets", shortNames: ["sts"], group: "apps",
            categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labelSelector), replicas: .standard,
            rollout: Rollout(history: .controllerRevisions))
    }
}
