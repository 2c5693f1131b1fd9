extension KindDescriptor {
    /// What a container or claim in a namespace may ask for, and asks for by default.
    static func limitRange(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "LimitRange", plural: "limitranges", shortNames: ["limits"], group: "")
    }

    /// How much a namespace may hold.
    static func resourceQuota(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ResourceQuota", plural: "resourcequotas", shortNames: ["quota"], group: "",
            subresources: ["status"])
    }
}
