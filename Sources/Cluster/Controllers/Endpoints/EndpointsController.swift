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

    private var membership = ServiceMembership()
    private var triggers = EndpointTriggers()

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
            current.value[.metadata][.labels] == labels
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
            if let current {
                try api.update(current, to: value)
            } else {
                try api.create(.endpoints, value, in: service.namespace)
            }
        } catch {
            if error.isNamespaceTerminating { return }
            let verb = current == nil ? "Create" : "Update"
            if !error.isConflict {
                record(
                    service, .warning, reason: "FailedTo\(verb)Endpoint",
                    message: "Failed to \(verb.lowercased()) endpoint \(service.key): "
                        + error.message)
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

    private struct Group {
        let ports: [EndpointPort]
        var ready: [Value] = []
        var notReady: [Value] = []
    }

    /// The addresses grouped by their ports (`RepackSubsets`). Groups go by port, addresses by number.
    private func subsets(of service: StoredObject, _ pods: [StoredObject]) -> (Value, Bool) {
        let view = ServiceView(service.value)
        var groups: [Group] = []
        for pod in pods where isListed(pod, view) {
            let ports = EndpointPort.ports(of: view, at: pod)
            // Only a headless service may do without ports.
            if ports.isEmpty, !view.ports.isEmpty || !view.isHeadless { continue }
            let place = groups.firstIndex { $0.ports == ports } ?? groups.count
            if place == groups.count { groups.append(Group(ports: ports)) }
            let address = address(of: pod, service)
            if view.publishesNotReadyAddresses || PodView(pod.value).isReady {
                groups[place].ready.append(address)
            } else {
                groups[place].notReady.append(address)
            }
        }
        let isTruncated = Self.truncate(&groups)
        groups.sort { EndpointPort.isBefore($0.ports, $1.ports) }
        let subsets = groups.map(subset)
        return (subsets.isEmpty ? .null : .array(subsets), isTruncated)
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

    private func subset(_ group: Group) -> Value {
        var subset = Value.emptyObject
        if !group.ready.isEmpty { subset[.addresses] = Self.sorted(group.ready) }
        if !group.notReady.isEmpty { subset[.notReadyAddresses] = Self.sorted(group.notReady) }
        if !group.ports.isEmpty {
            subset[.ports] = .array(group.ports.map { $0.value(showsEmptyName: false) })
        }
        return subset
    }

    private static func sorted(_ addresses: [Value]) -> Value {
        .array(
            addresses.sorted {
                let (left, right) = ($0.text(.ip), $1.text(.ip))
                return left == right
                    ? $0[.targetRef].text(.uid) < $1[.targetRef].text(.uid) : left < right
            })
    }

    /// Cuts what is beyond the capacity: ready addresses are kept first (`truncateEndpoints`).
    private static func truncate(_ groups: inout [Group]) -> Bool {
        let ready = groups.reduce(0) { $0 + $1.ready.count }
        let all = groups.reduce(ready) { $0 + $1.notReady.count }
        guard all > capacity else { return false }
        var room = capacity
        for index in groups.indices {
            groups[index].ready = Array(groups[index].ready.prefix(room))
            room -= groups[index].ready.count
        }
        for index in groups.indices {
            groups[index].notReady = Array(groups[index].notReady.prefix(room))
            room -= groups[index].notReady.count
        }
        groups.removeAll { $0.ready.isEmpty && $0.notReady.isEmpty }
        return true
    }
}
