import Model
import Support
import Value

/// What a service's ports are at a pod.
struct EndpointPort: Hashable {
    let name: String
    let number: Int
    let transport: String
    let application: String

    /// The ports of `service` at `pod`, in the service's order; one whose name the pod does not know
    /// is left out (`FindPort`).
    static func ports(of service: ServiceView, at pod: StoredObject) -> [EndpointPort] {
        service.ports.compactMap { port in
            let transport = port[Key.protocol].string ?? "TCP"
            guard let number = number(port, transport, pod) else { return nil }
            return EndpointPort(
                name: port.text(.name), number: number, transport: transport,
                application: port.text(.appProtocol))
        }
    }

    /// A port that an Endpoints object has.
    init(_ port: Value) {
        self.init(
            name: port.text(.name), number: port.int(.port),
            transport: port[Key.protocol].string ?? "TCP", application: port.text(.appProtocol))
    }

    init(name: String, number: Int, transport: String, application: String) {
        self.name = name
        self.number = number
        self.transport = transport
        self.application = application
    }

    private static func number(_ port: Value, _ transport: String, _ pod: StoredObject) -> Int? {
        guard let name = port[.targetPort].string else {
            return port[.targetPort].int ?? port.int(.port)
        }
        let spec = PodSpecView(pod.value[.spec])
        for container in spec.containers + spec.initContainers.filter(\.isRestartableInit) {
            for entry in container.ports
            where entry.text(.name) == name
                && entry[Key.protocol].string ?? "TCP" == transport
            {
                return entry.int(.containerPort)
            }
        }
        return nil
    }

    /// As Endpoints and EndpointSlices show it; only the latter show an empty name.
    func value(showsEmptyName: Bool) -> Value {
        var value: Value = [.port: Value(number), .protocol: Value(transport)]
        if showsEmptyName || !name.isEmpty { value[.name] = Value(name) }
        if !application.isEmpty { value[.appProtocol] = Value(application) }
        return value
    }

    // MARK: Order

    /// The order in which Endpoints list ports: that of the digests of the ports as Go prints them.
    /// So a Service of `http` 80 and `https` 443 shows 443 first.
    /// Source: the Endpoints registry's Canonicalize with SortSubsets, whose ports are `core` ones.
    static func inEndpointsOrder(_ ports: [EndpointPort]) -> [EndpointPort] {
        sorted(ports) { port in
            "(core.EndpointPort){Name:(string)\(port.name) Port:(int32)\(port.number) "
                + "Protocol:(core.Protocol)\(port.transport) "
                + "AppProtocol:(*string)\(port.shownApplication)}"
        }
    }

    /// The order in which EndpointSlices list ports; those of kube-dns come as 9153, 53, 53.
    /// Source: endpointslice/util, NewPortMapKey, which sorts the ports that it makes a key of.
    static func inSliceOrder(_ ports: [EndpointPort]) -> [EndpointPort] {
        sorted(ports) { port in
            "(v1.EndpointPort){Name:(*string)\(port.name) "
                + "Protocol:(*v1.Protocol)\(port.transport) Port:(*int32)\(port.number) "
                + "AppProtocol:(*string)\(port.shownApplication)}"
        }
    }

    private var shownApplication: String { application.isEmpty ? "<nil>" : application }

    private static func sorted(
        _ ports: [EndpointPort], by text: (EndpointPort) -> String
    ) -> [EndpointPort] {
        guard ports.count > 1 else { return ports }
        return ports.map { (md5(text($0).utf8), $0) }.sorted {
            $0.0.lexicographicallyPrecedes($1.0)
        }.map(\.1)
    }

    /// By name, number, then transport: an order that does not depend on pods.
    static func isBefore(_ left: [EndpointPort], _ right: [EndpointPort]) -> Bool {
        let key = { (port: EndpointPort) in (port.name, port.number, port.transport) }
        for (first, second) in zip(left, right) where first != second {
            return key(first) < key(second)
        }
        return left.count < right.count
    }
}
