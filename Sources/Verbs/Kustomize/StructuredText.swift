import Support
import Value
import YAML

/// A text in a field that is JSON or YAML itself: a replacement may reach into it.
///
/// Source: kustomize, filters/replacement, setValueInStructuredData.
struct StructuredText {
    let text: String

    /// The text with `value` at `path`; nil where nothing is there, so that the field is none of this kind.
    ///
    /// - Parameter leaf: what stands at the end where the way is made; nil where nothing is made.
    func replacing(_ path: ArraySlice<String>, with value: Value, leaf: Value?) -> String? {
        let stream = YAML.read(text, dialect: .kustomize)
        guard stream.error == nil, stream.documents.count == 1 else { return nil }
        let document = stream.documents[0]
        let start = text.first { !$0.isWhitespace }
        if start == "{" || start == "[" { return json(document.value, path, value, leaf) }
        return yaml(document, path, value)
    }

    /// JSON is written anew, in lines if it was in lines.
    private func json(
        _ content: Value, _ path: ArraySlice<String>, _ value: Value, _ leaf: Value?
    ) -> String? {
        var content = content
        let count = try? KustomizePath.update(
            &content, path, leaf: leaf,
            { place, isNew throws(VerbError) in
                try KustomizeReplacement.set(&place, to: value, .null, isNew: isNew)
            })
        guard let count, count > 0 else { return nil }
        let hasLines = text.contains("\n") && text.contains("  ")
        return JSON.text(
            content,
            style: hasLines ? JSONStyle(indent: 2, sortsKeys: true, escapesHTML: true) : .go)
    }

    /// YAML keeps its comments: only the scalars change.
    private func yaml(
        _ document: YAMLDocument, _ path: ArraySlice<String>, _ value: Value
    ) -> String? {
        guard let new = value.scalarText else { return nil }
        let places = KustomizePath.places(path, in: document.value)
        if places.isEmpty { return nil }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (place, old) in places.reversed() {
            guard let mark = document.position(of: place), let text = old.scalarText,
                lines.indices.contains(mark.line - 1)
            else { return nil }
            var line = lines[mark.line - 1]
            let begin = line.index(line.startIndex, offsetBy: mark.column - 1)
            let rest = line[begin...]
            let quote = rest.first.flatMap { "\"'".contains($0) ? String($0) : nil } ?? ""
            guard rest.hasPrefix(quote + text + quote), !new.contains("\n") else { return nil }
            let end = line.index(begin, offsetBy: text.count + 2 * quote.count)
            line.replaceSubrange(begin..<end, with: quote + new + quote)
            lines[mark.line - 1] = line
        }
        return lines.joined(separator: "\n").trimmed(\.isWhitespace)
    }
}
