import Support
import Value

extension KindDescriptor {
    /// The definition of a kind that a user adds.
    static func customResourceDefinition(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CustomResourceDefinition", plural: "customresourcedefinitions",
            shortNames: ["crd", "crds"], group: "apiextensions.k8s.io", isNamespaced: false,
            categories: ["api-extensions"], subresources: ["status"], hasGeneration: true,
            rules: KindRules(
                defaults: Defaults.customResourceDefinition,
                creation: { $0.customResourceDefinition($1, old: nil) },
                change: { $0.customResourceDefinition($1, old: $2) },
                warnings: { $0.customResourceDefinition($1, $2) }))
    }
}

extension Defaults {
    /// SetDefaults_CustomResourceDefinitionSpec.
    static func customResourceDefinition(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.ifPresent(.names) { names in
                let kind = names.text(.kind)
                names.fill("singular", Value(kind.lowercased()))
                if !kind.isEmpty { names.fill("listKind", Value(kind + "List")) }
            }
            spec["conversion"].fill(.strategy, "None")
        }
    }
}
