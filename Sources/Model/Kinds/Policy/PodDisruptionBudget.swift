extension KindDescriptor {
    /// How many of some pods may be evicted at once.
    static func podDisruptionBudget(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PodDisruptionBudget", plural: "poddisruptionbudgets", shortNames: ["pdb"],
            group: "policy", subresources: ["status"], hasGeneration: true,
            reportsObservedGeneration: true)
    }
}
