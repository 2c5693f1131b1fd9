import Support
import Syntax
import Value

extension Compiler {
    mutating func compile(_ call: CallExpression, to target: Int, at span: SourceSpan) -> Shape {
        guard case .name(let name) = call.callee.kind else {
            compileValueCall(call, to: target, at: span)
            return .unknown
        }
        let binding = lookUp(name)
        if let binding, let index = binding.functionIndex {
            checkArguments(call, of: name, function: index, at: span)
            if case .global = binding.storage {
                compileDirect(.callFunction, index, call.arguments, to: target, at: span)
            } else {
                compileValueCall(call, to: target, at: span)
            }
            return .unknown
        }
        if let index = Builtins.index[name], !(binding?.mayBeCalled ?? false) {
            return compileBuiltin(index, call, to: target, at: span)
        }
        guard binding != nil else {
            let functions = globals.names.filter { globals.binding($0)?.isFunction ?? false }
            report(
                .undefinedName(
                    name, nearest: nearestName(to: name, among: functions + Builtins.names)),
                at: call.callee.span)
            for argument in call.arguments { _ = operand(argument) }
            return .unknown
        }
        compileValueCall(call, to: target, at: span)
        return .unknown
    }

    /// Where the arguments of a call go: the registers of the callee begin there, so nothing live
    /// may lie behind.
    private mutating func argumentBlock(_ count: Int, target: Int, at span: SourceSpan) -> Int {
        if target == function.nextRegister - 1, function.keepsRegisters == 0 {
            if count > 1 { _ = temporaries(count - 1, at: span) }
            return target
        }
        return temporaries(max(count, 1), at: span)
    }

    private mutating func compileDirect(
        _ op: Opcode, _ index: Int, _ arguments: [Expression], to target: Int, at span: SourceSpan
    ) {
        let first: Int
        if function.keepsRegisters > 0 {
            // Noted registers of the arguments stay in use: the block must lie behind them.
            let values = arguments.map { operand($0) }
            first = temporaries(max(values.count, 1), at: span)
            for (place, value) in values.enumerated() {
                emit(Instruction(.move, first + place, value), at: span)
            }
        } else {
            first = argumentBlock(arguments.count, target: target, at: span)
            for (place, argument) in arguments.enumerated() {
                emitValue(argument, to: first + place)
            }
        }
        let count = op == .callValue ? arguments.count - 1 : arguments.count
        emit(Instruction(op, first, count, index), at: span)
        if first != target { emit(Instruction(.move, target, first), at: span) }
    }

    private mutating func compileValueCall(
        _ call: CallExpression, to target: Int, at span: SourceSpan
    ) {
        compileDirect(.callValue, 0, [call.callee] + call.arguments, to: target, at: span)
    }

    private mutating func checkArguments(
        _ call: CallExpression, of name: String, function index: Int, at span: SourceSpan
    ) {
        let callee = code.functions[index]
        let count = call.arguments.count
        guard count < callee.required || count > callee.parameters.count else { return }
        report(
            .argumentCount(
                function: name,
                expected: Arity.phrase(callee.required, callee.parameters.count), found: count,
                signature: "\(name)(\(callee.parameters.joined(separator: ", ")))"),
            at: span)
    }

    // MARK: Built-ins

    private mutating func compileBuiltin(
        _ index: Int, _ call: CallExpression, to target: Int, at span: SourceSpan
    ) -> Shape {
        let builtin = Builtins.all[index]
        let count = call.arguments.count
        if count < builtin.required || count > builtin.maximum {
            report(
                .argumentCount(
                    function: builtin.name,
                    expected: Arity.phrase(builtin.required, builtin.maximum), found: count,
                    signature: builtin.signature),
                at: span)
            for argument in call.arguments { _ = operand(argument) }
            return .unknown
        }
        if builtin.readsClock, function.conditionKeyword != nil {
            report(.readsClock, at: span)
        }
        if builtin.readsResources { function.readsResources = true }
        if builtin.name == "map" {
            compileMap(call.arguments[0], call.arguments[1], to: target, at: span)
            return .unknown
        }
        compileDirect(.callBuiltin, index, call.arguments, to: target, at: span)
        return .unknown
    }

    /// `map(list, e)`: e mentions the item, or gives a function of it.
    private mutating func compileMap(
        _ source: Expression, _ mapping: Expression, to target: Int, at span: SourceSpan
    ) {
        var scan = NameScan()
        scan.scan(mapping)
        let usesItem = scan.hasFreeItem
        let callee = usesItem ? nil : operand(mapping)
        let result = compileLoop(over: source, at: span) { compiler, item, result in
            guard let callee else {
                let value = compiler.operand(mapping)
                compiler.emit(Instruction(.push, result, value), at: mapping.span)
                return
            }
            let first = compiler.temporaries(2, at: span)
            compiler.emit(Instruction(.move, first, callee), at: span)
            compiler.emit(Instruction(.move, first + 1, item), at: span)
            compiler.emit(Instruction(.callValue, first, 1), at: mapping.span)
            compiler.emit(Instruction(.push, result, first), at: span)
        }
        emit(Instruction(.move, target, result), at: span)
    }

    // MARK: Loops over items

    /// A loop that collects a list; the body appends to the register it is given.
    private mutating func compileLoop(
        over source: Expression, at span: SourceSpan,
        body: (inout Compiler, _ item: Int, _ result: Int) -> Void
    ) -> Int {
        let sequence = operand(source)
        let shape = itemShape(of: lastShape)
        let state = temporaries(4, at: span)
        let (item, result) = (state + 2, state + 3)
        emit(Instruction(.iterate, state, sequence), at: source.span)
        emit(Instruction(.list, result, 0, 0), at: span)
        let start = here
        emit(Instruction(.poll), at: span)
        let exit = emitJump(.next, state, item, at: source.span)
        let recorder = function.recorder
        function.recorder = nil
        function.items.append((item, shape))
        let mark = function.nextRegister
        body(&self, item, result)
        release(to: mark)
        function.items.removeLast()
        function.recorder = recorder
        emitJump(to: start, at: span)
        land([exit])
        return result
    }

    mutating func compileFilter(
        _ source: Expression, _ condition: Expression, to target: Int, at span: SourceSpan
    ) -> Shape {
        var shape = Shape.unknown
        let result = compileLoop(over: source, at: span) { compiler, item, result in
            shape = compiler.function.items.last?.shape ?? .unknown
            let skips = compiler.jumpUnless(condition)
            compiler.emit(Instruction(.append, result, item), at: condition.span)
            compiler.land(skips)
        }
        emit(Instruction(.move, target, result), at: span)
        return listShape(ofItems: shape)
    }

    mutating func compile(_ sort: SortExpression, to target: Int, at span: SourceSpan) -> Shape {
        let list = operand(sort.source)
        let shape = lastShape
        // The source is evaluated once: the loop for the keys runs over its value.
        let keys = compileKeys(of: list, shape, sort.key, at: sort.source.span)
        emit(
            Instruction(sort.isDescending ? .sortDescending : .sortAscending, target, list, keys),
            at: span)
        return listShape(ofItems: itemShape(of: shape))
    }

    private mutating func compileKeys(
        of list: Int, _ shape: Shape, _ key: Expression, at span: SourceSpan
    ) -> Int {
        let state = temporaries(4, at: span)
        let (item, result) = (state + 2, state + 3)
        emit(Instruction(.iterate, state, list), at: span)
        emit(Instruction(.list, result, 0, 0), at: span)
        let start = here
        emit(Instruction(.poll), at: span)
        let exit = emitJump(.next, state, item, at: span)
        let recorder = function.recorder
        function.recorder = nil
        function.items.append((item, itemShape(of: shape)))
        let value = operand(key)
        emit(Instruction(.append, result, value), at: key.span)
        function.items.removeLast()
        function.recorder = recorder
        emitJump(to: start, at: span)
        land([exit])
        return result
    }

    private func listShape(ofItems shape: Shape) -> Shape {
        if case .value(let kind, let path) = shape { return .items(kind, path) }
        return .unknown
    }

    // MARK: Quantifiers

    /// `every list has condition`: the outcome starts as that of a list without deciding items; an
    /// item that decides changes it and, unless a report is wanted, ends the loop.
    mutating func compile(
        _ quantified: QuantifiedExpression, to target: Int, at span: SourceSpan
    ) {
        let sequence = operand(quantified.source)
        let shape = itemShape(of: lastShape)
        let state = temporaries(4, at: span)
        let (item, outcome) = (state + 2, state + 3)
        // 1: a list that the API leaves out, such as a node's taints, is an empty one here.
        emit(Instruction(.iterate, state, sequence, 1), at: quantified.source.span)
        emitConstant(.bool(quantified.quantifier != .any), to: outcome, at: span)
        let start = here
        emit(Instruction(.poll), at: span)
        let exit = emitJump(.next, state, item, at: quantified.source.span)
        let outer = function.recorder
        let recorder = PartRecorder()
        recorder.isNegated = quantified.quantifier == .none
        function.recorder = outer == nil ? nil : recorder
        if outer != nil { function.keepsRegisters += 1 }
        function.items.append((item, shape))
        // `every` is decided by an item without the property, `any` and `none` by one with it.
        let undecided =
            quantified.quantifier == .every
            ? jumpIf(quantified.condition) : jumpUnless(quantified.condition)
        function.items.removeLast()
        if outer != nil { function.keepsRegisters -= 1 }
        function.recorder = outer
        code.quantifiers.append(
            QuantifierPlan(
                quantifier: quantified.quantifier, list: quantified.source.span,
                source: Int(sourceIndex), parts: recorder.parts, comparisons: recorder.comparisons,
                isNegated: outer?.isNegated ?? false))
        let plan = code.quantifiers.count - 1
        emit(Instruction(.itemDecides, outcome, item, plan), at: quantified.condition.span)
        let decided = here - 1
        land(undecided)
        if quantified.quantifier == .any, outer != nil {
            // Items without the property explain why `any` fails.
            emit(Instruction(.itemFails, outcome, item, plan), at: quantified.condition.span)
        }
        emitJump(to: start, at: span)
        land([exit])
        code.quantifiers[plan].exit = here - decided - 1
        emit(Instruction(.quantified, outcome, sequence, plan), at: span)
        if outcome != target { emit(Instruction(.move, target, outcome), at: span) }
    }
}

/// Words for numbers of arguments.
enum Arity {
    static func phrase(_ required: Int, _ maximum: Int) -> String {
        if required == maximum { return counted(required) }
        if maximum == .max { return "at least \(counted(required))" }
        return "\(required) to \(counted(maximum))"
    }

    private static func counted(_ count: Int) -> String {
        switch count {
        case 0: "no arguments"
        case 1: "1 argument"
        default: "\(count) arguments"
        }
    }
}
