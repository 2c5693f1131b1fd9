import Support

extension KindDescriptor {
    /// Pods that run to their end.
    static func job(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Job", plural: "jobs", group: "batch", categories: ["all"],
            subresources: ["status"], hasGeneration: true,
            podTemplate: .maker(at: [.spec, .template]), podSelector: PodSelector(.labelSelector))
    }
}
