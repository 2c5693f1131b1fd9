import Support
import Value

/// Reads a filter; names are looked up at once, so an unknown one is an error before anything runs.
struct JqParser {
    var tokens: [JqToken]
    var place = 0
    let stack: DeepStack
    var program = JqProgram()
    var scope: [Binding] = []
    /// Functions of the prelude that were read already.
    var prelude: [String: JqDefinition] = [:]

    /// What a name in force stands for.
    enum Binding {
        case variable(String)
        case function(name: String, arity: Int, JqDefinition)
        case parameter(String)
        case label(String)
    }

    /// - Parameter variables: names that are bound outside, the innermost last.
    static func parse(
        _ text: String, variables: [String], _ stack: DeepStack
    ) throws(JqCompileError) -> JqProgram {
        var parser = JqParser(try JqLexer(text).tokens, stack)
        parser.scope = variables.map { .variable($0) }
        parser.program.main = try parser.parseMain()
        return parser.program
    }

    init(_ tokens: [JqToken], _ stack: DeepStack) {
        self.tokens = tokens
        self.stack = stack
    }

    // MARK: Tokens

    var current: JqToken { tokens[place] }

    func sees(_ symbol: String) -> Bool { current == .symbol(symbol) }

    mutating func advance() { if place < tokens.count - 1 { place += 1 } }

    mutating func take(_ symbol: String) -> Bool {
        guard sees(symbol) else { return false }
        advance()
        return true
    }

    mutating func take(_ keyword: JqKeyword) -> Bool {
        guard current == .keyword(keyword) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String) throws(JqCompileError) {
        guard take(symbol) else { throw unexpected }
    }

    mutating func expect(_ keyword: JqKeyword) throws(JqCompileError) {
        guard take(keyword) else { throw unexpected }
    }

    var unexpected: JqCompileError {
        switch current {
        case .number: .unexpected("LITERAL")
        case .string: .unexpected("QQSTRING_START")
        case .format: .unexpected("FORMAT")
        case .field: .unexpected("FIELD")
        case .variable: .unexpected("'$'")
        case .name: .unexpected("IDENT")
        case .keyword(let keyword): .unexpected(keyword.rawValue)
        case .symbol(let symbol): .unexpected(symbol.utf8.count == 1 ? "'\(symbol)'" : symbol)
        case .end: .unexpected("$end")
        }
    }

    mutating func add(_ expression: JqExpression) -> JqNode {
        program.nodes.append(expression)
        return program.nodes.count - 1
    }

    // MARK: Pipes

    mutating func parseMain() throws(JqCompileError) -> JqNode {
        // Definitions alone are the identity.
        let node = current == .end ? add(.identity) : try parsePipe(allowsNothing: true)
        guard current == .end else { throw unexpected }
        return node
    }

    mutating func parsePipe(allowsNothing: Bool = false) throws(JqCompileError) -> JqNode {
        if stack.isUsedUp { throw JqCompileError("nested too deeply") }
        if current == .keyword(.def) {
            let (definition, count) = try parseDefinition()
            defer { scope.removeLast(count) }
            let body =
                allowsNothing && current == .end
                ? add(.identity) : try parsePipe(allowsNothing: allowsNothing)
            return add(.define(definition, body: body))
        }
        if take(.label) {
            guard case .variable(let name) = current else { throw unexpected }
            advance()
            try expect("|")
            scope.append(.label(name))
            defer { scope.removeLast() }
            return add(.label(try parsePipe()))
        }
        let left = try parseComma()
        if take(.as) { return try parseBinding(left) }
        guard take("|") else { return left }
        return add(.pipe(left, try parsePipe()))
    }

    mutating func parseBinding(_ source: JqNode) throws(JqCompileError) -> JqNode {
        let (pattern, count) = try parsePattern()
        defer { scope.removeLast(count) }
        try expect("|")
        return add(.bind(source, pattern, body: try parsePipe()))
    }

    mutating func parseComma() throws(JqCompileError) -> JqNode {
        var left = try parseOperators(0)
        while take(",") { left = add(.comma(left, try parseOperators(0))) }
        return left
    }

    // MARK: Operators

    enum Side { case left, right, none }

    /// From loose to tight.
    static let levels: [(symbols: [String], side: Side)] = [
        (["//"], .right), (["=", "|=", "+=", "-=", "*=", "/=", "%=", "//="], .none),
        (["or"], .left),
        (["and"], .left), (["==", "!=", "<", "<=", ">", ">="], .none), (["+", "-"], .left),
        (["*", "/", "%"], .left),
    ]

    func operation(of level: Int) -> String? {
        let symbols = Self.levels[level].symbols
        switch current {
        case .symbol(let symbol): return symbols.contains(symbol) ? symbol : nil
        case .keyword(let keyword) where keyword == .and || keyword == .or:
            return symbols.contains(keyword.rawValue) ? keyword.rawValue : nil
        case .number, .string, .format, .field, .variable, .name, .keyword, .end: return nil
        }
    }

    mutating func parseOperators(_ level: Int) throws(JqCompileError) -> JqNode {
        guard level < Self.levels.count else { return try parsePostfix() }
        var left = try parseOperators(level + 1)
        while let symbol = operation(of: level) {
            advance()
            let side = Self.levels[level].side
            if stack.isUsedUp { throw JqCompileError("nested too deeply") }
            let right = try parseOperators(side == .right ? level : level + 1)
            left = combined(symbol, left, right)
            if side == .none, operation(of: level) != nil { throw unexpected }
        }
        return left
    }

    mutating func combined(_ symbol: String, _ left: JqNode, _ right: JqNode) -> JqNode {
        switch symbol {
        case "//": return add(.alternative(left, right))
        case "and": return add(.and(left, right))
        case "or": return add(.or(left, right))
        case "=": return add(.assign(left, right))
        case "|=": return add(.update(left, right))
        case "//=": return add(.updateBy(nil, left, right))
        default: break
        }
        if let comparison = JqComparison(rawValue: symbol) {
            return add(.comparison(comparison, left, right))
        }
        if let arithmetic = JqArithmetic(rawValue: symbol) {
            return add(.arithmetic(arithmetic, left, right))
        }
        return add(.updateBy(JqArithmetic(rawValue: String(symbol.dropLast())), left, right))
    }

    // MARK: Terms

    mutating func parsePostfix() throws(JqCompileError) -> JqNode {
        if take("-") { return add(.negative(try parsePostfix())) }
        if take(.try) {
            let body = try parsePostfixTerm()
            let handler = take(.catch) ? try parsePostfixTerm() : nil
            return add(.attempt(body, handler: handler))
        }
        if take(.reduce) { return try parseReduce() }
        if take(.foreach) { return try parseForeach() }
        let term = try parsePostfixTerm()
        guard current == .keyword(.as) else { return term }
        advance()
        return try parseBinding(term)
    }

    mutating func parsePostfixTerm() throws(JqCompileError) -> JqNode {
        var term = try parseTerm()
        while true {
            if case .field(let name) = current {
                advance()
                term = add(.index(term, key: add(.literal(Value(name)))))
            } else if sees("."), case .string(let parts, let format) = tokens[place + 1] {
                advance()
                advance()
                term = add(.index(term, key: try parseString(parts, format)))
            } else if sees("."), tokens[place + 1] == .symbol("[") {
                advance()
            } else if take("?") {
                term = add(.attempt(term, handler: nil))
            } else if take("[") {
                term = try parseBrackets(term)
            } else {
                return term
            }
        }
    }

    mutating func parseBrackets(_ term: JqNode) throws(JqCompileError) -> JqNode {
        if take("]") { return add(.iterate(term)) }
        if take(":") {
            let end = try parsePipe()
            try expect("]")
            return add(.slice(term, from: nil, to: end))
        }
        let key = try parsePipe()
        guard take(":") else {
            try expect("]")
            return add(.index(term, key: key))
        }
        let end = sees("]") ? nil : try parsePipe()
        try expect("]")
        return add(.slice(term, from: key, to: end))
    }

    /// A pattern, and how many bindings it adds to the scope.
    mutating func parsePattern() throws(JqCompileError) -> (JqPattern, count: Int) {
        let before = scope.count
        let pattern = try parseOnePattern()
        return (pattern, scope.count - before)
    }

    mutating func parseOnePattern() throws(JqCompileError) -> JqPattern {
        if stack.isUsedUp { throw JqCompileError("nested too deeply") }
        if case .variable(let name) = current {
            advance()
            scope.append(.variable(name))
            return .variable
        }
        if take("[") {
            var parts = [try parseOnePattern()]
            while take(",") { parts.append(try parseOnePattern()) }
            try expect("]")
            return .list(parts)
        }
        try expect("{")
        var fields: [(key: JqPatternKey, pattern: JqPattern?)] = []
        repeat {
            let key: JqPatternKey
            switch current {
            case .variable(let name):
                advance()
                key = .variable(name)
                scope.append(.variable(name))
            case .name(let name):
                advance()
                key = .node(add(.literal(Value(name))))
            case .keyword(let keyword):
                advance()
                key = .node(add(.literal(Value(keyword.rawValue))))
            case .string(let parts, let format):
                advance()
                key = .node(try parseString(parts, format))
            case .symbol("("):
                advance()
                key = .node(try parsePipe())
                try expect(")")
            case .number, .format, .field, .symbol, .end: throw unexpected
            }
            if take(":") {
                fields.append((key, try parseOnePattern()))
            } else if case .variable = key {
                fields.append((key, nil))
            } else {
                throw unexpected
            }
        } while take(",")
        try expect("}")
        return .object(fields)
    }

    // MARK: Names

    mutating func variable(_ name: String) throws(JqCompileError) -> JqNode {
        for (distance, binding) in scope.reversed().enumerated() {
            if case .variable(name) = binding { return add(.variable(distance: distance)) }
        }
        if name == "ENV" { return add(.environment) }
        throw JqCompileError("$\(name) is not defined")
    }

    mutating func parseCall(_ name: String) throws(JqCompileError) -> JqNode {
        switch name {
        case "true": return add(.literal(true))
        case "false": return add(.literal(false))
        case "null": return add(.literal(.null))
        case "break":
            guard case .variable(let label) = current else { throw unexpected }
            advance()
            for (distance, binding) in scope.reversed().enumerated() {
                if case .label(label) = binding { return add(.leave(distance: distance)) }
            }
            throw JqCompileError("$*label-\(label) is not defined")
        default: break
        }
        var arguments: [JqNode] = []
        if take("(") {
            repeat { arguments.append(try parsePipe()) } while take(";")
            try expect(")")
        }
        for (distance, binding) in scope.reversed().enumerated() {
            switch binding {
            case .function(name, arguments.count, let definition):
                return add(.call(distance: distance, definition, arguments))
            case .parameter(name) where arguments.isEmpty:
                return add(.parameter(distance: distance))
            case .function, .parameter, .variable, .label: continue
            }
        }
        let signature = "\(name)/\(arguments.count)"
        if let builtin = JqBuiltin(rawValue: signature) { return add(.builtin(builtin, arguments)) }
        if let definition = try preludeDefinition(signature) {
            return add(.prelude(definition, arguments))
        }
        throw JqCompileError("\(signature) is not defined")
    }

    /// A function of the prelude, which is read when it is first named.
    mutating func preludeDefinition(
        _ signature: String
    ) throws(JqCompileError) -> JqDefinition? {
        if let known = prelude[signature] { return known }
        guard let source = JqPrelude.sources[signature] else { return nil }
        let outer = (tokens, place, scope)
        defer { (tokens, place, scope) = outer }
        (tokens, place, scope) = (try JqLexer(source).tokens, 0, [])
        let (definition, _) = try parseDefinition(signature)
        return definition
    }

    /// A definition, which is in force in its own body and from then on; how many bindings it adds.
    mutating func parseDefinition(
        _ signature: String? = nil
    ) throws(JqCompileError) -> (JqDefinition, count: Int) {
        try expect(.def)
        guard case .name(let name) = current else { throw unexpected }
        advance()
        var parameters: [(name: String, isValue: Bool)] = []
        if take("(") {
            repeat {
                switch current {
                case .variable(let name): parameters.append((name, true))
                case .name(let name): parameters.append((name, false))
                case .number, .string, .format, .field, .keyword, .symbol, .end: throw unexpected
                }
                advance()
            } while take(";")
            try expect(")")
        }
        try expect(":")
        let definition = program.definitions.count
        program.definitions.append(JqFunction(name: name, parameters: parameters, body: 0))
        // A function of the prelude may name itself.
        if let signature { prelude[signature] = definition }
        scope.append(.function(name: name, arity: parameters.count, definition))
        let before = scope.count
        for parameter in parameters {
            scope.append(.parameter(parameter.name))
            if parameter.isValue { scope.append(.variable(parameter.name)) }
        }
        let body = try parsePipe()
        try expect(";")
        scope.removeLast(scope.count - before)
        program.definitions[definition].body = body
        return (definition, 1)
    }
}
