import Syntax
import Value

extension Compiler {
    // MARK: Commands

    mutating func compile(_ statement: CommandStatement, at span: SourceSpan) {
        if function.conditionKeyword != nil, function.nativeBlocks.isEmpty {
            report(.actsInCondition("commands"), at: span)
        }
        for command in statement.commands { check(command, hasBlock: statement.block != nil) }
        let groups = pipelines(of: statement)
        emit(Instruction(.begins), at: span)
        if groups.count == 1 {
            let plan = addPipeline(groups[0].commands, statement, isLast: true)
            guard let block = statement.block else {
                emit(Instruction(.command, 0, 0, plan), at: span)
                return
            }
            emit(Instruction(.commandBlock, 0, 0, plan), at: span)
            code.pipelines[plan].blockLength = compileNativeBlock(
                block, named: statement.commands.last?.words.first?.literalText ?? "command")
            return
        }
        let exitCode = temporary(at: span)
        for (index, group) in groups.enumerated() {
            // As in a shell: `&&` passes over the next command after a failure, `||` after a success.
            let op: Opcode = group.isAlternative ? .jumpIfSuccess : .jumpIfFailure
            let skip = index == 0 ? [] : [emitJump(op, exitCode, at: span)]
            let plan = addPipeline(group.commands, statement, isLast: index == groups.count - 1)
            emit(Instruction(.pipeline, exitCode, 0, plan), at: span)
            land(skip)
        }
        emit(Instruction(.requireSuccess, exitCode), at: span)
    }

    /// The pipelines of a statement: `|` binds tighter than `&&` and `||`.
    private func pipelines(
        of statement: CommandStatement
    ) -> [(commands: [Command], isAlternative: Bool)] {
        var groups: [(commands: [Command], isAlternative: Bool)] = []
        for (index, command) in statement.commands.enumerated() {
            switch index == 0 ? .and : statement.connectors[index - 1] {
            case .pipe: groups[groups.count - 1].commands.append(command)
            case .and: groups.append(([command], false))
            case .or: groups.append(([command], true))
            }
        }
        return groups
    }

    private mutating func addPipeline(
        _ commands: [Command], _ statement: CommandStatement, isLast: Bool
    ) -> Int {
        var stages: [StagePlan] = []
        for command in commands {
            stages.append(
                StagePlan(
                    words: command.words.map { wordPlan($0) }, hasKubectl: command.hasKubectl,
                    redirections: command.redirections.map { redirectionPlan($0) },
                    span: command.span))
        }
        code.pipelines.append(
            PipelinePlan(
                stages: stages, isBackground: isLast && statement.isBackground,
                hasBlock: isLast && statement.block != nil, blockLength: 0))
        return code.pipelines.count - 1
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

    /// A block that native code runs; answers its number of instructions.
    mutating func compileNativeBlock(
        _ block: Block, named keyword: String, marksLast: Bool = false
    ) -> Int {
        let start = here
        function.nativeBlocks.append(keyword)
        openScope()
        declareFunctions(in: block.statements)
        for (index, statement) in block.statements.enumerated() {
            if marksLast, index == block.statements.count - 1 {
                emit(Instruction(.lastStatement), at: statement.span)
            }
            compile(statement)
        }
        closeScope()
        function.nativeBlocks.removeLast()
        emit(Instruction(.blockEnd), at: block.span)
        return here - start
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
        case .interpolation(let expression): pieces.append(.value(operand(expression)))
        case .json(let parts):
            for part in parts {
                switch part {
                case .text(let text): pieces.append(.text(text))
                case .value(let expression): pieces.append(.json(operand(expression)))
                case .stringPart(let expression):
                    pieces.append(.jsonText(operand(expression)))
                }
            }
        case .substitution(let statement):
            let register = temporary(at: span)
            emit(Instruction(.beginCapture), at: span)
            let first = statement.commands.first?.span ?? span
            compile(statement, at: first.union(statement.commands.last?.span ?? first))
            emit(Instruction(.endCapture, register), at: span)
            pieces.append(.output(register))
        }
    }

    private mutating func quotedPlan(_ parts: [StringPiece]) -> [WordPiecePlan] {
        var pieces: [WordPiecePlan] = []
        for part in parts {
            switch part {
            case .text(let text): pieces.append(.text(text))
            case .interpolation(let expression): pieces.append(.quoted(operand(expression)))
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

    // MARK: Files, behaviour, output

    mutating func compile(_ statement: FileStatement, at span: SourceSpan) {
        let name = temporaries(2, at: span)
        compile(statement.name, to: name)
        emitValue(statement.content, to: name + 1)
        emit(Instruction(.file, name, name + 1), at: span)
    }

    mutating func compile(_ statement: BehaviorStatement, at span: SourceSpan) {
        var seen: Set<String> = []
        var plan = BehaviorPlan(target: [], settings: [])
        for word in statement.target { plan.target.append(wordPlan(word)) }
        for setting in statement.settings {
            let name = setting.name.name
            if !seen.insert(name).inserted {
                report(.duplicateSetting(name), at: setting.name.span)
            }
            let register = temporary(at: setting.value.span)
            emitValue(setting.value, to: register)
            plan.settings.append((name, register, setting.value.span))
        }
        code.behaviors.append(plan)
        emit(Instruction(.begins), at: span)
        emit(Instruction(.behavior, 0, 0, code.behaviors.count - 1), at: span)
    }

    mutating func compileOutput(_ block: Block, to target: Int, at span: SourceSpan) {
        if function.conditionKeyword != nil { report(.actsInCondition("commands"), at: span) }
        // The result lies behind everything the block uses until the block is done.
        emit(Instruction(.outputBlock, target), at: span)
        let place = here - 1
        let length = compileNativeBlock(block, named: "output")
        function.instructions[place].c = Int32(length)
    }
}
