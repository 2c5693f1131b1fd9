import Model

/// `nodeSelector`, required node affinity, and the weights of preferred node affinity.
enum NodeAffinity {
    static func reject(_ needs: PodNeeds, _ node: NodeState) -> [Rejection] {
        needs.nodeRequirement.matches(node.view) ? [] : [.nodeAffinity]
    }

    static func scores(_ needs: PodNeeds, _ candidates: [Int], _ cache: SchedulerCache) -> [Int]? {
        guard !needs.preferredNodes.isEmpty else { return nil }
        let raw = candidates.map { number in
            let node = cache.nodes[number]
            return needs.preferredNodes.reduce(0) { sum, preferred in
                NodeSelection.matches(term: preferred.term, node: node.view)
                    ? sum + preferred.weight : sum
            }
        }
        return normalized(raw)
    }
}
