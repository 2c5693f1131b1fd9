import Support

extension KindDescriptor {
    /// A number of equal pods, chosen by a plain map of labels.
    static func replicationController(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ReplicationController", plural: "replicationcontrollers", shortNames: ["rc"],
            group: "", categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labels), replicas: .standard, isExposable: true)
    }
}
