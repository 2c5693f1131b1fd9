/// An IP address, as Go's `netip.Addr` reads and prints it.
struct CELAddress: Hashable, Sendable {
    /// Four bytes or sixteen.
    let bytes: [UInt8]

    var isV4: Bool { bytes.count == 4 }

    /// Whether it is an IPv6 address that stands for an IPv4 one: `::ffff:1.2.3.4`.
    var isMapped: Bool {
        bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF
            && bytes[11] == 0xFF
    }

    /// What is wrong with a text, in Go's words.
    struct Wrong: Error {
        let message: String
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads an address without a zone.
    init(parsing text: String) throws(Wrong) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "."):
                bytes = try Self.four(text)
                return
            case UInt8(ascii: ":"):
                bytes = try Self.sixteen(text)
                return
            case UInt8(ascii: "%"):
                throw Self.wrong(text, "missing IPv6 address")
            default: break
            }
        }
        throw Self.wrong(text, "unable to parse IP")
    }

    private static func wrong(_ text: String, _ reason: String, at rest: Substring? = nil) -> Wrong
    {
        let place = rest.map { " (at \(quoted(String($0))))" } ?? ""
        return Wrong(message: "ParseAddr(\(quoted(text))): \(reason)\(place)")
    }

    static func quoted(_ text: String) -> String { CELQuoting.go(text) }

    private static func four(_ text: String) throws(Wrong) -> [UInt8] {
        var bytes: [UInt8] = []
        var number = 0
        var digits = 0
        for (index, byte) in text.utf8.enumerated() {
            let rest = Substring(text.utf8.dropFirst(index))
            if (0x30...0x39).contains(byte) {
                if digits == 1, number == 0 {
                    throw wrong(text, "IPv4 field has octet with leading zero")
                }
                number = number * 10 + Int(byte - 0x30)
                digits += 1
                if number > 255 { throw wrong(text, "IPv4 field has value >255") }
            } else if byte == UInt8(ascii: ".") {
                let isLast = index == text.utf8.count - 1
                if index == 0 || isLast || digits == 0 {
                    throw wrong(text, "IPv4 field must have at least one digit", at: rest)
                }
                if bytes.count == 3 { throw wrong(text, "IPv4 address too long") }
                bytes.append(UInt8(number))
                number = 0
                digits = 0
            } else {
                throw wrong(text, "unexpected character", at: rest)
            }
        }
        guard bytes.count == 3 else { throw wrong(text, "IPv4 address too short") }
        return bytes + [UInt8(number)]
    }

    private static func sixteen(_ text: String) throws(Wrong) -> [UInt8] {
        if text.utf8.contains(UInt8(ascii: "%")) {
            throw Wrong(message: "IP address \(quoted(text)) with zone value is not allowed")
        }
        var rest = text[...]
        var bytes: [UInt8] = []
        var gap: Int?
        if rest.hasPrefix("::") {
            gap = 0
            rest = rest.dropFirst(2)
            if rest.isEmpty { return Array(repeating: 0, count: 16) }
        }
        while bytes.count < 16 {
            let word = rest.prefix { $0.isHexDigit && $0.isASCII }
            if word.utf8.count > 4 {
                throw wrong(text, "each group must have 4 or fewer digits", at: rest)
            }
            guard let number = UInt16(word, radix: 16) else {
                throw wrong(
                    text, "each colon-separated field must have at least one digit", at: rest)
            }
            let behind = rest.dropFirst(word.count)
            if behind.first == "." {
                if gap == nil, bytes.count != 12 {
                    throw wrong(
                        text,
                        "embedded IPv4 address must replace the final 2 fields of the address",
                        at: rest)
                }
                if bytes.count + 4 > 16 {
                    throw wrong(
                        text,
                        "too many hex fields to fit an embedded IPv4 at the end of the address",
                        at: rest)
                }
                bytes += try four(String(rest))
                rest = ""
                break
            }
            bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
            rest = behind
            if rest.isEmpty { break }
            guard rest.first == ":" else {
                throw wrong(text, "unexpected character, want colon", at: rest)
            }
            guard rest.count > 1 else {
                throw wrong(text, "colon must be followed by more characters", at: rest)
            }
            rest = rest.dropFirst()
            if rest.first == ":" {
                if gap != nil { throw wrong(text, "multiple :: in address", at: rest) }
                gap = bytes.count
                rest = rest.dropFirst()
                if rest.isEmpty { break }
            }
        }
        if !rest.isEmpty { throw wrong(text, "trailing garbage after address", at: rest) }
        guard bytes.count < 16 else {
            if gap != nil {
                throw wrong(text, "the :: must expand to at least one field of zeros")
            }
            return bytes
        }
        guard let gap else { throw wrong(text, "address string too short") }
        bytes.insert(contentsOf: repeatElement(0, count: 16 - bytes.count), at: gap)
        return bytes
    }

    /// The canonical form.
    var text: String {
        if isV4 { return bytes.map { String($0) }.joined(separator: ".") }
        if isMapped { return "::ffff:" + CELAddress(bytes: Array(bytes[12...])).text }
        let words = stride(from: 0, to: 16, by: 2).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
        var best = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, words[end] == 0 { end += 1 }
            if end - start >= 2, end - start > best.count { best = start..<end }
            start = max(end, start + 1)
        }
        func hex(_ range: Range<Int>) -> String {
            words[range].map { String($0, radix: 16) }.joined(separator: ":")
        }
        if best.isEmpty { return hex(0..<8) }
        return hex(0..<best.lowerBound) + "::" + hex(best.upperBound..<8)
    }

    // MARK: What it is for

    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }

    var isLoopback: Bool {
        isV4 ? bytes[0] == 127 : bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    var isMulticast: Bool { isV4 ? bytes[0] & 0xF0 == 0xE0 : bytes[0] == 0xFF }

    var isLinkLocalMulticast: Bool {
        isV4
            ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0
            : bytes[0] == 0xFF && bytes[1] & 0x0F == 2
    }

    var isLinkLocalUnicast: Bool {
        isV4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }

    var isGlobalUnicast: Bool {
        let isBroadcast = isV4 && bytes.allSatisfy { $0 == 255 }
        return !isBroadcast && !isUnspecified && !isLoopback && !isMulticast
            && !isLinkLocalUnicast
    }
}

/// A network: an address and how many of its bits count.
struct CELNetwork: Hashable, Sendable {
    let address: CELAddress
    let length: Int

    init(address: CELAddress, length: Int) {
        self.address = address
        self.length = length
    }

    /// Reads `10.0.0.0/8` as Go's `netip.ParsePrefix`.
    init(parsing text: String) throws(CELAddress.Wrong) {
        func wrong(_ reason: String) -> CELAddress.Wrong {
            CELAddress.Wrong(
                message: "netip.ParsePrefix(\(CELAddress.quoted(text))): \(reason)")
        }
        guard let slash = text.lastIndex(of: "/") else { throw wrong("no '/'") }
        do {
            address = try CELAddress(parsing: String(text[..<slash]))
        } catch {
            throw wrong(error.message)
        }
        let bits = text[text.index(after: slash)...]
        let isNumber = bits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, let length = Int(bits), bits.utf8.count == 1 || bits.first != "0" else {
            throw wrong("bad bits after slash: \(CELAddress.quoted(String(bits)))")
        }
        guard length <= address.bytes.count * 8 else { throw wrong("prefix length out of range") }
        self.length = length
    }

    var text: String { "\(address.text)/\(length)" }

    /// The network with the bits behind its length at zero.
    var masked: CELNetwork {
        var bytes = address.bytes
        for index in bytes.indices {
            let kept = min(8, max(0, length - index * 8))
            bytes[index] &= UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
        return CELNetwork(address: CELAddress(bytes: bytes), length: length)
    }

    func contains(_ other: CELAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        return CELNetwork(address: other, length: length).masked.address == masked.address
    }

    func contains(_ other: CELNetwork) -> Bool {
        length <= other.length && contains(other.address)
    }
}
