import Model
import Support
import Value

/// The placed pods by what they ask of nodes: how many pods of the same ``PodNeeds`` each node has. Whoever
/// asks about pods by their labels or terms looks at each kind of pods once, and not at each pod.
struct PlacedPods {
    /// The pods of one kind on one node.
    struct Share: Equatable {
        var pods: Int32 = 0
        /// Those of them whose deletion was asked for.
        var terminating: Int32 = 0
    }

    /// The pods of one kind.
    struct Alike {
        let needs: PodNeeds
        /// By node number. In no order that may be seen.
        fileprivate(set) var nodes: [Int32: Share] = [:]
    }

    private var alike: [ObjectIdentifier: Alike] = [:]
    private var byLabel: [LabelIndex.Label: Set<ObjectIdentifier>] = [:]
    /// By place of the group among those of the plugins.
    private var groups: [Set<ObjectIdentifier>]
    /// How many pods there are of each priority.
    private var priorities: [Int: Int] = [:]

    init(groups: Int) { self.groups = Array(repeating: [], count: groups) }

    /// Whether a pod of a lower priority is on any node.
    func hasPods(below priority: Int) -> Bool { priorities.keys.contains { $0 < priority } }

    // MARK: Changes

    /// Notes that a pod came to a node (+1) or left it (-1).
    mutating func change(
        _ needs: PodNeeds, on node: Int, by amount: Int32, isTerminating: Bool
    ) {
        let id = ObjectIdentifier(needs)
        if alike[id] == nil { add(needs, id) }
        alike[id]?.nodes[Int32(node), default: Share()].pods += amount
        if isTerminating { alike[id]?.nodes[Int32(node), default: Share()].terminating += amount }
        if amount < 0, alike[id]?.nodes[Int32(node)]?.pods == 0 {
            alike[id]?.nodes[Int32(node)] = nil
            if alike[id]?.nodes.isEmpty == true { remove(needs, id) }
        }
        let others = priorities[needs.priority, default: 0] + Int(amount)
        priorities[needs.priority] = others == 0 ? nil : others
    }

    /// Notes that the deletion of a placed pod was asked for.
    mutating func terminate(_ needs: PodNeeds, on node: Int) {
        alike[ObjectIdentifier(needs)]?.nodes[Int32(node)]?.terminating += 1
    }

    private mutating func add(_ needs: PodNeeds, _ id: ObjectIdentifier) {
        alike[id] = Alike(needs: needs)
        for label in Self.labels(of: needs) { byLabel[label, default: []].insert(id) }
        for place in groups.indices where needs.groups.contains(place) { groups[place].insert(id) }
    }

    private mutating func remove(_ needs: PodNeeds, _ id: ObjectIdentifier) {
        alike[id] = nil
        for label in Self.labels(of: needs) {
            byLabel[label]?.remove(id)
            if byLabel[label]?.isEmpty == true { byLabel[label] = nil }
        }
        for place in groups.indices where needs.groups.contains(place) { groups[place].remove(id) }
    }

    private static func labels(of needs: PodNeeds) -> [LabelIndex.Label] {
        needs.labels.compactMap { field in
            field.value.string.map { LabelIndex.Label(key: field.key, value: $0) }
        }
    }

    // MARK: Reading

    /// All kinds of pods, in no order that may be seen.
    var all: [Alike] { Array(alike.values) }

    /// The kinds of pods in a group, in no order that may be seen.
    func all(inGroup place: Int) -> [Alike] { groups[place].compactMap { alike[$0] } }

    /// Counts the pods that a selection means.
    func count(_ selection: PodSelection, nodes: Int) -> PodCounter {
        var counter = PodCounter(selection: selection, nodes: nodes)
        func count(_ kind: Alike) {
            guard counter.selects(kind.needs) else { return }
            for (node, share) in kind.nodes {
                let pods = selection.countsTerminating ? share.pods : share.pods - share.terminating
                if pods != 0 { counter.change(on: Int(node), by: pods) }
            }
        }
        if let label = selection.selector.demandedLabel {
            for id in byLabel[label] ?? [] {
                if let kind = alike[id] { count(kind) }
            }
        } else {
            alike.values.forEach(count)
        }
        return counter
    }
}
