import Model
import Support
import Value

/// Cluster IPs and node ports for Services.
///
/// Source: the service registry's alloc.go. Addresses come from 10.96.0.0/12 above the band that is
/// kept for hand-picked ones (its first 256), node ports from 30000-32767 above the first 86. Which
/// one is drawn depends on the seed and the service's name.
extension APIServer {
    private static let addressBase: UInt32 = 10 << 24 | 96 << 16
    private static let addressCount = 1 << 20
    private static let ports = 30_000...32_767

    /// Gives a new Service what it needs.
    func completeService(
        _ object: inout Value, _ info: KindInfo, _ key: ObjectKey
    ) throws(APIError) {
        var spec = object[.spec]
        let type = spec.text(.type)
        guard type != "ExternalName" else { return }
        let wanted = spec[.clusterIP].string ?? spec[.clusterIPs][0].string ?? ""
        let address: String
        if wanted.isEmpty {
            address = freeAddress(key)
        } else {
            address = wanted
            if wanted != "None", isTaken(address: wanted, except: key) {
                throw .invalid(info, key.name, [Self.takenAddress(wanted)])
            }
        }
        spec[.clusterIP] = Value(address)
        spec[.clusterIPs] = [Value(address)]
        if spec[.ipFamilies].isNull { spec[.ipFamilies] = ["IPv4"] }
        if spec[.ipFamilyPolicy].isNull { spec[.ipFamilyPolicy] = "SingleStack" }
        try completePorts(&spec, info, key)
        object[.spec] = spec
    }

    /// Carries over what a change of a Service leaves out, and allocates or frees by the new type.
    /// Source: patchAllocatedValues, and the release of node ports that a type does not have.
    func completeServiceChange(
        _ object: inout Value, over current: StoredObject, _ info: KindInfo
    ) throws(APIError) {
        let old = current.value[.spec]
        var spec = object[.spec]
        let type = spec.text(.type)
        if type == "ExternalName" {
            for key in [Key.clusterIP, .clusterIPs, .ipFamilies, .ipFamilyPolicy] {
                spec[key] = .null
            }
            object[.spec] = spec
            return
        }
        if old.text(.type) == "ExternalName" {
            return try completeService(&object, info, current.key)
        }
        for key in [Key.clusterIP, .clusterIPs, .ipFamilies, .ipFamilyPolicy]
        where spec[key].isNull || spec[key].string == "" {
            spec[key] = old[key]
        }
        if Self.hasNodePorts(type) {
            for index in spec[.ports].elements.indices where spec[.ports][index].int(.nodePort) == 0
            {
                let port = spec[.ports][index]
                let same = old[.ports].elements.first {
                    $0[.port] == port[.port] && $0[.protocol] == port[.protocol]
                }
                if let same { spec[.ports][index][.nodePort] = same[.nodePort] }
            }
        } else if Self.hasNodePorts(old.text(.type)) {
            for index in spec[.ports].elements.indices { spec[.ports][index][.nodePort] = .null }
        }
        try completePorts(&spec, info, current.key)
        object[.spec] = spec
    }

    private static func hasNodePorts(_ type: String) -> Bool {
        type == "NodePort" || type == "LoadBalancer"
    }

    private func completePorts(
        _ spec: inout Value, _ info: KindInfo, _ key: ObjectKey
    ) throws(APIError) {
        let type = spec.text(.type)
        guard Self.hasNodePorts(type), spec[.allocateLoadBalancerNodePorts].bool != false else {
            return
        }
        var taken = takenPorts(except: key)
        for index in spec[.ports].elements.indices {
            let port = spec[.ports][index]
            let wanted = port.int(.nodePort)
            let id = "\(wanted)/\(port.text(.protocol))"
            if wanted == 0 {
                let free = freePort(key, index, port.text(.protocol), taken)
                spec[.ports][index][.nodePort] = Value(free)
                taken.insert("\(free)/\(port.text(.protocol))")
            } else if !Self.ports.contains(wanted) {
                throw .invalid(info, key.name, [Self.portOutOfRange(index, wanted)])
            } else if !taken.insert(id).inserted {
                throw .invalid(info, key.name, [Self.takenPort(index, wanted)])
            }
        }
    }

    // MARK: Drawing

    private func freeAddress(_ key: ObjectKey) -> String {
        var random = identities.stream("cluster IP", "\(key)")
        while true {
            let number = Self.addressBase + UInt32(256 + random.below(Self.addressCount - 258))
            let parts = [24, 16, 8, 0].map { String(number >> UInt32($0) & 255) }
            let address = parts.joined(separator: ".")
            if !isTaken(address: address, except: key) { return address }
        }
    }

    private func freePort(
        _ key: ObjectKey, _ index: Int, _ protocolName: String, _ taken: Set<String>
    ) -> Int {
        var random = identities.stream("node port", "\(key)/\(index)")
        let first = Self.ports.lowerBound + 86
        for _ in 0..<10_000 {
            let port = first + random.below(Self.ports.upperBound - first + 1)
            if !taken.contains("\(port)/\(protocolName)") { return port }
        }
        return Self.ports.first { !taken.contains("\($0)/\(protocolName)") } ?? 0
    }

    private func isTaken(address: String, except key: ObjectKey) -> Bool {
        var found = false
        store.state.forEach(.service) { service in
            if service.key != key, service.value[.spec][.clusterIP].string == address {
                found = true
            }
        }
        return found
    }

    private func takenPorts(except key: ObjectKey) -> Set<String> {
        var found: Set<String> = []
        store.state.forEach(.service) { service in
            guard service.key != key else { return }
            for port in service.value[.spec][.ports].elements where port.int(.nodePort) > 0 {
                found.insert("\(port.int(.nodePort))/\(port.text(.protocol))")
            }
        }
        return found
    }

    // MARK: Errors

    private static func takenAddress(_ address: String) -> FieldError {
        FieldError(
            path: "spec.clusterIPs", reason: .invalid, shown: "[]string{\"\(address)\"}",
            detail: "failed to allocate IP \(address): provided IP is already allocated")
    }

    private static func takenPort(_ index: Int, _ port: Int) -> FieldError {
        FieldError(
            path: "spec.ports[\(index)].nodePort", reason: .invalid, shown: String(port),
            detail: "provided port is already allocated")
    }

    private static func portOutOfRange(_ index: Int, _ port: Int) -> FieldError {
        FieldError(
            path: "spec.ports[\(index)].nodePort", reason: .invalid, shown: String(port),
            detail: "provided port is not in the valid range. The range of valid ports is "
                + "\(ports.lowerBound)-\(ports.upperBound)")
    }
}
