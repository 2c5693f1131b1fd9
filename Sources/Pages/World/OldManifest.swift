import Value

/// A manifest in an apiVersion that is gone, brought to the one that is served: what a reader has to do.
struct OldManifest {
    /// The text that can be applied.
    let text: String
    /// What was done, as words for the page.
    let remarks: [String]

    private struct Successor {
        let old: String
        let kinds: Set<String>
        let new: String
        let goneSince: String
    }

    /// Source: the deprecated API migration guide of Kubernetes; versions in which an API is no longer served.
    private static let successors: [Successor] = [
        Successor(
            old: "extensions/v1beta1", kinds: ["Deployment", "DaemonSet", "ReplicaSet"],
            new: "apps/v1",
            goneSince: "1.16"),
        Successor(
            old: "extensions/v1beta1", kinds: ["NetworkPolicy", "Ingress"],
            new: "networking.k8s.io/v1",
            goneSince: "1.22"),
        Successor(
            old: "networking.k8s.io/v1beta1", kinds: ["Ingress", "IngressClass"],
            new: "networking.k8s.io/v1", goneSince: "1.22"),
        Successor(
            old: "coordination.k8s.io/v1beta1", kinds: ["Lease"], new: "coordination.k8s.io/v1",
            goneSince: "1.22"),
        Successor(
            old: "node.k8s.io/v1beta1", kinds: ["RuntimeClass"], new: "node.k8s.io/v1",
            goneSince: "1.25"),
        Successor(
            old: "apps/v1beta1", kinds: ["Deployment", "StatefulSet"], new: "apps/v1",
            goneSince: "1.16"),
        Successor(
            old: "apps/v1beta2", kinds: ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
            new: "apps/v1", goneSince: "1.16"),
        Successor(old: "batch/v1beta1", kinds: ["CronJob"], new: "batch/v1", goneSince: "1.25"),
        Successor(old: "batch/v2alpha1", kinds: ["CronJob"], new: "batch/v1", goneSince: "1.21"),
        Successor(
            old: "policy/v1beta1", kinds: ["PodDisruptionBudget"], new: "policy/v1",
            goneSince: "1.25"),
        Successor(
            old: "autoscaling/v2beta1", kinds: ["HorizontalPodAutoscaler"], new: "autoscaling/v2",
            goneSince: "1.25"),
        Successor(
            old: "autoscaling/v2beta2", kinds: ["HorizontalPodAutoscaler"], new: "autoscaling/v2",
            goneSince: "1.26"),
        Successor(
            old: "storage.k8s.io/v1beta1", kinds: ["StorageClass"], new: "storage.k8s.io/v1",
            goneSince: "1.22"),
        Successor(
            old: "scheduling.k8s.io/v1beta1", kinds: ["PriorityClass"], new: "scheduling.k8s.io/v1",
            goneSince: "1.22"),
        Successor(
            old: "scheduling.k8s.io/v1alpha1", kinds: ["PriorityClass"],
            new: "scheduling.k8s.io/v1",
            goneSince: "1.17"),
        Successor(
            old: "rbac.authorization.k8s.io/v1beta1",
            kinds: ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
            new: "rbac.authorization.k8s.io/v1", goneSince: "1.22"),
    ]

    /// Kinds of versions that are gone whose successor is written otherwise, or that have none.
    private static let removed: [(version: String, kinds: Set<String>, goneSince: String)] = [
        ("extensions/v1beta1", ["PodSecurityPolicy"], "1.16"),
        ("policy/v1beta1", ["PodSecurityPolicy"], "1.25"),
        ("apiextensions.k8s.io/v1beta1", ["CustomResourceDefinition"], "1.22"),
        (
            "admissionregistration.k8s.io/v1beta1",
            ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"], "1.22"
        ),
        ("apiregistration.k8s.io/v1beta1", ["APIService"], "1.22"),
        ("certificates.k8s.io/v1beta1", ["CertificateSigningRequest"], "1.22"),
        ("discovery.k8s.io/v1beta1", ["EndpointSlice"], "1.25"),
        ("events.k8s.io/v1beta1", ["Event"], "1.25"),
        (
            "flowcontrol.apiserver.k8s.io/v1beta1", ["FlowSchema", "PriorityLevelConfiguration"],
            "1.26"
        ),
        (
            "flowcontrol.apiserver.k8s.io/v1beta2", ["FlowSchema", "PriorityLevelConfiguration"],
            "1.29"
        ),
        (
            "flowcontrol.apiserver.k8s.io/v1beta3", ["FlowSchema", "PriorityLevelConfiguration"],
            "1.32"
        ),
    ]

    /// The version of Kubernetes that no longer serves a kind in a version; nil where none has served it so.
    static func goneSince(_ kind: String, in version: String) -> String? {
        successors.first { $0.old == version && $0.kinds.contains(kind) }?.goneSince
            ?? removed.first { $0.version == version && $0.kinds.contains(kind) }?.goneSince
    }

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var parts: [[String]] = [[]]
        for line in lines {
            if line.hasPrefix("---") { parts.append([]) }
            parts[parts.count - 1].append(line)
        }
        var remarks: [String] = []
        self.text = parts.map { part in
            let (mended, found) = Self.mended(part)
            remarks += found
            return mended.joined(separator: "\n")
        }.joined(separator: "\n")
        self.remarks = remarks
    }

    private static func value(_ key: String, _ lines: [String]) -> String? {
        lines.first { $0.hasPrefix(key) }.map {
            PageText.trimmed($0.dropFirst(key.count).prefix { $0 != "#" }).trimmingQuotes
        }
    }

    private static func mended(_ lines: [String]) -> ([String], [String]) {
        guard let version = value("apiVersion:", lines), let kind = value("kind:", lines),
            let successor = successors.first(where: { $0.old == version && $0.kinds.contains(kind) }
            )
        else { return (lines, []) }
        var remarks = [
            "\(version) has served no \(kind) since Kubernetes \(successor.goneSince); "
                + "this run goes on with \(successor.new)"
        ]
        var result = lines.map { line in
            line.hasPrefix("apiVersion:") ? "apiVersion: \(successor.new)" : line
        }
        if successor.new == "apps/v1", !result.contains(where: { $0.hasPrefix("  selector:") }),
            let selector = selector(result)
        {
            let place = result.firstIndex { $0.hasPrefix("spec:") } ?? result.count - 1
            result.insert(contentsOf: selector, at: place + 1)
            remarks.append(
                "apps/v1 wants a selector, which the manifest lacks; the template's labels serve")
        }
        if kind == "Ingress", let ingress = OldIngress(result) {
            result = ingress.lines
            remarks.append(
                "networking.k8s.io/v1 writes `service: {name, port}` for a backend and wants a pathType"
            )
        }
        return (result, remarks)
    }

    /// A selector of the labels of the template.
    private static func selector(_ lines: [String]) -> [String]? {
        guard let object = ManifestText.objects(lines.joined(separator: "\n")).first else {
            return nil
        }
        let labels = object[.spec][.template][.metadata][.labels]
        guard case .object(let pairs) = labels, object[.spec][.selector].isNull else { return nil }
        let indent =
            lines.first { $0.hasPrefix(" ") && !PageText.isBlank($0) }
            .map { String($0.prefix { $0 == " " }) } ?? "  "
        var result = ["\(indent)selector:", "\(indent)\(indent)matchLabels:"]
        for pair in pairs {
            result.append("\(indent)\(indent)\(indent)\(pair.key): \"\(pair.value.string ?? "")\"")
        }
        return result
    }
}
