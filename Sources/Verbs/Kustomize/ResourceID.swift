import Value

/// A group, version and kind, of which some may be left open where it selects.
struct ResourceType: Hashable {
    var group = ""
    var version = ""
    var kind = ""

    init(group: String = "", version: String = "", kind: String = "") {
        self.group = group
        self.version = version
        self.kind = kind
    }

    init(apiVersion: String, kind: String) {
        if let slash = apiVersion.firstIndex(of: "/") {
            group = String(apiVersion[..<slash])
            version = String(apiVersion[apiVersion.index(after: slash)...])
        } else {
            version = apiVersion
        }
        self.kind = kind
    }

    /// The type that fields of a kustomization name.
    init(fields: Value) {
        self.init(
            group: fields.text("group"), version: fields.text("version"), kind: fields.text("kind"))
    }

    /// Whether it is what `selector` asks for: what is empty there selects everything.
    func isSelected(by selector: ResourceType) -> Bool {
        (selector.group.isEmpty || selector.group == group)
            && (selector.version.isEmpty || selector.version == version)
            && (selector.kind.isEmpty || selector.kind == kind)
    }

    /// `Deployment.v1.apps`, `ConfigMap.v1.[noGrp]`.
    var text: String {
        [
            kind.isEmpty ? "[noKind]" : kind, version.isEmpty ? "[noVer]" : version,
            group.isEmpty ? "[noGrp]" : group,
        ].joined(separator: ".")
    }

    /// By which types are ordered that have no place of their own.
    var sortText: String {
        [
            group.isEmpty ? "~G" : group, version.isEmpty ? "~V" : version,
            kind.isEmpty ? "~K" : kind,
        ].joined(separator: "_")
    }

    /// Whether Kustomize takes objects of the type to be outside of namespaces: it knows the kinds of
    /// Kubernetes 1.21, whatever the cluster serves. Source: kyaml, openapi.IsCertainlyClusterScoped.
    var isClusterScoped: Bool { Self.clusterScoped[kind]?.contains(group + "/" + version) ?? false }

    private static let clusterScoped: [String: Set<String>] = {
        let rows: [(versions: [String], kinds: [String])] = [
            (
                ["admissionregistration.k8s.io/v1", "admissionregistration.k8s.io/v1beta1"],
                ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]
            ),
            (
                ["apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1"],
                ["CustomResourceDefinition"]
            ),
            (["apiregistration.k8s.io/v1", "apiregistration.k8s.io/v1beta1"], ["APIService"]),
            (
                ["certificates.k8s.io/v1", "certificates.k8s.io/v1beta1"],
                ["CertificateSigningRequest"]
            ),
            (
                [
                    "flowcontrol.apiserver.k8s.io/v1alpha1",
                    "flowcontrol.apiserver.k8s.io/v1beta1",
                ], ["FlowSchema", "PriorityLevelConfiguration"]
            ),
            (
                ["internal.apiserver.k8s.io/v1alpha1"], ["StorageVersion"]
            ),
            (["networking.k8s.io/v1", "networking.k8s.io/v1beta1"], ["IngressClass"]),
            (
                ["node.k8s.io/v1", "node.k8s.io/v1alpha1", "node.k8s.io/v1beta1"],
                ["RuntimeClass"]
            ),
            (["policy/v1beta1"], ["PodSecurityPolicy"]),
            (
                [
                    "rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1alpha1",
                    "rbac.authorization.k8s.io/v1beta1",
                ], ["ClusterRole", "ClusterRoleBinding"]
            ),
            (
                [
                    "scheduling.k8s.io/v1", "scheduling.k8s.io/v1alpha1",
                    "scheduling.k8s.io/v1beta1",
                ], ["PriorityClass"]
            ),
            (
                ["storage.k8s.io/v1", "storage.k8s.io/v1beta1"],
                ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"]
            ),
            (["storage.k8s.io/v1alpha1"], ["VolumeAttachment"]),
            (
                ["/v1"],
                ["ComponentStatus", "Namespace", "Node", "NodeProxyOptions", "PersistentVolume"]
            ),
        ]
        var result: [String: Set<String>] = [:]
        for row in rows {
            for kind in row.kinds { result[kind, default: []].formUnion(row.versions) }
        }
        return result
    }()
}

/// What a resource of a kustomization is known by: its type, name and namespace.
struct ResourceID: Hashable {
    var type: ResourceType
    var name: String
    /// As it is written: empty for none.
    var namespace: String
    /// The namespace it counts as: that of none is `default`.
    let effectiveNamespace: String

    static let noNamespace = "_non_namespaceable_"

    init(_ type: ResourceType, name: String, namespace: String, isKnownScope: Bool = true) {
        self.type = type
        self.name = name
        self.namespace = namespace
        if isKnownScope, type.isClusterScoped {
            effectiveNamespace = Self.noNamespace
        } else {
            effectiveNamespace = namespace.isEmpty ? "default" : namespace
        }
    }

    var isClusterScoped: Bool { effectiveNamespace == Self.noNamespace }

    static func == (left: ResourceID, right: ResourceID) -> Bool {
        left.name == right.name && left.type == right.type
            && left.effectiveNamespace == right.effectiveNamespace
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(name)
        hasher.combine(effectiveNamespace)
    }

    /// `ConfigMap.v1.[noGrp]/settings.[noNs]`.
    var text: String {
        "\(type.text)/\(name.isEmpty ? "[noName]" : name).\(namespace.isEmpty ? "[noNs]" : namespace)"
    }
}
