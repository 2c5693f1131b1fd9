/// A line without what ends it.
package struct ToolLine {
    package var bytes: ArraySlice<UInt8>
    /// False for a last line without a newline.
    package var isEnded: Bool

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Standard input or a file: bytes that are taken from the front, and come when they are asked for.
package final class ToolInput {
    private var rest: ArraySlice<UInt8>
    private var more: (() -> [UInt8]?)?
    /// Whether it is a file that was opened with `<`, whose size is known.
    package let isFile: Bool
    /// Whether it is a here-document.
    package let isDocument: Bool
    /// Whether it stands for a terminal at which nobody types: that of a script.
    package let isUnattended: Bool

    package init(
        _ bytes: [UInt8] = [], isFile: Bool = false, isDocument: Bool = false,
        isUnattended: Bool = false
    ) {
        rest = bytes[...]
        self.isFile = isFile
        self.isDocument = isDocument
        self.isUnattended = isUnattended
    }

    package convenience init(_ text: String) { self.init(Array(text.utf8)) }

    /// An input that asks for its pieces when they are needed; nil is the end.
    package init(pieces: @escaping () -> [UInt8]?) {
        rest = []
        more = pieces
        isFile = false
        isDocument = false
        isUnattended = false
    }

    /// Makes one more piece available; false at the end.
    private func fetch() -> Bool {
        guard let piece = more?() else {
            more = nil
            return false
        }
        if rest.isEmpty { rest = piece[...] } else { rest += piece }
        return true
    }

    /// Whether nothing is left.
    package var isAtEnd: Bool {
        while rest.isEmpty { if !fetch() { return true } }
        return false
    }

    /// What comes next, as it comes: a line that somebody types, or all of a file. Nil at the end.
    package func readPiece() -> ArraySlice<UInt8>? {
        if isAtEnd { return nil }
        defer { rest = [] }
        return rest
    }

    /// All that is left.
    package func readAll() -> ArraySlice<UInt8> {
        while fetch() {}
        defer { rest = [] }
        return rest
    }

    /// At most `count` bytes.
    package func read(atMost count: Int) -> ArraySlice<UInt8> {
        while rest.count < count, fetch() {}
        let taken = rest.prefix(count)
        rest = rest[taken.endIndex...]
        return taken
    }

    /// The next line; nil at the end. O(line).
    package func readLine(endedBy end: UInt8 = 0x0A) -> ToolLine? {
        var searched = rest.startIndex
        while true {
            if let place = rest[searched...].firstIndex(of: end) {
                defer { rest = rest[(place + 1)...] }
                return ToolLine(bytes: rest[..<place], isEnded: true)
            }
            let length = rest.count
            guard fetch() else { break }
            searched = rest.startIndex + length
        }
        guard !rest.isEmpty else { return nil }
        defer { rest = [] }
        return ToolLine(bytes: rest, isEnded: false)
    }
}

/// A place to write to: a text that is kept, or whatever takes the pieces.
package final class ToolOutput {
    /// What was written, where it is kept.
    package private(set) var bytes: [UInt8] = []
    /// Whether something was thrown away because the limit was reached.
    package private(set) var isFull = false
    private var count = 0
    private let limit: Int
    private let sink: ((ArraySlice<UInt8>) -> Void)?

    /// - Parameters:
    ///   - limit: how many bytes are taken; what goes beyond is thrown away, and the tool ends.
    ///   - sink: gets each piece as it is written; without one the pieces are kept.
    package init(
        limit: Int = ToolLimits.standard.outputBytes, sink: ((ArraySlice<UInt8>) -> Void)? = nil
    ) {
        self.limit = limit
        self.sink = sink
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package func write(_ text: String) {
        if sink == nil, count + text.utf8.count <= limit {
            count += text.utf8.count
            bytes += text.utf8
        } else {
            write(Array(text.utf8)[...])
        }
    }

    package func write(_ piece: [UInt8]) { write(piece[...]) }

    package func write(_ piece: ArraySlice<UInt8>) {
        guard !piece.isEmpty, !isFull else { return }
        var piece = piece
        if piece.count > limit - count {
            isFull = true
            piece = piece.prefix(limit - count)
        }
        count += piece.count
        if let sink { sink(piece) } else { bytes += piece }
    }

    /// Writes a line with what ends it, which a last line may lack.
    func write(_ line: ToolLine, endedBy end: UInt8 = .newline) {
        write(line.bytes)
        if line.isEnded { write([end]) }
    }

    /// Writes a text and a newline.
    func write(line: some Collection<UInt8>) {
        write(Array(line))
        write([.newline])
    }

    /// Takes what was kept away.
    package func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }
}

/// The bounds of one call of a tool; each is reported in the tool's words.
package struct ToolLimits: Sendable {
    /// Bytes that may be written to one output.
    package var outputBytes = 64 << 20
    /// Lines looked at, turns of loops, commands started: what a tool does again and again.
    package var steps = 20_000_000
    /// Bytes of one text in an editor's or a program's memory.
    package var textBytes = 64 << 20

    package init() {}

    package static let standard = ToolLimits()
}
