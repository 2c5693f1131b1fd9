import Model
import Support
import Value

/// The scheduler's picture of nodes and of the pods on them, as dense arrays.
///
/// A pod that was just bound is in the picture at once ("assumed"), before a watch tells of it, so
/// that the next pod does not take the same room. Of plugins it knows what they declare: the groups
/// of pods they go through, and what they want counted over the nodes.
struct SchedulerCache {
    let plugins: PluginSet
    /// By node number; a number stays with a name for ever.
    private(set) var nodes: [NodeState] = []
    private var numbers: [String: Int] = [:]
    /// The numbers of the nodes that are present, in the order they joined.
    private(set) var present: [Int] = []
    /// By slot of the pod.
    private var placed: [Placement?] = []
    private var counters = PodCounters()
    private var topologies: [TopologyDomains] = []
    private var verdicts = VerdictTable()
    private var pods: PlacedPods
    private var tallies: [NodeCounts]
    private var memories: [any PluginMemory] = []

    struct Placement {
        let node: Int
        let needs: PodNeeds
        let key: ObjectKey
        /// RFC 3339, empty before the kubelet has seen the pod.
        var startTime: String
        /// Whether its deletion was asked for.
        var isTerminating: Bool
    }

    init(_ plugins: PluginSet) {
        self.plugins = plugins
        pods = PlacedPods(groups: plugins.podGroups.count)
        tallies = plugins.nodeTallies.map { NodeCounts($0) }
    }

    // MARK: Nodes

    /// The number of the node with that name; nil when none was ever seen.
    func number(of name: String) -> Int? { numbers[name] }

    mutating func setNode(_ name: String, to node: Value) {
        let number = makeNumber(name)
        if nodes[number].isPresent {
            tally(number, by: -1)
        } else {
            present.append(number)
        }
        nodes[number].update(from: node)
        tally(number, by: 1)
        for index in topologies.indices { topologies[index].note(nodes[number], number) }
    }

    mutating func removeNode(_ name: String) {
        guard let number = numbers[name], nodes[number].isPresent else { return }
        tally(number, by: -1)
        nodes[number].isPresent = false
        present.removeAll { $0 == number }
    }

    private mutating func makeNumber(_ name: String) -> Int {
        if let number = numbers[name] { return number }
        let number = nodes.count
        nodes.append(NodeState(absent: name))
        numbers[name] = number
        return number
    }

    private mutating func tally(_ number: Int, by amount: Int) {
        for index in tallies.indices { tallies[index].count(nodes[number], by: amount) }
    }

    /// How many present nodes each value of a tally has.
    func counts(_ tally: NodeTally) -> [String: Int] {
        tallies.first { $0.tally.name == tally.name }?.counts ?? [:]
    }

    // MARK: Pods

    func placement(of pod: Slot) -> Placement? {
        Int(pod.index) < placed.count ? placed[Int(pod.index)] : nil
    }

    /// Whether the pod is on a node.
    func isPlaced(_ pod: Slot) -> Bool {
        Int(pod.index) < placed.count && placed[Int(pod.index)] != nil
    }

    /// Notes what the status and the metadata of a placed pod say now.
    mutating func update(_ pod: Slot, startTime: String, isTerminating: Bool) {
        guard let old = placement(of: pod) else { return }
        placed[Int(pod.index)]?.startTime = startTime
        if isTerminating, !old.isTerminating {
            placed[Int(pod.index)]?.isTerminating = true
            pods.terminate(old.needs, on: old.node)
            counters.terminate(old.needs, on: old.node)
        }
    }

    /// Puts a pod on a node, or leaves it where it is when it is there already.
    mutating func place(
        _ pod: Slot, _ key: ObjectKey, _ needs: PodNeeds, on name: String, startTime: String = "",
        isTerminating: Bool = false
    ) {
        let node = makeNumber(name)
        if let old = placement(of: pod) {
            if old.node == node, old.needs === needs {
                return update(pod, startTime: startTime, isTerminating: isTerminating)
            }
            remove(pod)
        }
        while placed.count <= Int(pod.index) { placed.append(nil) }
        placed[Int(pod.index)] = Placement(
            node: node, needs: needs, key: key, startTime: startTime,
            isTerminating: isTerminating)
        nodes[node].add(pod, needs)
        counters.change(needs, isTerminating: isTerminating, on: node, by: 1)
        pods.change(needs, on: node, by: 1, isTerminating: isTerminating)
    }

    mutating func remove(_ pod: Slot) {
        guard let old = placement(of: pod) else { return }
        placed[Int(pod.index)] = nil
        nodes[old.node].remove(pod, old.needs)
        counters.change(old.needs, isTerminating: old.isTerminating, on: old.node, by: -1)
        pods.change(old.needs, on: old.node, by: -1, isTerminating: old.isTerminating)
    }

    /// The placed pods of a group that a plugin declared, in no order that may be seen.
    func pods(in group: PodGroup) -> [PlacedPods.Alike] {
        let place = plugins.podGroups.firstIndex { $0.name == group.name }
        return place.map { pods.all(inGroup: $0) } ?? []
    }

    /// All placed pods, in no order that may be seen.
    var allPods: [PlacedPods.Alike] { pods.all }

    /// Whether a pod of a lower priority is on any node.
    func hasPods(below priority: Int) -> Bool { pods.hasPods(below: priority) }

    /// How many pods of `selection` each node has.
    mutating func counter(_ selection: PodSelection) -> PodCounter {
        let (nodes, pods) = (nodes.count, pods)
        return counters.counter(selection) { pods.count(selection, nodes: nodes) }
    }

    /// As ``counter(_:)``, counted now.
    func freshCounter(_ selection: PodSelection) -> PodCounter {
        pods.count(selection, nodes: nodes.count)
    }

    /// What a plugin remembers.
    mutating func memory<Memory: PluginMemory>(_: Memory.Type) -> Memory {
        for case let memory as Memory in memories { return memory }
        let memory = Memory()
        memories.append(memory)
        return memory
    }

    /// The same picture for another world: what plugins remember they find out again there.
    func copy() -> SchedulerCache {
        var copy = self
        copy.memories = []
        return copy
    }

    // MARK: Looking at nodes

    /// The domains that the values of label `key` make of the nodes.
    mutating func domains(_ key: Key) -> TopologyDomains {
        if let found = topologies.first(where: { $0.key == key }) { return found }
        var domains = TopologyDomains(key: key)
        for number in nodes.indices { domains.note(nodes[number], number) }
        topologies.append(domains)
        return domains
    }

    /// Looks at the nodes with the numbers in `order` from the place `start` on, round about, until
    /// `wanted` of them can take the pod. Answers these, and how many were looked at.
    mutating func look(
        _ cycle: SchedulingCycle, at order: [Int], from start: Int, wanted: Int,
        _ failure: inout Diagnosis
    ) -> (feasible: [Int], looked: Int) {
        var feasible: [Int] = []
        feasible.reserveCapacity(wanted)
        let table = verdicts.number(of: cycle.pod.needs)
        let isLocal = cycle.dependsOnNodesAlone
        var place = start
        var looked = 0
        while looked < order.count, feasible.count < wanted {
            let number = order[place]
            place = place + 1 == order.count ? 0 : place + 1
            looked += 1
            if !verdicts.isUpToDate(table, number, nodes[number].version) {
                verdicts.renew(table, number, nodes[number], plugins)
            }
            var rejection = verdicts.rejection(table, number)
            if rejection == nil, !isLocal { rejection = cycle.rejection(nodes[number], number) }
            if let rejection {
                failure.add(rejection, number)
            } else {
                feasible.append(number)
            }
        }
        return (feasible, looked)
    }

    /// The weighted points of `candidates` for what each of them is itself.
    mutating func nodePoints(_ needs: PodNeeds, _ candidates: [Int]) -> [Int] {
        let table = verdicts.number(of: needs)
        return candidates.map { number in
            if !verdicts.isUpToDate(table, number, nodes[number].version) {
                verdicts.renew(table, number, nodes[number], plugins)
            }
            return verdicts.points(table, number)
        }
    }
}
