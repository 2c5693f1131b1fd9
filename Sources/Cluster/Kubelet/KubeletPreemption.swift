import Model
import Support
import Value

// Room for critical pods. Source: pkg/kubelet/preemption.
extension Kubelet {
    static let preempting = "Preempting"
    /// Priority classes of the system begin here (scheduling.SystemCriticalPriority).
    static let criticalPriority = 2_000_000_000

    /// What a node lacks for a pod.
    struct Shortage {
        let name: Key
        let requested: Int64
        let used: Int64
        let capacity: Int64

        var missing: Int64 { requested - (capacity - used) }

        var verdict: PodWork.Verdict {
            PodWork.Verdict(
                reason: "OutOf\(name.name)",
                message: "Node didn't have enough resource: \(name.name), requested: \(requested), "
                    + "used: \(used), capacity: \(capacity)")
        }
    }

    /// Kills as few pods as make room for a critical one; a verdict where there is no such set.
    ///
    /// Guaranteed pods go only where all others would not do, then burstable ones. Example: 1 CPU is
    /// missing, burstable pods ask for 0.5, 1 and 2: the one that asks for 1 is preempted.
    func makeRoom(
        for pod: StoredObject, _ shortages: [Shortage], _ node: Int
    ) -> PodWork.Verdict? {
        let need = Requirements(
            entries: shortages.map { Requirements.Entry(name: $0.name, amount: $0.missing) })
        let candidates = works(on: node).compactMap { Candidate($0, api, below: pod) }
        let tiers = ["BestEffort", "Burstable", "Guaranteed"].map { quality in
            candidates.filter { $0.quality == quality }
        }
        let lack = need.without(candidates)
        guard lack.entries.isEmpty else { return unexpected(lack) }
        let guaranteed = need.without(tiers[0] + tiers[1]).closest(among: tiers[2])
        let burstable = need.without(tiers[0] + guaranteed).closest(among: tiers[1])
        let bestEffort = need.without(burstable + guaranteed).closest(among: tiers[0])
        var room = now
        let message = "Preempted in order to admit critical pod"
        for victim in bestEffort + burstable + guaranteed {
            tell(victim.work, .warning, Self.preempting, message)
            endPod(
                victim.work,
                PodWork.Verdict(
                    reason: Self.preempting, message: message,
                    disruption: "Pod was preempted by Kubelet to accommodate a critical pod."),
                graceSeconds: victim.work.plan.graceSeconds)
            room = max(room, victim.work.deathDue ?? now)
        }
        if room > now { work(pod.slot)?.admittedAt = room }
        return nil
    }

    private func unexpected(_ lack: Requirements) -> PodWork.Verdict {
        PodWork.Verdict(
            reason: "UnexpectedAdmissionError",
            message: "Unexpected error while attempting to recover from admission failure: "
                + "preemption: error finding a set of pods to preempt: "
                + "no set of running pods found to reclaim resources: \(lack.text)")
    }
}

/// A pod that may be preempted.
private struct Candidate {
    let work: PodWork
    let quality: String
    private let requests: ResourceList

    /// Nil where the pod may not go for `other`: it is critical too, and has no lower priority.
    init?(_ work: PodWork, _ api: APIServer, below other: StoredObject) {
        guard let pod = api.find(.pod, work.key), pod.uid == work.uid, pod.uid != other.uid,
            !work.isFinished
        else { return nil }
        let priority = pod.value[.spec].int(.priority)
        guard
            priority < Kubelet.criticalPriority || other.value[.spec].int(.priority) > priority
        else { return nil }
        self.work = work
        quality = pod.value[.status].text(.qosClass)
        requests = PodSpecView(pod.value[.spec]).requests
    }

    func request(_ name: Key) -> Int64 {
        if name == .pods { return 1 }
        return name == .cpu ? requests[name].milliValue : requests[name].value
    }

    /// Memory counts before CPU.
    func isSmaller(than other: Candidate) -> Bool {
        for name in [Key.memory, .cpu] where request(name) != other.request(name) {
            return request(name) < other.request(name)
        }
        return true
    }
}

/// Amounts that must be set free.
private struct Requirements {
    struct Entry {
        let name: Key
        let amount: Int64
    }

    let entries: [Entry]

    var text: String {
        "[" + entries.map { "(res: \($0.name.name), q: \($0.amount)), " }.joined() + "]"
    }

    /// What is left once these pods are gone.
    func without(_ pods: [Candidate]) -> Requirements {
        Requirements(
            entries: entries.compactMap { entry in
                let left = pods.reduce(entry.amount) { $0 - $1.request(entry.name) }
                return left > 0 ? Entry(name: entry.name, amount: left) : nil
            })
    }

    /// How far the pod falls short, each resource by its share.
    private func distance(_ pod: Candidate) -> Double {
        entries.reduce(0) { sum, entry in
            let left = Double(entry.amount - pod.request(entry.name))
            guard left > 0 else { return sum }
            return sum + (left / Double(entry.amount)) * (left / Double(entry.amount))
        }
    }

    /// The pods that free the amounts: each time the one that falls least short, of those the smaller.
    func closest(among pods: [Candidate]) -> [Candidate] {
        var pods = pods
        var rest = self
        var result: [Candidate] = []
        while !rest.entries.isEmpty, !pods.isEmpty {
            var best = 0
            var bestDistance = Double.infinity
            for (place, pod) in pods.enumerated() {
                let distance = rest.distance(pod)
                guard
                    distance < bestDistance
                        || distance == bestDistance && pod.isSmaller(than: pods[best])
                else { continue }
                bestDistance = distance
                best = place
            }
            rest = rest.without([pods[best]])
            result.append(pods[best])
            pods.swapAt(best, pods.count - 1)
            pods.removeLast()
        }
        return result
    }
}
