/// What the plugins that look at one node alone say of it, for the pods of recent templates.
///
/// A verdict holds until its node changes. So a run of equal pods costs one look at each node, and
/// for each further pod one at the node that took the last one.
struct VerdictTable {
    private struct Verdict {
        /// The version of the node; -1: never looked at.
        var version: Int32 = -1
        /// The points of the scorers that look at what is free, by their weights.
        var score: Int32 = 0
        var reasons: [Rejection] = []
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

    func reasons(_ column: Int, _ node: Int) -> [Rejection] {
        columns[column].verdicts[node].reasons
    }

    func score(_ column: Int, _ node: Int) -> Int { Int(columns[column].verdicts[node].score) }

    /// Looks at a node anew.
    mutating func renew(_ column: Int, _ number: Int, _ node: NodeState) {
        let needs = columns[column].needs
        while columns[column].verdicts.count <= number {
            columns[column].verdicts.append(Verdict())
        }
        columns[column].verdicts[number] = Verdict(
            version: node.version,
            score: Int32(
                NodeResourcesFit.score(needs, node) + BalancedAllocation.score(needs, node)),
            reasons: FilterPlugin.ownRejections(needs, node))
    }
}
