import Model
import Support
import Value

/// Numbers by domain: pods, or weights.
struct DomainCounts {
    /// The domains of a label whose numbers lie in an array.
    private struct Dense {
        let domains: TopologyDomains
        var counts: [Int]
        /// How many domains have another number than 0.
        var filled = 0
    }

    private var dense: [Dense] = []
    /// The domains of labels that came up only while pods were taken away in thought, by value. A domain
    /// whose number comes to 0 is gone.
    private var others: [Key: [String: Int]] = [:]

    var isEmpty: Bool { others.isEmpty && dense.allSatisfy { $0.filled == 0 } }

    private func place(_ key: Key) -> Int? { dense.firstIndex { $0.domains.key == key } }

    private mutating func makePlace(_ key: Key, _ cache: inout SchedulerCache) -> Int {
        if let place = place(key) { return place }
        let domains = cache.domains(key)
        let counts = Array(repeating: 0, count: domains.count)
        dense.append(Dense(domains: domains, counts: counts))
        return dense.count - 1
    }

    /// Adds to the domain of a node.
    mutating func add(_ node: NodeState, _ number: Int, _ key: Key, _ amount: Int) {
        if let place = place(key) { return add(amount, at: place, number) }
        guard let value = node.labels[key].string, amount != 0 else { return }
        let count = (others[key]?[value] ?? 0) + amount
        others[key, default: [:]][value] = count == 0 ? nil : count
        if others[key]?.isEmpty == true { others[key] = nil }
    }

    private mutating func add(_ amount: Int, at place: Int, _ number: Int) {
        guard amount != 0, let domain = dense[place].domains[number] else { return }
        let old = dense[place].counts[domain]
        dense[place].counts[domain] = old + amount
        if old == 0 {
            dense[place].filled += 1
        } else if old + amount == 0 {
            dense[place].filled -= 1
        }
    }

    /// Adds the pods of a counter that are on nodes that are present. O(nodes).
    mutating func add(
        _ counter: PodCounter, _ key: Key, _ cache: inout SchedulerCache, weight: Int = 1
    ) {
        guard counter.total != 0 else { return }
        let place = makePlace(key, &cache)
        for number in cache.present where counter[number] > 0 {
            add(weight * counter[number], at: place, number)
        }
    }

    /// Adds pods that are alike, as far as their nodes are present. O(nodes that have one).
    mutating func add(
        _ pods: PlacedPods.Alike, _ key: Key, _ cache: inout SchedulerCache, weight: Int = 1
    ) {
        let place = makePlace(key, &cache)
        for (node, share) in pods.nodes where cache.nodes[Int(node)].isPresent {
            add(weight * Int(share.pods), at: place, Int(node))
        }
    }

    /// The number of the node's domain.
    func count(_ node: NodeState, _ number: Int, _ key: Key) -> Int {
        if let place = place(key) { return count(at: place, number) }
        return node.labels[key].string.flatMap { others[key]?[$0] } ?? 0
    }

    private func count(at place: Int, _ number: Int) -> Int {
        dense[place].domains[number].map { dense[place].counts[$0] } ?? 0
    }

    /// Whether a domain of the node has a number above 0.
    func concerns(_ node: NodeState, _ number: Int) -> Bool {
        dense.indices.contains { count(at: $0, number) > 0 }
            || others.keys.contains { count(node, number, $0) > 0 }
    }

    /// The sum over the domains of a node. It does not depend on the order.
    func sum(_ node: NodeState, _ number: Int) -> Int {
        dense.indices.reduce(0) { $0 + count(at: $1, number) }
            + others.keys.reduce(0) { $0 + count(node, number, $1) }
    }
}
