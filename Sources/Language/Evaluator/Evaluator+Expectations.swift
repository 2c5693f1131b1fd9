import Support
import Syntax
import Value

/// An item that decides a quantified condition, as a report shows it.
struct ItemNote {
    var quantifier: Row<QuantifierPlan>
    var item: ExpectationFailure.Item
    var differences: [ExpectationFailure.Difference]
}

/// A list in `every` that had no items.
struct EmptyList {
    var list: NodeIndex
    var why: String?
}

extension Evaluator {
    @inline(never)
    mutating func execute(_ node: ExpectationNode, at index: NodeIndex) throws {
        guard let plan = node.plan else { return try judge(node, at: index) }
        shared.judgements += 1
        guard tree.expectations[plan].isSoft, shared.failingBlocks == 0 else {
            return try judge(node, at: index)
        }
        let mark = mark
        do {
            try judge(node, at: index)
        } catch Trouble.expectation(let failure) {
            restore(mark)
            try keepSoft(failure)
        }
    }

    private mutating func judge(_ node: ExpectationNode, at index: NodeIndex) throws {
        var holds = false
        if node.plan != nil {
            defer { host.noteJudgement(at: tree.place(of: index), holds: holds) }
            try carryOut(node, at: index)
            holds = true
        } else {
            try carryOut(node, at: index)
        }
    }

    private mutating func carryOut(_ node: ExpectationNode, at index: NodeIndex) throws {
        switch node {
        case .now(let row, let condition): try expectNow(row, condition, at: index)
        case .within(let row, let limit, let closure): try wait(row, limit, closure, at: index)
        case .watch(let row, let closure, let block): try watch(row, closure, block, at: index)
        case .fails(let row, let block): try expectFails(tree.expectations[row], block)
        case .output(let row, let output, let expected):
            try expectOutput(tree.expectations[row], output, expected)
        case .unchanged(let row, let list, let block):
            try expectUnchanged(tree.expectations[row], list, block, at: index)
        case .order(let row, let block):
            try expectOrder(tree.expectations[row], block, at: index)
        case .lastStatement:
            reachedLastStatement = true
            // What earlier statements wrote is not the output of the one that must fail.
            _ = host.endCapture()
            host.beginCapture()
        }
    }

    mutating func beginExplaining() {
        explains = true
        recordsReads = true
        itemNotes.removeAll()
        emptyList = nil
        emptyAny = nil
        explanation = nil
        reads.removeAll(keepingCapacity: true)
    }

    // MARK: Now

    private mutating func expectNow(
        _ row: Row<ExpectationPlan>, _ condition: NodeIndex, at index: NodeIndex
    ) throws {
        try begins(index)
        let plan = tree.expectations[row]
        // The condition may call a function that expects something itself.
        let outer = (explains, recordsReads, judgesSelectors)
        beginExplaining()
        judgesSelectors = true
        defer { (explains, recordsReads, judgesSelectors) = outer }
        clear(plan.report.firstSlot, plan.report.endOfSlots)
        let mark = mark
        do {
            if try truth(condition) { return }
        } catch let error as Located {
            guard error.error.saysNothingIsThere else { throw error }
            // What a condition reads does not exist: it does not hold.
            restore(mark)
            throw Trouble.expectation(
                failure(of: row, summary: error.error.text.message, hint: error.error.text.hint))
        }
        var failure = failure(of: row)
        if let message = plan.message { failure.message = try shownValue(message) }
        throw Trouble.expectation(failure)
    }

    // MARK: Over time

    private mutating func condition(
        _ row: Row<ExpectationPlan>, _ expression: NodeIndex
    ) throws -> Condition {
        guard case .opaque(let opaque) = try value(expression), let closure = opaque as? Closure
        else { preconditionFailure("a condition over time is a closure") }
        let plan = tree.expectations[row]
        var evaluator = Evaluator(
            tree: tree, globals: globals.frozen, host: host, limits: limits,
            shared: shared, shell: shell.copy(), isCondition: true, globalNames: globalNames)
        if case .within = plan.form { evaluator.judgesSelectors = true }
        evaluator.tracking = ConditionTracking([closure], in: tree)
        let runner = ConditionRunner(
            evaluator: evaluator, closure: closure, expectation: row,
            isNever: plan.form == .never)
        return Condition(
            place: plan.place, form: plan.form, judge: { try runner.judge(&$0) },
            explain: { try runner.explain() })
    }

    private mutating func wait(
        _ row: Row<ExpectationPlan>, _ limit: NodeIndex, _ closure: NodeIndex,
        at index: NodeIndex
    ) throws {
        try begins(index)
        let limit = try value(limit)
        let condition = try condition(row, closure)
        let message = try tree.expectations[row].message.map { try value($0) }
        let milliseconds = try Conversion.milliseconds(limit)
        guard milliseconds >= 0 else {
            throw RuntimeError.builtin("the limit of `within` must be zero or more", hint: nil)
        }
        let outcome = try host.wait(atMost: milliseconds, for: condition)
        guard case .expired = outcome else { return }
        var failure = try condition.failure()
        failure.form = .within(milliseconds: milliseconds)
        failure.message = try message.map { try shown($0) }
        throw Trouble.expectation(failure)
    }

    private mutating func watch(
        _ row: Row<ExpectationPlan>, _ closure: NodeIndex, _ block: NodeIndex,
        at index: NodeIndex
    ) throws {
        try begins(index)
        let condition = try condition(row, closure)
        let host = host
        let outcome = try host.watch(condition) { try runBlock(block) }
        switch outcome {
        case .held: return
        case .violated(let failure): throw Trouble.expectation(failure)
        case .vacuous(let states):
            var failure = bareFailure(of: tree.expectations[row])
            failure.summary =
                "the block wrote no object that the condition reads (\(states) "
                + "\(states == 1 ? "state" : "states") checked), so it says nothing"
            failure.reads = condition.reads
            throw Trouble.expectation(failure)
        }
    }

    // MARK: Output

    private mutating func expectOutput(
        _ plan: ExpectationPlan, _ written: NodeIndex, _ wanted: NodeIndex
    ) throws {
        let (written, wanted) = (try value(written), try value(wanted))
        let output = try shown(written)
        let expected = try shown(wanted)
        let holds: Bool
        switch plan.outputRelation {
        case .contains: holds = Search.contains(output, expected)
        case .matches: holds = try matches(output, pattern(wanted))
        case .equals:
            holds =
                Self.withoutFinalNewlines(output) == Self.withoutFinalNewlines(expected)
        }
        guard holds == plan.isNegated else { return }
        var failure = bareFailure(of: plan)
        failure.differences = OutputReport.differences(
            output, expected, plan.outputRelation, isNegated: plan.isNegated)
        failure.summary = OutputReport.summary(
            expected, plan.outputRelation, isNegated: plan.isNegated)
        failure.expression = ""
        failure.parts = [
            ExpectationFailure.Part(
                expression: "output", span: plan.place.span, value: Value(output))
        ]
        throw Trouble.expectation(failure)
    }
}

/// Evaluates the condition of an expectation over time.
private final class ConditionRunner {
    var evaluator: Evaluator
    let closure: Closure
    let expectation: Row<ExpectationPlan>
    let isNever: Bool

    init(
        evaluator: Evaluator, closure: Closure, expectation: Row<ExpectationPlan>, isNever: Bool
    ) {
        self.evaluator = evaluator
        self.closure = closure
        self.expectation = expectation
        self.isNever = isNever
    }

    private enum Judgement {
        case judged(Bool)
        case undecided(RuntimeError)
    }

    private func evaluate() throws -> Judgement {
        var judgement = Judgement.judged(false)
        // The statement that is at work now may have another stack than the one that made the condition.
        evaluator.takeRoom()
        try evaluator.runShared { evaluator throws in
            do {
                judgement = .judged(try evaluator.judge(closure))
            } catch let error as Located where error.error.isUndecided {
                judgement = .undecided(error.error)
            }
        }
        return judgement
    }

    func judge(_ reads: inout [ResourceQuery]) throws -> Verdict {
        evaluator.reads.removeAll(keepingCapacity: true)
        evaluator.recordsReads = true
        evaluator.explains = false
        defer { swap(&reads, &evaluator.reads) }
        switch try evaluate() {
        case .judged(let holds): return holds != isNever ? .satisfied : .violated
        case .undecided: return .undecided
        }
    }

    func explain() throws -> ExpectationFailure {
        evaluator.beginExplaining()
        let report = evaluator.tree.expectations[expectation].report
        // The condition is the only function of its evaluator: its frame lies at the bottom.
        evaluator.ensureStack(Int(report.endOfSlots))
        evaluator.clear(report.firstSlot, report.endOfSlots)
        defer { evaluator.explains = false }
        switch try evaluate() {
        case .judged: return evaluator.failure(of: expectation)
        case .undecided(let error):
            return evaluator.failure(
                of: expectation, summary: error.text.message, hint: error.text.hint)
        }
    }
}
