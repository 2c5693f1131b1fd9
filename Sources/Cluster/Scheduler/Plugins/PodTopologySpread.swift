import Glibc
import Support
import Value

/// The pods of each domain for the hard constraints of a pod, counted once per pod.
struct SpreadState {
    struct Domain {
        let constraint: SpreadConstraint
        let topology: TopologyDomains
        /// By domain; -1 where no eligible node is in it.
        var counts: [Int]
        /// The least count over the domains; 0 while there are fewer than `minDomains`.
        var least: Int
        /// 1 when the pod itself counts.
        let own: Int
    }

    fileprivate(set) var domains: [Domain] = []

    init(_ needs: PodNeeds, cache: inout SchedulerCache) {
        guard needs.spread.contains(where: \.isHard) else { return }
        let hard = needs.spread.filter(\.isHard)
        let topologies = hard.map { cache.domains($0.topologyKey) }
        let eligible = cache.present.filter { number in
            topologies.allSatisfy { $0[number] != nil }
        }
        for (constraint, topology) in zip(hard, topologies) {
            let counter = cache.counter(
                PodSelection(namespace: needs.namespace, selector: constraint.selector))
            var counts = Array(repeating: -1, count: topology.count)
            for number in eligible {
                guard let domain = topology[number],
                    PodTopologySpread.counts(cache.nodes[number], constraint, needs)
                else { continue }
                counts[domain] = max(counts[domain], 0) + counter[number]
            }
            let seen = counts.filter { $0 >= 0 }
            let least = seen.count < constraint.minDomains ? 0 : seen.min() ?? 0
            domains.append(
                Domain(
                    constraint: constraint, topology: topology, counts: counts, least: least,
                    own: constraint.selector.matches(needs.labels) ? 1 : 0))
        }
    }
}

/// Even spreading over domains (KEP-895): hard constraints filter, soft ones score.
enum PodTopologySpread {
    static let hostname = Key("kubernetes.io/hostname")
    static let zone = Key("topology.kubernetes.io/zone")

    /// Whether a node's pods count for a constraint under its inclusion policies.
    fileprivate static func counts(
        _ node: NodeState, _ constraint: SpreadConstraint, _ needs: PodNeeds
    ) -> Bool {
        if constraint.honorsAffinity,
            !needs.nodeRequirement.matches(node.view)
        {
            return false
        }
        return !constraint.honorsTaints || node.hardTaints.allSatisfy { needs.tolerates($0) }
    }

    /// A domain may exceed the least filled one by maxSkew. With maxSkew 1 and zones of 3 and 2 pods
    /// a sixth pod goes to the second: 3 + 1 - 2 = 2 > 1 keeps it out of the first.
    static func reject(_ state: SpreadState, _ node: Int) -> [Rejection] {
        for domain in state.domains {
            guard let place = domain.topology[node] else { return [.spreadLabelMissing] }
            let count = max(domain.counts[place], 0)
            if count + domain.own - domain.least > domain.constraint.maxSkew { return [.spread] }
        }
        return []
    }

    static func scores(
        _ cycle: SchedulingCycle, _ candidates: [Int], _ cache: inout SchedulerCache
    ) -> [Int]? {
        let needs = cycle.needs
        var constraints = needs.spread.filter { !$0.isHard }
        // The defaults apply where the pod has no constraint of its own; missing labels are no fault.
        var requiresLabels = true
        if needs.spread.isEmpty, let selector = cycle.siblings {
            constraints = [
                SpreadConstraint(systemDefault: hostname, maxSkew: 3, selector: selector),
                SpreadConstraint(systemDefault: zone, maxSkew: 5, selector: selector),
            ]
            requiresLabels = false
        }
        guard !constraints.isEmpty else { return nil }
        var raw = Array(repeating: 0.0, count: candidates.count)
        for constraint in constraints {
            let topology = cache.domains(constraint.topologyKey)
            guard requiresLabels else { continue }
            for (index, number) in candidates.enumerated() where topology[number] == nil {
                raw[index] = unlabelled
            }
        }
        for constraint in constraints {
            addCounts(constraint, needs, candidates, &raw, &cache)
        }
        return inverted(raw)
    }

    /// The raw points of a node without the labels that the constraints ask for.
    private static let unlabelled = -1.0

    private static func addCounts(
        _ constraint: SpreadConstraint, _ needs: PodNeeds, _ candidates: [Int],
        _ raw: inout [Double], _ cache: inout SchedulerCache
    ) {
        let topology = cache.domains(constraint.topologyKey)
        guard topology.count > 0 else { return }
        let isPerNode = constraint.topologyKey == hostname
        var perDomain: [Int] = []
        var domainCount = 0
        if isPerNode {
            for points in raw where points != unlabelled { domainCount += 1 }
        } else {
            perDomain = Array(repeating: -1, count: topology.count)
            for (index, number) in candidates.enumerated() where raw[index] != unlabelled {
                guard let domain = topology[number], perDomain[domain] < 0 else { continue }
                perDomain[domain] = 0
                domainCount += 1
            }
            if domainCount == 0 { return }
        }
        let counter = cache.counter(
            PodSelection(namespace: needs.namespace, selector: constraint.selector))
        let weight = log(Double(domainCount + 2))
        if !isPerNode {
            for number in cache.present {
                guard let domain = topology[number], perDomain[domain] >= 0,
                    counts(cache.nodes[number], constraint, needs)
                else { continue }
                perDomain[domain] += counter[number]
            }
        }
        let allowance = Double(constraint.maxSkew - 1)
        for (index, number) in candidates.enumerated() where raw[index] != unlabelled {
            guard let domain = topology[number] else { continue }
            let count = isPerNode ? counter[number] : max(perDomain[domain], 0)
            raw[index] += Double(count) * weight + allowance
        }
    }

    /// Few pods give many points; nodes without the labels get none.
    private static func inverted(_ raw: [Double]) -> [Int] {
        var most = Int.min
        var least = Int.max
        for points in raw where points != unlabelled {
            most = max(most, Int(points.rounded()))
            least = min(least, Int(points.rounded()))
        }
        return raw.map { points in
            if points == unlabelled { return 0 }
            return most == 0
                ? ScorePlugin.maximum
                : ScorePlugin.maximum * (most + least - Int(points.rounded())) / most
        }
    }
}
