import Syntax

/// Collects the names that a piece of a script mentions, without regard to scopes: enough to decide
/// what a closure takes along and which variables need a cell. Naming too many is harmless.
struct NameScan {
    /// Every name that is read or assigned, in order of the first mention.
    private(set) var mentioned: [String] = []
    private var seen: Set<String> = []
    /// Names that are assigned after their declaration.
    private(set) var assigned: Set<String> = []
    /// Names mentioned inside a function or a deferred block that does not declare them itself.
    private(set) var captured: Set<String> = []
    /// Whether `it` or a leading `.x` occurs that belongs to something around the piece.
    private(set) var hasFreeItem = false

    /// The names that the functions around declare, innermost last; the first are those at the top.
    private var declared: [Set<String>] = [[]]
    private var itemDepth = 0

    private mutating func mention(_ name: String) {
        if seen.insert(name).inserted { mentioned.append(name) }
        if declared.count > 1, !declared[declared.count - 1].contains(name) {
            captured.insert(name)
        }
    }

    private mutating func declare(_ names: [Identifier]) {
        for name in names { declared[declared.count - 1].insert(name.name) }
    }

    // MARK: Statements

    mutating func scan(_ block: Block) {
        for statement in block.statements { scan(statement) }
    }

    mutating func scan(_ statement: Statement) {
        switch statement.kind {
        case .let(let statement):
            scan(statement.value)
            declare(statement.names)
        case .assign(let statement):
            mention(statement.name.name)
            assigned.insert(statement.name.name)
            scan(statement.segments)
            scan(statement.value)
        case .if(let statement):
            for branch in statement.branches {
                scan(branch.condition)
                scan(branch.body)
            }
            if let block = statement.otherwise { scan(block) }
        case .for(let statement):
            scan(statement.sequence)
            declare(statement.names)
            scan(statement.body)
        case .while(let statement):
            scan(statement.condition)
            scan(statement.body)
        case .function(let declaration):
            declare([declaration.name])
            scan(declaration.function)
        case .return(let value): if let value { scan(value) }
        case .print(let values): for value in values { scan(value) }
        case .expression(let expression): scan(expression)
        case .command(let command): scan(command)
        case .break, .continue, .skip(nil): break
        case .include(let text), .skip(.some(let text)): scan(text.pieces)
        case .file(let statement):
            scan(statement.name.pieces)
            scan(statement.content)
        case .setup(let block): inClosure { $0.scan(block) }
        case .cleanup(let statement):
            switch statement.kind {
            case .teardown: inClosure { $0.scan(statement.body) }
            case .finally: scan(statement.body)
            }
        case .attach(let statement):
            scan(statement.name.pieces)
            scan(statement.value)
        case .scenario(let statement): scan(statement)
        case .exercise(let statement): scan(statement)
        case .expect(let statement): scan(statement)
        case .invariant(let statement):
            scan(statement.condition)
            scan(statement.body)
        case .timer(let statement):
            scan(statement.time)
            inClosure { $0.scan(statement.body) }
        case .behavior(let statement):
            for word in statement.target { scan(word) }
            for setting in statement.settings { scan(setting.value) }
        }
    }

    private mutating func scan(_ statement: ScenarioStatement) {
        inClosure { scan in
            if let parameters = statement.parameters {
                scan.scan(parameters.rows)
                scan.declare(parameters.names)
            }
            scan.scan(statement.title.pieces)
            scan.scan(statement.body)
        }
    }

    private mutating func scan(_ statement: ExerciseStatement) {
        inClosure { scan in
            scan.declare(statement.variables)
            for part in statement.parts {
                if case .vary(_, let values) = part.kind { scan.scan(values) }
                if let condition = part.kind.condition { scan.scan(condition) }
                if let block = part.kind.block { scan.inClosure { $0.scan(block) } }
            }
        }
    }

    private mutating func scan(_ statement: ExpectStatement) {
        switch statement.kind {
        case .now(let condition): scan(condition)
        case .within(let limit, let condition):
            scan(limit)
            scan(condition)
        case .fails(let text, let block):
            if let text { scan(text) }
            scan(block)
        case .output(let block, let check):
            scan(block)
            scan(check.expected)
        case .unchanged(let list, let block):
            scan(list)
            scan(block)
        case .order(let conditions, let block):
            for condition in conditions { scan(condition) }
            scan(block)
        }
        if let message = statement.message { scan(message.pieces) }
    }

    private mutating func inClosure(_ body: (inout NameScan) -> Void) {
        declared.append([])
        body(&self)
        declared.removeLast()
    }

    // MARK: Expressions

    mutating func scan(_ expression: Expression) {
        switch expression.kind {
        case .null, .boolean, .integer, .float, .unit, .percent: break
        case .string(let literal): scan(literal.pieces)
        case .hereDocument(let document): scan(document.pieces)
        case .timed(let timed):
            scan(timed.value)
            scan(timed.time)
        case .list(let list): for item in list.items { scan(item) }
        case .map(let entries):
            for entry in entries {
                if case .string(let key) = entry.key { scan(key.pieces) }
                scan(entry.value)
            }
        case .name(let name): mention(name)
        case .item: if itemDepth == 0 { hasFreeItem = true }
        case .resource(let literal): scan(literal)
        case .resources(let literal): scan(literal)
        case .path(let base, let segments):
            scan(base)
            scan(segments)
        case .call(let call):
            scan(call.callee)
            for argument in call.arguments { scan(argument) }
        case .function(let function): scan(function)
        case .unary(_, let operand), .presence(let operand, _): scan(operand)
        case .binary(let binary):
            scan(binary.left)
            scan(binary.right)
        case .range(let lower, let upper):
            scan(lower)
            scan(upper)
        case .filter(let source, let condition): scan(source, perItem: condition)
        case .sort(let sort): scan(sort.source, perItem: sort.key)
        case .quantified(let quantified): scan(quantified.source, perItem: quantified.condition)
        case .conditional(let condition, let first, let second):
            scan(condition)
            scan(first)
            scan(second)
        case .output(let block): scan(block)
        }
    }

    private mutating func scan(_ literal: ResourceLiteral) {
        scan(literal.kind.pieces)
        scan(literal.name.pieces)
        if let namespace = literal.namespace { scan(namespace.pieces) }
    }

    private mutating func scan(_ literal: ResourceListLiteral) {
        if let reading = literal.pathReading {
            scan(reading)
        } else {
            scan(literal.kind.pieces)
        }
        if case .named(let name) = literal.scope { scan(name.pieces) }
        scan(literal.selector)
    }

    private mutating func scan(_ source: Expression, perItem expression: Expression) {
        scan(source)
        itemDepth += 1
        scan(expression)
        itemDepth -= 1
    }

    mutating func scan(_ function: FunctionLiteral) {
        declared.append([])
        declare(function.parameters.map(\.name))
        let outerItems = itemDepth
        for parameter in function.parameters {
            if let value = parameter.defaultValue { scan(value) }
        }
        switch function.body {
        case .block(let block): scan(block)
        case .expression(let expression): scan(expression)
        }
        itemDepth = outerItems
        declared.removeLast()
    }

    mutating func scan(_ segments: [PathSegment]) {
        for segment in segments {
            switch segment.kind {
            case .field, .all: break
            case .index(let expression): scan(expression)
            case .select(let selector): scan(selector)
            }
        }
    }

    private mutating func scan(_ selector: Selector) {
        for requirement in selector.requirements {
            switch requirement.kind {
            case .equal(let key, let value), .notEqual(let key, let value):
                scan(key.pieces)
                scan(value.pieces)
            case .oneOf(let key, let values), .noneOf(let key, let values):
                scan(key.pieces)
                for value in values { scan(value.pieces) }
            case .exists(let key), .absent(let key): scan(key.pieces)
            }
        }
    }
}
