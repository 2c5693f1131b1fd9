import Model
import Value

extension KindStrategy {
    /// Orphans its pods where nobody says, as core/v1 always did.
    static let replicationController = with { strategy in
        strategy.initialStatus = [.replicas: 0]
        strategy.defaultPropagation = .orphan
        strategy.quota = .named("replicationcontrollers")
    }

    static let replicaSet = KindStrategy(initialStatus: [.replicas: 0])

    /// Annotations of a Deployment are for its ReplicaSets, too: a change of them is observed like one
    /// of the spec (deploymentStrategy.PrepareForUpdate).
    static let deployment = with { strategy in
        strategy.initialStatus = .emptyObject
        strategy.countsAnnotations = true
    }

    static let podDisruptionBudget = KindStrategy(initialStatus: [
        .currentHealthy: 0, .desiredHealthy: 0, .disruptionsAllowed: 0, .expectedPods: 0,
    ])

    static let horizontalPodAutoscaler = with { strategy in
        // Go cannot omit the list of metrics: without any it is null.
        var status = Object()
        status.append(.currentMetrics, .null)
        status.append(.desiredReplicas, 0)
        strategy.initialStatus = .object(status)
    }
}
