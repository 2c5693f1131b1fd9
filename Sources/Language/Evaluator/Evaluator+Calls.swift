import Support
import Value

extension Evaluator {
    mutating func value(of node: CallNode, at index: NodeIndex) throws -> Value {
        switch node {
        case .function(let function, let arguments):
            let first = top
            try push(arguments)
            return try run(function, first, Int(arguments.count), captured: nil, at: index)
        case .value(let callee, let arguments):
            let callee = try value(callee)
            let first = top
            try push(arguments)
            return try call(callee, first, Int(arguments.count), at: index)
        case .builtin(let row, let arguments):
            if tracking != nil, let answer = try tracked(index, node) { return answer }
            let first = top
            try push(arguments)
            defer { top = first }
            let value = try checked(
                Builtins.all[Int(row.raw)].run(
                    &self,
                    Arguments(
                        builtin: Int(row.raw), first: first, count: Int(arguments.count),
                        node: index)))
            // One call may be over a text or a list of any size.
            if StopRequest.isMade { throw Trouble.interrupted(tree.place(of: index)) }
            return value
        case .closure(let function): return closure(function, isFrozen: false)
        case .frozenClosure(let function): return closure(function, isFrozen: true)
        }
    }

    /// Calls a function that is a value with one argument.
    mutating func call(
        _ function: Value, with argument: Value, at index: NodeIndex
    ) throws -> Value {
        let first = top
        push(argument)
        do {
            return try call(function, first, 1, at: index)
        } catch {
            throw located(error, at: index)
        }
    }

    /// Calls a function that is a value with any arguments, for a built-in function.
    mutating func call(
        _ function: Value, with arguments: [Value], at index: NodeIndex
    ) throws -> Value {
        try countRound(at: index)
        let first = top
        for argument in arguments { push(argument) }
        return try call(function, first, arguments.count, at: index)
    }

    // MARK: Arguments

    /// Evaluates arguments into the place where the frame of the callee begins.
    @inline(__always)
    private mutating func push(_ arguments: NodeList) throws {
        for place in 0..<arguments.count {
            push(try value(tree.child(arguments, place)))
        }
    }

    @inline(__always)
    private mutating func push(_ value: Value) {
        ensureStack(top &+ 1)
        stack[top] = value
        top &+= 1
    }

    // MARK: Functions

    private mutating func call(
        _ callee: Value, _ first: Int, _ count: Int, at index: NodeIndex
    ) throws -> Value {
        guard case .opaque(let opaque) = callee else { throw RuntimeError.notFunction(callee) }
        if let closure = opaque as? Closure {
            return try run(closure.function, first, count, captured: closure, at: index)
        }
        guard let builtin = opaque as? BuiltinFunction else {
            throw RuntimeError.notFunction(callee)
        }
        let row = Builtins.all[builtin.index]
        guard count >= row.required, count <= row.maximum else {
            throw RuntimeError.argumentCount(
                function: row.name, expected: Arity.phrase(row.required, row.maximum), found: count)
        }
        defer { top = first }
        return try row.run(
            &self, Arguments(builtin: builtin.index, first: first, count: count, node: index))
    }

    /// Runs a function whose arguments lie on the stack from `first` on.
    private mutating func run(
        _ function: Row<Function>, _ first: Int, _ count: Int, captured: Closure?,
        at index: NodeIndex
    ) throws -> Value {
        if depth >= limits.callDepth { throw RuntimeError.callDepth(limits.callDepth) }
        if room.isUsedUp { throw RuntimeError.callDepth(depth) }
        try countRound(at: index)
        let entry = tree.entry(of: function)
        let outer = base
        base = first
        top = first &+ Int(entry.slots)
        ensureStack(top)
        if count != Int(entry.parameters) { try fill(entry, function, count) }
        if let captured { layOut(captured.captured, after: entry) }
        depth &+= 1
        let result: Value
        do {
            result = try self.result(of: entry.body)
        } catch {
            throw called(error, at: index)
        }
        depth &-= 1
        if softDepth > depth { try leaveSoftFailures(at: index) }
        base = outer
        top = first
        return result
    }

    /// The value of the body of a function.
    @inline(__always)
    mutating func result(of body: NodeIndex) throws -> Value {
        if tree.isExpression(at: body) { return try value(body) }
        if case .giveBack(let value) = try execute(body) { return value }
        return .null
    }

    /// Gives missing arguments their mark.
    @inline(never)
    mutating func fill(_ entry: FunctionEntry, _ function: Row<Function>, _ count: Int) throws {
        let parameters = Int(entry.parameters)
        guard count >= Int(entry.required), count <= parameters else {
            throw RuntimeError.argumentCount(
                function: tree.functions[function].name,
                expected: Arity.phrase(Int(entry.required), parameters), found: count)
        }
        for place in count..<parameters { stack[base + place] = Unset.marker }
    }

    /// Lays out what a closure took along, behind the parameters.
    @inline(never)
    mutating func layOut(_ captured: [Value], after entry: FunctionEntry) {
        var place = base + Int(entry.parameters)
        for value in captured {
            stack[place] = value
            place += 1
        }
    }

    // MARK: Closures

    @inline(never)
    private func closure(_ row: Row<Function>, isFrozen: Bool) -> Value {
        let function = tree.functions[row]
        let captured = function.captures.map { slot -> Value in
            // A frozen closure takes the contents of cells, not the cells.
            if isFrozen, let cell = cell(slot) { return cell.value }
            return stack[place(slot)]
        }
        return .opaque(
            Closure(function: row, name: function.name, captured: captured, globals.burial))
    }
}
