import Syntax
import Value

extension Resolver {
    mutating func resolve(_ statement: ExpectStatement, at span: SourceSpan) -> NodeIndex {
        let node =
            switch statement.kind {
            case .now(let condition): resolveNow(condition, statement.message, at: span)
            case .within(let limit, let condition):
                resolveWithin(limit, condition, statement.message, at: span)
            case .fails(let text, let block): resolveFails(text, block, at: span)
            case .output(let block, let check): resolve(block, check, at: span)
            case .unchanged(let list, let block): resolveUnchanged(list, block, at: span)
            case .order(let conditions, let block): resolveOrder(conditions, block, at: span)
            }
        if statement.isSoft, case .expectation(let expectation) = tree.statement(at: node),
            let plan = expectation.plan
        {
            tree.expectations[plan].isSoft = true
        }
        return node
    }

    private func plan(
        _ form: ExpectationFailure.Form, _ condition: SourceSpan, at span: SourceSpan
    ) -> ExpectationPlan {
        ExpectationPlan(
            form: form, place: Place(source: source, span: span), condition: condition)
    }

    private mutating func resolveNow(
        _ condition: Expression, _ message: StringLiteral?, at span: SourceSpan
    ) -> NodeIndex {
        var plan = plan(.now, condition.span, at: span)
        let (node, report) = reported(isNegated: false) { $0.condition(condition) }
        plan.report = report
        plan.message = message.map { resolve($0) }
        return add(.expectation(.now(tree.expectations.add(plan), node)), at: span)
    }

    // MARK: Over time

    /// The closure that gives the truth of a condition, with variables as they are when it is made.
    private mutating func resolveCondition(
        _ condition: Expression, keyword: String, for plan: inout ExpectationPlan,
        at span: SourceSpan
    ) -> NodeIndex {
        var scan = NameScan()
        scan.scan(condition)
        var report = ReportPlan()
        let isNegated = plan.form == .never
        let (closure, readsResources) = resolveClosure(
            role: .condition(keyword), scan: scan, isFrozen: true, at: span
        ) { resolver in
            let (node, parts) = resolver.reported(isNegated: isNegated) {
                $0.condition(condition)
            }
            report = parts
            return node
        }
        plan.report = report
        if !readsResources, !mayReadThroughCalls(scan) {
            self.report(.readsNoResource(keyword), at: condition.span)
        }
        return closure
    }

    /// A function that the condition calls may read resources.
    private func mayReadThroughCalls(_ scan: NameScan) -> Bool {
        scan.mentioned.contains { name in
            guard let binding = lookUp(name) else { return false }
            return binding.isFunction || binding.mayBeCalled
        }
    }

    private mutating func resolveWithin(
        _ limit: Expression, _ condition: Expression, _ message: StringLiteral?,
        at span: SourceSpan
    ) -> NodeIndex {
        if function.deferredKeyword != nil { report(.deferredAdvances("expect within"), at: span) }
        if function.conditionKeyword != nil { report(.actsInCondition("within"), at: span) }
        checkDuration(limit)
        var plan = plan(.within(milliseconds: 0), condition.span, at: span)
        let limit = value(limit).node
        let closure = resolveCondition(condition, keyword: "within", for: &plan, at: span)
        plan.message = message.map { resolve($0) }
        return add(
            .expectation(.within(tree.expectations.add(plan), limit, closure)), at: span)
    }

    mutating func resolve(_ statement: InvariantStatement, at span: SourceSpan) -> NodeIndex {
        let keyword = statement.kind.rawValue
        if function.conditionKeyword != nil { report(.actsInCondition(keyword), at: span) }
        var plan = plan(
            statement.kind == .always ? .always : .never, statement.condition.span, at: span)
        let closure = resolveCondition(
            statement.condition, keyword: keyword, for: &plan, at: span)
        let block = resolveHostBlock(statement.body, named: keyword)
        return add(
            .expectation(.watch(tree.expectations.add(plan), closure, block)), at: span)
    }

    /// A condition on its own, to be asked whenever somebody likes: a watch over no statements.
    mutating func resolveStanding(
        _ condition: Expression, _ kind: InvariantStatement.Kind, keyword: String,
        at span: SourceSpan
    ) -> NodeIndex {
        var plan = plan(kind == .always ? .always : .never, condition.span, at: span)
        let closure = resolveCondition(condition, keyword: keyword, for: &plan, at: span)
        let block = resolveHostBlock(Block(statements: [], span: span), named: keyword)
        return add(
            .expectation(.watch(tree.expectations.add(plan), closure, block)), at: span)
    }

    private mutating func resolveUnchanged(
        _ list: Expression, _ block: Block, at span: SourceSpan
    ) -> NodeIndex {
        if function.conditionKeyword != nil {
            report(.actsInCondition("expect unchanged"), at: span)
        }
        var scan = NameScan()
        scan.scan(list)
        let (closure, readsResources) = resolveClosure(
            role: .condition("unchanged"), scan: scan, isFrozen: true, at: span
        ) { $0.value(list).node }
        if !readsResources, !mayReadThroughCalls(scan) {
            report(.readsNoResource("unchanged"), at: list.span)
        }
        let row = tree.expectations.add(plan(.unchanged, list.span, at: span))
        let body = resolveHostBlock(block, named: "expect unchanged")
        return add(.expectation(.unchanged(row, closure, body)), at: span)
    }

    private mutating func resolveOrder(
        _ conditions: [Expression], _ block: Block, at span: SourceSpan
    ) -> NodeIndex {
        if function.conditionKeyword != nil { report(.actsInCondition("expect order"), at: span) }
        let whole = conditions[0].span.union(conditions[conditions.count - 1].span)
        var plan = plan(.order, whole, at: span)
        for condition in conditions {
            var step = plan
            let closure = resolveCondition(condition, keyword: "order", for: &step, at: span)
            plan.steps.append((closure, condition.span))
        }
        let body = resolveHostBlock(block, named: "expect order")
        return add(.expectation(.order(tree.expectations.add(plan), body)), at: span)
    }

    private mutating func checkDuration(_ expression: Expression) {
        guard let value = constantValue(expression) else { return }
        if case .unit(let unit) = expression.kind, unit.isDuration { return }
        if case .opaque(let opaque) = value, opaque is DurationValue { return }
        report(.notDuration(source.text(in: expression.span)), at: expression.span)
    }

    // MARK: Failures and output

    private mutating func resolveFails(
        _ text: Expression?, _ block: Block, at span: SourceSpan
    ) -> NodeIndex {
        var plan = plan(.fails, block.span, at: span)
        plan.message = text.map { value($0).node }
        let body = resolveHostBlock(block, named: "expect fails", marksLast: true)
        return add(.expectation(.fails(tree.expectations.add(plan), body)), at: span)
    }

    private mutating func resolve(
        _ block: Block, _ check: OutputCheck, at span: SourceSpan
    ) -> NodeIndex {
        var plan = plan(.output, check.expected.span, at: span)
        plan.outputRelation = check.relation
        plan.isNegated = check.isNegated
        let output = resolveOutput(block, at: block.span)
        let expected = value(check.expected).node
        return add(
            .expectation(.output(tree.expectations.add(plan), output, expected)), at: span)
    }

    // MARK: Deferred blocks

    mutating func resolve(_ statement: TimerStatement, at span: SourceSpan) -> NodeIndex {
        let keyword = statement.kind.rawValue
        checkDuration(statement.time)
        let time = value(statement.time).node
        var scan = NameScan()
        scan.scan(statement.body)
        let closure = resolveClosure(
            role: .deferred(keyword), scan: scan, isFrozen: false, at: span
        ) { $0.resolveBody(statement.body.statements, at: statement.body.span) }.closure
        let node: SetupNode =
            switch statement.kind {
            case .at: .at(time, closure)
            case .every: .every(time, closure)
            }
        return add(.setup(node), at: span)
    }

    // MARK: Files and behaviour

    mutating func resolve(_ statement: FileStatement, at span: SourceSpan) -> NodeIndex {
        let name = resolve(statement.name)
        let content = value(statement.content).node
        return add(.setup(.file(name, content)), at: span)
    }

    mutating func resolve(_ statement: BehaviorStatement, at span: SourceSpan) -> NodeIndex {
        var seen: Set<String> = []
        var plan = BehaviorPlan(target: [], settings: [])
        for word in statement.target { plan.target.append(wordPlan(word)) }
        for setting in statement.settings {
            let name = setting.name.name
            if !seen.insert(name).inserted {
                report(.duplicateSetting(name), at: setting.name.span)
            }
            plan.settings.append((name, value(setting.value).node, setting.value.span))
        }
        return add(.setup(.behavior(tree.behaviors.add(plan))), at: span)
    }
}
