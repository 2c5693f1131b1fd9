import Verbs

/// Completion of what only a prompt understands.
enum PromptCompletion {
    private static let words: [(name: String, detail: String)] = [
        ("until", "let time pass until an expression holds"),
        ("breakpoint", "stop the world where an expression begins to hold"),
        ("watch", "show an expression when its value has changed"),
        ("unwatch", "show it no more"),
        ("prompt", "auto or still: whether the world rests before `get`"),
        ("reload", "run the script that was loaded again, in a new world"),
    ]

    /// What can begin a line, beside statements.
    static func openings(
        _ query: CompletionQuery, and further: [(name: String, detail: String)] = []
    ) -> [CompletionWord] {
        let bytes = Array(query.line.utf8)
        guard query.word.upperBound <= bytes.count,
            bytes[..<query.word.lowerBound].allSatisfy({ $0 == UInt8(ascii: " ") })
        else { return [] }
        let typed = String(decoding: bytes[query.word], as: UTF8.self)
        return (words + further).filter { $0.name.hasPrefix(typed) }.map {
            CompletionWord($0.name, $0.detail)
        }
    }

    /// What can stand behind `prompt`; nil elsewhere.
    static func words(_ query: CompletionQuery) -> CompletionList? {
        let bytes = Array(query.line.utf8)
        guard query.word.upperBound <= bytes.count,
            String(decoding: bytes[..<query.word.lowerBound], as: UTF8.self)
                .split(separator: " ") == ["prompt"]
        else { return nil }
        let typed = String(decoding: bytes[query.word], as: UTF8.self)
        let rests = [("auto", "the world rests before each `get`"), ("still", "the clock stands")]
        return CompletionList(
            words: rests.filter { $0.0.hasPrefix(typed) }.map { CompletionWord($0.0, $0.1) },
            isGlued: false)
    }

    /// The line as a statement in which the same could be written, and by how many bytes that is longer; nil
    /// where it begins with none of the words that take an expression.
    static func asStatement(_ line: String, before place: Int) -> (line: String, added: Int)? {
        let blanks = line.prefix { $0 == " " }
        let rest = line.dropFirst(blanks.count)
        for lead in ["until", "breakpoint", "watch", "break on write"] {
            guard rest.hasPrefix(lead + " "), blanks.utf8.count + lead.utf8.count < place else {
                continue
            }
            let next = rest.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            // `watch get pods` is a command.
            if lead == "watch", next == "kubectl" || VerbRegistry.verb(next) != nil { return nil }
            return (blanks + "expect" + rest.dropFirst(lead.count), 6 - lead.utf8.count)
        }
        return nil
    }
}
