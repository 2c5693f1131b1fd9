import Support
import Value

extension KindDescriptor {
    /// What may reach pods, and what they may reach.
    static func networkPolicy(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "NetworkPolicy", plural: "networkpolicies", shortNames: ["netpol"],
            group: "networking.k8s.io", hasGeneration: true,
            rules: KindRules(
                defaults: Defaults.networkPolicy,
                object: { $0.networkPolicy($1[.spec], ErrorPath("spec")) },
                warnings: { warner, policy, _ in warner.networkPolicy(policy) }),
            texts: .networkPolicy)
    }
}

extension Defaults {
    /// SetDefaults_NetworkPolicy and SetDefaults_NetworkPolicyPort.
    static func networkPolicy(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            if spec.list("policyTypes").isEmpty {
                spec["policyTypes"] =
                    spec.list("egress").isEmpty ? ["Ingress"] : ["Ingress", "Egress"]
            }
            for list in [Key.ingress, "egress"] {
                spec.forEach(list) { rule in
                    rule.forEach(.ports) { $0.fill(.protocol, "TCP") }
                }
            }
        }
    }
}

extension Validator {
    /// ValidateNetworkPolicySpec.
    mutating func networkPolicy(_ spec: Value, _ path: ErrorPath) {
        labelSelector(spec["podSelector"], path.child("podSelector"))
        for (rules, peers) in [(Key.ingress, Key("from")), ("egress", "to")] {
            for (index, rule) in spec.list(rules).enumerated() {
                let place = path.child(rules)[index]
                for (number, port) in rule.list(.ports).enumerated() {
                    policyPort(port, place.child("ports")[number])
                }
                for (number, peer) in rule.list(peers).enumerated() {
                    policyPeer(peer, place.child(peers)[number])
                }
            }
        }
        let types = spec.list("policyTypes")
        if types.count > 2 {
            add(
                .invalid(
                    path.child("policyTypes"), .array(types),
                    "may not specify more than two policyTypes"))
            return
        }
        for (index, type) in types.enumerated() {
            oneOf(type, ["Ingress", "Egress"], path.child("policyTypes")[index])
        }
    }

    /// ValidateNetworkPolicyPort. A last port that is too low is told by the first.
    private mutating func policyPort(_ port: Value, _ path: ErrorPath) {
        optionalOneOf(port[.protocol], ["TCP", "UDP", "SCTP"], path.child("protocol"))
        let (first, last) = (port[.port], port["endPort"])
        let place = path.child("endPort")
        if let first = first.int {
            portNumber(port[.port], path.child("port"))
            guard let last = last.int else { return }
            if last < first {
                add(.invalid(place, Value(first), "must be greater than or equal to `port`"))
            }
            portNumber(port["endPort"], place)
            return
        }
        if !last.isNull {
            let what = first.isNull ? "not specified" : "non-numeric"
            add(.invalid(place, last, "may not be specified when `port` is \(what)"))
        }
        if let name = first.string { messages(NameRules.portName(name), name, path.child("port")) }
    }

    /// ValidateNetworkPolicyPeer.
    private mutating func policyPeer(_ peer: Value, _ path: ErrorPath) {
        let selectors: [Key] = ["podSelector", .namespaceSelector]
        for key in selectors where !peer[key].isNull {
            labelSelector(peer[key], path.child(key))
        }
        let block = peer["ipBlock"]
        if !block.isNull { addressBlock(block, path.child("ipBlock")) }
        let others = selectors.count { !peer[$0].isNull }
        if others == 0, block.isNull {
            add(.required(path, "must specify a peer"))
        } else if others > 0, !block.isNull {
            add(.forbidden(path, "may not specify both ipBlock and another peer"))
        }
    }

    /// ValidateIPBlock.
    private mutating func addressBlock(_ block: Value, _ path: ErrorPath) {
        let text = block.text("cidr")
        if text.isEmpty {
            add(.required(path.child("cidr")))
            return
        }
        guard let range = legacyRange(text, path.child("cidr")) else { return }
        for (index, part) in block.list("except").enumerated() {
            let place = path.child("except")[index]
            guard let hole = legacyRange(part.string ?? "", place) else { continue }
            if hole.address.masked(to: range.bits) != range.address.masked(to: range.bits)
                || range.bits >= hole.bits
            {
                add(.invalid(place, part, "must be a strict subset of `cidr`"))
            }
        }
    }
}

extension KindTexts {
    static let networkPolicy = KindTexts(
        values: #"""
            networking.v1.NetworkPolicySpec.policyTypes Egress Ingress
            """#)
}
