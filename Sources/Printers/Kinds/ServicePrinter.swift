import Support
import Value

extension KindPrinter {
    static let service = KindPrinter(table: .service, description: .service)
}

extension Table {
    static let service = Table(
        .name,
        .text("TYPE") { $0[.spec][.type] },
        TableColumn("CLUSTER-IP") { service, _ in
            service[.spec][.clusterIPs][0].cellText(or: "<none>")
        },
        TableColumn("EXTERNAL-IP") { service, context in
            serviceExternalAddress(service, isWide: context.isWide)
        },
        TableColumn("PORT(S)") { service, _ in
            let ports = service[.spec][.ports].elements.map(servicePortText)
            return ports.isEmpty ? "<none>" : ports.joined(separator: ",")
        },
        .age,
        .wide("SELECTOR") { service, _ in labelsText(service[.spec][.selector]) })
}

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
        writer.field("Traffic Distribution", spec[.trafficDistribution])
    }

    private static func joinedOrNone(_ list: Value) -> String {
        let texts = list.texts
        return texts.isEmpty ? "<none>" : texts.joined(separator: ",")
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
        field("AppProtocol", port[.appProtocol])
        let node = port[.nodePort].cellInt
        if node != 0 { line(0, "NodePort:\t\(name)\t\(node)/\(transport)") }
        line(0, "Endpoints:\t\(endpointsText(slices, portName: port[.name].cellText))")
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

/// `80/TCP`, or `80:30080/TCP` with a node port.
private func servicePortText(_ port: Value) -> String {
    let node = port[.nodePort].cellInt
    let middle = node > 0 ? ":\(node)" : ""
    return "\(port[.port].cellInt)\(middle)/\(port[.protocol].cellText)"
}

private func serviceExternalAddress(_ service: Value, isWide: Bool) -> String {
    let external = service[.spec][.externalIPs].texts
    switch service[.spec][.type].cellText {
    case "ClusterIP", "NodePort":
        return external.isEmpty ? "<none>" : external.joined(separator: ",")
    case "LoadBalancer":
        let balancer = shortenedAddresses(service[.status][.loadBalancer], isWide: isWide)
        let all = (balancer.isEmpty ? [] : [balancer]) + external
        return all.isEmpty ? "<pending>" : all.joined(separator: ",")
    case "ExternalName":
        return service[.spec][.externalName].cellText
    default:
        return "<unknown>"
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
