/// The types of DNS record that can be asked for.
package enum DNSRecordType: String, CaseIterable, Sendable {
    case a = "A"
    case aaaa = "AAAA"
    case any = "ANY"
    case cname = "CNAME"
    case mx = "MX"
    case ns = "NS"
    case ptr = "PTR"
    case soa = "SOA"
    case srv = "SRV"
    case txt = "TXT"

    /// The type that a user wrote, in capitals or not; nil for another word.
    package init?(named text: String) { self.init(rawValue: text.uppercased()) }
}

/// One DNS record.
package struct DNSRecord: Hashable, Sendable {
    /// The absolute name, with its final dot.
    package let name: String
    package let type: DNSRecordType
    /// How long it may be kept, in seconds.
    package let ttlSeconds: Int
    /// The data as a zone file shows it: "10.96.0.1", "0 100 80 web.default.svc.cluster.local.".
    package let data: String

    package init(name: String, type: DNSRecordType, ttlSeconds: Int, data: String) {
        self.name = name
        self.type = type
        self.ttlSeconds = ttlSeconds
        self.data = data
    }

    /// The bytes that the record takes on the wire, without compression of names.
    package var wireBytes: Int { DNSName.wireBytes(name) + 10 + dataBytes }

    /// The bytes of the data. Source: RFC 1035 and RFC 2782.
    private var dataBytes: Int {
        let words = data.split(separator: " ").map(String.init)
        switch type {
        case .a: return 4
        case .aaaa: return 16
        case .srv: return 6 + DNSName.wireBytes(words.last ?? "")
        case .soa: return DNSName.wireBytes(words[0]) + DNSName.wireBytes(words[1]) + 20
        case .txt: return data.utf8.count - 1
        case .cname, .ns, .ptr, .any, .mx: return DNSName.wireBytes(data)
        }
    }
}

/// What a DNS server answers.
package struct DNSResponse: Sendable {
    /// The outcome, by its name in a header.
    package enum Status: String, Sendable {
        /// The name exists, be it without a record of the type asked for.
        case noError = "NOERROR"
        /// There is no such name.
        case noSuchName = "NXDOMAIN"
        /// The server was not asked anything it could answer.
        case refused = "REFUSED"
    }

    /// The absolute name that was asked for, with its final dot.
    package let name: String
    package let type: DNSRecordType
    package var status = Status.noError
    package var answers: [DNSRecord] = []
    package var authority: [DNSRecord] = []
    package var additional: [DNSRecord] = []
    /// Whether the answer comes from the cluster's own zones rather than from outside.
    package var isAuthoritative = true

    /// An answer without records.
    package init(name: String, type: DNSRecordType) {
        self.name = name
        self.type = type
    }

    /// The addresses among the answers, each once, in their order.
    package var addresses: [String] {
        var found: [String] = []
        for record in answers
        where (record.type == .a || record.type == .aaaa) && !found.contains(record.data) {
            found.append(record.data)
        }
        return found
    }

    /// The bytes of the whole message without compression, with the EDNS record that `dig` asks for.
    package var wireBytes: Int {
        let records = answers + authority + additional
        return 12 + DNSName.wireBytes(name) + 4 + records.reduce(0) { $0 + $1.wireBytes } + 11
    }
}

/// Names as DNS has them: labels between dots.
package enum DNSName {
    /// `name` in small letters with a final dot.
    package static func absolute(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? lower : lower + "."
    }

    /// The labels of a name from left to right.
    package static func labels(_ name: String) -> [String] {
        name.split(separator: ".").map(String.init)
    }

    static func wireBytes(_ name: String) -> Int {
        labels(name).reduce(1) { $0 + $1.utf8.count + 1 }
    }

    /// The name under which an IPv4 address is asked for its name: `1.0.96.10.in-addr.arpa.`; nil
    /// for what is no address.
    package static func reverse(of address: String) -> String? {
        guard let parts = ipv4(address) else { return nil }
        return parts.reversed().map(String.init).joined(separator: ".") + ".in-addr.arpa."
    }

    /// The four numbers of an IPv4 address; nil for anything else.
    package static func ipv4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var numbers: [UInt8] = []
        for part in parts {
            guard part.utf8.allSatisfy({ (48...57).contains($0) }), let number = UInt8(part) else {
                return nil
            }
            numbers.append(number)
        }
        return numbers
    }

    /// The order of addresses by number: 10.244.0.9 comes before 10.244.0.10.
    package static func isAddressBefore(_ left: String, _ right: String) -> Bool {
        guard let first = ipv4(left), let second = ipv4(right), first != second else {
            return left < right
        }
        return first.lexicographicallyPrecedes(second)
    }
}
