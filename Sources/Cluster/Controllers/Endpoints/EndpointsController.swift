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

    override func observeOutput(_ change: Change) {
        if change.type == .deleted { enqueue(change.object) }
    }

    /// Who writes the object (KEP-4974).
    private static let managerLabel = Key("endpoints.kubernetes.io/managed-by")

    private var memories: [ObjectKey: EndpointMemory<Listed?>] = [:]

    override func serviceGone(_ key: ObjectKey) throws(APIError) {
        memories[key] = nil
        if let current = view.get(.endpoints, key) { try remove(current) }
    }

    override func publish(
        _ service: StoredObject, _ pods: [StoredObject], _ time: Value
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

    /// A pod in the object.
    private struct Listed {
        let address: EndpointSubsets.Address
        let ports: [EndpointPort]
    }

    private func subsets(of service: StoredObject, _ pods: [StoredObject]) -> (Value, Bool) {
        let view = ServiceView(service.value)
        let memory = memories[service.key] ?? EndpointMemory()
        memories[service.key] = memory
        memory.begin(service, count: pods.count)
        var listed: [Listed] = []
        listed.reserveCapacity(pods.count)
        for pod in pods {
            let content = memory.content(of: pod) { makeListed(pod, service, view) }
            if let content { listed.append(content) }
        }
        guard let first = listed.first else { return (.null, false) }
        if listed.allSatisfy({ $0.ports == first.ports }) {
            return EndpointSubsets.value(
                listed.map(\.address), at: first.ports, capacity: Self.capacity)
        }
        var subsets = EndpointSubsets()
        for pod in listed {
            subsets.add(pod.address.value, isReady: pod.address.isReady, at: pod.ports)
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
