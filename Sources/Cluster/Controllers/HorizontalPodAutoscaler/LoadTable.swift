import Model
import Support
import Value

/// What is asked of the pods of a workload, so that autoscalers have something to measure.
///
/// Without an entry a workload has no metrics, as in a cluster without a metrics server.
public struct LoadTable: Sendable {
    /// How much of a metric there is.
    public enum Amount: Sendable, Equatable {
        /// For all ready pods together: more pods have less each.
        case total(Quantity)
        /// For each pod, however many there are.
        case perPod(Quantity)
        /// For each pod, in percent of its request.
        case utilization(Int)
    }

    private struct Entry: Sendable {
        let kind: Kind
        let key: ObjectKey
        let metric: String
        let amount: Amount
    }

    private var entries: [Entry] = []

    public init() {}

    /// Sets the load of a workload (`deployment/web`) or, for an Object or External metric, of the
    /// thing described; nil takes it away. `metric` is "cpu", "memory" or a metric's own name.
    public mutating func set(
        _ kind: Kind, _ key: ObjectKey, metric: String = "cpu", to amount: Amount?
    ) {
        entries.removeAll { $0.kind == kind && $0.key == key && $0.metric == metric }
        if let amount {
            entries.append(Entry(kind: kind, key: key, metric: metric, amount: amount))
        }
    }

    func amount(_ kind: Kind, _ key: ObjectKey, _ metric: String) -> Amount? {
        entries.first { $0.kind == kind && $0.key == key && $0.metric == metric }?.amount
    }
}
