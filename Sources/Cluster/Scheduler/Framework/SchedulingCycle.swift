import Model
import Support
import Value

/// The pod that is being placed, and what its plugins may read besides nodes.
struct PodToPlace {
    let object: StoredObject
    let needs: PodNeeds
    /// The cluster as the scheduler knows it.
    let view: View

    /// The labels of the pod's namespace.
    var namespaceLabels: Object { view.namespaceLabels(object.namespace) }
}

extension View {
    /// The labels of a namespace; none while it is unknown.
    func namespaceLabels(_ name: String) -> Object {
        get(.namespace, name: name)?.value[.metadata][.labels].fields ?? Object()
    }
}

/// The placing of one pod: what its plugins found out before nodes were looked at (upstream:
/// CycleState).
struct SchedulingCycle {
    let pod: PodToPlace
    /// Of the plugins that have something to ask of nodes, in their order.
    private var states: [any FilterState] = []
    /// The numbers of the nodes that plugins restrict the pod to; nil for all.
    private(set) var allowed: [Int]?
    /// The names of the plugins that restrict it.
    private(set) var restrictors: [String] = []

    init(_ pod: PodToPlace) { self.pod = pod }

    mutating func add(_ state: any FilterState) { states.append(state) }

    mutating func restrict(to names: Set<String>, by plugin: String, _ cache: SchedulerCache) {
        if allowed == nil, names.count == 1, let name = names.first {
            // A pod of a DaemonSet: no other node needs a look.
            let number = cache.number(of: name)
            allowed = if let number, cache.nodes[number].isPresent { [number] } else { [] }
        } else {
            allowed = (allowed ?? cache.present).filter { names.contains(cache.nodes[$0].name) }
        }
        restrictors.append(plugin)
    }

    /// Whether nothing but a node itself can speak against it.
    var dependsOnNodesAlone: Bool { states.isEmpty }

    /// What plugins say that look at more than the node: the rejection of the first that has
    /// something against it.
    func rejection(_ node: NodeState, _ number: Int) -> Rejection? {
        for state in states {
            if let rejection = state.filter(node, number) { return rejection }
        }
        return nil
    }

    /// `other` came to the node or left it.
    mutating func count(_ other: PodNeeds, on node: NodeState, _ number: Int, by amount: Int) {
        for index in states.indices { states[index].count(other, on: node, number, by: amount) }
    }

    /// What a plugin found out; nil when it had nothing to ask of nodes.
    func state<State: FilterState>(_: State.Type) -> State? {
        for case let state as State in states { return state }
        return nil
    }
}
