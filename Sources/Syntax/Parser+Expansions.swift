// What a shell replaces in words: `$x`, `$((…))`, `$(…)`, backquotes, `{a,b}`.

extension Parser {
    /// expansion = parameter | braced parameter | arithmetic | substitution | backquoted ;
    ///
    /// Also an interpolation of the language; nil where the character stands for itself.
    mutating func parseExpandedPiece() throws(SyntaxFailure) -> StringPiece? {
        guard startsExpansion(at: offset) else { return nil }
        if lexer.byte(offset) == UInt8(ascii: "`") {
            return .expansion(.substitution(try parseBackquoted()))
        }
        switch lexer.byte(offset + 1) {
        case UInt8(ascii: "{"):
            guard isShell || isParameterAhead(offset + 2) else {
                return .interpolation(try parseInterpolation())
            }
            return .expansion(.parameter(try parseBracedParameter()))
        case UInt8(ascii: "("):
            if lexer.byte(offset + 2) == UInt8(ascii: "(") {
                return .expansion(.arithmetic(try parseArithmetic()))
            }
            return .expansion(.substitution(try parseParenthesized(.commands)))
        default: return .expansion(.parameter(parsePlainParameter()))
        }
    }

    /// True at a `$` or backquote that begins an expansion.
    func startsExpansion(at place: Int) -> Bool {
        switch lexer.byte(place) {
        case UInt8(ascii: "`"): return true
        case UInt8(ascii: "$"):
            let next = lexer.byte(place + 1)
            return next == UInt8(ascii: "{") || next == UInt8(ascii: "(")
                || Characters.isNameStart(next) || Self.isSpecialParameter(next)
        default: return false
        }
    }

    /// The names of the shell's own parameters.
    static func isSpecialParameter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "*"),
            UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "-"):
            true
        default: Characters.isDigit(byte)
        }
    }

    /// parameter = "$", ( name | special ) ; known to stand here
    mutating func parsePlainParameter() -> ShellParameter {
        let start = offset
        let isName = Characters.isNameStart(lexer.byte(start + 1))
        move(to: isName ? lexer.nameEnd(from: start + 1) : start + 2)
        lastEnd = offset
        return ShellParameter(
            name: lexer.text((start + 1)..<offset), operation: .value, span: span(from: start))
    }

    // MARK: Braces after the dollar

    /// True when what follows `${` can be no expression: `#x}`, `file}`, `x:-`, `x##`, `x%.yaml`,
    /// `x/a/b`.
    /// (In the shell dialect it is always a parameter.)
    func isParameterAhead(_ place: Int) -> Bool {
        if lexer.byte(place) == UInt8(ascii: "#") {
            let end = lexer.nameEnd(from: place + 1)
            return Characters.isNameStart(lexer.byte(place + 1))
                && lexer.byte(end) == UInt8(ascii: "}")
        }
        guard Characters.isNameStart(lexer.byte(place)) else { return false }
        let end = lexer.nameEnd(from: place)
        let next = lexer.byte(end + 1)
        switch lexer.byte(end) {
        case UInt8(ascii: "}"):
            guard let keyword = Keyword(rawValue: lexer.text(place..<end)) else { return false }
            return keyword != .it && keyword != .null && keyword != .true && keyword != .false
        case UInt8(ascii: ":"):
            return next == UInt8(ascii: "-") || next == UInt8(ascii: "=")
                || next == UInt8(ascii: "+")
        case UInt8(ascii: "#"): return true
        case UInt8(ascii: "%"):
            let first = next == UInt8(ascii: "-") ? lexer.byte(end + 2) : next
            return !Characters.isNamePart(first) && !Characters.isBlank(first)
                && first != UInt8(ascii: "(") && first != UInt8(ascii: "\"")
                && first != UInt8(ascii: "'") && first != UInt8(ascii: "\n") && first != 0
        case UInt8(ascii: "/"):
            var place = end + 1
            while place < lexer.limit, lexer.bytes[place] != UInt8(ascii: "/") {
                let byte = lexer.bytes[place]
                if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "\n")
                    || Characters.isBlank(byte)
                {
                    return false
                }
                place += 1
            }
            return place < lexer.limit
        default: return false
        }
    }

    /// braced parameter = "${", ( "#", name | name, [ operation ] ), "}" ;
    mutating func parseBracedParameter() throws(SyntaxFailure) -> ShellParameter {
        let start = offset
        try enter(SourceSpan(start: start, end: start + 2))
        defer { leave() }
        move(to: start + 2)
        let isLength =
            lexer.byte(offset) == UInt8(ascii: "#") && lexer.byte(offset + 1) != UInt8(ascii: "}")
        if isLength { move(to: offset + 1) }
        let nameStart = offset
        if Characters.isNameStart(lexer.byte(offset)) {
            move(to: lexer.nameEnd(from: offset))
        } else if Self.isSpecialParameter(lexer.byte(offset)) {
            repeat {
                move(to: offset + 1)
            } while Characters.isDigit(lexer.byte(offset))
                && Characters.isDigit(lexer.byte(offset - 1))
        } else {
            throw badParameter(start)
        }
        let name = lexer.text(nameStart..<offset)
        let operation: ShellParameterOperation =
            if isLength { .length } else { try parseParameterOperation(start) }
        guard lexer.byte(offset) == UInt8(ascii: "}") else { throw badParameter(start) }
        move(to: offset + 1)
        lastEnd = offset
        return ShellParameter(name: name, operation: operation, span: span(from: start))
    }

    /// operation = [ ":" ], ( "-" | "=" | "+" ), operand | ( "##" | "#" | "%%" | "%" ), operand
    ///           | ( "//" | "/" ), operand, [ "/", operand ] ;
    mutating func parseParameterOperation(
        _ start: Int
    ) throws(SyntaxFailure) -> ShellParameterOperation {
        let alsoEmpty = lexer.byte(offset) == UInt8(ascii: ":")
        if alsoEmpty { move(to: offset + 1) }
        let sign = lexer.byte(offset)
        switch sign {
        case UInt8(ascii: "}") where !alsoEmpty: return .value
        case UInt8(ascii: "-"): return .orElse(try parseOperand(), alsoEmpty: alsoEmpty)
        case UInt8(ascii: "="): return .assign(try parseOperand(), alsoEmpty: alsoEmpty)
        case UInt8(ascii: "+"): return .ifSet(try parseOperand(), alsoEmpty: alsoEmpty)
        case UInt8(ascii: "#") where !alsoEmpty, UInt8(ascii: "%") where !alsoEmpty:
            let isLongest = lexer.byte(offset + 1) == sign
            if isLongest { move(to: offset + 1) }
            return .trim(
                try parseOperand(), atEnd: sign == UInt8(ascii: "%"), isLongest: isLongest)
        case UInt8(ascii: "/") where !alsoEmpty:
            let isEvery = lexer.byte(offset + 1) == UInt8(ascii: "/")
            if isEvery { move(to: offset + 1) }
            let pattern = try parseOperand(upToSlash: true)
            let isGiven = lexer.byte(offset) == UInt8(ascii: "/")
            let replacement =
                isGiven ? try parseOperand() : Word(pieces: [], span: SourceSpan(at: offset))
            return .replace(pattern, with: replacement, isEvery: isEvery)
        default: throw badParameter(start)
        }
    }

    /// operand = { raw | quoted | expansion | interpolation | character } ; up to `}`, after a sign
    mutating func parseOperand(
        upToSlash: Bool = false
    ) throws(SyntaxFailure) -> Word {
        move(to: offset + 1)
        let start = offset
        var pieces: [WordPiece] = []
        var bare: [UInt8] = []
        func flush() {
            if !bare.isEmpty { pieces.append(.bare(String(decoding: bare, as: UTF8.self))) }
            bare.removeAll(keepingCapacity: true)
        }
        while offset < lexer.limit, !isBodyAhead(offset) {
            let byte = lexer.bytes[offset]
            if byte == UInt8(ascii: "}") || upToSlash && byte == UInt8(ascii: "/") { break }
            let piece: WordPiece
            switch byte {
            case UInt8(ascii: "'"):
                let quote = offset
                move(to: quote + 1)
                piece = .raw(try parseRawText(quote, isInExpression: false))
            case UInt8(ascii: "\""): piece = .quoted(try parseQuotedWord())
            case UInt8(ascii: "\\") where offset + 1 < lexer.limit:
                var end = offset + 2
                while end < lexer.limit, lexer.bytes[end] & 0xC0 == 0x80 { end += 1 }
                piece = .raw(lexer.text((offset + 1)..<end))
                move(to: end)
            default:
                switch try parseExpandedPiece() {
                case .interpolation(let expression): piece = .interpolation(expression)
                case .expansion(let expansion): piece = .expansion(expansion)
                case .text, nil:
                    bare.append(byte)
                    move(to: offset + 1)
                    continue
                }
            }
            flush()
            pieces.append(piece)
        }
        flush()
        lastEnd = offset
        return Word(pieces: pieces, span: SourceSpan(start: start, end: offset))
    }

    mutating func badParameter(_ start: Int) -> SyntaxFailure {
        let opener = SourceSpan(start: start, end: start + 2)
        if offset >= lexer.limit, lexer.limit == lexer.bytes.count { noteIncomplete() }
        if isShell { return fail(.shell("bad substitution"), at: opener) }
        return fail(
            .unclosed(
                opener: "${", openedAt: opener, closer: "}", found: describe(peek()),
                orComma: false),
            at: SourceSpan(at: offset))
    }

    // MARK: Arithmetic and backquotes

    /// arithmetic = "$((", { character | "(", arithmetic text, ")" | expansion }, "))" ;
    mutating func parseArithmetic() throws(SyntaxFailure) -> [StringPiece] {
        let start = offset
        let opener = SourceSpan(start: start, end: start + 3)
        try enter(opener)
        defer { leave() }
        move(to: start + 3)
        var builder = PieceBuilder()
        var depth = 0
        while offset < lexer.limit, !isBodyAhead(offset) {
            let byte = lexer.bytes[offset]
            if byte == UInt8(ascii: ")"), depth == 0 {
                guard lexer.byte(offset + 1) == byte else { break }
                move(to: offset + 2)
                lastEnd = offset
                return builder.finish()
            }
            if let piece = try parseExpandedPiece() {
                builder.append(piece)
                continue
            }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            builder.append(byte)
            move(to: offset + 1)
        }
        if offset == lexer.bytes.count { noteIncomplete() }
        if isShell { throw unexpected("`))`") }
        throw fail(
            .unclosed(
                opener: "$((", openedAt: opener, closer: "))", found: describe(peek()),
                orComma: false),
            at: SourceSpan(at: offset))
    }

    /// backquoted = "`", commands, "`" ; the next backquote without a backslash ends them
    mutating func parseBackquoted() throws(SyntaxFailure) -> Block {
        let start = offset
        var end = start + 1
        while end < lexer.limit, lexer.bytes[end] != UInt8(ascii: "`"), !isBodyAhead(end) {
            end += lexer.bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        let opener = SourceSpan(start: start, end: start + 1)
        guard lexer.byte(end) == UInt8(ascii: "`") else {
            if end >= lexer.bytes.count { noteIncomplete() }
            throw isShell
                ? fail(.shell("unexpected EOF while looking for matching ``'"), at: opener)
                : fail(.backquote(isInCommand: true), at: opener)
        }
        try enter(opener)
        defer { leave() }
        let (limit, wasInSubstitution, wasFree) = (lexer.limit, isInSubstitution, isFree)
        let wasExpanding = expandsBraces
        lexer.limit = end
        expandsBraces = true
        isInSubstitution = false
        isFree = false
        defer {
            lexer.limit = limit
            expandsBraces = wasExpanding
            isFree = wasFree
            isInSubstitution = wasInSubstitution
        }
        move(to: start + 1)
        var block = try parseList(.commands)
        if peek().kind != .end { throw unexpected("the end of the command") }
        move(to: end + 1)
        lastEnd = offset
        block.span = span(from: start)
        return block
    }
}
