import Syntax
import Value

extension Resolver {
    // MARK: Functions in general

    /// Reserves the row of a function, so that calls can be resolved before its body.
    private mutating func reserveFunction(
        named name: String, _ parameters: [Identifier], required: Int
    ) -> Row<Function> {
        tree.entries.append(
            FunctionEntry(
                body: NodeIndex(raw: 0), slots: 0, parameters: UInt16(clamping: parameters.count),
                required: UInt16(clamping: required)))
        return tree.functions.add(
            Function(name: name, parameters: parameters.map(\.name), captures: []))
    }

    private mutating func reserveFunction(
        named name: String, _ literal: FunctionLiteral
    ) -> Row<Function> {
        reserveFunction(
            named: name, literal.parameters.map(\.name),
            required: literal.parameters.prefix { $0.defaultValue == nil }.count)
    }

    /// Ends the function at work and goes back to the one around it.
    mutating func finish(_ row: Row<Function>, body: NodeIndex, captures: [Slot] = []) {
        tree.functions[row].captures = captures
        tree.entries[Int(row.raw)].body = body
        tree.entries[Int(row.raw)].slots = UInt32(function.slotCount)
        if let parent = function.parent { function = parent }
    }

    /// The function of the statements at the top, which is at work already.
    mutating func finishMain(body: NodeIndex) -> Row<Function> {
        let row = reserveFunction(named: "", [], required: 0)
        finish(row, body: body)
        return row
    }

    /// A function that nothing in the script calls: a scenario, a title. It takes along no local
    /// names. The body is a statement, or an expression for the result.
    mutating func resolveFunction(
        named name: String, parameters: [Identifier], body: (inout Resolver) -> NodeIndex
    ) -> Row<Function> {
        let row = reserveFunction(named: name, parameters, required: parameters.count)
        function = FunctionState(parent: function, role: .scenario)
        for parameter in parameters { _ = declareParameter(parameter) }
        let node = body(&self)
        finish(row, body: node)
        return row
    }

    /// Declares a parameter in the next slot.
    private mutating func declareParameter(_ identifier: Identifier) -> Slot {
        let slot = slot(at: identifier.span)
        if let kind = facts.kind(named: identifier.name) {
            report(.namedAsKind(identifier.name, kind: kind.kind), at: identifier.span)
        }
        if let earlier = function.scopes[0].bindings[identifier.name] {
            report(.duplicateName(identifier.name, first: earlier.span), at: identifier.span)
        }
        let binding = Binding(
            name: identifier.name, variable: .local(slot), span: identifier.span)
        binding.mayBeCalled = true
        function.scopes[0].add(binding)
        return slot
    }

    // MARK: Closures

    /// The names of functions around a piece that it mentions.
    private func captures(_ names: [String]) -> [Binding] {
        names.compactMap { name in
            guard let binding = function.binding(name) else { return nil }
            if case .global = binding.variable { return nil }
            return binding
        }
    }

    /// Gives the captured names slots after the parameters. Returns the slots around the function
    /// that are taken along.
    private mutating func bindCaptures(_ captured: [Binding], isFrozen: Bool) -> [Slot] {
        var slots: [Slot] = []
        for binding in captured where function.scopes[0].bindings[binding.name] == nil {
            let slot = slot(at: binding.span)
            let variable: Variable
            switch binding.variable {
            case .local(let outer):
                slots.append(outer)
                variable = .local(slot)
            case .cell(let outer):
                slots.append(outer)
                variable = isFrozen ? .local(slot) : .cell(slot)
            case .global: continue
            }
            let copy = Binding(
                name: binding.name, variable: variable, span: binding.span,
                shape: binding.shape, isFunction: binding.isFunction)
            copy.mayBeCalled = binding.mayBeCalled
            function.scopes[0].add(copy)
        }
        return slots
    }

    /// `fn(…) …` as a value.
    mutating func resolveClosure(_ literal: FunctionLiteral, at span: SourceSpan) -> NodeIndex {
        let row = reserveFunction(named: "", literal)
        resolve(literal, into: row)
        return add(.call(.closure(row)), at: span)
    }

    private mutating func resolve(_ literal: FunctionLiteral, into row: Row<Function>) {
        var scan = NameScan()
        scan.scan(literal)
        let captured = captures(scan.mentioned)
        function = FunctionState(parent: function, role: .function)
        let parameters = literal.parameters.map { declareParameter($0.name) }
        let slots = bindCaptures(captured, isFrozen: false)
        let prologue =
            resolveDefaults(literal.parameters, parameters)
            + boxAssignedParameters(literal.parameters, parameters)
        let body: NodeIndex
        switch literal.body {
        case .block(let block):
            body = resolveBody(block.statements, after: prologue, at: block.span)
        case .expression(let expression):
            let result = value(expression).node
            if prologue.isEmpty {
                body = result
            } else {
                let giveBack = add(
                    .control(.giveBack(tree.operand(result))), at: expression.span)
                body = addBlock(prologue + [giveBack], at: expression.span)
            }
        }
        finish(row, body: body, captures: slots)
    }

    private mutating func resolveDefaults(
        _ parameters: [Parameter], _ slots: [Slot]
    ) -> [NodeIndex] {
        var nodes: [NodeIndex] = []
        for (slot, parameter) in zip(slots, parameters) {
            guard let expression = parameter.defaultValue else {
                if !nodes.isEmpty {
                    report(.defaultBeforeRequired(parameter.name.name), at: parameter.name.span)
                }
                continue
            }
            let value = value(expression).node
            nodes.append(add(.assignment(.defaultValue(slot, value)), at: expression.span))
        }
        return nodes
    }

    /// A parameter that is assigned and captured lives in a cell from the start.
    private mutating func boxAssignedParameters(
        _ parameters: [Parameter], _ slots: [Slot]
    ) -> [NodeIndex] {
        var nodes: [NodeIndex] = []
        for (slot, parameter) in zip(slots, parameters) {
            let name = parameter.name.name
            guard usage.assigned.contains(name), usage.captured.contains(name) else { continue }
            nodes.append(add(.assignment(.makeCell(slot)), at: parameter.name.span))
            function.scopes[0].add(
                Binding(name: name, variable: .cell(slot), span: parameter.name.span))
        }
        return nodes
    }

    /// A block or condition that runs later and takes along what it mentions. Answers the node that
    /// makes its closure, and whether the body read resources.
    mutating func resolveClosure(
        role: FunctionState.Role, scan: NameScan, isFrozen: Bool, at span: SourceSpan,
        body: (inout Resolver) -> NodeIndex
    ) -> (closure: NodeIndex, readsResources: Bool) {
        let row = reserveFunction(named: "", [], required: 0)
        let captured = captures(scan.mentioned)
        function = FunctionState(parent: function, role: role)
        let slots = bindCaptures(captured, isFrozen: isFrozen)
        let node = body(&self)
        let readsResources = function.readsResources
        finish(row, body: node, captures: slots)
        let closure = add(
            .call(isFrozen ? .frozenClosure(row) : .closure(row)), at: span)
        return (closure, readsResources)
    }

    /// An expression about the item as a function of the item.
    mutating func resolveItemFunction(_ expression: Expression, _ shape: Shape) -> NodeIndex {
        var scan = NameScan()
        scan.scan(expression)
        let captured = captures(scan.mentioned)
        tree.entries.append(
            FunctionEntry(body: NodeIndex(raw: 0), slots: 0, parameters: 1, required: 1))
        let row = tree.functions.add(Function(name: "", parameters: ["it"], captures: []))
        function = FunctionState(parent: function, role: .function)
        let slot = slot(at: expression.span)
        function.items.append((slot, shape))
        let slots = bindCaptures(captured, isFrozen: false)
        let result = value(expression).node
        let readsResources = function.readsResources
        finish(row, body: result, captures: slots)
        if readsResources { function.readsResources = true }
        return add(.call(.closure(row)), at: expression.span)
    }

    // MARK: Declarations

    /// Declares the functions of a block before its statements, so that they can call each other.
    mutating func declareFunctions(in statements: [Statement]) -> [NodeIndex] {
        var nodes: [NodeIndex] = []
        for case .function(let declaration) in statements.map(\.kind) {
            checkRedeclaration(declaration.name)
            let name = declaration.name.name
            let row = reserveFunction(named: name, declaration.function)
            let binding: Binding
            if isTopLevel {
                binding = globals.declare(name, span: declaration.name.span, isFunction: true)
            } else {
                let span = declaration.name.span
                let slot = slot(at: span)
                let isCell = usage.captured.contains(name)
                binding = Binding(
                    name: name, variable: isCell ? .cell(slot) : .local(slot), span: span,
                    isFunction: true)
                function.scopes[function.scopes.count - 1].add(binding)
                nodes.append(add(.assignment(.clear(slot, 1)), at: span))
                if isCell { nodes.append(add(.assignment(.makeCell(slot)), at: span)) }
            }
            binding.function = row
        }
        return nodes
    }

    mutating func resolve(_ declaration: FunctionDeclaration) -> NodeIndex? {
        let name = declaration.name.name
        let own = function.scopes.last?.bindings[name] ?? globals.binding(name)
        guard let binding = own, let row = binding.function else { return nil }
        resolve(declaration.function, into: row)
        let span = declaration.name.span
        let closure = add(.call(.closure(row)), at: span)
        return add(.assignment(.set(binding.variable, closure)), at: span)
    }
}
