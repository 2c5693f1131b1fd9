extension KindDescriptor {
    /// Ways from outside to services.
    static func ingress(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Ingress", plural: "ingresses", shortNames: ["ing"], group: "networking.k8s.io",
            subresources: ["status"], hasGeneration: true)
    }

    /// Which controller serves an ingress.
    static func ingressClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "IngressClass", plural: "ingressclasses", group: "networking.k8s.io",
            isNamespaced: false, hasGeneration: true)
    }
}
