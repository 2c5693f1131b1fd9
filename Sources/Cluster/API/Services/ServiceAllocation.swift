import Model
import Support
import Value

/// What the API server gives a Service: IP families, a cluster IP, node ports.
///
/// Source: the service registry's storage.go (beginCreate, beginUpdate, patchAllocatedValues),
/// alloc.go and strategy.go (dropTypeDependentFields). The cluster is one of IPv4 alone.
extension APIServer {
    /// Completes a new Service.
    func completeService(
        _ object: inout Value, _ info: KindDescriptor, _ key: ObjectKey
    ) throws(APIError) {
        var spec = object[.spec]
        if spec[.clusterIPs].elements.isEmpty, let address = spec[.clusterIP].string,
            !address.isEmpty
        {
            spec[.clusterIPs] = [Value(address)]
        }
        try completeFamilies(&spec, old: nil, info, key)
        try completeAddress(&spec, info, key)
        try completeNewPorts(&spec, info, key)
        object[.spec] = spec
    }

    /// Completes a change of a Service: carries over what it leaves out, gives what the new type needs
    /// and takes what it has no use for.
    func completeServiceChange(
        _ object: inout Value, over current: StoredObject, _ info: KindDescriptor
    ) throws(APIError) {
        let old = current.value[.spec]
        var spec = object[.spec]
        ServiceFields.synchronizeAddresses(&spec, with: old)
        ServiceFields.carryOver(from: old, to: &spec)
        try completeFamilies(&spec, old: old, info, current.key)
        if old.text(.type) == "ExternalName" {
            try completeAddress(&spec, info, current.key)
        }
        try completeChangedPorts(&spec, old: old, info, current.key)
        ServiceFields.dropUseless(from: &spec, old: old)
        object[.spec] = spec
    }
}

/// The fields of a Service that depend on its type and on what it was before.
enum ServiceFields {
    static func needsAddress(_ spec: Value) -> Bool {
        ["ClusterIP", "NodePort", "LoadBalancer"].contains(spec.text(.type))
    }

    /// A load balancer can do without node ports.
    static func needsNodePort(_ spec: Value) -> Bool {
        let type = spec.text(.type)
        return type == "NodePort"
            || type == "LoadBalancer" && spec[.allocateLoadBalancerNodePorts].bool != false
    }

    static func needsHealthCheck(_ spec: Value) -> Bool {
        spec.text(.type) == "LoadBalancer" && spec.text(.externalTrafficPolicy) == "Local"
    }

    static func isAccessibleFromOutside(_ spec: Value) -> Bool {
        switch spec.text(.type) {
        case "LoadBalancer", "NodePort": true
        case "ClusterIP": !spec[.externalIPs].elements.isEmpty
        default: false
        }
    }

    /// Brings `clusterIP` and `clusterIPs` together when a client changed one of them.
    /// Source: normalizeClusterIPs.
    static func synchronizeAddresses(_ spec: inout Value, with old: Value) {
        let (address, before) = (spec.text(.clusterIP), old.text(.clusterIP))
        let isListSame = spec[.clusterIPs] == old[.clusterIPs]
        if address.isEmpty {
            if !before.isEmpty, isListSame { spec[.clusterIPs] = .null }
        } else if address != before, isListSame || spec[.clusterIPs].elements.isEmpty {
            spec[.clusterIPs] = [Value(address)]
        }
    }

    /// Source: patchAllocatedValues. A node port goes with the name of its port.
    static func carryOver(from old: Value, to spec: inout Value) {
        if needsAddress(old), needsAddress(spec) {
            if spec.text(.clusterIP).isEmpty { spec[.clusterIP] = old[.clusterIP] }
            if spec[.clusterIPs].elements.isEmpty, spec[.clusterIP] == old[.clusterIP] {
                spec[.clusterIPs] = old[.clusterIPs]
            }
        }
        if needsNodePort(old), needsNodePort(spec) {
            let numbers = { (spec: Value) in
                Set(spec[.ports].elements.map { $0.int(.nodePort) }.filter { $0 != 0 })
            }
            var used = numbers(old).intersection(numbers(spec))
            for index in spec[.ports].elements.indices
            where spec[.ports][index].int(.nodePort) == 0 {
                let name = spec[.ports][index].text(.name)
                let number =
                    old[.ports].elements.last { $0.text(.name) == name }?.int(.nodePort) ?? 0
                if number != 0, used.insert(number).inserted {
                    spec[.ports][index][.nodePort] = Value(number)
                }
            }
        }
        if needsHealthCheck(old), needsHealthCheck(spec), spec.int(.healthCheckNodePort) == 0 {
            spec[.healthCheckNodePort] = old[.healthCheckNodePort]
        }
    }

    /// Takes away what the old type needed and the new one does not, unless the client changed it.
    /// Source: dropTypeDependentFields.
    static func dropUseless(from spec: inout Value, old: Value) {
        if needsAddress(old), !needsAddress(spec) {
            for key in [Key.clusterIP, .clusterIPs, .ipFamilies, .ipFamilyPolicy]
            where spec[key] == old[key] { spec[key] = .null }
        }
        let ports = { (spec: Value) in spec[.ports].elements.map { $0.int(.nodePort) } }
        if needsNodePort(old), !needsNodePort(spec), ports(old) == ports(spec) {
            for index in spec[.ports].elements.indices { spec[.ports][index][.nodePort] = .null }
        }
        var useless: [Key] = []
        if needsHealthCheck(old), !needsHealthCheck(spec) { useless.append(.healthCheckNodePort) }
        if old.text(.type) == "LoadBalancer", spec.text(.type) != "LoadBalancer" {
            useless += [.allocateLoadBalancerNodePorts, .loadBalancerClass]
        }
        if isAccessibleFromOutside(old), !isAccessibleFromOutside(spec) {
            useless.append(.externalTrafficPolicy)
        }
        for key in useless where spec[key] == old[key] { spec[key] = .null }
    }
}
