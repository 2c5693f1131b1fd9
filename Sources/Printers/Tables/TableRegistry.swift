import Value

extension Table {
    /// The table of a kind, by its group ("" for the core group) and name ("Pod").
    package static func of(group: String, kind: String) -> Table {
        byKind[kind, default: [:]][group]
            ?? (isBuiltIn(group: group) ? .plain : .custom)
    }

    /// The table of an object, by its `apiVersion` and `kind`.
    package static func of(_ object: Value) -> Table {
        let reference = KindReference(of: object)
        return of(group: reference.group, kind: reference.kind)
    }

    /// The groups without a dot, and those below k8s.io, belong to the server itself.
    private static func isBuiltIn(group: String) -> Bool {
        !group.contains(".") || group.hasSuffix(".k8s.io")
    }

    // tidy: lists static let (\w+) = Table\( of Sources/Printers/Tables
    private static let byKind: [String: [String: Table]] = [
        "Pod": ["": .pod],
        "PodTemplate": ["": .podTemplate],
        "ReplicationController": ["": .replicationController],
        "ReplicaSet": ["apps": .replicaSet],
        "Deployment": ["apps": .deployment],
        "StatefulSet": ["apps": .statefulSet],
        "DaemonSet": ["apps": .daemonSet],
        "ControllerRevision": ["apps": .controllerRevision],
        "Job": ["batch": .job],
        "CronJob": ["batch": .cronJob],
        "HorizontalPodAutoscaler": ["autoscaling": .horizontalPodAutoscaler],
        "PodDisruptionBudget": ["policy": .podDisruptionBudget],
        "Service": ["": .service],
        "Endpoints": ["": .endpoints],
        "EndpointSlice": ["discovery.k8s.io": .endpointSlice],
        "Ingress": ["networking.k8s.io": .ingress],
        "IngressClass": ["networking.k8s.io": .ingressClass],
        "NetworkPolicy": ["networking.k8s.io": .networkPolicy],
        "Node": ["": .node],
        "Namespace": ["": .namespace],
        "Event": ["": .event, "events.k8s.io": .event],
        "ConfigMap": ["": .configMap],
        "Secret": ["": .secret],
        "ServiceAccount": ["": .serviceAccount],
        "ResourceQuota": ["": .resourceQuota],
        "ComponentStatus": ["": .componentStatus],
        "PersistentVolume": ["": .persistentVolume],
        "PersistentVolumeClaim": ["": .persistentVolumeClaim],
        "StorageClass": ["storage.k8s.io": .storageClass],
        "VolumeAttributesClass": ["storage.k8s.io": .volumeAttributesClass],
        "VolumeAttachment": ["storage.k8s.io": .volumeAttachment],
        "CSINode": ["storage.k8s.io": .csiNode],
        "CSIDriver": ["storage.k8s.io": .csiDriver],
        "CSIStorageCapacity": ["storage.k8s.io": .csiStorageCapacity],
        "PriorityClass": ["scheduling.k8s.io": .priorityClass],
        "RuntimeClass": ["node.k8s.io": .runtimeClass],
        "Lease": ["coordination.k8s.io": .lease],
        "RoleBinding": ["rbac.authorization.k8s.io": .roleBinding],
        "ClusterRoleBinding": ["rbac.authorization.k8s.io": .roleBinding],
        "CertificateSigningRequest": ["certificates.k8s.io": .certificateSigningRequest],
        "MutatingWebhookConfiguration": ["admissionregistration.k8s.io": .webhookConfiguration],
        "ValidatingWebhookConfiguration": ["admissionregistration.k8s.io": .webhookConfiguration],
    ]
}

/// Group and kind of an object, as `kubectl get` prefixes names with them.
package struct KindReference: Hashable, Sendable {
    /// "" for the core group.
    package let group: String
    /// "Deployment".
    package let kind: String

    /// The kind named `kind` in `group`.
    package init(group: String, kind: String) {
        self.group = group
        self.kind = kind
    }

    /// Read from `apiVersion` and `kind`.
    package init(of object: Value) {
        let version = object[.apiVersion].cellText
        if let slash = version.firstIndex(of: "/") {
            group = String(version[..<slash])
        } else {
            group = ""
        }
        kind = object[.kind].cellText
    }

    /// "deployment.apps", "pod".
    package var qualifiedName: String {
        (group.isEmpty ? kind : "\(kind).\(group)").lowercased()
    }
}
