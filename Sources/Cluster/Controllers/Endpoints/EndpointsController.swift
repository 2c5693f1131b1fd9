import Model
import Support
import Value

/// Keeps the Endpoints of each service that selects pods: the addresses of the ready ones, those of
/// the others apart.
///
/// Origin: pkg/controller/endpoint/endpoints_controller.go.
final class EndpointsController: Controller {
    static let headlessLabel = Key("service.kubernetes.io/headless")
    private static let overCapacity = Key("endpoints.kubernetes.io/over-capacity")
    /// The most addresses of one Endpoints object.
    private static let capacity = 1_000
    /// Upstream's maxRetries.
    private static let attempts = 15

    private var membership = ServiceMembership()
    private var triggers = EndpointTriggers()
    /// The number of the last write for a service, as long as the view may lack it.
    private var written: [ObjectKey: Int] = [:]

    init() { super.init(name: "endpoint-controller", workers: 5) }

    override func start() {
        watch(.service)
        watch(.pod)
        watch(.endpoints)
    }

    override func observe(_ change: Change) {
        switch change.kind {
        case .service:
            membership.observeService(change, in: view)
            enqueue(change.object)
        case .endpoints:
            if change.type == .deleted { enqueue(change.object) }
        default:
            let services = membership.observePod(change)
            if ServiceMembership.isWorth(change) { services.forEach { enqueue($0) } }
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        if let own = written[key], own > view.sequence {
            // The view does not show this controller's own last write yet.
            throw .modified(api.kinds[.endpoints], key.name)
        }
        written[key] = nil
        let current = view.get(.endpoints, key)
        guard let service = view.get(.service, key) else {
            triggers.forget(key)
            if let current { try remove(current) }
            return
        }
        guard ServiceMembership.hasManagedEndpoints(service) else { return }
        let pods = membership.pods(of: key, in: view)
        let time = triggers.update(service, pods)
        var value = current?.value ?? [.metadata: [.name: Value(key.name)]]
        let (subsets, isTruncated) = subsets(of: service, pods)
        let labels = labels(of: service)
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

    /// A service is given up after so many attempts in a row, or when its namespace goes.
    override func retries(_ key: ObjectKey, after error: APIError) -> Bool {
        !error.isNamespaceTerminating && failures(of: key) < Self.attempts
    }

    private func remove(_ endpoints: StoredObject) throws(APIError) {
        do throws(APIError) {
            try api.delete(endpoints)
        } catch  where error.isNotFound {
            return
        }
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
            written[service.key] = new.resourceVersion
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

    private func subsets(of service: StoredObject, _ pods: [StoredObject]) -> (Value, Bool) {
        let view = ServiceView(service.value)
        var subsets = EndpointSubsets()
        for pod in pods where isListed(pod, view) {
            let ports = EndpointPort.ports(of: view, at: pod)
            // Only a headless service may do without ports.
            if ports.isEmpty, !view.ports.isEmpty || !view.isHeadless { continue }
            let isReady = view.publishesNotReadyAddresses || PodView(pod.value).isReady
            subsets.add(address(of: pod, service), isReady: isReady, at: ports)
        }
        return subsets.value(capacity: Self.capacity)
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
