import Syntax
import Value

/// What a shell has beyond commands and pipes.
extension Resolver {
    // MARK: Variables

    /// Whether `$name` is a variable of the shell here, and no text.
    func expands(_ name: String) -> Bool {
        // How the last command ended is asked for at any prompt, and no other text ends so.
        isShell || compoundDepth > 0 || Self.ownNames.contains(name) || shellNames.contains(name)
    }

    /// What every shell has, and no text means otherwise.
    private static let ownNames: Set<String> = ["?", "HOME", "PWD", "OLDPWD"]

    /// In arithmetic every name is a variable.
    mutating func inArithmetic<Result>(_ body: (inout Resolver) -> Result) -> Result {
        compoundDepth += 1
        defer { compoundDepth -= 1 }
        return body(&self)
    }

    /// Remembers the variables of the shell that a command sets.
    mutating func noteAssigned(by command: Command) {
        if command.words.isEmpty {
            for assignment in command.assignments { noteAssigned(assignment.name) }
            return
        }
        let words = command.words.map(\.literalText)
        switch words[0] {
        case "export", "local":
            for word in command.words.dropFirst() {
                guard case .bare(let text)? = word.pieces.first,
                    let sign = text.firstIndex(of: "=")
                else { continue }
                shellNames.insert(String(text[..<sign]))
            }
        case "read": shellNames.formUnion(words.dropFirst().compactMap { $0 })
        case "alias", "unalias": noteAliases(command)
        case "source", ".", "eval": mayHaveAliases = true
        default: break
        }
    }

    /// A name that the shell sets must not be one of the language, which would keep its value.
    private mutating func noteAssigned(_ name: Identifier) {
        shellNames.insert(name.name)
        if !isShell, lookUp(name.name) != nil {
            report(.shellAssignment(name.name), at: name.span)
        }
    }

    // MARK: Lists of commands

    /// The commands of a substitution. What they set is forgotten.
    mutating func resolveCommands(_ block: Block, named keyword: String) -> NodeIndex {
        forgettingNames { $0.resolveHostBlock(block, named: keyword) }
    }

    /// Leaves the names of the shell as they were before.
    mutating func forgettingNames<Result>(_ body: (inout Resolver) -> Result) -> Result {
        let outer = shellNames
        defer { shellNames = outer }
        return body(&self)
    }

    /// The statements of a compound command, in a scope of their own.
    private mutating func resolveStatements(_ block: Block) -> NodeIndex {
        compoundDepth += 1
        defer { compoundDepth -= 1 }
        return resolve(block)
    }

    // MARK: Compound commands

    mutating func resolve(_ compound: CompoundCommand) -> Row<CompoundPlan> {
        compoundDepth += 1
        defer { compoundDepth -= 1 }
        let kind: CompoundPlan.Kind
        switch compound.kind {
        case .forEach(let loop):
            let words = loop.words.map { $0.flatMap { wordPlans($0) } }
            noteAssigned(loop.name)
            kind = .forEach(loop.name.name, words, resolveLoop(loop.body))
        case .loop(let loop):
            let condition = resolveStatements(loop.condition)
            kind = .loop(condition, resolveLoop(loop.body), isUntil: loop.isUntil)
        case .conditional(let conditional):
            let branches = conditional.branches.map { branch in
                let condition = resolveStatements(branch.condition)
                return (condition: condition, body: resolveStatements(branch.body))
            }
            kind = .conditional(
                branches, otherwise: conditional.otherwise.map { resolveStatements($0) })
        case .choice(let choice):
            let subject = pieces(choice.subject)
            let branches = choice.branches.map { branch in
                let patterns = branch.patterns.map { pieces($0) }
                return (patterns: patterns, body: resolveStatements(branch.body))
            }
            kind = .choice(subject, branches)
        case .group(let block): kind = .group(resolveStatements(block))
        case .subshell(let block): kind = .subshell(resolveCommands(block, named: "("))
        }
        let redirections = compound.redirections.map { redirectionPlan($0) }
        return tree.compounds.add(
            CompoundPlan(kind: kind, redirections: redirections, span: compound.span))
    }

    private mutating func resolveLoop(_ body: Block) -> NodeIndex {
        function.loops.append(function.hostBlocks.count)
        defer { function.loops.removeLast() }
        return resolveStatements(body)
    }

    // MARK: Jumps

    /// `break` and `continue` as commands: `[ … ] && break`.
    mutating func jump(_ command: Command) -> StagePlan? {
        guard let first = command.words.first?.literalText, !command.hasKubectl,
            first == "break" || first == "continue", command.words.count < 3
        else { return nil }
        let count = command.words.count == 1 ? "1" : command.words[1].literalText
        guard let count, var levels = Int(count), levels > 0 else { return nil }
        guard let hostBlocks = function.loops.last else {
            if isShell { return nil }
            report(.outsideLoop(first), at: command.span)
            return nil
        }
        if hostBlocks < function.hostBlocks.count, let block = function.hostBlocks.last {
            if !isShell { report(.leavesBlock(first, block: block), at: command.span) }
            return nil
        }
        // More levels than there are loops mean all of them.
        levels = min(levels, function.loops.count { $0 == function.hostBlocks.count })
        return .jump(leaves: first == "break", levels: levels)
    }
}
