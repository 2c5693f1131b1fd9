/// What a token of the expression register is. The raw value is its spelling where it has just one.
enum TokenKind: String, Sendable {
    case end = "the end of the input"
    case newline = "the end of the line"
    case name = "a name"
    /// Digits, with a fraction or exponent.
    case number = "a number"
    /// A number glued to letters.
    case unit = "a number with a unit"
    /// A number with `%` that no operand follows.
    case percent = "a percentage"
    case doubleQuote = "\""
    case singleQuote = "'"
    case hereDocument = "<<"
    case interpolation = "${"
    case substitution = "$("
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case comma = ","
    case colon = ":"
    case semicolon = ";"
    case dot = "."
    case range = ".."
    case ellipsis = "..."
    case arrow = "=>"
    case assign = "="
    case addAssign = "+="
    case subtractAssign = "-="
    case multiplyAssign = "*="
    case divideAssign = "/="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case matchesRegex = "=~"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percentSign = "%"
    case at = "@"
    case bang = "!"
    case question = "?"
    case pipe = "|"
    case doublePipe = "||"
    case ampersand = "&"
    case doubleAmpersand = "&&"
    case backquote = "`"
    case dollar = "$"
    case unknown = "a character that means nothing here"
}

/// One token of the expression register.
struct Token: Sendable {
    var kind: TokenKind
    /// Offset of the first byte.
    var start: Int
    /// Offset after the last byte.
    var end: Int
    /// The reserved word that a `.name` token is.
    var keyword: Keyword?

    var span: SourceSpan { SourceSpan(start: start, end: end) }
}
