import Support
import Syntax
import Value

extension Evaluator {
    @inline(never)
    mutating func value(of node: WorldNode) throws -> Value {
        switch node {
        case .read(let row): return try read(tree.queries[row])
        case .output(let block): return try captured(block)
        case .parameter(let row): return Value(try value(of: tree.parameters[row]))
        }
    }

    // MARK: Reading

    private mutating func read(_ plan: QueryPlan) throws -> Value {
        let query = try query(plan)
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

    /// What the plan asks for, with every name filled in.
    mutating func query(_ plan: QueryPlan) throws -> ResourceQuery {
        try plan.fixed ?? fill(plan)
    }

    private mutating func fill(_ plan: QueryPlan) throws -> ResourceQuery {
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
                        key: try text(key), relation: relation,
                        values: try values.map { try text($0) }))
            case .inserted(let expression):
                let text = try shownValue(expression)
                requirements += try SelectorText.requirements(text)
            }
        }
        return ResourceQuery(
            kind: kind, writtenKind: written, name: try plan.name.map { try text($0) },
            namespace: namespace, requirements: requirements)
    }

    // MARK: Arranging

    @inline(never)
    mutating func execute(_ node: SetupNode, at index: NodeIndex) throws {
        switch node {
        case .file(let name, let content):
            let (name, content) = (try value(name), try value(content))
            try checkActs()
            let file = try shown(name)
            try host.declareFile(file, text: try shown(content), at: tree.place(of: index))
        case .behavior(let row): try setBehavior(tree.behaviors[row], at: index)
        case .skip(let reason):
            let reason = try value(reason)
            throw Trouble.skipped(reason: reason.isNull ? nil : try shown(reason))
        case .attach(let name, let value): try attach(name, value, at: index)
        case .at(let time, let closure): try schedule(.at, time, closure, at: index)
        case .every(let time, let closure): try schedule(.every, time, closure, at: index)
        }
    }

    private mutating func attach(
        _ name: NodeIndex, _ content: NodeIndex, at index: NodeIndex
    ) throws {
        let (name, value) = (try value(name), try value(content))
        try checkActs()
        let text: Attachment.Content
        switch value {
        case .array, .object, .int, .double, .bool, .null:
            // As text it is what it may be at most.
            _ = try shown(value)
            text = .value(value)
        case .text(let string): text = .text(string.string)
        // That an object is not there is evidence as well.
        case .opaque: text = .text(try value.absentObject?.error.text.message ?? shown(value))
        }
        try host.attach(
            Attachment(
                name: try shown(name), content: text, atMilliseconds: host.virtualMilliseconds,
                place: tree.place(of: index)))
    }

    private mutating func setBehavior(_ plan: BehaviorPlan, at index: NodeIndex) throws {
        try begins(index)
        var target: [String] = []
        for word in plan.target { target += try arguments(of: word).map(\.text) }
        let settings = try plan.settings.map {
            BehaviorValue(name: $0.name, value: try value($0.value), span: $0.span)
        }
        try host.setBehavior(target, settings: settings, at: tree.place(of: index))
    }

    private mutating func schedule(
        _ kind: TimerStatement.Kind, _ time: NodeIndex, _ closure: NodeIndex,
        at index: NodeIndex
    ) throws {
        try begins(index)
        let time = try value(time)
        guard case .opaque(let opaque) = try value(closure), let closure = opaque as? Closure else {
            preconditionFailure("a deferred block is a closure")
        }
        let milliseconds = try Conversion.milliseconds(time)
        guard milliseconds >= 0, kind == .at || milliseconds > 0 else {
            throw RuntimeError.builtin(
                "the time of `\(kind.rawValue)` must be "
                    + "\(kind == .every ? "above zero" : "zero or more")", hint: nil)
        }
        let place = tree.place(of: index)
        let fresh = { [tree, globals, host, limits, shared, shell, globalNames] in
            Evaluator(
                tree: tree, globals: globals, host: host, limits: limits, shared: shared,
                shell: shell, globalNames: globalNames)
        }
        let block = DeferredBlock(place: place) {
            var evaluator = fresh()
            try evaluator.runShared { evaluator throws in
                _ = try evaluator.call(closure.function, [], captured: closure.captured)
            }
        }
        try host.schedule(
            TimerRequest(kind: kind, milliseconds: milliseconds, block: block, place: place))
    }
}
