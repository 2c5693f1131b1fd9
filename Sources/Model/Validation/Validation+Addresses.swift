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

    /// IsValidIP and ValidateNonSpecialIP.
    mutating func ordinaryAddress(_ text: String, _ path: ErrorPath) {
        let count = errors.count
        address(text, path)
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

    /// ValidateEndpoints.
    mutating func endpoints(_ object: Value) {
        for (index, subset) in object.list(.subsets).enumerated() {
            let path = ErrorPath("subsets")[index]
            let lists = [(Key.addresses, "addresses"), (.notReadyAddresses, "notReadyAddresses")]
            if lists.allSatisfy({ subset.list($0.0).isEmpty }) {
                add(.required(path, "must specify `addresses` or `notReadyAddresses`"))
            }
            for (key, name) in lists {
                for (place, address) in subset.list(key).enumerated() {
                    let path = path.child(name)[place]
                    ordinaryAddress(address.text(.ip), path.child("ip"))
                    let host = address.text(.hostname)
                    if !host.isEmpty {
                        messages(NameRules.dns1123Label(host), host, path.child("hostname"))
                    }
                }
            }
            let ports = subset.list(.ports)
            for (place, port) in ports.enumerated() {
                endpointPort(port, needsName: ports.count > 1, path.child("ports")[place])
            }
        }
    }

    private mutating func endpointPort(_ port: Value, needsName: Bool, _ path: ErrorPath) {
        let name = port.text(.name)
        if name.isEmpty, needsName {
            add(.required(path.child("name")))
        } else if !name.isEmpty {
            messages(NameRules.dns1123Label(name), name, path.child("name"))
        }
        for message in NameRules.portNumber(port.int(.port)) {
            add(.invalid(path.child("port"), Value(port.int(.port)), message))
        }
        oneOf(port[.protocol], ["SCTP", "TCP", "UDP"], path.child("protocol"))
    }

    /// ValidateEndpointSlice.
    mutating func endpointSlice(_ object: Value) {
        oneOf(object[.addressType], ["FQDN", "IPv4", "IPv6"], ErrorPath("addressType"))
        let type = object.text(.addressType)
        let list = object.list(.endpoints)
        if list.count > 1_000 { add(tooMany(ErrorPath("endpoints"), list.count, 1_000)) }
        for (index, endpoint) in list.enumerated() {
            let path = ErrorPath("endpoints")[index].child("addresses")
            let addresses = endpoint.list(.addresses).compactMap(\.string)
            if addresses.isEmpty {
                add(.required(path, "must contain at least 1 address"))
            } else if addresses.count > 100 {
                add(tooMany(path, addresses.count, 100))
            }
            for (place, address) in addresses.enumerated() {
                if type == "IPv4", !IPText.isIPv4(address) {
                    add(.invalid(path[place], Value(address), "must be a valid IPv4 address"))
                } else if type == "IPv6", !IPText.isIPv6(address) {
                    add(.invalid(path[place], Value(address), "must be a valid IPv6 address"))
                } else if type == "FQDN" {
                    messages(NameRules.dns1123Subdomain(address), address, path[place])
                }
            }
        }
        var names: Set<String> = []
        for (index, port) in object.list(.ports).enumerated() {
            let path = ErrorPath("ports")[index]
            let name = port.text(.name)
            if !name.isEmpty { messages(NameRules.dns1123Label(name), name, path.child("name")) }
            if !names.insert(name).inserted {
                add(.duplicate(path.child("name"), Value(name)))
            }
            oneOf(port[.protocol], ["SCTP", "TCP", "UDP"], path.child("protocol"))
        }
    }

    private func tooMany(_ path: ErrorPath, _ count: Int, _ limit: Int) -> FieldError {
        FieldError(
            path: path.text, reason: .tooMany, shown: String(count),
            detail: "must have at most \(limit) items")
    }

    /// ValidateEndpointSliceUpdate.
    mutating func endpointSliceUpdate(_ object: Value, _ old: Value) {
        immutable(object[.addressType], old[.addressType], ErrorPath("addressType"))
    }
}
