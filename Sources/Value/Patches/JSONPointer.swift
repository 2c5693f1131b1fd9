import Support

/// A place in a value as RFC 6901 writes it: `/spec/containers/0/image`.
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
    /// The reference tokens, with `~1` and `~0` decoded.
    public var tokens: [String]

    /// A pointer through these names and indexes, unescaped.
    public init(tokens: [String]) { self.tokens = tokens }

    /// Reads a pointer; nil where the text is neither empty nor starts with a slash.
    public init?(parsing text: String) {
        if text.isEmpty {
            tokens = []
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        tokens = text.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        ).map(Self.decoded)
    }

    /// The pointer with `~` and `/` escaped.
    public var text: String {
        tokens.map { "/" + Self.encoded($0) }.joined()
    }

    public var description: String { text }

    private static func decoded(_ token: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        var isEscape = false
        for byte in token {
            if isEscape {
                isEscape = false
                switch byte {
                case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
                case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
                default: bytes += [UInt8(ascii: "~"), byte]
                }
            } else if byte == UInt8(ascii: "~") {
                isEscape = true
            } else {
                bytes.append(byte)
            }
        }
        if isEscape { bytes.append(UInt8(ascii: "~")) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func encoded(_ token: String) -> String {
        var bytes: [UInt8] = []
        for byte in token.utf8 {
            switch byte {
            case UInt8(ascii: "~"): bytes += "~0".utf8
            case UInt8(ascii: "/"): bytes += "~1".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
