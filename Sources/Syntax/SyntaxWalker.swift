/// A walk over a tree, from top to bottom and in the order of the text.
///
/// The `visit` methods are called for every node; each goes on to the parts with `walk`, and a walker
/// that looks at a node implements `visit` and calls `walk` itself where it wants the parts as well.
package protocol SyntaxWalker {
    mutating func visit(_ statement: Statement)
    mutating func visit(_ block: Block)
    mutating func visit(_ expression: Expression)
    mutating func visit(_ function: FunctionLiteral)
    mutating func visit(_ line: CommandStatement)
    mutating func visit(_ command: Command)
    mutating func visit(_ document: HereDocument)
    mutating func visit(_ parameter: ShellParameter)
    /// The text of `$((…))`, which may name variables.
    mutating func visit(arithmetic pieces: [StringPiece])
}

extension SyntaxWalker {
    package mutating func visit(_ statement: Statement) { walk(statement) }
    package mutating func visit(_ block: Block) { walk(block) }
    package mutating func visit(_ expression: Expression) { walk(expression) }
    package mutating func visit(_ function: FunctionLiteral) { walk(function) }
    package mutating func visit(_ line: CommandStatement) { walk(line) }
    package mutating func visit(_ command: Command) { walk(command) }
    package mutating func visit(_ document: HereDocument) { walk(document.pieces) }
    package mutating func visit(_ parameter: ShellParameter) { walk(parameter) }
    package mutating func visit(arithmetic pieces: [StringPiece]) { walk(pieces) }

    // MARK: Statements

    package mutating func walk(_ block: Block) {
        for statement in block.statements { visit(statement) }
    }

    package mutating func walk(_ statement: Statement) {
        switch statement.kind {
        case .let(let statement): visit(statement.value)
        case .assign(let statement):
            walk(statement.segments)
            visit(statement.value)
        case .if(let statement):
            for branch in statement.branches {
                visit(branch.condition)
                visit(branch.body)
            }
            if let block = statement.otherwise { visit(block) }
        case .for(let statement):
            visit(statement.sequence)
            visit(statement.body)
        case .while(let statement):
            visit(statement.condition)
            visit(statement.body)
        case .function(let declaration): visit(declaration.function)
        case .return(let value): if let value { visit(value) }
        case .print(let values): for value in values { visit(value) }
        case .expression(let expression): visit(expression)
        case .command(let line): visit(line)
        case .break, .continue: break
        case .include, .file, .setup, .scenario, .expect, .invariant, .timer, .behavior, .skip,
            .cleanup, .attach, .exercise:
            walkScenarioPart(statement)
        }
    }

    private mutating func walkScenarioPart(_ statement: Statement) {
        switch statement.kind {
        case .include(let text): walk(text.pieces)
        case .skip(let text): if let text { walk(text.pieces) }
        case .file(let file):
            walk(file.name.pieces)
            visit(file.content)
        case .setup(let block): visit(block)
        case .cleanup(let cleanup): visit(cleanup.body)
        case .attach(let attach):
            walk(attach.name.pieces)
            visit(attach.value)
        case .scenario(let scenario):
            if let parameters = scenario.parameters { visit(parameters.rows) }
            walkHead(scenario)
            visit(scenario.body)
        case .exercise(let exercise): walk(exercise)
        case .expect(let expect): walk(expect)
        case .invariant(let invariant):
            visit(invariant.condition)
            visit(invariant.body)
        case .timer(let timer):
            visit(timer.time)
            visit(timer.body)
        case .behavior(let behavior):
            for word in behavior.target { walk(word) }
            for setting in behavior.settings { visit(setting.value) }
        case .let, .assign, .if, .for, .while, .function, .return, .print, .expression, .command,
            .break, .continue:
            preconditionFailure("no part of scenarios")
        }
    }

    package mutating func walk(_ exercise: ExerciseStatement) {
        for part in exercise.parts {
            if case .vary(_, let values) = part.kind { visit(values) }
            for entry in part.kind.text?.entries ?? [] { visit(entry.value) }
            if let condition = part.kind.condition { visit(condition) }
            if let block = part.kind.block { visit(block) }
        }
    }

    /// The title and the reason of a skip.
    package mutating func walkHead(_ scenario: ScenarioStatement) {
        walk(scenario.title.pieces)
        if let reason = scenario.skip?.reason { walk(reason.pieces) }
    }

    package mutating func walk(_ expect: ExpectStatement) {
        switch expect.kind {
        case .now(let condition): visit(condition)
        case .within(let limit, let condition):
            visit(limit)
            visit(condition)
        case .fails(let text, let block):
            if let text { visit(text) }
            visit(block)
        case .output(let block, let check):
            visit(block)
            visit(check.expected)
        case .unchanged(let list, let block):
            visit(list)
            visit(block)
        case .order(let conditions, let block):
            for condition in conditions { visit(condition) }
            visit(block)
        }
        if let message = expect.message { walk(message.pieces) }
    }

    // MARK: Expressions

    package mutating func walk(_ function: FunctionLiteral) {
        for parameter in function.parameters {
            if let value = parameter.defaultValue { visit(value) }
        }
        switch function.body {
        case .block(let block): visit(block)
        case .expression(let expression): visit(expression)
        }
    }

    package mutating func walk(_ expression: Expression) {
        switch expression.kind {
        case .null, .boolean, .integer, .float, .unit, .percent, .name, .item: break
        case .string(let literal): walk(literal.pieces)
        case .hereDocument(let document): visit(document)
        case .timed(let timed):
            visit(timed.value)
            visit(timed.time)
        case .list(let list): for item in list.items { visit(item) }
        case .map(let entries):
            for entry in entries {
                if case .string(let key) = entry.key { walk(key.pieces) }
                visit(entry.value)
            }
        case .resource(let literal):
            walk(literal.kind.pieces)
            walk(literal.name.pieces)
            if let namespace = literal.namespace { walk(namespace.pieces) }
        case .resources(let literal): walk(literal)
        case .path(let base, let segments):
            visit(base)
            walk(segments)
        case .call(let call):
            visit(call.callee)
            for argument in call.arguments { visit(argument) }
        case .function(let function): visit(function)
        case .output(let block): visit(block)
        case .unary, .binary, .range, .presence, .filter, .sort, .quantified, .conditional:
            walkOperation(expression)
        }
    }

    private mutating func walkOperation(_ expression: Expression) {
        switch expression.kind {
        case .unary(_, let operand), .presence(let operand, _): visit(operand)
        case .binary(let binary):
            visit(binary.left)
            visit(binary.right)
        case .range(let first, let second), .filter(let first, let second):
            visit(first)
            visit(second)
        case .sort(let sort):
            visit(sort.source)
            visit(sort.key)
        case .quantified(let quantified):
            visit(quantified.source)
            visit(quantified.condition)
        case .conditional(let condition, let first, let second):
            visit(condition)
            visit(first)
            visit(second)
        case .null, .boolean, .integer, .float, .unit, .percent, .name, .item, .string,
            .hereDocument,
            .list, .map, .timed, .resource, .resources, .path, .call, .function, .output:
            preconditionFailure("no operation")
        }
    }

    /// A list of objects; where it may be a path into a variable, that reading, whose base is a name.
    package mutating func walk(_ literal: ResourceListLiteral) {
        if let reading = literal.pathReading {
            visit(reading)
        } else {
            walk(literal.kind.pieces)
            walk(literal.selector)
        }
        if case .named(let name) = literal.scope { walk(name.pieces) }
    }

    package mutating func walk(_ segments: [PathSegment]) {
        for segment in segments {
            switch segment.kind {
            case .field, .all: break
            case .index(let expression): visit(expression)
            case .select(let selector): walk(selector)
            }
        }
    }

    private mutating func walk(_ selector: Selector) {
        for requirement in selector.requirements {
            switch requirement.kind {
            case .equal(let key, let value), .notEqual(let key, let value):
                walk(key.pieces)
                walk(value.pieces)
            case .oneOf(let key, let values), .noneOf(let key, let values):
                walk(key.pieces)
                for value in values { walk(value.pieces) }
            case .exists(let key), .absent(let key): walk(key.pieces)
            }
        }
    }

    package mutating func walk(_ pieces: [StringPiece]) {
        for piece in pieces {
            switch piece {
            case .text: break
            case .interpolation(let expression): visit(expression)
            case .expansion(let expansion): walk(expansion)
            }
        }
    }
}

// MARK: - Commands

extension SyntaxWalker {
    package mutating func walk(_ line: CommandStatement) {
        for pipeline in line.pipelines {
            for stage in pipeline.stages {
                switch stage {
                case .command(let command): visit(command)
                case .compound(let compound): walk(compound)
                }
            }
        }
        if let block = line.block { visit(block) }
    }

    package mutating func walk(_ command: Command) {
        for assignment in command.assignments { walk(assignment.value) }
        for word in command.words { walk(word) }
        walk(command.redirections)
    }

    private mutating func walk(_ redirections: [Redirection]) {
        for redirection in redirections {
            switch redirection.target {
            case .word(let word): walk(word)
            case .hereDocument(let document): visit(document)
            }
        }
    }

    private mutating func walk(_ compound: CompoundCommand) {
        switch compound.kind {
        case .forEach(let loop):
            for word in loop.words ?? [] { walk(word) }
            visit(loop.body)
        case .loop(let loop):
            visit(loop.condition)
            visit(loop.body)
        case .conditional(let conditional):
            for branch in conditional.branches {
                visit(branch.condition)
                visit(branch.body)
            }
            if let block = conditional.otherwise { visit(block) }
        case .choice(let choice):
            walk(choice.subject)
            for branch in choice.branches {
                for pattern in branch.patterns { walk(pattern) }
                visit(branch.body)
            }
        case .group(let block), .subshell(let block): visit(block)
        }
        walk(compound.redirections)
    }

    package mutating func walk(_ word: Word) {
        for piece in word.pieces {
            switch piece {
            case .bare, .raw, .braces: break
            case .quoted(let pieces): walk(pieces)
            case .interpolation(let expression): visit(expression)
            case .json(let pieces): walk(pieces)
            case .expansion(let expansion): walk(expansion)
            }
        }
    }

    private mutating func walk(_ pieces: [JSONPiece]) {
        for piece in pieces {
            switch piece {
            case .text: break
            case .parameter(let parameter): visit(parameter)
            case .value(let expression), .stringPart(let expression): visit(expression)
            }
        }
    }

    private mutating func walk(_ expansion: ShellExpansion) {
        switch expansion {
        case .parameter(let parameter): visit(parameter)
        case .arithmetic(let pieces): visit(arithmetic: pieces)
        case .substitution(let block), .process(let block): visit(block)
        }
    }

    package mutating func walk(_ parameter: ShellParameter) {
        switch parameter.operation {
        case .value, .length: break
        case .orElse(let word, _), .assign(let word, _), .ifSet(let word, _), .trim(let word, _, _):
            walk(word)
        case .replace(let pattern, let word, _):
            walk(pattern)
            walk(word)
        }
    }
}
