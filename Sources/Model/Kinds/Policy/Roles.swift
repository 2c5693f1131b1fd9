extension KindDescriptor {
    /// Permissions in a namespace.
    static func role(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Role", plural: "roles", group: "rbac.authorization.k8s.io")
    }

    /// Permissions in the whole cluster.
    static func clusterRole(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ClusterRole", plural: "clusterroles", group: "rbac.authorization.k8s.io",
            isNamespaced: false)
    }

    /// Who has a role in a namespace.
    static func roleBinding(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "RoleBinding", plural: "rolebindings", group: "rbac.authorization.k8s.io")
    }

    /// Who has a role in the whole cluster.
    static func clusterRoleBinding(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ClusterRoleBinding", plural: "clusterrolebindings",
            group: "rbac.authorization.k8s.io", isNamespaced: false)
    }
}
