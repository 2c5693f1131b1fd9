/// The fields that name other objects, and those in which variables stand.
///
/// Source: kustomize, internal/konfig/builtinpluginconsts, namereference and varreference.
enum DefaultReferences {
    /// Where the kinds that make pods have the pod's spec.
    private static func podSpec(of kind: String) -> String {
        switch kind {
        case "Pod": "spec/"
        case "PodTemplate": "template/spec/"
        case "CronJob": "spec/jobTemplate/spec/template/spec/"
        default: "spec/template/spec/"
        }
    }

    /// The kinds whose volumes and environments are looked through.
    private static let configured = [
        "Pod", "PodTemplate", "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job",
        "CronJob",
    ]
    /// The kinds whose accounts, claims and priorities are looked at; ReplicaSets are not among them.
    private static let attached = [
        "Pod", "StatefulSet", "Deployment", "ReplicationController", "CronJob", "Job", "DaemonSet",
    ]

    private static func pods(_ kinds: [String], _ paths: [String]) -> [FieldSpec] {
        kinds.flatMap { kind in
            let type = TransformerConfig.kind(
                kind, version: kind == "Pod" && kinds.count == configured.count ? "v1" : "")
            return paths.map { FieldSpec(podSpec(of: kind) + $0, type) }
        }
    }

    private static func environment(_ source: String) -> [String] {
        ["containers", "initContainers"].flatMap {
            ["\($0)/env/valueFrom/\(source)KeyRef/name", "\($0)/envFrom/\(source)Ref/name"]
        }
    }

    private static func specs(_ kind: String, _ paths: String..., group: String = "") -> [FieldSpec]
    {
        paths.map { FieldSpec($0, TransformerConfig.kind(kind, group)) }
    }

    private static func reference(
        _ kind: String, _ group: String = "", version: String = "", fields: [FieldSpec]
    ) -> TransformerConfig.Reference {
        TransformerConfig.Reference(
            target: ResourceType(group: group, version: version, kind: kind), fields: fields)
    }

    /// In the order in which references are followed, that of the kinds they lead to.
    static let all: [TransformerConfig.Reference] = [
        reference("StorageClass", "storage.k8s.io", version: "v1", fields: storageClass),
        reference("ServiceAccount", version: "v1", fields: serviceAccount),
        reference("Role", rbac, fields: specs("RoleBinding", "roleRef/name", group: rbac)),
        reference(
            "ClusterRole", rbac,
            fields: specs("RoleBinding", "roleRef/name", group: rbac)
                + specs("ClusterRoleBinding", "roleRef/name", group: rbac)),
        reference("ConfigMap", version: "v1", fields: configMap),
        reference("Secret", version: "v1", fields: secret),
        reference("Service", version: "v1", fields: service),
        reference(
            "PriorityClass", "scheduling.k8s.io", version: "v1",
            fields: pods(attached, ["priorityClassName"])),
        reference(
            "PersistentVolume", version: "v1",
            fields: specs("PersistentVolumeClaim", "spec/volumeName")
                + specs("ClusterRole", "rules/resourceNames")),
        reference(
            "PersistentVolumeClaim", version: "v1",
            fields: pods(attached, ["volumes/persistentVolumeClaim/claimName"])),
        reference("Deployment", fields: scaled), reference("StatefulSet", fields: scaled),
        reference(
            "ValidatingAdmissionPolicy", "admissionregistration.k8s.io",
            fields: specs(
                "ValidatingAdmissionPolicyBinding", "spec/policyName",
                group: "admissionregistration.k8s.io")),
        reference("ReplicaSet", fields: scaled), reference("ReplicationController", fields: scaled),
    ]

    private static let rbac = "rbac.authorization.k8s.io"
    private static let scaled = specs("HorizontalPodAutoscaler", "spec/scaleTargetRef/name")
    private static let named =
        specs("Role", "rules/resourceNames") + specs("ClusterRole", "rules/resourceNames")

    private static let configMap =
        pods(
            configured,
            ["volumes/configMap/name"] + environment("configMap")
                + ["volumes/projected/sources/configMap/name"])
        + specs("Node", "spec/configSource/configMap") + named
        + specs(
            "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap"
        )

    private static let secret =
        pods(
            configured,
            ["volumes/secret/secretName"] + environment("secret")
                + ["imagePullSecrets/name", "volumes/projected/sources/secret/name"])
        + specs(
            "Ingress", "spec/tls/secretName",
            "metadata/annotations/ingress.kubernetes.io\\/auth-secret",
            "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret",
            "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret")
        + specs("ServiceAccount", "imagePullSecrets/name")
        + specs(
            "StorageClass", "parameters/secretName", "parameters/adminSecretName",
            "parameters/userSecretName", "parameters/secretRef")
        + named
        + [
            FieldSpec(
                "spec/template/spec/containers/env/valueFrom/secretKeyRef/name",
                TransformerConfig.kind("Service", "serving.knative.dev", version: "v1"))
        ] + specs("PersistentVolume", "spec/azureFile/secretName")

    private static let service =
        specs("StatefulSet", "spec/serviceName", group: "apps")
        + specs(
            "Ingress", "spec/rules/http/paths/backend/serviceName", "spec/backend/serviceName",
            "spec/rules/http/paths/backend/service/name", "spec/defaultBackend/service/name")
        + specs("APIService", "spec/service/name", group: "apiregistration.k8s.io")
        + ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].flatMap {
            specs($0, "webhooks/clientConfig/service", group: "admissionregistration.k8s.io")
        }

    private static let serviceAccount =
        specs("RoleBinding", "subjects", group: rbac)
        + specs("ClusterRoleBinding", "subjects", group: rbac)
        + pods(attached, ["serviceAccountName"])

    private static let storageClass =
        specs("PersistentVolume", "spec/storageClassName")
        + specs("PersistentVolumeClaim", "spec/storageClassName")
        + specs("StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName")

    /// The fields in which `$(NAME)` stands for a variable.
    static let variables: [FieldSpec] =
        ["CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "StatefulSet"].flatMap {
            kind in
            pods(
                [kind],
                ["containers", "initContainers"].flatMap { list in
                    ["args", "command", "env/value", "volumeMounts/mountPath"].map {
                        "\(list)/\($0)"
                    }
                })
        }
        + ["DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet"].flatMap {
            pods([$0], ["volumes/nfs/server"])
        }
        + specs("CronJob", "spec/jobTemplate/spec/template/volumes/nfs/server")
        + specs("Deployment", "spec/template/metadata/annotations")
        + specs("Ingress", "spec/rules/host", "spec/tls/hosts", "spec/tls/secretName")
        + specs("Service", "spec/ports/port", "spec/ports/targetPort")
        + specs("StatefulSet", "spec/volumeClaimTemplates/spec/nfs/server")
        + specs("PersistentVolume", "spec/nfs/server")
        + [FieldSpec("metadata/labels"), FieldSpec("metadata/annotations")]
}
