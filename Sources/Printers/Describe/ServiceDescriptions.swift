import Support
import Value

extension Description {
    static let service = Description { service, context, writer in
        let spec = service[.spec]
        writer.heading(service)
        writer.labelsAndAnnotations(service)
        writer.line(0, "Selector:\t\(labelsText(spec[.selector]))")
        writer.line(0, "Type:\t\(spec[.type].cellText)")
        writer.field("IP Family Policy", spec[.ipFamilyPolicy])
        writer.line(0, "IP Families:\t\(joinedOrNone(spec[.ipFamilies]))")
        writer.line(0, "IP:\t\(spec[.clusterIP].cellText)")
        writer.line(0, "IPs:\t\(joinedOrNone(spec[.clusterIPs]))")
        let external = spec[.externalIPs].texts
        if !external.isEmpty {
            writer.line(0, "External IPs:\t\(external.joined(separator: ","))")
        }
        writer.field("Desired LoadBalancer IP", spec[.loadBalancerIP])
        writer.field("External Name", spec[.externalName])
        writer.balancerAddresses(service[.status][.loadBalancer][.ingress])
        let slices = context.endpointSlices(of: service.objectName, in: service.objectNamespace)
        for port in spec[.ports].elements { writer.servicePort(port, slices) }
        writer.line(0, "Session Affinity:\t\(spec[.sessionAffinity].cellText)")
        writer.field("External Traffic Policy", spec[.externalTrafficPolicy])
        writer.field("Internal Traffic Policy", spec[.internalTrafficPolicy])
        let health = spec[.healthCheckNodePort].cellInt
        if health != 0 { writer.line(0, "HealthCheck NodePort:\t\(health)") }
        let ranges = spec[.loadBalancerSourceRanges].texts
        if !ranges.isEmpty {
            writer.line(0, "LoadBalancer Source Ranges:\t\(ranges.joined(separator: ","))")
        }
    }

    static let endpoints = Description { endpoints, _, writer in
        writer.heading(endpoints)
        writer.labelsAndAnnotations(endpoints)
        writer.line(0, "Subsets:")
        for subset in endpoints[.subsets].elements {
            writer.line(1, "Addresses:\t\(addressesText(subset[.addresses]))")
            writer.line(1, "NotReadyAddresses:\t\(addressesText(subset[.notReadyAddresses]))")
            let ports = subset[.ports].elements
            if !ports.isEmpty {
                writer.line(1, "Ports:")
                writer.portRows(ports, level: 2)
            }
            writer.line(0, "")
        }
    }

    static let endpointSlice = Description { slice, _, writer in
        writer.heading(slice)
        writer.labelsAndAnnotations(slice)
        writer.line(0, "AddressType:\t\(slice[.addressType].cellText)")
        let ports = slice[.ports].elements
        if ports.isEmpty {
            writer.line(0, "Ports: <unset>")
        } else {
            writer.line(0, "Ports:")
            writer.portRows(ports, level: 1)
        }
        let endpoints = slice[.endpoints].elements
        guard !endpoints.isEmpty else { return writer.line(0, "Endpoints: <none>") }
        writer.line(0, "Endpoints:")
        for endpoint in endpoints {
            let addresses = endpoint[.addresses].texts
            writer.line(
                1,
                "- Addresses:\t"
                    + (addresses.isEmpty ? "<none>" : addresses.joined(separator: ", ")))
            writer.line(2, "Conditions:")
            writer.line(3, "Ready:\t\(endpoint[.conditions][.ready].cellText(or: "<unset>"))")
            writer.line(2, "Hostname:\t\(endpoint[.hostname].cellText(or: "<unset>"))")
            let target = endpoint[.targetRef]
            if !target.isNull {
                writer.line(2, "TargetRef:\t\(target[.kind].cellText)/\(target[.name].cellText)")
            }
            writer.line(2, "NodeName:\t\(endpoint[.nodeName].cellText(or: "<unset>"))")
            writer.line(2, "Zone:\t\(endpoint[.zone].cellText(or: "<unset>"))")
        }
    }

    private static func joinedOrNone(_ list: Value) -> String {
        let texts = list.texts
        return texts.isEmpty ? "<none>" : texts.joined(separator: ",")
    }

    private static func addressesText(_ addresses: Value) -> String {
        let list = addresses.elements.map { $0[.ip].cellText }
        return list.isEmpty ? "<none>" : list.joined(separator: ",")
    }
}

extension DescriptionWriter {
    fileprivate mutating func balancerAddresses(_ ingress: Value) {
        let list = ingress.elements.map { entry in
            let address = entry[.ip].cellText
            guard !address.isEmpty else { return entry[.hostname].cellText }
            let mode = entry["ipMode"].cellText
            return mode.isEmpty ? address : "\(address) (\(mode))"
        }
        if !list.isEmpty { line(0, "LoadBalancer Ingress:\t\(list.joined(separator: ", "))") }
    }

    fileprivate mutating func servicePort(_ port: Value, _ slices: [Value]) {
        let name = port[.name].cellText(or: "<unset>")
        let transport = port[.protocol].cellText
        line(0, "Port:\t\(name)\t\(port[.port].cellInt)/\(transport)")
        line(0, "TargetPort:\t\(port[.targetPort].cellText(or: "0"))/\(transport)")
        let node = port[.nodePort].cellInt
        if node != 0 { line(0, "NodePort:\t\(name)\t\(node)/\(transport)") }
        line(0, "Endpoints:\t\(endpointsText(slices, portName: port[.name].cellText))")
    }

    /// Name, port and protocol of the ports of an Endpoints subset or an EndpointSlice.
    fileprivate mutating func portRows(_ ports: [Value], level: Int) {
        line(level, "Name\tPort\tProtocol")
        line(level, "----\t----\t--------")
        for port in ports {
            line(
                level,
                "\(port[.name].cellText(or: "<unset>"))\t\(port[.port].cellText(or: "<unset>"))\t"
                    + port[.protocol].cellText)
        }
    }
}

extension DescribeContext {
    /// The EndpointSlices that belong to a Service, by their label.
    func endpointSlices(of service: String, in namespace: String) -> [Value] {
        list(.endpointSlice, namespace).filter {
            $0[.metadata][.labels]["kubernetes.io/service-name"].string == service
        }
    }
}

/// The ready endpoints of one port of a Service: at most three, then how many more.
/// Source: kubectl, formatEndpointSlices.
func endpointsText(_ slices: [Value], portName: String) -> String {
    guard !slices.isEmpty else { return "<none>" }
    var list: [String] = []
    for slice in slices {
        let ready = slice[.endpoints].elements
            .filter { $0[.conditions][.ready].bool != false }
            .map { $0[.addresses][0].cellText }
        let ports = slice[.ports].elements
        if ports.isEmpty { list += ready }
        for port in ports where port[.name].cellText == portName {
            list += ready.map { hostAndPort($0, port[.port].cellText) }
        }
    }
    return listWithMore(list, count: list.count)
}
