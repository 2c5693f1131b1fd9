import Model
import Support
import Value

/// What a kubelet watches its node for (source: pkg/kubelet/eviction, default hard thresholds).
enum Pressure: Int, CaseIterable {
    case memory, disk

    /// What requests, limits and capacities call it.
    var key: Key { self == .memory ? .memory : Self.ephemeralStorage }
    static let ephemeralStorage = Key("ephemeral-storage")

    var condition: String { self == .memory ? "MemoryPressure" : "DiskPressure" }
    /// The resource as evictions name it.
    var resource: String { self == .memory ? "memory" : "ephemeral-storage" }
    var taint: String { "node.kubernetes.io/\(self == .memory ? "memory" : "disk")-pressure" }

    /// `memory.available<100Mi`; `imagefs.available<15%`, on the one disk that nodes have.
    func threshold(capacity: Int64) -> Int64 {
        // Upstream keeps shares as 32-bit floats: 15 % of 100 GiB is 16106128000 bytes, not 16106127360.
        self == .memory ? 100 << 20 : Int64(Double(capacity) * Double(Float(15) / 100))
    }
}

// Containers that use memory and disk: kills by the kernel, conditions of the node, evictions.
extension Kubelet {
    static let evicted = "Evicted"
    /// Between two looks of the eviction manager.
    private static let monitoring: Milliseconds = 10_000
    /// How long a condition outlasts its cause.
    private static let transition: Milliseconds = 300_000

    /// Plans the steps of a running container's use.
    func planUsage(_ work: PodWork, _ index: Int, _ behavior: ContainerBehavior) {
        guard case .running(let since) = work.runs[index].state else { return }
        for step in behavior.memory + behavior.disk {
            schedule(
                work, after: since + step.from - now, Code.usage, container: index,
                generation: work.runs[index].generation)
        }
    }

    /// A step of a container's use has begun.
    func usageChanged(_ work: PodWork, _ index: Int) {
        guard case .running(let since) = work.runs[index].state else { return }
        let behavior = behavior(work, index)
        let age = now - since
        let memory = behavior.memory.last { $0.from <= age }?.amount ?? 0
        let disk = behavior.disk.last { $0.from <= age }?.amount ?? 0
        nodes[work.node].usage[Pressure.memory.rawValue] += memory - work.runs[index].memory
        nodes[work.node].usage[Pressure.disk.rawValue] += disk - work.runs[index].disk
        work.runs[index].memory = memory
        work.runs[index].disk = disk
        if let limit = work.runs[index].plan.memoryLimit, memory > limit {
            end(work, index, code: 137, reason: "OOMKilled")
            afterEnd(work)
        }
        relieve(work.node)
        let isUnder = Pressure.allCases.contains { isMet($0, work.node) }
        if isUnder || disk > 0 && !diskLimits(work).isEmpty { planPass(work.node) }
    }

    /// A container no longer uses anything.
    func freeUsage(_ work: PodWork, _ index: Int) {
        nodes[work.node].usage[Pressure.memory.rawValue] -= work.runs[index].memory
        nodes[work.node].usage[Pressure.disk.rawValue] -= work.runs[index].disk
        work.runs[index].memory = 0
        work.runs[index].disk = 0
    }

    private func capacity(_ pressure: Pressure, _ node: Int) -> Int64 {
        guard let object = api.find(.node, name: nodes[node].name) else { return 0 }
        return Quantity(object.value[.status][.capacity][pressure.key])?.value ?? 0
    }

    private func available(_ pressure: Pressure, _ node: Int) -> Int64 {
        max(capacity(pressure, node) - nodes[node].usage[pressure.rawValue], 0)
    }

    private func isMet(_ pressure: Pressure, _ node: Int) -> Bool {
        guard nodes[node].usage[pressure.rawValue] > 0 else { return false }
        let capacity = capacity(pressure, node)
        return available(pressure, node) < pressure.threshold(capacity: capacity)
    }

    /// The pods of a node that its kubelet runs, by name.
    func works(on node: Int) -> [PodWork] {
        view.pods(onNode: nodes[node].name)
            .sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
            .compactMap { work($0.slot) }.filter { $0.node == node && $0.deathDue == nil }
    }

    // MARK: The kernel

    /// Nothing is left of the memory: the kernel kills the process that it can best do without
    /// (BestEffort before Burstable before Guaranteed, then the largest).
    private func relieve(_ node: Int) {
        while nodes[node].usage[Pressure.memory.rawValue] > capacity(.memory, node) {
            var victim: (work: PodWork, index: Int, score: (Int, Int64))?
            for work in works(on: node) {
                guard let pod = api.find(.pod, work.key) else { continue }
                let quality =
                    ["BestEffort": 2, "Burstable": 1][
                        pod.value[.status].text(.qosClass)] ?? 0
                for index in work.runs.indices where work.runs[index].memory > 0 {
                    let score = (quality, work.runs[index].memory)
                    if victim == nil || score > victim!.score { victim = (work, index, score) }
                }
            }
            guard let victim else { return }
            tellOutOfMemory(victim.work, victim.index)
            end(victim.work, victim.index, code: 137, reason: "OOMKilled")
            afterEnd(victim.work)
        }
    }

    private func tellOutOfMemory(_ work: PodWork, _ index: Int) {
        guard let node = api.find(.node, name: nodes[work.node].name) else { return }
        var hash = StableHash()
        hash.combine(work.uid)
        hash.combine(UInt64(work.runs[index].generation))
        tell(
            node, .warning, "SystemOOM",
            "System OOM encountered, victim process: \(work.runs[index].name), "
                + "pid: \(1_000 + hash.value % 30_000)")
    }

    // MARK: The eviction manager

    /// Asks for a look of the node's eviction manager.
    func planPass(_ node: Int, after delay: Milliseconds? = nil) {
        let due = delay.map { now + $0 } ?? (now / Self.monitoring + 1) * Self.monitoring
        if let planned = nodes[node].nextPass, planned <= due, planned >= now { return }
        nodes[node].nextPass = due
        schedule(after: due - now, code: Code.eviction, a: node, b: nodes[node].lives)
    }

    /// The eviction manager looks: sets conditions, and evicts at most one pod. Source: its
    /// synchronize.
    func evictionPass(_ node: Int, life: Int) {
        guard nodes[node].nextPass == now, nodes[node].isAlive, nodes[node].lives == life else {
            return
        }
        nodes[node].nextPass = nil
        act(as: nodes[node].actor)
        let met = Pressure.allCases.filter { isMet($0, node) }
        for pressure in Pressure.allCases {
            if met.contains(pressure) {
                nodes[node].pressedUntil[pressure.rawValue] = now + Self.transition
            }
            setCondition(pressure, node)
        }
        if evictOverLimits(node) { return planPass(node, after: Self.monitoring) }
        guard let pressure = met.first else { return }
        if let object = api.find(.node, name: nodes[node].name) {
            tell(
                object, .warning, "EvictionThresholdMet",
                "Attempting to reclaim \(pressure.resource)")
        }
        evictOne(pressure, node)
        planPass(node, after: Self.monitoring)
    }

    /// Writes the node's condition where it is not what it should be.
    private func setCondition(_ pressure: Pressure, _ node: Int) {
        let until = nodes[node].pressedUntil[pressure.rawValue]
        let isPressed = until > now
        if isPressed {
            schedule(
                after: until - now, code: Code.pressureOver, a: node, b: nodes[node].lives)
        }
        guard isPressed != nodes[node].isPressed[pressure.rawValue] else { return }
        nodes[node].isPressed[pressure.rawValue] = isPressed
        writeNodeStatus(node, life: nodes[node].lives)
        guard let object = api.find(.node, name: nodes[node].name) else { return }
        let names =
            pressure == .memory
            ? ("NodeHasInsufficientMemory", "NodeHasSufficientMemory")
            : ("NodeHasDiskPressure", "NodeHasNoDiskPressure")
        tellNode(object, isPressed ? names.0 : names.1)
    }

    /// A condition may have outlasted its cause by now.
    func pressureOver(_ node: Int, life: Int) {
        guard nodes[node].isAlive, nodes[node].lives == life else { return }
        act(as: nodes[node].actor)
        for pressure in Pressure.allCases
        where nodes[node].isPressed[pressure.rawValue]
            && nodes[node].pressedUntil[pressure.rawValue] <= now
        {
            setCondition(pressure, node)
        }
    }

    /// Evicts the first by rank: pods that use more than they asked for, then lower priority, then
    /// those furthest over what they asked for; critical pods stay.
    private func evictOne(_ pressure: Pressure, _ node: Int) {
        let candidates = works(on: node).compactMap { EvictionCandidate($0, api, pressure) }
        guard let victim = candidates.filter({ !$0.isCritical }).min(by: <) else { return }
        let capacity = capacity(pressure, node)
        let amount = { (bytes: Int64) in Quantity(bytes, format: .binarySI).text }
        var text =
            "The node was low on resource: \(pressure.resource). Threshold quantity: "
            + "\(amount(pressure.threshold(capacity: capacity))), "
            + "available: \(amount(available(pressure, node))). "
        for run in victim.work.runs {
            let used = pressure == .memory ? run.memory : run.disk
            let request = EvictionCandidate.request(run.plan, pressure)
            guard used > request else { continue }
            text +=
                "Container \(run.name) was using \(amount(used)), "
                + "request is \(EvictionCandidate.requestText(run.plan, pressure)), "
                + "has larger consumption of \(pressure.resource). "
        }
        evict(victim.work, text, isDisruption: true)
    }

    private func evict(_ work: PodWork, _ text: String, isDisruption: Bool) {
        tell(work, .warning, Self.evicted, text)
        endPod(
            work,
            PodWork.Verdict(
                reason: Self.evicted, message: text, disruption: isDisruption ? text : nil),
            graceSeconds: 1)
    }

    // MARK: Limits of disk

    /// What of a pod is over its limits of ephemeral storage, in words.
    private func diskLimits(_ work: PodWork) -> [String] {
        var total: Int64 = 0
        var limit: Int64 = 0
        var texts: [String] = []
        for run in work.runs where run.role != .initial {
            total = total.addingSaturated(run.disk)
            let own = Quantity(run.plan.spec[.resources][.limits][Pressure.ephemeralStorage])
            limit = limit.addingSaturated(own?.value ?? 0)
            if let own, run.disk > own.value {
                texts.append(
                    "Container \(run.name) exceeded its local ephemeral storage limit "
                        + "\"\(own.text)\". ")
            }
        }
        guard limit > 0, total > limit else { return texts }
        return [
            "Pod ephemeral local storage usage exceeds the total limit of containers "
                + "\(Quantity(limit, format: .binarySI).text). "
        ] + texts
    }

    private func evictOverLimits(_ node: Int) -> Bool {
        guard nodes[node].usage[Pressure.disk.rawValue] > 0 else { return false }
        var found = false
        for work in works(on: node) {
            guard let text = diskLimits(work).first else { continue }
            evict(work, text, isDisruption: false)
            found = true
        }
        return found
    }
}

/// A pod as the eviction manager ranks it.
private struct EvictionCandidate {
    let work: PodWork
    let isCritical: Bool
    private let isOverRequest: Bool
    private let priority: Int
    private let excess: Int64

    init?(_ work: PodWork, _ api: APIServer, _ pressure: Pressure) {
        guard let pod = api.find(.pod, work.key), pod.uid == work.uid else { return nil }
        self.work = work
        priority = pod.value[.spec].int(.priority)
        isCritical = priority >= Kubelet.criticalPriority
        var used: Int64 = 0
        var requested: Int64 = 0
        for run in work.runs where run.role != .initial {
            used += pressure == .memory ? run.memory : run.disk
            requested = requested.addingSaturated(Self.request(run.plan, pressure))
        }
        excess = used - requested
        isOverRequest = excess > 0
    }

    static func request(_ plan: ContainerPlan, _ pressure: Pressure) -> Int64 {
        Quantity(plan.spec[.resources][.requests][pressure.key])?.value ?? 0
    }

    /// A request as the pod words it ("500M").
    static func requestText(_ plan: ContainerPlan, _ pressure: Pressure) -> String {
        Quantity(plan.spec[.resources][.requests][pressure.key])?.text ?? "0"
    }

    static func < (left: EvictionCandidate, right: EvictionCandidate) -> Bool {
        if left.isOverRequest != right.isOverRequest { return left.isOverRequest }
        if left.priority != right.priority { return left.priority < right.priority }
        return left.excess > right.excess
    }
}
