import Glibc
import Model
import Support

extension PodTopologySpread: ScorePlugin {
    private static let hostname = Key("kubernetes.io/hostname")
    private static let zone = Key("topology.kubernetes.io/zone")

    /// The points of a node without the labels that the constraints ask for.
    private static let unlabelled = -1

    /// For each soft constraint the pods of the node's domain times log(domains + 2), and maxSkew
    /// less 1. With two zones of 3 and 1 pods and maxSkew 1: 3 · log 4 = 4.16, so 4, and
    /// 1 · log 4 = 1.39, so 1.
    static func score(_ pod: PodToPlace, _ candidates: [Int], _ cache: inout SchedulerCache)
        -> [Int]?
    {
        var soft = SoftConstraints(pod.needs.spread.filter { !$0.isHard }, needsLabels: true)
        if pod.needs.spread.isEmpty {
            guard let selector = cache.memory(SiblingsMemory.self).selector(of: pod) else {
                return nil
            }
            soft = .systemDefaults(selector)
        }
        guard !soft.constraints.isEmpty else { return nil }
        var raw = Array(repeating: 0.0, count: candidates.count)
        if soft.needsLabels {
            soft.topologies = soft.constraints.map { cache.domains($0.topologyKey) }
            for (index, number) in candidates.enumerated() where soft.lacksLabel(number) {
                raw[index] = Double(unlabelled)
            }
        }
        for constraint in soft.constraints {
            addCounts(constraint, soft, pod.needs, candidates, &raw, &cache)
        }
        return raw.map { Int($0.rounded()) }
    }

    /// The constraints that score.
    private struct SoftConstraints {
        let constraints: [SpreadConstraint]
        /// Whether a node counts only if it has the labels of all of them.
        let needsLabels: Bool
        /// Of the constraints, where they need labels.
        var topologies: [TopologyDomains] = []

        init(_ constraints: [SpreadConstraint], needsLabels: Bool) {
            self.constraints = constraints
            self.needsLabels = needsLabels
        }

        /// What holds for every pod of a service or controller that has no constraint of its own.
        /// Nodes without a zone are no worse for it.
        static func systemDefaults(_ selector: LabelSelector) -> SoftConstraints {
            SoftConstraints(
                [
                    SpreadConstraint(systemDefault: hostname, maxSkew: 3, selector: selector),
                    SpreadConstraint(systemDefault: zone, maxSkew: 5, selector: selector),
                ], needsLabels: false)
        }

        func lacksLabel(_ number: Int) -> Bool {
            needsLabels && topologies.contains { $0[number] == nil }
        }
    }

    private static func addCounts(
        _ constraint: SpreadConstraint, _ soft: SoftConstraints, _ needs: PodNeeds,
        _ candidates: [Int], _ raw: inout [Double], _ cache: inout SchedulerCache
    ) {
        let topology = cache.domains(constraint.topologyKey)
        // Without the label a node gets no points, whatever the count.
        guard topology.count > 0 else { return }
        let counter = constraint.countsNobody ? nil : cache.counter(constraint.selection(in: needs))
        let allowance = Double(constraint.maxSkew - 1)
        guard constraint.topologyKey != hostname else {
            let weight = weight(domains: raw.count { $0 >= 0 })
            for (index, number) in candidates.enumerated()
            where raw[index] >= 0 && topology[number] != nil {
                raw[index] += Double(counter?[number] ?? 0) * weight + allowance
            }
            return
        }
        var (counts, size) = domains(of: candidates, raw, topology)
        let requirement = needs.nodeRequirement
        for number in cache.present where !soft.lacksLabel(number) {
            guard let domain = topology[number], counts[domain] != nil,
                constraint.includes(cache.nodes[number], needs, requirement)
            else { continue }
            counts[domain]? += counter?[number] ?? 0
        }
        let weight = weight(domains: size)
        for (index, number) in candidates.enumerated() where raw[index] >= 0 {
            guard let domain = topology[number] else { continue }
            raw[index] += Double(counts[domain] ?? 0) * weight + allowance
        }
    }

    /// Makes up for the many pods in few domains (topologyNormalizingWeight).
    private static func weight(domains: Int) -> Double { log(Double(domains + 2)) }

    /// The domains that have candidates, empty yet, and how many they are. Nodes without the label
    /// are a domain of their own, as upstream counts them.
    private static func domains(
        of candidates: [Int], _ raw: [Double], _ topology: TopologyDomains
    ) -> (counts: [Int?], size: Int) {
        var counts = [Int?](repeating: nil, count: topology.count)
        var size = 0
        var hasBlank = false
        for (index, number) in candidates.enumerated() where raw[index] >= 0 {
            guard let domain = topology[number] else {
                hasBlank = true
                continue
            }
            if counts[domain] == nil { size += 1 }
            counts[domain] = 0
        }
        return (counts, hasBlank ? size + 1 : size)
    }

    /// Few pods give many points; nodes without the labels get none. Points of 4 and 1 become
    /// 100 · (4 + 1 - 4) / 4 = 25 and 100.
    static func normalize(_ points: inout [Int]) {
        var most = 0
        var least = Int.max
        for count in points where count != unlabelled {
            most = max(most, count)
            least = min(least, count)
        }
        for index in points.indices {
            if points[index] == unlabelled {
                points[index] = 0
            } else if most == 0 {
                points[index] = Points.maximum
            } else {
                points[index] = Points.maximum * (most + least - points[index]) / most
            }
        }
    }
}
