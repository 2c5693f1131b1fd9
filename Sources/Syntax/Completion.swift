/// What could be written at a place of a text.
package struct CompletionContext: Sendable {
    /// What kind of thing is due.
    package enum Place: Sendable {
        /// The first word of a statement: a keyword, a verb, a function or a variable.
        case statement
        /// A further word of a command, after these; the verb comes first. Without words the verb
        /// itself, after `kubectl`, `$` or `|`.
        case word(after: [Word])
        /// An operand: a variable, function, kind or word such as `every`.
        case operand
        /// What can follow an operand: `and`, `contains`, `where`, ….
        case operatorWord
        /// The name of an object of this kind, after `kind/`.
        case objectName(kind: String)
        /// A field of this value, after its `.`.
        case field(of: Expression)
        /// The name of a setting in the braces of a `behavior` for this target.
        case setting(target: [Word])
        /// The value of such a setting.
        case settingValue(String)
        /// The key of a requirement in brackets: a label, or a field of the items of a list.
        case selectorKey(SelectorSource)
        /// What such a label or field is to be.
        case selectorValue(SelectorSource, key: String)
        /// A file: behind `>` and `<`.
        case file
        /// A tag of a scenario.
        case tag
        /// The word with which a part of an exercise begins.
        case exercisePart
        /// Nothing can be proposed: inside text, a comment, or where a new name is due.
        case nothing
    }

    /// What brackets choose from.
    package enum SelectorSource: Sendable {
        /// The objects of a kind, by their labels.
        case kind(String)
        /// The items of a list, by their fields.
        case items(of: Expression)
    }

    package var place: Place
    /// Where what has been typed of it begins, as a UTF-8 offset.
    package var start: Int
    /// What has been typed of it; candidates begin with this.
    package var prefix: String
    /// The lists whose items `.x` means here (`where`, `has`, `by`, `map`), the innermost last.
    package var itemSources: [Expression] = []
    /// Where the innermost statement at this place begins.
    package var statementStart = 0
    /// How many blocks are open there: as many `}` behind the text up to that place close them.
    package var openBlocks = 0
    /// What the text is compared with at this place: the left side of `==` and the like.
    package var comparedWith: Expression?
}

extension CompletionContext.Place {
    /// Whether what is chosen here stands in brackets, or is followed by one at once.
    package var isInside: Bool {
        switch self {
        case .selectorKey, .selectorValue: true
        case .objectName(let kind): kind == "namespaces"
        case .statement, .word, .operand, .operatorWord, .field, .setting, .settingValue, .file,
            .tag, .exercisePart, .nothing:
            false
        }
    }
}

extension Parser {
    /// Tells what could be written at an offset of a text, from what stands before it.
    ///
    /// - Parameters:
    ///   - text: the statement at the prompt, or a script.
    ///   - offset: the cursor, as a UTF-8 offset; what follows it has no influence.
    package static func completion(
        in text: String, at offset: Int, options: ParseOptions = ParseOptions()
    ) -> CompletionContext {
        let bytes = Array(text.utf8.prefix(max(0, offset)))
        let source = Source(name: "completion", bytes: bytes)
        var parser = Parser(source: source, options: options)
        parser.isCompleting = true
        parser.skipByteOrderMark()
        _ = parser.parseScript()
        let end = source.utf8.count
        return parser.completion
            ?? CompletionContext(place: .nothing, start: end, prefix: "")
    }

    /// Records what is due at the end of the text. The first record counts: what comes later only
    /// looks for a way on.
    mutating func note(_ place: CompletionContext.Place, from start: Int) {
        guard isCompleting, completion == nil, lexer.limit == lexer.bytes.count else { return }
        let gap = lexer.bytes[min(lastEnd, start)..<start]
        let line = gap.reversed().prefix { $0 != UInt8(ascii: "\n") }
        let isInComment = line.contains(UInt8(ascii: "#"))
        completion = CompletionContext(
            place: isInComment ? .nothing : place, start: start,
            prefix: lexer.text(start..<lexer.limit), itemSources: itemSources,
            statementStart: statementStart, openBlocks: blockDepth, comparedWith: comparedWith)
    }

    /// Records `place` if the next token is the end, or a word that reaches to it.
    mutating func noteAtEnd(_ place: CompletionContext.Place) {
        guard isCompleting else { return }
        let token = peek()
        if token.kind == .end || token.kind == .name && token.end == lexer.limit {
            note(place, from: token.start)
        }
    }

    /// Records the key of a requirement if the bracket at `bracket` is all there is of it: `pods[`, `pods[!ap`.
    mutating func noteOpenBracket(at bracket: Int, of source: CompletionContext.SelectorSource) {
        guard isCompleting, lexer.byte(bracket) == UInt8(ascii: "[") else { return }
        var start = lexer.skipBlanks(from: bracket + 1, free: true)
        if lexer.byte(start) == UInt8(ascii: "!") {
            start = lexer.skipBlanks(from: start + 1, free: true)
        }
        noteKey(from: start, of: source)
    }

    /// Records a key of a requirement that reaches from an offset to the end of the text.
    mutating func noteKey(from start: Int, of source: CompletionContext.SelectorSource) {
        guard isCompleting, endOfNameText(from: start) == lexer.limit else { return }
        note(.selectorKey(source), from: start)
    }

    /// Records a value of a requirement that reaches to the end of the text.
    mutating func noteValue(of key: NameText) {
        guard isCompleting, let source = selectorSources.last, let key = key.literalText else {
            return
        }
        let start = lexer.skipBlanks(from: offset, free: true)
        guard endOfNameText(from: start) == lexer.limit else { return }
        note(.selectorValue(source, key: key), from: start)
    }

    /// Records the namespace behind `@` if it reaches to the end of the text.
    mutating func noteNamespace() {
        guard isCompleting, endOfNameText(from: offset) == lexer.limit else { return }
        note(.objectName(kind: "namespaces"), from: offset)
    }

    /// Records the name of a file that is all there is behind a sign.
    mutating func noteFile() {
        guard isCompleting else { return }
        var end = offset
        while end < lexer.limit, !isWordEnd(end) { end += 1 }
        if end == lexer.limit { note(.file, from: offset) }
    }

    /// Behind the characters that keys and values of labels have.
    private func endOfNameText(from start: Int) -> Int {
        var end = start
        while end < lexer.limit {
            let byte = lexer.byte(end)
            guard Characters.isNamePart(byte) || "-./".utf8.contains(byte) else { break }
            end += 1
        }
        return end
    }

    /// Records the words of a command that has been read to the end of the text.
    mutating func noteWords(of command: Command, startsStatement: Bool) {
        guard isCompleting, offset == lexer.limit else { return }
        let words = command.words
        guard let last = words.last, Int(last.span.end) == lexer.limit else {
            note(.word(after: words), from: lexer.limit)
            return
        }
        let isVerb =
            startsStatement && words.count == 1 && !command.hasKubectl && !command.hasPrompt
        note(
            isVerb ? .statement : .word(after: words.dropLast()), from: Int(last.span.start))
    }

    /// Reads what is about the items of `list`.
    mutating func withItems<Result>(
        of list: Expression, _ body: (inout Parser) throws(SyntaxFailure) -> Result
    ) throws(SyntaxFailure) -> Result {
        guard isCompleting else { return try body(&self) }
        itemSources.append(list)
        let outer = comparedWith
        comparedWith = nil
        // What failed was recorded before: the stack is for those that go on.
        let result = try body(&self)
        itemSources.removeLast()
        comparedWith = outer
        return result
    }

    /// Records an operator when a blank ended the operand.
    mutating func noteOperator() {
        guard isCompleting, peek().start > lastEnd else { return }
        noteAtEnd(.operatorWord)
    }
}
