import Support
import Syntax
import Value

extension Resolver {
    mutating func resolve(_ statement: LetStatement) -> [NodeIndex] {
        let span = statement.value.span
        guard statement.names.count > 1 else {
            let mark = function.nextSlot
            let value = value(statement.value)
            release(to: mark)
            let binding = declareVariable(statement.names[0], shape: value.shape)
            if case .function = statement.value.kind { binding.mayBeCalled = true }
            return [
                add(
                    .assignment(.declare(binding.variable, value.node)),
                    at: statement.names[0].span)
            ]
        }
        let value = value(statement.value).node
        return unpack(value, into: statement.names, at: span)
    }

    /// Takes a list apart into newly declared names.
    mutating func unpack(
        _ value: NodeIndex, into names: [Identifier], at span: SourceSpan
    ) -> [NodeIndex] {
        let first = slots(names.count, at: span)
        var nodes = [
            add(.assignment(.unpack(first, UInt32(names.count), value)), at: span)
        ]
        for (index, name) in names.enumerated() {
            let part = add(
                .variable(.local(Slot(raw: first.raw + UInt32(index)))), at: name.span)
            let binding = declareVariable(name)
            nodes.append(add(.assignment(.declare(binding.variable, part)), at: name.span))
        }
        return nodes
    }

    // MARK: Assignment

    mutating func resolve(_ statement: AssignStatement, at span: SourceSpan) -> [NodeIndex] {
        let name = statement.name.name
        guard let binding = lookUp(name) else {
            let nearest = nearestName(to: name, among: variableNames)
            report(.undefinedTarget(name, nearest: nearest), at: statement.name.span)
            _ = value(statement.value)
            return []
        }
        if binding.isFunction, binding.function != nil {
            report(.assignedFunction(name), at: statement.name.span)
        }
        guard statement.segments.isEmpty else {
            return resolvePart(statement, of: binding, at: span)
        }
        return [add(.assignment(assignment(statement, binding.variable, at: span)), at: span)]
    }

    private mutating func assignment(
        _ statement: AssignStatement, _ variable: Variable, at span: SourceSpan
    ) -> AssignmentNode {
        switch statement.operation {
        case nil:
            let new = value(statement.value).node
            return isSum(new, of: variable) ? .grow(variable, new) : .set(variable, new)
        case .add?:
            if case .list(let list) = statement.value.kind, list.items.count == 1, !list.isOpen {
                // A list that grows by one item needs no list of one.
                return .push(variable, value(list.items[0]).node)
            }
            let added = value(statement.value).node
            return .add(variable, tree.operand(added))
        case .some(let operation):
            let sign = operation.arithmetic
            if case .local(let slot) = variable {
                let operand = value(statement.value).node
                return .compute(sign, slot, tree.operand(operand))
            }
            let current = add(.variable(variable), at: statement.name.span)
            let operand = value(statement.value).node
            return .set(variable, addArithmetic(sign, current, operand, at: span))
        }
    }

    /// Whether a node adds something to the variable.
    private func isSum(_ node: NodeIndex, of variable: Variable) -> Bool {
        guard case .arithmetic(.add, let left, _) = tree.expression(at: node) else { return false }
        switch left.kind {
        case .local(let slot): return variable == .local(slot)
        case .integer: return false
        case .node(let index):
            guard case .variable(let other) = tree.expression(at: index) else { return false }
            return other == variable
        }
    }

    /// `x.a[0] = e` and `x.a[0] += e`.
    private mutating func resolvePart(
        _ statement: AssignStatement, of binding: Binding, at span: SourceSpan
    ) -> [NodeIndex] {
        let first = statement.name.span
        let part = SourceSpan(
            start: Int(first.start), end: Int(statement.segments.last?.span.end ?? first.end))
        var plan = pathPlan(
            statement.segments, shape: .unknown, isAssigned: true, at: part
        ).plan
        var nodes: [NodeIndex] = []
        let value: NodeIndex
        if let operation = statement.operation {
            nodes = fixIndices(of: &plan, at: part)
            let base = self.value(Expression(kind: .name(statement.name.name), span: first)).node
            let current = add(.path(.steps(base, tree.add(plan))), at: part)
            let operand = self.value(statement.value).node
            value = addArithmetic(operation.arithmetic, current, operand, at: span)
        } else {
            value = self.value(statement.value).node
        }
        let row = tree.parts.add(
            PartPlan(variable: binding.variable, path: tree.add(plan)))
        return nodes + [add(.assignment(.setPart(row, value)), at: part)]
    }

    /// Lets the indices of a path be evaluated once, into slots, because it is followed twice.
    private mutating func fixIndices(
        of plan: inout PathPlan, at span: SourceSpan
    ) -> [NodeIndex] {
        var nodes: [NodeIndex] = []
        for (place, step) in plan.steps.enumerated() {
            guard case .computed(let index) = step else { continue }
            let slot = slot(at: span)
            nodes.append(add(.assignment(.set(.local(slot), index)), at: span))
            plan.steps[place] = .computed(add(.variable(.local(slot)), at: span))
        }
        return nodes
    }
}

extension BinaryOperator {
    /// What the operator computes. Only of those that a compound assignment or a sum can have.
    var arithmetic: ArithmeticOperator {
        switch self {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .remainder: .remainder
        case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
            .matchesRegex, .matches, .contains, .in, .notIn:
            preconditionFailure("`\(rawValue)` computes nothing")
        }
    }
}
