import Support

/// The reserved words. None may name a variable; all are fine as path fields, map keys and words of
/// a command.
package enum Keyword: String, CaseIterable, Sendable {
    // Words that start a statement.
    case `let`, `if`, `for`, `while`, fn, `return`, `break`, `continue`
    case scenario, exercise, setup, teardown, finally, file, include, expect, always, never, at,
        every, behavior, skip, print
    // Words of expressions.
    case and, or, not, `in`, contains, matches, exists, absent, `where`, has, any, none
    case `else`, then, it, output
    case null, `true`, `false`

    /// The words that start a statement, the likeliest first.
    package static let statementStarters: [Keyword] = [
        .expect, .let, .if, .for, .scenario, .setup, .always, .never, .file, .include, .fn, .return,
        .while, .break, .continue, .print, .skip, .at, .every, .behavior, .finally, .teardown,
        .exercise,
    ]

    /// Words that are special at one place only and otherwise free.
    package static let contextual = [
        "sort", "by", "desc", "within", "fails", "soft", "unchanged", "order", "tags", "attach",
        "param",
    ]

    /// What is meant by a word that other languages use, or that is a slip of the pen, where a
    /// statement starts: `func` → `fn`, `expct` → `expect`. Nil when nothing is near.
    package static func suggestion(for word: String) -> String? {
        foreignWords[word.lowercased()]
            ?? nearestName(to: word, among: statementStarters.map(\.rawValue))
    }

    private static let foreignWords: [String: String] = [
        "var": "let", "const": "let", "local": "let", "def": "fn", "func": "fn", "fun": "fn",
        "function": "fn", "lambda": "fn", "foreach": "for", "loop": "while", "until": "while",
        "repeat": "while", "import": "include", "source": "include", "require": "include",
        "assert": "expect", "should": "expect", "ensure": "expect", "println": "print",
        "puts": "print", "test": "scenario", "case": "scenario",
        "before": "setup", "beforeeach": "setup", "after_each": "teardown", "aftereach": "teardown",
        "cleanup": "finally", "defer": "finally", "ensures": "finally", "elif": "else if",
        "elsif": "else if",
        "elseif": "else if", "invariant": "always", "after": "at",
    ]

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
