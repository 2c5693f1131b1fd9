import Support

extension KindDescriptor {
    /// A pod on every node that fits.
    static func daemonSet(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "DaemonSet", plural: "daemonsets", shortNames: ["ds"], group: "apps",
            categories: ["all"], subresources: ["status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labelSelector),
            rollout: Rollout(history: .controllerRevisions))
    }
}
