/// Reads the words of an expression into a tree, by the grammar of cel-spec ("Syntax").
///
/// It stops at the first word that does not fit, with ANTLR's words for it, since those are what a
/// user of Kubernetes sees; issues of meaning (a reserved name, a number that is too large, a macro
/// with wrong arguments) do not stop it.
struct CELParser {
    let source: CELSource
    let macros: CELMacroSet
    private let tokens: [CELToken]
    private var position = 0
    private var depth = 0
    var tree = CELTree()
    var issues: [CELIssue]
    /// How deep the tree below each term is.
    private var heights: [Int] = []

    /// The words that are no names, though the lexer takes them for such.
    static let reservedNames: Set<String> = [
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import",
        "in",
        "let", "loop", "package", "namespace", "null", "return", "true", "var", "void", "while",
    ]

    /// That the text does not fit; the issue is already noted.
    struct Stop: Error {}

    init(_ text: String, macros: CELMacroSet) {
        source = CELSource(text)
        self.macros = macros
        var lexer = CELLexer(source)
        if source.scalars.count <= CELLimits.sourceSize { lexer.run() }
        tokens = lexer.tokens
        issues = lexer.issues
    }

    /// start := expr END
    mutating func parse() throws(CELError) -> CELTermID {
        guard source.scalars.count <= CELLimits.sourceSize else {
            throw CELError(
                [
                    .whole(
                        "expression code point size exceeds limit: size: "
                            + "\(source.scalars.count), limit \(CELLimits.sourceSize)")
                ], in: source)
        }
        do {
            let root = try parseExpression()
            if next.kind != .end { try fail(expecting: "<EOF>", follows: { $0 == .end }) }
            if issues.isEmpty { return root }
        } catch {}
        throw CELError(issues, in: source)
    }

    // MARK: Words

    var next: CELToken { tokens[position] }

    var following: CELToken { tokens[min(position + 1, tokens.count - 1)] }

    func text(_ token: CELToken) -> String {
        token.kind == .end ? "<EOF>" : source.text(token.range)
    }

    mutating func take() -> CELToken {
        let token = next
        if position < tokens.count - 1 { position += 1 }
        return token
    }

    /// Where the parser stands, to go back to.
    var mark: Int { position }

    mutating func restore(_ mark: Int) { position = mark }

    mutating func takes(_ sign: CELSign) -> Bool {
        guard next.kind == .sign(sign) else { return false }
        position += 1
        return true
    }

    /// Takes a sign that must be there.
    mutating func require(_ sign: CELSign) throws(Stop) {
        if takes(sign) { return }
        let closes = sign == .rightParenthesis
        if closes, next.kind == .end {
            issues.append(
                source.issue(
                    at: next.range.lowerBound, "Syntax error: missing ')' at '<EOF>'"))
            throw Stop()
        }
        try fail(expecting: "'\(sign.rawValue)'", follows: { $0 == .sign(sign) })
    }

    /// Notes that the next word does not fit. It is "extraneous" where the one after it would.
    mutating func fail(
        expecting: String, follows: (CELTokenKind) -> Bool
    ) throws(Stop) {
        let verb = next.kind != .end && follows(following.kind) ? "extraneous" : "mismatched"
        issues.append(
            source.issue(
                at: next.range.lowerBound,
                "Syntax error: \(verb) input '\(text(next))' expecting \(expecting)"))
        throw Stop()
    }

    static let operandWords =
        "'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, "
        + "STRING, BYTES, IDENTIFIER"

    static func beginsOperand(_ kind: CELTokenKind) -> Bool {
        switch kind {
        case .identifier, .int, .uint, .double, .string, .bytes: true
        case .end, .quotedIdentifier: false
        case .sign(let sign):
            switch sign {
            case .leftBracket, .leftBrace, .leftParenthesis, .dot, .minus, .not, .isTrue, .isFalse,
                .null:
                true
            case .equal, .notEqual, .lessOrEqual, .greaterOrEqual, .and, .or, .less, .greater,
                .rightBracket, .rightBrace, .rightParenthesis, .comma, .question, .colon, .plus,
                .times, .divide, .remainder, .isIn:
                false
            }
        }
    }

    // MARK: Terms

    /// Adds a term of the text, whose depth is bounded.
    mutating func add(_ term: CELTerm, at place: Int, over parts: [CELTermID] = []) throws(Stop)
        -> CELTermID
    {
        var height = 0
        for part in parts where Int(part.index) < heights.count {
            height = max(height, heights[Int(part.index)])
        }
        guard height < CELLimits.depth else { throw tooDeep() }
        let id = tree.add(term, at: place)
        heights += repeatElement(0, count: Int(id.index) - heights.count)
        heights.append(height + 1)
        return id
    }

    private mutating func tooDeep() -> Stop {
        issues.append(.whole("expression recursion limit exceeded: \(CELLimits.depth)"))
        return Stop()
    }

    mutating func call(
        _ name: String, _ arguments: [CELTermID], at place: Int
    ) throws(Stop) -> CELTermID {
        try add(.call(name, target: nil, arguments), at: place, over: arguments)
    }

    // MARK: Expressions

    /// expr := or ["?" or ":" expr]
    mutating func parseExpression() throws(Stop) -> CELTermID {
        depth += 1
        defer { depth -= 1 }
        guard depth <= CELLimits.depth else { throw tooDeep() }
        let condition = try parseLogic(.or)
        let mark = next
        guard takes(.question) else { return condition }
        let first = try parseLogic(.or)
        try require(.colon)
        let second = try parseExpression()
        return try call(
            CELOperator.conditional, [condition, first, second], at: mark.range.lowerBound)
    }

    /// or := and {"||" and}; and := relation {"&&" relation}
    ///
    /// Long chains become balanced trees, as cel-go makes them.
    private mutating func parseLogic(_ sign: CELSign) throws(Stop) -> CELTermID {
        var terms = [try sign == .or ? parseLogic(.and) : parseBinary(level: 0)]
        var places: [Int] = []
        while next.kind == .sign(sign) {
            places.append(take().range.lowerBound)
            terms.append(try sign == .or ? parseLogic(.and) : parseBinary(level: 0))
        }
        let name = sign == .or ? CELOperator.or : CELOperator.and
        return places.isEmpty ? terms[0] : try balance(name, terms, places, 0..<places.count)
    }

    private mutating func balance(
        _ name: String, _ terms: [CELTermID], _ places: [Int], _ range: Range<Int>
    ) throws(Stop) -> CELTermID {
        let last = range.upperBound - 1
        let middle = (range.lowerBound + last + 1) / 2
        let left =
            middle == range.lowerBound
            ? terms[middle] : try balance(name, terms, places, range.lowerBound..<middle)
        let right =
            middle == last
            ? terms[middle + 1] : try balance(name, terms, places, middle + 1..<range.upperBound)
        return try call(name, [left, right], at: places[middle])
    }

    /// The binary operators by how tightly they bind.
    private static let levels: [[CELSign: String]] = [
        [
            .less: CELOperator.less, .lessOrEqual: CELOperator.lessOrEqual,
            .greater: CELOperator.greater, .greaterOrEqual: CELOperator.greaterOrEqual,
            .equal: CELOperator.equal, .notEqual: CELOperator.notEqual, .isIn: CELOperator.isIn,
        ],
        [.plus: CELOperator.add, .minus: CELOperator.subtract],
        [
            .times: CELOperator.multiply, .divide: CELOperator.divide,
            .remainder: CELOperator.remainder,
        ],
    ]

    /// relation := sum {("<" | "<=" | ">" | ">=" | "==" | "!=" | "in") sum}
    /// sum := product {("+" | "-") product}; product := unary {("*" | "/" | "%") unary}
    private mutating func parseBinary(level: Int) throws(Stop) -> CELTermID {
        guard level < Self.levels.count else { return try parseUnary() }
        var left = try parseBinary(level: level + 1)
        while case .sign(let sign) = next.kind, let name = Self.levels[level][sign] {
            let place = take().range.lowerBound
            let right = try parseBinary(level: level + 1)
            left = try call(name, [left, right], at: place)
        }
        return left
    }

    /// unary := member | "!" {"!"} member | "-" {"-"} member
    private mutating func parseUnary() throws(Stop) -> CELTermID {
        let mark = next
        if takes(.not) {
            var count = 1
            while takes(.not) { count += 1 }
            let operand = try parseMember()
            if count % 2 == 0 { return operand }
            return try call(CELOperator.not, [operand], at: mark.range.lowerBound)
        }
        guard mark.kind == .sign(.minus) else { return try parseMember() }
        // A sign belongs to the number behind it, where only one stands there.
        if following.kind == .int || following.kind == .double { return try parseMember() }
        var count = 0
        while next.kind == .sign(.minus) {
            count += 1
            _ = take()
        }
        let operand = try parseMember()
        if count % 2 == 0 { return operand }
        return try call(CELOperator.negate, [operand], at: mark.range.lowerBound)
    }
}

/// The names that operators have as functions, which messages show.
enum CELOperator {
    static let conditional = "_?_:_"
    static let and = "_&&_"
    static let or = "_||_"
    static let not = "!_"
    static let negate = "-_"
    static let equal = "_==_"
    static let notEqual = "_!=_"
    static let less = "_<_"
    static let lessOrEqual = "_<=_"
    static let greater = "_>_"
    static let greaterOrEqual = "_>=_"
    static let isIn = "@in"
    static let add = "_+_"
    static let subtract = "_-_"
    static let multiply = "_*_"
    static let divide = "_/_"
    static let remainder = "_%_"
    static let index = "_[_]"
    static let optionalIndex = "_[?_]"
    static let optionalSelect = "_?._"
    static let notStrictlyFalse = "@not_strictly_false"
}

/// What bounds an expression and its evaluation.
public enum CELLimits {
    /// Code points of an expression (cel-go's default).
    static let sourceSize = 100_000
    /// How deep an expression may be nested (cel-go's default).
    static let depth = 250
    /// How many terms an expression may have before a macro doubles a part of it.
    static let terms = 200_000
    /// What one evaluation may cost (Kubernetes `apis/cel.PerCallLimit`).
    public static let costPerCall: UInt64 = 1_000_000
    /// What all evaluations for one object may cost (Kubernetes `RuntimeCELCostBudget`).
    public static let costPerObject: UInt64 = 10_000_000
}
