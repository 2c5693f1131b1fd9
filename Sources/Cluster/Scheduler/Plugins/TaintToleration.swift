import Model
import Support

/// NoSchedule and NoExecute taints keep pods out; PreferNoSchedule taints cost points.
enum TaintToleration: NodeFilterPlugin, ScorePlugin {
    static let name = "TaintToleration"
    static let podFields: [Key] = [.tolerations]
    static let actions: ClusterActions = [.nodeAdded, .nodeTaints, .podTolerations]
    static let nodeTallies = [softTaints]

    static let untolerated = Rejection(by: Self.self, "node(s) had untolerated taint(s)")

    /// Nodes with taints that pods only avoid.
    static let softTaints = NodeTally(name: "soft taints") { node in
        node.softTaints.isEmpty ? [] : ["some"]
    }

    static func filter(_ needs: PodNeeds, _ node: NodeState) -> Rejection? {
        for taint in node.hardTaints where !needs.tolerates(taint) { return untolerated }
        return nil
    }

    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        if event.action == .podTolerations { return event.isAbout(pod) }
        guard let node = event.new else { return false }
        let isTolerated = filter(pod.needs, NodeState(alone: node)) == nil
        let wasTolerated = event.old.map { filter(pod.needs, NodeState(alone: $0)) == nil } ?? false
        return isTolerated && !wasTolerated
    }

    /// The taints that the pod does not tolerate: of nodes with 2, 1 and 0 of them the points are
    /// 0, 50 and 100.
    static func score(_ pod: PodToPlace, _ candidates: [Int], _ cache: inout SchedulerCache)
        -> [Int]?
    {
        guard !cache.counts(softTaints).isEmpty else { return nil }
        return candidates.map { number in
            cache.nodes[number].softTaints.count { !pod.needs.tolerates($0) }
        }
    }

    static func normalize(_ points: inout [Int]) { Points.stretch(&points, reversed: true) }
}

/// The tolerations of a pod.
final class PodTolerations: PodReading {
    let list: [Toleration]

    init(_ pod: PodNeeds) { list = pod.spec[.tolerations].elements.map { Toleration($0) } }
}

extension PodNeeds {
    /// Whether the pod puts up with `taint`.
    func tolerates(_ taint: TaintView) -> Bool {
        reading(PodTolerations.self).list.contains { $0.tolerates(taint) }
    }
}
