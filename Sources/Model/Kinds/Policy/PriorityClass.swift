extension KindDescriptor {
    /// How important pods are.
    static func priorityClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PriorityClass", plural: "priorityclasses", shortNames: ["pc"],
            group: "scheduling.k8s.io", isNamespaced: false, hasGeneration: true)
    }
}
