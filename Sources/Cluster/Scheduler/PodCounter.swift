import Support
import Value

/// How many pods of a selection are on each node, kept up to date pod by pod.
struct PodCounter {
    let selection: PodSelection
    /// By node number.
    private(set) var counts: [Int32]
    private(set) var total = 0

    init(selection: PodSelection, nodes: Int) {
        self.selection = selection
        counts = Array(repeating: 0, count: nodes)
    }

    mutating func change(_ needs: PodNeeds, on node: Int, by amount: Int32) {
        guard selection.matches(namespace: needs.namespace, labels: needs.labels) else { return }
        while counts.count <= node { counts.append(0) }
        counts[node] += amount
        total += Int(amount)
    }

    subscript(node: Int) -> Int { node < counts.count ? Int(counts[node]) : 0 }
}

/// The counters in use. Counting once and then following each pod makes affinity and spreading cost
/// O(nodes) per pod instead of O(pods); the least recently used counter gives way.
struct PodCounters {
    private var counters: [PodCounter] = []
    private var lastUse: [Int] = []
    private var uses = 0

    /// Selections that are followed at a time.
    static let capacity = 64

    /// Notes that a pod came to a node (+1) or left it (-1).
    mutating func change(_ needs: PodNeeds, on node: Int, by amount: Int32) {
        for index in counters.indices {
            counters[index].change(needs, on: node, by: amount)
        }
    }

    /// The counter of `selection`; `count` makes it anew where it is not kept.
    mutating func counter(
        _ selection: PodSelection, count: () -> PodCounter
    ) -> PodCounter {
        uses += 1
        if let index = counters.firstIndex(where: { $0.selection == selection }) {
            lastUse[index] = uses
            return counters[index]
        }
        let counter = count()
        if counters.count < Self.capacity {
            counters.append(counter)
            lastUse.append(uses)
        } else if let index = lastUse.indices.min(by: { lastUse[$0] < lastUse[$1] }) {
            counters[index] = counter
            lastUse[index] = uses
        }
        return counter
    }
}
