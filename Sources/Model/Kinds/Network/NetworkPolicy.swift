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
                warnings: { warner, policy, _ in warner.networkPolicy(policy) }))
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
        let types = spec.list("policyTypes")
        if types.count > 2 {
            add(
                .invalid(
                    path.child("policyTypes"), .array(types),
                    "may not specify more than two policyTypes"))
        }
        for (index, type) in types.enumerated() {
            oneOf(type, ["Ingress", "Egress"], path.child("policyTypes")[index])
        }
    }
}
