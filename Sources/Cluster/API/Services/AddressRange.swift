import API
import Support

/// A range of IPv4 addresses: `10.96.0.0/12`.
struct AddressRange: Hashable {
    /// The first address.
    let first: UInt32
    /// The last one.
    let last: UInt32

    /// Reads a range; nil for anything else, and for ranges of IPv6, which a cluster of IPv4 alone
    /// gives nothing from.
    init?(_ text: String?) {
        guard let text else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let bits = Int(parts[1]), (0...32).contains(bits),
            let address = Self.number(parts[0])
        else { return nil }
        let size = UInt64(1) << UInt64(32 - bits)
        first = UInt32(UInt64(address) / size * size)
        last = UInt32(UInt64(first) + size - 1)
    }

    /// An address as a number; nil for anything but IPv4.
    static func number(_ address: String) -> UInt32? {
        DNSName.ipv4(address).map { parts in
            parts.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
    }

    func contains(_ address: String) -> Bool {
        Self.number(address).map { $0 >= first && $0 <= last } ?? false
    }

    func contains(_ other: AddressRange) -> Bool { other.first >= first && other.last <= last }
}
