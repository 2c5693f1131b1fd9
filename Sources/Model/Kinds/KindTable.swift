/// The built-in kinds that Kubernetes 1.32 serves by default, in the order of `kubectl api-resources`
/// (by group, then by plural), which is also the order of ``Kind/id``.
enum KindTable {
    static let builtIn: [KindInfo] = [
        KindInfo(
            kind: .binding, name: "Binding", plural: "bindings", group: "", verbs: ["create"],
            rootType: "core.v1.Binding"),
        KindInfo(
            kind: .componentStatus, name: "ComponentStatus", plural: "componentstatuses",
            shortNames: ["cs"], group: "", isNamespaced: false, verbs: ["get", "list"],
            rootType: "core.v1.ComponentStatus"),
        KindInfo(
            kind: .configMap, name: "ConfigMap", plural: "configmaps", shortNames: ["cm"],
            group: "", rootType: "core.v1.ConfigMap"),
        KindInfo(
            kind: .endpoints, name: "Endpoints", plural: "endpoints", shortNames: ["ep"], group: "",
            rootType: "core.v1.Endpoints"),
        KindInfo(
            kind: .event, name: "Event", plural: "events", shortNames: ["ev"], group: "",
            otherVersions: ["events.k8s.io/v1"], rootType: "core.v1.Event"),
        KindInfo(
            kind: .limitRange, name: "LimitRange", plural: "limitranges", shortNames: ["limits"],
            group: "", rootType: "core.v1.LimitRange"),
        KindInfo(
            kind: .namespace, name: "Namespace", plural: "namespaces", shortNames: ["ns"],
            group: "", isNamespaced: false,
            verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
            subresources: ["finalize", "status"], rootType: "core.v1.Namespace"),
        KindInfo(
            kind: .node, name: "Node", plural: "nodes", shortNames: ["no"], group: "",
            isNamespaced: false, subresources: ["proxy", "status"], rootType: "core.v1.Node"),
        KindInfo(
            kind: .persistentVolumeClaim, name: "PersistentVolumeClaim",
            plural: "persistentvolumeclaims", shortNames: ["pvc"], group: "",
            subresources: ["status"], rootType: "core.v1.PersistentVolumeClaim"),
        KindInfo(
            kind: .persistentVolume, name: "PersistentVolume", plural: "persistentvolumes",
            shortNames: ["pv"], group: "", isNamespaced: false, subresources: ["status"],
            rootType: "core.v1.PersistentVolume"),
        KindInfo(
            kind: .pod, name: "Pod", plural: "pods", shortNames: ["po"], group: "",
            categories: ["all"],
            subresources: [
                "attach", "binding", "ephemeralcontainers", "eviction", "exec", "log",
                "portforward", "proxy", "status",
            ], rootType: "core.v1.Pod"),
        KindInfo(
            kind: .podTemplate, name: "PodTemplate", plural: "podtemplates", group: "",
            rootType: "core.v1.PodTemplate"),
        KindInfo(
            kind: .replicationController, name: "ReplicationController",
            plural: "replicationcontrollers", shortNames: ["rc"], group: "", categories: ["all"],
            subresources: ["scale", "status"], rootType: "core.v1.ReplicationController"),
        KindInfo(
            kind: .resourceQuota, name: "ResourceQuota", plural: "resourcequotas",
            shortNames: ["quota"], group: "", subresources: ["status"],
            rootType: "core.v1.ResourceQuota"),
        KindInfo(
            kind: .secret, name: "Secret", plural: "secrets", group: "", rootType: "core.v1.Secret"),
        KindInfo(
            kind: .serviceAccount, name: "ServiceAccount", plural: "serviceaccounts",
            shortNames: ["sa"], group: "", subresources: ["token"],
            rootType: "core.v1.ServiceAccount"),
        KindInfo(
            kind: .service, name: "Service", plural: "services", shortNames: ["svc"], group: "",
            categories: ["all"], subresources: ["proxy", "status"], rootType: "core.v1.Service"),
        KindInfo(
            kind: .customResourceDefinition, name: "CustomResourceDefinition",
            plural: "customresourcedefinitions", shortNames: ["crd", "crds"],
            group: "apiextensions.k8s.io", isNamespaced: false, categories: ["api-extensions"],
            subresources: ["status"], rootType: "apiextensions.v1.CustomResourceDefinition"),
        KindInfo(
            kind: .controllerRevision, name: "ControllerRevision", plural: "controllerrevisions",
            group: "apps", rootType: "apps.v1.ControllerRevision"),
        KindInfo(
            kind: .daemonSet, name: "DaemonSet", plural: "daemonsets", shortNames: ["ds"],
            group: "apps", categories: ["all"], subresources: ["status"],
            rootType: "apps.v1.DaemonSet"),
        KindInfo(
            kind: .deployment, name: "Deployment", plural: "deployments", shortNames: ["deploy"],
            group: "apps", categories: ["all"], subresources: ["scale", "status"],
            rootType: "apps.v1.Deployment"),
        KindInfo(
            kind: .replicaSet, name: "ReplicaSet", plural: "replicasets", shortNames: ["rs"],
            group: "apps", categories: ["all"], subresources: ["scale", "status"],
            rootType: "apps.v1.ReplicaSet"),
        KindInfo(
            kind: .statefulSet, name: "StatefulSet", plural: "statefulsets", shortNames: ["sts"],
            group: "apps", categories: ["all"], subresources: ["scale", "status"],
            rootType: "apps.v1.StatefulSet"),
        KindInfo(
            kind: .horizontalPodAutoscaler, name: "HorizontalPodAutoscaler",
            plural: "horizontalpodautoscalers", shortNames: ["hpa"], group: "autoscaling",
            version: "v2", otherVersions: ["autoscaling/v1"], categories: ["all"],
            subresources: ["status"], rootType: "autoscaling.v2.HorizontalPodAutoscaler"),
        KindInfo(
            kind: .cronJob, name: "CronJob", plural: "cronjobs", shortNames: ["cj"], group: "batch",
            categories: ["all"], subresources: ["status"], rootType: "batch.v1.CronJob"),
        KindInfo(
            kind: .job, name: "Job", plural: "jobs", group: "batch", categories: ["all"],
            subresources: ["status"], rootType: "batch.v1.Job"),
        KindInfo(
            kind: .lease, name: "Lease", plural: "leases", group: "coordination.k8s.io",
            rootType: "coordination.v1.Lease"),
        KindInfo(
            kind: .endpointSlice, name: "EndpointSlice", plural: "endpointslices",
            group: "discovery.k8s.io", rootType: "discovery.v1.EndpointSlice"),
        KindInfo(
            kind: .ingressClass, name: "IngressClass", plural: "ingressclasses",
            group: "networking.k8s.io", isNamespaced: false, rootType: "networking.v1.IngressClass"),
        KindInfo(
            kind: .ingress, name: "Ingress", plural: "ingresses", shortNames: ["ing"],
            group: "networking.k8s.io", subresources: ["status"], rootType: "networking.v1.Ingress"),
        KindInfo(
            kind: .networkPolicy, name: "NetworkPolicy", plural: "networkpolicies",
            shortNames: ["netpol"], group: "networking.k8s.io",
            rootType: "networking.v1.NetworkPolicy"),
        KindInfo(
            kind: .runtimeClass, name: "RuntimeClass", plural: "runtimeclasses",
            group: "node.k8s.io", isNamespaced: false, rootType: "node.v1.RuntimeClass"),
        KindInfo(
            kind: .podDisruptionBudget, name: "PodDisruptionBudget", plural: "poddisruptionbudgets",
            shortNames: ["pdb"], group: "policy", subresources: ["status"],
            rootType: "policy.v1.PodDisruptionBudget"),
        KindInfo(
            kind: .clusterRoleBinding, name: "ClusterRoleBinding", plural: "clusterrolebindings",
            group: "rbac.authorization.k8s.io", isNamespaced: false,
            rootType: "rbac.v1.ClusterRoleBinding"),
        KindInfo(
            kind: .clusterRole, name: "ClusterRole", plural: "clusterroles",
            group: "rbac.authorization.k8s.io", isNamespaced: false, rootType: "rbac.v1.ClusterRole"
        ),
        KindInfo(
            kind: .roleBinding, name: "RoleBinding", plural: "rolebindings",
            group: "rbac.authorization.k8s.io", rootType: "rbac.v1.RoleBinding"),
        KindInfo(
            kind: .role, name: "Role", plural: "roles", group: "rbac.authorization.k8s.io",
            rootType: "rbac.v1.Role"),
        KindInfo(
            kind: .priorityClass, name: "PriorityClass", plural: "priorityclasses",
            shortNames: ["pc"], group: "scheduling.k8s.io", isNamespaced: false,
            rootType: "scheduling.v1.PriorityClass"),
        KindInfo(
            kind: .csiDriver, name: "CSIDriver", plural: "csidrivers", group: "storage.k8s.io",
            isNamespaced: false, rootType: "storage.v1.CSIDriver"),
        KindInfo(
            kind: .csiNode, name: "CSINode", plural: "csinodes", group: "storage.k8s.io",
            isNamespaced: false, rootType: "storage.v1.CSINode"),
        KindInfo(
            kind: .csiStorageCapacity, name: "CSIStorageCapacity", plural: "csistoragecapacities",
            group: "storage.k8s.io", rootType: "storage.v1.CSIStorageCapacity"),
        KindInfo(
            kind: .storageClass, name: "StorageClass", plural: "storageclasses", shortNames: ["sc"],
            group: "storage.k8s.io", isNamespaced: false, rootType: "storage.v1.StorageClass"),
        KindInfo(
            kind: .volumeAttachment, name: "VolumeAttachment", plural: "volumeattachments",
            group: "storage.k8s.io", isNamespaced: false, subresources: ["status"],
            rootType: "storage.v1.VolumeAttachment"),
    ]
}
