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
    /// What the machine lacks until a network plugin runs on it.
    package var lacks: NetworkLack = []

    package init() {}

    /// What kubemark gives a hollow node, whose kubelet sees no disk and no machine (corpus README).
    package init(cpu: String, memory: String, isHollow: Bool) {
        self.cpu = cpu
        self.memory = memory
        self.isHollow = isHollow
    }
}

/// What of its network a machine lacks until the pod of a network plugin's DaemonSet runs on it, or
/// somebody recovers the machine.
package struct NetworkLack: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The runtime has no network: the kubelet is not ready, and starts only pods of the host's network.
    package static let runtime = NetworkLack(rawValue: 1)
    /// Nobody has made a route to the machine: the condition NetworkUnavailable keeps pods away.
    package static let route = NetworkLack(rawValue: 2)
}
