/// Reading and writing JSON.
public enum JSON {
    /// Reads one JSON document; blanks may surround it.
    ///
    /// Of equal keys the last one wins. A number without fraction and exponent that fits is an
    /// integer, every other number a double. A lone surrogate becomes U+FFFD, as does invalid
    /// UTF-8.
    /// - Throws: ``JSONError`` with the place of the first trouble.
    public static func parse(
        _ text: String, limits: InputLimits = .standard
    ) throws(JSONError) -> Value {
        try parse(bytes: Array(text.utf8), limits: limits)
    }

    /// As ``parse(_:limits:)``, but an integer of more than 64 bits is out of range, and not a double.
    public static func parseExactly(_ text: String) throws(JSONError) -> Value {
        try parse(bytes: Array(text.utf8), limits: .standard, isExact: true)
    }

    /// Reads one JSON document from UTF-8; see ``parse(_:limits:)``.
    public static func parse(
        bytes: [UInt8], limits: InputLimits = .standard, isExact: Bool = false
    ) throws(JSONError) -> Value {
        var parser = try JSONParser(bytes, limits: limits)
        parser.isExact = isExact
        let value = try parser.parseValue(depth: 0)
        parser.skipBlanks()
        if let byte = parser.peek { throw parser.unexpected(byte, .afterValue) }
        return value
    }

    /// Reads the JSON value that begins at `offset`, and answers where the text goes on after it.
    ///
    /// For streams of documents and for JSON inside another language.
    public static func parsePrefix(
        bytes: [UInt8], from offset: Int, limits: InputLimits = .standard
    ) throws(JSONError) -> (value: Value, end: Int) {
        var parser = try JSONParser(bytes, limits: limits)
        parser.offset = offset
        let value = try parser.parseValue(depth: 0)
        return (value, parser.offset)
    }

    /// The JSON text of `value`, without a final newline.
    ///
    /// A script's own values (durations, quantities) appear as their text, and as null where they
    /// have none; so does a number that is not finite.
    public static func text(_ value: Value, style: JSONStyle = .compact) -> String {
        String(decoding: bytes(value, style: style), as: UTF8.self)
    }

    /// The UTF-8 of ``text(_:style:)``.
    public static func bytes(_ value: Value, style: JSONStyle = .compact) -> [UInt8] {
        var writer = JSONWriter(style: style)
        writer.write(value, level: 0)
        return writer.output
    }
}

/// How JSON is laid out.
public struct JSONStyle: Sendable {
    /// Blanks per level; 0 writes everything on one line without blanks.
    public var indent: Int
    /// Fields ordered by name instead of by insertion.
    public var sortsKeys: Bool
    /// `<`, `>` and `&` as `\u003c`, `\u003e`, `\u0026`, as Go's `encoding/json` does by default.
    public var escapesHTML: Bool

    /// - Parameter indent: blanks per level; 0 for everything in one line.
    public init(indent: Int = 0, sortsKeys: Bool = false, escapesHTML: Bool = false) {
        self.indent = indent
        self.sortsKeys = sortsKeys
        self.escapesHTML = escapesHTML
    }

    /// One line, fields in insertion order.
    public static let compact = JSONStyle()
    /// One line, fields by name: equal values give equal bytes. For hashing and comparing.
    public static let canonical = JSONStyle(sortsKeys: true)
    /// One line as Go marshals a map; `last-applied-configuration` holds this and a newline.
    public static let go = JSONStyle(sortsKeys: true, escapesHTML: true)
    /// `kubectl -o json`.
    public static let kubectl = JSONStyle(indent: 4, sortsKeys: true, escapesHTML: true)
    /// As ``kubectl``, but fields in insertion order.
    public static let kubectlUnsorted = JSONStyle(indent: 4, escapesHTML: true)
}
