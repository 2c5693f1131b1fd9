extension KindDescriptor {
    /// The definition of a kind that a user adds.
    static func customResourceDefinition(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CustomResourceDefinition", plural: "customresourcedefinitions",
            shortNames: ["crd", "crds"], group: "apiextensions.k8s.io", isNamespaced: false,
            categories: ["api-extensions"], subresources: ["status"], hasGeneration: true)
    }
}
