/// The words that mean something at the start of a command in a shell.
enum ShellWord: String, CaseIterable {
    case `for`, `while`, until, `if`, `case`
    case `do`, done, then, elif, `else`, fi, esac
    /// Not supported, and never the name of a command.
    case function, select

    /// Ends the list of commands before it.
    var endsList: Bool {
        switch self {
        case .do, .done, .then, .elif, .else, .fi, .esac: true
        case .for, .while, .until, .if, .case, .function, .select: false
        }
    }

    /// Goes on with what began before, in front of a body.
    var opensBody: Bool {
        switch self {
        case .do, .then: true
        case .done, .elif, .else, .fi, .esac, .for, .while, .until, .if, .case, .function, .select:
            false
        }
    }

    /// What it belongs to, for messages.
    var home: String {
        switch self {
        case .do, .done: "`for`, `while` or `until`"
        case .then, .elif, .else, .fi: "`if`"
        case .esac: "`case`"
        case .for, .while, .until, .if, .case, .function, .select: "nothing"
        }
    }
}

extension Parser {
    /// The reserved word of a shell that stands bare at an offset.
    func reservedWord(at place: Int) -> ShellWord? {
        guard Characters.isNameStart(lexer.byte(place)) else { return nil }
        let end = lexer.nameEnd(from: place)
        guard end - place <= 8, isWordEnd(end) else { return nil }
        return ShellWord(rawValue: lexer.text(place..<end))
    }

    /// Consumes a reserved word that is known to stand here.
    mutating func consume(_ word: ShellWord) {
        recorder?.word(
            from: offset, to: offset + word.rawValue.utf8.count,
            role: word.opensBody ? .header : nil)
        move(to: offset + word.rawValue.utf8.count)
        lastEnd = offset
        isAfterOperator = false
    }

    mutating func accept(reserved word: ShellWord) -> Bool {
        let start = peek().start
        guard reservedWord(at: start) == word else { return false }
        move(to: start)
        consume(word)
        return true
    }

    /// Consumes the word that goes on with, or ends, what `opener` began.
    mutating func expect(
        _ word: ShellWord, of opener: SourceSpan
    ) throws(SyntaxFailure) {
        if accept(reserved: word) { return }
        let token = peek()
        if token.kind == .end, lexer.limit == lexer.bytes.count { noteIncomplete() }
        throw fail(
            isShell
                ? .shell(bashMessage(for: token))
                : .unclosed(
                    opener: source.text(in: opener), openedAt: opener, closer: word.rawValue,
                    found: describe(token), orComma: false),
            at: token.span)
    }

    /// Reports a reserved word where the name of a command is due.
    mutating func refuseReservedWord() throws(SyntaxFailure) {
        guard let word = reservedWord(at: offset) else { return }
        let span = SourceSpan(start: offset, end: offset + word.rawValue.utf8.count)
        if isShell {
            let token = Token(kind: .name, start: Int(span.start), end: Int(span.end))
            throw fail(
                .shell(
                    word == .function ? "functions are not supported" : bashMessage(for: token)),
                at: span)
        }
        if word.endsList, brokenCompounds > 0 {
            // What began before it has been reported.
            throw SyntaxFailure()
        }
        switch word {
        case .function: throw fail(.shellFunction(name: "name"), at: span)
        case .select:
            brokenCompounds += 1
            throw fail(.shellSelect, at: span)
        case .for, .while, .until, .if, .case, .do, .done, .then, .elif, .else, .fi, .esac:
            throw fail(.strayShellWord(word.rawValue, home: word.home), at: span)
        }
    }
}
