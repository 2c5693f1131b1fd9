/// An IP address by its bytes, read as the API's older fields read it: IPv4 with leading zeros, IPv6
/// in any form.
///
/// Source: netutils.ParseIPSloppy and Go's netip.
struct IPAddress: Hashable {
    /// Four or sixteen of them.
    let bytes: [UInt8]

    var isIPv6: Bool { bytes.count == 16 }
    var bitWidth: Int { bytes.count * 8 }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.ipv6(text) : Self.ipv4(text) else { return nil }
        // An IPv4 address in IPv6's clothes is one of IPv4.
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
        self.bytes = bytes.starts(with: mapped) ? Array(bytes.suffix(4)) : bytes
    }

    private static func ipv4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard !part.isEmpty, part.utf8.allSatisfy(NameRules.isDigit), let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func ipv6(_ text: String) -> [UInt8]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        var groups: [[UInt8]] = []
        for half in halves {
            guard let bytes = bytes(of: half) else { return nil }
            groups.append(bytes)
        }
        if halves.count == 1 { return groups[0].count == 16 ? groups[0] : nil }
        let gap = 16 - groups[0].count - groups[1].count
        return gap >= 2 ? groups[0] + Array(repeating: 0, count: gap) + groups[1] : nil
    }

    /// The bytes of groups between colons; the last may be an IPv4 address.
    private static func bytes(of half: Substring) -> [UInt8]? {
        if half.isEmpty { return [] }
        var result: [UInt8] = []
        let parts = half.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let four = ipv4(part) {
                result += four
            } else if (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
                let number = UInt16(part, radix: 16)
            {
                result += [UInt8(number >> 8), UInt8(number & 0xFF)]
            } else {
                return nil
            }
        }
        return result
    }

    /// The first address of the range of that many bits.
    func masked(to bits: Int) -> IPAddress {
        IPAddress(
            bytes: bytes.enumerated().map { index, byte in
                let kept = min(max(bits - index * 8, 0), 8)
                return kept == 0 ? 0 : byte & (0xFF << (8 - kept))
            })
    }

    /// The canonical form: `10.0.0.1`, `2001:db8::1`. The longest run of zero groups is left out, the
    /// first of equals, if there are at least two (RFC 5952).
    var text: String {
        guard isIPv6 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        var (start, length) = (0, 0)
        var index = 0
        while index < groups.count {
            var end = index
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - index > length { (start, length) = (index, end - index) }
            index = max(end, index + 1)
        }
        func joined(_ part: ArraySlice<Int>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard length >= 2 else { return joined(groups[...]) }
        return joined(groups[..<start]) + "::" + joined(groups[(start + length)...])
    }
}
