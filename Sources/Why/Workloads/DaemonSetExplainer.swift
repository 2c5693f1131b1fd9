import API
import Cluster
import Model
import Support
import Value

/// A DaemonSet: the nodes that it leaves out and why, and the pods that hold its rollout.
enum DaemonSetExplainer: Explainer {
    static let kinds = [Kind.daemonSet]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = DaemonSetView(object.value)
        let name = inquiry.name(object)
        if let unseen = PlainObject.unseen(object, inquiry) { return unseen }
        let left = leftOut(object, view, inquiry)
        let desired = view.desiredNumberScheduled
        let pods = inquiry.pods(of: object)
        if view.numberAvailable == desired, view.updatedNumberScheduled == desired {
            return Finding(
                name, "runs on \(desired) of \(inquiry.state.count(.node)) nodes",
                left.rows.isEmpty ? "its pods are available" : "it leaves these out",
                state: .fine, table: left.rows.isEmpty ? nil : left,
                hints: left.rows.isEmpty ? [] : hints(object, left, inquiry))
        }
        var finding = Finding(
            name, "is not rolled out",
            "on \(desired) nodes, pods of the present template: \(view.updatedNumberScheduled), "
                + "available: \(view.numberAvailable)")
        let troubles = inquiry.troubles(pods.filter { !$0.isDeleting })
        finding.because = RefusedPods(object, inquiry).findings + troubles
        if view.updateStrategyType == "OnDelete", view.updatedNumberScheduled < desired,
            troubles.isEmpty
        {
            let old = outdated(object, pods, inquiry)
            finding.because.append(
                Finding(
                    remark: "updateStrategy OnDelete: pods keep the old template until somebody "
                        + "deletes them", because: [],
                    hints: [
                        Finding.Hint(
                            inquiry.command(
                                "delete pod \(old.map(\.name).joined(separator: " "))",
                                in: object.namespace), "has them made anew")
                    ]))
        } else if view.updatedNumberScheduled < desired {
            let missing = view.maxUnavailable
            let most = IntOrPercent.scaled(missing, total: desired, roundUp: true) ?? 1
            finding.because.append(
                Finding(
                    remark: "maxUnavailable \(most): no more old pods are replaced while "
                        + "\(inquiry.count(desired - view.numberAvailable, .node)) lack"
                        + "\(desired - view.numberAvailable == 1 ? "s" : "") an available one",
                    state: .waiting))
        }
        if finding.because.allSatisfy({ $0.state == .waiting }) { finding.state = .waiting }
        finding.table = left.rows.isEmpty ? nil : left
        return finding
    }

    private static func outdated(
        _ set: StoredObject, _ pods: [StoredObject], _ inquiry: Inquiry
    ) -> [StoredObject] {
        let label: Key = "controller-revision-hash"
        let newest = inquiry.controlled(.controllerRevision, by: set).max {
            $0.value.int("revision") < $1.value.int("revision")
        }
        let hash = newest?.value[.metadata][.labels][label].string
        return pods.filter { $0.value[.metadata][.labels][label].string != hash }
    }

    /// The nodes without a pod of the set that are not meant to have one.
    private static func leftOut(
        _ set: StoredObject, _ view: DaemonSetView, _ inquiry: Inquiry
    ) -> Finding.Table {
        var table = Finding.Table(["NODE", "WHY"])
        for (node, words) in inquiry.cluster.nodesLeftOut(by: set) {
            table.rows.append([node, words])
        }
        return table
    }

    /// What would bring it onto the first node that is left out.
    private static func hints(
        _ set: StoredObject, _ left: Finding.Table, _ inquiry: Inquiry
    ) -> [Finding.Hint] {
        guard let name = left.rows.first?.first, let node = inquiry.get(.node, name) else {
            return []
        }
        let spec = PodSpecView(DaemonSetView(set.value).template[.spec])
        let labels = spec.nodeSelector.sortedByName.filter {
            node.value[.metadata][.labels][$0.key] != $0.value
        }
        if !labels.isEmpty {
            let words = labels.map { "\($0.key.name)=\($0.value.string ?? "")" }
            return [
                Finding.Hint(
                    "label node \(name) \(words.joined(separator: " ")) --overwrite",
                    "brings it onto \(name)")
            ]
        }
        let taints = NodeView(node.value).taints.filter {
            $0.effect != "PreferNoSchedule" && !spec.tolerates($0)
                && !$0.key.hasPrefix("node.kubernetes.io/")
        }
        guard !taints.isEmpty else { return [] }
        let words = taints.map { "\($0.key):\($0.effect)-" }.joined(separator: " ")
        return [Finding.Hint("taint node \(name) \(words)", "brings it onto \(name)")]
    }
}
