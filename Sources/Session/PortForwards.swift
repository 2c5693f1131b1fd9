import API
import Cluster
import Model
import Tools
import Verbs

/// The ports of the prompt's machine that `port-forward` and `proxy` opened.
final class PortForwards {
    private var open: [Int: PortForward] = [:]

    /// What a connection to a port comes to; nil where nobody opened it.
    func answer(_ port: Int, in session: Session) -> ConnectionAnswer? {
        guard let forward = open[port] else { return nil }
        switch forward.goal {
        case .server: return .open(ProxyConnection(session))
        case .pod(let key, let uid, let remote):
            guard let reach = session.cluster.network.inside(key, uid: uid, port: remote) else {
                // The forwarding ends with its pod.
                open = open.filter { $0.value.goal != forward.goal }
                session.sink("error: lost connection to pod\n")
                return .refused
            }
            session.sink("Handling connection for \(port)\n")
            switch reach {
            case .container, .ingress, .names, .server:
                return ClientNetwork(session.cluster, .machine).answer(reach, remote)
            case .refused, .silent, .unreachable:
                session.sink(
                    "error forwarding port \(remote) to pod \(key.name), uid \(uid): connect to "
                        + "127.0.0.1:\(remote): Connection refused\n")
                return .open(ClosedConnection())
            }
        }
    }

    /// Opens a port; answers false where it is open.
    func add(_ forward: PortForward) -> Bool {
        guard open[forward.localPort] == nil else { return false }
        open[forward.localPort] = forward
        return true
    }

    /// Closes all of them.
    func close() { open = [:] }
}

/// A connection that is closed as soon as something is sent.
private final class ClosedConnection: ToolConnection {
    var isOpen: Bool { false }
    var speaksTLS: Bool { false }
    var isTrusted: Bool { false }
    func answer(_ request: WebRequest) -> WebAnswer? { nil }
}

/// A connection to `kubectl proxy`.
private final class ProxyConnection: ToolConnection {
    private unowned let session: Session

    init(_ session: Session) { self.session = session }

    var isOpen: Bool { true }
    var speaksTLS: Bool { false }
    var isTrusted: Bool { false }

    func answer(_ request: WebRequest) -> WebAnswer? {
        let found = ServerRequestToAPI(session, .machine, isProxy: true).answer(
            ServerRequest(
                method: request.method, target: request.target, host: request.host,
                headers: request.headers, body: request.body))
        var answer = WebAnswer(
            status: found.status, body: request.method == "HEAD" ? [] : found.body)
        answer.headers = found.headers + [("Content-Length", String(found.body.count))]
        return answer
    }
}
