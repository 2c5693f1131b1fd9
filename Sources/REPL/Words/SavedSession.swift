import Session
import Syntax

/// A session as a script that does the same.
struct SavedSession {
    private(set) var text = ""
    private var names: Set<String> = []

    /// - Parameters:
    ///   - header: what is said of the world before the first statement.
    ///   - statements: what was typed, oldest first.
    init(header: [String], statements: [TypedStatement]) {
        text = "# A session at the prompt of drydock.\n"
        for line in header where !statements.contains(where: { $0.text == line }) { add(line) }
        for statement in statements { add(statement) }
    }

    mutating func add(_ line: String) { text += line + "\n" }

    private mutating func add(_ statement: TypedStatement) {
        guard statement.code == 0 else {
            // What failed and did nothing is no part of the story.
            guard statement.hasActed else { return }
            return add("expect fails {\n\(script(statement.text))\n}")
        }
        add(script(statement.text))
    }

    /// The statement as a script may have it: values are printed, and names declared once.
    private mutating func script(_ text: String) -> String {
        let parsed = Parser.parse(Source(name: "", text: text))
        guard parsed.script.statements.count == 1, let statement = parsed.script.statements.first
        else { return text }
        switch statement.kind {
        case .expression: return "print (\(text))"
        case .let(let declaration):
            let declared = declaration.names.map(\.name)
            defer { names.formUnion(declared) }
            guard declared.count == 1, names.contains(declared[0]),
                let word = text.range(of: "let ")
            else { return text }
            return String(text[word.upperBound...])
        default: return text
        }
    }

    /// The canonical layout, where the script can be laid out.
    var formatted: String {
        switch SourceFormatter.format(Source(name: "", text: text)) {
        case .formatted(let text): text
        case .refused: text
        }
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
