import Support
import Value

extension Evaluator {
    // MARK: Logic

    mutating func value(of node: LogicNode) throws -> Value {
        if case .conditional(let condition, let first, let second) = node {
            return try value(truth(condition) ? first : second)
        }
        return .bool(try truth(of: node))
    }

    mutating func truth(of node: LogicNode) throws -> Bool {
        switch node {
        case .and(let left, let right): return try truth(left) && truth(right)
        case .or(let left, let right): return try truth(left) || truth(right)
        case .not(let operand): return try !truth(operand)
        case .conditional(let condition, let first, let second):
            return try truth(truth(condition) ? first : second)
        case .exists(let operand): return Self.isPresent(try value(operand))
        case .absent(let operand): return !Self.isPresent(try value(operand))
        case .quantified(let row): return try truth(of: tree.quantifiers[row], row)
        }
    }

    private static func isPresent(_ value: Value) -> Bool {
        !value.isNull && value.absentObject == nil
    }

    // MARK: Comparisons

    @inline(__always)
    mutating func truth(of node: ComparisonNode) throws -> Bool {
        switch node {
        case .ordered(let order, let left, let right):
            if let one = plainInteger(left), let other = plainInteger(right) {
                return order.holds(one, other)
            }
            let one = try value(left)
            return try Operators.ordered(one, value(right), order)
        case .equal(let left, let right): return try areEqual(left, right)
        case .notEqual(let left, let right): return try !areEqual(left, right)
        case .fieldIs(let row): return try isText(row)
        case .fieldIsNot(let row): return try !isText(row)
        case .contains(let left, let right):
            let container = try value(left)
            return try Operators.contains(container, value(right))
        case .inside(let left, let right):
            let item = try value(left)
            return try Operators.contains(value(right), item)
        case .notInside(let left, let right):
            let item = try value(left)
            return try !Operators.contains(value(right), item)
        case .matches(let left, let right, let row):
            let (value, pattern) = (try value(left), try value(right))
            return try matches(value, pattern, tree.matches[row])
        case .matchesRegex(let left, let right):
            let (value, pattern) = (try value(left), try value(right))
            return try matchesRegex(value, pattern)
        }
    }

    @inline(__always)
    private mutating func areEqual(_ left: Operand, _ right: Operand) throws -> Bool {
        if let other = plainInteger(right) {
            if let one = plainInteger(left) { return one == other }
            let one = try value(left)
            if case .int(let one) = one { return one == other }
            return try Operators.equal(one, .int(other))
        }
        let one = try value(left)
        return try Operators.equal(one, value(right))
    }

    /// Compares a field with a text without taking the field out of its object.
    private mutating func isText(_ row: Row<FieldTest>) throws -> Bool {
        let test = tree.fieldTests[row]
        if explains, let slot = test.noted {
            let value = try fields(of: test.root, test.path)
            stack[place(slot)] = value
            return try Operators.equal(value, Value(tree.texts[test.text]))
        }
        let keys = tree.fieldRange(of: test.path)
        let answer: Bool?
        if case .variable(.local(let slot)) = tree.expression(at: test.root) {
            // Moving the root out and back costs less than counting one more reference to it.
            let index = place(slot)
            let root = stack.take(index)
            answer = root.isText(tree.texts[test.text], along: tree.keys, in: keys)
            stack.putBack(root, at: index)
        } else {
            let root = try value(test.root)
            answer = root.isText(tree.texts[test.text], along: tree.keys, in: keys)
        }
        if let answer { return answer }
        let value = try fields(of: test.root, test.path)
        return try Operators.equal(value, Value(tree.texts[test.text]))
    }

    // MARK: Quantifiers

    /// `every list has condition`: the outcome starts as that of a list without deciding items; an
    /// item that decides changes it and, unless a report is wanted, ends the loop.
    @inline(never)
    private mutating func truth(
        of plan: QuantifierPlan, _ row: Row<QuantifierPlan>
    ) throws -> Bool {
        if tracking != nil, let answer = try tracked(row) { return answer }
        let list = try value(plan.list)
        // A list that the API leaves out, such as a node's taints, is an empty one here.
        let sequence = list.isNull ? .emptyArray : try self.sequence(list, at: plan.list)
        let isAny = plan.quantifier == .any
        var outcome = !isAny
        var count = 0
        var items = ItemCursor(sequence)
        while let item = items.next() {
            count += 1
            try countRound(at: plan.condition)
            stack[place(plan.item)] = item
            if explains { clear(plan.report.firstSlot, plan.report.endOfSlots) }
            // `every` is decided by an item without the property, `any` and `none` by one with it.
            if try truth(plan.condition) == (plan.quantifier == .every) {
                // Items without the property explain why `any` fails.
                if isAny, explains { noteItem(plan, row, item) }
                continue
            }
            outcome = isAny
            guard explains else { break }
            if isAny {
                guard plan.isNegated else { break }
                itemNotes.removeAll { $0.quantifier == row }
            }
            noteItem(plan, row, item)
            if isAny { break }
        }
        if count == 0, judgesSelectors, plan.quantifier != .every { try checkSelector(plan) }
        if count == 0, explains, isAny { emptyAny = plan.list }
        guard count == 0, plan.quantifier == .every else { return outcome }
        // `every` of nothing fails: a selector that finds nothing would otherwise pass for ever.
        if explains {
            let query = reads.last { $0.name == nil }
            emptyList = EmptyList(
                list: plan.list, why: query.flatMap { host.whyEmpty($0) })
        }
        return false
    }

    /// A loop over such a list does nothing whatever happens.
    mutating func checkSelector(of list: NodeIndex) throws {
        guard !isCondition, case .world(.read(let row)) = tree.expression(at: list) else { return }
        let query = try self.query(tree.queries[row])
        guard !query.requirements.isEmpty, let why = host.whyNeverAny(query) else { return }
        throw RuntimeError.neverAny(
            list: OneLine.text(tree.place(of: list).text), why: why)
    }

    /// `none` and `not any` over a list whose labels nothing ever had hold whatever happens: a slip.
    private func checkSelector(_ plan: QuantifierPlan) throws {
        guard plan.quantifier == .none || plan.isNegated,
            let query = reads.last(where: { $0.name == nil && !$0.requirements.isEmpty }),
            let why = host.whyNeverAny(query)
        else { return }
        let list = OneLine.text(tree.place(of: plan.list).text)
        throw RuntimeError.neverAny(list: list, why: why)
    }

    /// What an answer of `http` says where there was none; nil for other values.
    private static func error(of item: Value) -> String? {
        guard case .object(let answer) = item, answer["status"].int == 0,
            let error = answer["error"].string, !error.isEmpty
        else { return nil }
        return error
    }

    private mutating func noteItem(
        _ plan: QuantifierPlan, _ row: Row<QuantifierPlan>, _ item: Value
    ) {
        guard itemNotes.count < 1_000 else { return }
        let name = Rendering.objectName(item) ?? Rendering.short(item, limit: 40)
        let isShown = itemNotes.count < 5
        let source = tree.place(of: plan.condition).source
        itemNotes.append(
            ItemNote(
                quantifier: row,
                item: ExpectationFailure.Item(
                    name: name,
                    parts: isShown ? shownParts(plan.report.parts, in: source) : [],
                    error: Self.error(of: item)),
                differences: isShown ? differences(plan.report.comparisons) : []))
    }
}
