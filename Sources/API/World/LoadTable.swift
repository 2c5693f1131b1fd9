import Model
import Value

/// What is asked of the pods of workloads, so that autoscalers and `kubectl top` have something to
/// measure; what scripts say with `load`.
///
/// A load of `cpu` or `memory` brings a metrics server into the cluster: from then on every running pod
/// is measured, and one without a load uses nothing. Any other metric of an object brings an adapter
/// for custom metrics, and one from outside an adapter for external metrics.
package struct LoadTable: Sendable {
    /// How much of a metric there is.
    package enum Amount: Sendable, Equatable {
        /// For all ready pods together: more pods have less each. For a metric of an object or from
        /// outside, the value.
        case total(Quantity)
        /// For each pod, however many there are.
        case perPod(Quantity)
        /// For each pod, in percent of its request.
        case utilization(Int)
    }

    /// One load: a row of the table.
    package struct Entry: Sendable {
        /// The workload or object; nil for a metric from outside the cluster.
        package let kind: Kind?
        package let key: ObjectKey
        /// "cpu", "memory", or a metric's own name.
        package let metric: String
        /// The container that carries it; nil for the first one (of a percentage: for every one).
        package let container: String?
        /// The labels of a metric from outside.
        package let labels: Object
        package let amount: Amount
    }

    /// In the order in which they were set.
    package private(set) var entries: [Entry] = []

    package init() {}

    /// Sets the load of a workload or pod (`deployment/web`), or what is measured of an object; nil
    /// takes it away. `metric` is "cpu", "memory" or a metric's own name.
    package mutating func set(
        _ kind: Kind, _ key: ObjectKey, metric: String = "cpu", container: String? = nil,
        to amount: Amount?
    ) {
        put(
            amount.map {
                Entry(
                    kind: kind, key: key, metric: metric, container: container, labels: Object(),
                    amount: $0)
            }
        ) {
            $0.kind == kind && $0.key == key && $0.metric == metric && $0.container == container
        }
    }

    /// Sets a metric that comes from outside the cluster, with its labels; nil takes it away.
    package mutating func setExternal(
        _ metric: String, labels: Object = Object(), to value: Quantity?
    ) {
        put(
            value.map {
                Entry(
                    kind: nil, key: ObjectKey(namespace: "", name: ""), metric: metric,
                    container: nil, labels: labels, amount: .total($0))
            }
        ) {
            $0.kind == nil && $0.metric == metric && Value.object($0.labels) == .object(labels)
        }
    }

    private mutating func put(_ entry: Entry?, _ isSame: (Entry) -> Bool) {
        let place = entries.firstIndex(where: isSame)
        switch (place, entry) {
        case (let place?, let entry?): entries[place] = entry
        case (let place?, nil): entries.remove(at: place)
        case (nil, let entry?): entries.append(entry)
        case (nil, nil): break
        }
    }

    /// Takes the loads of a metric of an object away, all of them or those of one container. Answers
    /// whether there was any.
    package mutating func remove(
        _ kind: Kind, _ key: ObjectKey, metric: String, container: String? = nil
    ) -> Bool {
        let before = entries.count
        entries.removeAll {
            $0.kind == kind && $0.key == key && $0.metric == metric
                && (container == nil || $0.container == container)
        }
        return entries.count < before
    }

    /// The metrics that a metrics server measures.
    package static let resources = ["cpu", "memory"]

    /// Whether there is a metrics server (`metrics.k8s.io`).
    package var hasMetricsServer: Bool {
        entries.contains { $0.kind != nil && Self.resources.contains($0.metric) }
    }

    /// Whether there is an adapter for custom metrics (`custom.metrics.k8s.io`).
    package var hasCustomMetrics: Bool {
        entries.contains { $0.kind != nil && !Self.resources.contains($0.metric) }
    }

    /// Whether there is an adapter for external metrics (`external.metrics.k8s.io`).
    package var hasExternalMetrics: Bool { entries.contains { $0.kind == nil } }

    /// What is measured of an object; nil without a value.
    package func value(_ kind: Kind, _ key: ObjectKey, _ metric: String) -> Quantity? {
        for entry in entries where entry.kind == kind && entry.key == key && entry.metric == metric
        {
            switch entry.amount {
            case .total(let value), .perPod(let value): return value
            case .utilization: continue
            }
        }
        return nil
    }

    /// The values of a metric from outside whose labels `selector` matches.
    package func external(_ metric: String, _ selector: LabelSelector) -> [Quantity] {
        entries.compactMap { entry in
            guard entry.kind == nil, entry.metric == metric, selector.matches(entry.labels),
                case .total(let value) = entry.amount
            else { return nil }
            return value
        }
    }
}
