/// Something that `help` tells of.
package enum HelpTopic: Hashable, Sendable {
    /// A page that is about no single word: the clock, the prompt.
    case guide(String)
    /// The words that lead to a verb.
    case verb([String])
    case tool(String)
    /// A reserved word, or one that is special at one place.
    case keyword(String)
    case function(String)
    /// A kind by its qualified plural.
    case kind(String)
    /// A setting of `behavior`.
    case setting(String)
    /// The code of a diagnostic.
    case code(String)

    /// What people call such a thing; before a name it says which one is meant.
    package var category: String {
        switch self {
        case .guide: "topic"
        case .verb: "verb"
        case .tool: "tool"
        case .keyword: "keyword"
        case .function: "function"
        case .kind: "kind"
        case .setting: "setting"
        case .code: "code"
        }
    }

    /// The name without its category.
    package var name: String {
        switch self {
        case .verb(let path): path.joined(separator: " ")
        case .guide(let name), .tool(let name), .keyword(let name), .function(let name),
            .kind(let name), .setting(let name), .code(let name):
            name
        }
    }
}

/// What is told of a topic.
package struct HelpPage: Sendable {
    /// The whole page; every line ends in a newline.
    package let text: String
    /// Those of its lines that can be typed at the prompt.
    package let examples: [String]
}

/// What `help` answers.
package enum HelpAnswer: Sendable {
    case text(String)
    /// There is no such thing: what to say, in one line.
    case unknown(String)
}
