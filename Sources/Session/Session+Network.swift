import API
import Cluster
import Language
import Model
import Support
import Tools
import Value
import Verbs

extension Session {
    /// The network as commands of the prompt and of scripts reach it.
    package var network: (any ToolNetwork)? { network(from: .machine) }

    /// The network as programs in a pod, or on the prompt's machine, reach it.
    package func network(from origin: NetworkOrigin) -> any ToolNetwork {
        ClientNetwork(cluster, origin)
    }

    /// Gives the network of `cluster` what the prompt's machine has of its own.
    func join(_ cluster: SimulatedCluster) {
        cluster.onNetwork = { [unowned self] network in
            network.machine.namespace = { [unowned self] in namespace }
            network.machine.host = { [unowned self] in knownHost($0) }
            network.machine.openPort = { [unowned self] in forwards.answer($0, in: self) }
            network.machine.server = { [unowned self] in ServerRequestToAPI(self, $1).answer($0) }
        }
    }

    /// Ends what `port-forward` and `proxy` have opened, as Ctrl-C in their terminals does.
    package func closePorts() { forwards.close() }

    /// What the session's own `/etc/hosts` says: that of the disk is another machine's.
    private func knownHost(_ name: String) -> String? {
        let file = "/etc/hosts"
        guard files.memory.isFile(file), let bytes = try? files.memory.read(file) else {
            return nil
        }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
            if words.dropFirst().contains(where: { $0.lowercased() == name.lowercased() }) {
                return String(words[0])
            }
        }
        return nil
    }

    package func goesOnByItself(_ words: [String]) -> Bool {
        let words = words.first == "kubectl" ? words.dropFirst() : words[...]
        return ["port-forward", "proxy"].contains { words.contains($0) }
    }

    package func openPort(_ forward: PortForward) -> Bool { forwards.add(forward) }

    // MARK: Requests of scripts

    package func request(_ request: WebQuery) throws -> WebOutcome {
        let address: WebAddress
        do throws(WebAddress.Problem) {
            address = try WebAddress(request.url)
        } catch {
            throw HostError(
                "`\(request.url)` is no address of HTTP",
                hint: "as in: http(\"http://web.shop:8080/a\")")
        }
        let origin = try origin(request.pod)
        let network = ClientNetwork(cluster, origin)
        let found =
            request.isRepeatable
            ? cluster.network.repeatably { answers(to: address, network, request.isToAll) }
            : answers(to: address, network, request.isToAll)
        return WebOutcome(answers: found, reads: requestReads)
    }

    /// What routes depend on.
    private var requestReads: [ResourceQuery] {
        ["services", "endpointslices", "pods", "networkpolicies", "ingresses"].compactMap { name in
            kind(named: name).map {
                ResourceQuery(kind: $0, writtenKind: name, name: nil, namespace: .all)
            }
        }
    }

    private func origin(_ word: String?) throws -> NetworkOrigin {
        guard let word else { return .machine }
        var parts = word.split(separator: "/").map(String.init)
        if parts.count > 1, ["pod", "pods", "po"].contains(parts[0]) { parts.removeFirst() }
        guard (1...2).contains(parts.count) else {
            throw HostError("`\(word)` is no pod", hint: "as in: http(url, pod/client)")
        }
        let key = ObjectKey(
            namespace: parts.count == 2 ? parts[0] : namespace, name: parts[parts.count - 1])
        guard cluster.state.get(.pod, key) != nil else {
            throw HostError("there is no pod `\(key.name)` in the namespace `\(key.namespace)`")
        }
        return .pod(key)
    }

    private func answers(
        to address: WebAddress, _ network: ClientNetwork, _ isToAll: Bool
    ) -> [Value] {
        let found: [String]
        switch network.addresses(of: address.host) {
        case .unknown: return [failure("could not resolve host: \(address.host)", 0)]
        case .silent(let time): return [failure("could not resolve host: \(address.host)", time)]
        case .addresses(let all): found = all
        }
        guard isToAll else {
            return [answer(network.connect(to: found[0], port: address.port), address)]
        }
        return found.flatMap { network.everyConnection(to: $0, port: address.port) }
            .map { answer($0, address) }.sorted { $0.text("pod") < $1.text("pod") }
    }

    private func answer(_ connection: ConnectionAnswer, _ address: WebAddress) -> Value {
        switch connection {
        case .refused: return failure("connection refused", 0)
        case .silent: return failure("connection timed out", 0)
        case .unreachable(let time): return failure("no route to host", time)
        case .open(let connection):
            var request = WebRequest()
            request.target = address.target
            request.host = address.hostHeader
            request.isSecure = address.isSecure
            request.headers = [("User-Agent", "drydock"), ("Accept", "*/*")]
            if address.isSecure, !connection.speaksTLS {
                return failure("no TLS is spoken there", 0)
            }
            guard let answer = connection.answer(request) else { return failure("empty reply", 0) }
            var headers = Value.emptyObject
            for header in answer.headers { headers[Key(header.name)] = Value(header.value) }
            return [
                "status": Value(answer.status),
                "body": Value(String(decoding: answer.body, as: UTF8.self)),
                "pod": Value(String(answer.pod.split(separator: "/").last ?? "")),
                "headers": headers, "milliseconds": Value(Int(answer.takes)), "error": "",
            ]
        }
    }

    private func failure(_ words: String, _ milliseconds: Int64) -> Value {
        [
            "status": 0, "body": "", "pod": "", "headers": .emptyObject,
            "milliseconds": Value(Int(milliseconds)), "error": Value(words),
        ]
    }
}
