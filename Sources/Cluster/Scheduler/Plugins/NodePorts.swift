/// Two pods cannot take the same port of a node.
enum NodePorts {
    static func reject(_ needs: PodNeeds, _ node: NodeState) -> [Rejection] {
        guard !needs.hostPorts.isEmpty else { return [] }
        let isTaken = needs.hostPorts.contains { wanted in
            node.usedPorts.contains { $0.conflicts(with: wanted) }
        }
        return isTaken ? [.hostPorts] : []
    }
}
