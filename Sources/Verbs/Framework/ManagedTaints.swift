import Model
import Value

extension VerbCall {
    /// Warns of taints that stand only until the node lifecycle controller sees them: kubectl says nothing,
    /// and one would wonder where they went.
    func warnOfManaged(_ taints: [TaintView], on node: NodeView) {
        guard context.session.givesHints else { return }
        for taint in taints where NodeConditionTaint.isTakenAway(taint, from: node) {
            context.output.error(
                "Warning: \(taint.key):\(taint.effect) follows the conditions of the node, and is taken "
                    + "away at once; \(Self.remedy(taint.key))\n")
        }
    }

    /// As ``warnOfManaged(_:on:)`` for a node that has just been added, and will be healthy soon.
    func warnOfManaged(_ taints: [TaintView], onNode name: String, isReady: Bool) {
        guard let value = try? context.client.get(.node, namespace: "", name: name) else { return }
        var status = value[.status]
        if isReady {
            var conditions = status.conditions
            conditions.set(Condition(type: "Ready", status: "True"), transition: "")
            status.conditions = conditions
        }
        var node = value
        node[.status] = status
        warnOfManaged(taints, on: NodeView(node))
    }

    private static func remedy(_ key: String) -> String {
        switch key {
        case "node.kubernetes.io/not-ready": "`node add --not-ready` makes a node that is not ready"
        case "node.kubernetes.io/unreachable": "`node fail` lets a machine fall silent"
        case "node.kubernetes.io/network-unavailable":
            "`node add --network-unavailable` makes a node without a route"
        case NodeConditionTaint.unschedulable: "`cordon` makes a node unschedulable"
        default: "`behavior … { memory: …, disk: … }` puts a node under pressure"
        }
    }
}
