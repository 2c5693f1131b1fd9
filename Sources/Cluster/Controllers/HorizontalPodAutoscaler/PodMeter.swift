import API
import Model
import Support
import Value

/// Measures the pods of one namespace: what a metrics server or a metrics adapter would say of them.
///
/// The metrics server looks at all kubelets each 15 s, on the quarter minute, and knows a pod from the
/// first look at which its containers have run for ten seconds. Origin: metrics-server's
/// pkg/storage/pod.go (freshContainerMinMetricsResolution). Unlike there, a change of the load shows
/// at once, so that scripts see its effect at the autoscaler's next sync.
struct PodMeter {
    static let period: Milliseconds = 15_000
    private static let freshest: Milliseconds = 10_000

    /// What a metrics server says of one pod.
    struct Sample {
        /// In thousandths.
        let value: Int64
        let time: Milliseconds
        /// The span of time that the value is the average of.
        let window: Milliseconds
    }

    let loads: LoadTable
    let now: Milliseconds
    private let state: ClusterState
    /// Whether the kubelet of a node answers.
    private let isReachable: (String) -> Bool
    /// By number of the entry: how many ready pods share it.
    private var sharers: [Int: Int] = [:]

    /// - Parameters:
    ///   - pods: all pods of the namespace.
    ///   - isReachable: whether the kubelet of a node answers.
    init(
        _ loads: LoadTable, _ state: ClusterState, pods: [StoredObject], now: Milliseconds,
        isReachable: @escaping (String) -> Bool
    ) {
        self.isReachable = isReachable
        self.loads = loads
        self.state = state
        self.now = now
        let shared = loads.entries.indices.filter {
            if case .total = loads.entries[$0].amount { true } else { false }
        }
        guard !shared.isEmpty else { return }
        for pod in pods where !pod.isDeleting && PodFacts(pod).isReady {
            let chain = chain(of: pod)
            for number in shared where concerns(loads.entries[number], chain) {
                sharers[number, default: 0] += 1
            }
        }
    }

    // MARK: Resources

    /// What the metrics server says of a pod's use of a resource, all its containers or one; nil
    /// while it does not know the pod.
    func sample(_ pod: StoredObject, _ resource: String, container: String? = nil) -> Sample? {
        guard PodPhase(pod.value[.status][.phase].string) == .running,
            let node = pod.nodeName, isReachable(node)
        else { return nil }
        let starts = pod.value[.status][.containerStatuses].elements.compactMap {
            $0[.state][.running][.startedAt].worldTime
        }
        let last = now / Self.period * Self.period
        guard let start = starts.max(), last - start >= Self.freshest else { return nil }
        return Sample(
            value: usage(pod, resource, container: container), time: last,
            window: min(Self.period, last - start))
    }

    /// What a pod uses of a metric, in thousandths; nothing where no load says otherwise.
    func usage(_ pod: StoredObject, _ metric: String, container: String? = nil) -> Int64 {
        let containers = PodSpecView(pod.value[.spec]).containers
        let numbers = entries(of: pod, metric)
        var sum: Int64 = 0
        for (place, view) in containers.enumerated()
        where container == nil || view.name == container {
            let own = numbers.first { loads.entries[$0].container == view.name }
            let general = numbers.first { loads.entries[$0].container == nil }
            guard let number = own ?? general else { continue }
            let isCarrier = own != nil || place == 0
            sum = sum.addingSaturated(
                amount(of: number, view, pod, isCarrier: isCarrier, metric))
        }
        return sum
    }

    private func amount(
        of number: Int, _ container: ContainerView, _ pod: StoredObject, isCarrier: Bool,
        _ metric: String
    ) -> Int64 {
        switch loads.entries[number].amount {
        case .perPod(let each): return isCarrier ? each.milliValue : 0
        case .total(let total):
            guard isCarrier, !pod.isDeleting, PodFacts(pod).isReady else { return 0 }
            return total.milliValue / Int64(max(sharers[number] ?? 1, 1))
        case .utilization(let percent):
            let request = Quantity(container.requests[Key(metric)]) ?? .zero
            return Int64(clamping: Int128(request.milliValue) * Int128(percent) / 100)
        }
    }

    // MARK: Whose load

    /// The entries for a metric that concern a pod: its own, else its controller's, else that one's
    /// controller's.
    private func entries(of pod: StoredObject, _ metric: String) -> [Int] {
        for (kind, key) in chain(of: pod) {
            let found = loads.entries.indices.filter {
                let entry = loads.entries[$0]
                return entry.kind == kind && entry.key == key && entry.metric == metric
            }
            if !found.isEmpty { return found }
        }
        return []
    }

    private func concerns(
        _ entry: LoadTable.Entry, _ chain: [(kind: Kind, key: ObjectKey)]
    ) -> Bool {
        chain.contains { $0.kind == entry.kind && $0.key == entry.key }
    }

    /// The pod, its controller, and that one's controller.
    private func chain(of pod: StoredObject) -> [(kind: Kind, key: ObjectKey)] {
        var result = [(kind: Kind.pod, key: pod.key)]
        var object = pod
        while result.count < 4, let reference = object.controllerReference,
            let kind = Kind.allBuiltIn.first(where: { $0.info.name == reference.text(.kind) })
        {
            let key = ObjectKey(namespace: pod.namespace, name: reference.text(.name))
            result.append((kind, key))
            guard let owner = state.get(kind, key) else { break }
            object = owner
        }
        return result
    }
}
