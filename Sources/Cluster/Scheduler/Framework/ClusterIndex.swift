/// A kind of placed pods that a plugin wants to go through: "pods that keep others away". The cache
/// keeps the list.
struct PodGroup: Sendable {
    /// Its name, unique among the groups of all plugins.
    let name: String
    /// Whether pods with these needs belong to it.
    let contains: @Sendable (PodNeeds) -> Bool
}

/// Some of the groups of a ``PluginSet``, by their places in it.
struct PodGroupSet: Equatable, Sendable {
    private var bits: UInt32 = 0

    var isEmpty: Bool { bits == 0 }
    func contains(_ place: Int) -> Bool { bits & (1 << UInt32(place)) != 0 }
    mutating func insert(_ place: Int) { bits |= 1 << UInt32(place) }
}

extension PluginSet {
    /// The groups that pods with `needs` belong to.
    func groups(of needs: PodNeeds) -> PodGroupSet {
        var found = PodGroupSet()
        for (place, group) in podGroups.enumerated() where group.contains(needs) {
            found.insert(place)
        }
        return found
    }
}

/// Something that a plugin wants counted over the nodes: how many of them have an image, say.
struct NodeTally: Sendable {
    /// Its name, unique among the tallies of all plugins.
    let name: String
    /// What a node is counted under.
    let values: @Sendable (NodeState) -> [String]
}

/// The counts of a ``NodeTally``.
struct NodeCounts {
    let tally: NodeTally
    private(set) var counts: [String: Int] = [:]

    init(_ tally: NodeTally) { self.tally = tally }

    /// Counts a node (`amount` 1) or no longer does (-1).
    mutating func count(_ node: NodeState, by amount: Int) {
        for value in tally.values(node) {
            let count = counts[value, default: 0] + amount
            counts[value] = count == 0 ? nil : count
        }
    }
}

/// What a plugin remembers between pods to be quick: never anything that an answer depends on.
protocol PluginMemory: AnyObject {
    init()
}
