import Support
import Value

extension KindDescriptor {
    /// The addresses behind a service, in the older form.
    static func endpoints(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Endpoints", plural: "endpoints", shortNames: ["ep"], group: "",
            deprecationWarning: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 "
                + "EndpointSlice",
            rules: KindRules(
                defaults: Defaults.endpoints, object: { $0.endpoints($1) },
                warnings: { warner, endpoints, _ in warner.endpoints(endpoints) }),
            texts: .endpoints)
    }

    /// Some of the addresses behind a service.
    static func endpointSlice(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "EndpointSlice", plural: "endpointslices", group: "discovery.k8s.io",
            hasGeneration: true,
            rules: KindRules(
                defaults: Defaults.endpointSlice, object: { $0.endpointSlice($1) },
                change: { $0.endpointSliceUpdate($1, $2) },
                warnings: { $0.endpointSlice($1, $2) }),
            texts: .endpointSlice)
    }
}

extension Defaults {
    /// SetDefaults_Endpoints.
    static func endpoints(_ value: inout Value) {
        value.forEach(.subsets) { subset in
            subset.forEach(.ports) { $0.fill(.protocol, "TCP") }
        }
    }

    /// SetDefaults_EndpointPort of discovery/v1.
    static func endpointSlice(_ value: inout Value) {
        value.forEach(.ports) { port in
            port.fill(.name, "")
            port.fill(.protocol, "TCP")
        }
    }
}

extension Validator {
    /// ValidateEndpoints.
    mutating func endpoints(_ object: Value) {
        for (index, subset) in object.list(.subsets).enumerated() {
            let path = ErrorPath("subsets")[index]
            let lists = [(Key.addresses, "addresses"), (.notReadyAddresses, "notReadyAddresses")]
            if lists.allSatisfy({ subset.list($0.0).isEmpty }) {
                add(.required(path, "must specify `addresses` or `notReadyAddresses`"))
            }
            for (key, name) in lists {
                for (place, address) in subset.list(key).enumerated() {
                    let path = path.child(name)[place]
                    ordinaryAddress(address.text(.ip), path.child("ip"))
                    let host = address.text(.hostname)
                    if !host.isEmpty {
                        messages(NameRules.dns1123Label(host), host, path.child("hostname"))
                    }
                }
            }
            let ports = subset.list(.ports)
            for (place, port) in ports.enumerated() {
                endpointPort(port, needsName: ports.count > 1, path.child("ports")[place])
            }
        }
    }

    private mutating func endpointPort(_ port: Value, needsName: Bool, _ path: ErrorPath) {
        let name = port.text(.name)
        if name.isEmpty, needsName {
            add(.required(path.child("name")))
        } else if !name.isEmpty {
            messages(NameRules.dns1123Label(name), name, path.child("name"))
        }
        for message in NameRules.portNumber(port.int(.port)) {
            add(.invalid(path.child("port"), Value(port.int(.port)), message))
        }
        oneOf(port[.protocol], ["SCTP", "TCP", "UDP"], path.child("protocol"))
    }

    /// ValidateEndpointSlice.
    mutating func endpointSlice(_ object: Value) {
        oneOf(object[.addressType], ["FQDN", "IPv4", "IPv6"], ErrorPath("addressType"))
        slicePorts(object.list(.ports), ErrorPath("ports"))
        let list = object.list(.endpoints)
        if list.count > 1_000 { return add(.tooMany(ErrorPath("endpoints"), list.count, 1_000)) }
        for (index, endpoint) in list.enumerated() {
            sliceEndpoint(endpoint, object.text(.addressType), ErrorPath("endpoints")[index])
        }
    }

    private mutating func sliceEndpoint(_ endpoint: Value, _ type: String, _ path: ErrorPath) {
        let place = path.child("addresses")
        let addresses = endpoint.list(.addresses).compactMap(\.string)
        if addresses.isEmpty {
            add(.required(place, "must contain at least 1 address"))
        } else if addresses.count > 100 {
            add(.tooMany(place, addresses.count, 100))
        }
        for (index, address) in addresses.enumerated() {
            sliceAddress(address, type, place, place[index])
        }
        if let node = endpoint[.nodeName].string {
            messages(NameRules.dns1123Subdomain(node), node, path.child("nodeName"))
        }
        if let host = endpoint[.hostname].string {
            messages(NameRules.dns1123Label(host), host, path.child("hostname"))
        }
    }

    /// One address; that it is of the other family is said of the list.
    private mutating func sliceAddress(
        _ text: String, _ type: String, _ list: ErrorPath, _ path: ErrorPath
    ) {
        switch type {
        case "IPv4":
            if IPAddress(text)?.isIPv6 == true {
                add(.invalid(list, Value(text), "must be an IPv4 address"))
            }
            ordinaryAddress(text, path)
        case "IPv6":
            guard let address = strictAddress(text, path) else { return }
            if !address.isIPv6 {
                add(.invalid(list, Value(text), "must be an IPv6 address"))
            }
            ordinaryAddress(text, path)
        case "FQDN":
            if text.isEmpty { return add(.required(path)) }
            let name = text.hasSuffix(".") ? String(text.dropLast()) : text
            let problems = NameRules.dns1123Subdomain(name)
            if !problems.isEmpty {
                return add(.invalid(path, Value(name), problems.joined(separator: ",")))
            }
            if name.split(separator: ".").count < 2 {
                add(
                    .invalid(
                        path, Value(name),
                        "should be a domain with at least two segments separated by dots"))
            }
        default: break
        }
    }

    private mutating func slicePorts(_ ports: [Value], _ path: ErrorPath) {
        if ports.count > 20_000 { return add(.tooMany(path, ports.count, 20_000)) }
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let place = path[index]
            let name = port.text(.name)
            if !name.isEmpty { messages(NameRules.dns1123Label(name), name, place.child("name")) }
            if !names.insert(name).inserted {
                add(.duplicate(place.child("name"), Value(name)))
            }
            oneOf(port[.protocol], ["SCTP", "TCP", "UDP"], place.child("protocol"))
            if let name = port[.appProtocol].string {
                messages(NameRules.qualifiedName(name), name, place.child("appProtocol"))
            }
        }
    }

    /// ValidateEndpointSliceUpdate.
    mutating func endpointSliceUpdate(_ object: Value, _ old: Value) {
        immutable(object[.addressType], old[.addressType], ErrorPath("addressType"))
    }
}

extension KindTexts {
    static let endpoints = KindTexts(
        summaries: #"""
            Endpoints.subsets Addresses and ports behind the Service.
            EndpointSubset.addresses Addresses that are ready.
            EndpointSubset.notReadyAddresses Addresses that are not ready.
            """#)

    static let endpointSlice = KindTexts(
        summaries: #"""
            discovery.v1.EndpointSlice.addressType IPv4, IPv6 or FQDN.
            discovery.v1.EndpointSlice.endpoints Addresses with their conditions.
            discovery.v1.EndpointSlice.ports The ports at each address.
            discovery.v1.EndpointConditions.ready Whether it takes traffic.
            discovery.v1.EndpointConditions.serving Whether it could take traffic, stopping or not.
            discovery.v1.EndpointConditions.terminating Whether it is being stopped.
            """#)
}
