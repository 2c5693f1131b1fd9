import Support
import Syntax
import Value

extension Compiler {
    /// The statements of a block that is a scope of its own.
    mutating func compile(_ block: Block) {
        openScope()
        compileStatements(block.statements)
        closeScope()
    }

    mutating func compileStatements(_ statements: [Statement]) {
        declareFunctions(in: statements)
        for statement in statements { compile(statement) }
    }

    mutating func compile(_ statement: Statement) {
        let span = statement.span
        let mark = function.nextRegister
        let declares: Bool
        if case .let = statement.kind { declares = true } else { declares = false }
        switch statement.kind {
        case .let(let statement): compile(statement)
        case .assign(let statement): compile(statement, at: span)
        case .if(let statement): compile(statement)
        case .for(let statement): compile(statement, at: span)
        case .while(let statement): compile(statement, at: span)
        case .break: compileLoopJump("break", at: span)
        case .continue: compileLoopJump("continue", at: span)
        case .function(let declaration): compile(declaration)
        case .return(let value): compileReturn(value, at: span)
        case .expression(let expression): compileAlone(expression)
        case .command(let command): compile(command, at: span)
        case .print(let values):
            let first = temporaries(values.count, at: span)
            for (index, value) in values.enumerated() { emitValue(value, to: first + index) }
            emit(Instruction(.print, first, 0, values.count), at: span)
        default: compileStructure(statement)
        }
        if !declares { release(to: mark) }
    }

    private mutating func compileStructure(_ statement: Statement) {
        let span = statement.span
        switch statement.kind {
        case .include(let path): compileInclude(path, at: span)
        case .file(let statement): compile(statement, at: span)
        case .setup(let block): compileSetup(block, at: span)
        case .scenario(let statement): compile(statement, at: span)
        case .expect(let statement): compile(statement, at: span)
        case .invariant(let statement): compile(statement, at: span)
        case .timer(let statement): compile(statement, at: span)
        case .behavior(let statement): compile(statement, at: span)
        case .skip(let reason):
            let register = temporary(at: span)
            if let reason {
                compile(reason, to: register)
            } else {
                emit(Instruction(.constant, register, 0, constant(.null)), at: span)
            }
            emit(Instruction(.skip, register), at: span)
        default: break
        }
    }

    // MARK: Variables

    private mutating func compile(_ statement: LetStatement) {
        let mark = function.nextRegister
        guard statement.names.count > 1 else {
            // The value is computed in the register that the variable gets, where it gets one.
            let target = temporary(at: statement.value.span)
            let shape = emitValue(statement.value, to: target)
            release(to: mark)
            let binding = declareVariable(statement.names[0], shape: shape)
            if case .function = statement.value.kind { binding.mayBeCalled = true }
            initialize(binding, from: target, at: statement.names[0].span)
            if case .global = binding.storage { release(to: mark) }
            return
        }
        let value = temporary(at: statement.value.span)
        emitValue(statement.value, to: value)
        unpack(value, into: statement.names, at: statement.value.span)
    }

    /// Takes the list in `value` apart into newly declared names.
    private mutating func unpack(_ value: Int, into names: [Identifier], at span: SourceSpan) {
        let first = temporaries(names.count, at: span)
        emit(Instruction(.unpack, first, value, names.count), at: span)
        for (index, name) in names.enumerated() {
            initialize(declareVariable(name), from: first + index, at: name.span)
        }
    }

    private mutating func compile(_ statement: AssignStatement, at span: SourceSpan) {
        let name = statement.name.name
        guard let binding = lookUp(name) else {
            let nearest = nearestName(to: name, among: variableNames)
            report(.undefinedTarget(name, nearest: nearest), at: statement.name.span)
            _ = operand(statement.value)
            return
        }
        if binding.isFunction, binding.functionIndex != nil {
            report(.assignedFunction(name), at: statement.name.span)
        }
        guard statement.segments.isEmpty else {
            return compilePart(statement, of: binding, at: span)
        }
        if statement.operation == .add, compileInPlace(statement, binding, at: span) { return }
        switch binding.storage {
        case .register(let register):
            emitAssigned(statement, current: register, to: register, at: span)
        case .cell, .global:
            let value = temporary(at: span)
            if statement.operation != nil { load(binding, to: value, at: statement.name.span) }
            emitAssigned(statement, current: value, to: value, at: span)
            if case .cell(let cell) = binding.storage {
                emit(Instruction(.storeCell, value, cell), at: span)
            } else if case .global(let slot) = binding.storage {
                emit(Instruction(.storeGlobal, value, 0, slot), at: span)
            }
        }
    }

    /// `x += e` on a cell or global: adds in place, so that lists that grow are not copied.
    private mutating func compileInPlace(
        _ statement: AssignStatement, _ binding: Binding, at span: SourceSpan
    ) -> Bool {
        switch binding.storage {
        case .register: return false
        case .cell(let cell):
            let value = operand(statement.value)
            emit(Instruction(.addToCell, value, cell), at: span)
        case .global(let slot):
            let value = operand(statement.value)
            emit(Instruction(.addToGlobal, value, 0, slot), at: span)
        }
        return true
    }

    private mutating func emitAssigned(
        _ statement: AssignStatement, current: Int, to target: Int, at span: SourceSpan
    ) {
        guard let operation = statement.operation else {
            emitValue(statement.value, to: target)
            return
        }
        if operation == .add, case .integer(let number) = statement.value.kind,
            let small = Int32(exactly: number)
        {
            emit(Instruction(.addInteger, target, current, Int(small)), at: span)
            return
        }
        if operation == .add, target == current, case .list(let list) = statement.value.kind,
            list.items.count == 1, !list.isOpen
        {
            // A list that grows by one item needs no list of one.
            let item = operand(list.items[0])
            emit(Instruction(.push, target, item), at: span)
            return
        }
        let value = operand(statement.value)
        emit(Instruction(operation.opcode, target, current, value), at: span)
    }

    /// `x.a[0] = e` and `x.a[0] += e`.
    private mutating func compilePart(
        _ statement: AssignStatement, of binding: Binding, at span: SourceSpan
    ) {
        let first = statement.name.span
        let part = SourceSpan(
            start: Int(first.start), end: Int(statement.segments.last?.span.end ?? first.end))
        var (plan, _) = pathPlan(statement.segments, shape: .unknown, isAssigned: true)
        let value = temporary(at: span)
        if let operation = statement.operation {
            let base = operand(Expression(kind: .name(statement.name.name), span: first))
            let index = addPath(plan)
            emit(Instruction(.path, value, base, index), at: part)
            let operandRegister = operand(statement.value)
            emit(Instruction(operation.opcode, value, value, operandRegister), at: span)
        } else {
            emitValue(statement.value, to: value)
        }
        switch binding.storage {
        case .register(let register):
            emit(Instruction(.setPath, register, value, addPath(plan)), at: part)
        case .cell(let register):
            emit(Instruction(.setCellPath, register, value, addPath(plan)), at: part)
        case .global(let slot):
            plan.globalSlot = slot
            emit(Instruction(.setGlobalPath, 0, value, addPath(plan)), at: part)
        }
    }

    // MARK: Control

    private mutating func compile(_ statement: IfStatement) {
        var ends: [Int] = []
        for (index, branch) in statement.branches.enumerated() {
            let mark = function.nextRegister
            let skips = jumpUnless(branch.condition)
            release(to: mark)
            compile(branch.body)
            let isLast = index == statement.branches.count - 1 && statement.otherwise == nil
            if !isLast { ends.append(emitJump(.jump, at: branch.body.span)) }
            land(skips)
        }
        if let block = statement.otherwise { compile(block) }
        land(ends)
    }

    private mutating func compile(_ statement: WhileStatement, at span: SourceSpan) {
        let start = here
        emit(Instruction(.poll), at: span)
        let mark = function.nextRegister
        let exits = jumpUnless(statement.condition)
        release(to: mark)
        compileLoopBody(statement.body, start: start, at: span)
        emitJump(to: start, at: span)
        land(exits)
        landBreaks()
    }

    private mutating func compileLoopBody(_ body: Block, start: Int, at span: SourceSpan) {
        function.loops.append(
            LoopState(start: start, blockDepth: function.nativeBlocks.count))
        compile(body)
    }

    private mutating func landBreaks() { land(function.loops.removeLast().breaks) }

    private mutating func compile(_ statement: ForStatement, at span: SourceSpan) {
        openScope()
        let state = temporaries(2, at: span)
        let shape: Shape
        let isRange: Bool
        if case .range(let lower, let upper) = statement.sequence.kind, statement.names.count == 1 {
            emitValue(lower, to: state)
            emitValue(upper, to: state + 1)
            emit(Instruction(.rangeStart, state, state + 1), at: statement.sequence.span)
            shape = .unknown
            isRange = true
        } else {
            let sequence = operand(statement.sequence)
            let whole = lastShape
            emit(Instruction(.iterate, state, sequence), at: statement.sequence.span)
            shape = itemShape(of: whole)
            isRange = false
        }
        openScope()
        let binding =
            statement.names.count == 1 ? declareVariable(statement.names[0], shape: shape) : nil
        var item = 0
        if case .register(let register)? = binding?.storage {
            item = register
        } else {
            item = temporary(at: span)
        }
        let start = here
        emit(Instruction(.poll), at: span)
        let exit = emitJump(isRange ? .rangeNext : .next, state, item, at: statement.sequence.span)
        if let binding {
            initialize(binding, from: item, at: binding.span)
        } else {
            unpack(item, into: statement.names, at: statement.sequence.span)
        }
        compileLoopBody(statement.body, start: start, at: span)
        closeScope()
        emitJump(to: start, at: span)
        land([exit])
        landBreaks()
        closeScope()
    }

    private mutating func compileLoopJump(_ keyword: String, at span: SourceSpan) {
        guard let loop = function.loops.last else {
            return report(.outsideLoop(keyword), at: span)
        }
        if loop.blockDepth < function.nativeBlocks.count, let block = function.nativeBlocks.last {
            return report(.leavesBlock(keyword, block: block), at: span)
        }
        if keyword == "break" {
            let jump = emitJump(.jump, at: span)
            function.loops[function.loops.count - 1].breaks.append(jump)
        } else {
            emitJump(to: loop.start, at: span)
        }
    }

    private mutating func compileReturn(_ value: Expression?, at span: SourceSpan) {
        guard case .function = function.role else { return report(.outsideFunction, at: span) }
        if let block = function.nativeBlocks.last {
            return report(.leavesBlock("return", block: block), at: span)
        }
        guard let value else { return emit(Instruction(.returnNull), at: span) }
        let register = operand(value)
        emit(Instruction(.returnValue, register), at: span)
    }

    /// An expression on its own: shown at a prompt, evaluated for its effect in a script.
    private mutating func compileAlone(_ expression: Expression) {
        let register = operand(expression)
        if isPrompt, isTopLevel { emit(Instruction(.echo, register), at: expression.span) }
    }
}

extension BinaryOperator {
    /// The instruction of an arithmetic operator.
    var opcode: Opcode {
        switch self {
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .remainder: .remainder
        default: .add
        }
    }
}
