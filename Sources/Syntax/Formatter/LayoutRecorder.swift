/// Where the parser found what, for the formatter.
///
/// The parser notes what it consumes in the order of the text; what it reads again, or what turns out
/// to be a part of something larger (the tokens of an interpolation inside a string), is dropped when
/// the larger thing is noted.
final class LayoutRecorder {
    /// A token or word, to be written as it stands.
    struct Mark {
        var start: Int
        var end: Int
        /// Nil for words and whatever else has no tokens.
        var token: TokenKind?
        var isKeyword = false
    }

    /// What a mark does, where its text alone does not tell.
    enum Role {
        /// An operator between two operands.
        case binary
        /// A sign before its operand.
        case prefix
        /// A name, though it is spelt like a keyword.
        case plain
        /// A sign after which a condition may stand on a line of its own.
        case clause
        /// A text or a translation that may stand on a line of its own.
        case text
        /// `|`, `&&`, `||` and `&` of commands.
        case operation
        /// `do` and `then`.
        case header
    }

    /// What lies between two marks that belong together.
    enum RegionKind {
        /// Statements in braces or parentheses.
        case block
        /// Items in brackets, where line ends are blanks.
        case bracket
        /// A bracket with requirements.
        case selector
        /// The condition between `if` and `then`, `while` and `do`.
        case header
        /// The statements between `do` and `done` and the like.
        case body
        /// The statements of one pattern of `case`.
        case branch

        /// Holds statements, which begin lines of their own.
        var holdsStatements: Bool {
            switch self {
            case .block, .header, .body, .branch: true
            case .bracket, .selector: false
            }
        }
    }

    struct Region {
        var kind: RegionKind
        /// The offset of the mark that ends it.
        var end: Int
    }

    private(set) var marks: [Mark] = []
    /// By the offset of the mark that begins them.
    private(set) var regions: [Int: Region] = [:]
    private(set) var roles: [Int: Role] = [:]
    /// Offsets at which statements begin.
    private(set) var starts: Set<Int> = []

    func note(_ token: Token) {
        switch token.kind {
        case .newline, .end: return
        default:
            add(
                Mark(
                    start: token.start, end: token.end, token: token.kind,
                    isKeyword: token.keyword != nil))
        }
    }

    /// Notes what has no tokens, or hides those that were read inside it.
    func word(from start: Int, to end: Int, role: Role? = nil) {
        add(Mark(start: start, end: end, token: nil))
        roles[start] = role
    }

    private func add(_ mark: Mark) {
        while let last = marks.last, last.end > mark.start { marks.removeLast() }
        marks.append(mark)
    }

    func role(_ role: Role, at start: Int) { roles[start] = role }

    func startStatement(at start: Int) { starts.insert(start) }

    func region(_ kind: RegionKind, from start: Int, to end: Int) {
        regions[start] = Region(kind: kind, end: end)
    }

    /// Says of a region noted before that it is a selector.
    func regionIsSelector(at start: Int) { regions[start]?.kind = .selector }
}
