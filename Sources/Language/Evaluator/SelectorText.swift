/// Selector text inside an interpolation: `app=web,tier!=db`.
enum SelectorText {
    static func requirements(_ text: String) throws(RuntimeError) -> [LabelRequirement] {
        var requirements: [LabelRequirement] = []
        for part in parts(text) {
            guard let requirement = requirement(part) else { throw .selector(text) }
            requirements.append(requirement)
        }
        return requirements
    }

    /// The parts between commas outside parentheses, without blanks around them.
    private static func parts(_ text: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        parts.append(current)
        return parts.map { TextTools.trimmed($0) }.filter { !$0.isEmpty }
    }

    private static func requirement(_ text: String) -> LabelRequirement? {
        if text.hasPrefix("!") {
            return LabelRequirement(
                key: TextTools.trimmed(String(text.dropFirst())), relation: .absent)
        }
        for (sign, relation) in [
            ("!=", LabelRequirement.Relation.notEqual), ("==", .equal), ("=", .equal),
        ] {
            let pieces = Search.split(text, by: sign)
            guard pieces.count == 2 else { continue }
            return LabelRequirement(
                key: TextTools.trimmed(pieces[0]), relation: relation,
                values: [TextTools.trimmed(pieces[1])])
        }
        let words = Search.words(text)
        guard let key = words.first else { return nil }
        if words.count == 1 { return LabelRequirement(key: key, relation: .exists) }
        guard words[1].hasPrefix("in") || words[1].hasPrefix("notin"),
            let open = text.firstIndex(of: "("),
            text.hasSuffix(")")
        else { return nil }
        let inside = text[text.index(after: open)...].dropLast()
        return LabelRequirement(
            key: key, relation: words[1].hasPrefix("notin") ? .noneOf : .oneOf,
            values: inside.split(separator: ",").map { TextTools.trimmed(String($0)) })
    }
}
