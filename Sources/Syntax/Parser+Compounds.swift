// Compound commands of a shell: `for … do … done` and the like, and the lists inside them.

/// What may stand in a list of a compound command.
enum ListContent {
    /// Statements of the language; in the shell dialect these are commands too.
    case statements
    /// Commands alone: conditions and substitutions.
    case commands
}

extension Parser {
    /// compound = for loop | loop | conditional | choice | group | subshell ; nil where none starts
    mutating func parseCompound() throws(SyntaxFailure) -> CompoundKind? {
        switch lexer.byte(offset) {
        case UInt8(ascii: "("):
            return .subshell(try parseParenthesized(.statements, needsOne: true))
        case UInt8(ascii: "{") where startsGroup(at: offset): return try parseGroup()
        default: break
        }
        guard let word = reservedWord(at: offset) else { return nil }
        let opener = SourceSpan(start: offset, end: offset + word.rawValue.utf8.count)
        switch word {
        case .for, .while, .until, .if, .case: break
        case .do, .done, .then, .elif, .else, .fi, .esac, .function, .select: return nil
        }
        consume(word)
        try enter(opener)
        brokenCompounds += 1
        defer { leave() }
        let kind: CompoundKind? =
            switch word {
            case .for: try parseForLoop(opener)
            case .while, .until: try parseLoop(opener, isUntil: word == .until)
            case .if: try parseConditional(opener)
            case .case: try parseChoice(opener)
            case .do, .done, .then, .elif, .else, .fi, .esac, .function, .select: nil
            }
        brokenCompounds -= 1
        return kind
    }

    /// for loop = "for", name, [ "in", { word } ], "do", statements, "done" ;
    private mutating func parseForLoop(
        _ opener: SourceSpan
    ) throws(SyntaxFailure) -> CompoundKind {
        skipWordBlanks()
        let start = offset
        let end = lexer.nameEnd(from: start)
        guard Characters.isNameStart(lexer.byte(start)), isWordEnd(end) else {
            throw unexpected("a variable name after `for`")
        }
        let span = SourceSpan(start: start, end: end)
        let name = Identifier(name: lexer.text(start..<end), span: span)
        recorder?.word(from: start, to: end)
        move(to: end)
        lastEnd = end
        var words: [Word]?
        if acceptWord("in") {
            words = []
            skipWordBlanks()
            while startsWord() {
                words?.append(try parseWord())
                skipWordBlanks()
            }
        }
        skipListSeparators()
        let body = try parseBody(opener, from: .do, to: .done)
        return .forEach(ShellForLoop(name: name, words: words, body: body))
    }

    /// loop = ( "while" | "until" ), commands, "do", statements, "done" ;
    private mutating func parseLoop(
        _ opener: SourceSpan, isUntil: Bool
    ) throws(SyntaxFailure) -> CompoundKind {
        let condition = try parseList(.commands, needsOne: true)
        recorder?.region(.header, from: Int(opener.start), to: peek().start)
        let body = try parseBody(opener, from: .do, to: .done)
        return .loop(ShellLoop(isUntil: isUntil, condition: condition, body: body))
    }

    /// conditional = "if", commands, "then", statements, { "elif", commands, "then", statements },
    ///               [ "else", statements ], "fi" ;
    private mutating func parseConditional(
        _ opener: SourceSpan
    ) throws(SyntaxFailure) -> CompoundKind {
        var branches: [ShellBranch] = []
        var word = Int(opener.start)
        repeat {
            let condition = try parseList(.commands, needsOne: true)
            recorder?.region(.header, from: word, to: peek().start)
            try expect(.then, of: opener)
            let start = lastEnd - ShellWord.then.rawValue.utf8.count
            branches.append(
                ShellBranch(
                    condition: condition, body: try parseList(.statements, needsOne: true)))
            word = peek().start
            recorder?.region(.body, from: start, to: word)
        } while accept(reserved: .elif)
        var otherwise: Block?
        if accept(reserved: .else) {
            otherwise = try parseList(.statements, needsOne: true)
            recorder?.region(.body, from: word, to: peek().start)
        }
        try expect(.fi, of: opener)
        return .conditional(ShellConditional(branches: branches, otherwise: otherwise))
    }

    /// choice = "case", word, "in", { branch }, "esac" ;
    private mutating func parseChoice(
        _ opener: SourceSpan
    ) throws(SyntaxFailure) -> CompoundKind {
        skipWordBlanks()
        guard startsWord() else { throw unexpected("a word after `case`") }
        let subject = try parseWord()
        skipListSeparators()
        guard acceptWord("in") else { throw unexpected("`in` after the word of `case`") }
        let start = lastEnd - 2
        var branches: [ShellPatternBranch] = []
        while true {
            skipListSeparators()
            if reservedWord(at: offset) == .esac || peek().kind == .end { break }
            branches.append(try parsePatternBranch())
            skipWordBlanks()
            guard lexer.has(";;", at: offset) else { break }
            recorder?.word(from: offset, to: offset + 2)
            move(to: offset + 2)
            lastEnd = offset
        }
        try expect(.esac, of: opener)
        recorder?.region(.body, from: start, to: lastEnd - ShellWord.esac.rawValue.utf8.count)
        return .choice(ShellChoice(subject: subject, branches: branches))
    }

    /// branch = [ "(" ], word, { "|", word }, ")", statements, ( ";;" | & "esac" ) ;
    private mutating func parsePatternBranch() throws(SyntaxFailure) -> ShellPatternBranch {
        recorder?.startStatement(at: offset)
        if lexer.byte(offset) == UInt8(ascii: "(") { moveOverSign() }
        let wasInSubstitution = isInSubstitution
        isInSubstitution = true
        var patterns: [Word] = []
        repeat {
            if !patterns.isEmpty { moveOverSign() }
            skipWordBlanks()
            guard startsWord() else { throw unexpected("a pattern of `case`") }
            patterns.append(try parseWord())
            skipWordBlanks()
        } while lexer.byte(offset) == UInt8(ascii: "|")
        isInSubstitution = wasInSubstitution
        guard lexer.byte(offset) == UInt8(ascii: ")") else {
            throw unexpected("`)` after the pattern")
        }
        let sign = offset
        moveOverSign()
        lastEnd = offset
        let body = try parseList(.statements)
        recorder?.region(.branch, from: sign, to: peek().start)
        return ShellPatternBranch(patterns: patterns, body: body)
    }

    /// Consumes one sign of a `case`.
    private mutating func moveOverSign() {
        recorder?.word(from: offset, to: offset + 1)
        move(to: offset + 1)
    }

    /// group = "{", statements, "}" ; a blank after the brace
    private mutating func parseGroup() throws(SyntaxFailure) -> CompoundKind {
        let start = offset
        let brace = try open()
        blockDepth += 1
        defer { blockDepth -= 1 }
        var block = try parseList(.statements, needsOne: true)
        try close(brace, with: .rightBrace)
        block.span = span(from: start)
        return .group(block)
    }

    /// True when the `{` at an offset begins a group: a blank or line end follows.
    private func startsGroup(at place: Int) -> Bool {
        let next = lexer.byte(place + 1)
        return Characters.isBlank(next) || next == UInt8(ascii: "\n")
    }

    /// "(", list, ")" ; the opening bracket, with `$` or `<` before it, is the next token or two
    mutating func parseParenthesized(
        _ content: ListContent, needsOne: Bool = false
    ) throws(SyntaxFailure) -> Block {
        let start = offset
        let (wasInSubstitution, wasFree, wasExpanding) = (isInSubstitution, isFree, expandsBraces)
        isFree = false
        expandsBraces = true
        if lexer.byte(offset) == UInt8(ascii: "<") { move(to: offset + 1) }
        let opener = try open()
        isInSubstitution = true
        var block = try parseList(content, needsOne: needsOne)
        skipWordBlanks()
        try close(opener, with: .rightParenthesis)
        isInSubstitution = wasInSubstitution
        isFree = wasFree
        expandsBraces = wasExpanding
        block.span = span(from: start)
        return block
    }

    // MARK: Lists

    /// "do", statements, "done"
    private mutating func parseBody(
        _ opener: SourceSpan, from first: ShellWord, to last: ShellWord
    ) throws(SyntaxFailure) -> Block {
        try expect(first, of: opener)
        let start = lastEnd - first.rawValue.utf8.count
        let body = try parseList(.statements, needsOne: true)
        recorder?.region(.body, from: start, to: peek().start)
        try expect(last, of: opener)
        return body
    }

    /// list = { line end | ";" | statement, terminator } ; up to a word or sign that ends it
    mutating func parseList(
        _ content: ListContent, needsOne: Bool = false
    ) throws(SyntaxFailure) -> Block {
        let outerHeight = statementHeight
        statementHeight = 0
        skipEmptyLines()
        let start = offset
        if needsOne, isAtListEnd() { throw unexpected("a command") }
        var statements: [Statement] = []
        while !isAborted {
            if content == .statements { noteAtEnd(.statement) }
            skipEmptyLines()
            if isAtListEnd() { break }
            if content == .statements, !isShell {
                parseStatement(into: &statements)
            } else {
                try parseCommandStatement(into: &statements)
            }
        }
        if isAborted { throw SyntaxFailure() }
        let block = Block(statements: statements, span: span(from: start))
        try raise(above: statementHeight, at: block.span)
        statementHeight = max(outerHeight, height)
        return block
    }

    /// Line ends and `;`, but not `;;`.
    private mutating func skipEmptyLines() {
        while peek().kind == .newline || peek().kind == .semicolon, !isAtListEnd() { advance() }
    }

    /// A command line with its terminator, where no other statement is possible.
    private mutating func parseCommandStatement(
        into statements: inout [Statement]
    ) throws(SyntaxFailure) {
        let start = peek().start
        recorder?.startStatement(at: start)
        move(to: start)
        let line = try parseCommandLine()
        statements.append(Statement(kind: .command(line), span: span(from: start)))
        try expectTerminator()
    }

    /// True at what ends a list: a closing word or bracket, `;;`, or the end.
    private mutating func isAtListEnd() -> Bool {
        let token = peek()
        switch token.kind {
        case .end, .rightParenthesis: return true
        case .rightBrace: return !isShell || isWordEnd(token.end)
        case .semicolon: return lexer.has(";;", at: token.start)
        case .name: return reservedWord(at: token.start)?.endsList ?? false
        default: return false
        }
    }

    /// Line ends and `;` before a word such as `do`.
    private mutating func skipListSeparators() {
        while peek().kind == .newline || peek().kind == .semicolon { advance() }
        skipWordBlanks()
    }
}
