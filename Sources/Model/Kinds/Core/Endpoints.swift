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
        let type = object.text(.addressType)
        let list = object.list(.endpoints)
        if list.count > 1_000 { add(tooMany(ErrorPath("endpoints"), list.count, 1_000)) }
        for (index, endpoint) in list.enumerated() {
            let path = ErrorPath("endpoints")[index].child("addresses")
            let addresses = endpoint.list(.addresses).compactMap(\.string)
            if addresses.isEmpty {
                add(.required(path, "must contain at least 1 address"))
            } else if addresses.count > 100 {
                add(tooMany(path, addresses.count, 100))
            }
            for (place, address) in addresses.enumerated() {
                if type == "IPv4", !IPText.isIPv4(address) {
                    add(.invalid(path[place], Value(address), "must be a valid IPv4 address"))
                } else if type == "IPv6", !IPText.isIPv6(address) {
                    add(.invalid(path[place], Value(address), "must be a valid IPv6 address"))
                } else if type == "FQDN" {
                    messages(NameRules.dns1123Subdomain(address), address, path[place])
                }
            }
        }
        var names: Set<String> = []
        for (index, port) in object.list(.ports).enumerated() {
            let path = ErrorPath("ports")[index]
            let name = port.text(.name)
            if !name.isEmpty { messages(NameRules.dns1123Label(name), name, path.child("name")) }
            if !names.insert(name).inserted {
                add(.duplicate(path.child("name"), Value(name)))
            }
            oneOf(port[.protocol], ["SCTP", "TCP", "UDP"], path.child("protocol"))
        }
    }

    private func tooMany(_ path: ErrorPath, _ count: Int, _ limit: Int) -> FieldError {
        FieldError(
            path: path.text, reason: .tooMany, shown: String(count),
            detail: "must have at most \(limit) items")
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
