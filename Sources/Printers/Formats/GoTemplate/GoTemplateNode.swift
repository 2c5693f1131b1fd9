import Value

/// A piece of a parsed Go template.
indirect enum GoStatement: Sendable {
    case text(String)
    case action(GoPipe)
    case branch(GoBranch, pipe: GoPipe, then: [GoStatement], otherwise: [GoStatement])
    /// `{{template "name" pipe}}`; `quoted` is the name as written.
    case template(name: String, quoted: String, pipe: GoPipe?, offset: Int)
    case leave(isBreak: Bool)
}

/// The three actions with a body.
enum GoBranch: String, Sendable {
    case `if`, range, with
}

/// `$x := a b | c`: commands, each of which hands its result to the next.
struct GoPipe: Sendable {
    var offset: Int
    /// `=` instead of `:=`.
    var isAssignment = false
    /// The variables that take the result, with their dollar.
    var variables: [String] = []
    var commands: [GoCommand] = []

    var text: String {
        let names = variables.joined(separator: ", ")
        let prefix = variables.isEmpty ? "" : names + (isAssignment ? " = " : " := ")
        return prefix + commands.map(\.text).joined(separator: " | ")
    }
}

/// An operand, or a function with its arguments.
struct GoCommand: Sendable {
    var offset: Int
    var operands: [GoOperand]

    var text: String {
        operands.map { operand in
            if case .pipe(let pipe) = operand.kind { return "(" + pipe.text + ")" }
            return operand.text
        }.joined(separator: " ")
    }
}

struct GoOperand: Sendable {
    indirect enum Kind: Sendable {
        case dot
        case null
        case bool(Bool)
        case number(text: String, Value)
        case string(quoted: String, String)
        /// `.a.b`
        case field([String])
        /// `$x.a.b`: the variable first.
        case variable([String])
        case function(String)
        /// `(…).a.b`
        case chain(GoOperand, [String])
        case pipe(GoPipe)
    }

    var offset: Int
    var kind: Kind

    var text: String {
        switch kind {
        case .dot: "."
        case .null: "nil"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let text, _): text
        case .string(let quoted, _): quoted
        case .field(let names): names.map { "." + $0 }.joined()
        case .variable(let names): names.joined(separator: ".")
        case .function(let name): name
        case .chain(let base, let names):
            base.chainText + names.map { "." + $0 }.joined()
        case .pipe(let pipe): pipe.text
        }
    }

    private var chainText: String {
        if case .pipe(let pipe) = kind { return "(" + pipe.text + ")" }
        return text
    }
}

/// Why a template does not parse; the words are those of Go's `text/template`.
struct GoParseError: Error, Equatable {
    let line: Int
    let message: String

    var text: String { "template: output:\(line): \(message)" }
}
