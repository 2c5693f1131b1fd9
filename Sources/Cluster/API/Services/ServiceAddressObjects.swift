import Model
import Support
import Value

/// What the allocator of Service addresses writes on its IPAddress objects.
enum ServiceAddressLabels {
    static let manager: Key = "ipaddress.kubernetes.io/managed-by"
    static let family: Key = "ipaddress.kubernetes.io/ip-family"
    static let allocator = "ipallocator.k8s.io"
}

/// The IPAddress object of each address that a Service has: there as long as the Service has it.
/// Source: pkg/registry/core/service/ipallocator.
extension APIServer {
    /// Follows a write to a Service.
    func trackAddresses(by change: Change) {
        let old = change.old.map { Self.addresses(of: $0.value) } ?? []
        let new = change.type == .deleted ? [] : Self.addresses(of: change.object.value)
        for address in old where !new.contains(address) { release(address) }
        for address in new where !old.contains(address) {
            take(address, for: change.object)
        }
    }

    private static func addresses(of service: Value) -> [String] {
        service[.spec][.clusterIPs].elements.compactMap(\.string).filter {
            $0 != "None" && !$0.isEmpty
        }
    }

    private func take(_ address: String, for service: StoredObject) {
        guard find(.ipAddress, name: address) == nil else { return }
        install(
            .ipAddress,
            [
                .metadata: [
                    .labels: [
                        ServiceAddressLabels.family: "IPv4",
                        ServiceAddressLabels.manager: Value(ServiceAddressLabels.allocator),
                    ], .name: Value(address),
                ],
                .spec: [
                    "parentRef": [
                        .name: Value(service.name), .namespace: Value(service.namespace),
                        .resource: "services",
                    ]
                ],
            ])
    }

    private func release(_ address: String) {
        guard let object = find(.ipAddress, name: address),
            object.value[.metadata][.labels].text(ServiceAddressLabels.manager)
                == ServiceAddressLabels.allocator
        else { return }
        _ = commit(.ipAddress, object.key, old: object, value: nil, verb: .delete)
    }

    /// Whether somebody has an address already, but the Service `key`.
    func isTaken(_ address: String, except key: ObjectKey) -> Bool {
        guard let object = find(.ipAddress, name: address) else { return false }
        let parent = object.value[.spec]["parentRef"]
        return parent.text(.resource) != "services" || parent.text(.name) != key.name
            || parent.text(.namespace) != key.namespace
    }

    /// Whether some range of Service addresses that is ready holds an address, but not as its first or
    /// last one.
    func isServiceAddress(_ address: String) -> Bool {
        guard let number = AddressRange.number(address) else { return false }
        var isFound = false
        store.state.forEach(.serviceCIDR) { object in
            guard !object.isDeleting else { return }
            for text in object.value[.spec]["cidrs"].elements {
                guard let range = AddressRange(text.string) else { continue }
                if number > range.first, number < range.last { isFound = true }
            }
        }
        return isFound
    }
}
