import Support
import Value

/// The domains that the values of one node label make of the nodes, as dense numbers.
struct TopologyDomains {
    let key: Key
    /// How many different values there are.
    var count: Int { numbers.count }
    private var numbers: [String: Int32] = [:]
    /// By node number; -1 without the label.
    private var byNode: [Int32] = []

    init(key: Key) { self.key = key }

    /// The domain of a node; nil without the label.
    subscript(node: Int) -> Int? {
        guard node < byNode.count, byNode[node] >= 0 else { return nil }
        return Int(byNode[node])
    }

    /// Takes note of the labels of a node.
    mutating func note(_ node: NodeState, _ number: Int) {
        while byNode.count <= number { byNode.append(-1) }
        guard let value = node.labels[key].string else {
            byNode[number] = -1
            return
        }
        let domain = numbers[value] ?? Int32(numbers.count)
        numbers[value] = domain
        byNode[number] = domain
    }
}
