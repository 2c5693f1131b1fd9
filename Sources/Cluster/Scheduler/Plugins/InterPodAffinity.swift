import Support
import Value

/// What pod affinity and anti-affinity demand of a node's labels, computed once per pod.
struct AffinityState {
    /// Domains that have pods of all affinity terms; per term.
    fileprivate var wanted: [(key: Key, values: Set<String>)] = []
    /// No pod matches yet and the pod matches its own terms: then any labelled node will do.
    fileprivate var isFirstOfItsKind = false
    /// Domains the pod's own anti-affinity excludes.
    fileprivate var avoided: [(key: Key, values: Set<String>)] = []
    /// Domains that pods there keep this pod out of.
    fileprivate var forbidden: [(key: Key, values: Set<String>)] = []

    /// Whether no pod says anything about nodes.
    var isEmpty: Bool { wanted.isEmpty && avoided.isEmpty && forbidden.isEmpty }

    init(_ needs: PodNeeds, cache: inout SchedulerCache) {
        collectWanted(needs, &cache)
        for term in needs.antiAffinity {
            avoided.append(
                (term.topologyKey, Self.domains(term.topologyKey, term.selection, &cache)))
        }
        for slot in cache.repellers {
            guard let placement = cache.placement(of: slot) else { continue }
            for term in placement.needs.antiAffinity
            where term.selection.matches(namespace: needs.namespace, labels: needs.labels) {
                let label = cache.nodes[placement.node].labels[term.topologyKey]
                if let value = label.string { forbid(term.topologyKey, value) }
            }
        }
    }

    private mutating func collectWanted(_ needs: PodNeeds, _ cache: inout SchedulerCache) {
        guard !needs.affinity.isEmpty else { return }
        if needs.affinity.count == 1 {
            let term = needs.affinity[0]
            wanted = [(term.topologyKey, Self.domains(term.topologyKey, term.selection, &cache))]
        } else {
            wanted = needs.affinity.map { ($0.topologyKey, []) }
            for node in cache.nodes.indices {
                for slot in cache.nodes[node].pods {
                    guard let other = cache.placement(of: slot)?.needs,
                        needs.affinity.allSatisfy({
                            $0.selection.matches(namespace: other.namespace, labels: other.labels)
                        })
                    else { continue }
                    for (index, term) in needs.affinity.enumerated() {
                        if let value = cache.nodes[node].labels[term.topologyKey].string {
                            wanted[index].values.insert(value)
                        }
                    }
                }
            }
        }
        isFirstOfItsKind =
            wanted.allSatisfy { $0.values.isEmpty }
            && needs.affinity.allSatisfy {
                $0.selection.matches(namespace: needs.namespace, labels: needs.labels)
            }
    }

    private mutating func forbid(_ key: Key, _ value: String) {
        if let index = forbidden.firstIndex(where: { $0.key == key }) {
            forbidden[index].values.insert(value)
        } else {
            forbidden.append((key, [value]))
        }
    }

    /// The values of label `key` on nodes that have pods of `selection`.
    private static func domains(
        _ key: Key, _ selection: PodSelection, _ cache: inout SchedulerCache
    ) -> Set<String> {
        let counter = cache.counter(selection)
        guard counter.total > 0 else { return [] }
        var values: Set<String> = []
        for number in cache.nodes.indices where counter[number] > 0 {
            if let value = cache.nodes[number].labels[key].string { values.insert(value) }
        }
        return values
    }
}

/// Pods that want to be near to or far from other pods.
enum InterPodAffinity {
    static func reject(_ state: AffinityState, _ node: NodeState) -> [Rejection] {
        for (key, values) in state.wanted {
            guard let value = node.labels[key].string else { return [.podAffinity] }
            if !values.contains(value), !state.isFirstOfItsKind { return [.podAffinity] }
        }
        for (key, values) in state.avoided {
            if let value = node.labels[key].string, values.contains(value) {
                return [.podAntiAffinity]
            }
        }
        for (key, values) in state.forbidden {
            if let value = node.labels[key].string, values.contains(value) {
                return [.existingAntiAffinity]
            }
        }
        return []
    }

    /// The weight that required affinity of existing pods adds to their own domain.
    private static let hardAffinityWeight = 1

    static func scores(
        _ needs: PodNeeds, _ candidates: [Int], _ cache: inout SchedulerCache
    ) -> [Int]? {
        guard !needs.preferredPods.isEmpty || !cache.attractors.isEmpty else { return nil }
        var points: [Key: [String: Int]] = [:]
        for preferred in needs.preferredPods {
            let key = preferred.term.topologyKey
            let counter = cache.counter(preferred.term.selection)
            for number in cache.nodes.indices where counter[number] > 0 {
                guard let value = cache.nodes[number].labels[key].string else { continue }
                points[key, default: [:]][value, default: 0] += preferred.weight * counter[number]
            }
        }
        for slot in cache.attractors {
            guard let placement = cache.placement(of: slot) else { continue }
            let labels = cache.nodes[placement.node].labels
            for preferred in placement.needs.preferredPods
            where preferred.term.selection.matches(
                namespace: needs.namespace, labels: needs.labels)
            {
                let key = preferred.term.topologyKey
                guard let value = labels[key].string else { continue }
                points[key, default: [:]][value, default: 0] += preferred.weight
            }
            for term in placement.needs.affinity
            where term.selection.matches(namespace: needs.namespace, labels: needs.labels) {
                guard let value = labels[term.topologyKey].string else { continue }
                points[term.topologyKey, default: [:]][value, default: 0] += hardAffinityWeight
            }
        }
        let raw = candidates.map { number in
            // A sum over a dictionary does not depend on its order.
            points.reduce(0) { sum, entry in
                guard let value = cache.nodes[number].labels[entry.key].string else { return sum }
                return sum + (entry.value[value] ?? 0)
            }
        }
        guard let least = raw.min(), let most = raw.max(), most > least else { return nil }
        return raw.map { ($0 - least) * ScorePlugin.maximum / (most - least) }
    }
}
