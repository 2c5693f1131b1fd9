extension KindDescriptor {
    /// The addresses behind a service, in the older form.
    static func endpoints(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Endpoints", plural: "endpoints", shortNames: ["ep"], group: "")
    }

    /// Some of the addresses behind a service.
    static func endpointSlice(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "EndpointSlice", plural: "endpointslices", group: "discovery.k8s.io",
            hasGeneration: true)
    }
}
