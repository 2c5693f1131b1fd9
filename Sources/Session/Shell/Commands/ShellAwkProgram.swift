/// What an awk program is made of.
struct ShellAwkProgram: Sendable {
    indirect enum Expression: Sendable {
        case number(Double)
        case text(String)
        case pattern(ShellRegex)
        case variable(String)
        case element(String, [Expression])
        case field(Expression)
        case not(Expression)
        case negative(Expression)
        case binary(String, Expression, Expression)
        case match(Expression, Expression)
        case choice(Expression, Expression, Expression)
        case contains(String, [Expression])
        /// `target = value`; `operation` is "" or the operator of `+=` and the like.
        case assign(target: Expression, operation: String, Expression)
        case step(target: Expression, Double, isPrefix: Bool)
        case call(String, [Expression])
    }

    indirect enum Statement: Sendable {
        case block([Statement])
        case expression(Expression)
        case print([Expression])
        case printf([Expression])
        case when(Expression, Statement, Statement?)
        /// `while` and `for (;;)`: the step comes after each turn.
        case loop(start: Statement?, Expression?, step: Statement?, Statement)
        case each(String, in: String, Statement)
        case delete(String, [Expression])
        case next
        case exit(Expression?)
        case stop
        case again
    }

    enum Trigger: Sendable {
        case begin, end, always
        case when(Expression)
        case range(Expression, Expression)
    }

    struct Rule: Sendable {
        var trigger: Trigger
        /// Nil: the record is printed.
        var body: Statement?
    }

    var rules: [Rule] = []
}

/// A word of an awk program.
enum ShellAwkToken: Equatable {
    case number(Double)
    case text(String)
    case regex(String)
    case name(String)
    /// A name with a bracket glued to it: a call.
    case function(String)
    case symbol(String)
    case newline
    case end
}

/// Cuts an awk program into words.
struct ShellAwkLexer {
    private let source: [Character]
    private var position = 0
    private(set) var tokens: [ShellAwkToken] = []

    private static let symbols = [
        "&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "!~",
    ]

    init(_ text: String) throws(ShellSyntaxError) {
        source = Array(text)
        while position < source.count { try next() }
        tokens.append(.end)
    }

    /// A slash begins a regular expression where no operand stands before it.
    private var allowsRegex: Bool {
        switch tokens.last {
        case .number, .text, .regex, .name: false
        case .symbol(let symbol): ![")", "]", "$", "++", "--"].contains(symbol)
        default: true
        }
    }

    private mutating func next() throws(ShellSyntaxError) {
        let character = source[position]
        if character == "\n" {
            tokens.append(.newline)
            position += 1
        } else if character == " " || character == "\t" {
            position += 1
        } else if character == "\\", position + 1 < source.count, source[position + 1] == "\n" {
            position += 2
        } else if character == "#" {
            while position < source.count, source[position] != "\n" { position += 1 }
        } else if character == "\"" {
            tokens.append(.text(try quoted("\"", keepsEscapes: false)))
        } else if character == "/", allowsRegex {
            tokens.append(.regex(try quoted("/", keepsEscapes: true)))
        } else if character.isNumber || character == "." {
            let digits = source[position...].prefix { $0.isNumber || $0 == "." }
            position += digits.count
            tokens.append(.number(Double(String(digits)) ?? 0))
        } else if character.isLetter || character == "_" {
            let word = source[position...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            position += word.count
            let isCall = position < source.count && source[position] == "("
            tokens.append(isCall ? .function(String(word)) : .name(String(word)))
        } else {
            let pair = String(source[position...].prefix(2))
            let symbol = Self.symbols.contains(pair) ? pair : String(character)
            position += symbol.count
            tokens.append(.symbol(symbol))
        }
    }

    private mutating func quoted(
        _ end: Character, keepsEscapes: Bool
    ) throws(ShellSyntaxError) -> String {
        var text = ""
        position += 1
        while position < source.count, source[position] != end {
            guard source[position] == "\\", position + 1 < source.count else {
                text.append(source[position])
                position += 1
                continue
            }
            let escaped = source[position + 1]
            position += 2
            if escaped == end {
                text.append(end)
            } else if keepsEscapes {
                text += "\\\(escaped)"
            } else {
                text += ShellEscapes.simple[escaped] ?? "\\\(escaped)"
            }
        }
        guard position < source.count else {
            throw ShellSyntaxError(
                message: end == "/" ? "unterminated regexp" : "unterminated string")
        }
        position += 1
        return text
    }
}
