import Model
import Support
import Value

/// Node ports and health check ports: numbers from 30000 to 32767, each given once in the cluster,
/// whatever the protocol. They are drawn above the first 86, which are kept for hand-picked ones, by the
/// seed and the service's name.
extension APIServer {
    private static let ports = 30_000...32_767
    private static let staticPorts = 86

    /// Source: txnAllocNodePorts and initNodePorts. Ports of one number share their node port: port 53
    /// of UDP and of TCP are both at 31053.
    func completeNewPorts(
        _ spec: inout Value, _ info: KindDescriptor, _ key: ObjectKey
    ) throws(APIError) {
        guard Self.isPublished(spec) else { return }
        var taken = takenPorts(except: key)
        try initializePorts(&spec, info, key, &taken)
        try completeHealthPort(&spec, info, key, &taken)
    }

    private func initializePorts(
        _ spec: inout Value, _ info: KindDescriptor, _ key: ObjectKey, _ taken: inout Set<Int>
    ) throws(APIError) {
        let allocates = ServiceFields.needsNodePort(spec)
        var given: [Int: Int] = [:]
        for index in spec[.ports].elements.indices {
            let port = spec[.ports][index].int(.port)
            let wanted = spec[.ports][index].int(.nodePort)
            if wanted == 0, !allocates { continue }
            if let known = given[port] {
                if wanted == 0 {
                    spec[.ports][index][.nodePort] = Value(known)
                } else if wanted != known {
                    try take(wanted, at: index, info, key, &taken)
                }
                continue
            }
            let number: Int
            let asked = spec[.ports].elements.first {
                $0.int(.port) == port && $0.int(.nodePort) != 0
            }
            if let asked {
                number = asked.int(.nodePort)
                try take(number, at: index, info, key, &taken)
            } else {
                number = freePort(key, "\(index)", &taken)
            }
            given[port] = number
            spec[.ports][index][.nodePort] = Value(number)
        }
    }

    /// Source: txnUpdateNodePorts, updateNodePorts and updateHealthCheckNodePort.
    func completeChangedPorts(
        _ spec: inout Value, old: Value, _ info: KindDescriptor, _ key: ObjectKey
    ) throws(APIError) {
        guard Self.isPublished(spec) else { return }
        var taken = takenPorts(except: key)
        let before = Self.isPublished(old) ? old[.ports].elements.map { $0.int(.nodePort) } : []
        taken.formUnion(before.filter { $0 != 0 })
        var own = Set(before)
        for index in spec[.ports].elements.indices {
            let wanted = spec[.ports][index].int(.nodePort)
            if wanted != 0 {
                if own.insert(wanted).inserted {
                    try take(wanted, at: index, info, key, &taken)
                }
            } else if ServiceFields.needsNodePort(spec) {
                let number = freePort(key, "\(index)", &taken)
                spec[.ports][index][.nodePort] = Value(number)
            }
        }
        if !ServiceFields.needsHealthCheck(old) {
            try completeHealthPort(&spec, info, key, &taken)
        }
    }

    private func completeHealthPort(
        _ spec: inout Value, _ info: KindDescriptor, _ key: ObjectKey, _ taken: inout Set<Int>
    ) throws(APIError) {
        guard ServiceFields.needsHealthCheck(spec) else { return }
        let wanted = spec.int(.healthCheckNodePort)
        if wanted == 0 {
            spec[.healthCheckNodePort] = Value(freePort(key, "health", &taken))
        } else if let problem = Self.problem(with: wanted, taken) {
            throw APIError(
                .internalError,
                "Internal error occurred: failed to allocate requested HealthCheck NodePort "
                    + "\(wanted): \(problem)", kind: info.kind, name: key.name)
        } else {
            taken.insert(wanted)
        }
    }

    /// Whether the Service is of a type that has ports on nodes; the others cost no look at all
    /// Services.
    private static func isPublished(_ spec: Value) -> Bool {
        ["NodePort", "LoadBalancer"].contains(spec.text(.type))
    }

    // MARK: Allocation

    private func take(
        _ port: Int, at index: Int, _ info: KindDescriptor, _ key: ObjectKey,
        _ taken: inout Set<Int>
    ) throws(APIError) {
        if let problem = Self.problem(with: port, taken) {
            throw .invalid(
                info, key.name,
                [Self.invalid("ports[\(index)].nodePort", String(port), problem)])
        }
        taken.insert(port)
    }

    private static func problem(with port: Int, _ taken: Set<Int>) -> String? {
        if !ports.contains(port) {
            return "provided port is not in the valid range. The range of valid ports is "
                + "\(ports.lowerBound)-\(ports.upperBound)"
        }
        return taken.contains(port) ? "provided port is already allocated" : nil
    }

    private func freePort(_ key: ObjectKey, _ purpose: String, _ taken: inout Set<Int>) -> Int {
        var random = identities.stream("node port", "\(key)/\(purpose)")
        let first = Self.ports.lowerBound + Self.staticPorts
        var found = 0
        for _ in 0..<10_000 where found == 0 {
            let port = first + random.below(Self.ports.upperBound - first + 1)
            if !taken.contains(port) { found = port }
        }
        // With nearly all ports taken, the lowest that is left.
        if found == 0 { found = Self.ports.first { !taken.contains($0) } ?? 0 }
        taken.insert(found)
        return found
    }

    private func takenPorts(except key: ObjectKey) -> Set<Int> {
        var found: Set<Int> = []
        store.state.forEach(.service) { service in
            guard service.key != key else { return }
            let spec = service.value[.spec]
            for port in spec[.ports].elements { found.insert(port.int(.nodePort)) }
            found.insert(spec.int(.healthCheckNodePort))
        }
        found.remove(0)
        return found
    }
}
