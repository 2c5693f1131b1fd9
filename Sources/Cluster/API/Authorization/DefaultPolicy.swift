import Model
import Support
import Value

/// The roles and bindings that an API server makes for itself, and the one by which kubeadm makes its
/// administrator one.
///
/// Source: pkg/registry/rbac/rest and plugin/pkg/auth/authorizer/rbac/bootstrappolicy.
enum DefaultPolicy {
    /// The objects, complete but for what every new object is given.
    static let objects: [(kind: Kind, namespace: String, value: Value)] = {
        let controllers = PolicyTable.roles(
            PolicyTable.controllers, prefix: "system:controller:")
        let roles =
            PolicyTable.roles(PolicyTable.users) + PolicyTable.roles(PolicyTable.components)
            + controllers
        var objects: [(Kind, String, Value)] = roles.map {
            (.clusterRole, "", clusterRole($0, among: roles))
        }
        objects += clusterBindings.map { name, subjects in
            (.clusterRoleBinding, "", binding(name, "ClusterRole", name, subjects))
        }
        objects += controllers.map { role in
            let account = String(role.name.dropFirst("system:controller:".count))
            return (
                .clusterRoleBinding, "",
                binding(role.name, "ClusterRole", role.name, [.account(account)])
            )
        }
        var kubeadm = binding(
            "kubeadm:cluster-admins", "ClusterRole", "cluster-admin",
            [.group("kubeadm:cluster-admins")])
        kubeadm[.metadata] = [.name: "kubeadm:cluster-admins"]
        objects.append((.clusterRoleBinding, "", kubeadm))
        for (namespace, text) in [("kube-system", systemRoles), ("kube-public", publicRoles)] {
            for role in PolicyTable.roles(text) {
                objects.append(
                    (
                        .role, namespace,
                        [.metadata: metadata(role.name), .rules: .array(role.rules)]
                    ))
            }
        }
        objects += bindings.map { row in
            (.roleBinding, row.namespace, binding(row.name, "Role", row.role, row.subjects))
        }
        return objects
    }()

    // MARK: Objects

    /// Who has a role.
    private enum Subject {
        case user(String)
        case group(String)
        /// A service account of kube-system.
        case account(String)

        var value: Value {
            switch self {
            case .user(let name):
                [.apiGroup: "rbac.authorization.k8s.io", .kind: "User", .name: Value(name)]
            case .group(let name):
                [.apiGroup: "rbac.authorization.k8s.io", .kind: "Group", .name: Value(name)]
            case .account(let name):
                [.kind: "ServiceAccount", .name: Value(name), .namespace: "kube-system"]
            }
        }
    }

    private static func metadata(_ name: String) -> Value {
        [
            .annotations: ["rbac.authorization.kubernetes.io/autoupdate": "true"],
            .labels: ["kubernetes.io/bootstrapping": "rbac-defaults"], .name: Value(name),
        ]
    }

    private static func label(_ aggregation: String) -> Key {
        Key("rbac.authorization.k8s.io/aggregate-to-\(aggregation)")
    }

    private static func clusterRole(
        _ role: PolicyTable.Role, among all: [PolicyTable.Role]
    ) -> Value {
        var value: Value = [.metadata: metadata(role.name)]
        if let part = role.part { value[.metadata][.labels][label(part)] = "true" }
        if let whole = role.whole {
            value["aggregationRule"] = [
                "clusterRoleSelectors": [[.matchLabels: .object([label(whole): "true"])]]
            ]
        }
        value[.rules] = .array(rules(of: role, among: all))
        return value
    }

    /// The rules as the controller for aggregations has written them.
    private static func rules(
        of role: PolicyTable.Role, among all: [PolicyTable.Role]
    ) -> [Value] {
        guard let whole = role.whole else { return role.rules }
        var rules: [Value] = []
        for part in all.filter({ $0.part == whole }).sorted(by: { $0.name < $1.name }) {
            for rule in self.rules(of: part, among: all) where !rules.contains(rule) {
                rules.append(rule)
            }
        }
        return rules
    }

    private static func binding(
        _ name: String, _ kind: String, _ role: String, _ subjects: [Subject]
    ) -> Value {
        var value: Value = [
            .metadata: metadata(name),
            "roleRef": [
                .apiGroup: "rbac.authorization.k8s.io", .kind: Value(kind), .name: Value(role),
            ],
        ]
        if !subjects.isEmpty { value["subjects"] = .array(subjects.map(\.value)) }
        return value
    }

    // MARK: Facts

    /// ClusterRoleBindings have the name of their role.
    private static let clusterBindings: [(name: String, subjects: [Subject])] = [
        ("cluster-admin", [.group("system:masters")]),
        ("system:monitoring", [.group("system:monitoring")]),
        ("system:discovery", [.group("system:authenticated")]),
        ("system:basic-user", [.group("system:authenticated")]),
        (
            "system:public-info-viewer",
            [.group("system:authenticated"), .group("system:unauthenticated")]
        ),
        (
            "system:openshift:public-info-viewer",
            [.group("system:authenticated"), .group("system:unauthenticated")]
        ),
        ("system:node-proxier", [.user("system:kube-proxy")]),
        ("system:kube-controller-manager", [.user("system:kube-controller-manager")]),
        ("system:kube-dns", [.account("kube-dns")]),
        ("system:kube-scheduler", [.user("system:kube-scheduler")]),
        ("system:volume-scheduler", [.user("system:kube-scheduler")]),
        ("system:node", []),
        ("system:service-account-issuer-discovery", [.group("system:serviceaccounts")]),
    ]

    private static let systemRoles = """
        extension-apiserver-authentication-reader
          get,list,watch core configmaps extension-apiserver-authentication
        system:controller:bootstrap-signer
          get,list,watch core secrets
        system:controller:cloud-provider
          create,get,list,watch core configmaps
        system:controller:token-cleaner
          delete,get,list,watch core secrets
          create,patch,update core,events.k8s.io events
        system::leader-locking-kube-controller-manager
          create,get,list,update,watch coordination.k8s.io leases
          create,get,list,update,watch coordination.k8s.io leasecandidates
        system::leader-locking-kube-scheduler
          create,get,list,update,watch coordination.k8s.io leases
          create,get,list,update,watch coordination.k8s.io leasecandidates
        """

    private static let publicRoles = """
        system:controller:bootstrap-signer
          get,list,watch core configmaps
          update core configmaps cluster-info
          create,patch,update core,events.k8s.io events
        """

    /// A RoleBinding of the server's own.
    private struct Binding {
        let namespace: String
        let name: String
        let role: String
        let subjects: [Subject]

        init(
            _ name: String, _ subjects: [Subject], role: String? = nil,
            namespace: String = "kube-system"
        ) {
            self.namespace = namespace
            self.name = name
            self.role = role ?? name
            self.subjects = subjects
        }
    }

    private static let bindings: [Binding] = [
        Binding(
            "system::extension-apiserver-authentication-reader",
            [.user("system:kube-controller-manager"), .user("system:kube-scheduler")],
            role: "extension-apiserver-authentication-reader"),
        Binding(
            "system::leader-locking-kube-controller-manager",
            [
                .user("system:kube-controller-manager"), .account("kube-controller-manager"),
                .account("leader-election-controller"),
            ]),
        Binding(
            "system::leader-locking-kube-scheduler",
            [.user("system:kube-scheduler"), .account("kube-scheduler")]),
        Binding("system:controller:bootstrap-signer", [.account("bootstrap-signer")]),
        Binding("system:controller:cloud-provider", [.account("cloud-provider")]),
        Binding("system:controller:token-cleaner", [.account("token-cleaner")]),
        Binding(
            "system:controller:bootstrap-signer", [.account("bootstrap-signer")],
            namespace: "kube-public"),
    ]
}

extension APIServer {
    /// Makes the default roles and bindings, unless they were made: as if at time zero, but only when
    /// somebody asks for such objects or for what they allow.
    func establishPolicy() {
        guard !hasPolicy else { return }
        hasPolicy = true
        let asking = cause
        cause = Cause()
        defer { cause = asking }
        for row in DefaultPolicy.objects {
            install(row.kind, row.value, in: row.namespace, at: 0)
        }
    }
}

extension Kind {
    /// Whether objects of the kind say who may do what.
    var isPolicy: Bool {
        self == .role || self == .roleBinding || self == .clusterRole
            || self == .clusterRoleBinding
    }
}
