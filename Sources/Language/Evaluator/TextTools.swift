/// Small operations on texts that the standard library leaves to Foundation.
enum TextTools {
    /// Without blanks and line ends at both ends.
    static func trimmed(_ text: String) -> String {
        var text = text[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// Brought to `width` characters with `fill` on one side.
    static func padded(_ text: String, to width: Int, with fill: String, onLeft: Bool) -> String {
        let count = text.count
        guard width > count, !fill.isEmpty else { return text }
        let missing = width - count
        var padding = ""
        while padding.count < missing { padding += fill }
        let exact = String(padding.prefix(missing))
        return onLeft ? exact + text : text + exact
    }
}
