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

    /// The list as an object of quantities' texts, ordered by name.
    package var value: Value {
        .object(
            Object(
                fields: entries.map { ($0.name, Value($0.amount.text)) }.sorted {
                    $0.0.name < $1.0.name
                }))
    }
}

extension PodSpecView {
    /// What the pod asks of a node: the sum over containers, or the most that any init container
    /// needs beside the sidecars started before it, whichever is more; plus overhead.
    ///
    /// Containers 100m + 200m with an init container of 500m: 500m.
    /// Source: component-helpers, resource.PodRequests (KEP-753 for sidecars).
    package var requests: ResourceList { total { ResourceList($0.requests) } }

    /// The same over limits; containers without a limit count as none.
    package var limits: ResourceList { total { ResourceList($0.limits) } }

    private func total(_ amounts: (ContainerView) -> ResourceList) -> ResourceList {
        var sum = ResourceList()
        for container in containers { sum.add(amounts(container)) }
        var sidecars = ResourceList()
        var initPeak = ResourceList()
        for container in initContainers {
            var needed = amounts(container)
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
        sum.add(ResourceList(overhead))
        return sum
    }

    /// "Guaranteed", "Burstable" or "BestEffort".
    ///
    /// Guaranteed needs cpu and memory limits in every container with equal requests.
    /// Source: qos.ComputePodQOS.
    package var qosClass: String {
        var anyAmount = false
        var isGuaranteed = true
        for container in containers + initContainers {
            let requests = ResourceList(container.requests)
            let limits = ResourceList(container.limits)
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
