import Support
import Value

extension KindPrinter {
    static let endpoints = KindPrinter(table: .endpoints, description: .endpoints)
    static let endpointSlice = KindPrinter(table: .endpointSlice, description: .endpointSlice)
}

extension Table {
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
}

extension Description {
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

    private static func addressesText(_ addresses: Value) -> String {
        let list = addresses.elements.map { $0[.ip].cellText }
        return list.isEmpty ? "<none>" : list.joined(separator: ",")
    }
}

extension DescriptionWriter {
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

private func unsetIfEmpty(_ text: String) -> String { text.isEmpty ? "<unset>" : text }

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
