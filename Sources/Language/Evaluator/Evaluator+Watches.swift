import Support
import Syntax
import Value

// Expectations about a whole block that are no conditions of single states.

extension Value {
    /// The text of a field; empty where there is none.
    func plain(_ key: Key) -> String { self[key].string ?? "" }
}

extension Evaluator {
    /// An evaluator for what is looked at while a block runs; it reads, and acts on nothing.
    private var observer: Evaluator {
        Evaluator(
            tree: tree, globals: globals.frozen, host: host, limits: limits, shared: shared,
            shell: shell.copy(), isCondition: true, globalNames: globalNames)
    }

    private mutating func closure(_ node: NodeIndex) throws -> Closure {
        guard case .opaque(let opaque) = try value(node), let closure = opaque as? Closure else {
            preconditionFailure("what is watched is a closure")
        }
        return closure
    }

    mutating func expectUnchanged(
        _ plan: ExpectationPlan, _ list: NodeIndex, _ block: NodeIndex, at index: NodeIndex
    ) throws {
        try begins(index)
        let watch = UnchangedWatch(observer, try closure(list), plan)
        let condition = Condition(
            place: plan.place, form: plan.form, judge: { try watch.judge(&$0) },
            explain: { try watch.explain() })
        let host = host
        let outcome = try host.watch(condition) { try runBlock(block) }
        // That nothing of the list was written is just what was expected.
        if case .violated(let failure) = outcome { throw Trouble.expectation(failure) }
    }

    mutating func expectOrder(
        _ plan: ExpectationPlan, _ block: NodeIndex, at index: NodeIndex
    ) throws {
        try begins(index)
        var closures: [Closure] = []
        for step in plan.steps { closures.append(try closure(step.closure)) }
        var observer = observer
        observer.tracking = ConditionTracking(closures, in: tree)
        let watch = OrderWatch(observer, closures, plan)
        let condition = Condition(
            place: plan.place, form: plan.form, judge: { try watch.judge(&$0) },
            explain: { watch.explain() })
        let host = host
        switch try host.watch(condition, during: { try runBlock(block) }) {
        case .violated(let failure): throw Trouble.expectation(failure)
        case .held, .vacuous:
            if !watch.isComplete { throw Trouble.expectation(watch.explain()) }
        }
    }
}

/// Compares the objects of a list with what they were when it was looked at first.
private final class UnchangedWatch {
    private var evaluator: Evaluator
    private let list: Closure
    private let plan: ExpectationPlan
    private var before: [Value]?
    private var now: [Value] = []

    init(_ evaluator: Evaluator, _ list: Closure, _ plan: ExpectationPlan) {
        self.evaluator = evaluator
        self.list = list
        self.plan = plan
    }

    func judge(_ reads: inout [ResourceQuery]) throws -> Verdict {
        evaluator.reads.removeAll(keepingCapacity: true)
        evaluator.recordsReads = true
        defer { reads = evaluator.reads }
        now = try objects()
        guard let before else {
            before = now
            return now.isEmpty ? .violated : .satisfied
        }
        return before.map(Self.identity) == now.map(Self.identity) ? .satisfied : .violated
    }

    private func objects() throws -> [Value] {
        var found: [Value] = []
        try evaluator.runShared { evaluator throws in
            let value = try evaluator.call(list.function, [], captured: list.captured)
            if let absent = value.absentObject { throw absent.error }
            if case .array(let items) = value { found = items } else { found = [value] }
            if let other = found.first(where: { Rendering.objectName($0) == nil }) {
                throw evaluator.located(
                    RuntimeError.builtin(
                        "`unchanged` watches objects, found \(RuntimeError.shown(other))",
                        hint: "write the list itself: `expect unchanged pods[app=web] { … }`"),
                    at: evaluator.tree.entry(of: list.function).body)
            }
        }
        return found
    }

    /// Changes with every write of an object, and with the object.
    private static func identity(_ object: Value) -> [String] {
        let metadata = object[.metadata]
        return [name(object), metadata.plain(.uid), metadata.plain(.resourceVersion)]
    }

    private static func name(_ object: Value) -> String {
        let namespace = object[.metadata].plain(.namespace)
        let name = Rendering.objectName(object) ?? ""
        return namespace.isEmpty ? name : "\(name)@\(namespace)"
    }

    func explain() throws -> ExpectationFailure {
        var failure = evaluator.bareFailure(of: plan)
        failure.reads = evaluator.reads
        failure.evidence = evaluator.host.evidence(for: failure.reads)
        guard let before, !before.isEmpty else {
            let why = failure.reads.last.flatMap { evaluator.host.whyEmpty($0) }
            failure.summary =
                "`\(failure.expression)` is empty, so nothing of it could change"
                + (why.map { ": \($0)" } ?? "")
            return failure
        }
        failure.parts = changes(since: before).prefix(8).map { change in
            ExpectationFailure.Part(
                expression: change.name, span: plan.condition, value: Value(change.what),
                isRemark: true)
        }
        return failure
    }

    private func changes(since before: [Value]) -> [(name: String, what: String)] {
        var changes: [(name: String, what: String)] = []
        for old in before {
            let name = Self.name(old)
            guard let new = now.first(where: { Self.name($0) == name }) else {
                changes.append((name, "gone"))
                continue
            }
            if Self.identity(old) == Self.identity(new) { continue }
            let isSame = old[.metadata].plain(.uid) == new[.metadata].plain(.uid)
            changes.append((name, isSame ? "written: \(difference(old, new))" : "created anew"))
        }
        let names = Set(before.map(Self.name))
        for new in now where !names.contains(Self.name(new)) {
            changes.append((Self.name(new), "new"))
        }
        return changes
    }

    /// What of an object became different, on one line.
    private func difference(_ old: Value, _ new: Value) -> String {
        guard case .object(var patch) = MergePatch.diff(from: old, to: new) else { return "" }
        if case .object(var metadata) = patch[.metadata] {
            metadata.removeValue(forKey: .resourceVersion)
            metadata.removeValue(forKey: .managedFields)
            if metadata.isEmpty {
                patch.removeValue(forKey: .metadata)
            } else {
                patch.set(.metadata, to: .object(metadata))
            }
        }
        return patch.isEmpty
            ? "nothing but its version" : Rendering.short(.object(patch), limit: 80)
    }
}

/// Remembers when each of several conditions held first.
private final class OrderWatch {
    private var evaluator: Evaluator
    private let closures: [Closure]
    private let plan: ExpectationPlan
    private var first: [Int64?]

    init(_ evaluator: Evaluator, _ closures: [Closure], _ plan: ExpectationPlan) {
        self.evaluator = evaluator
        self.closures = closures
        self.plan = plan
        first = closures.map { _ in nil }
    }

    /// Whether every condition has held.
    var isComplete: Bool { !first.contains { $0 == nil } }

    func judge(_ reads: inout [ResourceQuery]) throws -> Verdict {
        evaluator.reads.removeAll(keepingCapacity: true)
        evaluator.recordsReads = true
        defer { reads = evaluator.reads }
        for index in closures.indices where first[index] == nil {
            if try holds(closures[index]) { first[index] = evaluator.host.virtualMilliseconds }
        }
        // None may hold while the one in front of it never has.
        let lead = first.prefix { $0 != nil }.count
        return first[lead...].contains { $0 != nil } ? .violated : .satisfied
    }

    private func holds(_ condition: Closure) throws -> Bool {
        var holds = false
        try evaluator.runShared { evaluator throws in
            do {
                holds = try evaluator.judge(condition)
            } catch let error as Located where error.error.isUndecided {
                // What it reads is not there: it does not hold yet.
            }
        }
        return holds
    }

    func explain() -> ExpectationFailure {
        var failure = evaluator.bareFailure(of: plan)
        failure.reads = evaluator.reads
        failure.evidence = evaluator.host.evidence(for: failure.reads)
        let texts = plan.steps.map { OneLine.text(plan.place.source.text(in: $0.span)) }
        let lead = first.prefix { $0 != nil }.count
        if lead < first.count {
            let early = first[lead...].firstIndex { $0 != nil }
            failure.summary =
                early.map { "`\(texts[$0])` held before `\(texts[lead])` ever did" }
                ?? "`\(texts[lead])` never held"
        }
        failure.parts = zip(plan.steps, zip(texts, first)).map { step, note in
            let when = note.1.map { "first at \(Duration(milliseconds: $0).shortText)" } ?? "never"
            return ExpectationFailure.Part(
                expression: note.0, span: step.span, value: Value(when), isRemark: true)
        }
        return failure
    }
}
