extension KindDescriptor {
    /// What happened to an object. Served in two groups; kept in the core one.
    static func event(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Event", plural: "events", shortNames: ["ev"], group: "",
            otherVersions: ["events.k8s.io/v1"])
    }
}
