import Syntax

extension NameScan {
    mutating func scan(_ statement: CommandStatement) {
        for pipeline in statement.pipelines {
            for stage in pipeline.stages {
                switch stage {
                case .command(let command): scan(command)
                case .compound(let compound): scan(compound)
                }
            }
        }
        if let block = statement.block { scan(block) }
    }

    private mutating func scan(_ command: Command) {
        for assignment in command.assignments { scan(assignment.value) }
        for word in command.words { scan(word) }
        scan(command.redirections)
    }

    private mutating func scan(_ redirections: [Redirection]) {
        for redirection in redirections {
            switch redirection.target {
            case .word(let word): scan(word)
            case .hereDocument(let document): scan(document.pieces)
            }
        }
    }

    private mutating func scan(_ compound: CompoundCommand) {
        switch compound.kind {
        case .forEach(let loop):
            for word in loop.words ?? [] { scan(word) }
            scan(loop.body)
        case .loop(let loop):
            scan(loop.condition)
            scan(loop.body)
        case .conditional(let conditional):
            for branch in conditional.branches {
                scan(branch.condition)
                scan(branch.body)
            }
            if let block = conditional.otherwise { scan(block) }
        case .choice(let choice):
            scan(choice.subject)
            for branch in choice.branches {
                for pattern in branch.patterns { scan(pattern) }
                scan(branch.body)
            }
        case .group(let block), .subshell(let block): scan(block)
        }
        scan(compound.redirections)
    }

    // MARK: Words

    mutating func scan(_ word: Word) {
        for piece in word.pieces {
            switch piece {
            case .bare, .raw, .braces: break
            case .quoted(let pieces): scan(pieces)
            case .interpolation(let expression): scan(expression)
            case .json(let pieces):
                for piece in pieces {
                    switch piece {
                    case .text, .parameter: break
                    case .value(let expression), .stringPart(let expression): scan(expression)
                    }
                }
            case .expansion(let expansion): scan(expansion)
            }
        }
    }

    mutating func scan(_ pieces: [StringPiece]) {
        for piece in pieces {
            switch piece {
            case .text: break
            case .interpolation(let expression): scan(expression)
            case .expansion(let expansion): scan(expansion)
            }
        }
    }

    private mutating func scan(_ expansion: ShellExpansion) {
        switch expansion {
        case .parameter(let parameter):
            switch parameter.operation {
            case .value, .length: break
            case .orElse(let word, _), .assign(let word, _), .ifSet(let word, _),
                .trim(let word, _, _):
                scan(word)
            case .replace(let pattern, let word, _):
                scan(pattern)
                scan(word)
            }
        case .arithmetic(let pieces): scan(pieces)
        case .substitution(let block), .process(let block): scan(block)
        }
    }
}
