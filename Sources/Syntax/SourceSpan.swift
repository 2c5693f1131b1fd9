/// A range of UTF-8 bytes in one `Source`: `start` inclusive, `end` exclusive, both counted from 0.
///
/// A span does not know its source; the script that holds the node does. That keeps nodes small.
package struct SourceSpan: Hashable, Codable, Sendable {
    /// Offset of the first byte.
    package var start: Int32
    /// Offset after the last byte; equal to `start` for a place between two bytes.
    package var end: Int32

    package init(start: Int, end: Int) {
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: max(start, end))
    }

    /// The place before the byte at `offset`.
    package init(at offset: Int) {
        self.init(start: offset, end: offset)
    }

    /// The byte range, for slicing `Source.utf8`.
    package var range: Range<Int> { Int(start)..<Int(end) }

    /// True when the span covers no byte.
    package var isEmpty: Bool { start == end }

    /// The smallest span that covers both.
    package func union(_ other: SourceSpan) -> SourceSpan {
        SourceSpan(start: Int(min(start, other.start)), end: Int(max(end, other.end)))
    }

    /// True when `offset` lies inside or at one of the ends.
    package func touches(_ offset: Int) -> Bool {
        Int(start) <= offset && offset <= Int(end)
    }
}
