/// The processes of a cluster and what runs in them: the one place where components are listed.
enum ComponentRegistry {
    /// The process in which a component runs; its components share a view.
    enum Process: String, CaseIterable, Sendable {
        case controllerManager = "controller-manager"
        case scheduler = "scheduler"
        case kubelet = "kubelet"
    }

    /// A component: its process and how it is made.
    struct Row: Sendable {
        let process: Process
        let make: @Sendable () -> Component
    }

    // tidy: lists final class (\w+): (?:\w*Controller|EndpointWriter)\b of Sources/Cluster/Controllers

    /// In the order in which they are started and told of changes.
    static let all: [Row] = [
        Row(process: .controllerManager) { NamespaceController() },
        Row(process: .controllerManager) { CustomResourceNamesController() },
        Row(process: .controllerManager) { CustomResourceCleanupController() },
        Row(process: .controllerManager) { PolicyStatusController() },
        Row(process: .controllerManager) { APIServiceController() },
        Row(process: .controllerManager) { FlowSchemaController() },
        Row(process: .controllerManager) { RoleAggregationController() },
        Row(process: .controllerManager) { ServiceCIDRController() },
        Row(process: .controllerManager) { ServiceAccountController() },
        Row(process: .controllerManager) { RootCertificatePublisher() },
        Row(process: .controllerManager) { GarbageCollector() },
        Row(process: .controllerManager) { ResourceQuotaController() },
        Row(process: .controllerManager) { ClaimProtectionController() },
        Row(process: .controllerManager) { VolumeProtectionController() },
        Row(process: .controllerManager) { PersistentVolumeController() },
        Row(process: .controllerManager) { VolumeProvisioner() },
        Row(process: .controllerManager) { VolumeExpansionController() },
        Row(process: .controllerManager) { KubernetesServiceController() },
        Row(process: .controllerManager) { EndpointsController() },
        Row(process: .controllerManager) { EndpointSliceController() },
        Row(process: .controllerManager) { EndpointSliceMirroringController() },
        Row(process: .controllerManager) { NodeLifecycleController() },
        Row(process: .controllerManager) { TaintEvictionController() },
        Row(process: .controllerManager) { PodGarbageCollector() },
        Row(process: .controllerManager) { ReplicaSetController(kind: .replicaSet) },
        Row(process: .controllerManager) { ReplicaSetController(kind: .replicationController) },
        Row(process: .controllerManager) { DeploymentController() },
        Row(process: .controllerManager) { DaemonSetController() },
        Row(process: .controllerManager) { StatefulSetController() },
        Row(process: .controllerManager) { DisruptionBudgetController() },
        Row(process: .controllerManager) { JobController() },
        Row(process: .controllerManager) { CronJobController() },
        Row(process: .controllerManager) { HorizontalPodAutoscalerController() },
        Row(process: .controllerManager) { TTLAfterFinishedController() },
        Row(process: .controllerManager) { ScriptedOperator() },
        Row(process: .scheduler) { Scheduler() },
        Row(process: .kubelet) { Kubelet() },
    ]
}
