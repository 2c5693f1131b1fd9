import Value

/// The taints that follow the conditions of a node: the node lifecycle controller puts them on and takes
/// them away, whoever wrote them. Source: nodelifecycle, nodeConditionToTaintKeyStatusMap.
package enum NodeConditionTaint {
    package static let unschedulable = "node.kubernetes.io/unschedulable"

    /// The taint that keeps new pods away while a condition has a status.
    package static let byCondition: [(type: String, status: String, taint: String)] = [
        ("Ready", "False", "node.kubernetes.io/not-ready"),
        ("Ready", "Unknown", "node.kubernetes.io/unreachable"),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
    ]

    /// The keys of the NoSchedule taints that the node's conditions and its cordon call for.
    package static func wanted(_ node: NodeView) -> [String] {
        var keys: [String] = []
        for condition in node.conditions.value.elements {
            for row in byCondition
            where row.type == condition.text(.type) && row.status == condition.text(.status) {
                keys.append(row.taint)
            }
        }
        if node.isUnschedulable { keys.append(unschedulable) }
        return keys
    }

    /// Whether the taint belongs to the node controller: users' taints are left alone.
    package static func isManaged(_ taint: TaintView) -> Bool {
        taint.key == unschedulable || byCondition.contains { $0.taint == taint.key }
    }

    /// Whether the controller takes the taint away from a node with these conditions.
    package static func isTakenAway(_ taint: TaintView, from node: NodeView) -> Bool {
        guard isManaged(taint), !wanted(node).contains(taint.key) else { return false }
        switch taint.effect {
        case "NoSchedule": return true
        case "NoExecute": return byCondition.prefix(2).contains { $0.taint == taint.key }
        default: return false
        }
    }
}
