import Syntax
import Value

extension Compiler {
    mutating func compile(_ statement: ExpectStatement, at span: SourceSpan) {
        switch statement.kind {
        case .now(let condition): compileNow(condition, statement.message, at: span)
        case .within(let limit, let condition):
            compileWithin(limit, condition, statement.message, at: span)
        case .fails(let text, let block): compileFails(text, block, at: span)
        case .output(let block, let check): compile(block, check, at: span)
        }
    }

    private func plan(
        _ form: ExpectationFailure.Form, _ condition: SourceSpan, at span: SourceSpan
    ) -> ExpectationPlan {
        ExpectationPlan(
            form: form, place: Place(source: source, span: span), condition: condition)
    }

    private mutating func add(_ plan: ExpectationPlan) -> Int {
        code.expectations.append(plan)
        return code.expectations.count - 1
    }

    /// Compiles a condition whose parts stay in their registers, so that a report shows exactly
    /// what was seen. Answers the jumps that are taken when it is false.
    private mutating func compileReported(
        _ condition: Expression, expectation: Int, at span: SourceSpan
    ) -> [Int] {
        let recorder = PartRecorder()
        recorder.isNegated = code.expectations[expectation].form == .never
        let outer = function.recorder
        function.recorder = recorder
        function.keepsRegisters += 1
        let first = function.nextRegister
        let clear = here
        emit(Instruction(.clear, first, 0, 0), at: span)
        let start = here
        let jumps = jumpUnless(condition)
        function.keepsRegisters -= 1
        function.recorder = outer
        let registers = first..<function.nextRegister
        function.instructions[clear].c = Int32(registers.count)
        code.expectations[expectation].parts = recorder.parts
        code.expectations[expectation].comparisons = recorder.comparisons
        code.expectations[expectation].registers = registers
        function.regions.append(
            ConditionRegion(range: start..<here, expectation: expectation))
        return jumps
    }

    // MARK: Now

    private mutating func compileNow(
        _ condition: Expression, _ message: StringLiteral?, at span: SourceSpan
    ) {
        let expectation = add(plan(.now, condition.span, at: span))
        emit(Instruction(.begins), at: span)
        emit(Instruction(.explainBegin), at: span)
        let fails = compileReported(condition, expectation: expectation, at: span)
        emit(Instruction(.explainEnd, 0, 0, expectation), at: span)
        let end = emitJump(.jump, at: span)
        land(fails)
        let text = temporary(at: span)
        if let message {
            code.expectations[expectation].hasMessage = true
            compile(message, to: text)
        }
        emit(Instruction(.expectFailed, text, 0, expectation), at: span)
        land([end])
    }

    // MARK: Over time

    /// A closure that gives the truth of the condition, with variables as they are when it is made.
    private mutating func compileCondition(
        _ condition: Expression, keyword: String, expectation: Int, to target: Int,
        at span: SourceSpan
    ) {
        var scan = NameScan()
        scan.scan(condition)
        let readsResources = compileClosure(
            role: .condition(keyword), scan: scan, isFrozen: true, to: target, at: span
        ) { compiler in
            let result = compiler.temporary(at: span)
            let fails = compiler.compileReported(condition, expectation: expectation, at: span)
            compiler.emitConstant(.bool(true), to: result, at: span)
            compiler.emit(Instruction(.returnValue, result), at: span)
            compiler.land(fails)
            compiler.emitConstant(.bool(false), to: result, at: span)
            compiler.emit(Instruction(.returnValue, result), at: span)
        }
        if !readsResources, !mayReadThroughCalls(scan) {
            report(.readsNoResource(keyword), at: condition.span)
        }
    }

    /// A function that the condition calls may read resources.
    private func mayReadThroughCalls(_ scan: NameScan) -> Bool {
        scan.mentioned.contains { name in
            guard let binding = lookUp(name) else { return false }
            return binding.isFunction || binding.mayBeCalled
        }
    }

    private mutating func compileWithin(
        _ limit: Expression, _ condition: Expression, _ message: StringLiteral?,
        at span: SourceSpan
    ) {
        if function.deferredKeyword != nil { report(.deferredAdvances("expect within"), at: span) }
        if function.conditionKeyword != nil { report(.actsInCondition("within"), at: span) }
        checkDuration(limit)
        let expectation = add(plan(.within(milliseconds: 0), condition.span, at: span))
        let time = temporaries(3, at: span)
        let (closure, text) = (time + 1, time + 2)
        emit(Instruction(.begins), at: span)
        emitValue(limit, to: time)
        compileCondition(
            condition, keyword: "within", expectation: expectation, to: closure, at: span)
        if message == nil {
            emitConstant(.null, to: text, at: span)
        }
        if let message {
            code.expectations[expectation].hasMessage = true
            compile(message, to: text)
        }
        emit(Instruction(.wait, time, closure, expectation), at: span)
    }

    mutating func compile(_ statement: InvariantStatement, at span: SourceSpan) {
        let form: ExpectationFailure.Form = statement.kind == .always ? .always : .never
        let keyword = statement.kind.rawValue
        if function.conditionKeyword != nil { report(.actsInCondition(keyword), at: span) }
        let expectation = add(plan(form, statement.condition.span, at: span))
        let closure = temporary(at: span)
        emit(Instruction(.begins), at: span)
        compileCondition(
            statement.condition, keyword: keyword, expectation: expectation, to: closure, at: span)
        emit(Instruction(.watch, 0, closure, expectation), at: span)
        code.expectations[expectation].blockLength = compileNativeBlock(
            statement.body, named: keyword)
    }

    mutating func compile(_ statement: TimerStatement, at span: SourceSpan) {
        let keyword = statement.kind.rawValue
        checkDuration(statement.time)
        let time = temporaries(2, at: span)
        emit(Instruction(.begins), at: span)
        emitValue(statement.time, to: time)
        var scan = NameScan()
        scan.scan(statement.body)
        _ = compileClosure(
            role: .deferred(keyword), scan: scan, isFrozen: false, to: time + 1, at: span
        ) { compiler in
            compiler.compileStatements(statement.body.statements)
            compiler.emit(Instruction(.returnNull), at: statement.body.span)
        }
        emit(
            Instruction(.timer, time, time + 1, statement.kind == .every ? 1 : 0), at: span)
    }

    private mutating func checkDuration(_ expression: Expression) {
        guard let value = constantValue(expression) else { return }
        if case .unit(let unit) = expression.kind, unit.isDuration { return }
        if case .opaque(let opaque) = value, opaque is DurationValue { return }
        report(.notDuration(source.text(in: expression.span)), at: expression.span)
    }

    // MARK: Failures and output

    private mutating func compileFails(_ text: Expression?, _ block: Block, at span: SourceSpan) {
        var plan = plan(.fails, block.span, at: span)
        plan.hasMessage = text != nil
        let expectation = add(plan)
        let register = temporary(at: span)
        if let text {
            emitValue(text, to: register)
        } else {
            emitConstant(.null, to: register, at: span)
        }
        emit(Instruction(.expectFails, register, 0, expectation), at: span)
        code.expectations[expectation].blockLength = compileNativeBlock(
            block, named: "expect fails", marksLast: true)
    }

    private mutating func compile(_ block: Block, _ check: OutputCheck, at span: SourceSpan) {
        var plan = plan(.output, check.expected.span, at: span)
        plan.outputRelation = check.relation
        plan.isNegated = check.isNegated
        let expectation = add(plan)
        let output = temporaries(2, at: span)
        compileOutput(block, to: output, at: block.span)
        emitValue(check.expected, to: output + 1)
        emit(Instruction(.expectOutput, output, output + 1, expectation), at: span)
    }

    // MARK: Parts of reports

    /// An operand that a report shows unless it is a literal.
    mutating func notedOperand(_ expression: Expression) -> Int {
        let register = operand(expression)
        if let recorder = function.recorder, isWorthShowing(expression) {
            recorder.parts.append(PartPlan(span: expression.span, register: register))
        }
        return register
    }

    /// The operand of `exists` and `absent`: what is missing on the way to it is no error.
    mutating func presenceOperand(_ expression: Expression) -> Int {
        switch expression.kind {
        case .resource:
            let register = operand(expression)
            function.recorder?.parts.append(
                PartPlan(span: expression.span, register: register))
            return register
        case .path(let base, let segments) where kindReading(of: expression) == nil:
            let register = operand(base)
            var (plan, _) = pathPlan(segments, shape: lastShape)
            plan.isProbe = true
            plan.missing = .null
            let target = temporary(at: expression.span)
            emit(Instruction(.path, target, register, addPath(plan)), at: expression.span)
            function.recorder?.parts.append(
                PartPlan(span: expression.span, register: target))
            return target
        default: return notedOperand(expression)
        }
    }

    private func isWorthShowing(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .null, .boolean, .integer, .float, .unit, .percent, .list, .map, .function,
            .hereDocument, .range, .resources:
            false
        case .string(let literal): literal.literalText == nil
        case .unary(_, let operand): isWorthShowing(operand)
        case .binary(let binary):
            // Comparisons and the like show their sides; arithmetic shows its result as well.
            switch binary.operation {
            case .add, .subtract, .multiply, .divide, .remainder: true
            default: false
            }
        case .presence, .quantified: false
        default: true
        }
    }

    mutating func noteComparison(
        _ relation: ComparisonPlan.Relation, _ left: Int, _ right: Int
    ) {
        guard let recorder = function.recorder else { return }
        recorder.comparisons.append(
            ComparisonPlan(
                relation: relation, left: left, right: right, isNegated: recorder.isNegated))
    }
}
