import Support
import Syntax
import Value

/// An item that decides a quantified condition, as a report shows it.
struct ItemNote {
    var quantifier: Int
    var item: ExpectationFailure.Item
    var differences: [ExpectationFailure.Difference]
}

extension Evaluator {
    mutating func executeExpectation(_ i: Instruction, _ pc: Int) throws -> Int {
        switch i.op {
        case .explainBegin: beginExplaining()
        case .explainEnd: endExplaining()
        case .expectFailed:
            var failure = failure(of: Int(i.c), base: base)
            if code.expectations[Int(i.c)].hasMessage {
                failure.message = try shown(stack[r(i.a)])
            }
            endExplaining()
            throw Trouble.expectation(failure)
        case .itemDecides: return itemDecides(i, pc)
        case .itemFails: if explains { noteItem(Int(i.c), r(i.b)) }
        case .quantified: quantified(i)
        case .wait: try wait(i, pc)
        case .watch: return try watch(i, pc)
        case .expectFails: return try expectFails(i, pc)
        case .expectOutput: try expectOutput(i)
        default: preconditionFailure("no instruction for \(i.op)")
        }
        return pc
    }

    private mutating func beginExplaining() {
        explains = true
        recordsReads = true
        itemNotes.removeAll()
        emptyList = nil
        reads.removeAll()
    }

    private mutating func endExplaining() {
        explains = false
        recordsReads = false
    }

    // MARK: Quantifiers

    private mutating func itemDecides(_ i: Instruction, _ pc: Int) -> Int {
        let plan = code.quantifiers[Int(i.c)]
        stack[r(i.a)] = .bool(plan.quantifier == .any)
        guard explains else { return pc + plan.exit }
        if plan.quantifier == .any {
            guard plan.isNegated else { return pc + plan.exit }
            itemNotes.removeAll { $0.quantifier == Int(i.c) }
            noteItem(Int(i.c), r(i.b))
            return pc + plan.exit
        }
        noteItem(Int(i.c), r(i.b))
        return pc
    }

    private mutating func noteItem(_ index: Int, _ item: Int) {
        guard itemNotes.count < 1_000 else { return }
        let plan = code.quantifiers[index]
        let value = stack[item]
        let name = Rendering.objectName(value) ?? Rendering.short(value, limit: 40)
        let parts =
            itemNotes.count < 5
            ? shownParts(plan.parts, base: base, in: code.sources[plan.source]) : []
        let differences = itemNotes.count < 5 ? differences(plan.comparisons, base: base) : []
        itemNotes.append(
            ItemNote(
                quantifier: index, item: ExpectationFailure.Item(name: name, parts: parts),
                differences: differences))
    }

    /// `every` of nothing fails: a selector that finds nothing would otherwise pass for ever.
    private mutating func quantified(_ i: Instruction) {
        let plan = code.quantifiers[Int(i.c)]
        let list = stack[r(i.b)]
        let count = (list.object?.count ?? 0) + list.sequence.count
        guard count == 0, plan.quantifier == .every else { return }
        stack[r(i.a)] = .bool(false)
        guard explains else { return }
        let query = reads.last { $0.name == nil }
        emptyList = EmptyList(quantifier: Int(i.c), why: query.flatMap { host.whyEmpty($0) })
    }

    // MARK: Over time

    private func condition(_ i: Instruction, _ pc: Int) -> Condition? {
        guard case .opaque(let opaque) = stack[r(i.b)], let closure = opaque as? Closure else {
            return nil
        }
        let evaluator = Evaluator(
            code: code, tables: tables, globals: Globals(slots: globals.slots), host: host,
            limits: limits, shared: shared, isCondition: true, globalNames: globalNames)
        let plan = code.expectations[Int(i.c)]
        let runner = ConditionRunner(
            evaluator: evaluator, closure: closure, expectation: Int(i.c),
            isNever: plan.form == .never)
        return Condition(
            place: plan.place, form: plan.form, judge: { try runner.judge(&$0) },
            explain: { try runner.explain() })
    }

    private mutating func wait(_ i: Instruction, _ pc: Int) throws {
        try checkNotCondition()
        let milliseconds = try Conversion.milliseconds(stack[r(i.a)])
        guard milliseconds >= 0 else {
            throw RuntimeError.builtin("the limit of `within` must be zero or more", hint: nil)
        }
        guard let condition = condition(i, pc) else { return }
        let outcome = try host.wait(atMost: milliseconds, for: condition)
        guard case .expired = outcome else { return }
        var failure = try condition.failure()
        failure.form = .within(milliseconds: milliseconds)
        if code.expectations[Int(i.c)].hasMessage {
            failure.message = try shown(stack[r(i.a) + 2])
        }
        throw Trouble.expectation(failure)
    }

    private mutating func watch(_ i: Instruction, _ pc: Int) throws -> Int {
        try checkNotCondition()
        let plan = code.expectations[Int(i.c)]
        guard let condition = condition(i, pc) else { return pc + plan.blockLength }
        let host = host
        let outcome = try host.watch(condition) { try runBlock(at: pc) }
        switch outcome {
        case .held: return pc + plan.blockLength
        case .violated(let failure): throw Trouble.expectation(failure)
        case .vacuous(let states):
            var failure = bareFailure(of: Int(i.c))
            failure.summary =
                "the block wrote no object that the condition reads (\(states) "
                + "\(states == 1 ? "state" : "states") checked), so it says nothing"
            failure.reads = condition.reads
            throw Trouble.expectation(failure)
        }
    }

    private func checkNotCondition() throws {
        if isCondition { throw RuntimeError.actsInCondition }
    }

    // MARK: Output

    private mutating func expectOutput(_ i: Instruction) throws {
        let plan = code.expectations[Int(i.c)]
        let output = try shown(stack[r(i.a)])
        let expected = try shown(stack[r(i.b)])
        let holds: Bool
        switch plan.outputRelation ?? .equals {
        case .contains: holds = Search.contains(output, expected)
        case .matches:
            holds = try pattern(stack[r(i.b)]).matches(output)
        case .equals:
            holds =
                Self.withoutFinalNewlines(output) == Self.withoutFinalNewlines(expected)
        }
        guard holds == plan.isNegated else { return }
        var failure = bareFailure(of: Int(i.c))
        failure.differences = OutputReport.differences(
            output, expected, plan.outputRelation ?? .equals, isNegated: plan.isNegated)
        failure.summary = OutputReport.summary(
            expected, plan.outputRelation ?? .equals, isNegated: plan.isNegated)
        failure.expression = ""
        failure.parts = [
            ExpectationFailure.Part(
                expression: "output", span: plan.place.span, value: Value(output))
        ]
        throw Trouble.expectation(failure)
    }
}

/// A list in `every` that had no items.
struct EmptyList {
    var quantifier: Int
    var why: String?
}

/// Evaluates the condition of an expectation over time.
private final class ConditionRunner {
    var evaluator: Evaluator
    let closure: Closure
    let expectation: Int
    let isNever: Bool

    init(evaluator: Evaluator, closure: Closure, expectation: Int, isNever: Bool) {
        self.evaluator = evaluator
        self.closure = closure
        self.expectation = expectation
        self.isNever = isNever
    }

    private func evaluate() throws -> Bool {
        var holds = false
        try evaluator.runShared { evaluator throws in
            let value = try evaluator.call(
                function: closure.function, [], captured: closure.captured)
            holds = value == .bool(true)
        }
        return holds
    }

    func judge(_ reads: inout [ResourceQuery]) throws -> Verdict {
        evaluator.reads.removeAll(keepingCapacity: true)
        evaluator.recordsReads = true
        evaluator.explains = false
        defer { swap(&reads, &evaluator.reads) }
        do {
            return try evaluate() != isNever ? .satisfied : .violated
        } catch is Undecided {
            return .undecided
        }
    }

    func explain() throws -> ExpectationFailure {
        evaluator.reads.removeAll(keepingCapacity: true)
        evaluator.recordsReads = true
        evaluator.explains = true
        evaluator.itemNotes.removeAll()
        evaluator.emptyList = nil
        defer { evaluator.explains = false }
        do {
            _ = try evaluate()
        } catch let undecided as Undecided {
            let text = undecided.error.text
            return evaluator.failure(
                of: expectation, base: 0, summary: text.message, hint: text.hint)
        }
        return evaluator.failure(of: expectation, base: 0)
    }
}
