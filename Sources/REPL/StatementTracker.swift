/// Says after which lines a statement of many lines may be whole, so that not every line has the text
/// parsed anew: a block of 5,000 lines is read in a time that grows with its size.
///
/// It counts brackets and here-documents as they usually stand, and decides nothing: whether a statement
/// is whole is the parser's answer, which is asked at each line at first, at each line after which
/// nothing seems open, and in any case whenever the text has doubled.
struct StatementTracker {
    /// Up to here asking costs nothing.
    private static let shortStatement = 64

    private var lines = 0
    private var nextLook = Self.shortStatement
    private var depth = 0
    /// The tags of the here-documents that were begun, the first to be read first.
    private var documents: [Substring] = []
    /// A line ended inside quotes: what is counted means nothing any more.
    private var isUnsure = false

    /// Takes the next line; answers whether the statement may be whole after it.
    mutating func mayEnd(after line: String) -> Bool {
        lines += 1
        if let tag = documents.first {
            if line.drop(while: { $0 == " " || $0 == "\t" }) == tag { documents.removeFirst() }
        } else {
            count(line)
        }
        if lines >= nextLook {
            nextLook = lines * 2
            return true
        }
        return lines < Self.shortStatement || isUnsure || (depth <= 0 && documents.isEmpty)
    }

    private mutating func count(_ line: String) {
        var rest = line[...]
        while let character = rest.popFirst() {
            switch character {
            case "{", "[", "(": depth += 1
            case "}", "]", ")": depth -= 1
            case "\\": _ = rest.popFirst()
            case "#": return
            case "\"", "'":
                while let next = rest.first, next != character {
                    rest.removeFirst()
                    if next == "\\", character == "\"" { _ = rest.popFirst() }
                }
                if rest.popFirst() == nil { isUnsure = true }
            case "<" where rest.hasPrefix("<") && !rest.hasPrefix("<<"):
                readTag(&rest)
            default: break
            }
        }
    }

    /// What follows the first `<` of a here-document's mark.
    private mutating func readTag(_ rest: inout Substring) {
        rest = rest.drop { "<-~ '\"\\".contains($0) }
        let tag = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
        guard !tag.isEmpty else { return }
        documents.append(tag)
        rest = rest.dropFirst(tag.count)
        if let quote = rest.first, quote == "'" || quote == "\"" { rest.removeFirst() }
    }
}
