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
        status[.observedGeneration] = set.value[.metadata][.generation]
        var conditions = Conditions(status[.conditions])
        if let failure, conditions[Self.replicaFailure] == nil {
            let difference = tally.active - ReplicaSetView(set.value).replicas
            let reason = difference < 0 ? "FailedCreate" : "FailedDelete"
            conditions.replace(
                Condition([
                    .lastTransitionTime: api.timestamp, .message: Value(failure.message),
                    .reason: Value(reason), .status: "True", .type: Value(Self.replicaFailure),
                ]))
            status[.conditions] = conditions.value
        } else if failure == nil, conditions.remove(Self.replicaFailure) {
            status[.conditions] = conditions.value
        }
        return status
    }

    /// Writes the status if it differs; tries once more when the set was changed meanwhile.
    func updateStatus(
        _ set: StoredObject, _ status: Value
    ) throws(APIError) -> StoredObject {
        if set.value[.status] == status { return set }
        do throws(APIError) {
            return try api.updateStatus(set, to: status)
        } catch {
            guard let live = api.find(kind, set.key) else {
                throw .notFound(api.kinds[kind], set.name)
            }
            return try api.updateStatus(live, to: status)
        }
    }
}

extension Value {
    /// A counter of a status as the API shows it: 0 is left out.
    static func counter(_ number: Int) -> Value { number == 0 ? .null : Value(number) }
}
