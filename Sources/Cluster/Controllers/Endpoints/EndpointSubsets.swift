import Model
import Support
import Value

/// Puts addresses and ports together into the subsets of an Endpoints object.
///
/// Source: pkg/api/v1/endpoints, RepackSubsets. Ports that the same addresses serve make one subset:
/// of a Service with http and metrics, whose pod a has both ports and pod b only http, come
/// `a, b: http` and `a: metrics`.
struct EndpointSubsets {
    /// An address of one set of ports.
    struct Address {
        let value: Value
        let isReady: Bool
        /// The first sixteen bytes of the text: most addresses are told apart by them.
        private let rank: (high: UInt64, low: UInt64)

        init(_ value: Value, isReady: Bool) {
            self.value = value
            self.isReady = isReady
            var bytes = value.text(.ip).utf8.prefix(16)[...]
            let next = {
                (0..<8).reduce(UInt64(0)) { rank, _ in
                    rank << 8 | UInt64(bytes.popFirst() ?? 0)
                }
            }
            rank = (next(), next())
        }

        /// Addresses go by their text, as upstream's do.
        static func isBefore(_ left: Address, _ right: Address) -> Bool {
            left.rank == right.rank
                ? EndpointSubsets.isBefore(left.value, right.value) : left.rank < right.rank
        }
    }

    private var addresses: [Value] = []
    private var places: [String: Int] = [:]
    private var ports: [EndpointPort?] = []
    /// By place in `ports`: whether the address of that number is ready.
    private var readiness: [[Int: Bool]] = []

    init() {}

    /// The subsets of an object that a user wrote.
    init(_ subsets: Value) {
        for subset in subsets.elements {
            let list = subset[.ports].elements.map { EndpointPort($0) }
            for (key, isReady) in [(Key.addresses, true), (Key.notReadyAddresses, false)] {
                for address in subset[key].elements {
                    add(address, isReady: isReady, at: list)
                }
            }
        }
    }

    /// Adds an address for each of `ports`; without any it is kept all the same.
    mutating func add(_ address: Value, isReady: Bool, at ports: [EndpointPort]) {
        let key = address.text(.ip) + " " + address[.targetRef].text(.uid)
        let place = places[key] ?? addresses.count
        if place == addresses.count {
            places[key] = place
            addresses.append(address)
        }
        let keys: [EndpointPort?] = ports.isEmpty ? [nil] : ports
        for port in keys {
            let index = self.ports.firstIndex { $0 == port } ?? self.ports.count
            if index == self.ports.count {
                self.ports.append(port)
                readiness.append([:])
            }
            // Not ready trumps ready.
            readiness[index][place] = (readiness[index][place] ?? true) && isReady
        }
    }

    /// A subset before it is a value.
    private struct Group {
        var ports: [EndpointPort]
        let readiness: [Int: Bool]
    }

    private var groups: [Group] {
        var groups: [Group] = []
        for (index, port) in ports.enumerated() {
            let own = port.map { [$0] } ?? []
            if let place = groups.firstIndex(where: { $0.readiness == readiness[index] }) {
                groups[place].ports += own
            } else {
                groups.append(Group(ports: own, readiness: readiness[index]))
            }
        }
        for index in groups.indices {
            groups[index].ports = EndpointPort.inEndpointsOrder(groups[index].ports)
        }
        return groups.sorted { EndpointPort.isBefore(Self.byName($0), Self.byName($1)) }
    }

    private static func byName(_ group: Group) -> [EndpointPort] {
        group.ports.sorted { EndpointPort.isBefore([$0], [$1]) }
    }

    /// The value of `subsets`, of at most `capacity` addresses, and whether some were left out; null
    /// without any. Addresses go by their text, as upstream's do.
    func value(capacity: Int = .max) -> (value: Value, isTruncated: Bool) {
        var parts = groups.map { group in
            let list = { (isReady: Bool) in
                group.readiness.filter { $0.value == isReady }.map { addresses[$0.key] }
                    .sorted(by: Self.isBefore)
            }
            return (ports: group.ports, ready: list(true), notReady: list(false))
        }
        return Self.value(&parts, capacity)
    }

    /// As ``value(capacity:)`` for addresses of different pods, in their order, that all have `ports`.
    static func value(
        _ addresses: [Address], at ports: [EndpointPort], capacity: Int
    ) -> (value: Value, isTruncated: Bool) {
        // Of one set of ports the first are kept, ready ones before others: no more than these are copied.
        var (ready, notReady): ([Value], [Value]) = ([], [])
        ready.reserveCapacity(min(addresses.count, capacity))
        for address in addresses {
            if address.isReady {
                guard ready.count < capacity else { break }
                ready.append(address.value)
            } else if notReady.count < capacity {
                notReady.append(address.value)
            }
        }
        notReady.removeLast(max(0, ready.count + notReady.count - capacity))
        var own: [EndpointPort] = []
        for port in ports where !own.contains(port) { own.append(port) }
        var parts = [
            (ports: EndpointPort.inEndpointsOrder(own), ready: ready, notReady: notReady)
        ]
        return (value(&parts, capacity).value, addresses.count > capacity)
    }

    private static func value(
        _ parts: inout [(ports: [EndpointPort], ready: [Value], notReady: [Value])],
        _ capacity: Int
    ) -> (value: Value, isTruncated: Bool) {
        let isTruncated = truncate(&parts, capacity)
        let values = parts.map { part in
            var subset = Value.emptyObject
            if !part.ready.isEmpty { subset[.addresses] = .array(part.ready) }
            if !part.notReady.isEmpty { subset[.notReadyAddresses] = .array(part.notReady) }
            if !part.ports.isEmpty {
                subset[.ports] = .array(part.ports.map { $0.value(showsEmptyName: false) })
            }
            return subset
        }
        return (values.isEmpty ? .null : .array(values), isTruncated)
    }

    fileprivate static func isBefore(_ left: Value, _ right: Value) -> Bool {
        let (first, second) = (left.text(.ip), right.text(.ip))
        return first == second
            ? left[.targetRef].text(.uid) < right[.targetRef].text(.uid) : first < second
    }

    /// Cuts what is beyond the capacity: ready addresses are kept first, and each subset loses in
    /// proportion, rounded so that the first keep more.
    /// Source: endpoints_controller.go, truncateEndpoints.
    private static func truncate(
        _ parts: inout [(ports: [EndpointPort], ready: [Value], notReady: [Value])],
        _ capacity: Int
    ) -> Bool {
        let ready = parts.reduce(0) { $0 + $1.ready.count }
        let notReady = parts.reduce(0) { $0 + $1.notReady.count }
        guard ready + notReady > capacity else { return false }
        let cutsReady = ready > capacity
        let room = cutsReady ? capacity : capacity - ready
        let total = cutsReady ? ready : notReady
        var left = room
        for index in parts.indices {
            let count = cutsReady ? parts[index].ready.count : parts[index].notReady.count
            let share = min((count * room + total - 1) / total, left)
            if cutsReady {
                parts[index].ready = Array(parts[index].ready.prefix(share))
                parts[index].notReady = []
            } else {
                parts[index].notReady = Array(parts[index].notReady.prefix(share))
            }
            left -= min(share, count)
        }
        return true
    }
}
