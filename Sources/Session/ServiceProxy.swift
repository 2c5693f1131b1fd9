import API
import Cluster
import Model
import Tools
import Value

/// The API server's way to Services and pods:
/// `/api/v1/namespaces/NAMESPACE/services/NAME[:PORT]/proxy/PATH`, and the same of pods.
struct ServiceProxy {
    private let session: Session

    init(_ session: Session) { self.session = session }

    /// Nil for a path of another form.
    func answer(_ request: ServerRequest) -> ServerAnswer? {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count > 7, parts[1] == "api", parts[3] == "namespaces",
            ["services", "pods"].contains(parts[5]), parts[7] == "proxy"
        else { return nil }
        let name = parts[6].split(separator: ":").map(String.init)
        guard let own = name.first else { return nil }
        let key = ObjectKey(namespace: parts[4], name: own)
        let port = name.count > 1 ? name[name.count - 1] : ""
        guard let (address, number) = place(key, isService: parts[5] == "services", port) else {
            return failure(404, "NotFound", "\(parts[5]) \"\(own)\" not found")
        }
        var inner = request
        inner.target = "/" + parts.dropFirst(8).joined(separator: "/")
        if let mark = request.target.firstIndex(of: "?") { inner.target += request.target[mark...] }
        let network = session.cluster.network
        switch network.connect(from: .machine, to: address, port: number) {
        case .container(let place): return network.answer(place, to: inner)
        case .ingress(let entry): return network.answer(entry, to: inner)
        case .refused where parts[5] == "services":
            return failure(
                503, "ServiceUnavailable", "no endpoints available for service \"\(parts[6])\"")
        case .refused, .silent, .unreachable, .server, .names:
            return failure(
                503, "ServiceUnavailable",
                "error trying to reach service: dial tcp \(address):\(number): connect: connection refused"
            )
        }
    }

    private func place(_ key: ObjectKey, isService: Bool, _ port: String) -> (String, Int)? {
        let state = session.cluster.state
        if isService {
            guard let service = state.get(.service, key) else { return nil }
            let view = ServiceView(service.value)
            let row =
                port.isEmpty
                ? view.ports.first
                : view.ports.first { $0.text(.name) == port || String($0.int(.port)) == port }
            guard let row else { return nil }
            return (view.clusterIP, row.int(.port))
        }
        guard let pod = state.get(.pod, key) else { return nil }
        let declared = pod.value[.spec].list(.containers).first?.list(.ports).first
        return (
            pod.value[.status].text(.podIP), Int(port) ?? declared?.int("containerPort") ?? 80
        )
    }

    private func failure(_ code: Int, _ reason: String, _ message: String) -> ServerAnswer {
        let status: Value = [
            .kind: "Status", .apiVersion: "v1", .metadata: .emptyObject, .status: "Failure",
            .message: Value(message), .reason: Value(reason), "code": Value(code),
        ]
        return ServerAnswer(
            status: code, headers: [("Content-Type", "application/json")],
            body: Array((JSON.text(status, style: JSONStyle(indent: 2)) + "\n").utf8))
    }
}
