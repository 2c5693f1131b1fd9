import API
import Model
import Tools
import Value

/// The network of a cluster as programs reach it: from the machine that the prompt stands for, or from a
/// pod.
package final class ClientNetwork: ToolNetwork {
    private unowned let cluster: SimulatedCluster
    package let origin: NetworkOrigin

    package init(_ cluster: SimulatedCluster, _ origin: NetworkOrigin) {
        self.cluster = cluster
        self.origin = origin
    }

    private var network: ClusterNetwork { cluster.network }

    package var isOfContainer: Bool { origin != .machine }

    package var ownAddress: String { network.address(of: origin) }

    // MARK: Names

    package func addresses(of name: String) -> NameAnswer {
        if DNSName.ipv4(name) != nil || name.contains(":") { return .addresses([name]) }
        if name == "localhost" || name == "ip6-localhost" { return .addresses(["127.0.0.1"]) }
        let settings: ResolverSettings
        switch origin {
        case .machine:
            if let known = knownToMachine(name) { return .addresses([known]) }
            settings = ResolverSettings(namespace: network.machine.namespace())
        case .pod(let key):
            guard let pod = cluster.state.get(.pod, key)?.value else { return .unknown }
            if let known = knownToPod(name, pod, key) { return .addresses([known]) }
            settings = ResolverSettings(pod: pod)
        }
        if settings.usesClusterServer, !network.reachesNameServer(origin) {
            return .silent(milliseconds: Self.resolverPatience)
        }
        let found = settings.look(up: name, .a, in: ClusterDNS(cluster)).response.addresses
        if found.isEmpty { return .unknown }
        // CoreDNS gives the addresses of a headless Service in another order each time.
        let first = network.draw(of: found)
        return .addresses([first] + found.filter { $0 != first })
    }

    /// Two attempts of five seconds (resolv.conf's standard options).
    private static let resolverPatience: Int64 = 10_000

    /// What the session's own `/etc/hosts` says, then the names of the nodes.
    private func knownToMachine(_ name: String) -> String? {
        if let known = network.machine.host(name) { return known }
        guard let node = cluster.state.get(.node, name: name) else { return nil }
        let address = NodeView(node.value).address("InternalIP")
        return address.isEmpty ? nil : address
    }

    /// The lines of its `/etc/hosts`: its own name, and the aliases of its spec.
    private func knownToPod(_ name: String, _ pod: Value, _ key: ObjectKey) -> String? {
        let own = pod[.spec].text(.hostname)
        if name == (own.isEmpty ? key.name : own) { return ownAddress.isEmpty ? nil : ownAddress }
        for alias in pod[.spec].list("hostAliases")
        where alias.list("hostnames").contains(where: { $0.string == name }) {
            return alias.text(.ip)
        }
        return nil
    }

    // MARK: Connections

    package func connect(to address: String, port: Int) -> ConnectionAnswer {
        let isLoopback = address.hasPrefix("127.") || address == "::1"
        if isLoopback, origin == .machine, let opened = network.machine.openPort(port) {
            return opened
        }
        return answer(network.connect(from: origin, to: address, port: port), port)
    }

    /// One for each endpoint that a connection could be sent to.
    package func everyConnection(to address: String, port: Int) -> [ConnectionAnswer] {
        network.everyConnection(from: origin, to: address, port: port).map { answer($0, port) }
    }

    package func answer(_ reach: Reach, _ port: Int) -> ConnectionAnswer {
        switch reach {
        case .refused: return .refused
        case .silent: return .silent
        case .unreachable(let time): return .unreachable(milliseconds: time)
        case .container, .ingress, .names, .server:
            return .open(ReachedConnection(cluster, reach, origin, port))
        }
    }

    package func ping(_ address: String) -> PingAnswer {
        switch network.ping(from: origin, address) {
        case true?: .answered
        case false?: .silent
        case nil: .unreachable
        }
    }
}

/// A connection that led to something.
final class ReachedConnection: ToolConnection {
    private unowned let cluster: SimulatedCluster
    private let reach: Reach
    private let origin: NetworkOrigin
    private let port: Int

    init(_ cluster: SimulatedCluster, _ reach: Reach, _ origin: NetworkOrigin, _ port: Int) {
        self.cluster = cluster
        self.reach = reach
        self.origin = origin
        self.port = port
    }

    var isOpen: Bool {
        if case .container(let place) = reach { return place.isAlive }
        return true
    }

    var speaksTLS: Bool {
        switch reach {
        case .server: true
        case .container, .ingress: port == 443 || port == 8443
        case .names, .refused, .silent, .unreachable: false
        }
    }

    var isTrusted: Bool { false }

    func answer(_ request: WebRequest) -> WebAnswer? {
        if speaksTLS, !request.isSecure {
            var answer = WebAnswer(
                status: 400, body: Array("Client sent an HTTP request to an HTTPS server.\n".utf8))
            answer.headers = [("Connection", "close")]
            return answer
        }
        let inner = ServerRequest(
            method: request.method, target: request.target, host: request.host,
            headers: request.headers, body: request.body, isSecure: request.isSecure)
        let network = cluster.network
        let found: ServerAnswer?
        switch reach {
        case .container(let place): found = network.answer(place, to: inner)
        case .ingress(let entry): found = network.answer(entry, to: inner)
        case .server: found = network.machine.server(inner, origin)
        case .names, .refused, .silent, .unreachable: found = nil
        }
        guard let found else { return nil }
        return whole(found, of: request)
    }

    /// With the headers that every server sends, and without a body where none was asked for.
    private func whole(_ found: ServerAnswer, of request: WebRequest) -> WebAnswer {
        var answer = WebAnswer(status: found.status, body: found.body)
        if let server = found.headers.first(where: { $0.name == "Server" }) {
            answer.headers.append(server)
        }
        answer.headers.append(("Date", WebDate.text(cluster.clock.now)))
        answer.headers += found.headers.filter { $0.name != "Server" }
        if answer.header("Content-Type") == nil {
            answer.headers.append(("Content-Type", "text/plain"))
        }
        answer.headers.append(("Content-Length", String(found.body.count)))
        if request.method == "HEAD" { answer.body = [] }
        answer.takes = found.takes
        answer.pod = found.pod.map { "\($0.namespace)/\($0.name)" } ?? ""
        return answer
    }
}

/// Instants as headers have them: `Wed, 01 Jan 2025 00:00:05 GMT` (RFC 9110, section 5.6.7).
enum WebDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ worldTime: Int64) -> String {
        let time = (Timestamp.zero + Duration(milliseconds: worldTime)).calendar
        return "\(days[time.weekday]), \(two(time.day)) \(months[time.month - 1]) \(time.year) "
            + "\(two(time.hour)):\(two(time.minute)):\(two(time.second)) GMT"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
