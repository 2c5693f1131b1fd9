// Exercises and their parts. The words of the parts are words inside an exercise alone.

extension Parser {
    /// exercise = "exercise", string, "{", parts, "}" ;
    mutating func parseExercise() throws(SyntaxFailure) -> StatementKind {
        advance()
        let name = try expectString("the name of the exercise in quotes")
        var parts: [ExercisePart] = []
        let body = try parseBraces("the block of the exercise") { $0.parseParts(into: &parts) }
        return .exercise(ExerciseStatement(name: name, parts: parts, body: body))
    }

    /// parts = { line end | ";" | part, terminator } ;
    private mutating func parseParts(into parts: inout [ExercisePart]) {
        while !isAborted {
            let token = peek()
            statementStart = token.start
            noteAtEnd(.exercisePart)
            switch token.kind {
            case .newline, .semicolon: advance()
            case .end, .rightBrace: return
            default:
                recovering { parser throws(SyntaxFailure) in
                    let kind = try parser.parsePart()
                    parts.append(
                        ExercisePart(kind: kind, span: parser.span(from: token.start)))
                    try parser.expectTerminator()
                }
            }
        }
    }

    private mutating func parsePart() throws(SyntaxFailure) -> ExercisePartKind {
        let token = peek()
        let spelt = token.kind == .name ? lexer.text(token.start..<token.end) : ""
        guard let word = ExerciseWord(rawValue: spelt) else {
            let words = ExerciseWord.allCases.map(\.rawValue)
            throw unexpected(
                "a part of the exercise", candidates: words,
                hint: "the parts are \(words.joined(separator: ", "))")
        }
        advance()
        switch word {
        case .title, .story, .task, .debrief: return .text(word, try parseExerciseText(of: word))
        case .level, .time: return .number(word, try parseWhole(of: word))
        case .topics:
            var topics = [try parseTag()]
            while accept(.comma) { topics.append(try parseTag()) }
            return .topics(topics)
        case .needs:
            var names = [try expectString("the name of an exercise in quotes")]
            while accept(.comma) {
                names.append(try expectString("the name of an exercise in quotes"))
            }
            return .needs(names)
        case .vary: return try parseVary()
        case .setup: return .setup(try parseBlock("a block after `setup`"))
        case .forbid, .allow: return .rule(try parseRule(word))
        case .goal: return .goal(try parseGoal())
        case .always, .never:
            return .invariant(try parseStanding(word == .always ? .always : .never))
        case .after:
            let text = try parseTranslated("what happens, in quotes")
            return .after(text, try parseBlock("a block with what happens"))
        case .hint:
            guard isNext("when") else {
                return .hint(nil, try parseTranslated("the hint in quotes"))
            }
            let condition = try parseWhen()
            return .hint(condition, try parseTextBelow("the hint in quotes"))
        case .pitfall: return .pitfall(try parsePitfall())
        case .solution:
            let text = isTextNext ? try parseTranslated("a text") : nil
            return .solution(text, try parseBlock("a block with the statements of the solution"))
        case .wrong: return .wrong(try parseWrong())
        }
    }

    // MARK: Texts

    /// text part = ( "title" | "story" | "task" | "debrief" ), [ language ], text value,
    ///             { translation } ;
    private mutating func parseExerciseText(
        of word: ExerciseWord
    ) throws(SyntaxFailure) -> ExerciseText {
        guard isTranslationNext else {
            return try parseTranslated("a text in quotes, or `<<EOF`")
        }
        return ExerciseText(entries: try parseTranslations())
    }

    /// translated = text value, { translation } ;
    private mutating func parseTranslated(
        _ expectation: String
    ) throws(SyntaxFailure) -> ExerciseText {
        let value = try parseTextValue(expectation)
        return ExerciseText(
            entries: [ExerciseText.Entry(language: nil, value: value)] + (try parseTranslations()))
    }

    /// translation = line ends, language, text value ;
    private mutating func parseTranslations() throws(SyntaxFailure) -> [ExerciseText.Entry] {
        var entries: [ExerciseText.Entry] = []
        while isTranslationNext {
            while peek().kind == .newline { advance() }
            recorder?.role(.text, at: peek().start)
            let language = try expectName("the name of a language")
            entries.append(
                ExerciseText.Entry(
                    language: language, value: try parseTextValue("a text in quotes")))
        }
        return entries
    }

    /// text value = string | here document ;
    private mutating func parseTextValue(
        _ expectation: String
    ) throws(SyntaxFailure) -> Expression {
        if peek().kind == .hereDocument {
            let document = try parseHereDocument(inCommand: false)
            return Expression(kind: .hereDocument(document), span: document.span)
        }
        let string = try expectString(expectation)
        return Expression(kind: .string(string), span: string.span)
    }

    private var isTextNext: Bool {
        mutating get {
            switch peek().kind {
            case .doubleQuote, .singleQuote, .hereDocument: true
            default: false
            }
        }
    }

    /// The short name of a language with a text behind it, on this line or one of the next.
    private var isTranslationNext: Bool {
        mutating get {
            var token = peek()
            while token.kind == .newline { token = lexer.token(from: token.end, free: isFree) }
            guard token.kind == .name, token.keyword == nil, isLanguage(token) else { return false }
            switch lexer.token(from: token.end, free: isFree).kind {
            case .doubleQuote, .singleQuote, .hereDocument: return true
            default: return false
            }
        }
    }

    /// short name := letter, letter, [ letter ], [ "_", name part, { name part } ] ;
    private func isLanguage(_ token: Token) -> Bool {
        let parts = lexer.text(token.start..<token.end).split(
            separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        return (2...3).contains(parts[0].count) && parts[0].allSatisfy(\.isLetter)
            && (parts.count == 1 || !parts[1].isEmpty)
    }

    // MARK: Parts

    /// number part = ( "level" | "time" ), whole number ;
    private mutating func parseWhole(of word: ExerciseWord) throws(SyntaxFailure) -> Int {
        let token = peek()
        let digits = lexer.text(token.start..<token.end)
        let isPlain = digits.utf8.allSatisfy(Characters.isDigit)
        guard token.kind == .number, isPlain, digits == "0" || !digits.hasPrefix("0"),
            let number = Int(digits)
        else {
            let hint =
                word == .level ? "write `level 1` for easy up to `level 5`" : "write the minutes"
            throw unexpected("a whole number", hint: hint)
        }
        advance()
        return number
    }

    /// vary = "vary", name, "in", expression ;
    private mutating func parseVary() throws(SyntaxFailure) -> ExercisePartKind {
        let name = try expectName("a variable name after `vary`")
        guard accept(.in) else {
            throw unexpected(
                "`in`", candidates: ["in"], hint: "write `vary \(name.name) in [\"a\", \"b\"]`")
        }
        return .vary(name, try parseExpression())
    }

    /// rule = ( "forbid" | "allow" ), string, string, { string }, { translation } ;
    private mutating func parseRule(_ word: ExerciseWord) throws(SyntaxFailure) -> ExerciseRule {
        var strings = [try expectString("what is meant, such as \"delete pod\"")]
        repeat {
            strings.append(try expectString("the reason, which a learner is told, in quotes"))
        } while peek().kind == .doubleQuote || peek().kind == .singleQuote
        let reason = strings.removeLast()
        let value = Expression(kind: .string(reason), span: reason.span)
        let entries = [ExerciseText.Entry(language: nil, value: value)] + (try parseTranslations())
        return ExerciseRule(
            isAllowing: word == .allow, patterns: strings, reason: ExerciseText(entries: entries))
    }

    /// goal = "goal", { "once" | "kept" }, translated, block ;
    private mutating func parseGoal() throws(SyntaxFailure) -> ExerciseGoal {
        var (isOnce, isKept) = (false, false)
        while true {
            if isNext("once") {
                isOnce = true
            } else if isNext("kept") {
                isKept = true
            } else {
                break
            }
            advance()
        }
        let text = try parseTranslated("the goal in words, in quotes")
        let body = try parseBlock("a block with what must hold")
        return ExerciseGoal(isOnce: isOnce, isKept: isKept, text: text, body: body)
    }

    /// standing = ( "always" | "never" ), translated, ":", line ends, expression ;
    private mutating func parseStanding(
        _ kind: InvariantStatement.Kind
    ) throws(SyntaxFailure) -> ExerciseInvariant {
        let text = try parseTranslated("in words what holds, in quotes")
        let colon = try expect(
            .colon, "`:` and the condition",
            hint: "write `\(kind.rawValue) \"in words\": CONDITION`")
        recorder?.role(.clause, at: colon.start)
        skipLineEnds()
        return ExerciseInvariant(kind: kind, text: text, condition: try parseExpression())
    }

    /// when = "when", line ends, expression, line ends ;
    private mutating func parseWhen() throws(SyntaxFailure) -> Expression {
        recorder?.role(.clause, at: peek().start)
        advance()
        skipLineEnds()
        let condition = try parseExpression()
        skipLineEnds()
        return condition
    }

    /// What stands behind a condition, or on the next line.
    private mutating func parseTextBelow(
        _ expectation: String
    ) throws(SyntaxFailure) -> ExerciseText {
        let start = peek().start
        let text = try parseTranslated(expectation)
        recorder?.role(.text, at: start)
        return text
    }

    /// pitfall = "pitfall", string, when, translated ;
    private mutating func parsePitfall() throws(SyntaxFailure) -> ExercisePitfall {
        let name = try expectString("the name of the pitfall in quotes")
        guard isNext("when") else {
            throw unexpected(
                "`when` and a condition", candidates: ["when"],
                hint: "write `pitfall \"name\" when CONDITION \"what that means\"`")
        }
        let condition = try parseWhen()
        return ExercisePitfall(
            name: name, condition: condition,
            text: try parseTextBelow("what that means, in quotes"))
    }

    /// wrong = "wrong", [ translated ], block, "expects", expected ;
    /// expected = "forbidden" | ( "goal" | "pitfall" | "always" | "never" | "after" ), string ;
    private mutating func parseWrong() throws(SyntaxFailure) -> ExerciseWrong {
        let text = isTextNext ? try parseTranslated("a text") : nil
        let body = try parseBlock("a block with the statements of the wrong answer")
        guard isNext("expects") else {
            throw unexpected(
                "`expects` and what refuses the answer", candidates: ["expects"],
                hint: "write `} expects goal \"…\"`, `} expects pitfall \"…\"` or "
                    + "`} expects forbidden` on the line of the brace")
        }
        advance()
        let token = peek()
        let spelt = token.kind == .name ? lexer.text(token.start..<token.end) : ""
        let kinds = ExerciseWrong.Kind.allCases.map(\.rawValue)
        guard let kind = ExerciseWrong.Kind(rawValue: spelt) else {
            throw unexpected(
                "what refuses the answer", candidates: kinds,
                hint: "it is one of \(kinds.joined(separator: ", "))")
        }
        advance()
        var what: StringLiteral?
        if kind != .forbidden {
            let subject = kind == .pitfall ? "the name of the pitfall" : "the text of that part"
            what = try expectString("\(subject) in quotes")
        }
        return ExerciseWrong(text: text, body: body, expected: kind, what: what)
    }
}
