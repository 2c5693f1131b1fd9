import Syntax
import YAML

/// Where the lines of a here-document stand in its script.
struct EmbeddedText {
    private let source: Source
    private let lines: [Substring]
    /// The index of the line of the script that holds the first line.
    private let firstLine: Int
    private let operatorSpan: SourceSpan

    /// Nil where the body does not begin on the line after its operator.
    init?(_ document: HereDocument, _ text: String, in source: Source) {
        self.source = source
        operatorSpan = document.span
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        firstLine = source.lineIndex(at: Int(document.span.end)) + 1
        guard firstLine < source.lineCount, source.line(firstLine).hasSuffix(lines[0]) else {
            return nil
        }
    }

    /// The word at a place of the text, in the script.
    func span(_ mark: YAMLMark) -> SourceSpan {
        guard lines.indices.contains(mark.line - 1) else { return operatorSpan }
        var number = mark.line - 1
        var column = mark.column - 1
        if column >= lines[number].count {
            // The end of the text: what broke off is on the last line that holds something.
            while number > 0, lines[number].isEmpty { number -= 1 }
            column = lines[number].prefix { $0 == " " }.count
        }
        let line = lines[number]
        guard firstLine + number < source.lineCount else { return operatorSpan }
        let range = source.lineRange(firstLine + number)
        // What the document took off is the indentation of its end.
        let margin = max(0, range.count - line.utf8.count)
        let before = line.prefix(column)
        let word = line.dropFirst(column).prefix { !": ,}]\r".contains($0) }
        let start = min(range.lowerBound + margin + before.utf8.count, range.upperBound)
        return SourceSpan(start: start, end: min(start + word.utf8.count, range.upperBound))
    }
}
