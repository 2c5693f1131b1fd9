import API
import Model
import Support
import Value

/// Scales workloads by what is measured of their pods.
///
/// Origin: pkg/controller/podautoscaler/horizontal.go. Each autoscaler is looked at 15 s after it was
/// made or changed, and each 15 s from then on; what is measured comes from ``LoadTable``.
final class HorizontalPodAutoscalerController: Controller, FreeRequester {
    static let period: Milliseconds = 15_000

    /// By uid: earlier wishes and changes.
    private var rules: [String: ScalingRules] = [:]
    /// What each autoscaler selected at its last sync. Looked up and sorted only.
    private var selectors: [ObjectKey: LabelSelector] = [:]

    init() { super.init(name: "horizontal-pod-autoscaler", workers: 5) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        rules = other.rules
        selectors = other.selectors
    }

    override func start() { watch(.horizontalPodAutoscaler) }

    override func observe(_ change: Change) {
        let autoscaler = change.object
        if change.type == .deleted {
            rules[autoscaler.uid] = nil
            selectors[autoscaler.key] = nil
        } else if change.cause.actor != actor {
            // Every request waits for the period, the first one too (enqueueHPA).
            enqueue(autoscaler.key, after: Self.period, weight: .tick)
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let autoscaler = view.get(.horizontalPodAutoscaler, key) else { return }
        enqueue(key, after: Self.period, weight: .tick)
        var work = AutoscalerWork(autoscaler, time: api.timestamp)
        reconcile(&work)
        guard work.status != autoscaler.value[.status] else { return }
        let status = work.status
        try send { own throws(APIError) in
            do throws(APIError) {
                try own.api.modifyStatus(autoscaler) { $0 = status }
            } catch {
                if !error.isNotFound { throw error }
            }
        }
    }

    private func reconcile(_ work: inout AutoscalerWork) {
        let reference = work.view.scaleTarget
        let scale: Value
        let kind: Kind
        do throws(APIError) {
            kind = try targetKind(reference)
            scale = try api.scale(
                kind, namespace: work.object.namespace, name: reference.text(.name))
        } catch {
            record(
                work.object, .warning, reason: "FailedGetScale", message: error.message)
            return work.set(
                "AbleToScale", "False", "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: "
                    + error.message)
        }
        work.set(
            "AbleToScale", "True", "SucceededGetScale",
            "the HPA controller was able to get the target's current scale")
        let current = scale[.spec].int(.replicas)
        rules[work.object.uid, default: ScalingRules()].begin(current, now: now)
        guard let (desired, reason) = decide(&work, scale, current: current) else { return }
        var isRescaled = false
        if desired != current {
            isRescaled = rescale(&work, kind, from: current, to: desired, reason)
            if !isRescaled { return work.report(current: current) }
        }
        work.report(current: current, desired: isRescaled ? desired : current)
        if isRescaled { work.status[.lastScaleTime] = api.timestamp }
    }

    private func targetKind(_ reference: Value) throws(APIError) -> Kind {
        let found = api.kinds.all.first {
            $0.name == reference.text(.kind) && $0.apiVersion == reference.text(.apiVersion)
        }
        guard let found else {
            throw APIError(
                .notFound,
                "no matches for kind \"\(reference.text(.kind))\" in group \""
                    + (reference.text(.apiVersion).split(separator: "/").first.map(String.init)
                        ?? "")
                    + "\"")
        }
        return found.kind
    }

    // MARK: Decision

    /// The size to have and why; nil when no metric could be read.
    private func decide(
        _ work: inout AutoscalerWork, _ scale: Value, current: Int
    ) -> (desired: Int, reason: String)? {
        let (least, most) = (work.view.minReplicas, work.view.maxReplicas)
        if current == 0, least != 0 {
            work.set(
                "ScalingActive", "False", "ScalingDisabled",
                "scaling is disabled since the replica count of the target is zero")
            return (0, "")
        }
        if current > most {
            return (most, "Current number of replicas above Spec.MaxReplicas")
        }
        if current < least {
            return (least, "Current number of replicas below Spec.MinReplicas")
        }
        guard let reading = read(&work, scale, current: current) else {
            work.report(current: current)
            return nil
        }
        let (desired, findings) = rules[work.object.uid]!.temper(
            reading.replicas, current: current, autoscaler: work.view, now: now)
        for finding in findings {
            work.set(finding.type, finding.status, finding.reason, finding.message)
        }
        return (
            desired,
            reading.replicas > current
                ? "\(reading.name) above target" : "All metrics below target"
        )
    }

    /// The metric that wants the most. Metrics that fail are passed over unless that would shrink the
    /// target (`computeReplicasForMetrics`).
    private func read(
        _ work: inout AutoscalerWork, _ scale: Value, current: Int
    ) -> MetricReading? {
        guard let pods = selectedPods(&work, scale[.status].text(.selector)) else { return nil }
        let namespace = work.object.namespace
        let reader = MetricReader(
            meter: PodMeter(
                cluster.loads, view.state,
                pods: view.objects(.pod, inNamespace: namespace), now: now,
                isReachable: { [unowned self] in cluster.machine($0) == .running }),
            calculator: ReplicaCalculator(pods: pods, current: current, now: now),
            namespace: namespace, counted: scale[.status].int(.replicas))
        var best: MetricReading?
        var first: MetricProblem?
        var failures = 0
        for metric in work.view.metrics {
            do throws(MetricProblem) {
                let reading = try reader.read(metric)
                work.metrics.append(reading.status)
                if reading.replicas > best?.replicas ?? -1 { best = reading }
            } catch {
                failures += 1
                first = first ?? error
                // Upstream leaves the entry as it was made: with an empty type.
                work.metrics.append([.type: ""])
                record(
                    work.object, .warning, reason: error.reason, message: error.message)
            }
        }
        if let first, best == nil || best!.replicas < current {
            fail(&work, first, of: work.view.metrics.count, failures: failures)
            return nil
        }
        guard let best else { return nil }
        work.set(
            "ScalingActive", "True", "ValidMetricFound",
            "the HPA was able to successfully calculate a replica count from \(best.name)")
        return best
    }

    private func fail(
        _ work: inout AutoscalerWork, _ problem: MetricProblem, of all: Int, failures: Int
    ) {
        work.set(
            "ScalingActive", "False", problem.reason,
            "the HPA was unable to compute the replica count: \(problem.message)")
        recordFailure(
            work.object,
            "invalid metrics (\(failures) invalid out of \(all)), first error is: "
                + problem.wholeMessage)
    }

    private func recordFailure(_ autoscaler: StoredObject, _ message: String) {
        record(
            autoscaler, .warning, reason: "FailedComputeMetricsReplicas", message: message)
    }

    /// The target's pods, by name; nil where the selector cannot be used
    /// (`validateAndParseSelector`).
    private func selectedPods(
        _ work: inout AutoscalerWork, _ text: String
    ) -> [StoredObject]? {
        guard let selector = try? LabelSelector(parsing: text), !text.isEmpty else {
            work.set(
                "ScalingActive", "False", "InvalidSelector",
                "the HPA target's scale is missing a selector")
            record(
                work.object, .warning, reason: "SelectorRequired", message: "selector is required")
            recordFailure(work.object, "selector is required")
            return nil
        }
        let namespace = work.object.namespace
        selectors[work.object.key] = selector
        let pods = view.objects(.pod, inNamespace: namespace).filter {
            selector.matches($0.value[.metadata][.labels].fields)
        }.sorted { $0.name < $1.name }
        let rivals = selectors.filter { key, other in
            key.namespace == namespace
                && pods.contains { other.matches($0.value[.metadata][.labels].fields) }
        }.map(\.key.description).sorted()
        guard rivals.count > 1 else { return pods }
        let message =
            "pods by selector \(text) are controlled by multiple HPAs: "
            + "[\(rivals.joined(separator: " "))]"
        work.set("ScalingActive", "False", "AmbiguousSelector", message)
        record(work.object, .warning, reason: "AmbiguousSelector", message: message)
        recordFailure(work.object, message)
        return nil
    }

    // MARK: Scaling

    private func rescale(
        _ work: inout AutoscalerWork, _ kind: Kind, from current: Int, to desired: Int,
        _ reason: String
    ) -> Bool {
        do throws(APIError) {
            try ask { () throws(APIError) in
                _ = try api.setScale(
                    kind, namespace: work.object.namespace,
                    name: work.view.scaleTarget.text(.name), replicas: desired,
                    options: WriteOptions())
            }
        } catch {
            record(
                work.object, .warning, reason: "FailedRescale",
                message: "New size: \(desired); reason: \(reason); error: \(error.message)")
            work.set(
                "AbleToScale", "False", "FailedUpdateScale",
                "the HPA controller was unable to update the target scale: \(error.message)")
            return false
        }
        work.set(
            "AbleToScale", "True", "SucceededRescale",
            "the HPA controller was able to update the target scale to \(desired)")
        record(
            work.object, .normal, reason: "SuccessfulRescale",
            message: "New size: \(desired); reason: \(reason)")
        if !work.view.behavior.isNull {
            rules[work.object.uid]?.note(desired - current, now: now)
        }
        return true
    }
}

/// One look at an autoscaler.
private struct AutoscalerWork {
    let object: StoredObject
    let view: HorizontalPodAutoscalerView
    var status: Value
    /// What the status is to show of the metrics.
    var metrics: [Value] = []
    private let time: Value

    init(_ object: StoredObject, time: Value) {
        self.object = object
        self.time = time
        view = HorizontalPodAutoscalerView(object.value)
        status = object.value[.status]
    }

    /// Makes the status anew (`setStatus`); the wish stays as it was where none was made.
    mutating func report(current: Int, desired: Int? = nil) {
        var fields = Object()
        if !status[.conditions].isNull { fields.append(.conditions, status[.conditions]) }
        // Go cannot omit the list: without any metric it is null.
        fields.append(.currentMetrics, metrics.isEmpty ? .null : .array(metrics))
        if current > 0 { fields.append(.currentReplicas, Value(current)) }
        fields.append(.desiredReplicas, Value(desired ?? status.int(.desiredReplicas)))
        if !status[.lastScaleTime].isNull { fields.append(.lastScaleTime, status[.lastScaleTime]) }
        status = .object(fields)
    }

    mutating func set(_ type: String, _ status: String, _ reason: String, _ message: String) {
        self.status.conditions.set(
            Condition(type: type, status: status, reason: reason, message: message),
            transition: time)
    }
}
