import Model
import Tools

/// Where a connection begins.
package enum NetworkOrigin: Hashable, Sendable {
    /// A machine beside the nodes, in their network and with a kube-proxy, on which no pods run: that of
    /// the control plane.
    case machine
    case pod(ObjectKey)
}

/// What the machine that the prompt stands for has of its own, besides the cluster's network.
package struct NetworkMachine {
    /// In which namespace short names are sought.
    package var namespace: () -> String = { "default" }
    /// The address of a name in its `/etc/hosts`; nil for others.
    package var host: (_ name: String) -> String? = { _ in nil }
    /// What a connection to one of its own ports comes to; nil where nobody opened it.
    package var openPort: (_ port: Int) -> ConnectionAnswer? = { _ in nil }
    /// What the API server answers.
    package var server: (ServerRequest, NetworkOrigin) -> ServerAnswer? = { _, _ in nil }

    package init() {}
}
