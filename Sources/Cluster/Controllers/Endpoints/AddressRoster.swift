import Model
import Support
import Value

/// What an Endpoints object lists of the pods of one service, kept in the order of addresses and brought up to
/// date pod by pod.
final class AddressRoster {
    /// A pod in the object.
    struct Listed {
        let address: EndpointSubsets.Address
        let ports: [EndpointPort]
    }

    private var listed: [Slot: Listed] = [:]
    /// In their order.
    private(set) var addresses: [EndpointSubsets.Address] = []
    /// How many pods have which ports. Only looked up where there is one entry.
    private var ports: [[EndpointPort]: Int] = [:]

    init() {}

    /// An equal roster for another world.
    func copy() -> AddressRoster {
        let copy = AddressRoster()
        copy.listed = listed
        copy.addresses = addresses
        copy.ports = ports
        return copy
    }

    /// The ports that all pods have; nil where there are several kinds, or no pods.
    var commonPorts: [EndpointPort]? { ports.count == 1 ? ports.first?.key : nil }

    var isEmpty: Bool { listed.isEmpty }

    func forget() {
        listed.removeAll()
        addresses.removeAll()
        ports.removeAll()
    }

    /// Takes note of what the object says of the pod in a slot now; nil for nothing.
    func set(_ slot: Slot, to new: Listed?) {
        if let old = listed[slot] {
            let place = place(of: old.address)
            if place < addresses.count, addresses[place].value == old.address.value {
                addresses.remove(at: place)
            }
            count(old.ports, -1)
        }
        listed[slot] = new
        guard let new else { return }
        addresses.insert(new.address, at: place(of: new.address))
        count(new.ports, 1)
    }

    private func count(_ own: [EndpointPort], _ step: Int) {
        let number = ports[own, default: 0] + step
        ports[own] = number == 0 ? nil : number
    }

    /// The place of an address, or the one that it would have.
    private func place(of address: EndpointSubsets.Address) -> Int {
        var (low, high) = (0, addresses.count)
        while low < high {
            let middle = (low + high) / 2
            if EndpointSubsets.Address.isBefore(addresses[middle], address) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
