extension KindDescriptor {
    /// A machine that runs pods.
    static func node(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Node", plural: "nodes", shortNames: ["no"], group: "", isNamespaced: false,
            subresources: ["proxy", "status"])
    }

    /// A sign of life, or of who leads.
    static func lease(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Lease", plural: "leases", group: "coordination.k8s.io")
    }

    /// A way to run containers.
    static func runtimeClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "RuntimeClass", plural: "runtimeclasses", group: "node.k8s.io",
            isNamespaced: false, hasGeneration: true)
    }

    /// The health of a part of the control plane: read, never written.
    static func componentStatus(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ComponentStatus", plural: "componentstatuses", shortNames: ["cs"], group: "",
            isNamespaced: false, verbs: ["get", "list"])
    }
}
