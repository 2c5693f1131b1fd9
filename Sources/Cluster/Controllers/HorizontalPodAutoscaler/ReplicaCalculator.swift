import Model
import Support
import Value

/// Turns what is measured of pods into a number of replicas.
///
/// Origin: pkg/controller/podautoscaler/replica_calculator.go. The number is the ratio of measured to
/// wanted, times the ready pods, rounded up; within a tolerance of 10 % nothing changes. Example: three
/// pods at 90 % where 60 % is wanted make ceil(1.5 × 3) = 5.
struct ReplicaCalculator {
    static let tolerance = 0.1
    /// How long a pod's cpu is not believed unless it has been ready for a whole measurement
    /// (`--horizontal-pod-autoscaler-cpu-initialization-period`).
    private static let initialization: Milliseconds = 300_000
    /// A pod that turned unready within this time of its start has never been ready
    /// (`--horizontal-pod-autoscaler-initial-readiness-delay`).
    private static let readinessDelay: Milliseconds = 30_000

    /// The target's pods.
    let pods: [StoredObject]
    /// `spec.replicas` of the target.
    let current: Int
    let now: Milliseconds

    /// A number of replicas, and the average that it follows from.
    struct Outcome {
        let replicas: Int
        let average: Int64
        /// In percent of the requests; 0 where no utilization is wanted.
        var utilization = 0
    }

    /// What became of each pod (`groupPods`).
    private struct Groups {
        var ready = 0
        var unready: [String] = []
        var missing: [String] = []
    }

    // MARK: Averages

    /// Replicas for an average per pod (`calcPlainMetricReplicas`). `resource` is empty for what is
    /// not measured by the metrics server.
    func plain(
        _ measured: [String: PodMeter.Sample], target: Int64, resource: String
    ) throws(MetricProblem) -> Outcome {
        let (groups, used) = try split(measured, resource)
        var values = used
        func average() -> Int64 { Self.average(values.values) }
        let first = average()
        let ratio = Double(first) / Double(max(target, 1))
        let countsUnready = !groups.unready.isEmpty && ratio > 1
        if !countsUnready && groups.missing.isEmpty {
            return Outcome(replicas: plainCount(ratio, groups.ready), average: first)
        }
        // Pods that are not measured are taken to do what is wanted when fewer are wanted, and
        // nothing when more are.
        for name in groups.missing { values[name] = ratio < 1 ? target : 0 }
        if countsUnready { for name in groups.unready { values[name] = 0 } }
        let second = Double(average()) / Double(max(target, 1))
        return Outcome(replicas: mended(ratio, second, values.count), average: first)
    }

    /// Replicas for a share of what pods request (`GetResourceReplicas`).
    func utilization(
        _ measured: [String: PodMeter.Sample], target: Int, resource: String,
        requests requested: () throws(MetricProblem) -> [String: Int64]
    ) throws(MetricProblem) -> Outcome {
        let (groups, used) = try split(measured, resource)
        let requests = try requested()
        var values = used
        func percent() throws(MetricProblem) -> Int {
            let known = values.filter { requests[$0.key] != nil }
            let total = Self.sum(known.keys.map { requests[$0] ?? 0 })
            guard total > 0 else { throw MetricProblem("no metrics returned matched known pods") }
            return Int(clamping: Self.sum(known.values) * 100 / total)
        }
        let first = try percent()
        let average = Self.average(values.values)
        let ratio = Double(first) / Double(max(target, 1))
        let countsUnready = !groups.unready.isEmpty && ratio > 1
        if !countsUnready && groups.missing.isEmpty {
            return Outcome(
                replicas: plainCount(ratio, groups.ready), average: average, utilization: first)
        }
        for name in groups.missing where ratio != 1 {
            values[name] =
                ratio < 1
                ? Int64(clamping: Int128(requests[name] ?? 0) * Int128(max(100, target)) / 100) : 0
        }
        if countsUnready { for name in groups.unready { values[name] = 0 } }
        let second = Double(try percent()) / Double(max(target, 1))
        return Outcome(
            replicas: mended(ratio, second, values.count), average: average, utilization: first)
    }

    private func plainCount(_ ratio: Double, _ ready: Int) -> Int {
        abs(1 - ratio) <= Self.tolerance ? current : Self.count(ratio * Double(ready))
    }

    /// The number after pods without a measurement were counted in, unless that turns the direction.
    private func mended(_ first: Double, _ second: Double, _ count: Int) -> Int {
        if abs(1 - second) <= Self.tolerance || first < 1 && second > 1 || first > 1 && second < 1 {
            return current
        }
        let replicas = Self.count(second * Double(count))
        if second < 1 && replicas > current || second > 1 && replicas < current { return current }
        return replicas
    }

    // MARK: Numbers

    /// Sums of thousandths: those of a few terabytes leave 64 bits.
    private static func sum(_ values: some Sequence<Int64>) -> Int128 {
        values.reduce(0) { $0 + Int128($1) }
    }

    private static func average(_ values: some Collection<Int64>) -> Int64 {
        Int64(clamping: sum(values) / Int128(max(values.count, 1)))
    }

    /// A ratio as a whole number, rounded up; what no cluster can have is cut off.
    private static func count(_ number: Double) -> Int {
        Int(min(max(number.rounded(.up), 0), 1e15))
    }

    // MARK: Groups

    private func split(
        _ measured: [String: PodMeter.Sample], _ resource: String
    ) throws(MetricProblem) -> (Groups, [String: Int64]) {
        if pods.isEmpty {
            throw MetricProblem("no pods returned by selector while calculating replica count")
        }
        var groups = Groups()
        var values: [String: Int64] = [:]
        for pod in pods {
            let phase = PodPhase(pod.value[.status][.phase].string)
            if pod.isDeleting || phase == .failed { continue }
            if phase == .pending {
                groups.unready.append(pod.name)
            } else if let sample = measured[pod.name] {
                if resource == "cpu", isStarting(pod, sample) {
                    groups.unready.append(pod.name)
                } else {
                    groups.ready += 1
                    values[pod.name] = sample.value
                }
            } else {
                groups.missing.append(pod.name)
            }
        }
        guard !values.isEmpty else {
            throw MetricProblem(
                "did not receive metrics for targeted pods (pods might be unready)")
        }
        return (groups, values)
    }

    /// Whether a pod's cpu says nothing yet: starting up takes more than the work afterwards.
    private func isStarting(_ pod: StoredObject, _ sample: PodMeter.Sample) -> Bool {
        let ready = pod.value[.status].conditions["Ready"]
        guard let ready, let start = pod.value[.status][.startTime].worldTime else { return true }
        let isUnready = ready.status == "False"
        let turned = ready.value[.lastTransitionTime].worldTime ?? start
        if start + Self.initialization > now {
            return isUnready || sample.time < turned + sample.window
        }
        return isUnready && start + Self.readinessDelay > turned
    }

    // MARK: Values

    /// Replicas for the value of one thing (`getUsageRatioReplicaCount`).
    func ratio(_ measured: Int64, target: Int64) throws(MetricProblem) -> Int {
        let ratio = Double(measured) / Double(max(target, 1))
        guard current != 0 else { return Self.count(ratio) }
        if abs(1 - ratio) <= Self.tolerance { return current }
        if pods.isEmpty {
            throw MetricProblem(
                "unable to calculate ready pods: no pods returned by selector while calculating "
                    + "replica count")
        }
        let ready = pods.count {
            PodPhase($0.value[.status][.phase].string) == .running && PodFacts($0).isReady
        }
        return Self.count(ratio * Double(ready))
    }

    /// Replicas for the value of one thing, shared among them (`GetObjectPerPodMetricReplicas`).
    /// `counted` is `status.replicas` of the target.
    func shared(_ measured: Int64, target: Int64, counted: Int) -> Outcome {
        let wanted = Double(max(target, 1))
        let ratio = counted == 0 ? .infinity : Double(measured) / (wanted * Double(counted))
        let replicas =
            abs(1 - ratio) > Self.tolerance
            ? Self.count(Double(measured) / wanted) : counted
        let average =
            counted == 0 ? 0 : Int64(Self.count(Double(measured) / Double(counted)))
        return Outcome(replicas: replicas, average: average)
    }
}
