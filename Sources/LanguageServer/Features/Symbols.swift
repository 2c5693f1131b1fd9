import Assist
import Syntax
import Value

extension LanguageServer {
    /// `textDocument/documentSymbol`: scenarios, functions, files, variables, as they stand in one
    /// another.
    func documentSymbols(_ parameters: Value) throws(RPCError) -> Value {
        let uri = try documentURI(parameters)
        let lines = try workspace.document(uri).lines
        let script = try workspace.analysis(uri).script
        return .array(symbols(of: script.statements, in: script.source, lines))
    }

    private func symbols(
        of statements: [Statement], in source: Source, _ lines: LineTable
    ) -> [Value] {
        statements.flatMap { statement -> [Value] in
            func symbol(
                _ name: String, _ kind: Int, at span: SourceSpan, detail: String = "",
                children: [Statement] = []
            ) -> Value {
                var value: Value = [
                    "name": Value(name.isEmpty ? "(no name)" : name), "kind": Value(kind),
                    "range": workspace.range(statement.span, in: lines),
                    "selectionRange": workspace.range(span, in: lines),
                    "children": .array(symbols(of: children, in: source, lines)),
                ]
                if !detail.isEmpty { value["detail"] = Value(detail) }
                return value
            }
            switch statement.kind {
            case .scenario(let scenario):
                let tags = scenario.tags.map(\.name).joined(separator: ", ")
                return [
                    symbol(
                        scenario.title.literalText ?? source.text(in: scenario.title.span), 6,
                        at: scenario.title.span, detail: tags, children: scenario.body.statements)
                ]
            case .exercise(let exercise):
                var children: [Statement] = []
                for part in exercise.parts { children += part.kind.block?.statements ?? [] }
                return [
                    symbol(
                        exercise.name.literalText ?? source.text(in: exercise.name.span), 5,
                        at: exercise.name.span, detail: "exercise", children: children)
                ]
            case .setup(let block):
                let word = SourceSpan(
                    start: Int(statement.span.start), end: Int(statement.span.start) + 5)
                return [symbol("setup", 9, at: word, children: block.statements)]
            case .function(let declaration):
                var body: [Statement] = []
                if case .block(let block) = declaration.function.body { body = block.statements }
                return [
                    symbol(
                        declaration.name.name, 12, at: declaration.name.span,
                        detail: ScriptIndex.signature(
                            declaration.name.name, declaration.function),
                        children: body)
                ]
            case .file(let file):
                return [
                    symbol(
                        file.name.literalText ?? source.text(in: file.name.span), 1,
                        at: file.name.span)
                ]
            case .let(let let_): return let_.names.map { symbol($0.name, 13, at: $0.span) }
            // All other statements give nothing a name that people look for.
            default: return []
            }
        }
    }

    // MARK: Folding

    /// `textDocument/foldingRange`: blocks, lists and maps over several lines, here-documents, and
    /// comments of several lines.
    func foldingRanges(_ parameters: Value) throws(RPCError) -> Value {
        let uri = try documentURI(parameters)
        let lines = try workspace.document(uri).lines
        let index = try workspace.analysis(uri).index
        var found: [(start: Int, end: Int, kind: String?)] = []
        for fold in index.folds where fold.source == 0 {
            let start = lines.line(at: Int(fold.span.start))
            // The line of the closing bracket stays in sight.
            let end = lines.line(at: Int(fold.span.end)) - 1
            if end > start { found.append((start, end, nil)) }
        }
        for document in index.documents where document.source == 0 && !document.lines.isEmpty {
            let start = lines.line(at: Int(document.span.start))
            found.append((start, start + document.lines.count + 1, nil))
        }
        var first: Int?
        for line in lines.starts.indices {
            let isComment = lines.text(ofLine: line).drop { $0 == " " }.hasPrefix("#")
            if isComment, first == nil { first = line }
            if let start = first, !isComment {
                if line - 1 > start { found.append((start, line - 1, "comment")) }
                first = nil
            }
        }
        let last = lines.starts.count - 1
        return .array(
            found.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.map { fold in
                var value: Value = [
                    "startLine": Value(fold.start), "endLine": Value(min(fold.end, last)),
                ]
                if let kind = fold.kind { value["kind"] = Value(kind) }
                return value
            })
    }

    // MARK: Code lenses

    /// `textDocument/codeLens`: a way to run each scenario.
    func codeLenses(_ parameters: Value) throws(RPCError) -> Value {
        let uri = try documentURI(parameters)
        let lines = try workspace.document(uri).lines
        let script = try workspace.analysis(uri).script
        let path = Value(FileURI.path(uri) ?? uri)
        func lens(_ span: SourceSpan, _ title: String, _ filter: String?) -> Value {
            let arguments = [path] + (filter.map { [Value($0)] } ?? [])
            return [
                "range": workspace.range(span, in: lines),
                "command": [
                    "title": Value(title), "command": "drydock.run",
                    "arguments": .array(arguments),
                ],
            ]
        }
        let scenarios = script.statements.compactMap { statement -> Value? in
            guard case .scenario(let scenario) = statement.kind else { return nil }
            return lens(
                scenario.title.span, "Run scenario", scenario.title.filter)
        }
        if script.statements.isEmpty { return .emptyArray }
        let whole = SourceSpan(at: 0)
        return .array(
            [lens(whole, scenarios.count > 1 ? "Run all scenarios" : "Run script", nil)] + scenarios
        )
    }
}

extension StringLiteral {
    /// What `--filter` finds the scenario by: the title, or its longest part that is the same for every
    /// row of a table.
    fileprivate var filter: String {
        let texts = pieces.map { piece in
            if case .text(let text) = piece { text } else { "" }
        }
        return texts.max { $0.utf8.count < $1.utf8.count } ?? ""
    }
}
