import Syntax
import Value

/// A scenario that was compiled: functions of its parameters.
struct ScenarioCode {
    var place: Place
    /// The title as written.
    var titleText: String
    /// Gives the title; takes the parameters.
    var title: Int
    var tags: [String]
    var isSkipped: Bool
    /// Gives the reason of the skip; takes the parameters.
    var skipReason: Int?
    var parameters: [String]
    /// Gives the list of rows; nil for a scenario that runs once.
    var rows: Int?
    var body: Int
}

/// What came of a script.
struct UnitCode {
    var code: Code
    var globals: GlobalNames
    /// The function of the statements outside scenarios.
    var main: Int
    var setups: [Int]
    var scenarios: [ScenarioCode]
    var diagnostics: [Diagnostic]
}

extension Compiler {
    /// Compiles a whole script. Code with errors must not run.
    mutating func compile(_ script: Script) -> UnitCode {
        for statement in script.statements { usage.scan(statement) }
        hasScenarios = script.statements.contains { $0.isScenario }
        compileTop(script.statements)
        emit(Instruction(.returnNull), at: SourceSpan(at: source.utf8.count))
        let main = finishFunction(name: "", parameters: [], required: 0, captures: [])
        return UnitCode(
            code: code, globals: globals, main: main, setups: setups, scenarios: scenarios,
            diagnostics: diagnostics)
    }

    /// The statements at the top of a script or of an included one.
    mutating func compileTop(_ statements: [Statement]) {
        declareFunctions(in: statements)
        if !isPrompt { predeclareGlobals(in: statements) }
        for statement in statements {
            checkTopLevelRule(statement)
            compile(statement)
        }
    }

    /// DECISIONS 13: beside scenarios only declarations stand at the top.
    private mutating func checkTopLevelRule(_ statement: Statement) {
        guard hasScenarios else { return }
        switch statement.kind {
        case .file, .let, .function, .include, .behavior, .setup, .scenario: return
        case .command(let command):
            let verb = command.plainCommand?.words.first?.literalText
            if verb == "seed" || verb == "feature-gate" { return }
        default: break
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

    mutating func compile(_ statement: ScenarioStatement, at span: SourceSpan) {
        guard isTopLevel else { return report(.nestedScenario("scenario"), at: span) }
        guard includeDepth == 0 else { return report(.includedScenario("scenario"), at: span) }
        let names = statement.parameters?.names ?? []
        let title = compileFunction(role: .scenario, name: "title", parameters: names) {
            $0.returnText($1, statement.title)
        }
        var reason: Int?
        if let text = statement.skip?.reason {
            reason = compileFunction(role: .scenario, name: "skip", parameters: names) {
                $0.returnText($1, text)
            }
        }
        var rows: Int?
        if let parameters = statement.parameters {
            rows = compileFunction(role: .scenario, name: "rows", parameters: []) { compiler, _ in
                let register = compiler.operand(parameters.rows)
                compiler.emit(
                    Instruction(.returnValue, register), at: parameters.rows.span)
            }
        }
        let body = compileFunction(role: .scenario, name: "scenario", parameters: names) {
            compiler, _ in
            compiler.compileStatements(statement.body.statements)
            compiler.emit(Instruction(.returnNull), at: statement.body.span)
        }
        scenarios.append(
            ScenarioCode(
                place: Place(source: source, span: span),
                titleText: statement.title.literalText ?? source.text(in: statement.title.span),
                title: title,
                tags: statement.tags.map(\.name), isSkipped: statement.skip != nil,
                skipReason: reason, parameters: names.map(\.name), rows: rows, body: body))
    }

    private mutating func returnText(_ span: SourceSpan, _ text: StringLiteral) {
        let register = temporary(at: text.span)
        compile(text, to: register)
        emit(Instruction(.returnValue, register), at: text.span)
    }

    mutating func compileSetup(_ block: Block, at span: SourceSpan) {
        guard isTopLevel else { return report(.nestedScenario("setup"), at: span) }
        guard includeDepth == 0 else { return report(.includedScenario("setup"), at: span) }
        setups.append(
            compileFunction(role: .scenario, name: "setup", parameters: []) { compiler, _ in
                compiler.compileStatements(block.statements)
                compiler.emit(Instruction(.returnNull), at: block.span)
            })
    }

    // MARK: Includes

    mutating func compileInclude(_ path: StringLiteral, at span: SourceSpan) {
        guard isTopLevel else { return report(.nestedInclude, at: span) }
        guard let text = path.literalText,
            let found = facts.includedText(path: text, including: source.name)
        else {
            let written = path.literalText ?? source.text(in: path.span)
            return report(.includeNotFound(written), at: path.span)
        }
        guard includeDepth < limits.includeDepth else {
            return report(.includeTooDeep(limits.includeDepth), at: span)
        }
        // A file that several others include stands in the script once.
        guard includedNames.insert(found.name).inserted else { return }
        let result = Parser.parse(Source(name: found.name, text: found.text))
        diagnostics += result.diagnostics
        let outer = (source, sourceIndex)
        source = result.script.source
        sourceIndex = Int32(code.sources.count)
        code.sources.append(source)
        includeDepth += 1
        for statement in result.script.statements { usage.scan(statement) }
        compileTop(result.script.statements)
        includeDepth -= 1
        (source, sourceIndex) = outer
    }
}

extension Statement {
    var isScenario: Bool {
        if case .scenario = kind { true } else { false }
    }
}
