/// The pods for which preemption is making room, and the nodes where.
struct Nominations {
    private var entries: [(pod: Slot, node: String, needs: PodNeeds)] = []

    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ pod: Slot, _ needs: PodNeeds, node: String) {
        remove(pod)
        entries.append((pod, node, needs))
    }

    mutating func remove(_ pod: Slot) { entries.removeAll { $0.pod == pod } }

    func node(of pod: Slot) -> String? { entries.first { $0.pod == pod }?.node }

    /// The pods nominated to a node, in the order of nomination.
    func pods(on node: String) -> [(pod: Slot, needs: PodNeeds)] {
        entries.filter { $0.node == node }.map { ($0.pod, $0.needs) }
    }
}
