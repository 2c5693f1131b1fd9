import API
import Model
import Support
import Value

/// The cluster's DNS as a question and its answer: what CoreDNS says about Services, endpoints and
/// pods at one instant.
///
/// There is no CoreDNS among the objects (DECISIONS 24); the server answers all the same, under the
/// address that it has in a cluster of kubeadm. Records follow the specification of DNS-based service
/// discovery 1.1 and CoreDNS' kubernetes plugin with kubeadm's settings: zone cluster.local, TTL 30,
/// `pods insecure`, only ready endpoints. Two things differ: answers come in the order of addresses
/// (CoreDNS shuffles them), and names outside the cluster do not exist.
package struct ClusterDNS: NameServer {
    static let ttlSeconds = 30

    private let state: ClusterState
    /// The zone's serial number: the present in seconds.
    private let serial: Int64

    /// The DNS of a cluster at this instant. O(1).
    package init(_ cluster: SimulatedCluster) {
        self.init(
            cluster.state, now: Timestamp(worldTime: cluster.clock.now))
    }

    init(_ state: ClusterState, now: Timestamp) {
        self.state = state
        serial = now.milliseconds / 1000
    }

    /// What an answer depends on.
    package enum Subject: Hashable, Sendable {
        case service(namespace: String, name: String)
        /// Any Service or endpoint: the name of an address was asked for.
        case everything
    }

    /// What `response` depends on, the Services that its aliases lead to included.
    package static func subjects(of response: DNSResponse) -> [Subject] {
        var found: [Subject] = []
        let aliases = response.answers.filter { $0.type == .cname }.map(\.data)
        for name in [response.name] + aliases {
            let labels = DNSName.labels(name)
            if labels.last == "arpa" { found.append(.everything) }
            guard labels.suffix(2) == ["cluster", "local"],
                let query = DNSQuery(Array(labels.dropLast(2))), !query.isPod,
                let namespace = query.namespace, let service = query.name
            else { continue }
            found.append(.service(namespace: namespace, name: service))
        }
        return found
    }

    // MARK: Answers

    /// The answer to a question about an absolute name; a missing final dot is put there. O(the
    /// endpoint slices of one namespace), for a reverse name O(services and slices).
    package func answer(_ name: String, _ type: DNSRecordType = .a) -> DNSResponse {
        var response = DNSResponse(name: DNSName.absolute(name), type: type)
        let labels = DNSName.labels(response.name)
        if labels.suffix(2) == ["in-addr", "arpa"] {
            answerReverse(labels.dropLast(2).reversed(), &response)
        } else if labels.suffix(2) == ["cluster", "local"] {
            answerZone(Array(labels.dropLast(2)), &response)
        } else {
            // Forwarded to a server outside, which knows nothing.
            response.status = .noSuchName
            response.isAuthoritative = false
        }
        return response
    }

    private func answerZone(_ labels: [String], _ response: inout DNSResponse) {
        if labels.isEmpty {
            switch response.type {
            case .soa: response.answers = [authority]
            case .ns: response.answers = [record(zone, .ns, "ns.dns.\(zone)")]
            default: response.authority = [authority]
            }
            return
        }
        if labels == ["dns-version"], response.type == .txt {
            response.answers = [record(response.name, .txt, "\"1.1.0\"")]
            return
        }
        guard let targets = targets(labels) else {
            response.status = .noSuchName
            response.authority = [authority]
            return
        }
        switch response.type {
        case .a, .aaaa: addressRecords(targets, &response)
        case .srv: serviceRecords(targets, &response)
        case .cname, .any: aliasRecords(targets, &response)
        case .mx, .ns, .ptr, .soa, .txt: break
        }
        if response.answers.isEmpty { response.authority = [authority] }
    }

    private var zone: String { ClusterZone.domain + "." }

    private var authority: DNSRecord {
        record(
            zone, .soa,
            "ns.dns.\(zone) hostmaster.\(zone) \(serial) 7200 1800 86400 \(Self.ttlSeconds)")
    }

    private func record(_ name: String, _ type: DNSRecordType, _ data: String) -> DNSRecord {
        DNSRecord(name: name, type: type, ttlSeconds: Self.ttlSeconds, data: data)
    }

    /// Addresses, or for an ExternalName the alias with what it leads to inside the cluster.
    /// Source: CoreDNS, plugin.A; a chain ends after eight aliases.
    private func addressRecords(_ targets: [Target], _ response: inout DNSResponse) {
        for target in targets {
            switch target.host {
            case .address(let address):
                let type: DNSRecordType = address.contains(":") ? .aaaa : .a
                let record = record(response.name, type, address)
                if type == response.type, !response.answers.contains(record) {
                    response.answers.append(record)
                }
            case .name(let host):
                response.answers.append(record(response.name, .cname, host))
                followAlias(host, &response)
            }
        }
    }

    private func followAlias(_ host: String, _ response: inout DNSResponse) {
        var next = host
        var seen: Set<String> = [response.name]
        for _ in 0..<8 {
            let labels = DNSName.labels(next)
            guard labels.suffix(2) == ["cluster", "local"], seen.insert(next).inserted,
                let targets = targets(Array(labels.dropLast(2)))
            else { return }
            var part = DNSResponse(name: next, type: response.type)
            var alias: String?
            for target in targets {
                if case .name(let name) = target.host { alias = name }
            }
            if let alias {
                response.answers.append(record(next, .cname, alias))
                next = alias
                continue
            }
            addressRecords(targets, &part)
            response.answers += part.answers
            return
        }
    }

    private func aliasRecords(_ targets: [Target], _ response: inout DNSResponse) {
        if case .name(let host) = targets.first?.host {
            response.answers = [record(response.name, .cname, host)]
        } else if response.type == .any {
            response.answers = targets.compactMap { target in
                guard case .address(let address) = target.host else { return nil }
                return record(response.name, address.contains(":") ? .aaaa : .a, address)
            }
        }
    }

    /// One record per port of each target, and in addition the targets' addresses. Weights share 100
    /// between the targets: of three each has 33. Source: CoreDNS, plugin.SRV.
    private func serviceRecords(_ targets: [Target], _ response: inout DNSResponse) {
        let weight = max(100 / max(targets.count, 1), 1)
        for target in targets {
            guard let port = target.port else { continue }
            switch target.host {
            case .name(let host):
                response.answers.append(record(response.name, .srv, "0 \(weight) \(port) \(host)"))
            case .address(let address):
                let service = record(response.name, .srv, "0 \(weight) \(port) \(target.name)")
                if !response.answers.contains(service) { response.answers.append(service) }
                let type: DNSRecordType = address.contains(":") ? .aaaa : .a
                let host = record(target.name, type, address)
                if !response.additional.contains(host) { response.additional.append(host) }
            }
        }
    }

    // MARK: Names of addresses

    /// A Service by its cluster IP, else every endpoint of that address that has a hostname.
    /// Source: CoreDNS' kubernetes plugin, serviceRecordForIP.
    private func answerReverse(_ labels: [String], _ response: inout DNSResponse) {
        let address = labels.joined(separator: ".")
        guard DNSName.ipv4(address) != nil else {
            response.status = .noSuchName
            return response.isAuthoritative = false
        }
        let hosts = names(of: address)
        if hosts.isEmpty {
            response.status = .noSuchName
            return response.isAuthoritative = false
        }
        if response.type == .ptr || response.type == .any {
            response.answers = hosts.map { record(response.name, .ptr, $0) }
        }
    }

    private func names(of address: String) -> [String] {
        for service in state.list(.service)
        where service.value[.spec][.clusterIPs].elements.contains(where: { $0.string == address }) {
            return [DiscoveredService(service).domain]
        }
        if address == ClusterZone.serverAddress { return [DiscoveredService.nameServer.domain] }
        var found: [String] = []
        for slice in state.list(.endpointSlice) {
            guard let service = slice.value[.metadata][.labels][Endpoint.serviceLabel].string else {
                continue
            }
            for endpoint in Endpoint.ready(slice)
            where endpoint.address == address && !endpoint.hostname.isEmpty {
                let name =
                    "\(endpoint.hostname).\(service).\(slice.namespace).svc.\(ClusterZone.domain)."
                if !found.contains(name) { found.append(name) }
            }
        }
        return found
    }

    // MARK: Names in the zone

    /// Where a name leads.
    private struct Target {
        enum Host {
            case address(String)
            /// An absolute name outside the Service.
            case name(String)
        }

        let host: Host
        /// Nil where the Service has no ports.
        let port: Int?
        /// The absolute name of the host itself.
        let name: String
    }

    /// What the labels before the zone lead to; nil where the name does not exist. Source: CoreDNS'
    /// kubernetes plugin, parseRequest, findServices and findPods.
    private func targets(_ labels: [String]) -> [Target]? {
        guard let query = DNSQuery(labels) else { return nil }
        guard let namespace = query.namespace else { return [] }
        guard state.get(.namespace, name: namespace) != nil else { return nil }
        guard let name = query.name else { return [] }
        if query.isPod {
            guard let address = Self.podAddress(name) else { return nil }
            return [
                Target(
                    host: .address(address), port: nil,
                    name: "\(name).\(namespace).pod.\(ClusterZone.domain).")
            ]
        }
        guard let service = service(namespace, name) else { return nil }
        let found: [Target]
        if let external = service.externalName {
            guard query.endpoint == nil, query.port == nil else { return nil }
            found = [
                Target(host: .name(DNSName.absolute(external)), port: 0, name: service.domain)
            ]
        } else if service.isHeadless || query.endpoint != nil {
            found = endpoints(of: service, query)
        } else {
            found = service.ports.filter { query.selects($0.name, $0.transport) }.flatMap { port in
                service.addresses.map {
                    Target(host: .address($0), port: port.number, name: service.domain)
                }
            }
        }
        return found.isEmpty ? nil : found
    }

    private func service(_ namespace: String, _ name: String) -> DiscoveredService? {
        if let object = state.get(.service, namespace: namespace, name: name) {
            return DiscoveredService(object)
        }
        let own = DiscoveredService.nameServer
        return namespace == own.namespace && name == own.name ? own : nil
    }

    private func endpoints(of service: DiscoveredService, _ query: DNSQuery) -> [Target] {
        let slices = state.list(.endpointSlice, namespace: service.namespace) {
            $0.value[.metadata][.labels][Endpoint.serviceLabel].string == service.name
        }
        return slices.flatMap(Endpoint.ready).filter {
            query.endpoint == nil || query.endpoint == $0.label
        }.sorted { DNSName.isAddressBefore($0.address, $1.address) }.flatMap { endpoint in
            endpoint.ports.filter { query.selects($0.name, $0.transport) }.map {
                Target(
                    host: .address(endpoint.address), port: $0.number < 0 ? nil : $0.number,
                    name: "\(endpoint.label).\(service.domain)")
            }
        }
    }

    /// `10-244-0-2` → `10.244.0.2`: under `pods insecure` any address has a name, whether a pod has
    /// the address or not.
    private static func podAddress(_ label: String) -> String? {
        let address = String(label.map { $0 == "-" ? "." : $0 })
        return DNSName.ipv4(address) != nil ? address : nil
    }
}
