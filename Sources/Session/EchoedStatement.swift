import Language
import Value

/// A statement as `drydock run --echo` shows it before its output: as if it had been typed at the prompt.
enum EchoedStatement {
    /// - Parameter instant: when it begins, in milliseconds of virtual time.
    static func text(_ place: Place, at instant: Int64) -> String {
        let prompt = "[\(Duration(milliseconds: instant).shortText)] > "
        var lines = place.text.split(separator: "\n", omittingEmptySubsequences: false)
        // The statements of a block are shown as they run.
        if lines.count > 1, lines[0].hasSuffix("{") { return "\(prompt)\(lines[0]) …\n" }
        lines += documents(below: place)
        let further = String(repeating: ".", count: prompt.count - 1) + " "
        return lines.enumerated().map { "\($0 == 0 ? prompt : further)\($1)\n" }.joined()
    }

    /// The here-documents that stand below a statement, to their tags.
    private static func documents(below place: Place) -> [Substring] {
        let last = place.text.split(separator: "\n").last ?? ""
        var tags = last.components(between: "<<").filter { !$0.hasPrefix("<") }.map { rest in
            rest.drop { "-~$ '\"\\".contains($0) }.prefix {
                $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "."
            }
        }
        tags.removeAll(where: \.isEmpty)
        guard !tags.isEmpty else { return [] }
        let text = place.source.text.utf8.dropFirst(Int(place.span.end))
        var lines: [Substring] = []
        for line in Substring(text).split(separator: "\n", omittingEmptySubsequences: false)
            .dropFirst()
        {
            guard let tag = tags.first else { break }
            lines.append(line)
            if line.drop(while: { $0 == " " || $0 == "\t" }) == tag { tags.removeFirst() }
        }
        return lines
    }
}

extension Substring {
    /// What stands behind each of the marks, up to the next one.
    fileprivate func components(between mark: String) -> [Substring] {
        ranges(of: mark).map { self[$0.upperBound...] }
    }
}
