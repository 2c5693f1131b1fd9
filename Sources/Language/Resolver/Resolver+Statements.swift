import Support
import Syntax
import Value

extension Resolver {
    /// A block that is a scope of its own.
    mutating func resolve(_ block: Block) -> NodeIndex {
        openScope()
        let node = resolveBody(block.statements, at: block.span)
        closeScope()
        return node
    }

    /// Statements in the scope at hand.
    mutating func resolveBody(
        _ statements: [Statement], after first: [NodeIndex] = [], at span: SourceSpan
    ) -> NodeIndex {
        addBlock(first + resolve(statements), at: span)
    }

    mutating func resolve(_ statements: [Statement]) -> [NodeIndex] {
        var nodes = declareFunctions(in: statements)
        for statement in statements { nodes += resolve(statement) }
        return nodes
    }

    /// The nodes of a statement: usually one.
    mutating func resolve(_ statement: Statement) -> [NodeIndex] {
        let mark = function.nextSlot
        if case .let(let declaration) = statement.kind {
            return declaration.isParameter
                ? resolveParameter(declaration, at: statement.span) : resolve(declaration)
        }
        // The variables of an included file live on as those of this one do.
        if case .include(let path) = statement.kind {
            return resolveInclude(path, at: statement.span)
        }
        defer { release(to: mark) }
        let span = statement.span
        switch statement.kind {
        case .let(let statement): return resolve(statement)
        case .assign(let statement): return resolve(statement, at: span)
        case .if(let statement): return [resolve(statement, at: span)]
        case .for(let statement): return [resolve(statement, at: span)]
        case .while(let statement): return [resolve(statement, at: span)]
        case .break: return one(resolveLoopJump("break", at: span))
        case .continue: return one(resolveLoopJump("continue", at: span))
        case .function(let declaration): return one(resolve(declaration))
        case .return(let value): return one(resolveReturn(value, at: span))
        case .include(let path): return resolveInclude(path, at: span)
        case .file(let statement): return [resolve(statement, at: span)]
        case .setup(let block): return one(resolveSetup(block, at: span))
        case .cleanup(let statement): return none { $0.resolve(statement, at: span) }
        case .attach(let statement): return [resolve(statement, at: span)]
        case .scenario(let statement): return none { $0.resolve(statement, at: span) }
        case .exercise(let statement): return none { $0.resolve(statement, at: span) }
        case .expect(let statement): return [resolve(statement, at: span)]
        case .invariant(let statement): return [resolve(statement, at: span)]
        case .timer(let statement): return [resolve(statement, at: span)]
        case .behavior(let statement): return [resolve(statement, at: span)]
        case .skip(let reason): return [resolveSkip(reason, at: span)]
        case .print(let values):
            let nodes = values.map { value($0).node }
            return [add(.print(tree.list(of: nodes)), at: span)]
        case .expression(let expression): return [resolveAlone(expression)]
        case .command(let command): return [resolve(command, at: span)]
        }
    }

    private func one(_ node: NodeIndex?) -> [NodeIndex] { node.map { [$0] } ?? [] }

    /// For statements that are kept elsewhere and leave nothing to run in their place.
    private mutating func none(_ body: (inout Resolver) -> Void) -> [NodeIndex] {
        body(&self)
        return []
    }

    private mutating func resolveSkip(_ reason: StringLiteral?, at span: SourceSpan) -> NodeIndex {
        if let keyword = function.cleanup { report(.skipsInCleanup(keyword), at: span) }
        let text = reason.map { resolve($0) } ?? addConstant(.null, at: span)
        return add(.setup(.skip(text)), at: span)
    }

    private mutating func resolve(_ statement: AttachStatement, at span: SourceSpan) -> NodeIndex {
        let name = resolve(statement.name)
        return add(.setup(.attach(name, value(statement.value).node)), at: span)
    }

    /// An expression on its own: shown at a prompt, evaluated for its effect in a script.
    private mutating func resolveAlone(_ expression: Expression) -> NodeIndex {
        let node = value(expression).node
        let isShown = isPrompt && isTopLevel
        return add(isShown ? .echo(node) : .evaluate(node), at: expression.span)
    }

    // MARK: Control

    private mutating func resolve(_ statement: IfStatement, at span: SourceSpan) -> NodeIndex {
        resolveBranches(statement.branches[...], statement.otherwise, at: span)
    }

    private mutating func resolveBranches(
        _ branches: ArraySlice<IfBranch>, _ otherwise: Block?, at span: SourceSpan
    ) -> NodeIndex {
        guard let branch = branches.first else {
            return otherwise.map { resolve($0) } ?? addBlock([], at: span)
        }
        let mark = function.nextSlot
        let condition = condition(branch.condition)
        release(to: mark)
        let body = resolve(branch.body)
        if branches.count == 1, otherwise == nil {
            return add(.control(.when(condition, body)), at: span)
        }
        let rest = resolveBranches(branches.dropFirst(), otherwise, at: span)
        return add(.control(.choose(condition, body, rest)), at: span)
    }

    private mutating func resolve(_ statement: WhileStatement, at span: SourceSpan) -> NodeIndex {
        let mark = function.nextSlot
        let condition = condition(statement.condition)
        release(to: mark)
        let body = resolveLoopBody(statement.body)
        return add(.control(.whileTrue(condition, body)), at: span)
    }

    private mutating func resolveLoopBody(
        _ body: Block, after first: [NodeIndex] = []
    ) -> NodeIndex {
        function.loops.append(function.hostBlocks.count)
        openScope()
        let node = resolveBody(body.statements, after: first, at: body.span)
        closeScope()
        function.loops.removeLast()
        return node
    }

    private mutating func resolve(_ statement: ForStatement, at span: SourceSpan) -> NodeIndex {
        openScope()
        let sequence = value(statement.sequence)
        let sequenceSpan = statement.sequence.span
        openScope()
        let item: Slot
        var first: [NodeIndex] = []
        if statement.names.count == 1 {
            let shape = itemShape(of: sequence.shape)
            let binding = declareVariable(statement.names[0], shape: shape)
            if case .local(let slot) = binding.variable {
                item = slot
            } else {
                item = slot(at: span)
                let value = add(.variable(.local(item)), at: binding.span)
                first = [add(.assignment(.declare(binding.variable, value)), at: binding.span)]
            }
        } else {
            item = slot(at: span)
            let value = add(.variable(.local(item)), at: sequenceSpan)
            first = unpack(value, into: statement.names, at: sequenceSpan)
        }
        let body = resolveLoopBody(statement.body, after: first)
        closeScope()
        closeScope()
        return add(.control(.forEach(item, sequence.node, body)), at: span)
    }

    private mutating func resolveLoopJump(_ keyword: String, at span: SourceSpan) -> NodeIndex? {
        guard let hostBlocks = function.loops.last else {
            report(.outsideLoop(keyword), at: span)
            return nil
        }
        if hostBlocks < function.hostBlocks.count, let block = function.hostBlocks.last {
            report(.leavesBlock(keyword, block: block), at: span)
            return nil
        }
        return add(.control(keyword == "break" ? .leaveLoop : .nextRound), at: span)
    }

    private mutating func resolveReturn(_ value: Expression?, at span: SourceSpan) -> NodeIndex? {
        guard case .function = function.role else {
            report(.outsideFunction, at: span)
            return nil
        }
        if let block = function.hostBlocks.last {
            report(.leavesBlock("return", block: block), at: span)
            return nil
        }
        guard let value else { return add(.control(.giveBackNothing), at: span) }
        let result = self.value(value).node
        return add(.control(.giveBack(tree.operand(result))), at: span)
    }
}
