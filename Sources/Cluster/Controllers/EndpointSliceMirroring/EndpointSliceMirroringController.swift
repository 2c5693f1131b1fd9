import Model
import Support
import Value

/// Copies Endpoints that were written by hand, for a Service without selector, into EndpointSlices.
///
/// Source: pkg/controller/endpointslicemirroring (syncEndpoints, reconcile). One slice per set of
/// ports and family of addresses; labels and annotations are copied, the ready condition alone is
/// known.
final class EndpointSliceMirroringController: EndpointWriter {
    private static let manager = "endpointslicemirroring-controller.k8s.io"
    private static let skipLabel = Key("endpointslice.kubernetes.io/skip-mirror")
    private static let leaderAnnotation = Key("control-plane.alpha.kubernetes.io/leader")
    /// The most addresses of a subset that are copied (--mirroring-max-endpoints-per-subset).
    private static let capacity = 1_000
    private static let ignoredAnnotations = [
        EndpointTriggers.annotation, Key("kubectl.kubernetes.io/last-applied-configuration"),
    ]

    init() { super.init(name: "endpoint-slice-mirroring-controller", output: .endpointSlice) }

    override func start() {
        watch(.endpoints)
        watch(.service)
        watch(.endpointSlice)
    }

    override func observe(_ change: Change) {
        switch change.kind {
        case .service:
            let wasSelecting = change.old.map { !ServiceView($0.value).selector.isEmpty } ?? true
            let isSelecting = change.new.map { !ServiceView($0.value).selector.isEmpty } ?? true
            if wasSelecting != isSelecting { enqueue(change.object) }
        case .endpoints:
            let isMirrored = [change.old, change.new].compactMap { $0 }.contains(where: canMirror)
            // Those of a Service with a selector are nothing to copy, and are written often; what there
            // is of copies goes when the Service gets its selector.
            let service = view.get(.service, change.object.key)
            let isSelecting = service.map { !ServiceView($0.value).selector.isEmpty } ?? false
            if isMirrored, !isSelecting { enqueue(change.object) }
        default:
            let labels = change.object.value[.metadata][.labels]
            guard labels[EndpointSliceController.managerLabel].string == Self.manager,
                change.cause.actor != actor,
                let name = labels[EndpointSliceController.serviceLabel].string
            else { return }
            enqueue(ObjectKey(namespace: change.object.namespace, name: name))
        }
    }

    private func canMirror(_ endpoints: StoredObject) -> Bool {
        let metadata = endpoints.value[.metadata]
        return metadata[.labels][Self.skipLabel].string != "true"
            && metadata[.annotations][Self.leaderAnnotation].isNull
    }

    override func reconcile(_ key: ObjectKey) throws(APIError) {
        let slices = view.list(.endpointSlice, namespace: key.namespace).filter {
            let labels = $0.value[.metadata][.labels]
            return labels[EndpointSliceController.serviceLabel].string == key.name
                && labels[EndpointSliceController.managerLabel].string == Self.manager
        }
        guard let endpoints = view.get(.endpoints, key), canMirror(endpoints),
            let service = view.get(.service, key), ServiceView(service.value).selector.isEmpty
        else {
            for slice in slices { try sendRemoval(of: slice, for: key) }
            return
        }
        try mirror(endpoints, slices)
    }

    private func sendRemoval(of slice: StoredObject, for key: ObjectKey) throws(APIError) {
        try send { [unowned self] () throws(APIError) in
            if let gone = try remove(slice) { wrote(gone, for: key) }
        }
    }

    // MARK: Copies

    /// A slice as it shall be.
    private struct Copy {
        let isIPv6: Bool
        let ports: [EndpointPort]
        var endpoints: [Value] = []

        var addressType: Value { isIPv6 ? "IPv6" : "IPv4" }
        var portValue: Value { .array(ports.map { $0.value(showsEmptyName: true) }) }

        func matches(_ slice: StoredObject) -> Bool {
            slice.value[.addressType] == addressType && slice.value[.ports] == portValue
        }
    }

    private func mirror(
        _ endpoints: StoredObject, _ slices: [StoredObject]
    ) throws(APIError) {
        let copies = copies(of: endpoints)
        var unused = slices
        var created: [Copy] = []
        var updated: [(Copy, StoredObject)] = []
        for copy in copies {
            guard let place = unused.firstIndex(where: copy.matches) else {
                created.append(copy)
                continue
            }
            let slice = unused.remove(at: place)
            if content(copy, endpoints, over: slice) != slice.value {
                updated.append((copy, slice))
            }
        }
        // Slices that would go are taken for those that would come.
        while let copy = created.last,
            let slice = unused.first(where: {
                $0.value[.addressType] == copy.addressType
            })
        {
            created.removeLast()
            unused.removeAll { $0 === slice }
            updated.append((copy, slice))
        }
        for copy in endpoints.isDeleting ? [] : created {
            let value = content(copy, endpoints, over: nil)
            try send { [unowned self] () throws(APIError) in
                wrote(
                    try api.create(.endpointSlice, value, in: endpoints.namespace),
                    for: endpoints.key)
            }
        }
        for (copy, slice) in updated {
            let value = content(copy, endpoints, over: slice)
            try send { [unowned self] () throws(APIError) in
                wrote(try api.update(slice, to: value), for: endpoints.key)
            }
        }
        for slice in unused { try sendRemoval(of: slice, for: endpoints.key) }
    }

    private func copies(of endpoints: StoredObject) -> [Copy] {
        var copies: [Copy] = []
        var skipped = 0
        for subset in endpoints.value[.subsets].elements {
            let ports = EndpointPort.inSliceOrder(
                subset[.ports].elements.map { EndpointPort($0) })
            var count = 0
            for (key, isReady) in [(Key.addresses, true), (.notReadyAddresses, false)] {
                for address in subset[key].elements {
                    guard count < Self.capacity else {
                        skipped += 1
                        continue
                    }
                    count += 1
                    let isIPv6 = address.text(.ip).contains(":")
                    let place =
                        copies.firstIndex { $0.isIPv6 == isIPv6 && $0.ports == ports }
                        ?? copies.count
                    if place == copies.count { copies.append(Copy(isIPv6: isIPv6, ports: ports)) }
                    copies[place].endpoints.append(endpoint(address, isReady))
                }
            }
        }
        if skipped > 0 {
            record(
                endpoints, .warning, reason: "TooManyAddressesToMirror",
                message: "A max of \(Self.capacity) addresses can be mirrored to EndpointSlices "
                    + "per Endpoints subset. \(skipped) addresses were skipped")
        }
        return copies
    }

    private func endpoint(_ address: Value, _ isReady: Bool) -> Value {
        var endpoint: Value = [
            .addresses: [address[.ip]], .conditions: [.ready: .bool(isReady)],
        ]
        for key in [Key.targetRef, .nodeName, .hostname] { endpoint[key] = address[key] }
        return endpoint
    }

    private func content(
        _ copy: Copy, _ endpoints: StoredObject, over current: StoredObject?
    ) -> Value {
        var value =
            current?.value ?? [
                .metadata: [
                    .generateName: Value(endpoints.name + "-"),
                    .ownerReferences: [controllerReference(to: endpoints)],
                ], .addressType: copy.addressType,
            ]
        let metadata = endpoints.value[.metadata]
        var labels = metadata[.labels].fields
        labels[EndpointSliceController.serviceLabel] = Value(endpoints.name)
        labels[EndpointSliceController.managerLabel] = Value(Self.manager)
        var annotations = metadata[.annotations].fields
        for key in Self.ignoredAnnotations { annotations.removeValue(forKey: key) }
        value[.metadata][.labels] = .object(labels)
        value[.metadata][.annotations] = annotations.isEmpty ? .null : .object(annotations)
        value[.endpoints] = .array(copy.endpoints)
        value[.ports] = copy.portValue
        return value
    }
}
