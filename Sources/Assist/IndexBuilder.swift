import Model
import Syntax

/// Walks a script once, keeping the scopes of names and the shapes of values.
struct IndexBuilder {
    /// Files that include one another, one inside the other.
    private static let includeDepth = 20

    var index = ScriptIndex()
    let kinds: KindRegistry
    let included: (String, String) -> Script?

    /// The source at work.
    var source = 0
    private var scopes: [(names: [String: ScriptIndex.ID], span: SourceSpan)] = []
    /// Variables at the top that stand further down: functions and scenarios may mention them.
    private var later: [String: ScriptIndex.ID] = [:]
    /// The items that `it` means, innermost last.
    var items: [ValueShape?] = []
    /// How many functions, scenarios and the like are around this place.
    private var bodyDepth = 0
    private var depth = 0
    private var includedNames: Set<String> = []

    init(kinds: KindRegistry, included: @escaping (String, String) -> Script?) {
        self.kinds = kinds
        self.included = included
    }

    mutating func index(_ script: Script) {
        scopes = [([:], SourceSpan(start: 0, end: .max))]
        add(script)
    }

    /// Begins without a script, to look at single expressions.
    mutating func beginScope(with source: Source) {
        scopes = [([:], SourceSpan(start: 0, end: .max))]
        index.sources = [source]
    }

    private mutating func add(_ script: Script) {
        source = index.sources.count
        index.sources.append(script.source)
        declareFunctions(in: script.statements, isTop: true)
        for statement in script.statements {
            guard case .let(let let_) = statement.kind else { continue }
            for name in let_.names where later[name.name] == nil {
                later[name.name] = declare(name, .variable, by: statement.span, inScope: false)
            }
        }
        for statement in script.statements { walk(statement) }
    }

    // MARK: Scopes

    /// Adds a declaration to the innermost scope.
    @discardableResult
    mutating func declare(
        _ name: Identifier, _ kind: ScriptIndex.Declaration.Kind, by whole: SourceSpan,
        inScope: Bool = true, function: FunctionLiteral? = nil, shape: ValueShape? = nil
    ) -> ScriptIndex.ID {
        let isTop = scopes.count == 1
        if inScope, isTop, kind == .variable, let known = later[name.name],
            index.declarations[known].span == name.span,
            index.declarations[known].source == source
        {
            index.declarations[known].shape = shape
            scopes[0].names[name.name] = known
            return known
        }
        let id = index.declarations.count
        index.declarations.append(
            ScriptIndex.Declaration(
                name: name.name, kind: kind, span: name.span, source: source, whole: whole,
                scope: scopes[scopes.count - 1].span, isTop: isTop, function: function, shape: shape
            ))
        index.mentions.append(
            ScriptIndex.Mention(
                name: name.name, span: name.span, source: source, declaration: id, isWrite: true))
        if inScope { scopes[scopes.count - 1].names[name.name] = id }
        return id
    }

    func lookUp(_ name: String) -> ScriptIndex.ID? {
        for scope in scopes.reversed() {
            if let id = scope.names[name] { return id }
        }
        return bodyDepth > 0 ? later[name] : nil
    }

    mutating func mention(_ name: String, at span: SourceSpan, isWrite: Bool = false) -> ValueShape?
    {
        // The key of `xs[a.b]` is a path: only its first part is the name.
        let end = min(Int(span.end), Int(span.start) + name.utf8.count)
        let id = lookUp(name)
        index.mentions.append(
            ScriptIndex.Mention(
                name: name, span: SourceSpan(start: Int(span.start), end: end), source: source,
                declaration: id, isWrite: isWrite))
        return id.flatMap { index.declarations[$0].shape }
    }

    mutating func inScope(_ span: SourceSpan, _ body: (inout IndexBuilder) -> Void) {
        scopes.append(([:], span))
        body(&self)
        scopes.removeLast()
    }

    /// A scope that runs at another time than the statements around it.
    mutating func inBody(_ span: SourceSpan, _ body: (inout IndexBuilder) -> Void) {
        if source == 0 { index.bodies.append(span) }
        bodyDepth += 1
        inScope(span, body)
        bodyDepth -= 1
    }

    // MARK: Statements

    mutating func walk(_ block: Block) {
        inScope(block.span) { $0.walkStatements(of: block) }
    }

    mutating func walkStatements(of block: Block) {
        index.folds.append((block.span, source))
        declareFunctions(in: block.statements, isTop: false)
        for statement in block.statements { walk(statement) }
    }

    private mutating func declareFunctions(in statements: [Statement], isTop: Bool) {
        for statement in statements {
            guard case .function(let declaration) = statement.kind else { continue }
            declare(
                declaration.name, .function, by: statement.span, function: declaration.function)
        }
    }

    private mutating func walk(_ statement: Statement) {
        switch statement.kind {
        case .let(let let_):
            let shape = walk(let_.value)
            for name in let_.names {
                declare(
                    name, .variable, by: statement.span, shape: let_.names.count == 1 ? shape : nil)
            }
        case .assign(let assign):
            walk(assign.value)
            let shape = mention(assign.name.name, at: assign.name.span, isWrite: true)
            _ = follow(assign.segments, from: shape)
        case .if(let statement):
            for branch in statement.branches {
                walk(branch.condition)
                walk(branch.body)
            }
            if let block = statement.otherwise { walk(block) }
        case .for(let loop):
            let shape = walk(loop.sequence)?.item
            inScope(statement.span) { builder in
                for name in loop.names {
                    builder.declare(
                        name, .variable, by: name.span, shape: loop.names.count == 1 ? shape : nil)
                }
                builder.walk(loop.body)
            }
        case .while(let loop):
            walk(loop.condition)
            walk(loop.body)
        case .function(let declaration): walk(declaration.function)
        case .return(let value): if let value { walk(value) }
        case .print(let values): for value in values { walk(value) }
        case .expression(let expression): walk(expression)
        case .command(let command): walk(command)
        case .break, .continue, .skip(nil): break
        case .skip(.some(let text)): walk(text.pieces)
        case .include(let path): walk(include: path)
        case .file(let file): walk(file)
        case .setup(let block): inBody(block.span) { $0.walkStatements(of: block) }
        case .cleanup(let cleanup):
            // What stands in a scenario knows the scenario's names, wherever they are declared.
            inBody(cleanup.body.span) { $0.walkStatements(of: cleanup.body) }
        case .attach(let attach):
            walk(attach.name.pieces)
            walk(attach.value)
        case .scenario(let scenario): walk(scenario, at: statement.span)
        case .exercise(let exercise): walk(exercise, at: statement.span)
        case .expect(let expect): walk(expect)
        case .invariant(let invariant):
            walk(invariant.condition)
            walk(invariant.body)
        case .timer(let timer):
            walk(timer.time)
            walk(timer.body)
        case .behavior(let behavior):
            index.behaviors.append((behavior, source))
            for word in behavior.target { walk(word) }
            for setting in behavior.settings { walk(setting.value) }
        }
    }

    private mutating func walk(_ scenario: ScenarioStatement, at span: SourceSpan) {
        for tag in scenario.tags { index.tags.append((tag, source)) }
        let rows = scenario.parameters.flatMap { walk($0.rows) }
        inBody(span) { builder in
            let names = scenario.parameters?.names ?? []
            for name in names {
                builder.declare(
                    name, .parameter, by: name.span, shape: names.count == 1 ? rows?.item : nil)
            }
            builder.walk(scenario.title.pieces)
            if let reason = scenario.skip?.reason { builder.walk(reason.pieces) }
            builder.walkStatements(of: scenario.body)
        }
    }

    private mutating func walk(_ expect: ExpectStatement) {
        switch expect.kind {
        case .now(let condition): walk(condition)
        case .within(let limit, let condition):
            walk(limit)
            walk(condition)
        case .fails(let text, let block):
            if let text { walk(text) }
            walk(block)
        case .unchanged(let list, let block):
            walk(list)
            walk(block)
        case .order(let conditions, let block):
            for condition in conditions { walk(condition) }
            walk(block)
        case .output(let block, let check):
            walk(block)
            walk(check.expected)
        }
        if let message = expect.message { walk(message.pieces) }
    }

    mutating func walk(_ function: FunctionLiteral) {
        for parameter in function.parameters {
            if let value = parameter.defaultValue { walk(value) }
        }
        let outer = items
        items = []
        inBody(function.span) { builder in
            for parameter in function.parameters {
                builder.declare(parameter.name, .parameter, by: parameter.name.span)
            }
            switch function.body {
            case .block(let block): builder.walkStatements(of: block)
            case .expression(let expression): builder.walk(expression)
            }
        }
        items = outer
    }

    // MARK: Files

    private mutating func walk(_ file: FileStatement) {
        walk(file.name.pieces)
        guard let name = file.name.literalText else {
            walk(file.content)
            return
        }
        if case .hereDocument(let document) = file.content.kind {
            let lines = add(document, file: name)
            index.files.append(
                ScriptIndex.File(
                    name: name, span: file.name.span, source: source, text: document.literalText,
                    firstLine: lines.lowerBound))
            return
        }
        walk(file.content)
        index.files.append(
            ScriptIndex.File(
                name: name, span: file.name.span, source: source, text: nil, firstLine: nil))
    }

    /// Adds a here-document; answers the lines of its body.
    @discardableResult
    mutating func add(_ document: HereDocument, file: String? = nil) -> Range<Int> {
        walk(document.pieces)
        let text = index.sources[source]
        let first = text.lineIndex(at: Int(document.span.end)) + 1
        var end = min(first, text.lineCount)
        while end < text.lineCount {
            let line = text.line(end).trimmingBlanks
            if line == document.tag { break }
            end += 1
        }
        let lines = first..<max(first, end)
        index.documents.append(
            ScriptIndex.Document(
                file: file, span: document.span, source: source, tag: document.tag, lines: lines))
        return lines
    }

    private mutating func walk(include path: StringLiteral) {
        guard let text = path.literalText else { return }
        let including = index.sources[source].name
        guard depth < Self.includeDepth, let script = included(text, including) else {
            index.includes.append(
                ScriptIndex.Include(path: text, span: path.span, source: source, included: nil))
            return
        }
        let name = script.source.name
        let place = index.includes.count
        index.includes.append(
            ScriptIndex.Include(
                path: text, span: path.span, source: source,
                included: index.sources.firstIndex { $0.name == name } ?? index.sources.count))
        // A file that several others include stands in the script once.
        guard includedNames.insert(name).inserted, index.includes[place].included != 0 else {
            return
        }
        let outer = source
        depth += 1
        add(script)
        depth -= 1
        source = outer
    }
}

extension StringProtocol {
    /// The text without blanks and tabs at its ends.
    var trimmingBlanks: SubSequence {
        func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
        var rest = self[...].drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
