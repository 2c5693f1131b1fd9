/// The pods for which preemption is making room, and the nodes where.
struct Nominations {
    private var entries: [(pod: Slot, node: String, needs: PodNeeds)] = []

    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ pod: Slot, _ needs: PodNeeds, node: String) {
        remove(pod)
        entries.append((pod, node, needs))
    }

    mutating func remove(_ pod: Slot) {
        if !entries.isEmpty { entries.removeAll { $0.pod == pod } }
    }

    func node(of pod: Slot) -> String? { entries.first { $0.pod == pod }?.node }

    /// The other pods nominated to a node that `pod` must let go first, in the order of nomination.
    func pods(on node: String, before pod: Slot, _ priority: Int) -> [(pod: Slot, needs: PodNeeds)]
    {
        entries.filter { $0.node == node && $0.pod != pod && $0.needs.priority >= priority }
            .map { ($0.pod, $0.needs) }
    }

    /// The pods of lower priority that are nominated to a node.
    func pods(on node: String, below priority: Int) -> [Slot] {
        entries.filter { $0.node == node && $0.needs.priority < priority }.map(\.pod)
    }
}
