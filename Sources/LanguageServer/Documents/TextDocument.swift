import Syntax
import Value

/// A text that a client has open.
struct TextDocument {
    let uri: String
    private(set) var version: Int
    private(set) var lines: LineTable
    /// The largest text that is looked at; in a larger one nothing is found or proposed.
    static let maximumSize = SyntaxLimits().sourceBytes

    init(uri: String, version: Int, text: String) {
        self.uri = uri
        self.version = version
        lines = LineTable(Array(text.utf8))
    }

    var bytes: [UInt8] { lines.bytes }
    var isTooLarge: Bool { bytes.count > Self.maximumSize }

    /// Carries out changes as `textDocument/didChange` tells them, one after another.
    ///
    /// - Throws: for a change that has no text, or a range that has no places; then none is carried out.
    mutating func change(
        _ changes: Value, version: Int, _ encoding: PositionEncoding
    ) throws(RPCError) {
        var lines = lines
        for change in changes.elements {
            guard let text = change["text"].string else {
                throw .invalidParameters("a change has a text")
            }
            let range = change["range"]
            if range.isNull {
                lines = LineTable(Array(text.utf8))
                continue
            }
            let start = lines.offset(of: try Position(range["start"]), encoding)
            let end = lines.offset(of: try Position(range["end"]), encoding)
            guard start <= end else { throw .invalidParameters("a range ends before it begins") }
            var bytes = lines.bytes
            bytes.replaceSubrange(start..<end, with: text.utf8)
            lines = LineTable(bytes)
        }
        self.lines = lines
        self.version = version
    }
}

extension Position {
    init(_ value: Value) throws(RPCError) {
        guard let line = value["line"].int, let character = value["character"].int, line >= 0,
            character >= 0
        else { throw .invalidParameters("a position has a line and a character from 0") }
        self.init(line: line, character: character)
    }
}
