import Support

extension FieldPath: CustomStringConvertible {
    /// As scripts write it, with a leading point: `.spec.containers[name=web]["a/b"][0]`. The root
    /// is a single point.
    public var text: String {
        if isRoot { return "." }
        var text = ""
        for segment in segments {
            switch segment {
            case .field(let key):
                let name = key.name
                text += Self.isPlainName(name) ? "." + name : "[" + JSON.text(Value(name)) + "]"
            case .index(let index): text += "[\(index)]"
            case .all: text += "[*]"
            case .item(let matches):
                let conditions = matches.map { match in
                    let key = match.key.name
                    return (Self.isPlainName(key) ? key : JSON.text(Value(key))) + "="
                        + (Self.isPlainText(match.text) ? match.text : JSON.text(Value(match.text)))
                }
                text += "[" + conditions.joined(separator: ",") + "]"
            }
        }
        return text
    }

    /// As the API server writes it in its messages: no leading point, elements by their index or
    /// `[key=text]`, other names in brackets: `spec.containers[0].image`, `metadata.labels[a/b]`.
    public var apiText: String {
        var text = ""
        for segment in segments {
            switch segment {
            case .field(let key):
                let name = key.name
                if Self.isPlainName(name) {
                    text += text.isEmpty ? name : "." + name
                } else {
                    text += "[\(name)]"
                }
            case .index(let index): text += "[\(index)]"
            case .all: text += "[*]"
            case .item(let matches):
                text +=
                    "[" + matches.map { "\($0.key.name)=\($0.text)" }.joined(separator: ",") + "]"
            }
        }
        return text
    }

    public var description: String { text }

    /// Whether a name stands behind a point without quotes.
    static func isPlainName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// Whether a text stands behind `=` without quotes.
    static func isPlainText(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isPlainTextByte)
    }

    fileprivate static func isPlainTextByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || "-./:+@%".utf8.contains(byte)
    }

    fileprivate static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), 0x80...0xFF:
            true
        default: false
        }
    }

    fileprivate static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// Why a text is no path.
public struct FieldPathError: Error, Equatable, Sendable {
    /// What was found instead.
    public enum Problem: Equatable, Sendable {
        case expectedName, expectedSelector, expectedText, expectedClosingBracket, badString
        case unexpected(UInt8)
    }

    /// What is wrong there.
    public let problem: Problem
    /// In bytes from the start of the text.
    public let offset: Int

    /// The error in words.
    public var message: String {
        switch problem {
        case .expectedName: "expected the name of a field"
        case .expectedSelector:
            "expected an index, '*', a quoted name or key=value behind '['"
        case .expectedText: "expected a value behind '='"
        case .expectedClosingBracket: "expected ']'"
        case .badString: "this string does not end, or has a bad escape"
        case .unexpected(let byte):
            "expected '.' or '[', found '\(Character(Unicode.Scalar(byte)))'"
        }
    }
}

extension FieldPath {
    /// Reads what ``text`` writes; the leading point may be missing, and strings may have single
    /// quotes, inside which nothing is escaped.
    public init(parsing text: String) throws(FieldPathError) {
        var parser = FieldPathParser(bytes: Array(text.utf8))
        segments = try parser.path()
    }
}

private struct FieldPathParser {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func error(_ problem: FieldPathError.Problem) -> FieldPathError {
        FieldPathError(problem: problem, offset: offset)
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        offset += 1
        return true
    }

    /// path := "." | [ "." ] name-or-selector { "." name | selector }
    mutating func path() throws(FieldPathError) -> [FieldPath.Segment] {
        var segments: [FieldPath.Segment] = []
        if bytes.elementsEqual(".".utf8) { return [] }
        if let first = peek, first != UInt8(ascii: "."), first != UInt8(ascii: "[") {
            segments.append(.field(Key(try name())))
        }
        while let byte = peek {
            offset += 1
            switch byte {
            case UInt8(ascii: "."):
                // `.["a/b"]` is accepted as jsonpath writes it.
                if peek != UInt8(ascii: "[") { segments.append(.field(Key(try name()))) }
            case UInt8(ascii: "["): segments.append(try selector())
            default:
                offset -= 1
                throw error(.unexpected(byte))
            }
        }
        return segments
    }

    private mutating func name() throws(FieldPathError) -> String {
        let start = offset
        while let byte = peek,
            FieldPath.isLetter(byte) || FieldPath.isDigit(byte) || byte == UInt8(ascii: "-")
        {
            offset += 1
        }
        guard offset > start else { throw error(.expectedName) }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// selector := "[" ( "*" | integer | string | match { "," match } ) "]"
    private mutating func selector() throws(FieldPathError) -> FieldPath.Segment {
        let segment: FieldPath.Segment
        if take(UInt8(ascii: "*")) {
            segment = .all
        } else if let byte = peek, byte == UInt8(ascii: "-") || FieldPath.isDigit(byte) {
            segment = .index(try integer())
        } else {
            let first = try quotedOrName(.expectedSelector)
            if peek == UInt8(ascii: "=") {
                segment = .item(try matches(first.text))
            } else if first.isQuoted {
                segment = .field(Key(first.text))
            } else {
                throw error(.expectedSelector)
            }
        }
        guard take(UInt8(ascii: "]")) else { throw error(.expectedClosingBracket) }
        return segment
    }

    private mutating func integer() throws(FieldPathError) -> Int {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        while let byte = peek, FieldPath.isDigit(byte) { offset += 1 }
        guard let number = Int(String(decoding: bytes[start..<offset], as: UTF8.self)) else {
            throw error(.expectedSelector)
        }
        return number
    }

    /// match := name "=" ( string | text ), several joined by ","
    private mutating func matches(_ first: String) throws(FieldPathError) -> [FieldPath.Match] {
        var matches: [FieldPath.Match] = []
        var key = first
        while true {
            guard take(UInt8(ascii: "=")) else { throw error(.expectedText) }
            matches.append(FieldPath.Match(Key(key), try matchText()))
            guard take(UInt8(ascii: ",")) else { return matches }
            key = try quotedOrName(.expectedName).text
        }
    }

    private mutating func matchText() throws(FieldPathError) -> String {
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try string() }
        let start = offset
        while let byte = peek, FieldPath.isPlainTextByte(byte) { offset += 1 }
        guard offset > start else { throw error(.expectedText) }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func quotedOrName(
        _ problem: FieldPathError.Problem
    ) throws(FieldPathError) -> (text: String, isQuoted: Bool) {
        guard let byte = peek else { throw error(problem) }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return (try string(), true) }
        guard FieldPath.isLetter(byte) else { throw error(problem) }
        return (try name(), false)
    }

    private mutating func string() throws(FieldPathError) -> String {
        if take(UInt8(ascii: "'")) {
            let start = offset
            while let byte = peek, byte != UInt8(ascii: "'") { offset += 1 }
            let text = String(decoding: bytes[start..<offset], as: UTF8.self)
            guard take(UInt8(ascii: "'")) else { throw error(.badString) }
            return text
        }
        guard let (value, end) = try? JSON.parsePrefix(bytes: bytes, from: offset),
            let text = value.string
        else { throw error(.badString) }
        offset = end
        return text
    }
}
