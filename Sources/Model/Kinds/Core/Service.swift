extension KindDescriptor {
    /// An address in front of pods.
    static func service(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Service", plural: "services", shortNames: ["svc"], group: "",
            categories: ["all"], subresources: ["proxy", "status"],
            podSelector: PodSelector(.labels), isExposable: true)
    }
}
