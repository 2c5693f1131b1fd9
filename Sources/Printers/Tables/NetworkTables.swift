import Support
import Value

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

    static let endpoints = Table(
        .name,
        TableColumn("ENDPOINTS") { endpoints, _ in endpointsText(endpoints) },
        .age)

    static let endpointSlice = Table(
        .name,
        .text("ADDRESSTYPE") { $0[.addressType] },
        TableColumn("PORTS") { slice, _ in
            let ports = slice[.ports].elements.map {
                $0[.port].cellText(or: $0[.name].isNull ? "*" : $0[.name].cellText)
            }
            return unsetIfEmpty(listWithMore(ports, count: ports.count))
        },
        TableColumn("ENDPOINTS") { slice, _ in
            let addresses = slice[.endpoints].elements.flatMap { $0[.addresses].texts }
            return unsetIfEmpty(listWithMore(addresses, count: addresses.count))
        },
        .age)

    static let ingress = Table(
        .name,
        .text("CLASS", or: "<none>") { $0[.spec]["ingressClassName"] },
        TableColumn("HOSTS") { ingress, _ in ingressHosts(ingress[.spec][.rules].elements) },
        TableColumn("ADDRESS") { ingress, context in
            shortenedAddresses(ingress[.status][.loadBalancer], isWide: context.isWide)
        },
        TableColumn("PORTS") { ingress, _ in
            ingress[.spec]["tls"].elements.isEmpty ? "80" : "80, 443"
        },
        .age)

    static let ingressClass = Table(
        .name,
        .text("CONTROLLER") { $0[.spec][.controller] },
        TableColumn("PARAMETERS") { object, _ in
            let parameters = object[.spec][.parameters]
            guard !parameters.isNull else { return "<none>" }
            let group = parameters[.apiGroup].string.map { ".\($0)" } ?? ""
            return "\(parameters[.kind].cellText)\(group)/\(parameters[.name].cellText)"
        },
        .age)

    static let networkPolicy = Table(
        .name,
        TableColumn("POD-SELECTOR") { object, _ in
            selectorTextOrNone(object[.spec]["podSelector"])
        },
        .age)
}

private func unsetIfEmpty(_ text: String) -> String { text.isEmpty ? "<unset>" : text }

/// `80/TCP`, or `80:30080/TCP` with a node port.
private func servicePortText(_ port: Value) -> String {
    let node = port[.nodePort].cellInt
    let middle = node > 0 ? ":\(node)" : ""
    return "\(port[.port].cellInt)\(middle)/\(port[.protocol].cellText)"
}

/// Load balancer addresses, shortened to 16 characters unless the output is wide.
private func shortenedAddresses(_ status: Value, isWide: Bool) -> String {
    let width = 16
    let text = loadBalancerAddresses(status).joined(separator: ",")
    return isWide || text.utf8.count <= width ? text : "\(text.prefix(width - 3))..."
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

/// `10.0.0.1:80,10.0.0.2:80 + 3 more...`: ready addresses with each port.
/// Source: pkg/printers/internalversion, formatEndpoints.
private func endpointsText(_ endpoints: Value) -> String {
    let subsets = endpoints[.subsets].elements
    guard !subsets.isEmpty else { return "<none>" }
    var list: [String] = []
    for subset in subsets {
        let addresses = subset[.addresses].elements.map { $0[.ip].cellText }
        let ports = subset[.ports].elements
        if ports.isEmpty { list += addresses }
        for port in ports {
            list += addresses.map { hostAndPort($0, port[.port].cellText) }
        }
    }
    return listWithMore(list, count: list.count)
}

/// At most three hosts; rules beyond the third count as more, with or without a host.
private func ingressHosts(_ rules: [Value]) -> String {
    let limit = 3
    var list: [String] = []
    var hasMore = false
    for rule in rules {
        if list.count == limit { hasMore = true }
        let host = rule[.host].cellText
        if !hasMore, !host.isEmpty { list.append(host) }
    }
    guard !list.isEmpty else { return "*" }
    let text = list.joined(separator: ",")
    return hasMore ? "\(text) + \(rules.count - limit) more..." : text
}
