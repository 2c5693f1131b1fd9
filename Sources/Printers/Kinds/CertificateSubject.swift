/// Whom a certificate is asked for: the names in a PKCS#10 request.
///
/// Reads just the subject out of the request's DER; of bytes that are none, nothing.
struct CertificateSubject {
    /// The names that may be there several times, in the order in which kubectl shows them.
    static let lists = [
        "Organization", "Organizational Unit", "Country", "Locality", "Province",
        "StreetAddress", "PostalCode",
    ]
    /// The last part of the object identifier 2.5.4.x, and what it is called.
    private static let names: [UInt8: String] = [
        3: "Common Name", 5: "Serial Number", 6: "Country", 7: "Locality", 8: "Province",
        9: "StreetAddress", 10: "Organization", 11: "Organizational Unit", 17: "PostalCode",
    ]

    private var values: [String: [String]] = [:]

    /// Reads a request.
    init(_ bytes: [UInt8]) {
        var whole = DERReader(bytes[...])
        guard var request = whole.next(tag: 0x30), var info = request.next(tag: 0x30),
            info.next(tag: 0x02) != nil, var subject = info.next(tag: 0x30)
        else { return }
        while var set = subject.next(tag: 0x31) {
            while var pair = set.next(tag: 0x30) {
                guard let identifier = pair.next(tag: 0x06)?.bytes, let text = pair.next()?.bytes,
                    identifier.count == 3, identifier.starts(with: [0x55, 0x04]),
                    let name = Self.names[identifier.last!]
                else { continue }
                values[name, default: []].append(String(decoding: text, as: UTF8.self))
            }
        }
    }

    /// The values of one name, in their order.
    subscript(name: String) -> [String] { values[name] ?? [] }
}

/// Takes the elements of a DER encoding one after another.
private struct DERReader {
    private(set) var bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The content of the next element, if it has that tag.
    mutating func next(tag: UInt8) -> DERReader? { bytes.first == tag ? next() : nil }

    /// The content of the next element; nil at the end, and where the lengths do not fit.
    mutating func next() -> DERReader? {
        guard bytes.count >= 2 else { return nil }
        var rest = bytes.dropFirst()
        var length = Int(rest.removeFirst())
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...4).contains(count), rest.count >= count else { return nil }
            length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(count)
        }
        guard rest.count >= length else { return nil }
        bytes = rest.dropFirst(length)
        return DERReader(rest.prefix(length))
    }
}
