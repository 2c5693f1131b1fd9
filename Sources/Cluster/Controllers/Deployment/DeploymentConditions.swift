import Model
import Value

/// Types and reasons of a Deployment's conditions.
///
/// Origin: pkg/controller/deployment/util/deployment_util.go.
enum DeploymentConditions {
    static let progressing = "Progressing"
    static let available = "Available"
    static let replicaFailure = "ReplicaFailure"

    static let replicaSetUpdated = "ReplicaSetUpdated"
    static let failedCreate = "ReplicaSetCreateError"
    static let newReplicaSet = "NewReplicaSetCreated"
    static let foundNewReplicaSet = "FoundNewReplicaSet"
    static let newReplicaSetAvailable = "NewReplicaSetAvailable"
    static let timedOut = "ProgressDeadlineExceeded"
    static let paused = "DeploymentPaused"
    static let resumed = "DeploymentResumed"
    static let minimumAvailable = "MinimumReplicasAvailable"
    static let minimumUnavailable = "MinimumReplicasUnavailable"

    /// A condition whose times are both `now` (RFC 3339 text).
    static func make(
        _ type: String, _ status: String, _ reason: String, _ message: String, now: Value
    ) -> Condition {
        Condition([
            .lastTransitionTime: now, .lastUpdateTime: now, .message: Value(message),
            .reason: Value(reason), .status: Value(status), .type: Value(type),
        ])
    }
}
