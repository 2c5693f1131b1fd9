extension KindDescriptor {
    /// Sets the replicas of a workload by what its pods use.
    static func horizontalPodAutoscaler(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers",
            shortNames: ["hpa"], group: "autoscaling", version: "v2",
            otherVersions: ["autoscaling/v1"], categories: ["all"], subresources: ["status"])
    }
}
