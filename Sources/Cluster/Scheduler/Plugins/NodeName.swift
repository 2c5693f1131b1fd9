/// A pod that names its node runs there and nowhere else.
///
/// Asks the pod itself: the pods of one template differ in where they are.
enum NodeName: PreFilterPlugin {
    static let name = "NodeName"
    static let actions: ClusterActions = [.nodeAdded]

    static let otherNode = Rejection(
        by: Self.self, "node(s) didn't match the requested node name")

    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult {
        guard let node = pod.object.nodeName, !node.isEmpty else { return .skip }
        return .state(State(node: node))
    }

    struct State: FilterState {
        let node: String

        func filter(_ node: NodeState, _ number: Int) -> Rejection? {
            node.name == self.node ? nil : otherNode
        }
    }
}
