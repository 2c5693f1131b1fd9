/// The reserved words. None may name a variable; all are fine as path fields, map keys and words of
/// a command.
public enum Keyword: String, CaseIterable, Sendable {
    // Words that start a statement.
    case `let`, `if`, `for`, `while`, fn, `return`, `break`, `continue`
    case scenario, setup, file, include, expect, always, never, at, every, behavior, skip, print
    // Words of expressions.
    case and, or, not, `in`, contains, matches, exists, absent, `where`, has, any, none
    case `else`, then, it, output
    case null, `true`, `false`

    /// The words that start a statement, the likeliest first.
    public static let statementStarters: [Keyword] = [
        .expect, .let, .if, .for, .scenario, .setup, .always, .never, .file, .include, .fn, .return,
        .while, .break, .continue, .print, .skip, .at, .every, .behavior,
    ]

    /// Words that are special at one place only and otherwise free.
    static let contextual = ["sort", "by", "desc", "within", "fails", "tags"]

    /// True for words that can follow a complete operand, so that `25%` before one is a percentage.
    var continuesExpression: Bool {
        switch self {
        case .and, .or, .not, .in, .contains, .matches, .exists, .absent, .where, .has, .then,
            .else:
            true
        default: false
        }
    }
}
