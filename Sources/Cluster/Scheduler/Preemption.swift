import Model
import Value

/// Making room for a pod by removing pods of lower priority (upstream: DefaultPreemption).
///
/// On each node that could help, all pods of lower priority are taken away in thought; if the pod
/// then fits, they are put back one by one, the most important first, as long as it still fits. Of
/// the nodes the one is taken whose victims hurt least.
struct Preemption {
    let scheduler: Scheduler
    let pod: StoredObject
    let cycle: SchedulingCycle
    let failure: Failure

    struct Outcome {
        var node: String?
        /// What the message of the failed pod says after `preemption: `; empty when room is made.
        var message = ""
    }

    private struct Candidate {
        let node: Int
        /// Most important first.
        let victims: [Slot]
        let violations: Int
    }

    func run() -> Outcome {
        let total = failure.nodes
        guard cycle.needs.mayPreempt else {
            return Outcome(message: "not eligible due to preemptionPolicy=Never.")
        }
        if isWaitingForVictims {
            return Outcome(message: "not eligible due to a terminating pod on the nominated node.")
        }
        guard !failure.resolvable.isEmpty else {
            return Outcome(
                message: "0/\(total) nodes are available: "
                    + "\(total) Preemption is not helpful for scheduling.")
        }
        var tally = RejectionTally()
        for _ in 0..<failure.unresolvableCount {
            tally.add("Preemption is not helpful for scheduling")
        }
        var candidates: [Candidate] = []
        for number in failure.resolvable {
            switch victims(on: number) {
            case .victims(let candidate): candidates.append(candidate)
            case .none: tally.add("No preemption victims found for incoming pod")
            case .insufficient(let reasons): for reason in reasons { tally.add(reason.reason) }
            }
        }
        guard let best = pick(candidates) else {
            return Outcome(message: "0/\(total) nodes are available: \(tally.summary).")
        }
        return evict(best)
    }

    /// A pod that was nominated waits until its victims are gone before it preempts again.
    private var isWaitingForVictims: Bool {
        guard let node = scheduler.nominations.node(of: pod.slot),
            let number = scheduler.cache.number(of: node)
        else { return false }
        return scheduler.cache.nodes[number].pods.contains { slot in
            guard let other = scheduler.view.get(.pod, slot), other.isDeleting else { return false }
            return PodSpecView(other.value[.spec]).priority < cycle.needs.priority
        }
    }

    private enum Search {
        case victims(Candidate)
        case none
        case insufficient([Rejection])
    }

    private func victims(on number: Int) -> Search {
        var node = scheduler.cache.nodes[number]
        let placements = node.pods.compactMap { slot in
            scheduler.cache.placement(of: slot).map { (slot: slot, placement: $0) }
        }
        let lower = placements.filter { $0.placement.needs.priority < cycle.needs.priority }
        guard !lower.isEmpty else { return .none }
        for (slot, placement) in lower { node.remove(slot, placement.needs) }
        let reasons = rejections(without: lower.map(\.slot), node, number)
        guard reasons.isEmpty else { return .insufficient(reasons) }
        let important = lower.sorted { Self.isMoreImportant($0.placement, $1.placement) }
        let protected = DisruptionBudgets(view: scheduler.view, namespace: pod.namespace)
            .violating(important.map(\.slot))
        var victims: [Slot] = []
        var violations = 0
        let order =
            important.filter { protected.contains($0.slot) }
            + important.filter { !protected.contains($0.slot) }
        for (slot, placement) in order {
            node.add(slot, placement.needs)
            let away = lower.map(\.slot).filter { $0 != slot && !node.pods.contains($0) }
            if rejections(without: away, node, number).isEmpty { continue }
            node.remove(slot, placement.needs)
            victims.append(slot)
            if protected.contains(slot) { violations += 1 }
        }
        guard !victims.isEmpty else { return .none }
        let rank = important.map(\.slot).filter { victims.contains($0) }
        return .victims(Candidate(node: number, victims: rank, violations: violations))
    }

    /// Filters with the affinity and spreading as they would be without the pods in `away`.
    private func rejections(without away: [Slot], _ node: NodeState, _ number: Int) -> [Rejection] {
        let plain = FilterPlugin.rejections(cycle, node, number)
        let concernsOtherPods =
            plain.contains(.spread) || plain.contains(.podAntiAffinity)
            || plain.contains(.existingAntiAffinity)
        guard concernsOtherPods else { return plain }
        var cache = scheduler.cache
        for slot in away { cache.remove(slot) }
        let changed = SchedulingCycle(
            cycle.needs, volumes: cycle.volumes, siblings: cycle.siblings, cache: &cache)
        return FilterPlugin.rejections(changed, node, number)
    }

    /// Higher priority first, then the longer running one.
    private static func isMoreImportant(
        _ left: SchedulerCache.Placement, _ right: SchedulerCache.Placement
    ) -> Bool {
        left.needs.priority != right.needs.priority
            ? left.needs.priority > right.needs.priority : left.startTime < right.startTime
    }

    /// Fewest broken budgets, then the least of the highest priorities, the least sum of priorities,
    /// the fewest victims, the latest start of the most important victims; then the first.
    private func pick(_ candidates: [Candidate]) -> Candidate? {
        let ranked = candidates.map { candidate in
            let placements = candidate.victims.compactMap { scheduler.cache.placement(of: $0) }
            let highest = placements.map(\.needs.priority).max() ?? 0
            // Priorities may be negative: shift them so that more victims never cost less.
            let sum = placements.reduce(0) { $0 + $1.needs.priority + Int(Int32.max) + 1 }
            let start = placements.filter { $0.needs.priority == highest }.map(\.startTime).min()
            return (candidate, highest, sum, start ?? "")
        }
        return ranked.min { left, right in
            if left.0.violations != right.0.violations {
                return left.0.violations < right.0.violations
            }
            if left.1 != right.1 { return left.1 < right.1 }
            if left.2 != right.2 { return left.2 < right.2 }
            if left.0.victims.count != right.0.victims.count {
                return left.0.victims.count < right.0.victims.count
            }
            return left.3 > right.3
        }?.0
    }

    private func evict(_ candidate: Candidate) -> Outcome {
        let node = scheduler.cache.nodes[candidate.node].name
        for slot in candidate.victims {
            guard let victim = scheduler.view.get(.pod, slot), !victim.isDeleting else { continue }
            try? scheduler.disrupt(
                victim, reason: "PreemptionByScheduler",
                message: "\(Scheduler.name): preempting to accommodate a higher priority pod")
            _ = try? scheduler.api.delete(victim)
            scheduler.record(
                victim, .normal, reason: "Preempted",
                message: "Preempted by pod \(pod.uid) on node \(node)")
        }
        scheduler.nominations.add(pod.slot, cycle.needs, node: node)
        return Outcome(node: node)
    }
}

/// The disruption budgets of a namespace, as preemption tries to honour them.
struct DisruptionBudgets {
    private let view: View
    private let budgets: [StoredObject]

    init(view: View, namespace: String) {
        self.view = view
        budgets = view.list(.podDisruptionBudget, namespace: namespace)
    }

    /// Those of `pods` whose removal, in this order, would exceed what a budget allows.
    func violating(_ pods: [Slot]) -> Set<Slot> {
        var allowed = budgets.map { $0.value[.status].int(.disruptionsAllowed) }
        let selectors = budgets.map { LabelSelector($0.value[.spec][.selector]) }
        var found: Set<Slot> = []
        for slot in pods {
            guard let pod = view.get(.pod, slot) else { continue }
            let labels = pod.value[.metadata][.labels].fields
            for index in budgets.indices
            where budgets[index].namespace == pod.namespace && selectors[index].matches(labels) {
                if allowed[index] <= 0 { found.insert(slot) }
                allowed[index] -= 1
            }
        }
        return found
    }
}
