extension KindDescriptor {
    // tidy: lists static func (\w+)\(_ kind: Kind\) -> KindDescriptor of Sources/Model/Kinds

    /// The kinds that Kubernetes 1.36 serves by default and those that we add, in the order of
    /// `kubectl api-resources` (by group, then by plural; a test says where one is out of place). A
    /// kind's place is its ``Kind/id``: run `drydock-dev regenerate` after a change.
    static let rows: [@Sendable (Kind) -> KindDescriptor] = [
        // core
        binding, componentStatus, configMap, endpoints, event, limitRange, namespace, node,
        persistentVolumeClaim, persistentVolume, pod, podTemplate, replicationController,
        resourceQuota, secret, serviceAccount, service,
        // admissionregistration.k8s.io
        mutatingAdmissionPolicy, mutatingAdmissionPolicyBinding, mutatingWebhookConfiguration,
        validatingAdmissionPolicy, validatingAdmissionPolicyBinding,
        validatingWebhookConfiguration,
        // apiextensions.k8s.io
        customResourceDefinition,
        // apiregistration.k8s.io
        apiService,
        // apps
        controllerRevision, daemonSet, deployment, replicaSet, statefulSet,
        // autoscaling
        horizontalPodAutoscaler,
        // batch
        cronJob, job,
        // certificates.k8s.io
        certificateSigningRequest,
        // coordination.k8s.io
        lease,
        // discovery.k8s.io
        endpointSlice,
        // flowcontrol.apiserver.k8s.io
        flowSchema, priorityLevelConfiguration,
        // networking.k8s.io
        ingressClass, ingress, ipAddress, networkPolicy, serviceCIDR,
        // node.k8s.io
        runtimeClass,
        // policy
        podDisruptionBudget,
        // rbac.authorization.k8s.io
        clusterRoleBinding, clusterRole, roleBinding, role,
        // resource.k8s.io
        deviceClass, resourceClaim, resourceClaimTemplate, resourceSlice,
        // scheduling.k8s.io
        priorityClass,
        // storage.k8s.io
        csiDriver, csiNode, csiStorageCapacity, storageClass, volumeAttachment,
        volumeAttributesClass,
    ]

    /// Further versions of built-in kinds, which are ``Kind``s without a name of their own.
    static let furtherVersions: [@Sendable (Kind) -> KindDescriptor] = [
        horizontalPodAutoscalerV1, eventOfEventsGroup,
    ]

    /// The descriptors of the built-in kinds, by ``Kind/id``.
    static let builtIn: [KindDescriptor] = (rows + furtherVersions).enumerated().map {
        place, make in make(Kind(id: UInt16(place)))
    }
}
