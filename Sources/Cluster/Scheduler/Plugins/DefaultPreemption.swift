import Model
import Support
import Value

/// Makes room for a pod by removing pods of lower priority.
///
/// On each node that could help, all pods of lower priority are taken away in thought; if the pod
/// then fits, they are put back one by one, the most important first, as long as it still fits. Of
/// the nodes the one is taken whose victims hurt least.
enum DefaultPreemption: PostFilterPlugin {
    static let name = "DefaultPreemption"
    static let podFields: [Key] = [.priority, .preemptionPolicy]

    static func postFilter(
        _ failure: Diagnosis, _ cycle: SchedulingCycle, _ scheduler: Scheduler
    ) -> PostFilterResult {
        Preemption(scheduler: scheduler, cycle: cycle, failure: failure).run()
    }

    /// At least this many candidates, and this share of the nodes that could help, are found before
    /// the best is picked (minCandidateNodesAbsolute, minCandidateNodesPercentage).
    static func wantedCandidates(of nodes: Int) -> Int { max(nodes * 10 / 100, 100) }
}

private struct Preemption {
    let scheduler: Scheduler
    let cycle: SchedulingCycle
    let failure: Diagnosis

    private var pod: StoredObject { cycle.pod.object }
    private var priority: Int { cycle.pod.needs.priority }

    private struct Candidate {
        let node: Int
        /// Most important first.
        let victims: [Slot]
        /// How many of them their budgets do not allow.
        let violations: Int
    }

    func run() -> PostFilterResult {
        if cycle.pod.needs.spec[.preemptionPolicy].string == "Never" {
            return .rejected(
                "preemption: not eligible due to preemptionPolicy=Never.", keepsNomination: true)
        }
        if isWaitingForVictims {
            return .rejected(
                "preemption: not eligible due to a terminating pod on the nominated node.",
                keepsNomination: true)
        }
        var tally = RejectionTally()
        let helpless = failure.nodes - failure.resolvable.count
        if helpless > 0 { tally.add("Preemption is not helpful for scheduling", helpless) }
        guard let best = pick(candidates(&tally)) else {
            let text = "0/\(failure.nodes) nodes are available: \(tally.summary)."
            return .rejected("preemption: \(text)", keepsNomination: false)
        }
        return .nominated(evict(best))
    }

    /// A pod waits until its victims are gone before it preempts again: as long as a pod of lower
    /// priority on its nominated node is going because of a preemption, unless that node will not
    /// do any more.
    private var isWaitingForVictims: Bool {
        guard let name = scheduler.nominations.node(of: pod.slot),
            let number = scheduler.cache.number(of: name),
            !failure.unresolvable.contains(number)
        else { return false }
        return scheduler.cache.nodes[number].pods.contains { slot in
            guard let other = scheduler.cache.placement(of: slot),
                other.needs.priority < priority, let pod = scheduler.view.get(.pod, slot)
            else { return false }
            return pod.isDeleting && Self.isPreempted(pod)
        }
    }

    private static func isPreempted(_ pod: StoredObject) -> Bool {
        let condition = Conditions(pod.value[.status][.conditions])["DisruptionTarget"]
        return condition?.status == "True" && condition?.reason == "PreemptionByScheduler"
    }

    // MARK: Finding victims

    private func candidates(_ tally: inout RejectionTally) -> [Candidate] {
        // Mostly all priorities are equal: then no node has to be looked at to say so.
        guard scheduler.cache.hasPods(below: priority) else {
            if !failure.resolvable.isEmpty {
                tally.add(Self.noVictims, failure.resolvable.count)
            }
            return []
        }
        let budgets = DisruptionBudgets(scheduler.view)
        let wanted = DefaultPreemption.wantedCandidates(of: failure.resolvable.count)
        var found: [Candidate] = []
        var isHarmless = false
        for number in failure.resolvable {
            switch victims(on: number, budgets) {
            case .found(let candidate):
                found.append(candidate)
                isHarmless = isHarmless || candidate.violations == 0
            case .none: tally.add(Self.noVictims)
            case .insufficient(let rejection):
                for reason in rejection.reasons { tally.add(reason) }
            }
            if isHarmless, found.count >= wanted { break }
        }
        return found
    }

    private static let noVictims = "No preemption victims found for incoming pod"

    private enum Search {
        case found(Candidate)
        case none
        /// The pod does not fit even without any pod of lower priority.
        case insufficient(Rejection)
    }

    private func victims(on number: Int, _ budgets: DisruptionBudgets) -> Search {
        let lower = scheduler.cache.nodes[number].pods.compactMap { slot in
            scheduler.cache.placement(of: slot).map { (slot: slot, placement: $0) }
        }.filter { $0.placement.needs.priority < priority }
        guard !lower.isEmpty else { return .none }
        var trial = Trial(number, cycle, scheduler)
        for (slot, placement) in lower { trial.remove(slot, placement.needs) }
        if let rejection = trial.rejection { return .insufficient(rejection) }
        let important = lower.sorted { Self.isMoreImportant($0.placement, $1.placement) }
        let protected = budgets.violating(important.map(\.slot))
        let order =
            important.filter { protected.contains($0.slot) }
            + important.filter { !protected.contains($0.slot) }
        var victims: Set<Slot> = []
        for (slot, placement) in order {
            trial.add(slot, placement.needs)
            if trial.rejection == nil { continue }
            trial.remove(slot, placement.needs)
            victims.insert(slot)
        }
        guard !victims.isEmpty else { return .none }
        return .found(
            Candidate(
                node: number, victims: important.map(\.slot).filter(victims.contains),
                violations: victims.intersection(protected).count))
    }

    /// A node in thought, with fewer pods than it has.
    private struct Trial {
        private(set) var node: NodeState
        private let number: Int
        private var cycle: SchedulingCycle
        private let scheduler: Scheduler

        init(_ number: Int, _ cycle: SchedulingCycle, _ scheduler: Scheduler) {
            self.number = number
            self.cycle = cycle
            self.scheduler = scheduler
            node = scheduler.cache.nodes[number]
        }

        var rejection: Rejection? { scheduler.rejection(cycle, node, number) }

        mutating func add(_ pod: Slot, _ needs: PodNeeds) {
            node.add(pod, needs)
            cycle.count(needs, on: node, number, by: 1)
        }

        mutating func remove(_ pod: Slot, _ needs: PodNeeds) {
            node.remove(pod, needs)
            cycle.count(needs, on: node, number, by: -1)
        }
    }

    /// Higher priority first, then the longer running one.
    private static func isMoreImportant(
        _ left: SchedulerCache.Placement, _ right: SchedulerCache.Placement
    ) -> Bool {
        left.needs.priority != right.needs.priority
            ? left.needs.priority > right.needs.priority : left.start < right.start
    }

    // MARK: The best candidate

    /// Fewest broken budgets, then the least of the highest priorities, the least sum of
    /// priorities, the fewest victims, the latest start of the most important victims; then the
    /// first.
    private func pick(_ candidates: [Candidate]) -> Candidate? {
        let ranked = candidates.map { candidate in
            let placements = candidate.victims.compactMap { scheduler.cache.placement(of: $0) }
            let highest = placements.map(\.needs.priority).max() ?? 0
            // Priorities may be negative: shift them so that more victims never cost less.
            let sum = placements.reduce(0) { $0 + $1.needs.priority + Int(Int32.max) + 1 }
            let start = placements.filter { $0.needs.priority == highest }.map(\.start).min()
            return (candidate: candidate, highest: highest, sum: sum, start: start ?? "")
        }
        return ranked.min { left, right in
            let (before, after) = (left.candidate, right.candidate)
            if before.violations != after.violations {
                return before.violations < after.violations
            }
            if left.highest != right.highest { return left.highest < right.highest }
            if left.sum != right.sum { return left.sum < right.sum }
            if before.victims.count != after.victims.count {
                return before.victims.count < after.victims.count
            }
            return left.start > right.start
        }?.candidate
    }

    /// Answers the name of the node.
    private func evict(_ candidate: Candidate) -> String {
        let node = scheduler.cache.nodes[candidate.node].name
        // Pods of lower priority that were to come there may not fit any more.
        for slot in scheduler.nominations.pods(on: node, below: priority) {
            scheduler.takeBackNomination(of: slot)
        }
        for slot in candidate.victims {
            guard let victim = scheduler.view.get(.pod, slot), !victim.isDeleting else { continue }
            try? scheduler.disrupt(
                victim, reason: "PreemptionByScheduler",
                message: "\(Scheduler.name): preempting to accommodate a higher priority pod")
            _ = try? scheduler.api.delete(victim)
            scheduler.tell(
                victim, .normal, "Preempted", "Preempted by pod \(pod.uid) on node \(node)",
                action: "Preempting")
        }
        return node
    }
}

extension SchedulerCache.Placement {
    /// When the pod started, for comparisons: one that has not yet comes after all others.
    fileprivate var start: String { startTime.isEmpty ? "not yet" : startTime }
}

/// The disruption budgets, as preemption tries to honour them.
private struct DisruptionBudgets {
    private let view: View
    private let budgets: [(object: StoredObject, selector: LabelSelector)]

    init(_ view: View) {
        self.view = view
        budgets = view.list(.podDisruptionBudget).map {
            ($0, LabelSelector($0.value[.spec][.selector]))
        }
    }

    /// Those of `pods` whose removal, in this order, would exceed what a budget of their namespace
    /// allows (`filterPodsWithPDBViolation`).
    func violating(_ pods: [Slot]) -> Set<Slot> {
        guard !budgets.isEmpty else { return [] }
        var allowed = budgets.map { $0.object.value[.status].int(.disruptionsAllowed) }
        var found: Set<Slot> = []
        for slot in pods {
            guard let pod = view.get(.pod, slot) else { continue }
            for index in budgets.indices where covers(budgets[index], pod) {
                allowed[index] -= 1
                if allowed[index] < 0 { found.insert(slot) }
            }
        }
        return found
    }

    /// A budget that selects everything covers nothing here, and a pod that the API server let go
    /// under a budget is accounted for.
    private func covers(
        _ budget: (object: StoredObject, selector: LabelSelector), _ pod: StoredObject
    ) -> Bool {
        let labels = pod.value[.metadata][.labels].fields
        return budget.object.namespace == pod.namespace && !labels.isEmpty
            && !budget.selector.isEverything && budget.selector.matches(labels)
            && budget.object.value[.status][.disruptedPods][Key(pod.name)].isNull
    }
}
