import Model
import Support
import Value

/// Keeps the EndpointSlices of each service that selects pods: slices of at most 100 endpoints, with
/// the pods that are going still in them.
///
/// Origin: staging/src/k8s.io/endpointslice/reconciler.go. An endpoint stays in its slice as long as
/// it lives, so that a change of one pod writes one slice.
final class EndpointSliceController: Controller {
    static let serviceLabel = Key("kubernetes.io/service-name")
    static let managerLabel = Key("endpointslice.kubernetes.io/managed-by")
    private static let manager = "endpointslice-controller.k8s.io"
    /// Upstream's --max-endpoints-per-slice.
    private static let capacity = 100

    private var membership = ServiceMembership()
    private var triggers = EndpointTriggers()

    init() { super.init(name: "endpoint-slice-controller", workers: 5) }

    override func start() {
        watch(.service)
        watch(.pod)
        watch(.endpointSlice)
    }

    override func observe(_ change: Change) {
        switch change.kind {
        case .service:
            membership.observeService(change, in: view)
            enqueue(change.object)
        case .endpointSlice:
            let labels = change.object.value[.metadata][.labels]
            if change.cause.actor != actor, labels[Self.managerLabel].string == Self.manager {
                enqueue(
                    ObjectKey(
                        namespace: change.object.namespace,
                        name: labels[Self.serviceLabel].string ?? ""))
            }
        default:
            let services = membership.observePod(change)
            if ServiceMembership.isWorth(change) { services.forEach { enqueue($0) } }
        }
    }

    /// One slice as it is and as it shall be.
    private struct Slice {
        let current: StoredObject?
        let ports: [EndpointPort]
        var endpoints: [Value]
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let service = view.get(.service, key), !service.isDeleting else {
            // The slices go with the service that owns them.
            return triggers.forget(key)
        }
        guard ServiceMembership.hasManagedEndpoints(service) else { return }
        let pods = membership.pods(of: key, in: view)
        let time = triggers.update(service, pods)
        let current = view.controlled(.endpointSlice, by: service.uid).filter {
            !$0.isDeleting && $0.value[.metadata][.labels][Self.managerLabel].string == Self.manager
        }.sorted { $0.name < $1.name }
        do throws(APIError) {
            try write(slices(for: service, pods, current), service, time)
        } catch {
            if error.isNamespaceTerminating { return }
            if !error.isConflict {
                record(
                    service, .warning, reason: "FailedToUpdateEndpointSlices",
                    message: "Error updating Endpoint Slices for Service \(key): \(error.message)")
            }
            throw error
        }
    }

    // MARK: Distribution

    private func slices(
        for service: StoredObject, _ pods: [StoredObject], _ current: [StoredObject]
    ) -> [Slice] {
        let groups = groups(for: service, pods)
        var slices: [Slice] = []
        var unused = current
        for (ports, endpoints) in groups {
            let shown = Value.array(ports.map { $0.value(showsEmptyName: true) })
            let own = unused.filter { $0.value[.ports] == shown || $0.value[.ports].count == 0 }
            // A slice without ports is the placeholder of a service without pods: it is taken over.
            unused.removeAll { slice in own.contains { $0 === slice } }
            slices += distribute(endpoints, ports, over: own)
        }
        if slices.isEmpty {
            slices.append(Slice(current: unused.first, ports: [], endpoints: []))
            unused = Array(unused.dropFirst())
        }
        return slices + unused.map { Slice(current: $0, ports: [], endpoints: []) }
    }

    /// Leaves endpoints in the slice they are in, fills gaps, and opens new slices for the rest.
    private func distribute(
        _ endpoints: [Value], _ ports: [EndpointPort], over current: [StoredObject]
    ) -> [Slice] {
        var wanted: [String: Value] = [:]
        for endpoint in endpoints { wanted[endpoint[.targetRef].text(.uid)] = endpoint }
        var slices: [Slice] = current.map { object in
            let kept = object.value[.endpoints].elements.compactMap {
                wanted.removeValue(forKey: $0[.targetRef].text(.uid))
            }
            return Slice(current: object, ports: ports, endpoints: kept)
        }
        var rest = endpoints.filter { wanted[$0[.targetRef].text(.uid)] != nil }[...]
        for index in slices.indices where !rest.isEmpty {
            let room = max(Self.capacity - slices[index].endpoints.count, 0)
            slices[index].endpoints += rest.prefix(room)
            rest = rest.dropFirst(room)
        }
        while !rest.isEmpty {
            slices.append(
                Slice(current: nil, ports: ports, endpoints: Array(rest.prefix(Self.capacity))))
            rest = rest.dropFirst(Self.capacity)
        }
        return slices
    }

    /// The endpoints of a service by their ports, in the ports' order.
    private func groups(
        for service: StoredObject, _ pods: [StoredObject]
    ) -> [([EndpointPort], [Value])] {
        let view = ServiceView(service.value)
        var groups: [([EndpointPort], [Value])] = []
        for pod in pods {
            let podView = PodView(pod.value)
            guard !podView.isTerminal, !podView.status.podIP.isEmpty else { continue }
            let ports = EndpointPort.ports(of: view, at: pod)
            let endpoint = endpoint(pod, service)
            if let place = groups.firstIndex(where: { $0.0 == ports }) {
                groups[place].1.append(endpoint)
            } else {
                groups.append((ports, [endpoint]))
            }
        }
        return groups.sorted { EndpointPort.isBefore($0.0, $1.0) }
    }

    private func endpoint(_ pod: StoredObject, _ service: StoredObject) -> Value {
        let isServing = PodView(pod.value).isReady
        let isReady =
            ServiceView(service.value).publishesNotReadyAddresses || isServing && !pod.isDeleting
        var endpoint: Value = [
            .addresses: [pod.value[.status][.podIP]],
            .conditions: [
                .ready: .bool(isReady), .serving: .bool(isServing),
                .terminating: .bool(pod.isDeleting),
            ],
            .targetRef: [
                .kind: "Pod", .name: Value(pod.name), .namespace: Value(pod.namespace),
                .uid: Value(pod.uid),
            ],
        ]
        if let name = pod.nodeName, !name.isEmpty {
            endpoint[.nodeName] = Value(name)
            let labels = view.get(.node, name: name)?.value[.metadata][.labels] ?? .null
            endpoint[.zone] = labels["topology.kubernetes.io/zone"]
        }
        let spec = PodSpecView(pod.value[.spec])
        if !spec.hostname.isEmpty, spec.subdomain == service.name {
            endpoint[.hostname] = Value(spec.hostname)
        }
        return endpoint
    }

    // MARK: Writing

    private func write(
        _ slices: [Slice], _ service: StoredObject, _ time: Value
    ) throws(APIError) {
        // The placeholder is the one slice that may be empty.
        let isPlaceholder = slices.allSatisfy { $0.endpoints.isEmpty }
        for (index, slice) in slices.enumerated() {
            if slice.endpoints.isEmpty, !(isPlaceholder && index == 0) {
                if let current = slice.current { try api.delete(current) }
                continue
            }
            let value = content(slice, service, time)
            guard let current = slice.current else {
                try api.create(.endpointSlice, value, in: service.namespace)
                continue
            }
            let old = current.value
            let isSame =
                old[.endpoints] == value[.endpoints] && old[.ports] == value[.ports]
                && old[.metadata][.labels] == value[.metadata][.labels]
            if !isSame { try api.update(current, to: value) }
        }
    }

    private func content(_ slice: Slice, _ service: StoredObject, _ time: Value) -> Value {
        var value =
            slice.current?.value ?? [
                .metadata: [
                    .generateName: Value(service.name + "-"),
                    .ownerReferences: [controllerReference(to: service)],
                ], .addressType: "IPv4",
            ]
        value[.metadata][.labels] = labels(of: service)
        value[.metadata][.annotations][EndpointTriggers.annotation] = time
        if value[.metadata][.annotations].count == 0 { value[.metadata][.annotations] = .null }
        value[.endpoints] = .array(slice.endpoints)
        value[.ports] = .array(slice.ports.map { $0.value(showsEmptyName: true) })
        return value
    }

    private func labels(of service: StoredObject) -> Value {
        var labels = service.value[.metadata][.labels].fields
        labels[Self.managerLabel] = Value(Self.manager)
        labels[Self.serviceLabel] = Value(service.name)
        if ServiceView(service.value).isHeadless { labels[EndpointsController.headlessLabel] = "" }
        return .object(labels)
    }
}
