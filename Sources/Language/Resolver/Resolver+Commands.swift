import Syntax
import Value

extension Resolver {
    mutating func resolve(_ statement: CommandStatement, at span: SourceSpan) -> NodeIndex {
        if function.conditionKeyword != nil, function.hostBlocks.isEmpty {
            report(.actsInCondition("commands"), at: span)
        }
        let last = statement.pipelines.last?.stages.last
        var pipelines: [PipelinePlan] = []
        for (index, pipeline) in statement.pipelines.enumerated() {
            let connector = index == 0 ? .and : statement.connectors[index - 1]
            let isLast = index == statement.pipelines.count - 1
            pipelines.append(
                PipelinePlan(
                    condition: connector == .and ? .afterSuccess : .afterFailure,
                    isNegated: pipeline.isNegated,
                    stages: stages(pipeline, hasBlock: isLast && statement.block != nil)))
        }
        var plan = CommandPlan(
            pipelines: pipelines, isBackground: statement.isBackground,
            isLenient: isShell || compoundDepth > 0)
        if let block = statement.block, case .command(let command) = last, opensEditor(command) {
            plan.changes = changes(block)
        } else if let block = statement.block {
            if case .command(let command) = last {
                let keyword = command.words.first?.literalText ?? "command"
                plan.block = resolveHostBlock(block, named: keyword)
            } else {
                report(.command("a compound command takes no block", hint: nil), at: block.span)
            }
        }
        return add(.command(tree.commands.add(plan)), at: span)
    }

    /// The stages of a pipeline. Each of several is a shell of its own: what it sets is forgotten.
    private mutating func stages(_ pipeline: Pipeline, hasBlock: Bool) -> [StagePlan] {
        let isAlone = pipeline.stages.count == 1
        let outerNames = shellNames
        if !isAlone { function.hostBlocks.append("|") }
        defer {
            if !isAlone {
                function.hostBlocks.removeLast()
                shellNames = outerNames
            }
        }
        return pipeline.stages.enumerated().map { index, stage in
            let takesBlock = hasBlock && index == pipeline.stages.count - 1
            switch stage {
            case .command(let command):
                return jump(command)
                    ?? .command(simple(command, hasBlock: takesBlock, assigns: isAlone))
            case .compound(let compound): return .compound(resolve(compound))
            }
        }
    }

    private mutating func simple(
        _ command: Command, hasBlock: Bool, assigns: Bool
    ) -> Row<SimplePlan> {
        check(command, hasBlock: hasBlock)
        let plan = SimplePlan(
            assignments: command.assignments.map { assignmentPlan($0) },
            words: command.words.flatMap { wordPlans($0) }, hasKubectl: command.hasKubectl,
            redirections: command.redirections.map { redirectionPlan($0) },
            isDoubleTest: !command.hasKubectl && command.words.first?.literalText == "[[",
            span: command.span)
        if assigns { noteAssigned(by: command) }
        return tree.simples.add(plan)
    }

    /// What the host finds wrong with a command before a run.
    private mutating func check(_ command: Command, hasBlock: Bool) {
        guard !isShell, !command.words.isEmpty || command.hasKubectl,
            let (shape, added) = withoutAlias(command, hasBlock: hasBlock)
        else { return }
        for problem in facts.problems(with: shape) {
            let span = problem.wordIndex.map { max($0 - added, 0) }.flatMap { index in
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

    /// `output { … }`
    mutating func resolveOutput(_ block: Block, at span: SourceSpan) -> NodeIndex {
        if function.conditionKeyword != nil { report(.actsInCondition("commands"), at: span) }
        let body = resolveHostBlock(block, named: "output")
        return add(.world(.output(body)), at: span)
    }
}
