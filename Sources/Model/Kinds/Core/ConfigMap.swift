extension KindDescriptor {
    /// Configuration as keys and texts.
    static func configMap(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ConfigMap", plural: "configmaps", shortNames: ["cm"], group: "")
    }

    /// Bytes that are not shown.
    static func secret(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Secret", plural: "secrets", group: "")
    }

    /// The name under which pods act.
    static func serviceAccount(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ServiceAccount", plural: "serviceaccounts", shortNames: ["sa"], group: "",
            subresources: ["token"])
    }
}
