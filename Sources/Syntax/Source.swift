/// A place as people count it: line and column from 1, the column in characters (grapheme clusters).
package struct SourceLocation: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// The text of one script or of one statement typed at the prompt, with an index of its lines.
///
/// Immutable, so that scripts, diagnostics and running worlds can share it.
package final class Source: Sendable {
    /// The name shown in diagnostics: a path as the user wrote it, or `<prompt>`.
    package let name: String
    /// The text. Invalid UTF-8 has been replaced by U+FFFD.
    package let text: String
    /// The bytes of `text`; every span counts in these.
    package let utf8: [UInt8]
    /// The line number of the first line, 1 unless the text is a part of something longer.
    package let firstLine: Int
    private let lineStarts: [Int32]

    /// - Parameters:
    ///   - name: what diagnostics call the text.
    ///   - text: the text itself.
    ///   - firstLine: the number of its first line, from 1.
    package init(name: String, text: String, firstLine: Int = 1) {
        self.name = name
        self.text = text
        self.firstLine = firstLine
        utf8 = Array(text.utf8)
        var starts: [Int32] = [0]
        for (offset, byte) in utf8.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(Int32(clamping: offset + 1))
        }
        lineStarts = starts
    }

    /// Makes a source of arbitrary bytes; what is not UTF-8 becomes U+FFFD.
    package convenience init(name: String, bytes: [UInt8], firstLine: Int = 1) {
        self.init(name: name, text: String(decoding: bytes, as: UTF8.self), firstLine: firstLine)
    }

    /// The number of lines; a final newline starts a last, empty line.
    package var lineCount: Int { lineStarts.count }

    /// The index (from 0) of the line that holds `offset`. O(log lines).
    package func lineIndex(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of line `index` (from 0) without its line end.
    package func lineRange(_ index: Int) -> Range<Int> {
        let start = Int(lineStarts[index])
        var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) - 1 : utf8.count
        if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    /// The text of line `index` (from 0) without its line end.
    package func line(_ index: Int) -> String {
        String(decoding: utf8[lineRange(index)], as: UTF8.self)
    }

    /// Line and column of the byte at `offset`. O(log lines + line length).
    package func location(at offset: Int) -> SourceLocation {
        let offset = min(max(offset, 0), utf8.count)
        let index = lineIndex(at: offset)
        let start = Int(lineStarts[index])
        let before = String(decoding: utf8[start..<offset], as: UTF8.self)
        return SourceLocation(line: firstLine + index, column: before.count + 1)
    }

    /// The text a span covers.
    package func text(in span: SourceSpan) -> String {
        String(decoding: utf8[span.range.clamped(to: 0..<utf8.count)], as: UTF8.self)
    }
}
