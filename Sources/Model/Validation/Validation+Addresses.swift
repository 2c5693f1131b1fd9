import Support
import Value

/// The text forms of IP addresses.
package enum IPText {
    /// Whether `text` is an IPv4 address: four numbers up to 255 without leading zeros.
    package static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy(NameRules.isDigit) && UInt8(part) != nil
                    && (part.count == 1 || part.first != "0")
            }
    }

    /// Whether `text` is an IPv6 address: up to eight groups of up to four hexadecimal digits, with
    /// one gap at most.
    package static func isIPv6(_ text: String) -> Bool {
        guard text.contains(":") else { return false }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        let groups = halves.flatMap { $0.isEmpty ? [] : $0.split(separator: ":") }
        let separators = halves.map { half in half.count { $0 == ":" } }
        let fits = zip(halves, separators).allSatisfy { half, count in
            half.isEmpty ? true : half.split(separator: ":").count == count + 1
        }
        return fits && (halves.count == 2 ? groups.count < 8 : groups.count == 8)
            && groups.allSatisfy { group in
                (1...4).contains(group.count) && group.allSatisfy(\.isHexDigit)
            }
    }

    /// Whether `text` is an address with the length of a prefix: `10.0.0.0/8`.
    static func isRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let bits = Int(parts[1]), bits >= 0 else { return false }
        return isIPv4(parts[0]) && bits <= 32 || isIPv6(parts[0]) && bits <= 128
    }
}

extension Validator {
    /// IsValidIP.
    mutating func address(_ text: String, _ path: ErrorPath) {
        guard !IPText.isIPv4(text), !IPText.isIPv6(text) else { return }
        add(
            .invalid(
                path, Value(text),
                "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
    }

    /// IsValidIPForLegacyField: older fields take any form of an address that has one meaning only.
    mutating func legacyAddress(_ text: String, _ path: ErrorPath) {
        guard let address = IPAddress(text) else {
            add(
                .invalid(
                    path, Value(text),
                    "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
            return
        }
        if text.contains(":"), !address.isIPv6 {
            add(.invalid(path, Value(text), "must not be an IPv4-mapped IPv6 address"))
        } else if !address.isIPv6, !IPText.isIPv4(text) {
            add(.invalid(path, Value(text), "must not have leading 0s"))
        }
    }

    /// IsValidCIDRForLegacyField. Answers the range; nil for none.
    mutating func legacyRange(
        _ text: String, _ path: ErrorPath
    ) -> (address: IPAddress, bits: Int)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let address = IPAddress(parts[0]), let bits = Int(parts[1]),
            parts[1].utf8.allSatisfy(NameRules.isDigit), (0...address.bitWidth).contains(bits)
        else {
            add(
                .invalid(
                    path, Value(text),
                    "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"))
            return nil
        }
        let isMapped = parts[0].contains(":") && !address.isIPv6
        let hasZeros = !isMapped && !address.isIPv6 && !IPText.isIPv4(parts[0])
        let problem: String? =
            if hasZeros || parts[1] != String(bits) {
                "must not have leading 0s in IP or prefix length"
            } else if isMapped {
                "must not have an IPv4-mapped IPv6 address"
            } else if address.masked(to: bits) != address {
                "must not have bits set beyond the prefix length"
            } else {
                nil
            }
        if let problem { add(.invalid(path, Value(text), problem)) }
        return (address, bits)
    }

    /// IsValidIP of newer fields, which take the canonical form alone. Answers the address; nil where
    /// there is none in that form.
    mutating func strictAddress(_ text: String, _ path: ErrorPath) -> IPAddress? {
        let count = errors.count
        legacyAddress(text, path)
        guard errors.count == count, let address = IPAddress(text) else { return nil }
        if address.text == text { return address }
        canonicalForm(address.text, of: text, path)
        return nil
    }

    /// IsValidCIDR of newer fields. Answers the first address of the range; nil where it is none.
    mutating func strictRange(_ text: String, _ path: ErrorPath) -> IPAddress? {
        let count = errors.count
        guard let range = legacyRange(text, path) else { return nil }
        let first = range.address.masked(to: range.bits)
        let form = "\(first.text)/\(range.bits)"
        if errors.count == count, form != text { canonicalForm(form, of: text, path) }
        return first
    }

    private mutating func canonicalForm(_ form: String, of text: String, _ path: ErrorPath) {
        add(.invalid(path, Value(text), "must be in canonical form (\(GoSyntax.quote(form)))"))
    }

    /// IsValidIPForLegacyField and ValidateNonSpecialIP.
    mutating func ordinaryAddress(_ text: String, _ path: ErrorPath) {
        let count = errors.count
        legacyAddress(text, path)
        guard errors.count == count else { return }
        let lower = text.lowercased()
        let problem: String? =
            if text == "0.0.0.0" || lower == "::" {
                "may not be unspecified (0.0.0.0 or ::)"
            } else if text.hasPrefix("127.") || lower == "::1" {
                "may not be in the loopback range (127.0.0.0/8, ::1/128)"
            } else if text.hasPrefix("169.254.") || lower.hasPrefix("fe80:") {
                "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
            } else if text.hasPrefix("224.0.0.") || lower.hasPrefix("ff02:") {
                "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"
            } else {
                nil
            }
        if let problem { add(.invalid(path, Value(text), problem)) }
    }
}
