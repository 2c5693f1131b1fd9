import Model
import Support
import Value

/// Two pods cannot take the same port of a node.
enum NodePorts: NodeFilterPlugin {
    static let name = "NodePorts"
    static let podFields: [Key] = [.containers, .initContainers]
    static let actions: ClusterActions = [.nodeAdded, .podDeleted]

    static let taken = Rejection(
        by: Self.self, "node(s) didn't have free ports for the requested pod ports",
        isResolvable: true)

    static func filter(_ needs: PodNeeds, _ node: NodeState) -> Rejection? {
        guard !needs.hostPorts.isEmpty else { return nil }
        return conflicts(needs.hostPorts, node.usedPorts) ? taken : nil
    }

    /// A pod that goes helps when it had one of the ports.
    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        guard event.action == .podDeleted, let gone = event.old else { return true }
        return gone.isPlacedOrNominated
            && conflicts(pod.needs.hostPorts, HostPort.ports(of: gone.value[.spec]))
    }

    private static func conflicts(_ wanted: [HostPort], _ used: [HostPort]) -> Bool {
        wanted.contains { port in used.contains { $0.conflicts(with: port) } }
    }
}
