import Model
import Support
import Value

/// Which placed pods count: those of some namespaces whose labels match.
struct PodSelection: Hashable {
    /// Sorted; nil for every namespace.
    let namespaces: [String]?
    let selector: LabelSelector
    /// Whether pods that are being deleted count.
    let countsTerminating: Bool

    func matches(namespace: String, labels: Object) -> Bool {
        (namespaces?.contains(namespace) ?? true) && selector.matches(labels)
    }
}

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

    /// Whether pods with `needs` are counted.
    func selects(_ needs: PodNeeds) -> Bool {
        selection.matches(namespace: needs.namespace, labels: needs.labels)
    }

    /// Counts a selected pod.
    mutating func change(on node: Int, by amount: Int32) {
        while counts.count <= node { counts.append(0) }
        counts[node] += amount
        total += Int(amount)
    }

    subscript(node: Int) -> Int { node < counts.count ? Int(counts[node]) : 0 }
}

/// The counters in use. Counting once and then following each pod makes affinity and spreading cost
/// O(nodes) per pod instead of O(pods); the least recently used counter gives way.
struct PodCounters {
    /// Stands for one set of counters; another set has another one.
    final class Epoch {}

    private var counters: [PodCounter] = []
    private var numbers: [PodSelection: Int] = [:]
    private var lastUse: [Int] = []
    /// The counters by the labels that they demand.
    private var labels = LabelIndex()
    private var uses = 0
    private var epoch = Epoch()

    /// Selections that are followed at a time.
    static let capacity = 512

    /// Notes that a pod came to a node (+1) or left it (-1). O(counters that select the pod).
    mutating func change(
        _ needs: PodNeeds, isTerminating: Bool, on node: Int, by amount: Int32
    ) {
        for number in selecting(needs)
        where !isTerminating || counters[number].selection.countsTerminating {
            counters[number].change(on: node, by: amount)
        }
    }

    /// Notes that the deletion of a placed pod was asked for.
    mutating func terminate(_ needs: PodNeeds, on node: Int) {
        for number in selecting(needs) where !counters[number].selection.countsTerminating {
            counters[number].change(on: node, by: -1)
        }
    }

    /// The counters that select pods with `needs`: looked for once, as long as the set stays.
    private func selecting(_ needs: PodNeeds) -> [Int] {
        if let counted = needs.counted, counted.epoch === epoch { return counted.numbers }
        let found = labels.candidates(needs.labels).filter { counters[$0].selects(needs) }
        needs.counted = (epoch, found)
        return found
    }

    /// The counter of `selection`; `count` makes it anew where it is not kept.
    mutating func counter(
        _ selection: PodSelection, count: () -> PodCounter
    ) -> PodCounter {
        uses += 1
        if let number = numbers[selection] {
            lastUse[number] = uses
            return counters[number]
        }
        let counter = count()
        epoch = Epoch()
        var number = counters.count
        if number < Self.capacity {
            counters.append(counter)
            lastUse.append(uses)
        } else {
            number = lastUse.indices.min { lastUse[$0] < lastUse[$1] } ?? 0
            let old = counters[number].selection
            numbers[old] = nil
            labels.remove(number, demanding: old.selector.demandedLabel)
            counters[number] = counter
            lastUse[number] = uses
        }
        numbers[selection] = number
        labels.add(number, demanding: selection.selector.demandedLabel)
        return counter
    }
}
