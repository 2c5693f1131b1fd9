import Support
import Syntax
import Value

extension Evaluator {
    /// The instructions that have to do with the world outside. Answers where to go on.
    mutating func executeWorld(_ i: Instruction, _ pc: Int) throws -> Int {
        switch i.op {
        case .read: stack[r(i.a)] = try read(code.queries[Int(i.c)])
        case .begins:
            try checkActs()
            host.begins(code.place(at: pc - 1))
        case .command:
            if let failure = try run(Int(i.c), at: pc) { throw Trouble.command(failure) }
        case .pipeline:
            let failure = try run(Int(i.c), at: pc)
            pendingFailure = failure
            stack[r(i.a)] = .int(Int64(failure?.exitCode ?? 0))
        case .requireSuccess:
            if let failure = pendingFailure, stack[r(i.a)] != .int(0) {
                throw Trouble.command(failure)
            }
        case .commandBlock: return try runWithBlock(Int(i.c), pc)
        case .beginCapture:
            host.beginCapture()
            openCaptures += 1
        case .endCapture:
            openCaptures -= 1
            stack[r(i.a)] = try checked(Value(host.endCapture()))
        case .outputBlock: return try captureBlock(i, pc)
        case .lastStatement:
            reachedLastStatement = true
            // What earlier statements wrote is not the output of the one that must fail.
            _ = host.endCapture()
            host.beginCapture()
        case .print:
            try checkActs()
            let first = r(i.a)
            var texts: [String] = []
            for index in first..<(first + Int(i.c)) {
                texts.append(try shown(stack[index]))
            }
            host.write(texts.joined(separator: " ") + "\n")
        case .echo: echo?(stack[r(i.a)])
        case .file: try declareFile(i, pc)
        case .behavior: try setBehavior(code.behaviors[Int(i.c)], pc)
        case .skip:
            let reason = stack[r(i.a)]
            throw Trouble.skipped(reason: reason.isNull ? nil : try shown(reason))
        case .timer: try schedule(i, pc)
        default: return try executeExpectation(i, pc)
        }
        return pc
    }

    private func checkActs() throws {
        if isCondition { throw RuntimeError.actsInCondition }
    }

    mutating func callBuiltin(_ i: Instruction) throws {
        let first = r(i.a)
        let result = try Builtins.all[Int(i.c)].run(
            &self, Arguments(builtin: Int(i.c), first: first, count: Int(i.b)))
        stack[first] = result
    }

    // MARK: Reading

    private mutating func read(_ plan: QueryPlan) throws -> Value {
        let query = try plan.fixed ?? fill(plan)
        note(reads: [query])
        switch try host.read(query) {
        case .object(let value): return value
        case .list(let values): return .array(values)
        case .absent(let nearest):
            return .opaque(AbsentObject(query: query, nearest: nearest))
        }
    }

    /// Remembers what was read where that is asked for.
    mutating func note(reads queries: [ResourceQuery]) {
        guard recordsReads else { return }
        for query in queries where !reads.contains(query) { reads.append(query) }
    }

    private func fill(_ plan: QueryPlan) throws -> ResourceQuery {
        let written = try text(plan.kindText)
        guard let kind = plan.kind ?? host.kind(named: written) else {
            throw RuntimeError.unknownKind(written, nearest: host.nearestKind(to: written))
        }
        let namespace: ResourceQuery.Namespace =
            switch plan.namespace {
            case .current: .current
            case .all: .all
            case .named(let name): .named(try text(name))
            }
        var requirements: [LabelRequirement] = []
        for requirement in plan.requirements {
            switch requirement {
            case .requirement(let key, let relation, let values):
                requirements.append(
                    LabelRequirement(
                        key: try text(key), relation: relation, values: try values.map(text)))
            case .inserted(let register):
                let text = try shown(stack[base + register])
                requirements += try SelectorText.requirements(text)
            }
        }
        return ResourceQuery(
            kind: kind, writtenKind: written, name: try plan.name.map(text),
            namespace: namespace, requirements: requirements)
    }

    // MARK: Blocks

    /// Runs the block that begins at `pc` in the function at work.
    mutating func runBlock(at pc: Int) throws {
        guard nativeDepth < limits.nativeDepth, shared.depth < limits.nativeDepth else {
            throw located(
                RuntimeError.nativeDepth(limits.nativeDepth), at: pc, entryDepth: frames.count)
        }
        nativeDepth += 1
        let saved = (base, top, frames.count)
        let captures = openCaptures
        defer {
            nativeDepth -= 1
            closeCaptures(downTo: captures)
            frames.removeLast(frames.count - saved.2)
            base = saved.0
            top = saved.1
        }
        _ = try execute(from: pc)
    }

    /// Shows what substitutions captured whose command failed.
    mutating func closeCaptures(downTo count: Int) {
        while openCaptures > count {
            openCaptures -= 1
            host.write(host.endCapture())
        }
    }

    private mutating func captureBlock(_ i: Instruction, _ pc: Int) throws -> Int {
        try checkActs()
        host.beginCapture()
        do {
            try runBlock(at: pc)
        } catch {
            host.write(host.endCapture())
            throw error
        }
        stack[r(i.a)] = try checked(Value(host.endCapture()))
        return pc + Int(i.c)
    }

    private mutating func runWithBlock(_ index: Int, _ pc: Int) throws -> Int {
        let invocation = try invocation(code.pipelines[index], at: code.place(at: pc - 1))
        let host = host
        let result = try host.run(invocation) { try runBlock(at: pc) }
        if result.exitCode != 0 {
            throw Trouble.command(failure(of: invocation, result))
        }
        return pc + code.pipelines[index].blockLength
    }

    private mutating func run(_ index: Int, at pc: Int) throws -> CommandFailure? {
        let invocation = try invocation(code.pipelines[index], at: code.place(at: pc - 1))
        let result = try host.run(invocation)
        return result.exitCode == 0 ? nil : failure(of: invocation, result)
    }

    private func failure(of invocation: Invocation, _ result: CommandResult) -> CommandFailure {
        CommandFailure(
            text: invocation.text, exitCode: result.exitCode, errorText: result.errorText,
            place: invocation.place)
    }

    // MARK: Files, behaviour, timers

    private func declareFile(_ i: Instruction, _ pc: Int) throws {
        try checkActs()
        let content = stack[r(i.b)]
        let name = try shown(stack[r(i.a)])
        try host.declareFile(name, text: try shown(content), at: code.place(at: pc - 1))
    }

    private func setBehavior(_ plan: BehaviorPlan, _ pc: Int) throws {
        var target: [String] = []
        for word in plan.target { target += try arguments(of: word).map(\.text) }
        let settings = plan.settings.map {
            BehaviorValue(name: $0.name, value: stack[base + $0.register], span: $0.span)
        }
        try host.setBehavior(target, settings: settings, at: code.place(at: pc - 1))
    }

    private func schedule(_ i: Instruction, _ pc: Int) throws {
        let milliseconds = try Conversion.milliseconds(stack[r(i.a)])
        guard milliseconds >= 0, i.c == 0 || milliseconds > 0 else {
            throw RuntimeError.builtin(
                "the time of `\(i.c == 1 ? "every" : "at")` must be "
                    + "\(i.c == 1 ? "above zero" : "zero or more")", hint: nil)
        }
        guard case .opaque(let opaque) = stack[r(i.b)], let closure = opaque as? Closure else {
            return
        }
        let place = code.place(at: pc - 1)
        let fresh = { [code, tables, globals, host, limits, shared, globalNames] in
            Evaluator(
                code: code, tables: tables, globals: globals, host: host, limits: limits,
                shared: shared, globalNames: globalNames)
        }
        let block = DeferredBlock(place: place) {
            var evaluator = fresh()
            try evaluator.runShared { evaluator throws in
                _ = try evaluator.call(
                    function: closure.function, [], captured: closure.captured)
            }
        }
        try host.schedule(
            TimerRequest(
                kind: i.c == 1 ? .every : .at, milliseconds: milliseconds, block: block,
                place: place))
    }

    /// Runs an evaluator of its own inside that of the statement at work.
    mutating func runShared(_ body: (inout Evaluator) throws -> Void) throws {
        shared.depth += 1
        defer { shared.depth -= 1 }
        do {
            try body(&self)
        } catch {
            throw located(error, at: 0, entryDepth: 0)
        }
    }

    /// An error of the host with the place of the statement.
    func located(_ error: HostError, at pc: Int) -> any Error {
        let place = code.place(at: pc)
        return Trouble.diagnostic(
            Diagnostic(
                RuntimeError.host(error.message, hint: error.hint), at: error.span ?? place.span,
                in: place.source))
    }
}
