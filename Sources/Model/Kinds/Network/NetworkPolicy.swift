extension KindDescriptor {
    /// What may reach pods, and what they may reach.
    static func networkPolicy(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "NetworkPolicy", plural: "networkpolicies", shortNames: ["netpol"],
            group: "networking.k8s.io", hasGeneration: true)
    }
}
