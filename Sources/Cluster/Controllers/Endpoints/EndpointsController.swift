import Model
import Support
import Value

/// Keeps the Endpoints of each service that selects pods: the addresses of the ready ones, those of
/// the others apart.
///
/// Origin: pkg/controller/endpoint/endpoints_controller.go.
final class EndpointsController: ServiceEndpointsController {
    private static let overCapacity = Key("endpoints.kubernetes.io/over-capacity")
    /// The most addresses of one Endpoints object.
    private static let capacity = 1_000

    init() { super.init(name: "endpoint-controller", output: .endpoints) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        rosters = other.rosters.mapValues { $0.copy() }
        check = other.check
    }

    override func observeOutput(_ change: Change) {
        if change.type == .deleted { enqueue(change.object) }
    }

    /// Who writes the object (KEP-4974).
    private static let managerLabel = Key("endpoints.kubernetes.io/managed-by")

    private var rosters: [ObjectKey: AddressRoster] = [:]
    private var check = SampledCheck()

    override func serviceGone(_ key: ObjectKey) throws(APIError) {
        rosters[key] = nil
        if let current = view.get(.endpoints, key) { try remove(current) }
    }

    override func publish(
        _ service: StoredObject, _ pods: ServicePods, _ time: Value
    ) throws(APIError) {
        let key = service.key
        let current = view.get(.endpoints, key)
        var value = current?.value ?? [.metadata: [.name: Value(key.name)]]
        let (subsets, isTruncated) = subsets(of: service, pods)
        var labels = labels(of: service)
        labels[Self.managerLabel] = "endpoint-controller"
        if let current, current.value[.subsets] == subsets,
            current.value[.metadata][.labels] == labels,
            isTruncated || current.value[.metadata][.annotations][Self.overCapacity].isNull
        {
            return
        }
        value[.subsets] = subsets
        value[.metadata][.labels] = labels
        var annotations = value[.metadata][.annotations]
        annotations[EndpointTriggers.annotation] = time
        annotations[Self.overCapacity] = isTruncated ? .text("truncated") : .null
        value[.metadata][.annotations] = annotations.count == 0 ? .null : annotations
        try write(value, over: current, service)
    }

    private func write(
        _ value: Value, over current: StoredObject?, _ service: StoredObject
    ) throws(APIError) {
        do throws(APIError) {
            let new =
                if let current {
                    try api.update(current, to: value)
                } else {
                    try api.create(.endpoints, value, in: service.namespace)
                }
            wrote(new, for: service.key)
        } catch {
            let verb = current == nil ? "Create" : "Update"
            if !error.isConflict, !error.isNamespaceTerminating {
                let subject = current ?? service
                let words = current == nil ? "create endpoint for service" : "update endpoint"
                record(
                    subject, .warning, reason: "FailedTo\(verb)Endpoint",
                    message: "Failed to \(words) \(service.key): \(error.message)")
            }
            throw error
        }
    }

    private func labels(of service: StoredObject) -> Value {
        var labels = service.value[.metadata][.labels].fields
        labels.removeValue(forKey: Self.headlessLabel)
        let address = ServiceView(service.value).clusterIP
        if address.isEmpty || address == "None" { labels[Self.headlessLabel] = "" }
        return labels.isEmpty ? .null : .object(labels)
    }

    // MARK: Subsets

    private typealias Listed = AddressRoster.Listed

    private func subsets(of service: StoredObject, _ pods: ServicePods) -> (Value, Bool) {
        let view = ServiceView(service.value)
        let roster = rosters[service.key] ?? AddressRoster()
        rosters[service.key] = roster
        if pods.isAll { roster.forget() }
        for (slot, pod) in pods.changed {
            roster.set(slot, to: pod.flatMap { makeListed($0, service, view) })
        }
        if roster.isEmpty { return (.null, false) }
        guard let ports = roster.commonPorts else { return subsets(of: pods.all, service, view) }
        let found = EndpointSubsets.value(
            roster.addresses, at: ports, capacity: Self.capacity)
        #if DEBUG
            if check.isDue() {
                let other = subsets(of: pods.all, service, view)
                precondition(
                    found.value == other.0 && found.isTruncated == other.1,
                    "the addresses are those of the pods")
            }
        #endif
        return found
    }

    /// The subsets of pods that are looked at one by one.
    private func subsets(
        of pods: [StoredObject], _ service: StoredObject, _ view: ServiceView
    ) -> (Value, Bool) {
        var subsets = EndpointSubsets()
        for pod in pods {
            guard let listed = makeListed(pod, service, view) else { continue }
            subsets.add(listed.address.value, isReady: listed.address.isReady, at: listed.ports)
        }
        return subsets.value(capacity: Self.capacity)
    }

    /// What the object says of a pod; nil where it says nothing.
    private func makeListed(
        _ pod: StoredObject, _ service: StoredObject, _ view: ServiceView
    ) -> Listed? {
        guard isListed(pod, view) else { return nil }
        let ports = EndpointPort.ports(of: view, at: pod)
        // Only a headless service may do without ports.
        if ports.isEmpty, !view.ports.isEmpty || !view.isHeadless { return nil }
        let isReady = view.publishesNotReadyAddresses || PodView(pod.value).isReady
        return Listed(
            address: EndpointSubsets.Address(address(of: pod, service), isReady: isReady),
            ports: ports)
    }

    /// `ShouldPodBeInEndpoints`: a finished pod never, one that is going only where readiness does not
    /// matter.
    private func isListed(_ pod: StoredObject, _ service: ServiceView) -> Bool {
        let view = PodView(pod.value)
        return !view.isTerminal && !view.status.podIP.isEmpty
            && (!pod.isDeleting || service.publishesNotReadyAddresses)
    }

    private func address(of pod: StoredObject, _ service: StoredObject) -> Value {
        var address: Value = [
            .ip: pod.value[.status][.podIP],
            .targetRef: [
                .kind: "Pod", .name: Value(pod.name), .namespace: Value(pod.namespace),
                .uid: Value(pod.uid),
            ],
        ]
        if let node = pod.nodeName, !node.isEmpty { address[.nodeName] = Value(node) }
        let spec = PodSpecView(pod.value[.spec])
        if !spec.hostname.isEmpty, spec.subdomain == service.name {
            address[.hostname] = Value(spec.hostname)
        }
        return address
    }
}
