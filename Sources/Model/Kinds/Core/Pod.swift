import Support

extension KindDescriptor {
    /// Containers that run together on one node.
    static func pod(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Pod", plural: "pods", shortNames: ["po"], group: "", categories: ["all"],
            subresources: [
                "attach", "binding", "ephemeralcontainers", "eviction", "exec", "log",
                "portforward", "proxy", "status",
            ],
            podTemplate: .inert(at: []), isExposable: true)
    }

    /// A template of pods by itself; no controller makes anything of it.
    static func podTemplate(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PodTemplate", plural: "podtemplates", group: "", hasGeneration: true,
            podTemplate: .inert(at: [.template]))
    }

    /// An assignment of a pod to a node: written, never read.
    static func binding(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Binding", plural: "bindings", group: "", verbs: ["create"])
    }
}
