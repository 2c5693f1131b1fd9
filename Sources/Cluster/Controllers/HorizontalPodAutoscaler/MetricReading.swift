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

/// Why a metric gives no number.
struct MetricProblem: Error {
    /// Of the condition and the event: `FailedGetResourceMetric`.
    var reason = ""
    /// The words of the condition and the event.
    var message: String
    /// The words as the event of the whole computation gives them.
    var wholeMessage = ""

    init(_ message: String) { self.message = message }

    /// The same, further out: with a beginning for both texts.
    func within(_ prefix: String) -> MetricProblem {
        var problem = self
        problem.message = prefix + message
        return problem
    }

    /// The same with its reason, and with what the computation puts before it.
    func reported(_ reason: String, whole prefix: String) -> MetricProblem {
        var problem = self
        problem.reason = reason
        problem.wholeMessage = prefix + message
        return problem
    }
}

/// Reads the metrics of one autoscaler.
///
/// Origin: computeReplicasForMetric in pkg/controller/podautoscaler/horizontal.go, and the metrics
/// clients below it.
struct MetricReader {
    let meter: PodMeter
    let calculator: ReplicaCalculator
    let namespace: String
    /// `status.replicas` of the target.
    let counted: Int

    private var pods: [StoredObject] { calculator.pods }

    func read(_ metric: Value) throws(MetricProblem) -> MetricReading {
        switch metric.text(.type) {
        case "Resource":
            let source = metric[.resource]
            return try reading(
                "FailedGetResourceMetric",
                "failed to get \(source.text(.name)) resource metric value: "
            ) {
                () throws(MetricProblem) in
                try resource(source, container: nil)
            }
        case "ContainerResource":
            let source = metric[.containerResource]
            let container = source.text("container")
            return try reading(
                "FailedGetContainerResourceMetric",
                "failed to get \(container) container metric value: "
            ) { () throws(MetricProblem) in
                try resource(source, container: container)
            }
        case "Pods":
            return try reading("FailedGetPodsMetric", "failed to get pods metric value: ") {
                () throws(MetricProblem) in
                try podsMetric(metric[.pods])
            }
        case "Object": return try objectMetric(metric[.object])
        default: return try externalMetric(metric[.external])
        }
    }

    private func reading(
        _ reason: String, _ whole: String, _ read: () throws(MetricProblem) -> MetricReading
    ) throws(MetricProblem) -> MetricReading {
        do throws(MetricProblem) {
            return try read()
        } catch {
            throw error.reported(reason, whole: whole)
        }
    }

    private func within<Result>(
        _ prefix: String, _ work: () throws(MetricProblem) -> Result
    ) throws(MetricProblem) -> Result {
        do throws(MetricProblem) {
            return try work()
        } catch {
            throw error.within(prefix)
        }
    }

    private func text(_ milli: Int64) -> Value { Value(Quantity(milli: milli).text) }

    // MARK: Resources

    private func resource(
        _ source: Value, container: String?
    ) throws(MetricProblem) -> MetricReading {
        let resource = source.text(.name)
        let target = source[.target]
        let outcome: ReplicaCalculator.Outcome
        var current = Value.emptyObject
        var name = "\(resource) resource"
        if let wanted = Quantity(target[.averageValue]) {
            outcome = try within("failed to get \(resource) usage: ") { () throws(MetricProblem) in
                try calculator.plain(
                    try samples(resource, container), target: wanted.milliValue,
                    resource: resource)
            }
        } else {
            outcome = try within("failed to get \(resource) utilization: ") {
                () throws(MetricProblem) in
                try calculator.utilization(
                    try samples(resource, container), target: target.int(.averageUtilization),
                    resource: resource
                ) { () throws(MetricProblem) in
                    try requests(resource, container)
                }
            }
            name =
                "\(resource) \(container == nil ? "" : "container ")resource utilization "
                + "(percentage of request)"
            current[.averageUtilization] = Value(outcome.utilization)
        }
        current[.averageValue] = text(outcome.average)
        let status: Value =
            container.map { container in
                [
                    .containerResource: [
                        "container": Value(container), .current: current, .name: Value(resource),
                    ], .type: "ContainerResource",
                ]
            } ?? [.resource: [.current: current, .name: Value(resource)], .type: "Resource"]
        return MetricReading(replicas: outcome.replicas, name: name, status: status)
    }

    /// What the metrics server says of the target's pods, by name.
    private func samples(
        _ resource: String, _ container: String?
    ) throws(MetricProblem) -> [String: PodMeter.Sample] {
        try within("unable to get metrics for resource \(resource): ") {
            () throws(MetricProblem) in
            guard meter.loads.hasMetricsServer else {
                throw MetricProblem(
                    "unable to fetch metrics from resource metrics API: the server could not find "
                        + "the requested resource (get pods.metrics.k8s.io)")
            }
            var found: [String: PodMeter.Sample] = [:]
            for pod in pods {
                guard let sample = meter.sample(pod, resource, container: container) else {
                    continue
                }
                if let container,
                    !PodSpecView(pod.value[.spec]).containers.contains(where: {
                        $0.name == container
                    })
                {
                    throw MetricProblem(
                        "container \(container) not present in metrics for pod \(pod.key)")
                }
                found[pod.name] = sample
            }
            if found.isEmpty {
                throw MetricProblem("no metrics returned from resource metrics API")
            }
            return found
        }
    }

    /// What each pod requests, sidecars included (`calculatePodRequests`).
    private func requests(
        _ resource: String, _ container: String?
    ) throws(MetricProblem) -> [String: Int64] {
        var result: [String: Int64] = [:]
        for pod in pods {
            var sum: Int64 = 0
            let sidecars = pod.value[.spec][.initContainers].elements.filter {
                $0.text(.restartPolicy) == "Always"
            }
            for entry in pod.value[.spec][.containers].elements + sidecars
            where container == nil || entry.text(.name) == container {
                guard let amount = Quantity(entry[.resources][.requests][Key(resource)]) else {
                    throw MetricProblem(
                        "missing request for \(resource) in container \(entry.text(.name)) of Pod "
                            + pod.name)
                }
                sum = sum.addingSaturated(amount.milliValue)
            }
            result[pod.name] = sum
        }
        return result
    }

    // MARK: Other metrics

    private static let noCustomMetrics =
        "unable to fetch metrics from custom metrics API: no custom metrics API "
        + "(custom.metrics.k8s.io) registered"

    private func podsMetric(_ source: Value) throws(MetricProblem) -> MetricReading {
        let metric = source["metric"].text(.name)
        let target = Quantity(source[.target][.averageValue]) ?? .zero
        guard meter.loads.hasCustomMetrics else {
            throw MetricProblem("unable to get metric \(metric): \(Self.noCustomMetrics)")
        }
        guard meter.loads.entries.contains(where: { $0.kind != nil && $0.metric == metric }) else {
            throw MetricProblem(
                "unable to get metric \(metric): unable to fetch metrics from custom metrics API: "
                    + "the server could not find the metric \(metric) for pods")
        }
        var found: [String: PodMeter.Sample] = [:]
        for pod in pods where PodPhase(pod.value[.status][.phase].string) == .running {
            found[pod.name] = PodMeter.Sample(
                value: meter.usage(pod, metric), time: meter.now, window: 0)
        }
        let outcome = try calculator.plain(found, target: target.milliValue, resource: "")
        return MetricReading(
            replicas: outcome.replicas, name: "pods metric \(metric)",
            status: [
                .pods: [
                    .current: [.averageValue: text(outcome.average)], "metric": source["metric"],
                ], .type: "Pods",
            ])
    }

    private func objectMetric(_ source: Value) throws(MetricProblem) -> MetricReading {
        let object = source["describedObject"]
        let metric = source["metric"].text(.name)
        let whole = "failed to get object metric value: "
        let isAverage = source[.target].text(.type) == "AverageValue"
        let value: Int64
        do throws(MetricProblem) {
            value = try objectValue(object, metric)
        } catch {
            throw error.reported(
                "FailedGetObjectMetric",
                whole: whole + (isAverage ? "failed to get \(metric) object metric: " : ""))
        }
        if isAverage {
            let target = Quantity(source[.target][.averageValue]) ?? .zero
            let outcome = calculator.shared(value, target: target.milliValue, counted: counted)
            // Upstream calls it external, and leaves the object out of the status.
            return MetricReading(
                replicas: outcome.replicas,
                name:
                    "external metric \(metric)(\(goText(ofSelector: source["metric"][.selector])))",
                status: [
                    .object: [
                        .current: [.averageValue: text(outcome.average)],
                        "describedObject": [.kind: "", .name: ""], "metric": source["metric"],
                    ], .type: "Object",
                ])
        }
        let target = Quantity(source[.target][.value]) ?? .zero
        return try reading("FailedGetObjectMetric", whole) { () throws(MetricProblem) in
            MetricReading(
                replicas: try calculator.ratio(value, target: target.milliValue),
                name: "\(object.text(.kind)) metric \(metric)",
                status: [
                    .object: [
                        .current: [.value: text(value)], "describedObject": object,
                        "metric": source["metric"],
                    ], .type: "Object",
                ])
        }
    }

    private func objectValue(_ object: Value, _ metric: String) throws(MetricProblem) -> Int64 {
        let kind = Kind.allBuiltIn.first { $0.info.name == object.text(.kind) }
        let key = ObjectKey(namespace: namespace, name: object.text(.name))
        if let kind, let value = meter.loads.value(kind, key, metric) { return value.milliValue }
        let problem =
            meter.loads.hasCustomMetrics
            ? "unable to fetch metrics from custom metrics API: the server could not find the metric "
                + "\(metric) for \(kind?.info.qualifiedPlural ?? object.text(.kind)) \(key.name)"
            : Self.noCustomMetrics
        // Upstream's words are in this order.
        throw MetricProblem(
            "unable to get metric \(metric): \(object.text(.kind)) on \(namespace) "
                + "\(key.name)/\(problem)")
    }

    private func externalMetric(_ source: Value) throws(MetricProblem) -> MetricReading {
        let metric = source["metric"].text(.name)
        let selector = goText(ofSelector: source["metric"][.selector])
        let name = "external metric \(metric)(\(selector))"
        let isAverage = !source[.target][.averageValue].isNull
        let whole =
            "failed to get \(metric) external metric value: failed to get "
            + (isAverage ? "\(metric) external metric: " : "external metric \(metric): ")
        return try reading("FailedGetExternalMetric", whole) { () throws(MetricProblem) in
            let value = try externalValue(source, metric, selector)
            let replicas: Int
            let current: Value
            if isAverage {
                let target = Quantity(source[.target][.averageValue]) ?? .zero
                let outcome = calculator.shared(
                    value, target: target.milliValue, counted: counted)
                replicas = outcome.replicas
                current = [.averageValue: text(outcome.average)]
            } else {
                let target = Quantity(source[.target][.value]) ?? .zero
                replicas = try calculator.ratio(value, target: target.milliValue)
                current = [.value: text(value)]
            }
            return MetricReading(
                replicas: replicas, name: name,
                status: [
                    .external: [.current: current, "metric": source["metric"]], .type: "External",
                ])
        }
    }

    private func externalValue(
        _ source: Value, _ metric: String, _ selector: String
    ) throws(MetricProblem) -> Int64 {
        let place = "unable to get external metric \(namespace)/\(metric)/\(selector): "
        guard meter.loads.hasExternalMetrics else {
            throw MetricProblem(
                place + "unable to fetch metrics from external metrics API: the server could not "
                    + "find the requested resource (get \(metric).external.metrics.k8s.io)")
        }
        let wanted = source["metric"][.selector]
        let values = meter.loads.external(
            metric, wanted.isNull ? .everything : LabelSelector(wanted))
        if values.isEmpty {
            throw MetricProblem(place + "no metrics returned from external metrics API")
        }
        return values.reduce(0) { $0.addingSaturated($1.milliValue) }
    }
}
