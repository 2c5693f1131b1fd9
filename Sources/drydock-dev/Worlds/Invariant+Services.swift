import Model
import Value

/// Services lead to the pods that are ready.
extension Invariant {
    static let endpointsAreReadyPods = Invariant(
        "endpoints are the ready pods",
        because:
            "the endpoints controller puts a selected pod's address among the ready ones or the others"
    ) { world in
        world.objects(.service).compactMap { object in
            let service = ServiceView(object.value)
            if service.selector.isEmpty || service.isDeleting { return nil }
            let wanted = world.addresses(of: service)
            let endpoints = world.find(.endpoints, service.namespace, service.name)
            let subsets = (endpoints?.value ?? .null).list(.subsets)
            let found = subsets.flatMap { $0.list(.addresses).map { $0.text(.ip) } }.sorted()
            return found == wanted
                ? nil : world.violation("service", service, "leads to \(found), not \(wanted)")
        }
    }

    static let slicesAreReadyPods = Invariant(
        "endpoint slices are the ready pods",
        because: "the reconciler makes an endpoint of each selected pod that has an address"
    ) { world in
        let slices = Dictionary(grouping: world.objects(.endpointSlice)) {
            $0.namespace + "/" + ($0.labels["kubernetes.io/service-name"].string ?? "")
        }
        return world.objects(.service).compactMap { object in
            let service = ServiceView(object.value)
            if service.selector.isEmpty || service.isDeleting { return nil }
            let own = slices[service.namespace + "/" + service.name] ?? []
            let ready = own.flatMap { $0.value.list(.endpoints) }.filter {
                $0[.conditions].flag(.ready)
            }
            let found = ready.compactMap { $0.list(.addresses).first?.string }.sorted()
            let wanted = world.addresses(of: service)
            return found == wanted
                ? nil : world.violation("service", service, "leads to \(found), not \(wanted)")
        }
    }
}

extension WorldState {
    /// The addresses of the pods that a Service leads to.
    fileprivate func addresses(of service: ServiceView) -> [String] {
        let selector = LabelSelector(labels: service.selector)
        return pods.filter {
            $0.namespace == service.namespace && selector.matches($0.labels) && !$0.isTerminal
                && (service.publishesNotReadyAddresses || ($0.isReady && !$0.isDeleting))
                && !$0.status.podIP.isEmpty
        }.map { $0.status.podIP }.sorted()
    }
}
