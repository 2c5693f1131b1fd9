import Model

/// The strategies of the built-in kinds that have one of their own.
enum StrategyRegistry {
    // tidy: lists static let (\w+) = KindStrategy\( of Sources/Cluster/API/Strategies
    static let rows: [Kind: KindStrategy] = [
        .pod: .pod,
        .namespace: .namespace,
        .node: .node,
        .service: .service,
        .endpoints: .endpoints,
        .endpointSlice: .endpointSlice,
        .configMap: .configMap,
        .secret: .secret,
        .resourceQuota: .resourceQuota,
        .persistentVolume: .persistentVolume,
        .persistentVolumeClaim: .persistentVolumeClaim,
        .replicationController: .replicationController,
        .replicaSet: .replicaSet,
        .deployment: .deployment,
        .statefulSet: .statefulSet,
        .daemonSet: .daemonSet,
        .job: .job,
        .cronJob: .cronJob,
        .horizontalPodAutoscaler: .horizontalPodAutoscaler,
        .podDisruptionBudget: .podDisruptionBudget,
        .customResourceDefinition: .customResourceDefinition,
        .certificateSigningRequest: .certificateSigningRequest,
        .mutatingWebhookConfiguration: .webhookConfiguration,
        .validatingWebhookConfiguration: .webhookConfiguration,
        .validatingAdmissionPolicy: .admissionPolicy,
        .mutatingAdmissionPolicy: .admissionPolicy,
    ]
}
