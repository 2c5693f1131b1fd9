extension KindDescriptor {
    /// A room for names. Its objects go before it does.
    static func namespace(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Namespace", plural: "namespaces", shortNames: ["ns"], group: "",
            isNamespaced: false,
            verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
            subresources: ["finalize", "status"])
    }
}
