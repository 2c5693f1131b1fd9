import Support
import Value

extension KindDescriptor {
    /// Permissions in a namespace.
    static func role(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Role", plural: "roles", group: "rbac.authorization.k8s.io",
            rules: KindRules(
                name: NameRules.pathSegment, object: { $0.role($1, isNamespaced: true) }))
    }

    /// Permissions in the whole cluster.
    static func clusterRole(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ClusterRole", plural: "clusterroles", group: "rbac.authorization.k8s.io",
            isNamespaced: false,
            rules: KindRules(
                name: NameRules.pathSegment, object: { $0.role($1, isNamespaced: false) }))
    }

    /// Who has a role in a namespace.
    static func roleBinding(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "RoleBinding", plural: "rolebindings", group: "rbac.authorization.k8s.io",
            rules: KindRules(
                defaults: Defaults.roleBinding, name: NameRules.pathSegment,
                object: { $0.roleBinding($1, isNamespaced: true) },
                change: { $0.roleBindingUpdate($1, $2) }))
    }

    /// Who has a role in the whole cluster.
    static func clusterRoleBinding(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ClusterRoleBinding", plural: "clusterrolebindings",
            group: "rbac.authorization.k8s.io", isNamespaced: false,
            rules: KindRules(
                defaults: Defaults.roleBinding, name: NameRules.pathSegment,
                object: { $0.roleBinding($1, isNamespaced: false) },
                change: { $0.roleBindingUpdate($1, $2) }))
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
    private static let rbac = "rbac.authorization.k8s.io"

    /// ValidatePolicyRule, and the aggregation of a ClusterRole.
    mutating func role(_ object: Value, isNamespaced: Bool) {
        for (index, rule) in object.list(.rules).enumerated() {
            policyRule(rule, ErrorPath("rules")[index], isNamespaced: isNamespaced)
        }
        let aggregation = object["aggregationRule"]
        guard !isNamespaced, !aggregation.isNull else { return }
        let path = ErrorPath("aggregationRule").child("clusterRoleSelectors")
        let selectors = aggregation.list("clusterRoleSelectors")
        if selectors.isEmpty {
            add(
                .required(
                    path, "at least one clusterRoleSelector required if aggregationRule is non-nil")
            )
        }
        for (index, selector) in selectors.enumerated() { labelSelector(selector, path[index]) }
    }

    private mutating func policyRule(_ rule: Value, _ path: ErrorPath, isNamespaced: Bool) {
        if rule.list("verbs").isEmpty {
            add(.required(path.child("verbs"), "verbs must contain at least one value"))
        }
        let urls = rule["nonResourceURLs"]
        if urls.count > 0 {
            let place = path.child("nonResourceURLs")
            let shown = JSON.text(urls, style: .canonical)
            if isNamespaced {
                add(
                    .invalid(
                        place, json: shown, "namespaced rules cannot apply to non-resource URLs"))
            }
            if ["apiGroups", .resources, "resourceNames"].contains(where: {
                !rule.list($0).isEmpty
            }) {
                add(
                    .invalid(
                        place, json: shown,
                        "rules cannot apply to both regular resources and non-resource URLs"))
            }
            return
        }
        if rule.list("apiGroups").isEmpty {
            add(
                .required(
                    path.child("apiGroups"), "resource rules must supply at least one api group"))
        }
        if rule.list(.resources).isEmpty {
            add(
                .required(
                    path.child("resources"), "resource rules must supply at least one resource"))
        }
    }

    /// ValidateRoleBinding and ValidateClusterRoleBinding.
    mutating func roleBinding(_ object: Value, isNamespaced: Bool) {
        let reference = object["roleRef"]
        let path = ErrorPath("roleRef")
        if reference.text(.apiGroup) != Self.rbac {
            add(
                .notSupported(
                    path.child("apiGroup"), Value(reference.text(.apiGroup)), [Self.rbac]))
        }
        let kinds = isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"]
        if !kinds.contains(reference.text(.kind)) {
            add(.notSupported(path.child("kind"), Value(reference.text(.kind)), kinds))
        }
        let name = reference.text(.name)
        if name.isEmpty {
            add(.required(path.child("name")))
        } else {
            messages(NameRules.pathSegment(name), name, path.child("name"))
        }
        for (index, subject) in object.list("subjects").enumerated() {
            self.subject(subject, ErrorPath("subjects")[index], isNamespaced: isNamespaced)
        }
    }

    /// ValidateRoleBindingSubject.
    private mutating func subject(_ subject: Value, _ path: ErrorPath, isNamespaced: Bool) {
        let (name, group) = (subject.text(.name), subject.text(.apiGroup))
        if name.isEmpty { add(.required(path.child("name"))) }
        switch subject.text(.kind) {
        case "ServiceAccount":
            if !name.isEmpty {
                messages(NameRules.dns1123Subdomain(name), name, path.child("name"))
            }
            if !group.isEmpty {
                add(.notSupported(path.child("apiGroup"), Value(group), [""]))
            }
            if !isNamespaced, subject.text(.namespace).isEmpty {
                add(.required(path.child("namespace")))
            }
        case "User", "Group":
            if group != Self.rbac {
                add(.notSupported(path.child("apiGroup"), Value(group), [Self.rbac]))
            }
        case let other:
            add(
                .notSupported(
                    path.child("kind"), Value(other), ["ServiceAccount", "User", "Group"]))
        }
    }

    /// ValidateRoleBindingUpdate. The reference is shown as Go's fields are called.
    mutating func roleBindingUpdate(_ object: Value, _ old: Value) {
        let reference = object["roleRef"]
        guard reference != old["roleRef"] else { return }
        let shown: Value = [
            "APIGroup": Value(reference.text(.apiGroup)), "Kind": Value(reference.text(.kind)),
            "Name": Value(reference.text(.name)),
        ]
        add(
            .invalid(
                ErrorPath("roleRef"), json: JSON.text(shown, style: .go), "cannot change roleRef"))
    }
}
