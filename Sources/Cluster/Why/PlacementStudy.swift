import Value

/// What the scheduler's plugins say of every node for one pod.
package struct PlacementStudy: Sendable {
    /// What a plugin has against a node, or against all.
    package struct Objection: Hashable, Sendable {
        /// "NodeResourcesFit".
        package let plugin: String
        /// As conditions and events word it: "Insufficient cpu".
        package let reasons: [String]
        /// The same with what this node is like: "Insufficient cpu: asks for 2, 500m of 4 free".
        package let words: String
        /// Whether taking pods off the node could help.
        package let isResolvable: Bool
    }

    /// What a plugin thinks of a node that can take the pod.
    package struct Score: Hashable, Sendable {
        package let plugin: String
        /// 0...100 times the plugin's weight.
        package let points: Int
    }

    package struct Verdict: Sendable {
        package let node: String
        /// Of all plugins, in the order in which they are asked; empty where the node can take the pod.
        package let objections: [Objection]
        /// Of a node that can take the pod.
        package let scores: [Score]
        /// Whether the pod names other nodes, as those of a DaemonSet do: then nothing else counts.
        package let isExcluded: Bool

        package var total: Int { scores.reduce(0) { $0 + $1.points } }
    }

    /// What keeps the pod out of the queue.
    package var gates: [Objection] = []
    /// What speaks against all nodes at once.
    package var preFilter: [Objection] = []
    /// By node, in the order in which they joined.
    package var verdicts: [Verdict] = []
    /// The node on which preemption makes room for it.
    package var nominated: String?
    /// Whether its node is chosen, and it waits for volumes to be bound.
    package var isBinding = false
    /// When it is tried again after its back-off; nil where it waits for something to change.
    package var retry: Milliseconds?

    /// Nothing is known.
    package init() {}

    /// The nodes that can take the pod.
    package var feasible: [Verdict] {
        gates.isEmpty && preFilter.isEmpty ? verdicts.filter(\.objections.isEmpty) : []
    }
}
