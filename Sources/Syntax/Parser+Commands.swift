// Commands: the word register (DECISIONS 2 to 4).

extension Parser {
    /// command line = pipeline, { ( "&&" | "||" ), line ends, pipeline }, [ "&" | block ] ;
    mutating func parseCommandLine() throws(SyntaxFailure) -> CommandStatement {
        var line = CommandStatement(
            pipelines: [try parsePipeline(startsStatement: true)], connectors: [],
            isBackground: false, block: nil)
        while let connector = acceptConnector() {
            skipLineEnds()
            line.connectors.append(connector)
            line.pipelines.append(try parsePipeline(startsStatement: false))
        }
        if lexer.byte(offset) == UInt8(ascii: "&") {
            if isShell {
                throw fail(
                    .shell("background jobs ('&') are not supported"),
                    at: SourceSpan(start: offset, end: offset + 1))
            }
            recorder?.word(from: offset, to: offset + 1, role: .operation)
            move(to: offset + 1)
            lastEnd = offset
            line.isBackground = true
            skipWordBlanks()
            if !isWordEnd(offset) { throw fail(.backgroundNeedsEnd, at: SourceSpan(at: offset)) }
        } else if !isShell, lexer.byte(offset) == UInt8(ascii: "{") {
            line.block = try parseBlock("a block")
        }
        return line
    }

    private mutating func acceptConnector() -> ShellConnector? {
        for connector in ShellConnector.allCases where accept(spelling: connector.rawValue) {
            return connector
        }
        return nil
    }

    /// Consumes these signs if they stand right here.
    private mutating func accept(spelling: String) -> Bool {
        let end = offset + spelling.utf8.count
        guard end <= lexer.limit, lexer.bytes[offset..<end].elementsEqual(spelling.utf8) else {
            return false
        }
        recorder?.word(
            from: offset, to: end, role: spelling.contains { "&|".contains($0) } ? .operation : nil)
        move(to: end)
        lastEnd = end
        return true
    }

    /// pipeline = [ "!" ], stage, { ( "|&" | "|" ), line ends, stage } ;
    private mutating func parsePipeline(
        startsStatement: Bool
    ) throws(SyntaxFailure) -> Pipeline {
        skipWordBlanks()
        let start = offset
        let isNegated = acceptWord("!")
        var stages = [try parseStage(startsStatement: startsStatement && !isNegated)]
        isAfterOperator = false
        while lexer.byte(offset) == UInt8(ascii: "|"), lexer.byte(offset + 1) != UInt8(ascii: "|") {
            let pipe = offset
            if accept(spelling: "|&") {
                addErrors(to: &stages[stages.count - 1], at: SourceSpan(start: pipe, end: offset))
            } else {
                _ = accept(spelling: "|")
            }
            skipLineEnds()
            stages.append(try parseStage(startsStatement: false))
            isAfterOperator = false
        }
        return Pipeline(isNegated: isNegated, stages: stages, span: span(from: start))
    }

    /// `|&` is `2>&1 |`.
    private func addErrors(to stage: inout PipelineStage, at span: SourceSpan) {
        let one = Word(pieces: [.bare("1")], span: span)
        let redirection = Redirection(
            descriptor: 2, operation: .duplicateOutput, target: .word(one), span: span)
        switch stage {
        case .command(var command):
            command.redirections.append(redirection)
            stage = .command(command)
        case .compound(var compound):
            compound.redirections.append(redirection)
            stage = .compound(compound)
        }
    }

    /// stage = compound, { redirection } | command ;
    private mutating func parseStage(
        startsStatement: Bool
    ) throws(SyntaxFailure) -> PipelineStage {
        skipWordBlanks()
        let start = offset
        guard let kind = try parseCompound() else {
            return .command(try parseCommand(startsStatement: startsStatement))
        }
        var compound = CompoundCommand(kind: kind, redirections: [], span: span(from: start))
        while true {
            skipWordBlanks()
            guard let redirection = try parseRedirection() else { break }
            compound.redirections.append(redirection)
        }
        compound.span = span(from: start)
        return .compound(compound)
    }

    /// command = [ "$" ], { assignment | redirection }, [ "kubectl" ], { word | redirection } ;
    ///
    /// At least a word, `kubectl` or an assignment; in the shell dialect a redirection will do.
    private mutating func parseCommand(startsStatement: Bool) throws(SyntaxFailure) -> Command {
        let start = offset
        var command = Command(
            hasPrompt: !isShell && acceptWord("$"), assignments: [], hasKubectl: false, words: [],
            redirections: [], span: SourceSpan(at: start))
        while true {
            skipWordBlanks()
            let startsCommand = command.words.isEmpty && !command.hasKubectl
            if let redirection = try parseRedirection() {
                command.redirections.append(redirection)
            } else if startsCommand, let assignment = try parseAssignment() {
                command.assignments.append(assignment)
            } else if startsCommand, acceptWord("kubectl") {
                command.hasKubectl = true
            } else if startsWord() {
                if startsCommand { try refuseReservedWord() }
                if startsCommand, isBareWord("[[", at: offset) {
                    command.words += try parseDoubleTest()
                } else {
                    command.words.append(try parseWord())
                }
            } else {
                break
            }
        }
        if startsStatement, !isShell, let typed = parseTypedLines(of: command) {
            command.redirections.append(typed)
        }
        noteWords(of: command, startsStatement: startsStatement && !isInSubstitution)
        let isEmpty = command.words.isEmpty && !command.hasKubectl && command.assignments.isEmpty
        if isEmpty, !isShell || command.redirections.isEmpty { throw unexpected("a command") }
        if isShell, lexer.byte(offset) == UInt8(ascii: "("), command.words.count == 1 {
            throw fail(.shell("functions are not supported"), at: SourceSpan(at: offset))
        }
        command.span = span(from: start)
        return command
    }

    /// double test = "[[", { double sign | word }, "]]" ;
    private mutating func parseDoubleTest() throws(SyntaxFailure) -> [Word] {
        let opener = SourceSpan(start: offset, end: offset + 2)
        var words: [Word] = []
        var isClosed = false
        while !isClosed {
            skipWordBlanks()
            let start = offset
            isClosed = isBareWord("]]", at: start)
            if acceptDoubleSign() {
                let span = SourceSpan(start: start, end: offset)
                words.append(Word(pieces: [.raw(source.text(in: span))], span: span))
            } else if isWordEnd(start) {
                throw fail(
                    isShell
                        ? .shell(bashMessage(for: peek()))
                        : .unclosed(
                            opener: "[[", openedAt: opener, closer: "]]",
                            found: describe(peek()), orComma: false),
                    at: SourceSpan(at: start))
            } else {
                words.append(try parseWord())
            }
        }
        return words
    }

    /// double sign := "&&" | "||" | "<" | ">" | "(" | ")" ; what would end a word elsewhere
    private mutating func acceptDoubleSign() -> Bool {
        accept(spelling: "&&") || accept(spelling: "||")
            || !lexer.has("<(", at: offset) && accept(spelling: "<") || accept(spelling: ">")
            || accept(spelling: "(") || accept(spelling: ")")
    }

    /// assignment = name, "=", [ word ] ; no blank between
    private mutating func parseAssignment() throws(SyntaxFailure) -> ShellAssignment? {
        guard Characters.isNameStart(lexer.byte(offset)) else { return nil }
        let start = offset
        let sign = lexer.nameEnd(from: start)
        guard lexer.byte(sign) == UInt8(ascii: "=") else { return nil }
        let name = Identifier(
            name: lexer.text(start..<sign), span: SourceSpan(start: start, end: sign))
        move(to: sign + 1)
        lastEnd = offset
        if lexer.byte(offset) == UInt8(ascii: "(") {
            throw fail(
                isShell ? .shell("arrays are not supported") : .shellArray(name: name.name),
                at: SourceSpan(start: start, end: offset + 1))
        }
        expandsBraces = false
        defer { expandsBraces = true }
        let value = try parsePieces()
        recorder?.word(from: start, to: offset)
        return ShellAssignment(name: name, value: value)
    }

    /// Consumes a bare word that is exactly this text.
    mutating func acceptWord(_ text: StaticString) -> Bool {
        skipWordBlanks()
        guard isBareWord(text, at: offset) else { return false }
        recorder?.word(from: offset, to: offset + text.utf8CodeUnitCount)
        move(to: offset + text.utf8CodeUnitCount)
        lastEnd = offset
        return true
    }

    /// True when a bare word that is exactly this text stands at an offset.
    func isBareWord(_ text: StaticString, at place: Int) -> Bool {
        lexer.has(text, at: place) && isWordEnd(place + text.utf8CodeUnitCount)
    }

    /// Skips blanks, continued line ends and a comment between words.
    mutating func skipWordBlanks() {
        move(to: lexer.skipBlanks(from: offset, free: false))
    }

    /// True when a word starts here: no end of the command, no operator, no block.
    func startsWord() -> Bool {
        if isWordEnd(offset) { return false }
        return isShell || lexer.byte(offset) != UInt8(ascii: "{") || startsJSON(at: offset)
            || bracesEnd(from: offset) != nil
    }

    /// A `{` that is no block: followed by `"` after blanks, or by `}` at once.
    func startsJSON(at place: Int) -> Bool {
        if lexer.has("{}", at: place) { return true }
        var next = place + 1
        while next < lexer.limit, Characters.isBlank(lexer.bytes[next]) { next += 1 }
        return lexer.byte(next) == UInt8(ascii: "\"")
    }
}
