import Syntax
import Value

/// A scenario that was resolved: functions of its parameters.
struct ResolvedScenario {
    var place: Place
    /// The title as written.
    var titleText: String
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
    var scenarios: [ResolvedScenario]
    var diagnostics: [Diagnostic]
    /// The variables that the shell's assignments have set.
    var shellNames: Set<String>
}

extension Resolver {
    /// Resolves a whole script. A tree with errors must not run.
    mutating func resolve(_ script: Script) -> ResolvedUnit {
        for statement in script.statements { usage.scan(statement) }
        hasScenarios = script.statements.contains { $0.isScenario }
        let nodes = resolveTop(script.statements)
        let body = addBlock(nodes, at: SourceSpan(at: 0))
        let main = finishMain(body: body)
        return ResolvedUnit(
            tree: tree, globals: globals, main: main, setups: setups, scenarios: scenarios,
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
        case .file, .let, .function, .include, .behavior, .setup, .scenario: return
        case .command(let command):
            let verb = command.plainCommand?.words.first?.literalText
            if verb == "seed" || verb == "feature-gate" { return }
        case .assign, .if, .for, .while, .break, .continue, .return, .expect, .invariant, .timer,
            .skip, .print, .expression:
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
                $0.resolveBody(statement.body.statements, at: statement.body.span)
            }
        }
        scenarios.append(
            ResolvedScenario(
                place: Place(source: source, span: span),
                titleText: statement.title.literalText ?? source.text(in: statement.title.span),
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

    // MARK: Includes

    /// The statements of the included file.
    mutating func resolveInclude(_ path: StringLiteral, at span: SourceSpan) -> [NodeIndex] {
        guard isTopLevel else { return refuse(.nestedInclude, at: span) }
        guard let text = path.literalText,
            let found = facts.includedText(path: text, including: source.name)
        else {
            let written = path.literalText ?? source.text(in: path.span)
            return refuse(.includeNotFound(written), at: path.span)
        }
        guard includeDepth < limits.includeDepth else {
            return refuse(.includeTooDeep(limits.includeDepth), at: span)
        }
        // A file that several others include stands in the script once.
        guard includedNames.insert(found.name).inserted else { return [] }
        let result = Parser.parse(Source(name: found.name, text: found.text))
        diagnostics += result.diagnostics
        let outer = (source, sourceIndex)
        source = result.script.source
        sourceIndex = Int32(tree.sources.count)
        tree.sources.append(source)
        includeDepth += 1
        for statement in result.script.statements { usage.scan(statement) }
        let nodes = resolveTop(result.script.statements)
        includeDepth -= 1
        (source, sourceIndex) = outer
        return nodes
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
}
