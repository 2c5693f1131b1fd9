import API
import Support
import Model
import Value

// From addresses of Services and nodes to endpoints. Source: pkg/proxy (topology.go, iptables/proxier.go).
extension ClusterNetwork {
    /// Where a connection to `address` is led to.
    func route(from source: Source, to address: String, _ port: Int) -> Route {
        if address.hasPrefix("127.") || address == "::1" { return loopback(source, port) }
        if address == ClusterZone.serverAddress, source.work == nil || service(at: address) == nil {
            return .end([53, 9153].contains(port) ? .names : .silent)
        }
        if let service = service(at: address) { return route(source, service, address, port) }
        if let entry = ingressEntry(at: address, port) { return .end(.ingress(entry)) }
        if isNode(address), let route = nodePort(port, at: address, source) { return route }
        return .one(Target(address: address, port: port))
    }

    /// The machine has the node ports itself; a pod its own containers.
    private func loopback(_ source: Source, _ port: Int) -> Route {
        guard let work = source.work else {
            return nodePort(port, at: Self.machineAddress, source) ?? .end(.refused)
        }
        if let reach = process(of: work, port: port, from: source) { return .end(reach) }
        guard work.plan.isHostNetwork else { return .end(.refused) }
        return .one(Target(address: work.address, port: port))
    }

    // MARK: Services

    /// The Service that has an address: its own, one of its balancer's, or an external one. Sought only
    /// where it is not what it was. O(services) then.
    private func service(at address: String) -> StoredObject? {
        if let key = services[address], let known = state.get(.service, key),
            Self.addresses(of: known).contains(address)
        {
            return known
        }
        var found: StoredObject?
        state.forEach(.service) { service in
            guard Self.addresses(of: service).contains(address) else { return }
            if found.map({ service.key < $0.key }) ?? true { found = service }
        }
        services[address] = found?.key
        return found
    }

    private static func addresses(of service: StoredObject) -> [String] {
        clusterAddresses(of: service) + outerAddresses(of: service)
    }

    private static func clusterAddresses(of service: StoredObject) -> [String] {
        let list = service.value[.spec][.clusterIPs].elements.compactMap(\.string)
        return list.isEmpty ? [service.value[.spec].text(.clusterIP)] : list
    }

    private static func outerAddresses(of service: StoredObject) -> [String] {
        let balancer = service.value[.status]["loadBalancer"].list("ingress")
        return service.value[.spec].list("externalIPs").compactMap(\.string)
            + balancer.flatMap { [$0.text(.ip), $0.text(.hostname)] }.filter { !$0.isEmpty }
    }

    private func route(
        _ source: Source, _ service: StoredObject, _ address: String, _ port: Int
    ) -> Route {
        let spec = service.value[.spec]
        let row = spec.list(.ports).first {
            $0.int(.port) == port && ($0[.protocol].string ?? "TCP") == "TCP"
        }
        // No rule is for that port of the address, and nobody has the address.
        guard let row else { return .end(.silent) }
        // A pod's way to a balancer's address is cut short: it is a connection inside the cluster.
        let isInner = Self.clusterAddresses(of: service).contains(address)
        let isOuter = !isInner && source.work == nil
        let policy = spec.text(isOuter ? "externalTrafficPolicy" : "internalTrafficPolicy")
        // A balancer sends to the nodes that have endpoints, so that Local loses nothing there.
        let entry = isOuter && policy == "Local" ? nil : source.node
        return endpoints(
            of: service, row, isLocal: (isInner || isOuter) && policy == "Local", node: entry,
            source)
    }

    /// A node port, of the node that has the address; nil where none has that number.
    private func nodePort(_ port: Int, at address: String, _ source: Source) -> Route? {
        var found: (service: StoredObject, row: Value)?
        state.forEach(.service) { service in
            guard ["NodePort", "LoadBalancer"].contains(service.value[.spec].text(.type)) else {
                return
            }
            for row in service.value[.spec].list(.ports)
            where row.int("nodePort") == port && (row[.protocol].string ?? "TCP") == "TCP" {
                found = (service, row)
            }
        }
        guard let found else { return nil }
        let node = kubelet?.nodes.first { $0.address.string == address }
        if let node, !node.isAlive || node.isCutOff { return .end(.silent) }
        let isLocal =
            found.service.value[.spec].text("externalTrafficPolicy") == "Local"
            && source.work == nil
        return endpoints(
            of: found.service, found.row, isLocal: isLocal, node: node?.name ?? source.node, source,
            isMasked: !isLocal)
    }

    /// The endpoints that a connection to a port of a Service can get.
    ///
    /// - Parameters:
    ///   - isLocal: whether only those on `node` count; with nil those of every node, each its own.
    ///   - node: where the rules are that are followed.
    private func endpoints(
        of service: StoredObject, _ row: Value, isLocal: Bool, node: String?, _ source: Source,
        isMasked: Bool = false
    ) -> Route {
        let all = endpoints(of: service.key, port: row.text(.name))
        let ready = all.filter(\.isReady)
        let usable = ready.isEmpty ? all.filter { $0.isServing && $0.isTerminating } : ready
        // No endpoint anywhere: kube-proxy has a rule that refuses.
        if usable.isEmpty { return .end(.refused) }
        var chosen = usable
        if isLocal, let node {
            let local = all.filter { $0.node == node }
            let localReady = local.filter(\.isReady)
            chosen =
                localReady.isEmpty
                ? local.filter { $0.isServing && $0.isTerminating } : localReady
            // There are some elsewhere: the rule throws away what it gets.
            if chosen.isEmpty { return .end(.silent) }
        } else if !ready.isEmpty, let node {
            chosen = hinted(ready, node)
        }
        var stickiness: Stickiness?
        if service.value[.spec].text("sessionAffinity") == "ClientIP" {
            let seconds =
                service.value[.spec]["sessionAffinityConfig"]["clientIP"][.timeoutSeconds].int
            stickiness = Stickiness(
                service: service.key, port: row.text(.name),
                time: Milliseconds(seconds: seconds ?? 10_800))
        }
        let targets = chosen.map { endpoint in
            var target = endpoint.target
            target.isMasked = isMasked
            return target
        }
        return .several(targets, stickiness)
    }

    /// Those that are meant for this node, else for its zone, where each has a hint and some are for it
    /// (topologyModeFromHints).
    private func hinted(_ ready: [ServiceEndpoint], _ node: String) -> [ServiceEndpoint] {
        if ready.allSatisfy({ !$0.nodes.isEmpty }) {
            let own = ready.filter { $0.nodes.contains(node) }
            if !own.isEmpty { return own }
        }
        guard ready.allSatisfy({ !$0.zones.isEmpty }),
            let object = state.get(.node, name: node),
            let zone = object.value[.metadata][.labels]["topology.kubernetes.io/zone"].string
        else { return ready }
        let near = ready.filter { $0.zones.contains(zone) }
        return near.isEmpty ? ready : near
    }

    /// An endpoint of a Service, with what kube-proxy goes by.
    struct ServiceEndpoint {
        let target: Target
        let node: String
        let isReady: Bool
        let isServing: Bool
        let isTerminating: Bool
        /// For which nodes and zones it is meant.
        let nodes: [String]
        let zones: [String]
    }

    /// The endpoints of the slices of a Service that have a port of that name.
    func endpoints(of service: ObjectKey, port name: String) -> [ServiceEndpoint] {
        forgetStale()
        let key = EndpointsKey(service: service, port: name)
        if let known = endpointsKnown[key] { return known }
        let found = findEndpoints(of: service, port: name)
        endpointsKnown[key] = found
        return found
    }

    /// As ``endpoints(of:port:)``, from the slices themselves. O(slices of all Services).
    private func findEndpoints(of service: ObjectKey, port name: String) -> [ServiceEndpoint] {
        let slices = state.list(.endpointSlice, namespace: service.namespace) {
            $0.value[.metadata][.labels][Endpoint.serviceLabel].string == service.name
                && $0.value.text("addressType") != "FQDN"
        }
        var found: [ServiceEndpoint] = []
        for slice in slices {
            let row = slice.value.list(.ports).first {
                $0.text(.name) == name && ($0[.protocol].string ?? "TCP") == "TCP"
            }
            guard let row else { continue }
            let port = row.int(.port)
            for endpoint in slice.value.list(.endpoints) {
                let conditions = endpoint[.conditions]
                let isReady = conditions[.ready].bool ?? true
                guard let address = endpoint[.addresses].elements.first?.string else { continue }
                var pod: ObjectKey?
                if endpoint[.targetRef].text(.kind) == "Pod" {
                    pod = ObjectKey(
                        namespace: slice.namespace, name: endpoint[.targetRef].text(.name))
                }
                found.append(
                    ServiceEndpoint(
                        target: Target(address: address, port: port, pod: pod),
                        node: endpoint.text(.nodeName), isReady: isReady,
                        isServing: conditions["serving"].bool ?? isReady,
                        isTerminating: conditions.flag("terminating"),
                        nodes: endpoint[.hints].list(.forNodes).map { $0.text(.name) },
                        zones: endpoint[.hints].list(.forZones).map { $0.text(.name) }))
            }
        }
        return found
    }

    // MARK: Nodes

    /// What an address of a node leads to besides node ports: host ports, pods of the host's network, the
    /// kubelet.
    func onNode(_ target: Target, from source: Source) -> Reach {
        guard let kubelet,
            let node = kubelet.nodes.firstIndex(where: {
                $0.address.string == target.address
            })
        else { return .unreachable(Self.arpTime) }
        guard kubelet.nodes[node].isAlive, !kubelet.nodes[node].isCutOff else { return .silent }
        for case let work? in kubelet.works where work.node == node && !work.isDead {
            if work.plan.isHostNetwork {
                if let reach = process(of: work, port: target.port, from: source) { return reach }
                continue
            }
            for container in work.plan.containers {
                for port in container.spec.list(.ports) where port.int("hostPort") == target.port {
                    return process(of: work, port: port.int("containerPort"), from: source)
                        ?? .refused
                }
            }
        }
        return .refused
    }
}
