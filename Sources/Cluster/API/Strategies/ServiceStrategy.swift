import Model
import Value

extension KindStrategy {
    /// What a Service is given stands in ServiceAllocation.swift.
    static let service = with { strategy in
        strategy.initialStatus = [.loadBalancer: .emptyObject]
        strategy.completeNew = { service, server, info, key throws(APIError) in
            try server.completeService(&service, info, key)
        }
        strategy.completeChanged = { service, server, info, current throws(APIError) in
            try server.completeServiceChange(&service, over: current, info)
        }
        strategy.quota = QuotaEvaluator { service, usage in
            usage["services"] = Quantity(Int64(1))
            let type = service[.spec].text(.type)
            let ports = service[.spec][.ports].elements.count
            if type == "NodePort" { usage["services.nodeports"] = Quantity(Int64(ports)) }
            if type == "LoadBalancer" {
                usage["services.loadbalancers"] = Quantity(Int64(1))
                usage["services.nodeports"] = Quantity(Int64(nodePorts(of: service[.spec])))
            }
        }
        strategy.quota?.frees = { old, new in chargedType(old) != chargedType(new) }
    }

    /// A load balancer without allocated ports counts those that it names.
    private static func nodePorts(of spec: Value) -> Int {
        let ports = spec[.ports].elements
        guard spec["allocateLoadBalancerNodePorts"].bool == false else { return ports.count }
        return ports.count { $0.int("nodePort") != 0 }
    }

    /// GetQuotaServiceType.
    private static func chargedType(_ service: Value) -> String {
        let type = service[.spec].text(.type)
        return type == "NodePort" || type == "LoadBalancer" ? type : ""
    }

    /// Subsets that a user wrote are brought into their canonical form.
    /// Source: the endpoints strategy's Canonicalize.
    static let endpoints = with { strategy in
        strategy.canonicalize = { endpoints in
            let subsets = endpoints[.subsets]
            guard subsets.count > 0 else { return }
            endpoints[.subsets] = EndpointSubsets(subsets).value().value
        }
    }

    /// An EndpointSlice has no spec: its lists are what counts.
    static let endpointSlice = with { $0.specKeys = [.endpoints, .ports, .addressType] }
}
