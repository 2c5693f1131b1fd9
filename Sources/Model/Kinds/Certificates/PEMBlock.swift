import Support
import Value

/// The first block of a text in PEM: `-----BEGIN X-----`, base64, `-----END X-----`.
package struct PEMBlock: Sendable {
    /// "CERTIFICATE REQUEST".
    package let label: String
    package let bytes: [UInt8]

    /// Reads the block in `base64`, a text in base64 itself; nil where there is none.
    package init?(base64: String) {
        guard let decoded = Base64.decode(base64) else { return nil }
        self.init(String(decoding: decoded, as: UTF8.self))
    }

    /// Reads the first block of `text`; nil where there is none.
    package init?(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map(Self.trimmed)
        let head = "-----BEGIN "
        guard let first = lines.firstIndex(where: { $0.hasPrefix(head) && $0.hasSuffix("-----") })
        else { return nil }
        label = String(lines[first].dropFirst(head.count).dropLast(5))
        let rest = lines[(first + 1)...]
        guard let last = rest.firstIndex(of: "-----END \(label)-----"),
            let bytes = Base64.decode(rest[..<last].joined())
        else { return nil }
        self.bytes = bytes
    }

    private static func trimmed(_ line: Substring) -> String {
        var line = line
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line)
    }
}
