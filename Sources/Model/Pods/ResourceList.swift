import Support
import Value

/// Amounts of resources by name. Few entries, so look-up is a linear search over keys.
package struct ResourceList: Sendable {
    /// In order of first appearance.
    package private(set) var entries: [(name: Key, amount: Quantity)]

    package init() { entries = [] }

    /// The quantities of a map such as `requests`; what is no quantity is left out.
    package init(_ object: Object) {
        entries = []
        entries.reserveCapacity(object.count)
        for field in object {
            if let amount = Quantity(field.value) {
                entries.append((name: field.key, amount: amount))
            }
        }
    }

    /// The amount of a resource; zero where absent.
    package subscript(name: Key) -> Quantity {
        get {
            for entry in entries where entry.name == name { return entry.amount }
            return .zero
        }
        set {
            if let index = entries.firstIndex(where: { $0.name == name }) {
                entries[index].amount = newValue
            } else {
                entries.append((name, newValue))
            }
        }
    }

    /// Whether the list names the resource, be it with zero.
    package func contains(_ name: Key) -> Bool { entries.contains { $0.name == name } }

    package var isEmpty: Bool { entries.isEmpty }

    /// Adds each amount of `other`.
    package mutating func add(_ other: ResourceList) {
        for entry in other.entries { self[entry.name] += entry.amount }
    }

    /// Subtracts each amount of `other`; a resource that is not there becomes negative.
    package mutating func subtract(_ other: ResourceList) {
        for entry in other.entries { self[entry.name] -= entry.amount }
    }

    /// Raises each amount to that of `other` where it is smaller.
    package mutating func raise(to other: ResourceList) {
        for entry in other.entries where !contains(entry.name) || self[entry.name] < entry.amount {
            self[entry.name] = entry.amount
        }
    }

    /// The entries ordered by name.
    package var sortedByName: [(name: Key, amount: Quantity)] {
        entries.sorted { $0.name.name < $1.name.name }
    }

    /// The list as an object of quantities' texts, ordered by name.
    package var value: Value {
        .object(Object(fields: sortedByName.map { ($0.name, Value($0.amount.text)) }))
    }
}

extension PodSpecView {
    /// What the pod asks of a node: the sum over containers, or the most that any init container
    /// needs beside the sidecars started before it, whichever is more; plus overhead.
    ///
    /// Containers 100m + 200m with an init container of 500m: 500m.
    /// Source: component-helpers, resource.PodRequests (KEP-753 for sidecars).
    /// What is said for the pod as a whole takes the place of what its containers come to (KEP-2837).
    package var requests: ResourceList { total(value[.resources][.requests]) { $0.requests } }

    /// The same over limits; containers without a limit count as none.
    /// Overhead counts where there is a limit.
    package var limits: ResourceList {
        var limits = total(value[.resources][.limits], hasOverhead: false) { $0.limits }
        for entry in ResourceList(overhead).entries where !limits[entry.name].isZero {
            limits[entry.name] += entry.amount
        }
        return limits
    }

    /// What the containers ask for together, without what is said for the pod and without overhead
    /// (AggregateContainerRequests).
    package var containerRequests: ResourceList { sum { $0.requests } }

    /// The same over limits.
    package var containerLimits: ResourceList { sum { $0.limits } }

    /// Whether something is said of a resource for the pod as a whole.
    private var hasPodResources: Bool { !value[.resources].isNull }

    private func total(
        _ ofPod: Value, hasOverhead: Bool = true, _ amounts: (ContainerView) -> Object
    ) -> ResourceList {
        var sum = sum(amounts)
        if hasPodResources {
            for entry in ResourceList(ofPod.fields).entries
            where ResourceNames.isForPods(entry.name.name) {
                sum[entry.name] = entry.amount
            }
        }
        if hasOverhead { sum.add(ResourceList(overhead)) }
        return sum
    }

    private func sum(_ fields: (ContainerView) -> Object) -> ResourceList {
        var sum = ResourceList()
        for container in containers { sum.add(ResourceList(fields(container))) }
        var sidecars = ResourceList()
        var initPeak = ResourceList()
        for container in initContainers {
            var needed = ResourceList(fields(container))
            if container.isRestartableInit {
                sum.add(needed)
                sidecars.add(needed)
                needed = sidecars
            } else {
                needed.add(sidecars)
            }
            initPeak.raise(to: needed)
        }
        sum.raise(to: initPeak)
        return sum
    }

    /// "Guaranteed", "Burstable" or "BestEffort".
    ///
    /// Guaranteed needs cpu and memory limits in every container with equal requests, or the same for the
    /// pod as a whole where something is said for it.
    /// Source: qos.ComputePodQOS.
    package var qosClass: String {
        var anyAmount = false
        var isGuaranteed = true
        let parts =
            hasPodResources
            ? [(value[.resources].map(.requests), value[.resources].map(.limits))]
            : (containers + initContainers).map { ($0.requests, $0.limits) }
        for part in parts {
            let requests = ResourceList(part.0)
            let limits = ResourceList(part.1)
            for name in [Key.cpu, .memory] {
                let limit = limits[name]
                let request = requests[name]
                if !limit.isZero || !request.isZero { anyAmount = true }
                // Defaulting has set requests from limits, so a missing request differs.
                if limit.isZero || request != limit { isGuaranteed = false }
            }
        }
        if !anyAmount { return "BestEffort" }
        return isGuaranteed ? "Guaranteed" : "Burstable"
    }

    /// The host ports of the containers (and, with the host's network, what the API has set).
    package var hostPorts: [(ip: String, port: Int, protocolName: String)] {
        (containers + initContainers.filter(\.isRestartableInit)).flatMap { container in
            container.ports.compactMap { port in
                let number = port.int(.hostPort)
                guard number > 0 else { return nil }
                let ip = port[.hostIP].string ?? "0.0.0.0"
                return (ip.isEmpty ? "0.0.0.0" : ip, number, port[.protocol].string ?? "TCP")
            }
        }
    }
}
