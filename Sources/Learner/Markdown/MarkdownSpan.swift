/// A piece of a line of Markdown in one face.
struct MarkdownSpan: Equatable {
    enum Face: Equatable {
        case plain
        case strong
        case code
    }

    var face: Face
    var text: String

    /// The pieces of a text; marks that are not closed are text.
    static func spans(of text: String) -> [MarkdownSpan] {
        var spans: [MarkdownSpan] = []
        var isStrong = false
        var plain = ""
        func flush() {
            if !plain.isEmpty {
                spans.append(MarkdownSpan(face: isStrong ? .strong : .plain, text: plain))
            }
            plain = ""
        }
        var rest = text[...]
        while let character = rest.first {
            if character == "\\", let next = rest.dropFirst().first, "`*_\\[]<>#|".contains(next) {
                plain.append(next)
                rest = rest.dropFirst(2)
            } else if character == "`", let code = code(rest) {
                flush()
                spans.append(MarkdownSpan(face: .code, text: code.text))
                rest = code.rest
            } else if rest.hasPrefix("**"), isStrong || rest.dropFirst(2).contains("**") {
                flush()
                isStrong.toggle()
                rest = rest.dropFirst(2)
            } else if character == "*", !isStrong, let emphasis = emphasis(rest) {
                flush()
                spans.append(MarkdownSpan(face: .strong, text: emphasis.text))
                rest = emphasis.rest
            } else if character == "[", let link = link(rest) {
                plain += link.text
                rest = link.rest
            } else {
                plain.append(character)
                rest = rest.dropFirst()
            }
        }
        flush()
        return spans
    }

    private static func code(_ text: Substring) -> (text: String, rest: Substring)? {
        let marks = text.prefix { $0 == "`" }
        let inner = text.dropFirst(marks.count)
        guard let end = inner.firstRange(of: marks) else { return nil }
        var code = inner[..<end.lowerBound]
        // `` `a` `` has blanks so that code can begin with a mark.
        if marks.count > 1, code.hasPrefix(" "), code.hasSuffix(" "), code.count > 2 {
            code = code.dropFirst().dropLast()
        }
        return (String(code), inner[end.upperBound...])
    }

    /// `*words*`: the first of them stands at the mark, the last one too.
    private static func emphasis(_ text: Substring) -> (text: String, rest: Substring)? {
        let inner = text.dropFirst()
        guard let first = inner.first, first != "*", !first.isWhitespace,
            let end = inner.firstIndex(of: "*"), let last = inner[..<end].last, !last.isWhitespace,
            inner[inner.index(after: end)...].first != "*", !inner[..<end].contains("`")
        else { return nil }
        return (String(inner[..<end]), inner[inner.index(after: end)...])
    }

    /// `[words](address)` is shown as `words (address)`.
    private static func link(_ text: Substring) -> (text: String, rest: Substring)? {
        guard let middle = text.firstRange(of: "]("),
            let end = text[middle.upperBound...].firstIndex(of: ")")
        else { return nil }
        let words = text[text.index(after: text.startIndex)..<middle.lowerBound]
        guard !words.contains("[") else { return nil }
        let address = text[middle.upperBound..<end]
        return ("\(words) (\(address))", text[text.index(after: end)...])
    }
}
