import Model
import Support
import Value

// Origin: pkg/controller/replicaset/replica_set_utils.go.
extension ReplicaSetController {
    static let replicaFailure = "ReplicaFailure"

    /// The status for the pods of `tally` and the outcome of this sync. Counters of 0 are left out,
    /// but for `replicas`.
    func calculateStatus(_ set: StoredObject, _ tally: Tally, _ failure: APIError?) -> Value {
        var status = set.value[.status]
        status[.replicas] = Value(tally.active)
        status[.fullyLabeledReplicas] = .counter(tally.fullyLabeled)
        status[.readyReplicas] = .counter(tally.ready)
        status[.availableReplicas] = .counter(tally.available)
        // KEP-3973; only ReplicaSets have the field.
        if kind == .replicaSet { status[.terminatingReplicas] = Value(tally.terminating) }
        status[.observedGeneration] = set.value[.metadata][.generation]
        if let failure, status.conditions[Self.replicaFailure] == nil {
            let difference = tally.active - ReplicaSetView(set.value).replicas
            let reason = difference < 0 ? "FailedCreate" : "FailedDelete"
            status.conditions.replace(
                Condition([
                    .lastTransitionTime: api.timestamp, .message: Value(failure.message),
                    .reason: Value(reason), .status: "True", .type: Value(Self.replicaFailure),
                ]))
        } else if failure == nil {
            status.conditions.remove(Self.replicaFailure)
        }
        return status
    }
}

extension Value {
    /// A counter of a status as the API shows it: 0 is left out.
    static func counter(_ number: Int) -> Value { number == 0 ? .null : Value(number) }
}
