import Support

/// A part of a parsed JSONPath template (client-go `util/jsonpath`).
indirect enum JSONPathNode: Equatable, Sendable {
    /// Literal text, or a quoted string inside an action.
    case text(String)
    /// `{…}` or a part of one: each node works on what the one before it found.
    case list([JSONPathNode])
    case field(String)
    case wildcard
    /// `..`: the value and everything in it that has parts.
    case recursive
    /// `[1]`, `[0:2]`, `[::2]`.
    case slice(JSONPathSlice)
    /// `[?(left op right)]`; `exists` has no right side.
    case filter(left: [JSONPathNode], comparison: String, right: [JSONPathNode])
    /// `['a','b']`: what each of them finds, one after the other.
    case union([[JSONPathNode]])
    /// `range`, `end`.
    case identifier(String)
    case int(Int)
    case double(Double)
    case bool(Bool)
}

/// The bounds of a slice; nil where one is left out.
struct JSONPathSlice: Equatable, Sendable {
    var start: Int?
    var end: Int?
    var step: Int?
    /// Whether the end comes from a lone index: `[-1]` ends at 0, which then means the length.
    var isIndex = false
}

/// Why a text is no JSONPath; the words are client-go's.
struct JSONPathError: Error, Equatable {
    let message: String

    init(_ message: String) { self.message = message }
}
