import Model
import Support
import Value

/// What one metric of an autoscaler says: how many replicas it wants, and what the status shows.
struct MetricReading {
    let replicas: Int
    /// "cpu resource utilization (percentage of request)".
    let name: String
    /// The entry of `status.currentMetrics`.
    let status: Value
}

/// Why a metric gives no number: the condition's reason and what went wrong.
struct MetricProblem: Error {
    let reason: String
    let message: String
}

/// Turns metrics into numbers of replicas.
///
/// Origin: pkg/controller/podautoscaler/replica_calculator.go. The number is the ratio of measured to
/// wanted, times the ready pods, rounded up; within a tolerance of 10 % nothing changes. Example: three
/// pods at 90 % where 60 % is wanted make ceil(1.5 × 3) = 5. Pods that are not ready yet count as idle
/// when more are wanted, and missing ones as busy when fewer are.
struct MetricCalculator {
    private static let tolerance = 0.1

    let loads: LoadTable
    let kind: Kind
    let target: ObjectKey
    let current: Int
    /// The workload's pods that are neither finished nor going.
    let pods: [StoredObject]

    func read(_ metric: Value) throws(MetricProblem) -> MetricReading {
        switch metric.text(.type) {
        case "Resource": try resource(metric[.resource], container: nil)
        case "ContainerResource":
            try resource(
                metric[.containerResource],
                container: metric[.containerResource].text("container"))
        case "Pods": try podsMetric(metric[.pods])
        case "Object": try objectMetric(metric[.object])
        default: try externalMetric(metric[.external])
        }
    }

    // MARK: Resources

    private func resource(
        _ source: Value, container: String?
    ) throws(MetricProblem) -> MetricReading {
        let resource = source.text(.name)
        let reason =
            container == nil ? "FailedGetResourceMetric" : "FailedGetContainerResourceMetric"
        let target = source[.target]
        guard let wanted = target[.averageUtilization].int else {
            let usage = try usage(
                resource, reason, "failed to get \(resource) resource metric value: ")
            return average(
                usage, target, name: "\(resource) resource",
                status: entry(container, resource))
        }
        let prefix = "failed to get \(resource) utilization: "
        let usage = try usage(resource, reason, prefix)
        var requested: Int64 = 0
        for pod in ready {
            requested += try request(pod, resource, container, reason, prefix)
        }
        let used = usage.reduce(0, +)
        let utilization = requested == 0 ? 0 : Int(used * 100 / requested)
        let value = usage.isEmpty ? 0 : used / Int64(usage.count)
        let shown: Value = [
            .averageUtilization: Value(utilization),
            .averageValue: Value(Quantity(milli: value, format: format(resource)).text),
        ]
        let name =
            container.map {
                "\(resource) container resource utilization (percentage of request) "
                    + "of container \($0)"
            }
            ?? "\(resource) resource utilization (percentage of request)"
        return MetricReading(
            replicas: replicas(Double(utilization) / Double(max(wanted, 1))),
            name: name, status: entry(container, resource)(shown))
    }

    private func entry(_ container: String?, _ resource: String) -> (Value) -> Value {
        { current in
            if let container {
                return [
                    .containerResource: [
                        "container": Value(container), .current: current, .name: Value(resource),
                    ], .type: "ContainerResource",
                ]
            }
            return [
                .resource: [.current: current, .name: Value(resource)], .type: "Resource",
            ]
        }
    }

    private func format(_ resource: String) -> Quantity.Format {
        resource == "memory" ? .binarySI : .decimalSI
    }

    private var ready: [StoredObject] { pods.filter { PodView($0.value).isReady } }

    /// What each ready pod uses, in thousandths.
    private func usage(
        _ metric: String, _ reason: String, _ prefix: String
    ) throws(MetricProblem) -> [Int64] {
        guard let amount = loads.amount(kind, target, metric) else {
            throw MetricProblem(
                reason: reason,
                message: prefix + "unable to get metrics for resource \(metric): unable to fetch "
                    + "metrics from resource metrics API: the server could not find the requested "
                    + "resource (get pods.metrics.k8s.io)")
        }
        let ready = ready
        guard !ready.isEmpty else {
            throw MetricProblem(
                reason: reason,
                message: prefix + "did not receive metrics for targeted pods (pods might be "
                    + "unready)")
        }
        switch amount {
        case .total(let total):
            let share = total.milliValue / Int64(ready.count)
            return ready.map { _ in share }
        case .perPod(let each): return ready.map { _ in each.milliValue }
        case .utilization(let percent):
            var usage: [Int64] = []
            for pod in ready {
                let requested = try request(pod, metric, nil, reason, prefix)
                usage.append(requested * Int64(percent) / 100)
            }
            return usage
        }
    }

    private func request(
        _ pod: StoredObject, _ resource: String, _ container: String?, _ reason: String,
        _ prefix: String
    ) throws(MetricProblem) -> Int64 {
        var sum: Int64 = 0
        for entry in PodSpecView(pod.value[.spec]).containers
        where container == nil || entry.name == container {
            guard let amount = Quantity(entry.requests[Key(resource)]) else {
                throw MetricProblem(
                    reason: reason,
                    message: prefix + "missing request for \(resource) in container "
                        + "\(entry.name) of Pod \(pod.name)")
            }
            sum += amount.milliValue
        }
        return sum
    }

    // MARK: Other metrics

    private func podsMetric(_ source: Value) throws(MetricProblem) -> MetricReading {
        let metric = source["metric"].text(.name)
        let usage = try usage(
            metric, "FailedGetPodsMetric", "unable to get metric \(metric): ")
        return average(usage, source[.target], name: "pods metric \(metric)") { current in
            [.pods: [.current: current, "metric": source["metric"]], .type: "Pods"]
        }
    }

    private func average(
        _ usage: [Int64], _ target: Value, name: String, status: (Value) -> Value
    ) -> MetricReading {
        let mean = usage.isEmpty ? 0 : usage.reduce(0, +) / Int64(usage.count)
        let quantity = Quantity(target[.averageValue]) ?? .zero
        let shown: Value = [
            .averageValue: Value(Quantity(milli: mean, format: quantity.format).text)
        ]
        return MetricReading(
            replicas: replicas(Double(mean) / Double(max(quantity.milliValue, 1))), name: name,
            status: status(shown))
    }

    private func objectMetric(_ source: Value) throws(MetricProblem) -> MetricReading {
        let object = source["describedObject"]
        let metric = source["metric"].text(.name)
        let found = Kind.allBuiltIn.first { $0.info.name == object.text(.kind) }
        let key = ObjectKey(namespace: target.namespace, name: object.text(.name))
        let amount = found.flatMap { loads.amount($0, key, metric) }
        let label = "\(object.text(.kind)) metric \(metric)"
        return try whole(
            amount, source, "FailedGetObjectMetric", name: label,
            missing: "unable to get metric \(metric): \(object.text(.kind)) on \(target.namespace) "
                + object.text(.name)
        ) { current in
            [
                .object: [
                    .current: current, "describedObject": object, "metric": source["metric"],
                ], .type: "Object",
            ]
        }
    }

    private func externalMetric(_ source: Value) throws(MetricProblem) -> MetricReading {
        let metric = source["metric"].text(.name)
        return try whole(
            loads.amount(kind, target, metric), source, "FailedGetExternalMetric",
            name: "external metric \(metric)(\(selectorText(source["metric"][.selector])))",
            missing: "unable to get external metric \(target.namespace)/\(metric)"
        ) { current in
            [.external: [.current: current, "metric": source["metric"]], .type: "External"]
        }
    }

    private func selectorText(_ selector: Value) -> String {
        selector.isNull ? "nil" : LabelSelector(selector).text
    }

    /// A metric of one thing: its value against a value, or shared among the replicas against an
    /// average.
    private func whole(
        _ amount: LoadTable.Amount?, _ source: Value, _ reason: String, name: String,
        missing: String, status: (Value) -> Value
    ) throws(MetricProblem) -> MetricReading {
        let measured: Quantity
        switch amount {
        case .total(let value), .perPod(let value): measured = value
        default:
            throw MetricProblem(
                reason: reason,
                message: missing + ": unable to fetch metrics from custom metrics API: the server "
                    + "could not find the requested resource")
        }
        let target = source[.target]
        if let wanted = Quantity(target[.value]) {
            let ratio = Double(measured.milliValue) / Double(max(wanted.milliValue, 1))
            return MetricReading(
                replicas: replicas(ratio), name: name,
                status: status([.value: Value(measured.text)]))
        }
        let wanted = Double(max((Quantity(target[.averageValue]) ?? .zero).milliValue, 1))
        let share = Quantity(
            milli: measured.milliValue / Int64(max(current, 1)), format: measured.format)
        let ratio = Double(measured.milliValue) / (wanted * Double(max(current, 1)))
        let count =
            abs(1 - ratio) <= Self.tolerance
            ? current : Int((Double(measured.milliValue) / wanted).rounded(.up))
        return MetricReading(
            replicas: count, name: name, status: status([.averageValue: Value(share.text)]))
    }

    // MARK: Ratio

    /// The number of replicas that brings a ratio of measured to wanted to one.
    private func replicas(_ ratio: Double) -> Int {
        let readyCount = ready.count
        let idle = pods.count - readyCount
        if idle == 0 || ratio < 1 {
            if abs(1 - ratio) <= Self.tolerance { return current }
            return Int((ratio * Double(readyCount)).rounded(.up))
        }
        let diluted = ratio * Double(readyCount) / Double(pods.count)
        if abs(1 - diluted) <= Self.tolerance || diluted < 1 { return current }
        let count = Int((diluted * Double(pods.count)).rounded(.up))
        return max(count, current)
    }
}
