import Model
import Support
import Value

// What a kubelet does not take. Source: pkg/kubelet/lifecycle, the predicate admit handler, and the
// eviction manager's Admit.
extension Kubelet {
    /// Why the node refuses the pod; nil where it takes it.
    ///
    /// A pod that the scheduler has put there fits: only those that name their node themselves are
    /// looked at closely. Where only resources are missing, a critical pod has others killed.
    func refusal(of pod: StoredObject, _ node: Int) -> PodWork.Verdict? {
        if nodes[node].isPressed.contains(true), let refusal = pressureRefusal(of: pod, node) {
            return refusal
        }
        if let refusal = Self.systemRefusal(of: pod.value) { return refusal }
        let conditions = pod.value[.status].conditions
        if conditions.isTrue("PodScheduled") { return nil }
        guard let object = api.find(.node, name: nodes[node].name) else { return nil }
        let shortages = shortages(of: pod, object)
        let isCritical = pod.value[.spec].int(.priority) >= Self.criticalPriority
        if let first = shortages.first, !isCritical { return first.verdict }
        if let misfit = misfit(of: pod, object, node) { return misfit }
        return shortages.isEmpty ? nil : makeRoom(for: pod, shortages, node)
    }

    /// Pods for another operating system than the nodes' are not taken, wherever they come from.
    private static func systemRefusal(of pod: Value) -> PodWork.Verdict? {
        let system = "linux"
        if let label = pod[.metadata][.labels]["kubernetes.io/os"].string, label != system {
            return PodWork.Verdict(
                reason: "PodOSSelectorNodeLabelDoesNotMatch",
                message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node "
                    + "label")
        }
        if let name = pod[.spec][.os][.name].string, name != system {
            return PodWork.Verdict(
                reason: "PodOSNotSupported",
                message: "Failed to admit pod as the OS field doesn't match node OS")
        }
        return nil
    }

    /// Why the pod does not fit the node, resources aside.
    private func misfit(
        of pod: StoredObject, _ object: StoredObject, _ node: Int
    ) -> PodWork.Verdict? {
        let view = NodeView(object.value)
        guard NodeRequirement(spec: pod.value[.spec]).matches(view) else {
            return PodWork.Verdict(
                reason: "NodeAffinity",
                message: "Predicate NodeAffinity failed: "
                    + "node(s) didn't match Pod's node affinity/selector")
        }
        if hasPortConflict(pod, node) {
            return PodWork.Verdict(
                reason: "NodePorts",
                message: "Predicate NodePorts failed: "
                    + "node(s) didn't have free ports for the requested pod ports")
        }
        let tolerations = pod.value[.spec][.tolerations].elements.map { Toleration($0) }
        let isUntolerated = view.taints.contains { taint in
            taint.effect == "NoExecute" && !tolerations.contains { $0.tolerates(taint) }
        }
        guard isUntolerated else { return nil }
        return PodWork.Verdict(
            reason: "TaintToleration",
            message: "Predicate TaintToleration failed: "
                + "node(s) had taints that the pod didn't tolerate")
    }

    /// Under pressure a node takes critical pods; of others, for want of memory alone, those that asked
    /// for some or tolerate the taint.
    private func pressureRefusal(of pod: StoredObject, _ node: Int) -> PodWork.Verdict? {
        if pod.value[.spec].int(.priority) >= Self.criticalPriority { return nil }
        let pressed = Pressure.allCases.filter { nodes[node].isPressed[$0.rawValue] }
        if pressed == [.memory] {
            if pod.value[.status].text(.qosClass) != "BestEffort" { return nil }
            let taint = TaintView([.key: Value(Pressure.memory.taint), .effect: "NoSchedule"])
            let tolerations = pod.value[.spec][.tolerations].elements.map { Toleration($0) }
            if tolerations.contains(where: { $0.tolerates(taint) }) { return nil }
        }
        let names = pressed.map(\.condition).joined(separator: " ")
        return PodWork.Verdict(
            reason: Self.evicted, message: "The node had condition: [\(names)]. ")
    }

    /// The other pods that count against the node.
    private func others(_ pod: StoredObject, _ node: Int) -> [PodSpecView] {
        view.pods(onNode: nodes[node].name).compactMap { other -> PodSpecView? in
            guard other.uid != pod.uid, !PodView(other.value).isTerminal,
                let work = work(other.slot)
            else { return nil }
            let spec = other.value[.spec]
            // One that waits for room has what it had.
            return PodSpecView(
                work.resize.pending == nil ? spec : work.plan.spec(spec, withAmountsOf: work.plan))
        }
    }

    /// The resources that are not there: pods, cpu, memory, then the others by name. Of extended
    /// resources those count that the node has (predicate's removeMissingExtendedResources).
    func shortages(of pod: StoredObject, _ object: StoredObject) -> [Shortage] {
        let node = number(of: object.name)
        let allocatable = ResourceList(object.value[.status][.allocatable].fields)
        let others = others(pod, node)
        var used = ResourceList()
        for other in others { used.add(other.requests) }
        let requests = PodSpecView(pod.value[.spec]).requests
        var result: [Shortage] = []
        let room = allocatable[.pods].value
        if Int64(others.count) + 1 > room {
            result.append(
                Shortage(name: .pods, requested: 1, used: Int64(others.count), capacity: room))
        }
        let sorted = requests.entries.map(\.name).sorted { $0.name < $1.name }
        let names =
            [.cpu, .memory].filter { sorted.contains($0) }
            + sorted.filter { $0 != .cpu && $0 != .memory }
        for name in names where !requests[name].isZero {
            if name.isExtendedResource, !allocatable.contains(name) { continue }
            guard used[name] + requests[name] > allocatable[name] else { continue }
            let number = { (amount: Quantity) in
                name == .cpu ? amount.milliValue : amount.value
            }
            result.append(
                Shortage(
                    name: name, requested: number(requests[name]), used: number(used[name]),
                    capacity: number(allocatable[name])))
        }
        return result
    }

    private func hasPortConflict(_ pod: StoredObject, _ node: Int) -> Bool {
        let wanted = PodSpecView(pod.value[.spec]).hostPorts
        guard !wanted.isEmpty else { return false }
        return others(pod, node).contains { other in
            other.hostPorts.contains { taken in
                wanted.contains {
                    $0.port == taken.port && $0.protocolName == taken.protocolName
                        && ($0.ip == taken.ip || $0.ip == "0.0.0.0" || taken.ip == "0.0.0.0")
                }
            }
        }
    }

    /// Refuses the pod: an event, and phase Failed.
    func refuse(_ work: PodWork, _ refusal: PodWork.Verdict) {
        tell(work, .warning, refusal.reason, refusal.message)
        work.refusal = PodWork.Verdict(
            reason: refusal.reason, message: "Pod was rejected: \(refusal.message)")
        report(work)
    }
}

extension Key {
    /// Whether the resource is one that the system does not know (IsExtendedResourceName).
    fileprivate var isExtendedResource: Bool {
        name.contains("/") && !name.contains("kubernetes.io/") && !name.hasPrefix("requests.")
    }
}
