// What a statement of a script is when it could be one of the language or one of a shell. Each test
// looks ahead only; grammar/drydock.ebnf has the rules of the same names.

extension Parser {
    /// True when the statement at a token is a shell's, though its first token could begin another.
    func startsShellStatement(_ token: Token) -> Bool {
        switch token.kind {
        case .name:
            if isAssignmentAhead(token.start) { return true }
            switch token.keyword {
            case .for, .while: return isHeaderAhead(token.end, before: .do)
            case .if: return isHeaderAhead(token.end, before: .then)
            case .true, .false:
                let next = lexer.byte(lexer.skipBlanks(from: token.end, free: false))
                return next == UInt8(ascii: "&") || next == UInt8(ascii: "|")
            default: return false
            }
        case .bang, .colon: return isWordEnd(token.end)
        case .dollar: return isWordEnd(token.end) || Characters.isNameStart(lexer.byte(token.end))
        case .dot: return Characters.isBlank(lexer.byte(token.end))
        case .leftParenthesis: return isCommandAhead(token.end)
        case .leftBrace:
            let next = lexer.byte(token.end)
            return (Characters.isBlank(next) || next == UInt8(ascii: "\n"))
                && isCommandAhead(token.end)
        case .leftBracket: return isTestAhead(token.end)
        default: return false
        }
    }

    /// `name=value` at an offset: a blank after the sign would make it a slip of the pen.
    func isAssignmentAhead(_ place: Int) -> Bool {
        guard Characters.isNameStart(lexer.byte(place)) else { return false }
        let sign = lexer.nameEnd(from: place)
        guard lexer.byte(sign) == UInt8(ascii: "="), lexer.continuationLength(at: sign + 1) == 0
        else { return false }
        switch lexer.byte(sign + 1) {
        case UInt8(ascii: "="), UInt8(ascii: "~"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "&"), UInt8(ascii: "|"):
            return false
        case let next: return !Characters.isBlank(next)
        }
    }

    // MARK: Headers

    /// True when words as a shell writes them and then `; do` or `; then` follow an offset, with a
    /// line end or more commands in the place of `;` if need be.
    private func isHeaderAhead(_ place: Int, before word: ShellWord) -> Bool {
        var place = place
        while let end = headerEnd(place) {
            let next = skipFree(end + 1, alsoSemicolons: true)
            if reservedWord(at: next) == word { return true }
            guard lexer.byte(end) == UInt8(ascii: ";") else { return false }
            place = end + 1
        }
        return false
    }

    /// After a failure in the statement at an offset: `if get pods` may go on with `then` on the next
    /// line. What could be read to its end has failed for want of a block.
    mutating func noteOpenHeader(_ start: Int) {
        let token = lexer.token(from: start, free: false)
        guard token.keyword == .if || token.keyword == .for || token.keyword == .while,
            diagnostics.count == 1, lexer.limit == lexer.bytes.count
        else { return }
        var last = lexer.limit
        while last > start,
            lexer.bytes[last - 1] == UInt8(ascii: "\n") || Characters.isBlank(lexer.bytes[last - 1])
        {
            last -= 1
        }
        if Int(diagnostics[0].span.start) < last, let end = headerEnd(token.end), end >= last {
            isIncomplete = true
        }
    }

    /// The `;`, line end or end of the input at which the words from an offset end; nil where they are
    /// no words of a shell, such as before a block.
    private func headerEnd(_ place: Int) -> Int? {
        var place = place
        while place < lexer.limit {
            switch lexer.bytes[place] {
            case UInt8(ascii: ";"), UInt8(ascii: "\n"): return place
            case UInt8(ascii: "|"), UInt8(ascii: "&"):
                place = skipFree(place + 1, alsoSemicolons: false)
            case UInt8(ascii: "{"):
                guard let end = tightBraceEnd(place, depth: 0) else { return nil }
                place = end
            case let byte where Characters.isBlank(byte):
                place = lexer.skipBlanks(from: place, free: false)
            default:
                guard let end = headerPartEnd(place, depth: 0) else { return nil }
                place = end
            }
        }
        return place
    }

    /// The end of one character, quote or bracket of a header.
    private func headerPartEnd(_ place: Int, depth: Int) -> Int? {
        switch lexer.bytes[place] {
        case UInt8(ascii: "\\"): return min(place + 2, lexer.limit)
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return quoteEnd(place)
        case UInt8(ascii: "("): return nestedEnd(place, UInt8(ascii: ")"), depth)
        case UInt8(ascii: "["): return nestedEnd(place, UInt8(ascii: "]"), depth)
        case UInt8(ascii: "{"): return nestedEnd(place, UInt8(ascii: "}"), depth)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return nil
        default: return place + 1
        }
    }

    /// The end of a bracket with everything in it, line ends included.
    private func nestedEnd(_ open: Int, _ closer: UInt8, _ depth: Int) -> Int? {
        guard depth < options.limits.nesting else { return nil }
        var place = open + 1
        while place < lexer.limit {
            if lexer.bytes[place] == closer { return place + 1 }
            guard let end = headerPartEnd(place, depth: depth + 1) else { return nil }
            place = end
        }
        return nil
    }

    /// The end of `{…}` without a blank in it: `{1..3}`, `${x}`.
    private func tightBraceEnd(_ open: Int, depth: Int) -> Int? {
        guard depth < options.limits.nesting else { return nil }
        var place = open + 1
        while place < lexer.limit {
            switch lexer.bytes[place] {
            case UInt8(ascii: "}"): return place + 1
            case UInt8(ascii: "{"):
                guard let end = tightBraceEnd(place, depth: depth + 1) else { return nil }
                place = end
            case UInt8(ascii: "\n"): return nil
            case let byte where Characters.isBlank(byte): return nil
            default: place += 1
            }
        }
        return nil
    }

    /// The end of a quote; it may span lines. Nil where it has none.
    private func quoteEnd(_ open: Int) -> Int? {
        let quote = lexer.bytes[open]
        var place = open + 1
        while place < lexer.limit {
            if lexer.bytes[place] == quote { return place + 1 }
            let isEscape = quote == UInt8(ascii: "\"") && lexer.bytes[place] == UInt8(ascii: "\\")
            place += isEscape ? 2 : 1
        }
        return nil
    }

    private func skipFree(_ place: Int, alsoSemicolons: Bool) -> Int {
        var place = place
        while true {
            let next = lexer.skipBlanks(from: place, free: false)
            let byte = lexer.byte(next)
            guard
                next < lexer.limit,
                byte == UInt8(ascii: "\n") || alsoSemicolons && byte == UInt8(ascii: ";")
            else { return next }
            place = next + 1
        }
    }

    // MARK: Brackets

    /// True when commands follow a bracket that could also begin an expression or a map: two words
    /// side by side, or one before `;`, `|` or `&`.
    private func isCommandAhead(_ place: Int) -> Bool {
        let start = skipFree(place, alsoSemicolons: false)
        if isBareWord("!", at: start) || isAssignmentAhead(start) { return true }
        guard Characters.isNameStart(lexer.byte(start)) else { return false }
        let nameEnd = lexer.nameEnd(from: start)
        switch Keyword(rawValue: lexer.text(start..<nameEnd)) {
        case nil: break
        case .for, .while: return isHeaderAhead(nameEnd, before: .do)
        case .if: return isHeaderAhead(nameEnd, before: .then)
        default: return false
        }
        let end = verbEnd(nameEnd)
        let next = skipFree(end, alsoSemicolons: false)
        switch lexer.byte(next) {
        case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"): return true
        default: return next > end && isArgumentAhead(next)
        }
    }

    /// True when what follows a name and a blank is a word that no expression goes on with.
    private func isArgumentAhead(_ place: Int) -> Bool {
        switch lexer.byte(place) {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "$"): return true
        case UInt8(ascii: "/"): return !isWordEnd(place + 1)
        case UInt8(ascii: "-"): return lexer.has("--", at: place) && !isWordEnd(place + 2)
        case let byte where Characters.isDigit(byte): return true
        case let byte where Characters.isNameStart(byte):
            let word = lexer.text(place..<lexer.nameEnd(from: place))
            if let keyword = Keyword(rawValue: word) { return !keyword.continuesExpression }
            return !["sort", "by", "desc"].contains(word)
        default: return false
        }
    }

    /// True when what follows `[` is a test and no list: `[ -f x ]`, `[ "$a" = b ]`, `[ 1 -lt 2 ]`.
    private func isTestAhead(_ place: Int) -> Bool {
        let start = lexer.byte(place) == UInt8(ascii: "[") ? place + 1 : place
        var first = start
        while Characters.isBlank(lexer.byte(first)) { first += 1 }
        guard first > start else { return false }
        let byte = lexer.byte(first)
        if byte == UInt8(ascii: "!"), Characters.isBlank(lexer.byte(first + 1)) { return true }
        if startsExpansion(at: first) { return true }
        if byte == UInt8(ascii: "\""), !lexer.has("${", at: first + 1),
            startsExpansion(at: first + 1)
        {
            return true
        }
        if byte == UInt8(ascii: "-"), Characters.isLetter(lexer.byte(first + 1)),
            Characters.isBlank(lexer.byte(first + 2))
        {
            return true
        }
        guard var operation = testOperandEnd(first), operation > first,
            Characters.isBlank(lexer.byte(operation))
        else { return false }
        while Characters.isBlank(lexer.byte(operation)) { operation += 1 }
        return Self.testOperators.contains { sign in
            lexer.has(sign, at: operation)
                && Characters.isBlank(lexer.byte(operation + sign.utf8CodeUnitCount))
        }
    }

    private func testOperandEnd(_ place: Int) -> Int? {
        switch lexer.byte(place) {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return quoteEnd(place)
        default:
            var end = place
            while Characters.isNamePart(lexer.byte(end)) || lexer.byte(end) == UInt8(ascii: "-")
                || lexer.byte(end) == UInt8(ascii: ".") || lexer.byte(end) == UInt8(ascii: "/")
            {
                end += 1
            }
            return end
        }
    }

    /// The operators of `[ … ]` that no expression has. (`==` and `!=` it has too.)
    private static let testOperators: [StaticString] = [
        "=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge",
    ]
}
