/// How tightly an expression must bind to stand at a place without parentheses.
enum Binding: Int, Comparable {
    case whole, condition, disjunction, conjunction, negation, comparison, range, sum, product
    case negative, postfix

    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }

    init(of expression: Expression) {
        switch expression.kind {
        case .filter, .sort, .conditional, .function: self = .whole
        case .quantified: self = .condition
        case .binary(let binary): self = Binding(of: binary.operation)
        case .unary(.not, _): self = .negation
        case .unary(.negate, _): self = .negative
        case .presence: self = .comparison
        case .range: self = .range
        case .integer(let value): self = value < 0 ? .negative : .postfix
        default: self = .postfix
        }
    }

    init(of operation: BinaryOperator) {
        switch operation {
        case .or: self = .disjunction
        case .and: self = .conjunction
        case .add, .subtract: self = .sum
        case .multiply, .divide, .remainder: self = .product
        default: self = .comparison
        }
    }

    /// The next tighter one.
    var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .postfix }
}

extension SyntaxPrinter {
    /// The expression, in parentheses if it binds less tightly than needed.
    mutating func print(_ expression: Expression, _ needed: Binding) {
        if Binding(of: expression) < needed {
            printGroup(expression)
        } else {
            printBare(expression)
        }
    }

    mutating func printGroup(_ expression: Expression) {
        text += "("
        printBare(expression)
        text += ")"
    }

    private mutating func printBare(_ expression: Expression) {
        switch expression.kind {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .float(let value): text += value.description
        case .unit(let unit): text += unit.text
        case .percent(let number): text += number + "%"
        case .string(let string): print(string)
        case .hereDocument(let document): print(document, inCommand: false)
        case .list(let list): printList(list.items, open: "[", list.isOpen ? "…" : nil, close: "]")
        case .map(let entries): print(entries) { $0.print($1, .whole) }
        case .timed(let timed):
            print(timed.value, .whole)
            text += " \(timed.relation.rawValue) "
            print(timed.time, .sum)
        case .name(let name): text += name
        case .item: text += "it"
        case .resource(let literal): print(literal)
        case .resources(let list): print(list)
        case .path(let base, let segments): print(base, segments)
        case .call(let call): print(call)
        case .function(let function):
            text += "fn"
            printSignatureAndBody(function)
        case .output(let block):
            text += "output "
            print(block)
        case .unary, .binary, .range, .conditional, .filter, .presence, .quantified, .sort:
            printOperation(expression)
        }
    }

    private mutating func printOperation(_ expression: Expression) {
        switch expression.kind {
        case .unary(let operation, let operand):
            text += operation == .not ? "not " : "-"
            print(operand, operation == .not ? .negation : .negative)
        case .binary(let binary): print(binary)
        case .range(let lower, let upper):
            print(lower, .sum)
            if case .integer = lower.kind, case .integer(0...) = upper.kind {
                text += ".."
            } else {
                text += " .. "
            }
            print(upper, .sum)
        case .presence(let operand, let isPresent):
            print(operand, .range)
            text += isPresent ? " exists" : " absent"
        case .filter(let source, let condition):
            printSource(source)
            text += " where "
            print(condition, .condition)
        case .sort(let sort):
            printSource(sort.source)
            text += " sort by "
            print(sort.key, .condition)
            if sort.isDescending { text += " desc" }
        case .quantified(let quantified):
            text += "\(quantified.quantifier.rawValue) "
            printSource(quantified.source)
            text += " has "
            print(quantified.condition, .condition)
        case .conditional(let condition, let first, let second):
            text += "if "
            print(condition, .condition)
            text += " then "
            print(first, .whole)
            text += " else "
            print(second, .whole)
        case .null, .boolean, .integer, .float, .unit, .percent, .string, .hereDocument, .list,
            .map, .timed,
            .name, .item, .resource, .resources, .path, .call, .function, .output:
            preconditionFailure("printed elsewhere")
        }
    }

    /// What `where`, `sort by` and `has` work on: an operand or a query.
    private mutating func printSource(_ source: Expression) {
        switch source.kind {
        case .filter, .sort: printBare(source)
        default: print(source, .postfix)
        }
    }

    private mutating func print(_ binary: BinaryExpression) {
        let binding = Binding(of: binary.operation)
        print(binary.left, binding == .comparison ? binding.tighter : binding)
        text += " \(binary.operation.rawValue) "
        if binary.operation == .matches {
            printPattern(binary.right, .range)
        } else {
            print(binary.right, binding.tighter)
        }
    }

    /// The right side of `matches`, and a part of it.
    private mutating func printPattern(_ pattern: Expression, _ needed: Binding) {
        switch pattern.kind {
        case .map(let entries): print(entries) { $0.printPattern($1, .whole) }
        case .list(let list):
            text += "["
            var isFirst = true
            if list.isOpen {
                text += "…"
                isFirst = false
            }
            for item in list.items {
                if !isFirst { text += ", " }
                isFirst = false
                printPattern(item, .whole)
            }
            text += "]"
        default:
            switch leftmost(pattern).kind {
            case .map, .list: printGroup(pattern)
            default: print(pattern, needed)
            }
        }
    }

    private mutating func printList(
        _ items: [Expression], open: String, _ first: String?, close: String
    ) {
        text += open + (first ?? "")
        for (index, item) in items.enumerated() {
            if index > 0 || first != nil { text += ", " }
            print(item, .whole)
        }
        text += close
    }

    private mutating func print(
        _ entries: [MapEntry], value print: (inout SyntaxPrinter, Expression) -> Void
    ) {
        text += "{"
        for (index, entry) in entries.enumerated() {
            if index > 0 { text += ", " }
            switch entry.key {
            case .name(let name): text += name.name
            case .string(let string): self.print(string)
            }
            text += ": "
            print(&self, entry.value)
        }
        text += "}"
    }

    private mutating func print(_ call: CallExpression) {
        if case .percent = call.callee.kind {
            printGroup(call.callee)
        } else {
            print(call.callee, .postfix)
        }
        printList(call.arguments, open: "(", nil, close: ")")
    }

    mutating func printSignatureAndBody(_ function: FunctionLiteral) {
        text += "("
        for (index, parameter) in function.parameters.enumerated() {
            if index > 0 { text += ", " }
            text += parameter.name.name
            if let value = parameter.defaultValue {
                text += " = "
                print(value, .whole)
            }
        }
        text += ") "
        switch function.body {
        case .block(let block): print(block)
        case .expression(let expression):
            text += "=> "
            print(expression, .whole)
        }
    }

    /// The operand that an expression's text starts with; itself when that is a bracket or literal.
    func leftmost(_ expression: Expression) -> Expression {
        var result = expression
        while true {
            switch result.kind {
            case .binary(let binary):
                if needsGroup(binary.left, Binding(of: binary.operation)) { return result }
                result = binary.left
            case .range(let lower, _): result = lower
            case .presence(let operand, _): result = operand
            case .filter(let source, _): result = source
            case .sort(let sort): result = sort.source
            case .path(let base, let segments):
                if case .name = base.kind, !segments.isEmpty { return result }
                result = base
            case .call(let call):
                if case .name = call.callee.kind { return result }
                result = call.callee
            default: return result
            }
        }
    }

    private func needsGroup(_ left: Expression, _ binding: Binding) -> Bool {
        Binding(of: left) < (binding == .comparison ? binding.tighter : binding)
    }
}
