import Model
import Support

/// Cordoned nodes take only pods that tolerate `node.kubernetes.io/unschedulable:NoSchedule`.
enum NodeUnschedulable: NodeFilterPlugin {
    static let name = "NodeUnschedulable"
    static let podFields: [Key] = [.tolerations]
    static let actions: ClusterActions = [.nodeAdded, .nodeTaints, .podTolerations]

    static let cordoned = Rejection(by: Self.self, "node(s) were unschedulable")

    private static let taint = TaintView(
        key: "node.kubernetes.io/unschedulable", effect: "NoSchedule")

    static func filter(_ needs: PodNeeds, _ node: NodeState) -> Rejection? {
        guard node.isUnschedulable else { return nil }
        return needs.tolerates(taint) ? nil : cordoned
    }

    /// A node helps when it is open now and was not before, a toleration when it covers cordons.
    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        if event.action == .podTolerations {
            return event.isAbout(pod) && pod.needs.tolerates(taint)
        }
        let wasOpen = event.old.map { !NodeView($0.value).isUnschedulable } ?? false
        let isOpen = event.new.map { !NodeView($0.value).isUnschedulable } ?? false
        return isOpen && !wasOpen
    }
}
