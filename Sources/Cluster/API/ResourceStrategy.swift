import API
import Model
import Support
import Value

/// What the API server does alike for all kinds except for these few rules per kind.
///
/// Source: the `strategy.go` of each resource in upstream's registry.
struct ResourceStrategy {
    /// Whether `metadata.generation` counts changes of the spec.
    let hasGeneration: Bool
    /// Whether a plain update leaves `status` alone.
    let hasStatus: Bool
    /// What happens to dependents when a deletion does not say (batch/v1 Jobs and
    /// ReplicationControllers orphan theirs for backward compatibility).
    let defaultPropagation: Propagation
    /// The fields besides metadata and status whose change counts as one of the spec.
    let specKeys: [Key]
    /// The status of a new object.
    let initialStatus: Value
    /// `apiVersion` and `kind` of objects, shared by all.
    let apiVersion: Value
    let kindName: Value

    /// The rules of `info`'s kind.
    init(_ info: KindDescriptor) {
        let kind = info.kind
        hasGeneration = info.hasGeneration
        hasStatus = info.hasStatusSubresource
        defaultPropagation = kind == .job || kind == .replicationController ? .orphan : .background
        specKeys = kind == .endpointSlice ? [.endpoints, .ports, .addressType] : [.spec]
        apiVersion = Value(info.apiVersion)
        kindName = Value(info.name)
        initialStatus = Self.initialStatuses[kind] ?? .null
    }

    private static let initialStatuses: [Kind: Value] = [
        .namespace: [.phase: "Active"], .pod: [.phase: "Pending"],
        .persistentVolume: [.phase: "Pending"], .persistentVolumeClaim: [.phase: "Pending"],
        .service: [.loadBalancer: .emptyObject], .replicaSet: [.replicas: 0],
        .replicationController: [.replicas: 0], .deployment: .emptyObject,
        .statefulSet: [.availableReplicas: 0, .replicas: 0],
        .daemonSet: [
            .currentNumberScheduled: 0, .desiredNumberScheduled: 0, .numberMisscheduled: 0,
            .numberReady: 0,
        ], .job: .emptyObject, .cronJob: .emptyObject,
        .podDisruptionBudget: [
            .currentHealthy: 0, .desiredHealthy: 0, .disruptionsAllowed: 0, .expectedPods: 0,
        ], .horizontalPodAutoscaler: newAutoscalerStatus,
    ]

    /// Go cannot omit the list of metrics: without any it is null.
    private static let newAutoscalerStatus: Value = {
        var status = Object()
        status.append(.currentMetrics, .null)
        status.append(.desiredReplicas, 0)
        return .object(status)
    }()
}
