import Glibc
import Support
import Value

/// The pods of each domain for the hard constraints of a pod, counted once per pod.
struct SpreadState {
    struct Domain {
        let constraint: SpreadConstraint
        var counts: [String: Int]
        /// The least count over the domains; 0 while there are fewer than `minDomains`.
        var least: Int
        /// 1 when the pod itself counts.
        let own: Int
    }

    fileprivate(set) var domains: [Domain] = []

    init(_ needs: PodNeeds, cache: inout SchedulerCache) {
        let hard = needs.spread.filter(\.isHard)
        guard !hard.isEmpty else { return }
        let eligible = cache.present.filter { number in
            let labels = cache.nodes[number].labels
            return hard.allSatisfy { labels.contains($0.topologyKey) }
        }
        for constraint in hard {
            let counter = cache.counter(
                PodSelection(namespace: needs.namespace, selector: constraint.selector))
            var counts: [String: Int] = [:]
            for number in eligible {
                let node = cache.nodes[number]
                guard PodTopologySpread.counts(node, constraint, needs),
                    let value = node.labels[constraint.topologyKey].string
                else { continue }
                counts[value, default: 0] += counter[number]
            }
            let least = counts.count < constraint.minDomains ? 0 : counts.values.min() ?? 0
            domains.append(
                Domain(
                    constraint: constraint, counts: counts, least: least,
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
    static func reject(_ state: SpreadState, _ node: NodeState) -> [Rejection] {
        for domain in state.domains {
            guard let value = node.labels[domain.constraint.topologyKey].string else {
                return [.spreadLabelMissing]
            }
            let count = domain.counts[value] ?? 0
            if count + domain.own - domain.least > domain.constraint.maxSkew { return [.spread] }
        }
        return []
    }

    static func scores(
        _ cycle: SchedulingCycle, _ candidates: [Int], _ cache: inout SchedulerCache
    ) -> [Int] {
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
        guard !constraints.isEmpty else { return candidates.map { _ in 0 } }
        var raw = Array<Double?>(repeating: 0, count: candidates.count)
        for (index, number) in candidates.enumerated() where requiresLabels {
            let labels = cache.nodes[number].labels
            if !constraints.allSatisfy({ labels.contains($0.topologyKey) }) { raw[index] = nil }
        }
        for constraint in constraints {
            addCounts(constraint, needs, candidates, &raw, &cache)
        }
        return inverted(raw)
    }

    private static func addCounts(
        _ constraint: SpreadConstraint, _ needs: PodNeeds, _ candidates: [Int],
        _ raw: inout [Double?], _ cache: inout SchedulerCache
    ) {
        let key = constraint.topologyKey
        var values: Set<String> = []
        if key != hostname {
            for (index, number) in candidates.enumerated() where raw[index] != nil {
                if let value = cache.nodes[number].labels[key].string { values.insert(value) }
            }
            if values.isEmpty { return }
        }
        let counter = cache.counter(
            PodSelection(namespace: needs.namespace, selector: constraint.selector))
        let domainCount = key == hostname ? raw.count { $0 != nil } : values.count
        let weight = log(Double(domainCount + 2))
        var perDomain: [String: Int] = [:]
        if key != hostname {
            for number in cache.present {
                let node = cache.nodes[number]
                guard let value = node.labels[key].string, values.contains(value),
                    counts(node, constraint, needs)
                else { continue }
                perDomain[value, default: 0] += counter[number]
            }
        }
        for (index, number) in candidates.enumerated() {
            guard let score = raw[index], let value = cache.nodes[number].labels[key].string else {
                continue
            }
            let count = key == hostname ? counter[number] : perDomain[value] ?? 0
            raw[index] = score + Double(count) * weight + Double(constraint.maxSkew - 1)
        }
    }

    /// Few pods give many points; nodes without the labels get none.
    private static func inverted(_ raw: [Double?]) -> [Int] {
        let rounded = raw.map { $0.map { Int($0.rounded()) } }
        let counted = rounded.compactMap { $0 }
        guard let most = counted.max(), let least = counted.min() else {
            return raw.map { _ in 0 }
        }
        return rounded.map { score in
            guard let score else { return 0 }
            return most == 0
                ? ScorePlugin.maximum : ScorePlugin.maximum * (most + least - score) / most
        }
    }
}
