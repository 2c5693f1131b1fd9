import Syntax
import Value

extension Compiler {
    // MARK: Functions in general

    /// Reserves the index of a function, so that calls can be compiled before its body.
    mutating func reserveFunction(named name: String, parameters: [Parameter] = []) -> Int {
        code.functions.append(
            FunctionCode(
                name: name, entry: 0, parameters: parameters.map(\.name.name),
                required: parameters.prefix { $0.defaultValue == nil }.count, captures: [],
                registers: 0))
        return code.functions.count - 1
    }

    /// Moves the instructions of the function at work into the code and goes back to the one around.
    @discardableResult
    mutating func finishFunction(
        name: String, parameters: [String], required: Int, captures: [Int], index: Int? = nil
    ) -> Int {
        let entry = code.instructions.count
        code.instructions += function.instructions
        code.spans += function.spans
        for region in function.regions {
            code.regions.append(
                ConditionRegion(
                    range: region.range.lowerBound + entry..<region.range.upperBound + entry,
                    expectation: region.expectation))
        }
        let finished = FunctionCode(
            name: name, entry: entry, parameters: parameters, required: required,
            captures: captures, registers: function.highestRegister)
        if let parent = function.parent { function = parent }
        if let index {
            code.functions[index] = finished
            return index
        }
        code.functions.append(finished)
        return code.functions.count - 1
    }

    /// Compiles a function that nothing in the script calls: a scenario, a title. It takes along no
    /// local names. The body emits its own return.
    mutating func compileFunction(
        role: FunctionState.Role, name: String, parameters: [Identifier],
        body: (inout Compiler, SourceSpan) -> Void
    ) -> Int {
        function = FunctionState(parent: function, role: role)
        let span = parameters.first?.span ?? SourceSpan(at: 0)
        for parameter in parameters { declareParameter(parameter) }
        body(&self, span)
        return finishFunction(
            name: name, parameters: parameters.map(\.name), required: parameters.count,
            captures: [])
    }

    /// Declares a parameter in the next register.
    private mutating func declareParameter(_ identifier: Identifier) {
        let register = temporary(at: identifier.span)
        if let kind = facts.kind(named: identifier.name) {
            report(.namedAsKind(identifier.name, kind: kind.kind), at: identifier.span)
        }
        if let earlier = function.scopes[0].bindings[identifier.name] {
            report(.duplicateName(identifier.name, first: earlier.span), at: identifier.span)
        }
        let binding = Binding(
            name: identifier.name, storage: .register(register), span: identifier.span)
        binding.mayBeCalled = true
        function.scopes[0].add(binding)
    }

    // MARK: Closures

    /// The names of functions around a piece that it mentions, with their registers there.
    private func captures(_ names: [String]) -> [Binding] {
        names.compactMap { name in
            guard let binding = function.binding(name) else { return nil }
            if case .global = binding.storage { return nil }
            return binding
        }
    }

    /// Opens a function and gives the captured names registers after the parameters. Returns the
    /// registers around it that are taken along.
    private mutating func bindCaptures(_ captured: [Binding], isFrozen: Bool) -> [Int] {
        var registers: [Int] = []
        for binding in captured where function.scopes[0].bindings[binding.name] == nil {
            let register = temporary(at: binding.span)
            let storage: Binding.Storage
            switch binding.storage {
            case .register(let outer):
                registers.append(outer)
                storage = .register(register)
            case .cell(let outer):
                registers.append(outer)
                storage = isFrozen ? .register(register) : .cell(register)
            case .global: continue
            }
            let copy = Binding(
                name: binding.name, storage: storage, span: binding.span, shape: binding.shape,
                isFunction: binding.isFunction)
            copy.mayBeCalled = binding.mayBeCalled
            function.scopes[0].add(copy)
        }
        return registers
    }

    /// Compiles `fn(…) …` into the function at `index`.
    mutating func compile(_ literal: FunctionLiteral, named name: String, into index: Int) {
        var scan = NameScan()
        scan.scan(literal)
        let captured = captures(scan.mentioned)
        function = FunctionState(parent: function, role: .function)
        for parameter in literal.parameters { declareParameter(parameter.name) }
        let registers = bindCaptures(captured, isFrozen: false)
        compileDefaults(literal.parameters)
        boxAssignedParameters(literal.parameters)
        switch literal.body {
        case .block(let block):
            compileStatements(block.statements)
            emit(Instruction(.returnNull), at: block.span)
        case .expression(let expression):
            let register = operand(expression)
            emit(Instruction(.returnValue, register), at: expression.span)
        }
        finishFunction(
            name: name, parameters: literal.parameters.map(\.name.name),
            required: literal.parameters.prefix { $0.defaultValue == nil }.count,
            captures: registers, index: index)
    }

    private mutating func compileDefaults(_ parameters: [Parameter]) {
        var hasDefault = false
        for (register, parameter) in parameters.enumerated() {
            guard let value = parameter.defaultValue else {
                if hasDefault {
                    report(.defaultBeforeRequired(parameter.name.name), at: parameter.name.span)
                }
                continue
            }
            hasDefault = true
            let jump = emitJump(.jumpIfGiven, register, at: value.span)
            emitValue(value, to: register)
            land([jump])
        }
    }

    /// A parameter that is assigned and captured lives in a cell from the start.
    private mutating func boxAssignedParameters(_ parameters: [Parameter]) {
        for (register, parameter) in parameters.enumerated() {
            let name = parameter.name.name
            guard usage.assigned.contains(name), usage.captured.contains(name) else { continue }
            emit(Instruction(.makeCell, register), at: parameter.name.span)
            function.scopes[0].add(
                Binding(name: name, storage: .cell(register), span: parameter.name.span))
        }
    }

    /// Compiles a block or condition that runs later and takes along what it mentions; the closure
    /// ends up in `target`. Answers whether the body read resources.
    mutating func compileClosure(
        role: FunctionState.Role, scan: NameScan, isFrozen: Bool, to target: Int,
        at span: SourceSpan, body: (inout Compiler) -> Void
    ) -> Bool {
        let captured = captures(scan.mentioned)
        function = FunctionState(parent: function, role: role)
        let registers = bindCaptures(captured, isFrozen: isFrozen)
        body(&self)
        let readsResources = function.readsResources
        let index = finishFunction(
            name: "", parameters: [], required: 0, captures: registers)
        emit(Instruction(.closure, target, isFrozen ? 1 : 0, index), at: span)
        return readsResources
    }

    // MARK: Declarations

    /// Declares the functions of a block before its statements, so that they can call each other.
    mutating func declareFunctions(in statements: [Statement]) {
        for case .function(let declaration) in statements.map(\.kind) {
            checkRedeclaration(declaration.name)
            let name = declaration.name.name
            let index = reserveFunction(
                named: name, parameters: declaration.function.parameters)
            let binding: Binding
            if isTopLevel {
                binding = globals.declare(name, span: declaration.name.span, isFunction: true)
                binding.functionIndex = index
            } else {
                let register = temporary(at: declaration.name.span)
                let isCell = usage.captured.contains(name)
                binding = Binding(
                    name: name, storage: isCell ? .cell(register) : .register(register),
                    span: declaration.name.span, isFunction: true)
                binding.functionIndex = index
                function.scopes[function.scopes.count - 1].add(binding)
                if isCell { emit(Instruction(.clear, register, 0, 1), at: declaration.name.span) }
                if isCell { emit(Instruction(.makeCell, register), at: declaration.name.span) }
            }
        }
    }

    mutating func compile(_ declaration: FunctionDeclaration) {
        let name = declaration.name.name
        let own = function.scopes.last?.bindings[name] ?? globals.binding(name)
        guard let binding = own, let index = binding.functionIndex else { return }
        compile(declaration.function, named: name, into: index)
        let span = declaration.name.span
        switch binding.storage {
        case .register(let register):
            emit(Instruction(.closure, register, 0, index), at: span)
        case .cell(let register):
            let mark = function.nextRegister
            let closure = temporary(at: span)
            emit(Instruction(.closure, closure, 0, index), at: span)
            emit(Instruction(.storeCell, closure, register), at: span)
            release(to: mark)
        case .global(let slot):
            let mark = function.nextRegister
            let closure = temporary(at: span)
            emit(Instruction(.closure, closure, 0, index), at: span)
            emit(Instruction(.storeGlobal, closure, 0, slot), at: span)
            release(to: mark)
        }
    }
}
