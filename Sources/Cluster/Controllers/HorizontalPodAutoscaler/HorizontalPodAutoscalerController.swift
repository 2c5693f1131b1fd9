import Model
import Support
import Value

/// Scales workloads by what is measured of their pods.
///
/// Origin: pkg/controller/podautoscaler/horizontal.go. Each autoscaler is looked at 15 s after it was
/// made or changed, and each 15 s from then on; what is measured comes from ``LoadTable``.
final class HorizontalPodAutoscalerController: Controller {
    static let period: Milliseconds = 15_000

    /// By uid: earlier wishes and changes.
    private var rules: [String: ScalingRules] = [:]

    init() { super.init(name: "horizontal-pod-autoscaler", workers: 5) }

    override func start() { watch(.horizontalPodAutoscaler) }

    override func observe(_ change: Change) {
        let autoscaler = change.object
        if change.type == .deleted {
            rules[autoscaler.uid] = nil
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
        do throws(APIError) {
            try api.modifyStatus(autoscaler) { $0 = work.status }
        } catch  where error.isNotFound {
            return
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
        guard let (desired, reason) = decide(&work, kind, scale, current: current) else { return }
        let isRescaled =
            desired != current && rescale(&work, kind, from: current, to: desired, reason)
        work.status[.currentReplicas] = Value(current)
        work.status[.desiredReplicas] = Value(isRescaled ? desired : current)
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
        _ work: inout AutoscalerWork, _ kind: Kind, _ scale: Value, current: Int
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
        guard let reading = read(&work, kind, scale, current: current) else {
            work.status[.currentReplicas] = Value(current)
            return nil
        }
        let (desired, findings) = rules[work.object.uid]!.temper(
            reading.replicas, current: current, autoscaler: work.view, now: now)
        for finding in findings {
            work.set(finding.type, finding.status, finding.reason, finding.message)
        }
        return (
            desired,
            desired > current ? "\(reading.name) above target" : "All metrics below target"
        )
    }

    /// The metric that wants the most. Metrics that fail are passed over unless that would shrink the
    /// target (`computeReplicasForMetrics`).
    private func read(
        _ work: inout AutoscalerWork, _ kind: Kind, _ scale: Value, current: Int
    ) -> MetricReading? {
        let key = ObjectKey(
            namespace: work.object.namespace, name: work.view.scaleTarget.text(.name))
        let calculator = MetricCalculator(
            loads: cluster.loads, kind: kind, target: key, current: current,
            pods: pods(scale, key.namespace))
        var best: MetricReading?
        var first: MetricProblem?
        var failures = 0
        var shown: [Value] = []
        for metric in work.view.metrics {
            do throws(MetricProblem) {
                let reading = try calculator.read(metric)
                shown.append(reading.status)
                if reading.replicas > best?.replicas ?? -1 { best = reading }
            } catch {
                failures += 1
                first = first ?? error
                shown.append([.type: metric[.type]])
                record(
                    work.object, .warning, reason: error.reason, message: error.message)
            }
        }
        if let first, best == nil || best!.replicas < current {
            fail(&work, first, of: work.view.metrics.count, failures: failures)
            return nil
        }
        guard let best else { return nil }
        work.status[.currentMetrics] = .array(shown)
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
        record(
            work.object, .warning, reason: "FailedComputeMetricsReplicas",
            message: "invalid metrics (\(failures) invalid out of \(all)), first error is: "
                + problem.message)
    }

    private func pods(_ scale: Value, _ namespace: String) -> [StoredObject] {
        let text = scale[.status].text(.selector)
        guard let selector = try? LabelSelector(parsing: text), !selector.isEverything else {
            return []
        }
        return view.objects(.pod, inNamespace: namespace).filter {
            PodView($0.value).isActive && selector.matches($0.value[.metadata][.labels].fields)
        }
    }

    // MARK: Scaling

    private func rescale(
        _ work: inout AutoscalerWork, _ kind: Kind, from current: Int, to desired: Int,
        _ reason: String
    ) -> Bool {
        do throws(APIError) {
            _ = try api.setScale(
                kind, namespace: work.object.namespace,
                name: work.view.scaleTarget.text(.name), replicas: desired,
                options: WriteOptions())
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
        rules[work.object.uid]?.note(desired - current, now: now)
        return true
    }
}

/// One look at an autoscaler.
private struct AutoscalerWork {
    let object: StoredObject
    let view: HorizontalPodAutoscalerView
    var status: Value
    private let time: Value

    init(_ object: StoredObject, time: Value) {
        self.object = object
        self.time = time
        view = HorizontalPodAutoscalerView(object.value)
        status = object.value[.status]
    }

    mutating func set(_ type: String, _ status: String, _ reason: String, _ message: String) {
        var conditions = Conditions(self.status[.conditions])
        conditions.set(
            Condition(type: type, status: status, reason: reason, message: message),
            transition: time)
        self.status[.conditions] = conditions.value
    }
}
