/// Colours in the report of a failure, for terminals: what did not hold, what was due and what there was.
package enum FailurePaint {
    /// The text of a ``FailureRenderer`` with colours.
    package static func painted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(painted).joined(
            separator: "\n")
    }

    private static func painted(_ line: Substring) -> String {
        let content = line.drop { $0 == " " }
        for (start, code) in [
            ("expectation failed:", "1;31"), ("command failed:", "1;31"), ("hint:", "36"),
            ("expected  ", "32"), ("actual    ", "31"), ("broken by:", "33"),
        ] where content.hasPrefix(start) {
            // What differs is coloured whole; of other lines the words at their beginning.
            let isWhole = start.hasSuffix(" ")
            let painted = isWhole ? content : content.prefix(start.count)
            let rest = isWhole ? "" : content.dropFirst(start.count)
            return line[..<content.startIndex] + "\u{1B}[\(code)m\(painted)\u{1B}[0m" + rest
        }
        return String(line)
    }
}
