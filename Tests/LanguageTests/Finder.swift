import Syntax

/// The productions that the nodes of a syntax tree name. The switches are exhaustive: a new kind of
/// statement or expression must name its production here.
struct Finder {
    private var productions: Set<String> = []

    static func productions(in statements: [Statement]) -> Set<String> {
        var finder = Finder()
        for statement in statements { finder.visit(statement) }
        return finder.productions
    }

    private mutating func visit(_ block: Block) {
        for statement in block.statements { visit(statement) }
    }

    private mutating func visit(_ statement: Statement) {
        productions.insert(statement.kind.production)
        switch statement.kind {
        case .let(let statement): visit(statement.value)
        case .assign(let statement): visit(statement.value)
        case .if(let statement):
            for branch in statement.branches {
                visit(branch.condition)
                visit(branch.body)
            }
        case .for(let statement):
            visit(statement.sequence)
            visit(statement.body)
        case .while(let statement):
            visit(statement.condition)
            visit(statement.body)
        case .function(let declaration): visit(declaration.function)
        case .return(let value): if let value { visit(value) }
        case .file(let statement): visit(statement.content)
        case .setup(let block): visit(block)
        case .cleanup(let statement): visit(statement.body)
        case .attach(let statement): visit(statement.value)
        case .scenario(let statement): visit(statement.body)
        case .exercise(let statement):
            for part in statement.parts {
                if let block = part.kind.block { visit(block) }
                if let condition = part.kind.condition { visit(condition) }
            }
        case .invariant(let statement):
            visit(statement.condition)
            visit(statement.body)
        case .timer(let statement): visit(statement.body)
        case .print(let values): for value in values { visit(value) }
        case .expression(let expression): visit(expression)
        case .break, .continue, .include, .expect, .behavior, .skip, .command: break
        }
    }

    private mutating func visit(_ function: FunctionLiteral) {
        switch function.body {
        case .block(let block): visit(block)
        case .expression(let expression): visit(expression)
        }
    }

    private mutating func visit(_ expression: Expression) {
        productions.insert(expression.kind.production)
        switch expression.kind {
        case .list(let list): for item in list.items { visit(item) }
        case .map(let entries): for entry in entries { visit(entry.value) }
        case .timed(let timed):
            visit(timed.value)
            visit(timed.time)
        case .path(let base, _), .unary(_, let base), .presence(let base, _): visit(base)
        case .call(let call):
            visit(call.callee)
            for argument in call.arguments { visit(argument) }
        case .function(let function): visit(function)
        case .binary(let binary):
            visit(binary.left)
            visit(binary.right)
        case .range(let one, let other), .filter(let one, let other):
            visit(one)
            visit(other)
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
        case .output(let block): visit(block)
        case .null, .boolean, .integer, .float, .unit, .percent, .string, .hereDocument, .name,
            .item, .resource, .resources:
            break
        }
    }
}

extension StatementKind {
    /// The production of grammar/drydock.ebnf that a statement of the kind is.
    var production: String {
        switch self {
        case .let: "let"
        case .assign: "assignment"
        case .if: "if"
        case .for: "for"
        case .while: "while"
        case .break: "\"break\""
        case .continue: "\"continue\""
        case .function: "function statement"
        case .return: "return"
        case .include: "include"
        case .file: "file"
        case .setup: "setup"
        case .cleanup(let statement): statement.kind.rawValue
        case .attach: "attach"
        case .scenario: "scenario"
        case .exercise: "exercise"
        case .expect: "expect"
        case .invariant: "invariant"
        case .timer(let statement): statement.kind.rawValue
        case .behavior: "behavior"
        case .skip: "skip statement"
        case .print: "print"
        case .expression: "expression statement"
        case .command: "command statement"
        }
    }
}

extension ExpressionKind {
    /// The production of grammar/drydock.ebnf that an expression of the kind is.
    var production: String {
        switch self {
        case .null, .boolean: "constant"
        case .integer, .float: "number"
        case .unit: "unit"
        case .percent: "percent"
        case .string: "string"
        case .hereDocument: "here document"
        case .list: "list"
        case .map: "map"
        case .timed: "timed"
        case .name: "plain name"
        case .item: "item"
        case .resource: "resource"
        case .resources: "resources"
        case .path, .call: "postfix"
        case .function: "closure"
        case .unary(.negate, _): "negative"
        case .unary(.not, _): "negation"
        case .binary(let binary): binary.operation.production
        case .range: "range"
        case .presence: "comparison"
        case .filter, .sort: "clause"
        case .quantified: "quantified"
        case .conditional: "conditional"
        case .output: "output"
        }
    }
}

extension BinaryOperator {
    fileprivate var production: String {
        switch self {
        case .or: "disjunction"
        case .and: "conjunction"
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matchesRegex,
            .matches, .contains, .in, .notIn:
            "comparison"
        case .add, .subtract: "sum"
        case .multiply, .divide, .remainder: "product"
        }
    }
}
