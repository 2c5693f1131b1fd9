// The syntax tree: statements. All nodes are plain data with spans into `Script.source`; `span`
// always covers the whole node, keyword to last token. Grammar: grammar/drydock.ebnf.

/// A parsed script, or what was typed at the prompt.
public struct Script: Sendable {
    public var source: Source
    public var statements: [Statement]

    public init(source: Source, statements: [Statement]) {
        self.source = source
        self.statements = statements
    }
}

/// `{ … }` with statements. The span covers the braces.
public struct Block: Sendable {
    public var statements: [Statement]
    public var span: SourceSpan
}

/// A name that is declared or bound: a variable, function, parameter or tag.
public struct Identifier: Sendable {
    public var name: String
    public var span: SourceSpan
}

/// One statement.
public struct Statement: Sendable {
    public var kind: StatementKind
    public var span: SourceSpan
}

/// What a statement is.
public enum StatementKind: Sendable {
    /// `let a = e`, `let a, b = e`
    case `let`(LetStatement)
    /// `a = e`, `a.b[0] = e`, `a += e`
    case assign(AssignStatement)
    /// `if c { } else if c { } else { }`
    case `if`(IfStatement)
    /// `for x in e { }`
    case `for`(ForStatement)
    /// `while c { }`
    case `while`(WhileStatement)
    case `break`
    case `continue`
    /// `fn f(a, b = 2) { }`, `fn f(a) => e`
    case function(FunctionDeclaration)
    /// `return`, `return e`
    case `return`(Expression?)
    /// `include "lib.dock"`
    case include(StringLiteral)
    /// `file "web.yaml" <<EOF`, `file "web.yaml" = e`
    case file(FileStatement)
    /// `setup { }`
    case setup(Block)
    /// `scenario "title" … { }`
    case scenario(ScenarioStatement)
    /// `expect …`
    case expect(ExpectStatement)
    /// `always E { }`, `never E { }`
    case invariant(InvariantStatement)
    /// `at 10s { }`, `every 10s { }`
    case timer(TimerStatement)
    /// `behavior nginx:* { startDelay: 2s }`
    case behavior(BehaviorStatement)
    /// `skip`, `skip "reason"`
    case skip(StringLiteral?)
    /// `print a, b`
    case print([Expression])
    /// An expression on its own: the prompt prints it; a call runs for its effect.
    case expression(Expression)
    /// A command in the word register: `get pods -o wide`, `node add a`, `settle`.
    case command(CommandStatement)
}

/// `let a = e`; several names take apart a list of as many values.
public struct LetStatement: Sendable {
    /// At least one.
    public var names: [Identifier]
    public var value: Expression
}

/// `target = value` or `target += value`.
public struct AssignStatement: Sendable {
    /// The variable that is assigned, or whose part is.
    public var name: Identifier
    /// The path into the variable; empty when the variable itself is assigned.
    public var segments: [PathSegment]
    /// `.add` for `+=`, and so on; nil for `=`. Only add, subtract, multiply and divide occur.
    public var operation: BinaryOperator?
    public var value: Expression
}

/// An `if` with all its `else if` parts in order.
public struct IfStatement: Sendable {
    /// At least one; the first is the `if` itself.
    public var branches: [IfBranch]
    public var otherwise: Block?
}

/// One condition of an `if` with its block.
public struct IfBranch: Sendable {
    public var condition: Expression
    public var body: Block
}

/// `for x in e { }`; several names take apart items that are lists of as many values, and the
/// items of a map are its `[key, value]` pairs.
public struct ForStatement: Sendable {
    /// At least one.
    public var names: [Identifier]
    public var sequence: Expression
    public var body: Block
}

/// `while c { }`.
public struct WhileStatement: Sendable {
    public var condition: Expression
    public var body: Block
}

/// `fn name(…) …`.
public struct FunctionDeclaration: Sendable {
    public var name: Identifier
    public var function: FunctionLiteral
}

/// `file "name" <<EOF` or `file "name" = e`: a file that lives in memory and shadows the disk.
public struct FileStatement: Sendable {
    public var name: StringLiteral
    /// A here-document (`.hereDocument`) or any expression that gives text.
    public var content: Expression
}

/// `scenario "title" tags a, b skip "reason" for x in list { }`.
public struct ScenarioStatement: Sendable {
    /// May interpolate the names of `parameters`.
    public var title: StringLiteral
    public var tags: [Identifier]
    public var skip: ScenarioSkip?
    public var parameters: ScenarioParameters?
    public var body: Block
}

/// `skip` or `skip "reason"` in the head of a scenario.
public struct ScenarioSkip: Sendable {
    public var reason: StringLiteral?
    public var span: SourceSpan
}

/// `for a, b in rows` in the head of a scenario: it runs once per row. Names bind as in `for`.
public struct ScenarioParameters: Sendable {
    /// At least one.
    public var names: [Identifier]
    public var rows: Expression
    public var span: SourceSpan
}

/// `expect …` in its four forms.
public struct ExpectStatement: Sendable {
    public var kind: ExpectKind
    /// `, "why it matters"` at the end; only after `.now` and `.within`.
    public var message: StringLiteral?
}

/// What `expect` states.
public enum ExpectKind: Sendable {
    /// `expect E`: E holds now.
    case now(Expression)
    /// `expect within 30s: E`: E holds at some instant until then. The first value is the duration.
    case within(Expression, Expression)
    /// `expect fails "text" { }`: the last statement of the block fails with the text (any
    /// expression that gives text, usually a string) in its output; without text it fails at all.
    case fails(Expression?, Block)
    /// `expect output { } contains E`: what the block writes.
    case output(Block, OutputCheck)
}

/// What the output of a block must be.
public struct OutputCheck: Sendable {
    public enum Relation: String, Sendable, CaseIterable {
        /// The text occurs in the output.
        case contains
        /// The regular expression matches somewhere in the output.
        case matches
        /// The output is the text; final newlines do not count.
        case equals = "=="
    }
    public var relation: Relation
    /// `not contains`, `not matches`, `!=`.
    public var isNegated: Bool
    public var expected: Expression
}

/// `always E { }` or `never E { }`: E is checked at every state change while the block runs.
public struct InvariantStatement: Sendable {
    public enum Kind: String, Sendable {
        case always
        case never
    }
    public var kind: Kind
    public var condition: Expression
    public var body: Block
}

/// `at 10s { }` (once) or `every 10s { }` (again and again).
public struct TimerStatement: Sendable {
    public enum Kind: String, Sendable {
        case at
        case every
    }
    public var kind: Kind
    /// A duration.
    public var time: Expression
    public var body: Block
}

/// `behavior nginx:1.* { startDelay: 2s, exitCode: 1 }`: how the containers of an image behave.
public struct BehaviorStatement: Sendable {
    /// At least one word: the image pattern, and whatever narrows it further.
    public var target: [Word]
    /// `name: value` in order, as written.
    public var settings: [BehaviorSetting]
}

/// One `name: value` of a behavior.
public struct BehaviorSetting: Sendable {
    public var name: Identifier
    public var value: Expression
}
