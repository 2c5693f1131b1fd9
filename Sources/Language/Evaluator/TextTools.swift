/// Small operations on texts that the standard library leaves to Foundation.
enum TextTools {
    /// Without blanks and line ends at both ends.
    static func trimmed(_ text: String) -> String {
        var text = text[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// Brought to `width` characters with `fill` on one side; nil where that takes more bytes than `limit`. Marks
    /// that sit on one another stay fewer characters than there are of them.
    static func padded(
        _ text: String, to width: Int, with fill: String, onLeft: Bool, atMost limit: Int = .max
    ) -> String? {
        let count = text.count
        guard width > count, !fill.isEmpty else { return text }
        let missing = width - count
        let copies = (missing - 1) / fill.count + 1
        let (size, isOver) = fill.utf8.count.multipliedReportingOverflow(by: copies)
        guard !isOver, size <= limit else { return nil }
        let padding = String(String(repeating: fill, count: copies).prefix(missing))
        return onLeft ? padding + text : text + padding
    }
}
