import API
import Cluster
import Model
import Tools
import Value
import Verbs

/// A request of HTTP to the API server: what `curl https://kubernetes/…` in a pod and `curl` over
/// `kubectl proxy` ask.
struct ServerRequestToAPI {
    private let session: Session
    private let origin: NetworkOrigin
    /// Whether it comes from whoever opened a proxy, who may do what the session's user may.
    private let isProxy: Bool

    /// - Parameter origin: a pod that shows a token is its ServiceAccount, whatever stands in the token.
    init(_ session: Session, _ origin: NetworkOrigin, isProxy: Bool = false) {
        self.session = session
        self.origin = origin
        self.isProxy = isProxy
    }

    func answer(_ request: ServerRequest) -> ServerAnswer {
        guard request.method == "GET" || request.method == "HEAD" else {
            return failure(
                405, "MethodNotAllowed",
                "the server does not allow this method on the requested resource")
        }
        let user = user(of: request)
        if user == "system:anonymous" || user == nil, request.path == "/version" {
            return version
        }
        if let answer = ServiceProxy(session).answer(request) { return answer }
        var words = ["get", "--raw", request.target]
        if let user { words += ["--as", user] }
        if user == "system:anonymous" { words += ["--as-group", "system:unauthenticated"] }
        var text = ""
        var trouble = ""
        let output = VerbOutput { stream, piece in
            if stream == .output { text += piece } else { trouble += piece }
        }
        let context = VerbContext(
            ClusterConnection(
                client: session.cluster, clock: StillClock(session.cluster),
                world: session.cluster), session: session, files: session.files, output: output)
        let code = (try? VerbRegistry.run(words, in: context)) ?? 1
        if code == 0 {
            var answer = ServerAnswer(body: Array(text.utf8))
            let isText = text.first != "{"
            answer.headers = [
                ("Content-Type", isText ? "text/plain; charset=utf-8" : "application/json")
            ]
            return answer
        }
        return failure(trouble, request)
    }

    /// What everybody may ask.
    private var version: ServerAnswer {
        let text = session.cluster.serverVersion
        let value: Value = ["gitVersion": Value(text)]
        return ServerAnswer(
            headers: [("Content-Type", "application/json")],
            body: Array((JSON.text(value, style: JSONStyle(indent: 2)) + "\n").utf8))
    }

    private func user(of request: ServerRequest) -> String? {
        if isProxy { return nil }
        let token = request.headers.last { $0.name.lowercased() == "authorization" }?.value ?? ""
        guard token.lowercased().hasPrefix("bearer "), case .pod(let key) = origin,
            let pod = session.cluster.state.get(.pod, key)
        else { return "system:anonymous" }
        let account = pod.value[.spec].text(.serviceAccountName)
        return "system:serviceaccount:\(key.namespace):\(account.isEmpty ? "default" : account)"
    }

    /// The error of the command as the server words it.
    private func failure(_ trouble: String, _ request: ServerRequest) -> ServerAnswer {
        var message = trouble
        while message.hasSuffix("\n") { message.removeLast() }
        for (name, code) in [
            ("Forbidden", 403), ("NotFound", 404), ("BadRequest", 400), ("Conflict", 409),
            ("Unauthorized", 401),
        ] {
            let mark = "Error from server (\(name)): "
            guard message.hasPrefix(mark) else { continue }
            return failure(code, name, String(message.dropFirst(mark.count)))
        }
        return failure(404, "NotFound", "the server could not find the requested resource")
    }

    private func failure(_ code: Int, _ reason: String, _ message: String) -> ServerAnswer {
        let status: Value = [
            .kind: "Status", .apiVersion: "v1", .metadata: .emptyObject, .status: "Failure",
            .message: Value(message), .reason: Value(reason), "code": Value(code),
        ]
        var answer = ServerAnswer(
            status: code, headers: [("Content-Type", "application/json")],
            body: Array((JSON.text(status, style: JSONStyle(indent: 2)) + "\n").utf8))
        answer.pod = nil
        return answer
    }
}

/// The clock of a request that takes no time.
final class StillClock: ClientClock {
    private let cluster: SimulatedCluster

    init(_ cluster: SimulatedCluster) { self.cluster = cluster }

    var now: Milliseconds { cluster.clock.now }
    var standsStill: Bool { true }
    var commandPause: Milliseconds { 0 }
    var objectPause: Milliseconds { 0 }
    func run(until instant: Milliseconds) throws(ClusterError) -> RunEnd { .reached }
    func run(
        limit: Milliseconds, until condition: () -> Bool
    ) throws(ClusterError) -> RunEnd { condition() ? .reached : .expired }
    func runUntilRest() throws(ClusterError) -> RunEnd { .reached }
}
