import Syntax

/// Finds names that are declared and never read.
///
/// What a `for` binds counts as read, because loops often only repeat; of several names that take a
/// list apart one is enough. Names that begin with `_` are never told of.
struct UsageWalker: SyntaxWalker {
    private struct Declaration {
        let span: SourceSpan
        /// Nil for what nobody is told of.
        let warning: CheckWarning?
        var isUsed = false
        /// Declarations of one `let` share a number.
        let group: Int
    }

    private var declarations: [Declaration] = []
    /// The names of the blocks around the place at hand; the first holds those at the top.
    private var scopes: [[String: Int]] = [[:]]
    /// Names that were read before, or without, a declaration: those at the top may stand further down.
    private var open: Set<String> = []
    /// What a library declares at its top is for others.
    private let isLibrary: Bool

    init(isLibrary: Bool) { self.isLibrary = isLibrary }

    mutating func read(_ script: Script, including others: [Script]) {
        declareFunctions(script.statements)
        for statement in script.statements { visit(statement) }
        let names = scopes[0]
        for other in others {
            var walker = MentionWalker()
            for statement in other.statements { walker.visit(statement) }
            open.formUnion(walker.names)
        }
        for name in open.sorted() {
            if let index = names[name] { declarations[index].isUsed = true }
        }
    }

    var findings: [Finding] {
        // Of names that take a list apart one use is enough, and one finding.
        var told = Set(declarations.filter(\.isUsed).map(\.group))
        return declarations.compactMap { declaration in
            guard let warning = declaration.warning, told.insert(declaration.group).inserted else {
                return nil
            }
            return Finding(warning: warning, span: declaration.span)
        }
    }

    // MARK: Declarations

    private mutating func declare(_ name: Identifier, group: Int, _ warning: CheckWarning?) {
        let isTop = scopes.count == 1
        let isQuiet = name.name.hasPrefix("_") || isTop && isLibrary
        scopes[scopes.count - 1][name.name] = declarations.count
        declarations.append(
            Declaration(span: name.span, warning: isQuiet ? nil : warning, group: group))
    }

    private mutating func declareFunctions(_ statements: [Statement]) {
        for case .function(let declaration) in statements.map(\.kind) {
            let name = declaration.name
            declare(name, group: declarations.count, .unusedFunction(name.name))
        }
    }

    private mutating func read(_ name: String) {
        for scope in scopes.reversed() {
            if let index = scope[name] {
                declarations[index].isUsed = true
                return
            }
        }
        open.insert(name)
    }

    private mutating func inScope(_ body: (inout UsageWalker) -> Void) {
        scopes.append([:])
        body(&self)
        scopes.removeLast()
    }

    // MARK: The walk

    mutating func visit(_ block: Block) {
        inScope { walker in
            walker.declareFunctions(block.statements)
            walker.walk(block)
        }
    }

    mutating func visit(_ statement: Statement) {
        switch statement.kind {
        case .let(let statement):
            visit(statement.value)
            let group = declarations.count
            for name in statement.names { declare(name, group: group, .unusedVariable(name.name)) }
        case .for(let statement):
            visit(statement.sequence)
            inScope { walker in
                for name in statement.names {
                    walker.declare(name, group: walker.declarations.count, nil)
                }
                walker.visit(statement.body)
            }
        case .function(let declaration):
            read(declaration.function, name: declaration.name.name)
        case .scenario(let scenario): read(scenario)
        case .exercise(let exercise):
            inScope { walker in
                for name in exercise.variables {
                    walker.declare(name, group: walker.declarations.count, nil)
                }
                walker.walk(exercise)
            }
        case .assign(let statement) where !statement.segments.isEmpty:
            // A part of something that others may hold as well.
            walk(statement.segments)
            visit(statement.value)
        case .assign, .if, .while, .break, .continue, .return, .include, .file, .setup, .cleanup,
            .expect, .invariant, .timer, .behavior, .attach, .skip, .print, .expression, .command:
            walk(statement)
        }
    }

    private mutating func read(_ scenario: ScenarioStatement) {
        if let parameters = scenario.parameters { visit(parameters.rows) }
        var warns = false
        if let rows = scenario.parameters?.rows {
            // `for n in 1..10` repeats.
            if case .range = rows.kind {} else { warns = true }
        }
        inScope { walker in
            for name in scenario.parameters?.names ?? [] {
                walker.declare(
                    name, group: walker.declarations.count,
                    warns ? .unusedParameter(name.name, of: "the table") : nil)
            }
            walker.walkHead(scenario)
            walker.visit(scenario.body)
        }
    }

    mutating func visit(_ function: FunctionLiteral) { read(function, name: nil) }

    /// A function without a name takes what its caller gives, wanted or not.
    private mutating func read(_ function: FunctionLiteral, name: String?) {
        inScope { walker in
            for parameter in function.parameters {
                let warning = name.map { name in
                    CheckWarning.unusedParameter(parameter.name.name, of: "`\(name)`")
                }
                walker.declare(parameter.name, group: walker.declarations.count, warning)
            }
            walker.walk(function)
        }
    }

    mutating func visit(_ expression: Expression) {
        if case .name(let name) = expression.kind { read(name) }
        walk(expression)
    }

    mutating func visit(_ parameter: ShellParameter) {
        read(parameter.name)
        walk(parameter)
    }

    mutating func visit(arithmetic pieces: [StringPiece]) {
        for name in MentionWalker.names(in: pieces) { read(name) }
        walk(pieces)
    }
}

/// Every name that is read anywhere in a script.
struct MentionWalker: SyntaxWalker {
    private(set) var names: Set<String> = []

    mutating func visit(_ expression: Expression) {
        if case .name(let name) = expression.kind { names.insert(name) }
        walk(expression)
    }

    mutating func visit(_ parameter: ShellParameter) {
        names.insert(parameter.name)
        walk(parameter)
    }

    mutating func visit(arithmetic pieces: [StringPiece]) {
        names.formUnion(Self.names(in: pieces))
        walk(pieces)
    }

    /// The words of a sum: every one may be a variable.
    static func names(in pieces: [StringPiece]) -> [String] {
        pieces.flatMap { piece -> [String] in
            guard case .text(let text) = piece else { return [] }
            return text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        }
    }
}
