import Support

/// The addresses that the pods of a node get, as the host-local IPAM plugin gives them: the next free one
/// after the last that was given, round and round, and never one that is in use.
///
/// The first address of the range is the network's, the second the gateway's, the last the broadcast's: of
/// 10.244.1.0/24 the pods get 10.244.1.2 to 10.244.1.254.
struct AddressPool {
    /// The first address of the range.
    private let network: UInt32
    /// How many addresses the range has, those that no pod gets included.
    private let size: UInt32
    private var isUsed: [Bool]
    private var used = 0
    /// The offset that was given last.
    private var last: UInt32 = 1

    /// A pool for a range such as `10.244.1.0/24`; nil for what is no range of IPv4 addresses with room for a
    /// pod, or is wider than /12 (a million addresses).
    init?(range: String) {
        let parts = range.split(separator: "/", omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
            .compactMap { UInt8($0) }
        guard parts.count == 2, numbers.count == 4, let bits = Int(parts[1]),
            (12...29).contains(bits)
        else { return nil }
        size = 1 << UInt32(32 - bits)
        network = numbers.reduce(0) { $0 << 8 | UInt32($1) } / size * size
        isUsed = Array(repeating: false, count: Int(size))
    }

    /// Whether an address is of the range.
    func contains(_ address: String) -> Bool {
        let numbers = address.split(separator: ".").compactMap { UInt8($0) }
        let number = numbers.reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        return numbers.count == 4 && number >= network && number - network < size
    }

    /// Whether every address is in use.
    var isExhausted: Bool { used >= Int(size) - 3 }

    /// The range of the addresses that pods get, as the plugin names it.
    var rangeSet: String { "\(text(1))-\(text(size - 2))" }

    /// The next free address; nil where there is none. O(addresses in use in a row).
    mutating func take() -> String? {
        if isExhausted { return nil }
        repeat { last = last >= size - 2 ? 2 : last + 1 } while isUsed[Int(last)]
        isUsed[Int(last)] = true
        used += 1
        return text(last)
    }

    /// Takes an address back; what is not one of the pool's in use is left alone.
    mutating func give(_ address: String) {
        let numbers = address.split(separator: ".").compactMap { UInt8($0) }
        let number = numbers.reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        guard numbers.count == 4, number >= network, number - network < size,
            isUsed[Int(number - network)]
        else { return }
        isUsed[Int(number - network)] = false
        used -= 1
    }

    /// Takes all addresses back.
    mutating func reset() {
        isUsed = Array(repeating: false, count: Int(size))
        used = 0
    }

    private func text(_ offset: UInt32) -> String {
        let number = network + offset
        return "\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
    }
}
