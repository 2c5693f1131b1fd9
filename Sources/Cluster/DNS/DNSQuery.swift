import API
import Model
import Support
import Value

/// What the labels of a name in the cluster's zone ask for:
/// `_port._protocol.service.namespace.svc`, `endpoint.service.namespace.svc`,
/// `service.namespace.svc` or `10-244-0-2.namespace.pod`.
struct DNSQuery {
    /// Below `pod` rather than `svc`.
    var isPod = false
    var namespace: String?
    /// The Service, or the address of a pod.
    var name: String?
    var endpoint: String?
    var port: String?
    var transport: String?

    /// Nil for a name of no such form. Source: CoreDNS' kubernetes plugin, parseRequest.
    init?(_ labels: [String]) {
        var rest = labels[...]
        guard let root = rest.popLast(), root == "svc" || root == "pod" else { return nil }
        isPod = root == "pod"
        namespace = rest.popLast()
        name = rest.popLast()
        switch rest.count {
        case 0: return
        case 1: endpoint = rest.first
        case 2:
            port = Self.plain(rest.first!)
            transport = Self.plain(rest.last!)
        default: return nil
        }
    }

    private static func plain(_ label: String) -> String {
        label.hasPrefix("_") ? String(label.dropFirst()) : label
    }

    /// Whether a port is asked for; without port and protocol in the name each is.
    func selects(_ portName: String, _ portTransport: String) -> Bool {
        guard let port, let transport else { return true }
        return (port.isEmpty || port == portName.lowercased())
            && (transport.isEmpty || transport == portTransport.lowercased())
    }
}

/// What DNS knows of a Service.
struct DiscoveredService {
    struct Port {
        let name: String
        let number: Int
        let transport: String
    }

    let namespace: String
    let name: String
    /// The name outside that an ExternalName stands for.
    let externalName: String?
    let isHeadless: Bool
    let addresses: [String]
    let ports: [Port]

    /// The absolute name.
    var domain: String { "\(name).\(namespace).svc.\(ClusterZone.domain)." }

    init(_ object: StoredObject) {
        let view = ServiceView(object.value)
        namespace = object.namespace
        name = object.name
        externalName = view.type == "ExternalName" ? view.externalName : nil
        isHeadless = view.isHeadless
        let list = object.value[.spec][.clusterIPs].elements.compactMap(\.string)
        addresses = list.isEmpty ? [view.clusterIP].filter { !$0.isEmpty } : list
        ports = view.ports.map {
            Port(
                name: $0.text(.name), number: $0.int(.port),
                transport: $0[Key.protocol].string ?? "TCP")
        }
    }

    private init(nameServer ports: [Port]) {
        namespace = "kube-system"
        name = "kube-dns"
        externalName = nil
        isHeadless = false
        addresses = [ClusterZone.serverAddress]
        self.ports = ports
    }

    /// The Service of the server itself, as kubeadm makes it.
    static let nameServer = DiscoveredService(
        nameServer: [
            Port(name: "dns", number: 53, transport: "UDP"),
            Port(name: "dns-tcp", number: 53, transport: "TCP"),
            Port(name: "metrics", number: 9153, transport: "TCP"),
        ])
}

/// What DNS knows of an endpoint.
struct Endpoint {
    static let serviceLabel = Key("kubernetes.io/service-name")

    let address: String
    let hostname: String
    /// The ports of its slice; one of number -1 where there is none.
    let ports: [DiscoveredService.Port]

    /// The label below its Service: its hostname, else its address with dashes.
    var label: String {
        hostname.isEmpty ? String(address.map { $0 == "." || $0 == ":" ? "-" : $0 }) : hostname
    }

    /// The ready endpoints of a slice. What is not ready has no name, unless its Service publishes
    /// it, which makes it ready (publishNotReadyAddresses); unknown counts as ready.
    static func ready(_ slice: StoredObject) -> [Endpoint] {
        var ports = slice.value[.ports].elements.map {
            DiscoveredService.Port(
                name: $0.text(.name), number: $0.int(.port),
                transport: $0[Key.protocol].string ?? "TCP")
        }
        if ports.isEmpty {
            ports = [DiscoveredService.Port(name: "", number: -1, transport: "TCP")]
        }
        return slice.value[.endpoints].elements.filter {
            $0[.conditions][.ready].bool != false
        }.flatMap { endpoint in
            endpoint[.addresses].elements.compactMap(\.string).map {
                Endpoint(
                    address: $0, hostname: endpoint.text(.hostname).lowercased(), ports: ports)
            }
        }
    }
}
