/// Something that could be written at a place.
package struct Candidate: Hashable, Sendable {
    /// What it is, for icons and order.
    package enum Kind: Hashable, Sendable {
        case keyword, verb, tool, flag, value, kindOfObject, object, field, function, variable, file
        case setting, tag
    }

    /// What is written, from the first letter typed of it.
    package let text: String
    package let kind: Kind
    /// A few words beside it: a type, a signature, where it comes from.
    package var detail = ""
    /// What it is, as Markdown; made when somebody looks at the candidate.
    package var topic: Topic?
    /// Proposals with a smaller number come first.
    package var rank = 5

    package init(
        _ text: String, _ kind: Kind, detail: String = "", topic: Topic? = nil, rank: Int = 5
    ) {
        self.text = text
        self.kind = kind
        self.detail = detail
        self.topic = topic
        self.rank = rank
    }
}

/// Something that ``Descriptions`` can tell of, by names alone: so that it can go to an editor and come
/// back.
package enum Topic: Hashable, Sendable {
    case keyword(String)
    /// The words that lead to a verb.
    case verb([String])
    case tool(String)
    case flag(String, of: [String])
    case builtin(String)
    /// A kind by its qualified plural.
    case kind(String)
    /// A field by its kind and the way to it: `spec`, `containers`, `[]`, `image`.
    case field(kind: String, path: [String])
    case setting(String)
}

extension Topic {
    /// The topic as words, the first of which says what it is.
    package var words: [String] {
        switch self {
        case .keyword(let name): ["keyword", name]
        case .verb(let path): ["verb"] + path
        case .tool(let name): ["tool", name]
        case .flag(let name, of: let path): ["flag", name] + path
        case .builtin(let name): ["builtin", name]
        case .kind(let name): ["kind", name]
        case .field(kind: let kind, let path): ["field", kind] + path
        case .setting(let name): ["setting", name]
        }
    }

    /// The topic that such words stand for; nil for others.
    package init?(words: [String]) {
        guard words.count > 1 else { return nil }
        let rest = Array(words.dropFirst())
        switch words[0] {
        case "keyword": self = .keyword(rest[0])
        case "verb": self = .verb(rest)
        case "tool": self = .tool(rest[0])
        case "flag": self = .flag(rest[0], of: Array(rest.dropFirst()))
        case "builtin": self = .builtin(rest[0])
        case "kind": self = .kind(rest[0])
        case "field": self = .field(kind: rest[0], path: Array(rest.dropFirst()))
        case "setting": self = .setting(rest[0])
        default: return nil
        }
    }
}
