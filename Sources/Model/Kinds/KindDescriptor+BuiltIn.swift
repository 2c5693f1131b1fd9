extension KindDescriptor {
    // tidy: lists static func (\w+)\(_ kind: Kind\) -> KindDescriptor of Sources/Model/Kinds

    /// The kinds that Kubernetes 1.32 serves by default and those that we add, in the order of
    /// `kubectl api-resources` (by group, then by plural; a test says where one is out of place). A
    /// kind's place is its ``Kind/id``: run `drydock-dev regenerate` after a change.
    static let rows: [@Sendable (Kind) -> KindDescriptor] = [
        // core
        binding, componentStatus, configMap, endpoints, event, limitRange, namespace, node,
        persistentVolumeClaim, persistentVolume, pod, podTemplate, replicationController,
        resourceQuota, secret, serviceAccount, service,
        // apiextensions.k8s.io
        customResourceDefinition,
        // apps
        controllerRevision, daemonSet, deployment, replicaSet, statefulSet,
        // autoscaling
        horizontalPodAutoscaler,
        // batch
        cronJob, job,
        // coordination.k8s.io
        lease,
        // discovery.k8s.io
        endpointSlice,
        // networking.k8s.io
        ingressClass, ingress, networkPolicy,
        // node.k8s.io
        runtimeClass,
        // policy
        podDisruptionBudget,
        // rbac.authorization.k8s.io
        clusterRoleBinding, clusterRole, roleBinding, role,
        // scheduling.k8s.io
        priorityClass,
        // storage.k8s.io
        csiDriver, csiNode, csiStorageCapacity, storageClass, volumeAttachment,
    ]

    /// The descriptors of the built-in kinds, by ``Kind/id``.
    static let builtIn: [KindDescriptor] = rows.enumerated().map { place, make in
        make(Kind(id: UInt16(place)))
    }
}
