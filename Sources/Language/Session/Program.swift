import Support
import Syntax
import Value

/// A script that was checked and resolved: immutable, to be run as often as wanted, in one world
/// after the other.
package struct Program {
    /// What the check found, in the order of the text. The parser's diagnostics are not among them.
    package let diagnostics: [Diagnostic]
    /// The scenarios in the order of the text; empty for a script that is one scenario itself.
    package let scenarios: [ScenarioSummary]

    let unit: ResolvedUnit
    let limits: Limits

    /// Checks and resolves a script.
    ///
    /// - Parameters:
    ///   - script: the tree; statements that did not parse are not in it.
    ///   - facts: what is known of kinds, fields and commands. Not kept.
    ///   - parameters: values from outside; those that the script does not declare change nothing.
    package init(
        checking script: Script, facts: any Facts, limits: Limits = .standard,
        parameters: ParameterValues = ParameterValues()
    ) {
        var resolver = Resolver(
            source: script.source, facts: facts, limits: limits, tree: Tree(),
            globals: GlobalNames(), isPrompt: false)
        resolver.parameters = parameters
        unit = resolver.resolve(script)
        self.limits = limits
        place = Place(source: script.source, span: SourceSpan(at: 0))
        diagnostics = unit.diagnostics.inTextOrder
        scenarios = unit.scenarios.map {
            ScenarioSummary(
                title: $0.titleText, tags: $0.tags, isSkipped: $0.isSkipped,
                hasParameters: $0.rows != nil, place: $0.place)
        }
    }

    /// The beginning of the script.
    package let place: Place

    /// The exercise of the file, if it holds one.
    package var exercise: ExerciseStatement? { unit.exercises.first?.statement }

    /// Where it stands.
    package var exercisePlace: Place? { unit.exercises.first?.place }

    /// Whether the program must not run.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// What is known of a scenario before it runs.
package struct ScenarioSummary: Sendable {
    /// The title as written, interpolations unresolved.
    package let title: String
    package let tags: [String]
    /// Has `skip` in its head.
    package let isSkipped: Bool
    /// Runs once per row of a table.
    package let hasParameters: Bool
    package let place: Place
}

/// One run of a scenario: the scenario with a row of its table, if it has one.
package struct ScenarioCase {
    /// The index in ``Program/scenarios``.
    package let scenario: Int
    /// The row, from 0; nil for a scenario without a table.
    package let row: Int?
    package let title: String
    package let tags: [String]
    package let isSkipped: Bool
    /// Why it is skipped, if the script says so.
    package let skipReason: String?
    package let place: Place

    let arguments: [Value]

    /// The first line of the scenario: `place` covers it whole.
    package var head: Place {
        let line = place.source.lineRange(place.source.lineIndex(at: Int(place.span.start)))
        let end = min(line.upperBound, Int(place.span.end))
        return Place(
            source: place.source, span: SourceSpan(start: Int(place.span.start), end: end))
    }
}

/// One run of a program in one world. Of a file with scenarios each case gets a run (and a host) of
/// its own.
package final class ProgramRun {
    private let program: Program
    private let host: any Host
    private let globals = Globals()
    private let shell: ShellState
    /// Where the statement at work has room, if others take turns with those of the program.
    private let stack: NativeStack?
    /// How many expectations were judged, and commands that judge, such as `wait`.
    package private(set) var judgements = 0

    /// - Parameters:
    ///   - program: one without errors.
    ///   - stack: the one of the prompts whose statements take turns with those of the program.
    package init(_ program: Program, host: any Host, stack: NativeStack? = nil) {
        self.program = program
        self.host = host
        self.stack = stack
        shell = ShellState(host: host)
        globals.grow(to: program.unit.globals.count)
    }

    /// Runs a script without scenarios.
    ///
    /// - Throws: a ``Trouble``; or an error of the host's own, untouched.
    package func run() throws {
        try evaluate { evaluation in _ = try evaluation.call(program.unit.main) }
    }

    /// Runs the declarations at the top and lists the cases of all scenarios, titles filled in. The
    /// host of this run is not to be used for a case.
    package func cases() throws -> [ScenarioCase] {
        try evaluate { evaluator in
            try evaluator.call(program.unit.main)
            var cases: [ScenarioCase] = []
            for (index, scenario) in program.unit.scenarios.enumerated() {
                guard let rows = scenario.rows else {
                    cases.append(try makeCase(index, row: nil, arguments: [], &evaluator))
                    continue
                }
                let table = try evaluator.call(rows)
                guard let sequence = try? Conversion.sequence(table) else {
                    throw trouble(.notSequence(table), at: scenario.place)
                }
                let room = program.limits.cases - cases.count
                guard sequence.sequenceCount <= room else {
                    throw trouble(.caseCount(program.limits.cases), at: scenario.place)
                }
                let items = sequence.sequence
                if items.isEmpty {
                    throw trouble(.noRows(scenario.titleText), at: scenario.place)
                }
                for (row, item) in items.enumerated() {
                    let arguments = try spread(item, over: scenario)
                    cases.append(try makeCase(index, row: row, arguments: arguments, &evaluator))
                }
            }
            return cases
        }
    }

    /// Runs the declarations at the top, the `setup` blocks, the body of a case and the `teardown`
    /// blocks: these also after a failure, but not after `skip` and an interrupt.
    ///
    /// - Parameter whenPrepared: called before the body.
    package func run(_ scenarioCase: ScenarioCase, whenPrepared: () -> Void = {}) throws {
        try evaluate { evaluation in
            try evaluation.call(program.unit.main)
            try evaluation.guarded { evaluation throws in
                for setup in program.unit.setups { try evaluation.call(setup) }
                whenPrepared()
                let body = program.unit.scenarios[scenarioCase.scenario].body
                try evaluation.call(body, scenarioCase.arguments)
            } cleanup: { evaluator throws in
                for teardown in program.unit.teardowns {
                    try evaluator.runShared { evaluator throws in
                        _ = try evaluator.call(teardown, [])
                    }
                }
            }
        }
    }

    /// Runs what a part of the exercise says, or makes its condition and gives it to the host as that of a
    /// watch over nothing.
    ///
    /// - Parameters:
    ///   - part: its index in ``Program/exercise``; nothing happens for one that neither acts nor asks.
    ///   - values: those of `vary`, in order.
    package func run(part: Int, _ values: [Value]) throws {
        guard let exercise = program.unit.exercises.first,
            exercise.functions.indices.contains(part), let function = exercise.functions[part]
        else { return }
        try evaluate { evaluation in _ = try evaluation.call(function, values) }
    }

    /// Evaluates on a stack that is deep enough for the recursion of scripts.
    private func evaluate<Result>(
        _ body: (inout ProgramEvaluation) throws -> Result
    ) throws -> Result {
        try DeepStack.run { room in
            let outer = stack?.room
            stack?.room = room
            let state = RunState(room: room, stack: stack)
            defer {
                judgements += state.judgements
                stack?.room = outer
            }
            var evaluation = ProgramEvaluation(
                evaluator: Evaluator(
                    tree: program.unit.tree, globals: globals, host: host,
                    limits: program.limits, shared: state, shell: shell,
                    globalNames: program.unit.globals.slotNames))
            return try body(&evaluation)
        }
    }

    private func makeCase(
        _ index: Int, row: Int?, arguments: [Value], _ evaluator: inout ProgramEvaluation
    ) throws -> ScenarioCase {
        let scenario = program.unit.scenarios[index]
        var title = try Rendering.text(evaluator.call(scenario.title, arguments))
        if row != nil, scenario.isTitleFixed {
            let values = zip(scenario.parameters, arguments).map { name, value in
                "\(name) = \(Rendering.short(value, limit: 30))"
            }
            title += " (\(values.joined(separator: ", ")))"
        }
        let reason = try scenario.skipReason.map {
            try Rendering.text(evaluator.call($0, arguments))
        }
        return ScenarioCase(
            scenario: index, row: row, title: title, tags: scenario.tags,
            isSkipped: scenario.isSkipped, skipReason: reason, place: scenario.place,
            arguments: arguments)
    }

    /// The arguments of a row: the row itself, or its parts when there are several names.
    private func spread(_ item: Value, over scenario: ResolvedScenario) throws -> [Value] {
        guard scenario.parameters.count > 1 else { return [item] }
        if case .object(let object) = item {
            return scenario.parameters.map { object[Key($0)] }
        }
        guard case .array(let parts) = item else {
            throw trouble(.notSequence(item), at: scenario.place)
        }
        guard parts.count == scenario.parameters.count else {
            throw trouble(
                .unpackCount(expected: scenario.parameters.count, found: parts.count),
                at: scenario.place)
        }
        return parts
    }

    private func trouble(_ error: RuntimeError, at place: Place) -> Trouble {
        .diagnostic(Diagnostic(error, at: place.span, in: place.source))
    }
}

/// The evaluator of a run, with errors as users are told of them.
private struct ProgramEvaluation {
    var evaluator: Evaluator

    @discardableResult
    mutating func call(_ function: Row<Function>, _ arguments: [Value] = []) throws -> Value {
        var result = Value.null
        try evaluator.runShared { evaluator throws in
            result = try evaluator.call(function, arguments)
        }
        return result
    }

    /// Runs a part, and after it, whether it fails or not, another.
    mutating func guarded(
        _ body: (inout ProgramEvaluation) throws -> Void,
        cleanup: (inout Evaluator) throws -> Void
    ) throws {
        do {
            try body(&self)
        } catch {
            guard evaluator.isFailure(error) else { throw error }
            try evaluator.cleanUp(after: error, cleanup)
        }
        try cleanup(&evaluator)
    }
}

extension [Diagnostic] {
    /// Ordered by place within each source, sources in order of their first diagnostic, each
    /// message once.
    var inTextOrder: [Diagnostic] {
        var sources: [ObjectIdentifier: Int] = [:]
        for diagnostic in self {
            let source = ObjectIdentifier(diagnostic.source)
            if sources[source] == nil { sources[source] = sources.count }
        }
        let ranked = enumerated().sorted { left, right in
            let one = sources[ObjectIdentifier(left.element.source)] ?? 0
            let other = sources[ObjectIdentifier(right.element.source)] ?? 0
            if one != other { return one < other }
            if left.element.span.start != right.element.span.start {
                return left.element.span.start < right.element.span.start
            }
            return left.offset < right.offset
        }
        var result: [Diagnostic] = []
        for (_, diagnostic) in ranked {
            let isRepeated = result.contains {
                $0.span == diagnostic.span && $0.text == diagnostic.text
                    && $0.source === diagnostic.source
            }
            if !isRepeated { result.append(diagnostic) }
        }
        return result
    }
}
