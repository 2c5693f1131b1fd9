import Model
import Support
import Value

/// Keeps the EndpointSlices of each service that selects pods: slices of at most 100 endpoints, with
/// the pods that are going still in them.
///
/// Origin: staging/src/k8s.io/endpointslice/reconciler.go. An endpoint stays in its slice as long as
/// it lives, so that a change of one pod writes one slice.
final class EndpointSliceController: ServiceEndpointsController, FreeRequester {
    static let serviceLabel = Key("kubernetes.io/service-name")
    static let managerLabel = Key("endpointslice.kubernetes.io/managed-by")
    private static let manager = "endpointslice-controller.k8s.io"

    init() { super.init(name: "endpoint-slice-controller", output: .endpointSlice) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        rosters = other.rosters.mapValues { $0.copy() }
        check = other.check
    }

    override func observeOutput(_ change: Change) {
        let labels = change.object.value[.metadata][.labels]
        guard change.cause.actor != actor, labels[Self.managerLabel].string == Self.manager else {
            return
        }
        enqueue(
            ObjectKey(
                namespace: change.object.namespace, name: labels[Self.serviceLabel].string ?? ""))
    }

    private typealias Listed = SliceRoster.Listed

    private var rosters: [ObjectKey: SliceRoster] = [:]
    private var check = SampledCheck()

    override func start() {
        super.start()
        watch(.node)
    }

    /// Slices tell of the zone of a pod's node, and leave out pods whose node does not exist.
    override func observeOther(_ change: Change) {
        let zone = Key("topology.kubernetes.io/zone")
        if change.type == .modified, let old = change.old,
            old.value[.metadata][.labels][zone] == change.object.value[.metadata][.labels][zone]
        {
            return
        }
        for pod in view.pods(onNode: change.object.name) { lookAgain(at: pod) }
    }

    // The slices of a Service that is gone go with it: it owns them.
    override func serviceGone(_ key: ObjectKey) throws(APIError) { rosters[key] = nil }

    override func publish(
        _ service: StoredObject, _ pods: ServicePods, _ time: Value
    ) throws(APIError) {
        let current = view.controlled(.endpointSlice, by: service.uid).filter {
            !$0.isDeleting && $0.value[.metadata][.labels][Self.managerLabel].string == Self.manager
        }.sorted { $0.name < $1.name }
        let wanted = plan(for: service, pods, current)
        try write(wanted.plan, service, time)
        if let stray = wanted.stray {
            try send { own throws(APIError) in throw own.note(stray, service) }
        }
    }

    /// Tells of an error that a sync ends with.
    private func note(_ error: APIError, _ service: StoredObject) -> APIError {
        if !error.isConflict, !error.isNamespaceTerminating {
            record(
                service, .warning, reason: "FailedToUpdateEndpointSlices",
                message: "Error updating Endpoint Slices for Service \(service.key): "
                    + error.message)
        }
        return error
    }

    // MARK: Distribution

    /// What to write, and the error of pods that are left out because their node is gone.
    private struct Wanted {
        var plan = SlicePlan()
        var stray: APIError?
    }

    private func plan(
        for service: StoredObject, _ pods: ServicePods, _ current: [StoredObject]
    ) -> Wanted {
        let roster = rosters[service.key] ?? SliceRoster()
        rosters[service.key] = roster
        if pods.isAll { roster.forget() }
        for (slot, pod) in pods.changed {
            roster.set(slot, to: pod, pod.flatMap { makeListed($0, service) })
        }
        guard let ports = roster.commonPorts,
            let plan = SlicePlan(
                roster, at: EndpointPort.inSliceOrder(ports), over: current,
                labels: labels(of: service))
        else { return plan(for: service, pods.all, current) }
        let wanted = complete(Wanted(plan: plan), service, current)
        #if DEBUG
            if check.isDue() {
                let other = self.plan(for: service, pods.all, current)
                precondition(
                    other.stray == nil && other.plan.isSame(as: wanted.plan),
                    "slices are planned for the pods that there are")
            }
        #endif
        return wanted
    }

    /// The plan for pods that are looked at one by one.
    private func plan(
        for service: StoredObject, _ pods: [StoredObject], _ current: [StoredObject]
    ) -> Wanted {
        var wanted = Wanted()
        let groups = groups(for: service, pods, &wanted.stray)
        var unused = current
        let labels = labels(of: service)
        for (ports, endpoints) in groups {
            let shown = Value.array(ports.map { $0.value(showsEmptyName: true) })
            let own = unused.filter { $0.value[.ports] == shown }
            unused.removeAll { slice in own.contains { $0 === slice } }
            wanted.plan.add(
                SlicePlan(endpoints, at: ports, over: own) {
                    $0.value[.metadata][.labels] != labels
                })
        }
        wanted.plan.delete(unused)
        return complete(wanted, service, current)
    }

    private func complete(
        _ wanted: Wanted, _ service: StoredObject, _ current: [StoredObject]
    ) -> Wanted {
        var wanted = wanted
        let labels = labels(of: service)
        // A service without endpoints has one empty slice.
        if wanted.plan.deleted.count == current.count, wanted.plan.created.isEmpty {
            let isThere =
                current.count == 1 && current[0].value[.endpoints].count == 0
                && current[0].value[.ports].count == 0
                && current[0].value[.metadata][.labels] == labels
            if isThere { wanted.plan.keepAll() } else { wanted.plan.createPlaceholder() }
        }
        wanted.plan.recycle()
        return wanted
    }

    /// The endpoints of a service by their ports. A pod whose node does not exist is left out, unless
    /// the service publishes pods that are not ready.
    private func groups(
        for service: StoredObject, _ pods: [StoredObject], _ stray: inout APIError?
    ) -> [([EndpointPort], [Value])] {
        let view = ServiceView(service.value)
        let publishesAll = view.publishesNotReadyAddresses
        var groups: [([EndpointPort], [Value])] = []
        for pod in pods {
            guard let listed = makeListed(pod, service) else { continue }
            if listed.isStray, !publishesAll {
                let message =
                    "skipping Pod \(pod.name) for Service \(service.key): Node "
                    + "\(pod.nodeName ?? "") Not Found"
                stray = stray ?? APIError(.internalError, message)
                continue
            }
            if let place = groups.firstIndex(where: { $0.0 == listed.ports }) {
                groups[place].1.append(listed.endpoint)
            } else {
                groups.append((listed.ports, [listed.endpoint]))
            }
        }
        // Put in order once for each group, not for each pod: that takes digests.
        return groups.map { (EndpointPort.inSliceOrder($0.0), $0.1) }
            .sorted { EndpointPort.isBefore($0.0, $1.0) }
    }

    /// What slices say of a pod; nil for one that is over or has no address.
    private func makeListed(_ pod: StoredObject, _ service: StoredObject) -> Listed? {
        let view = PodView(pod.value)
        guard !view.isTerminal, !view.status.podIP.isEmpty else { return nil }
        let node = self.view.get(.node, name: pod.nodeName ?? "")
        return Listed(
            ports: EndpointPort.ports(of: ServiceView(service.value), at: pod),
            endpoint: endpoint(pod, node, service), isStray: node == nil)
    }

    /// Source: endpointslice/utils.go, podToEndpoint, and for hints trafficdist.go.
    private func endpoint(
        _ pod: StoredObject, _ node: StoredObject?, _ service: StoredObject
    ) -> Value {
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
        if let name = pod.nodeName, !name.isEmpty { endpoint[.nodeName] = Value(name) }
        let preference = service.value[.spec].text(.trafficDistribution)
        let isNear = ["PreferClose", "PreferSameZone", "PreferSameNode"].contains(preference)
        let zone = node?.value[.metadata][.labels]["topology.kubernetes.io/zone"] ?? .null
        if let zone = zone.string, !zone.isEmpty {
            endpoint[.zone] = Value(zone)
            if isReady, isNear { endpoint[.hints][.forZones] = [[.name: Value(zone)]] }
        }
        if isReady, preference == "PreferSameNode", let name = pod.nodeName, !name.isEmpty {
            endpoint[.hints][.forNodes] = [[.name: Value(name)]]
        }
        let spec = PodSpecView(pod.value[.spec])
        if !spec.hostname.isEmpty, spec.subdomain == service.name {
            endpoint[.hostname] = Value(spec.hostname)
        }
        return endpoint
    }

    // MARK: Writing

    /// Creates, updates, then deletes (`finalize`).
    private func write(
        _ plan: SlicePlan, _ service: StoredObject, _ time: Value
    ) throws(APIError) {
        for slice in service.isDeleting ? [] : plan.created {
            let value = content(slice, service, time)
            try request(service) { own throws(APIError) in
                own.wrote(
                    try own.api.create(.endpointSlice, value, in: service.namespace),
                    for: service.key)
            }
        }
        for slice in plan.updated {
            guard let current = slice.current else { continue }
            let value = content(slice, service, time)
            try request(service) { own throws(APIError) in
                own.wrote(try own.api.update(current, to: value), for: service.key)
            }
        }
        for object in plan.deleted {
            try request(service) { own throws(APIError) in
                if let gone = try own.remove(object) { own.wrote(gone, for: service.key) }
            }
        }
    }

    private func request(
        _ service: StoredObject,
        _ body: @escaping @Sendable (_ own: EndpointSliceController) throws(APIError) -> Void
    ) throws(APIError) {
        try send { own throws(APIError) in
            do throws(APIError) {
                try body(own)
            } catch {
                throw own.note(error, service)
            }
        }
    }

    private func content(
        _ slice: SlicePlan.Slice, _ service: StoredObject, _ time: Value
    ) -> Value {
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
        if ServiceView(service.value).isHeadless { labels[Self.headlessLabel] = "" }
        return .object(labels)
    }
}
