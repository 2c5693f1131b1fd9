import Syntax
import Value

extension Resolver {
    // MARK: Commands

    mutating func resolve(_ statement: CommandStatement, at span: SourceSpan) -> NodeIndex {
        if function.conditionKeyword != nil, function.hostBlocks.isEmpty {
            report(.actsInCondition("commands"), at: span)
        }
        for command in statement.commands { check(command, hasBlock: statement.block != nil) }
        var plan = CommandPlan(pipelines: pipelines(of: statement))
        if let block = statement.block {
            let keyword = statement.commands.last?.words.first?.literalText ?? "command"
            plan.block = resolveHostBlock(block, named: keyword)
        }
        return add(.command(tree.commands.add(plan)), at: span)
    }

    /// The pipelines of a statement: `|` binds tighter than `&&` and `||`.
    private mutating func pipelines(of statement: CommandStatement) -> [PipelinePlan] {
        var pipelines: [PipelinePlan] = []
        for (index, command) in statement.commands.enumerated() {
            let stage = stage(command)
            switch index == 0 ? .and : statement.connectors[index - 1] {
            case .pipe: pipelines[pipelines.count - 1].stages.append(stage)
            case .and:
                pipelines.append(
                    PipelinePlan(condition: .afterSuccess, stages: [stage], isBackground: false))
            case .or:
                pipelines.append(
                    PipelinePlan(condition: .afterFailure, stages: [stage], isBackground: false))
            }
        }
        pipelines[pipelines.count - 1].isBackground = statement.isBackground
        return pipelines
    }

    private mutating func stage(_ command: Command) -> StagePlan {
        StagePlan(
            words: command.words.map { wordPlan($0) }, hasKubectl: command.hasKubectl,
            redirections: command.redirections.map { redirectionPlan($0) }, span: command.span)
    }

    /// What the host finds wrong with a command before a run.
    private mutating func check(_ command: Command, hasBlock: Bool) {
        let shape = CommandShape(
            words: command.words.map(\.literalText), hasKubectl: command.hasKubectl,
            hasBlock: hasBlock)
        for problem in facts.problems(with: shape) {
            let span = problem.wordIndex.flatMap { index in
                command.words.indices.contains(index) ? command.words[index].span : nil
            }
            report(.command(problem.message, hint: problem.hint), at: span ?? command.span)
        }
        if function.deferredKeyword != nil, facts.advancesTime(shape) {
            let words = shape.words.prefix(2).compactMap { $0 }
            report(.deferredAdvances(words.joined(separator: " ")), at: command.span)
        }
    }

    /// A block that the host runs.
    mutating func resolveHostBlock(
        _ block: Block, named keyword: String, marksLast: Bool = false
    ) -> NodeIndex {
        function.hostBlocks.append(keyword)
        openScope()
        var nodes = declareFunctions(in: block.statements)
        for (index, statement) in block.statements.enumerated() {
            if marksLast, index == block.statements.count - 1 {
                nodes.append(add(.expectation(.lastStatement), at: statement.span))
            }
            nodes += resolve(statement)
        }
        closeScope()
        function.hostBlocks.removeLast()
        return addBlock(nodes, at: block.span)
    }

    // MARK: Words

    mutating func wordPlan(_ word: Word) -> WordPlan {
        if let text = word.literalText { return WordPlan(pieces: [.text(text)], span: word.span) }
        var pieces: [WordPiecePlan] = []
        for piece in word.pieces { addPieces(of: piece, to: &pieces, at: word.span) }
        return WordPlan(pieces: pieces, span: word.span)
    }

    private mutating func addPieces(
        of piece: WordPiece, to pieces: inout [WordPiecePlan], at span: SourceSpan
    ) {
        switch piece {
        case .bare(let text), .raw(let text): pieces.append(.text(text))
        case .quoted(let parts): pieces += quotedPlan(parts)
        case .interpolation(let expression): pieces.append(.value(value(expression).node))
        case .json(let parts):
            for part in parts {
                switch part {
                case .text(let text): pieces.append(.text(text))
                case .value(let expression): pieces.append(.json(value(expression).node))
                case .stringPart(let expression):
                    pieces.append(.jsonText(value(expression).node))
                }
            }
        case .substitution(let statement):
            let first = statement.commands.first?.span ?? span
            let whole = first.union(statement.commands.last?.span ?? first)
            let command = resolve(statement, at: whole)
            pieces.append(.output(add(.world(.substitution(command)), at: span)))
        }
    }

    private mutating func quotedPlan(_ parts: [StringPiece]) -> [WordPiecePlan] {
        var pieces: [WordPiecePlan] = []
        for part in parts {
            switch part {
            case .text(let text): pieces.append(.text(text))
            case .interpolation(let expression): pieces.append(.quoted(value(expression).node))
            }
        }
        // `""` is a word of its own, though empty.
        return pieces.isEmpty ? [.text("")] : pieces
    }

    private mutating func redirectionPlan(_ redirection: Redirection) -> RedirectionPlan {
        let target: RedirectionPlan.Target
        switch redirection.target {
        case .word(let word): target = .word(wordPlan(word))
        case .hereDocument(let document):
            let outer = documentTag
            documentTag = document.isShellStyle ? document.tag : nil
            target = .text(quotedPlan(document.pieces))
            documentTag = outer
        }
        return RedirectionPlan(
            descriptor: redirection.descriptor, operation: redirection.operation, target: target)
    }

    /// `output { … }`
    mutating func resolveOutput(_ block: Block, at span: SourceSpan) -> NodeIndex {
        if function.conditionKeyword != nil { report(.actsInCondition("commands"), at: span) }
        let body = resolveHostBlock(block, named: "output")
        return add(.world(.output(body)), at: span)
    }
}
