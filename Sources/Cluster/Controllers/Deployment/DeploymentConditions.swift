import Model
import Value

/// Types, reasons and rules of a Deployment's conditions.
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
    ) -> Value {
        [
            .lastTransitionTime: now, .lastUpdateTime: now, .message: Value(message),
            .reason: Value(reason), .status: Value(status), .type: Value(type),
        ]
    }

    /// The condition of `type` in a status, or null.
    static func get(_ status: Value, _ type: String) -> Value {
        status[.conditions].elements.first { $0[.type].string == type } ?? .null
    }

    /// `SetDeploymentCondition`: nothing happens when status and reason are the same; otherwise the
    /// condition moves to the end of the list, and keeps its transition time when only the reason
    /// changed.
    static func set(_ status: inout Value, _ condition: Value) {
        var condition = condition
        let current = get(status, condition.text(.type))
        if !current.isNull, current[.status] == condition[.status] {
            if current[.reason] == condition[.reason] { return }
            condition[.lastTransitionTime] = current[.lastTransitionTime]
        }
        remove(&status, condition.text(.type))
        status[.conditions].append(condition)
    }

    /// Takes the condition of `type` out of a status.
    static func remove(_ status: inout Value, _ type: String) {
        var conditions = status[.conditions].elements
        let count = conditions.count
        conditions.removeAll { $0[.type].string == type }
        guard conditions.count != count else { return }
        status[.conditions] = conditions.isEmpty ? .null : .array(conditions)
    }
}
