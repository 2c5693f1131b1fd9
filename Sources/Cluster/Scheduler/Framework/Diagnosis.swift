/// Why a pod found no node (upstream: framework.Diagnosis and FitError).
struct Diagnosis {
    /// The number of nodes in the cluster.
    let nodes: Int
    /// The rejection for which no node was looked at.
    private(set) var preFilter: Rejection?
    /// The nodes on which other pods could make room.
    private(set) var resolvable: [Int] = []
    /// The nodes of which no preemption can make anything.
    private(set) var unresolvable: [Int] = []
    /// How often each rejection was given. An entry keeps its rejection, so that its identity stays
    /// taken.
    private var counts: [ObjectIdentifier: (rejection: Rejection, nodes: Int)] = [:]
    /// The names of the plugins that restricted the pod to some nodes.
    private var restrictors: [String] = []
    /// How many nodes were looked at or left out by a restriction.
    private var leftOut = 0

    init(nodes: Int) { self.nodes = nodes }

    /// No node will do, whatever it is like.
    init(nodes: Int, preFilter: Rejection) {
        self.nodes = nodes
        self.preFilter = preFilter
    }

    /// The node cannot take the pod.
    mutating func add(_ rejection: Rejection, _ node: Int) {
        counts[ObjectIdentifier(rejection), default: (rejection, 0)].nodes += 1
        if rejection.isResolvable {
            resolvable.append(node)
        } else {
            unresolvable.append(node)
        }
    }

    /// Plugins left nodes out.
    mutating func note(_ cycle: SchedulingCycle) {
        guard let allowed = cycle.allowed else { return }
        restrictors = cycle.restrictors
        leftOut = nodes - allowed.count
    }

    /// The names of the plugins that turned the pod down; in no order.
    var rejectors: [String] {
        if let preFilter { return [preFilter.plugin] }
        return counts.map(\.value.rejection.plugin) + restrictors
    }

    /// `0/3 nodes are available: 3 Insufficient cpu.`
    var message: String {
        if nodes == 0 { return "no nodes available to schedule pods" }
        let start = "0/\(nodes) nodes are available:"
        if let preFilter {
            return "\(start) \(preFilter.reasons.joined(separator: ", "))."
        }
        // Adding up does not depend on the order.
        var tally = RejectionTally()
        for entry in counts.values {
            for reason in entry.rejection.reasons { tally.add(reason, entry.nodes) }
        }
        if leftOut > 0 {
            let names = restrictors.sorted().joined(separator: " ")
            tally.add("node(s) didn't satisfy plugin(s) [\(names)]", leftOut)
        }
        return "\(start) \(tally.summary)."
    }
}
