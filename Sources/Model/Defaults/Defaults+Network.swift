import Support
import Value

extension Defaults {
    /// SetDefaults_Service. Addresses and node ports are allocated on creation, not here.
    static func service(_ value: inout Value) {
        guard !value[.spec].isNull else { return }
        var spec = value[.spec]
        spec.fill(.sessionAffinity, "None")
        if spec[.sessionAffinity] == "None" { spec[.sessionAffinityConfig] = nil }
        if spec[.sessionAffinity] == "ClientIP" {
            spec[.sessionAffinityConfig]["clientIP"].fill(.timeoutSeconds, 10800)
        }
        spec.fill(.type, "ClusterIP")
        spec.forEach(.ports) { port in
            port.fill(.protocol, "TCP")
            if port[.targetPort].isZero { port[.targetPort] = port[.port] }
        }
        let type = spec.text(.type)
        let isExposed = type == "NodePort" || type == "LoadBalancer"
        if isExposed || (type == "ClusterIP" && !spec.list(.externalIPs).isEmpty) {
            spec.fill(.externalTrafficPolicy, "Cluster")
        }
        if isExposed || type == "ClusterIP" { spec.fill(.internalTrafficPolicy, "Cluster") }
        if type == "LoadBalancer" { spec.fill(.allocateLoadBalancerNodePorts, true) }
        value[.spec] = spec
    }

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

    /// SetDefaults_IngressClass.
    static func ingressClass(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.ifPresent(.parameters) { $0.fill("scope", "Cluster") }
        }
    }
}
