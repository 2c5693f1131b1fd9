import Support
import Value

extension KindDescriptor {
    /// Permissions in a namespace.
    static func role(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Role", plural: "roles", group: "rbac.authorization.k8s.io",
            rules: KindRules(name: NameRules.pathSegment, object: { $0.role($1) }))
    }

    /// Permissions in the whole cluster.
    static func clusterRole(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ClusterRole", plural: "clusterroles", group: "rbac.authorization.k8s.io",
            isNamespaced: false,
            rules: KindRules(name: NameRules.pathSegment, object: { $0.role($1) }))
    }

    /// Who has a role in a namespace.
    static func roleBinding(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "RoleBinding", plural: "rolebindings", group: "rbac.authorization.k8s.io",
            rules: KindRules(
                defaults: Defaults.roleBinding, name: NameRules.pathSegment,
                object: { $0.roleBinding($1) }, change: { $0.roleBindingUpdate($1, $2) }))
    }

    /// Who has a role in the whole cluster.
    static func clusterRoleBinding(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ClusterRoleBinding", plural: "clusterrolebindings",
            group: "rbac.authorization.k8s.io", isNamespaced: false,
            rules: KindRules(
                defaults: Defaults.roleBinding, name: NameRules.pathSegment,
                object: { $0.roleBinding($1) }, change: { $0.roleBindingUpdate($1, $2) }))
    }
}

extension Defaults {
    /// SetDefaults_RoleBinding, SetDefaults_ClusterRoleBinding and SetDefaults_Subject.
    static func roleBinding(_ value: inout Value) {
        let group: Value = "rbac.authorization.k8s.io"
        value.ifPresent("roleRef") { $0.fill(.apiGroup, group) }
        value.forEach("subjects") { subject in
            if subject[.kind] == "User" || subject[.kind] == "Group" {
                subject.fill(.apiGroup, group)
            }
        }
    }
}

extension Validator {
    /// ValidatePolicyRule.
    mutating func role(_ object: Value) {
        for (index, rule) in object.list(.rules).enumerated() {
            let place = ErrorPath("rules")[index]
            if rule.list("verbs").isEmpty {
                add(.required(place.child("verbs"), "verbs must contain at least one value"))
            }
            guard rule.list("nonResourceURLs").isEmpty else { continue }
            if rule.list("apiGroups").isEmpty {
                add(
                    .required(
                        place.child("apiGroups"),
                        "resource rules must supply at least one api group"))
            }
            if rule.list(.resources).isEmpty {
                add(
                    .required(
                        place.child("resources"),
                        "resource rules must supply at least one resource"))
            }
        }
    }

    /// ValidateRoleBinding.
    mutating func roleBinding(_ object: Value) {
        let reference = object["roleRef"]
        let path = ErrorPath("roleRef")
        if reference[.apiGroup] != "rbac.authorization.k8s.io" {
            add(
                .notSupported(
                    path.child("apiGroup"), Value(reference.text(.apiGroup)),
                    ["rbac.authorization.k8s.io"]))
        }
        if !["Role", "ClusterRole"].contains(reference.text(.kind)) {
            add(
                .notSupported(
                    path.child("kind"), Value(reference.text(.kind)), ["Role", "ClusterRole"]))
        }
        if reference.text(.name).isEmpty { add(.required(path.child("name"))) }
    }

    /// ValidateRoleBindingUpdate.
    mutating func roleBindingUpdate(_ object: Value, _ old: Value) {
        if object["roleRef"] != old["roleRef"] {
            add(.invalid(ErrorPath("roleRef"), object["roleRef"], "cannot change roleRef"))
        }
    }
}
