import Model
import Support
import Value

/// One end of a connection, as NetworkPolicies see it.
struct NetworkParty {
    var address: String
    /// Nil for what is no pod of the pods' network: a machine, or something outside.
    var pod: Pod?

    struct Pod {
        let namespace: String
        let labels: Object
        let namespaceLabels: Object
        /// Its spec, for ports by name.
        let spec: Value
    }
}

/// A NetworkPolicy, read once. Source: the documentation of networking.k8s.io/v1 NetworkPolicy and
/// its types (staging/src/k8s.io/api/networking/v1/types.go).
struct NetworkPolicyRules {
    private struct Rule {
        /// Nil: everybody.
        let peers: [Peer]?
        /// Nil: every port.
        let ports: [Port]?
    }

    private enum Peer {
        /// Pods by labels, in namespaces by labels; without those in the policy's own.
        case pods(namespaces: LabelSelector?, pods: LabelSelector)
        case block(AddressRange, except: [AddressRange])
    }

    private struct Port {
        let transport: String
        /// Nil: every port of the transport.
        let port: Value?
        let last: Int?
    }

    private let namespace: String
    private let selector: LabelSelector
    private let ingress: [Rule]
    private let egress: [Rule]
    /// Whether pods are cut off but for what the rules let through, on their way in and out.
    let isOfIngress: Bool
    let isOfEgress: Bool

    init(_ policy: StoredObject) {
        let spec = policy.value[.spec]
        namespace = policy.namespace
        selector = Self.selector(spec["podSelector"])
        let types = spec.list("policyTypes").compactMap(\.string)
        let outward = spec.list("egress")
        ingress = spec.list("ingress").map { Self.rule($0, "from") }
        egress = outward.map { Self.rule($0, "to") }
        isOfIngress = types.isEmpty || types.contains("Ingress")
        isOfEgress = types.isEmpty ? !outward.isEmpty : types.contains("Egress")
    }

    /// What selects nothing in particular selects all.
    private static func selector(_ value: Value) -> LabelSelector {
        value.isNull ? .everything : LabelSelector(value)
    }

    private static func rule(_ value: Value, _ field: Key) -> Rule {
        let peers = value.list(field).compactMap(peer)
        let ports = value.list(.ports).map { port in
            Port(
                transport: port[.protocol].string ?? "TCP",
                port: port[.port].isNull ? nil : port[.port], last: port["endPort"].int)
        }
        return Rule(
            peers: value.list(field).isEmpty ? nil : peers, ports: ports.isEmpty ? nil : ports)
    }

    private static func peer(_ value: Value) -> Peer? {
        let block = value["ipBlock"]
        if !block.isNull {
            guard let range = AddressRange(block.text("cidr")) else { return nil }
            return .block(
                range,
                except: block.list("except").compactMap { $0.string.flatMap(AddressRange.init) })
        }
        let namespaces = value["namespaceSelector"]
        return .pods(
            namespaces: namespaces.isNull ? nil : LabelSelector(namespaces),
            pods: selector(value["podSelector"]))
    }

    /// Whether the policy is for a pod.
    func selects(_ pod: NetworkParty.Pod) -> Bool {
        pod.namespace == namespace && selector.matches(pod.labels)
    }

    /// Whether some rule lets a connection in to `pod`, or out of one of its pods to `other`.
    func allowsIngress(from other: NetworkParty, port: Int, transport: String, of pod: NetworkParty)
        -> Bool
    {
        allows(ingress, other, port, transport, named: pod)
    }

    func allowsEgress(to other: NetworkParty, port: Int, transport: String) -> Bool {
        allows(egress, other, port, transport, named: other)
    }

    private func allows(
        _ rules: [Rule], _ other: NetworkParty, _ port: Int, _ transport: String,
        named target: NetworkParty
    ) -> Bool {
        rules.contains { rule in
            (rule.peers?.contains { isPeer(other, $0) } ?? true)
                && (rule.ports?.contains { isPort(port, transport, $0, target) } ?? true)
        }
    }

    private func isPeer(_ party: NetworkParty, _ peer: Peer) -> Bool {
        switch peer {
        case .block(let range, let except):
            return range.contains(party.address)
                && !except.contains { $0.contains(party.address) }
        case .pods(let namespaces, let pods):
            guard let pod = party.pod else { return false }
            let isNear =
                namespaces.map { $0.matches(pod.namespaceLabels) } ?? (pod.namespace == namespace)
            return isNear && pods.matches(pod.labels)
        }
    }

    /// A name is that of a port of the pod that is connected to.
    private func isPort(
        _ number: Int, _ transport: String, _ port: Port, _ target: NetworkParty
    ) -> Bool {
        guard port.transport == transport else { return false }
        guard let wanted = port.port else { return true }
        if let first = wanted.int { return number >= first && number <= port.last ?? first }
        guard let name = wanted.string, let spec = target.pod?.spec else { return false }
        return spec.list(.containers).contains { container in
            container.list(.ports).contains { declared in
                declared.text(.name) == name && declared.int(.containerPort) == number
                    && (declared[.protocol].string ?? "TCP") == transport
            }
        }
    }
}

/// Which connections the NetworkPolicies of a cluster let through. Policies are read once for each version.
struct NetworkPolicyTable {
    private var known: [String: (version: Int, rules: NetworkPolicyRules)] = [:]

    /// The policies that are for `pod`. O(policies).
    private mutating func policies(
        for pod: NetworkParty.Pod, in state: ClusterState
    ) -> [NetworkPolicyRules] {
        var found: [NetworkPolicyRules] = []
        state.forEach(.networkPolicy) { policy in
            guard policy.namespace == pod.namespace else { return }
            let rules: NetworkPolicyRules
            if let entry = known[policy.uid], entry.version == policy.resourceVersion {
                rules = entry.rules
            } else {
                rules = NetworkPolicyRules(policy)
                known[policy.uid] = (policy.resourceVersion, rules)
            }
            if rules.selects(pod) { found.append(rules) }
        }
        return found
    }

    /// Whether a connection is let out of its source and in to its target. A pod that policies of a
    /// direction select is cut off but for what any of them lets through; what both ends must agree to.
    mutating func allow(
        from source: NetworkParty, to target: NetworkParty, port: Int, transport: String = "TCP",
        in state: ClusterState
    ) -> Bool {
        guard state.count(.networkPolicy) > 0 else { return true }
        if let pod = source.pod {
            let policies = policies(for: pod, in: state).filter(\.isOfEgress)
            let isLetOut = policies.contains {
                $0.allowsEgress(to: target, port: port, transport: transport)
            }
            if !policies.isEmpty, !isLetOut { return false }
        }
        guard let pod = target.pod else { return true }
        let policies = policies(for: pod, in: state).filter(\.isOfIngress)
        return policies.isEmpty
            || policies.contains {
                $0.allowsIngress(from: source, port: port, transport: transport, of: target)
            }
    }
}
