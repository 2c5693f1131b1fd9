import Model

/// NoSchedule and NoExecute taints keep pods out; PreferNoSchedule taints cost points.
enum TaintToleration {
    static func reject(_ needs: PodNeeds, _ node: NodeState) -> [Rejection] {
        for taint in node.hardTaints where !needs.tolerates(taint) {
            return [.untoleratedTaint(taint)]
        }
        return []
    }

    static func scores(_ needs: PodNeeds, _ candidates: [Int], _ cache: SchedulerCache) -> [Int]? {
        guard cache.softlyTainted > 0 else { return nil }
        let raw = candidates.map { number in
            cache.nodes[number].softTaints.count { !needs.tolerates($0) }
        }
        return normalized(raw, reversed: true)
    }
}
