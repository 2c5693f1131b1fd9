import Model
import Value

extension SimulatedCluster {
    /// The nodes on which a DaemonSet starts no pod, by the rule of its controller, each with what speaks
    /// against it. O(nodes).
    package func nodesLeftOut(by set: StoredObject) -> [(node: String, words: String)] {
        let spec = PodSpecView(
            DaemonPods.withTolerations(DaemonSetView(set.value).template[.spec]))
        return state.list(.node).compactMap { node in
            let view = NodeView(node.value)
            guard !DaemonEligibility(spec: spec, node: view).shouldRun else { return nil }
            return (node.name, Self.obstacle(spec, view))
        }
    }

    private static func obstacle(_ spec: PodSpecView, _ node: NodeView) -> String {
        if !spec.nodeName.isEmpty, spec.nodeName != node.name {
            return "its pods name the node \(spec.nodeName)"
        }
        let labels = spec.nodeSelector.sortedByName.filter { node.labels[$0.key] != $0.value }
            .map { "\($0.key.name)=\($0.value.string ?? "")" }
        if !labels.isEmpty { return "it has not the label \(labels.joined(separator: ", "))" }
        if !NodeSelection.matches(spec, node: node) { return "nodeAffinity does not match it" }
        let taint = spec.firstUntolerated(
            of: node.taints, effects: ["NoExecute", "NoSchedule"])
        return taint.map { "its taint \($0.summary) is not tolerated" } ?? ""
    }
}
