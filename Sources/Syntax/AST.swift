// The syntax tree: statements. All nodes are plain data with spans into `Script.source`; `span`
// always covers the whole node, keyword to last token. Grammar: grammar/drydock.ebnf.

/// A parsed script, or what was typed at the prompt.
package struct Script: Sendable {
    package var source: Source
    package var statements: [Statement]

    package init(source: Source, statements: [Statement]) {
        self.source = source
        self.statements = statements
    }
}

/// `{ … }` with statements, or the statements between two words of a shell. The span covers the
/// braces or words.
package struct Block: Sendable {
    package var statements: [Statement]
    package var span: SourceSpan

    package init(statements: [Statement], span: SourceSpan) {
        self.statements = statements
        self.span = span
    }
}

/// A name that is declared or bound: a variable, function, parameter or tag.
package struct Identifier: Sendable {
    package var name: String
    package var span: SourceSpan

    package init(name: String, span: SourceSpan) {
        self.name = name
        self.span = span
    }
}

/// One statement.
package struct Statement: Sendable {
    package var kind: StatementKind
    package var span: SourceSpan
}

/// What a statement is.
package enum StatementKind: Sendable {
    /// `let a = e`, `let a, b = e`, `param a = e`
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
    /// `teardown { }`, `finally { }`
    case cleanup(CleanupStatement)
    /// `scenario "title" … { }`
    case scenario(ScenarioStatement)
    /// `exercise "name" { … }`
    case exercise(ExerciseStatement)
    /// `expect …`
    case expect(ExpectStatement)
    /// `always E { }`, `never E { }`
    case invariant(InvariantStatement)
    /// `at 10s { }`, `every 10s { }`
    case timer(TimerStatement)
    /// `behavior nginx:* { startDelay: 2s }`
    case behavior(BehaviorStatement)
    /// `attach "name" e`
    case attach(AttachStatement)
    /// `skip`, `skip "reason"`
    case skip(StringLiteral?)
    /// `print a, b`
    case print([Expression])
    /// An expression on its own: the prompt prints it; a call runs for its effect.
    case expression(Expression)
    /// A command in the word register: `get pods -o wide`, `node add a`, `settle`.
    case command(CommandStatement)
}

/// `let a = e`; several names take apart a list of as many values. `param a = e` is one whose value
/// may come from outside the script.
package struct LetStatement: Sendable {
    /// At least one; exactly one of a parameter.
    package var names: [Identifier]
    package var value: Expression
    /// Written `param`.
    package var isParameter = false
}

/// `target = value` or `target += value`.
package struct AssignStatement: Sendable {
    /// The variable that is assigned, or whose part is.
    package var name: Identifier
    /// The path into the variable; empty when the variable itself is assigned.
    package var segments: [PathSegment]
    /// `.add` for `+=`, and so on; nil for `=`. Only add, subtract, multiply and divide occur.
    package var operation: BinaryOperator?
    package var value: Expression
}

/// An `if` with all its `else if` parts in order.
package struct IfStatement: Sendable {
    /// At least one; the first is the `if` itself.
    package var branches: [IfBranch]
    package var otherwise: Block?
}

/// One condition of an `if` with its block.
package struct IfBranch: Sendable {
    package var condition: Expression
    package var body: Block
}

/// `for x in e { }`; several names take apart items that are lists of as many values, and the
/// items of a map are its `[key, value]` pairs.
package struct ForStatement: Sendable {
    /// At least one.
    package var names: [Identifier]
    package var sequence: Expression
    package var body: Block
}

/// `while c { }`.
package struct WhileStatement: Sendable {
    package var condition: Expression
    package var body: Block
}

/// `fn name(…) …`.
package struct FunctionDeclaration: Sendable {
    package var name: Identifier
    package var function: FunctionLiteral
}

/// `file "name" <<EOF` or `file "name" = e`: a file that lives in memory and shadows the disk.
package struct FileStatement: Sendable {
    package var name: StringLiteral
    /// A here-document (`.hereDocument`) or any expression that gives text.
    package var content: Expression
}

/// `teardown { }` (after each scenario of the file) or `finally { }` (at the end of a scenario): runs
/// after a failure too.
package struct CleanupStatement: Sendable {
    package enum Kind: String, Sendable {
        case teardown
        case finally
    }
    package var kind: Kind
    package var body: Block
}

/// `attach "name" e`: evidence for the reports.
package struct AttachStatement: Sendable {
    package var name: StringLiteral
    package var value: Expression
}

/// `scenario "title" tags a, b skip "reason" for x in list { }`.
package struct ScenarioStatement: Sendable {
    /// May interpolate the names of `parameters`.
    package var title: StringLiteral
    package var tags: [Identifier]
    package var skip: ScenarioSkip?
    package var parameters: ScenarioParameters?
    package var body: Block
}

/// `skip` or `skip "reason"` in the head of a scenario.
package struct ScenarioSkip: Sendable {
    package var reason: StringLiteral?
    package var span: SourceSpan
}

/// `for a, b in rows` in the head of a scenario: it runs once per row. Names bind as in `for`.
package struct ScenarioParameters: Sendable {
    /// At least one.
    package var names: [Identifier]
    package var rows: Expression
    package var span: SourceSpan
}

/// `expect …` in its forms.
package struct ExpectStatement: Sendable {
    package var kind: ExpectKind
    /// `expect soft`: the scenario goes on, and fails at its end.
    package var isSoft = false
    /// `, "why it matters"` at the end; only after `.now` and `.within`.
    package var message: StringLiteral?
}

/// What `expect` states.
package enum ExpectKind: Sendable {
    /// `expect E`: E holds now.
    case now(Expression)
    /// `expect within 30s: E`: E holds at some instant until then. The first value is the duration.
    case within(Expression, Expression)
    /// `expect fails "text" { }`: the last statement of the block fails with the text (any
    /// expression that gives text, usually a string) in its output; without text it fails at all.
    case fails(Expression?, Block)
    /// `expect output { } contains E`: what the block writes.
    case output(Block, OutputCheck)
    /// `expect unchanged LIST { }`: no object of the list is written, deleted or added while the block runs.
    case unchanged(Expression, Block)
    /// `expect order A then B { }`: while the block runs each condition comes to hold, none before the
    /// one in front of it. At least two.
    case order([Expression], Block)
}

/// What the output of a block must be.
package struct OutputCheck: Sendable {
    package enum Relation: String, Sendable, CaseIterable {
        /// The text occurs in the output.
        case contains
        /// The regular expression matches somewhere in the output.
        case matches
        /// The output is the text; final newlines do not count.
        case equals = "=="
    }
    package var relation: Relation
    /// `not contains`, `not matches`, `!=`.
    package var isNegated: Bool
    package var expected: Expression
}

/// `always E { }` or `never E { }`: E is checked at every state change while the block runs.
package struct InvariantStatement: Sendable {
    package enum Kind: String, Sendable {
        case always
        case never
    }
    package var kind: Kind
    package var condition: Expression
    package var body: Block
}

/// `at 10s { }` (once) or `every 10s { }` (again and again).
package struct TimerStatement: Sendable {
    package enum Kind: String, Sendable {
        case at
        case every
    }
    package var kind: Kind
    /// A duration.
    package var time: Expression
    package var body: Block
}

/// `behavior nginx:1.* { startDelay: 2s, exitCode: 1 }`: how the containers of an image behave.
package struct BehaviorStatement: Sendable {
    /// At least one word: the image pattern, and whatever narrows it further.
    package var target: [Word]
    /// `name: value` in order, as written.
    package var settings: [BehaviorSetting]
}

/// One `name: value` of a behavior.
package struct BehaviorSetting: Sendable {
    package var name: Identifier
    package var value: Expression
}
