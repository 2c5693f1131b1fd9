import Model

/// Cordoned nodes take only pods that tolerate `node.kubernetes.io/unschedulable:NoSchedule`.
enum NodeUnschedulable {
    private static let taint = TaintView(
        key: "node.kubernetes.io/unschedulable", effect: "NoSchedule")

    static func reject(_ needs: PodNeeds, _ node: NodeState) -> [Rejection] {
        node.isUnschedulable && !needs.tolerates(taint) ? [.unschedulable] : []
    }
}
