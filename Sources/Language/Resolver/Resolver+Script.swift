import Syntax
import Value

/// A scenario that was resolved: functions of its parameters.
struct ResolvedScenario {
    var place: Place
    /// The title as written.
    var titleText: String
    /// The title names no value of the rows, so that all cases would have the same.
    var isTitleFixed: Bool
    /// Gives the title; takes the parameters.
    var title: Row<Function>
    var tags: [String]
    var isSkipped: Bool
    /// Gives the reason of the skip; takes the parameters.
    var skipReason: Row<Function>?
    var parameters: [String]
    /// Gives the list of rows; nil for a scenario that runs once.
    var rows: Row<Function>?
    var body: Row<Function>
}

/// What came of a script.
struct ResolvedUnit {
    var tree: Tree
    var globals: GlobalNames
    /// The function of the statements outside scenarios.
    var main: Row<Function>
    var setups: [Row<Function>]
    var teardowns: [Row<Function>]
    var scenarios: [ResolvedScenario]
    var exercises: [ResolvedExercise]
    var diagnostics: [Diagnostic]
    /// The variables that the shell's assignments have set.
    var shellNames: Set<String>
}

extension Resolver {
    /// Resolves a whole script. A tree with errors must not run.
    mutating func resolve(_ script: Script) -> ResolvedUnit {
        for statement in script.statements { usage.scan(statement) }
        hasScenarios = script.statements.contains { $0.isScenario || $0.isExercise }
        let body = resolveMain(script.statements)
        if !exercises.isEmpty, let scenario = scenarios.first {
            report(ExerciseError.notAlone, at: scenario.place.span)
        }
        let main = finishMain(body: body)
        return ResolvedUnit(
            tree: tree, globals: globals, main: main, setups: setups, teardowns: teardowns,
            scenarios: scenarios, exercises: exercises,
            diagnostics: diagnostics, shellNames: shellNames)
    }

    /// The statements at the top of a script or of an included one.
    private mutating func resolveTop(_ statements: [Statement]) -> [NodeIndex] {
        var nodes = declareFunctions(in: statements)
        if !isPrompt { predeclareGlobals(in: statements) }
        for statement in statements {
            checkTopLevelRule(statement)
            nodes += resolve(statement)
        }
        return nodes
    }

    /// DECISIONS 13: beside scenarios only declarations stand at the top.
    private mutating func checkTopLevelRule(_ statement: Statement) {
        guard hasScenarios else { return }
        switch statement.kind {
        case .file, .let, .function, .include, .behavior, .setup, .cleanup, .scenario, .exercise:
            return
        case .command(let command):
            let verb = command.plainCommand?.words.first?.literalText
            if verb == "seed" || verb == "feature-gate" { return }
        case .assign, .if, .for, .while, .break, .continue, .return, .expect, .invariant, .timer,
            .attach, .skip, .print, .expression:
            break
        }
        report(.topLevel, at: statement.span)
    }

    /// Functions may mention globals that stand further down in the file.
    private mutating func predeclareGlobals(in statements: [Statement]) {
        for case .let(let statement) in statements.map(\.kind) {
            for identifier in statement.names where mustBeGlobal(identifier.name) {
                guard unitNames[identifier.name] == nil else { continue }
                let binding = globals.declare(
                    identifier.name, span: identifier.span, isFunction: false)
                binding.isDeclared = false
            }
        }
    }

    // MARK: Scenarios

    mutating func resolve(_ statement: ScenarioStatement, at span: SourceSpan) {
        guard isTopLevel else { return report(.nestedScenario("scenario"), at: span) }
        guard includeDepth == 0 else { return report(.includedScenario("scenario"), at: span) }
        let names = statement.parameters?.names ?? []
        let title = resolveFunction(named: "title", parameters: names) {
            $0.resolve(statement.title)
        }
        let reason = statement.skip?.reason.map { text in
            resolveFunction(named: "skip", parameters: names) { $0.resolve(text) }
        }
        let rows = statement.parameters.map { parameters in
            resolveFunction(named: "rows", parameters: []) { $0.value(parameters.rows).node }
        }
        let body = forgettingNames { resolver in
            resolver.resolveFunction(named: "scenario", parameters: names) {
                $0.resolveGuarded(statement.body.statements, at: statement.body.span)
            }
        }
        scenarios.append(
            ResolvedScenario(
                place: Place(source: source, span: span),
                titleText: statement.title.literalText ?? source.text(in: statement.title.span),
                isTitleFixed: statement.title.literalText != nil,
                title: title, tags: statement.tags.map(\.name),
                isSkipped: statement.skip != nil, skipReason: reason,
                parameters: names.map(\.name), rows: rows, body: body))
    }

    /// The block runs before each scenario; where there is none, at a prompt too, as it stands.
    mutating func resolveSetup(_ block: Block, at span: SourceSpan) -> NodeIndex? {
        let problem: CheckError? =
            if !isTopLevel {
                .nestedScenario("setup")
            } else {
                includeDepth == 0 ? nil : .includedScenario("setup")
            }
        if let problem {
            report(problem, at: span)
            return nil
        }
        guard hasScenarios else { return resolve(block) }
        setups.append(
            resolveFunction(named: "setup", parameters: []) {
                $0.resolveBody(block.statements, at: block.span)
            })
        return nil
    }

    // MARK: What runs after failures too

    /// The statements at the top: of a script without scenarios its one scenario.
    private mutating func resolveMain(_ statements: [Statement]) -> NodeIndex {
        let span = SourceSpan(at: 0)
        guard !hasScenarios, !isPrompt, let cleanup = statements.last?.finally else {
            return addBlock(resolveTop(statements), at: span)
        }
        return guarding(with: cleanup, at: span) {
            $0.addBlock($0.resolveTop(Array(statements.dropLast())), at: span)
        }
    }

    /// The statements of a scenario, the last of which may be a `finally`.
    private mutating func resolveGuarded(
        _ statements: [Statement], at span: SourceSpan
    ) -> NodeIndex {
        guard let cleanup = statements.last?.finally else {
            return resolveBody(statements, at: span)
        }
        return guarding(with: cleanup, at: span) {
            $0.resolveBody(Array(statements.dropLast()), at: span)
        }
    }

    private mutating func guarding(
        with cleanup: Block, at span: SourceSpan, _ body: (inout Resolver) -> NodeIndex
    ) -> NodeIndex {
        let first = function.nextSlot
        // No slot is used twice: one whose `let` was not reached still says so.
        function.keepsSlots += 1
        let body = body(&self)
        function.keepsSlots -= 1
        let end = function.nextSlot
        let outer = function.cleanup
        function.cleanup = "finally"
        let block = resolve(cleanup)
        function.cleanup = outer
        let plan = GuardPlan(
            body: body, cleanup: block, firstSlot: UInt32(first), endOfSlots: UInt32(end))
        return add(.control(.guarded(tree.guards.add(plan))), at: span)
    }

    /// A `teardown` runs after each scenario; a `finally` that comes here is not where it belongs.
    mutating func resolve(_ statement: CleanupStatement, at span: SourceSpan) {
        guard statement.kind == .teardown else {
            return report(.misplacedFinally(isPrompt: isPrompt), at: span)
        }
        guard isTopLevel else { return report(.nestedScenario("teardown"), at: span) }
        guard includeDepth == 0 else { return report(.includedScenario("teardown"), at: span) }
        guard hasScenarios else {
            return report(.teardownWithoutScenario(isPrompt: isPrompt), at: span)
        }
        teardowns.append(
            resolveFunction(named: "teardown", parameters: []) {
                $0.function.cleanup = "teardown"
                return $0.resolveBody(statement.body.statements, at: statement.body.span)
            })
    }

    // MARK: Includes

    /// The statements of the included file.
    mutating func resolveInclude(_ path: StringLiteral, at span: SourceSpan) -> [NodeIndex] {
        guard isTopLevel else { return refuse(.nestedInclude, at: span) }
        guard let text = path.literalText,
            let found = facts.includedText(path: text, including: source.name)
        else {
            let written = path.literalText ?? source.text(in: path.span)
            lacksInclude = true
            return refuse(.includeNotFound(written), at: path.span)
        }
        let chain = includes.map(\.source.name) + [source.name]
        if let start = chain.firstIndex(of: found.name) {
            return refuse(.includeCycle(Array(chain[start...]) + [found.name]), at: path.span)
        }
        guard includeDepth < limits.includeDepth else {
            return refuse(.includeTooDeep(limits.includeDepth), at: span)
        }
        // A file that several others include stands in the script once.
        guard includedNames.insert(found.name).inserted else { return [] }
        let result = Parser.parse(Source(name: found.name, text: found.text))
        includes.append(Place(source: source, span: span))
        diagnostics += result.diagnostics.map(withIncludes)
        let outer = (source, sourceIndex)
        source = result.script.source
        sourceIndex = Int32(tree.sources.count)
        tree.sources.append(source)
        for statement in result.script.statements { usage.scan(statement) }
        let nodes = resolveTop(result.script.statements)
        includes.removeLast()
        (source, sourceIndex) = outer
        return nodes
    }

    /// The diagnostic with the way to its file.
    func withIncludes(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        for place in includes.reversed() {
            diagnostic.text.notes.append(DiagnosticNote("included from \(place.description)"))
        }
        return diagnostic
    }

    private mutating func refuse(_ error: CheckError, at span: SourceSpan) -> [NodeIndex] {
        report(error, at: span)
        return []
    }
}

extension Statement {
    var isScenario: Bool {
        if case .scenario = kind { true } else { false }
    }

    /// The block of a `finally`.
    var finally: Block? {
        if case .cleanup(let statement) = kind, statement.kind == .finally { return statement.body }
        return nil
    }
}
