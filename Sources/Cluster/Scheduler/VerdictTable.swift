/// What the plugins that look at one node alone say of it, for the pods of recent templates.
///
/// A verdict holds until its node changes. So a run of equal pods costs one look at each node, and
/// for each further pod one at the node that took the last one.
struct VerdictTable {
    private struct Verdict {
        /// The version of the node; -1: never looked at.
        var version: Int32 = -1
        /// The points of the scorers that look at one node alone, by their weights.
        var points: Int32 = 0
        /// Nil when the node can take the pod.
        var rejection: Rejection?
    }

    private struct Column {
        let needs: PodNeeds
        /// By node number.
        var verdicts: [Verdict] = []
    }

    /// Templates that are remembered.
    private static let capacity = 16
    private var columns: [Column] = []
    private var next = 0

    /// Where the verdicts for pods with `needs` stand, until the next call.
    mutating func number(of needs: PodNeeds) -> Int {
        if let found = columns.firstIndex(where: { $0.needs === needs }) { return found }
        guard columns.count == Self.capacity else {
            columns.append(Column(needs: needs))
            return columns.count - 1
        }
        let place = next
        next = (next + 1) % Self.capacity
        columns[place] = Column(needs: needs)
        return place
    }

    func isUpToDate(_ column: Int, _ node: Int, _ version: Int32) -> Bool {
        node < columns[column].verdicts.count
            && columns[column].verdicts[node].version == version
    }

    func rejection(_ column: Int, _ node: Int) -> Rejection? {
        columns[column].verdicts[node].rejection
    }

    func points(_ column: Int, _ node: Int) -> Int { Int(columns[column].verdicts[node].points) }

    /// Looks at a node anew.
    mutating func renew(_ column: Int, _ number: Int, _ node: NodeState, _ plugins: PluginSet) {
        let needs = columns[column].needs
        while columns[column].verdicts.count <= number {
            columns[column].verdicts.append(Verdict())
        }
        let rejection = plugins.nodeRejection(needs, node)
        var points = 0
        if rejection == nil {
            for row in plugins.nodeScorers { points += row.plugin.score(needs, node) * row.weight }
        }
        columns[column].verdicts[number] = Verdict(
            version: node.version, points: Int32(points), rejection: rejection)
    }
}
