/// A word of an expression and the code points it is made of.
struct CELToken: Sendable {
    let kind: CELTokenKind
    let range: Range<Int>
}

/// The words of the grammar (cel-spec, "Syntax"); operators carry their text.
enum CELTokenKind: Hashable, Sendable {
    case end
    case identifier
    /// A name between backquotes.
    case quotedIdentifier
    case int
    case uint
    case double
    case string
    case bytes
    case sign(CELSign)
}

/// What stands for itself.
enum CELSign: String, CaseIterable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
    case less = "<"
    case greater = ">"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case dot = "."
    case comma = ","
    case minus = "-"
    case not = "!"
    case question = "?"
    case colon = ":"
    case plus = "+"
    case times = "*"
    case divide = "/"
    case remainder = "%"
    case isIn = "in"
    case isTrue = "true"
    case isFalse = "false"
    case null = "null"

    /// The signs of two characters come first in ``allCases``; those that are words are names to the
    /// lexer.
    static let marks = allCases.filter { !$0.rawValue.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A } }
    static let words: [String: CELSign] = [
        "in": .isIn, "true": .isTrue, "false": .isFalse, "null": .null,
    ]
}
