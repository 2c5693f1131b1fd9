// Compound commands and expansions of a shell.

extension SyntaxPrinter {
    mutating func print(_ compound: CompoundCommand) {
        switch compound.kind {
        case .forEach(let loop):
            text += "for \(loop.name.name)"
            if let words = loop.words {
                text += " in"
                for word in words {
                    text += " "
                    print(word)
                }
            }
            printBody(loop.body, after: "; do")
            text += "done"
        case .loop(let loop):
            text += loop.isUntil ? "until" : "while"
            printCondition(loop.condition)
            printBody(loop.body, after: "; do")
            text += "done"
        case .conditional(let conditional): print(conditional)
        case .choice(let choice): print(choice)
        case .group(let block):
            text += "{ "
            printFlat(block)
            text += " }"
        case .subshell(let block): printParenthesized(block, after: "(")
        }
        for redirection in compound.redirections {
            text += " "
            print(redirection)
        }
    }

    private mutating func print(_ conditional: ShellConditional) {
        for (index, branch) in conditional.branches.enumerated() {
            text += index == 0 ? "if" : "elif"
            printCondition(branch.condition)
            printBody(branch.body, after: "; then")
        }
        if let otherwise = conditional.otherwise { printBody(otherwise, after: "else") }
        text += "fi"
    }

    private mutating func print(_ choice: ShellChoice) {
        text += "case "
        print(choice.subject)
        text += " in"
        for branch in choice.branches {
            lineEnd()
            let wasInSubstitution = isInSubstitution
            isInSubstitution = true
            text += "("
            for (index, pattern) in branch.patterns.enumerated() {
                if index > 0 { text += "|" }
                print(pattern)
            }
            isInSubstitution = wasInSubstitution
            printBody(branch.body, after: ")")
            text += ";;"
        }
        lineEnd()
        text += "esac"
    }

    /// A line end, or a blank where all has to stand on one line.
    private mutating func lineEnd() {
        if isFlat { text += " " } else { newline() }
    }

    /// Commands on the line of the word before them.
    private mutating func printCondition(_ block: Block) {
        let wasFlat = isFlat
        isFlat = true
        for (index, statement) in block.statements.enumerated() {
            text += index == 0 ? " " : "; "
            print(statement)
        }
        isFlat = wasFlat
    }

    /// Statements on lines of their own after a word or sign, and the start of the next line.
    private mutating func printBody(_ block: Block, after opener: String) {
        text += opener
        if isFlat {
            text += " "
            printFlat(block)
            text += " "
            return
        }
        indentation += 1
        for statement in block.statements {
            newline()
            print(statement)
        }
        indentation -= 1
        newline()
    }

    /// Statements on one line, each with its `;`.
    private mutating func printFlat(_ block: Block) {
        let wasFlat = isFlat
        isFlat = true
        for (index, statement) in block.statements.enumerated() {
            if index > 0 { text += " " }
            print(statement)
            text += ";"
        }
        isFlat = wasFlat
    }

    mutating func print(_ expansion: ShellExpansion) {
        switch expansion {
        case .parameter(let parameter): print(parameter)
        case .arithmetic(let pieces):
            text += "$(("
            printShellText(pieces) { _ in false }
            text += "))"
        case .substitution(let block): printParenthesized(block, after: "$(")
        case .process(let block): printParenthesized(block, after: "<(")
        }
    }

    /// Commands on one line in parentheses.
    private mutating func printParenthesized(_ block: Block, after opener: String) {
        let wasInSubstitution = isInSubstitution
        isInSubstitution = true
        text += opener
        // `$((` would begin arithmetic.
        if let first = block.statements.first, startsWithSubshell(first) { text += " " }
        printFlat(block)
        text += ")"
        isInSubstitution = wasInSubstitution
    }

    private func startsWithSubshell(_ statement: Statement) -> Bool {
        guard case .command(let line) = statement.kind,
            case .compound(let compound)? = line.pipelines.first?.stages.first,
            case .subshell = compound.kind
        else { return false }
        return true
    }

    private mutating func print(_ parameter: ShellParameter) {
        if case .value = parameter.operation {
            text += isShell ? "${\(parameter.name)}" : "$\(parameter.name)"
            return
        }
        text += "${"
        if case .length = parameter.operation { text += "#" }
        text += parameter.name
        switch parameter.operation {
        case .value, .length: break
        case .orElse(let word, let alsoEmpty): printOperand(word, after: sign("-", alsoEmpty))
        case .assign(let word, let alsoEmpty): printOperand(word, after: sign("=", alsoEmpty))
        case .ifSet(let word, let alsoEmpty): printOperand(word, after: sign("+", alsoEmpty))
        case .trim(let word, let atEnd, let isLongest):
            let sign = atEnd ? "%" : "#"
            printOperand(word, after: isLongest ? sign + sign : sign)
        case .replace(let pattern, let word, let isEvery):
            printOperand(pattern, after: isEvery ? "//" : "/")
            printOperand(word, after: "/")
        }
        text += "}"
    }

    private func sign(_ sign: String, _ alsoEmpty: Bool) -> String { alsoEmpty ? ":" + sign : sign }

    private mutating func printOperand(_ word: Word, after sign: String) {
        text += sign
        for piece in word.pieces {
            switch piece {
            case .bare(let content): text += content
            case .raw(let content): printRawOperand(content)
            case .quoted(let pieces): print(Word(pieces: [.quoted(pieces)], span: word.span))
            case .interpolation(let expression): printInterpolation(expression)
            case .expansion(let expansion): print(expansion)
            case .json, .braces: preconditionFailure("no piece of an operand")
            }
        }
    }

    /// A quoted text; `'` itself stands after a backslash.
    private mutating func printRawOperand(_ content: String) {
        text += content == "'" ? "\\'" : "'\(content)'"
    }

    /// True when the name of a plain parameter would go on into the text.
    func goesOn(_ parameter: ShellParameter, with content: String) -> Bool {
        guard !isShell, case .value = parameter.operation, let first = content.utf8.first,
            let last = parameter.name.utf8.last
        else { return false }
        return Characters.isNamePart(last) && Characters.isNameStart(parameter.name.utf8.first!)
            && Characters.isNamePart(first)
    }

    /// Keeps the text after a plain parameter out of its name.
    mutating func separate(_ parameter: ShellParameter, from content: String) {
        if goesOn(parameter, with: content) { text += "\\" }
    }
}
