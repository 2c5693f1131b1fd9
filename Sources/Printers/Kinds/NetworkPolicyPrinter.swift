import Support
import Value

extension KindPrinter {
    static let networkPolicy = KindPrinter(table: .networkPolicy, description: .networkPolicy)
}

extension Table {
    static let networkPolicy = Table(
        .name,
        TableColumn("POD-SELECTOR") { object, _ in
            selectorTextOrNone(object[.spec]["podSelector"])
        },
        .age)
}

extension Description {
    static let networkPolicy = Description(hasEvents: false) { policy, _, writer in
        let spec = policy[.spec]
        writer.heading(policy)
        writer.line(0, "Created on:\t\(plainDate(policy[.metadata][.creationTimestamp]))")
        writer.labelsAndAnnotations(policy)
        writer.line(0, "Spec:")
        writer.write(1, "PodSelector: ")
        let selector = selectorText(spec["podSelector"])
        writer.line(
            2,
            selector.isEmpty
                ? "<none> (Allowing the specific traffic to all pods in this namespace)"
                : selector)
        let types = spec["policyTypes"].texts
        if types.contains("Ingress") {
            writer.line(1, "Allowing ingress traffic:")
            writer.trafficRules(spec[.ingress].elements, .ingress)
        } else {
            writer.line(1, "Not affecting ingress traffic")
        }
        if types.contains("Egress") {
            writer.line(1, "Allowing egress traffic:")
            writer.trafficRules(spec["egress"].elements, .egress)
        } else {
            writer.line(1, "Not affecting egress traffic")
        }
        writer.line(
            1, "Policy Types: \(types.isEmpty ? "<none>" : types.joined(separator: ", "))")
    }
}

extension DescriptionWriter {
    fileprivate mutating func trafficRules(_ rules: [Value], _ direction: TrafficDirection) {
        if rules.isEmpty {
            line(
                2,
                "<none> (Selected pods are isolated for \(direction.isolation) connectivity)")
        }
        for (index, rule) in rules.enumerated() {
            trafficPorts(rule[.ports].elements)
            let peers = rule[direction.peers].elements
            if peers.isEmpty { line(2, direction.anyPeer) }
            for peer in peers {
                line(2, "\(direction.title):")
                trafficPeer(peer)
            }
            if index + 1 < rules.count { line(2, "----------") }
        }
    }

    private mutating func trafficPorts(_ ports: [Value]) {
        if ports.isEmpty { line(2, "To Port: <any> (traffic allowed to all ports)") }
        for port in ports {
            let transport = port[.protocol].cellText(or: "TCP")
            let number = port[.port].cellText(or: "<nil>")
            if let last = port["endPort"].int {
                line(2, "To Port Range: \(number)-\(last)/\(transport)")
            } else {
                line(2, "To Port: \(number)/\(transport)")
            }
        }
    }

    private mutating func trafficPeer(_ peer: Value) {
        let pods = peer["podSelector"]
        let namespaces = peer[.namespaceSelector]
        if !namespaces.isNull {
            line(3, "NamespaceSelector: \(selectorTextOrNone(namespaces))")
        }
        if !pods.isNull { line(3, "PodSelector: \(selectorTextOrNone(pods))") }
        let block = peer["ipBlock"]
        guard namespaces.isNull, pods.isNull, !block.isNull else { return }
        line(3, "IPBlock:")
        line(4, "CIDR: \(block["cidr"].cellText)")
        line(4, "Except: \(block["except"].texts.joined(separator: ", "))")
    }
}

/// The words of one direction of traffic.
private struct TrafficDirection {
    let isolation: String
    let title: String
    let peers: Key
    let anyPeer: String

    static let ingress = TrafficDirection(
        isolation: "ingress", title: "From", peers: "from",
        anyPeer: "From: <any> (traffic not restricted by source)")
    static let egress = TrafficDirection(
        isolation: "egress", title: "To", peers: "to",
        anyPeer: "To: <any> (traffic not restricted by destination)")
}
