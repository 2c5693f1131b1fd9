// Commands: the word register (DECISIONS 2 to 4).

extension Parser {
    /// command line = command, { ( "|" | "&&" | "||" ), command }, [ "&" | block ] ;
    mutating func parseCommandLine() throws(SyntaxFailure) -> CommandStatement {
        var line = CommandStatement(
            commands: [try parseCommand(isFirst: true)], connectors: [], isBackground: false,
            block: nil)
        while true {
            guard let connector = acceptConnector() else { break }
            skipLineEnds()
            line.connectors.append(connector)
            line.commands.append(try parseCommand(isFirst: false))
            isAfterOperator = false
        }
        if lexer.byte(offset) == UInt8(ascii: "&") {
            move(to: offset + 1)
            lastEnd = offset
            line.isBackground = true
            skipWordBlanks()
            if !isWordEnd(offset) { throw fail(.backgroundNeedsEnd, at: SourceSpan(at: offset)) }
        } else if lexer.byte(offset) == UInt8(ascii: "{") {
            line.block = try parseBlock("a block")
        }
        return line
    }

    private mutating func acceptConnector() -> ShellConnector? {
        let connector: ShellConnector
        if lexer.has("&&", at: offset) {
            connector = .and
        } else if lexer.has("||", at: offset) {
            connector = .or
        } else if lexer.byte(offset) == UInt8(ascii: "|") {
            connector = .pipe
        } else {
            return nil
        }
        move(to: offset + connector.rawValue.utf8.count)
        lastEnd = offset
        return connector
    }

    /// command = [ "$" ], [ "kubectl" ], { word | redirection } ; at least a word or `kubectl`
    private mutating func parseCommand(isFirst: Bool) throws(SyntaxFailure) -> Command {
        skipWordBlanks()
        let start = offset
        var command = Command(
            hasPrompt: acceptWord("$"), hasKubectl: false, words: [], redirections: [],
            span: SourceSpan(at: start))
        command.hasKubectl = acceptWord("kubectl")
        while true {
            skipWordBlanks()
            if let redirection = try parseRedirection() {
                command.redirections.append(redirection)
            } else if startsWord() {
                command.words.append(try parseWord())
            } else {
                break
            }
        }
        noteWords(of: command, startsStatement: isFirst && !isInSubstitution)
        if lexer.byte(offset) == UInt8(ascii: "`") {
            throw fail(.backquote, at: SourceSpan(start: offset, end: offset + 1))
        }
        if command.words.isEmpty, !command.hasKubectl { throw unexpected("a command") }
        command.span = span(from: start)
        return command
    }

    /// Consumes a bare word that is exactly this text.
    private mutating func acceptWord(_ text: StaticString) -> Bool {
        skipWordBlanks()
        guard lexer.has(text, at: offset), isWordEnd(offset + text.utf8CodeUnitCount) else {
            return false
        }
        move(to: offset + text.utf8CodeUnitCount)
        lastEnd = offset
        return true
    }

    /// Skips blanks, continued line ends and a comment between words.
    mutating func skipWordBlanks() {
        move(to: lexer.skipBlanks(from: offset, free: false))
    }

    /// True when a word starts here: no end of the command, no operator, no block.
    private func startsWord() -> Bool {
        let byte = lexer.byte(offset)
        if isWordEnd(offset) || byte == UInt8(ascii: "`") { return false }
        return byte != UInt8(ascii: "{") || startsJSON(at: offset)
    }

    /// A `{` that is no block: followed by `"` after blanks, or by `}` at once.
    func startsJSON(at place: Int) -> Bool {
        if lexer.has("{}", at: place) { return true }
        var next = place + 1
        while next < lexer.limit, Characters.isBlank(lexer.bytes[next]) { next += 1 }
        return lexer.byte(next) == UInt8(ascii: "\"")
    }

    /// redirection = [ digits ], ( "<" | ">" | ">>" | ">&" | "<&" ), word
    ///             | [ digits ], here-document ;
    private mutating func parseRedirection() throws(SyntaxFailure) -> Redirection? {
        let start = offset
        var digits = start
        while Characters.isDigit(lexer.byte(digits)) { digits += 1 }
        let byte = lexer.byte(digits)
        guard byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">"), digits - start < 4 else {
            return nil
        }
        let descriptor = digits > start ? Int(lexer.text(start..<digits)) : nil
        move(to: digits)
        if lexer.has("<<", at: offset) {
            let document = try parseHereDocument(inCommand: true)
            return Redirection(
                descriptor: descriptor, operation: .hereDocument, target: .hereDocument(document),
                span: span(from: start))
        }
        let operation: Redirection.Operator =
            if lexer.has(">>", at: offset) { .append } else if lexer.has(">&", at: offset) {
                .duplicateOutput
            } else if lexer.has("<&", at: offset) {
                .duplicateInput
            } else if byte
                == UInt8(ascii: "<")
            { .input } else { .output }
        move(to: offset + operation.rawValue.utf8.count)
        lastEnd = offset
        skipWordBlanks()
        guard startsWord() else {
            throw unexpected("a word after `\(operation.rawValue)`")
        }
        let word = try parseWord()
        return Redirection(
            descriptor: descriptor, operation: operation, target: .word(word),
            span: span(from: start))
    }
}
