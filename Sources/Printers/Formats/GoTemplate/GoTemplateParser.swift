import Value

/// Builds the statements of a Go template from its tokens.
struct GoTemplateParser {
    private typealias Token = GoTemplateLexer.Token

    private let tokens: [Token]
    private var position = 0
    /// The variables in force, innermost last.
    private var variables = ["$"]
    private var rangeDepth = 0
    private var depth = 0
    /// Named templates of `define` and `block`.
    private(set) var definitions: [String: [GoStatement]] = [:]

    /// Nesting of actions and parentheses.
    private static let maximumDepth = 200

    init(_ text: String) throws(GoParseError) { tokens = try GoTemplateLexer.tokens(text) }

    /// What ended a list of statements.
    private enum Ending: Equatable {
        case end, otherwise, eof
    }

    /// template := { text | action | define }
    mutating func parse() throws(GoParseError) -> [GoStatement] {
        let (statements, ending) = try list()
        switch ending {
        case .eof: return statements
        case .end: throw error("unexpected {{end}}")
        case .otherwise: throw error("unexpected {{else}}")
        }
    }

    private var peek: Token { tokens[min(position, tokens.count - 1)] }

    private mutating func next() -> Token {
        defer { position += 1 }
        return peek
    }

    private mutating func skipSpace() {
        while peek.kind == .space { position += 1 }
    }

    private mutating func nextNonSpace() -> Token {
        skipSpace()
        return next()
    }

    private func error(_ message: String, _ token: GoTemplateLexer.Token? = nil) -> GoParseError {
        GoParseError(
            line: (token ?? tokens[max(0, min(position, tokens.count) - 1)]).line, message: message)
    }

    private func unexpected(_ token: Token, _ context: String) -> GoParseError {
        let shown: String
        switch token.kind {
        case .end: shown = "EOF"
        case .word where Self.keywords.contains(token.text): shown = "<\(token.text)>"
        default:
            shown =
                token.text.count > 10
                ? GoSyntax.quoted(String(token.text.prefix(10))) + "..."
                : GoSyntax.quoted(token.text)
        }
        return error("unexpected \(shown) in \(context)", token)
    }

    private static let keywords: Set<String> = [
        "block", "break", "continue", "define", "else", "end", "if", "nil", "range", "template",
        "with",
    ]

    // MARK: Statements

    private mutating func list() throws(GoParseError) -> ([GoStatement], Ending) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw error("template nested too deeply") }
        var statements: [GoStatement] = []
        while true {
            let token = next()
            switch token.kind {
            case .end: return (statements, .eof)
            case .text: statements.append(.text(token.text))
            default:
                skipSpace()
                switch peek.kind == .word ? peek.text : "" {
                case "end":
                    position += 1
                    try expectClosing("end")
                    return (statements, .end)
                case "else":
                    position += 1
                    return (statements, .otherwise)
                default:
                    if let statement = try action() { statements.append(statement) }
                }
            }
        }
    }

    private mutating func expectClosing(_ context: String) throws(GoParseError) {
        let token = nextNonSpace()
        guard token.kind == .rightDelimiter else { throw unexpected(token, context) }
    }

    /// action := control | pipe, behind its left delimiter
    private mutating func action() throws(GoParseError) -> GoStatement? {
        let token = peek
        if token.kind == .word {
            switch token.text {
            case "if", "range", "with":
                position += 1
                return try branch(GoBranch(rawValue: token.text) ?? .if)
            case "define":
                position += 1
                try define()
                return nil
            case "block":
                position += 1
                return try block()
            case "template":
                position += 1
                return try template()
            case "break", "continue":
                position += 1
                guard rangeDepth > 0 else { throw error("{{\(token.text)}} outside {{range}}") }
                try expectClosing("{{\(token.text)}}")
                return .leave(isBreak: token.text == "break")
            default: break
            }
        }
        return .action(try pipe("command", closing: .rightDelimiter))
    }

    /// branch := ( "if" | "range" | "with" ) pipe list [ "else" [ branch ] list ] "end"
    private mutating func branch(_ kind: GoBranch) throws(GoParseError) -> GoStatement {
        let scope = variables.count
        defer { variables.removeSubrange(scope...) }
        let pipe = try pipe(kind.rawValue, closing: .rightDelimiter)
        if kind == .range { rangeDepth += 1 }
        let (then, ending) = try list()
        if kind == .range { rangeDepth -= 1 }
        var otherwise: [GoStatement] = []
        switch ending {
        case .eof: throw error("unexpected EOF")
        case .end: break
        case .otherwise:
            skipSpace()
            // `else if` and `else with` are branches of their own that share the end.
            if peek.kind == .word, peek.text == kind.rawValue, kind != .range {
                position += 1
                otherwise = [try branch(kind)]
            } else {
                try expectClosing("else")
                let (statements, ending) = try list()
                guard ending != .eof else { throw error("unexpected EOF") }
                guard ending == .end else { throw error("expected end; found {{else}}") }
                otherwise = statements
            }
        }
        return .branch(kind, pipe: pipe, then: then, otherwise: otherwise)
    }

    private mutating func body() throws(GoParseError) -> [GoStatement] {
        let (outerVariables, outerDepth) = (variables, rangeDepth)
        (variables, rangeDepth) = (["$"], 0)
        defer { (variables, rangeDepth) = (outerVariables, outerDepth) }
        let (statements, ending) = try list()
        guard ending != .eof else { throw error("unexpected EOF") }
        guard ending == .end else { throw error("unexpected {{else}}") }
        return statements
    }

    private mutating func define() throws(GoParseError) {
        let (name, _) = try templateName("define clause")
        try expectClosing("define clause")
        definitions[name] = try body()
    }

    private mutating func block() throws(GoParseError) -> GoStatement {
        let (name, token) = try templateName("block clause")
        let pipe = try pipe("block clause", closing: .rightDelimiter)
        definitions[name] = try body()
        return .template(name: name, quoted: token.text, pipe: pipe, offset: token.offset)
    }

    private mutating func template() throws(GoParseError) -> GoStatement {
        let (name, token) = try templateName("template clause")
        skipSpace()
        var argument: GoPipe?
        if peek.kind == .rightDelimiter {
            position += 1
        } else {
            argument = try pipe("template clause", closing: .rightDelimiter)
        }
        return .template(name: name, quoted: token.text, pipe: argument, offset: token.offset)
    }

    private mutating func templateName(
        _ context: String
    ) throws(GoParseError) -> (String, GoTemplateLexer.Token) {
        let token = nextNonSpace()
        guard token.kind == .string || token.kind == .rawString else {
            throw unexpected(token, context)
        }
        return (try unquoted(token), token)
    }

    private func unquoted(_ token: Token) throws(GoParseError) -> String {
        let body = Array(token.text.unicodeScalars)[1..<token.text.unicodeScalars.count - 1]
        if token.kind == .rawString {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: body)
            return String(view)
        }
        let quote: Unicode.Scalar = token.kind == .character ? "'" : "\""
        guard let text = GoSyntax.unquoted(body, quote: quote) else {
            throw error("invalid syntax", token)
        }
        return text
    }

    // MARK: Pipes

    /// pipe := [ variable [ "," variable ] ( ":=" | "=" ) ] command { "|" command }
    private mutating func pipe(
        _ context: String, closing: GoTemplateLexer.Token.Kind
    ) throws(GoParseError) -> GoPipe {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw error("template nested too deeply") }
        skipSpace()
        var pipe = GoPipe(offset: peek.offset)
        try declarations(of: &pipe, context)
        while true {
            skipSpace()
            let token = peek
            if token.kind == closing {
                position += 1
                try check(pipe, context)
                // A variable lives from behind its own pipe.
                if !pipe.isAssignment { variables += pipe.variables }
                return pipe
            }
            switch token.kind {
            case .word, .field, .variable, .dot, .number, .character, .string, .rawString,
                .leftParenthesis:
                pipe.commands.append(try command())
            default: throw unexpected(next(), context)
            }
        }
    }

    private mutating func declarations(
        of pipe: inout GoPipe, _ context: String
    ) throws(GoParseError) {
        let start = position
        while peek.kind == .variable {
            let name = next().text
            skipSpace()
            switch peek.kind {
            case .declare, .assign:
                pipe.isAssignment = peek.kind == .assign
                position += 1
                pipe.variables.append(name)
                return
            case .comma where context == "range" && pipe.variables.isEmpty:
                position += 1
                pipe.variables.append(name)
                skipSpace()
                guard peek.kind == .variable else {
                    throw error("range can only initialize variables")
                }
            case .comma: throw error("too many declarations in \(context)")
            default:
                // It was the first operand.
                position = start
                pipe.variables = []
                return
            }
        }
        position = start
        pipe.variables = []
    }

    private func check(_ pipe: GoPipe, _ context: String) throws(GoParseError) {
        guard !pipe.commands.isEmpty else { throw error("missing value for \(context)") }
        for (index, command) in pipe.commands.enumerated().dropFirst() {
            switch command.operands[0].kind {
            case .bool, .dot, .null, .number, .string:
                throw error("non executable command in pipeline stage \(index + 1)")
            case .field, .variable, .function, .chain, .pipe: break
            }
        }
    }

    /// command := operand { " " operand }, up to a bar or the end of the pipe
    private mutating func command() throws(GoParseError) -> GoCommand {
        skipSpace()
        var command = GoCommand(offset: peek.offset, operands: [])
        while true {
            skipSpace()
            if let operand = try operand() { command.operands.append(operand) }
            let token = peek
            switch token.kind {
            case .space:
                position += 1
                continue
            case .rightDelimiter, .rightParenthesis: break
            case .pipe: position += 1
            default: throw unexpected(next(), "operand")
            }
            break
        }
        guard !command.operands.isEmpty else { throw error("empty command") }
        return command
    }

    /// operand := term { field }
    private mutating func operand() throws(GoParseError) -> GoOperand? {
        guard let term = try term() else { return nil }
        guard peek.kind == .field else { return term }
        let chainOffset = peek.offset
        var names: [String] = []
        while peek.kind == .field { names.append(String(next().text.dropFirst())) }
        switch term.kind {
        case .field(let first): return GoOperand(offset: chainOffset, kind: .field(first + names))
        case .variable(let first):
            return GoOperand(offset: chainOffset, kind: .variable(first + names))
        case .bool, .string, .number, .null, .dot:
            throw error("unexpected . after term \(GoSyntax.quoted(term.text))")
        case .function, .chain, .pipe:
            return GoOperand(offset: chainOffset, kind: .chain(term, names))
        }
    }

    private mutating func term() throws(GoParseError) -> GoOperand? {
        let token = peek
        func make(_ kind: GoOperand.Kind) -> GoOperand {
            GoOperand(offset: token.offset, kind: kind)
        }
        switch token.kind {
        case .word:
            position += 1
            switch token.text {
            case "true", "false": return make(.bool(token.text == "true"))
            case "nil": return make(.null)
            case _ where Self.keywords.contains(token.text): throw unexpected(token, "operand")
            default:
                guard GoFunction(rawValue: token.text) != nil else {
                    throw error("function \(GoSyntax.quoted(token.text)) not defined", token)
                }
                return make(.function(token.text))
            }
        case .dot:
            position += 1
            return make(.dot)
        case .field:
            position += 1
            return make(.field([String(token.text.dropFirst())]))
        case .variable:
            position += 1
            guard variables.contains(token.text) else {
                throw error("undefined variable \(GoSyntax.quoted(token.text))", token)
            }
            return make(.variable([token.text]))
        case .number:
            position += 1
            return make(.number(text: token.text, GoNumber.parse(token.text) ?? 0))
        case .character:
            position += 1
            let scalars = try unquoted(token).unicodeScalars
            guard scalars.count == 1, let scalar = scalars.first else {
                throw error("malformed character constant: \(token.text)", token)
            }
            return make(.number(text: token.text, .int(Int64(scalar.value))))
        case .string, .rawString:
            position += 1
            return make(.string(quoted: token.text, try unquoted(token)))
        case .leftParenthesis:
            position += 1
            return make(.pipe(try pipe("parenthesized pipeline", closing: .rightParenthesis)))
        default: return nil
        }
    }
}
