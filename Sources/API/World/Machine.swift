/// What the machine behind a node is doing. The Node object knows nothing of it: controllers find
/// out by heartbeats that stay away.
package enum MachineState: String, Sendable {
    /// The kubelet runs and reaches the API server.
    case running
    /// The machine is dead: the kubelet and all containers are gone.
    case failed
    /// Kubelet and containers run, but reach nobody.
    case partitioned
    /// The machine was taken away for good.
    case removed
}

/// The size and version of a node.
package struct NodeTemplate: Sendable {
    package var cpu = "4"
    package var memory = "8Gi"
    package var pods = 110
    package var version = "v1.36.2"
    package var labels: [(String, String)] = []
    /// Whether there is no machine behind it.
    package var isHollow = false
    package var taints: [(key: String, value: String, effect: String)] = []

    package init() {}

    /// What kubemark gives a hollow node, whose kubelet sees no disk and no machine (corpus README).
    package init(cpu: String, memory: String, isHollow: Bool) {
        self.cpu = cpu
        self.memory = memory
        self.isHollow = isHollow
    }
}
