import Model
import Support
import Value

/// The scheduler's picture of nodes and of the pods on them, as dense arrays.
///
/// A pod that was just bound is in the picture at once ("assumed"), before a watch tells of it, so
/// that the next pod does not take the same room.
struct SchedulerCache {
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
    /// How many nodes have taints that pods only avoid.
    private(set) var softlyTainted = 0
    /// Placed pods with required anti-affinity: each may keep others away.
    private(set) var repellers: [Slot] = []
    /// Placed pods with preferred terms or required affinity: they pull on others.
    private(set) var attractors: [Slot] = []

    struct Placement {
        let node: Int
        let needs: PodNeeds
        let key: ObjectKey
        /// RFC 3339; pods that started later are preempted first.
        var startTime: String
    }

    // MARK: Nodes

    /// The number of the node with that name; nil when none was ever seen.
    func number(of name: String) -> Int? { numbers[name] }

    mutating func setNode(_ name: String, to node: Value) {
        let number = makeNumber(name)
        if !nodes[number].isPresent { present.append(number) }
        softlyTainted -= nodes[number].softTaints.isEmpty ? 0 : 1
        nodes[number].update(from: node)
        softlyTainted += nodes[number].softTaints.isEmpty ? 0 : 1
        for index in topologies.indices { topologies[index].note(nodes[number], number) }
    }

    mutating func removeNode(_ name: String) {
        guard let number = numbers[name], nodes[number].isPresent else { return }
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

    // MARK: Pods

    func placement(of pod: Slot) -> Placement? {
        Int(pod.index) < placed.count ? placed[Int(pod.index)] : nil
    }

    /// Whether the pod is on a node.
    func isPlaced(_ pod: Slot) -> Bool {
        Int(pod.index) < placed.count && placed[Int(pod.index)] != nil
    }

    /// Notes when a placed pod started.
    mutating func setStartTime(of pod: Slot, to time: String) {
        placed[Int(pod.index)]?.startTime = time
    }

    /// Puts a pod on a node, or leaves it where it is when it is there already.
    mutating func place(
        _ pod: Slot, _ key: ObjectKey, _ needs: PodNeeds, on name: String, startTime: String
    ) {
        let node = makeNumber(name)
        if let old = placement(of: pod) {
            if old.node == node, old.needs === needs {
                placed[Int(pod.index)]?.startTime = startTime
                return
            }
            remove(pod)
        }
        while placed.count <= Int(pod.index) { placed.append(nil) }
        placed[Int(pod.index)] = Placement(
            node: node, needs: needs, key: key, startTime: startTime)
        nodes[node].add(pod, needs)
        counters.change(needs, on: node, by: 1)
        if !needs.antiAffinity.isEmpty { repellers.append(pod) }
        if !needs.preferredPods.isEmpty || !needs.affinity.isEmpty { attractors.append(pod) }
    }

    mutating func remove(_ pod: Slot) {
        guard let old = placement(of: pod) else { return }
        placed[Int(pod.index)] = nil
        nodes[old.node].remove(pod, old.needs)
        counters.change(old.needs, on: old.node, by: -1)
        if !old.needs.antiAffinity.isEmpty { repellers.removeAll { $0 == pod } }
        if !old.needs.preferredPods.isEmpty || !old.needs.affinity.isEmpty {
            attractors.removeAll { $0 == pod }
        }
    }

    /// How many pods of `selection` each node has.
    mutating func counter(_ selection: PodSelection) -> PodCounter {
        let nodeCount = nodes.count
        let placed = placed
        return counters.counter(selection) {
            var counter = PodCounter(selection: selection, nodes: nodeCount)
            for case let placement? in placed where counter.selects(placement.needs) {
                counter.change(on: placement.node, by: 1)
            }
            return counter
        }
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

    /// Looks at the nodes from the place `start` of ``present`` on, round about, until `wanted` of them
    /// can take the pod. Answers these, and how many were looked at.
    mutating func look(
        _ cycle: SchedulingCycle, from start: Int, wanted: Int, _ failure: inout Failure
    ) -> (feasible: [Int], looked: Int) {
        var feasible: [Int] = []
        feasible.reserveCapacity(wanted)
        let table = verdicts.number(of: cycle.needs)
        let isLocal = cycle.dependsOnNodesAlone
        var place = start
        var looked = 0
        while looked < present.count, feasible.count < wanted {
            let number = present[place]
            place = place + 1 == present.count ? 0 : place + 1
            looked += 1
            if !verdicts.isUpToDate(table, number, nodes[number].version) {
                verdicts.renew(table, number, nodes[number])
            }
            var reasons = verdicts.reasons(table, number)
            if reasons.isEmpty, !isLocal {
                reasons = FilterPlugin.sharedRejections(cycle, nodes[number], number)
            }
            if reasons.isEmpty { feasible.append(number) } else { failure.add(reasons, number) }
        }
        return (feasible, looked)
    }

    /// The points of `candidates`, at which ``look(_:from:wanted:_:)`` has just looked, for what is
    /// free on each.
    mutating func resourceScores(_ needs: PodNeeds, _ candidates: [Int]) -> [Int] {
        let table = verdicts.number(of: needs)
        return candidates.map { number in
            if !verdicts.isUpToDate(table, number, nodes[number].version) {
                verdicts.renew(table, number, nodes[number])
            }
            return verdicts.score(table, number)
        }
    }
}
