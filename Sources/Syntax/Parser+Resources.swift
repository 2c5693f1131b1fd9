// Resource literals, selectors and the brackets of paths (DECISIONS 5 and 6).

/// Where a name with interpolations stands, which decides its characters.
enum NameRole {
    case kind, object, namespace, labelKey, labelValue
}

extension Parser {
    /// resource or name = resource | resources | name ;
    ///
    /// What is glued to the name decides: `kind/x`, `kind@x`, `kind${x}` and `kind[selector]` are
    /// resources. The group of a kind may stand after a dot: `deployments.apps/web`.
    mutating func parseNameOrResource(_ token: Token) throws(SyntaxFailure) -> Expression {
        var end = token.end
        while lexer.byte(end) == UInt8(ascii: "."), Characters.isNamePart(lexer.byte(end + 1)) {
            end += 1
            while Characters.isNamePart(lexer.byte(end)) || lexer.byte(end) == UInt8(ascii: "-") {
                end += 1
            }
        }
        let afterFirst = lexer.byte(token.end)
        if lexer.byte(end) == UInt8(ascii: "/"), end + 1 == lexer.limit {
            note(.objectName(kind: lexer.text(token.start..<end)), from: end + 1)
        }
        noteOpenBracket(at: end, of: .kind(lexer.text(token.start..<end)))
        let isDollar = afterFirst == UInt8(ascii: "$") && lexer.has("${", at: token.end)
        if isDollar || startsObjectName(at: end) || lexer.byte(end) == UInt8(ascii: "@")
            || lexer.has("${", at: end)
        {
            move(to: token.start)
            return try parseResource(from: token.start)
        }
        advance()
        let name = lexer.text(token.start..<token.end)
        guard afterFirst == UInt8(ascii: "["), opensSelector(at: token.end, ofKind: true) else {
            return Expression(kind: .name(name), span: token.span)
        }
        let kind = NameText(pieces: [.text(name)], span: token.span)
        return try parseList(of: kind, scope: .current, from: token.start)
    }

    /// True at a `/` that a name follows at once.
    private func startsObjectName(at place: Int) -> Bool {
        guard lexer.byte(place) == UInt8(ascii: "/") else { return false }
        return Characters.isNamePart(lexer.byte(place + 1)) || lexer.has("${", at: place + 1)
    }

    /// A kind that starts with `${`.
    mutating func parseInterpolatedKind(_ token: Token) throws(SyntaxFailure) -> Expression {
        move(to: token.start)
        return try parseResource(from: token.start)
    }

    /// resource  = kind, "/", object name, [ "@", namespace ] ;
    /// resources = kind, [ "@", ( namespace | "*" ) ], selector ;
    private mutating func parseResource(from start: Int) throws(SyntaxFailure) -> Expression {
        let kind = try parseNameText(.kind, "a kind")
        if startsObjectName(at: offset) {
            move(to: offset + 1)
            let name = try parseObjectName(kind)
            var namespace: NameText?
            if lexer.byte(offset) == UInt8(ascii: "@") {
                move(to: offset + 1)
                lastEnd = offset
                noteNamespace()
                namespace = try parseNameText(.namespace, "a namespace after `@`")
            }
            height = 1
            recorder?.word(from: start, to: offset)
            let literal = ResourceLiteral(kind: kind, name: name, namespace: namespace)
            return Expression(kind: .resource(literal), span: span(from: start))
        }
        var scope = NamespaceScope.current
        if lexer.byte(offset) == UInt8(ascii: "@") {
            move(to: offset + 1)
            lastEnd = offset
            if lexer.byte(offset) == UInt8(ascii: "*") {
                move(to: offset + 1)
                lastEnd = offset
                scope = .all
            } else {
                noteNamespace()
                scope = .named(try parseNameText(.namespace, "a namespace or `*` after `@`"))
            }
            guard lexer.byte(offset) == UInt8(ascii: "[") else {
                let place = SourceSpan(at: offset)
                let words = source.text(in: kind.span)
                let namespace = lexer.text((Int(kind.span.end) + 1)..<offset)
                throw fail(.listOfKindNeedsBrackets(kind: words, namespace: namespace), at: place)
            }
        }
        guard lexer.byte(offset) == UInt8(ascii: "[") else {
            throw fail(.interpolationInExpression, at: span(from: start))
        }
        recorder?.word(from: start, to: offset)
        return try parseList(of: kind, scope: scope, from: start)
    }

    private mutating func parseList(
        of kind: NameText, scope: NamespaceScope, from start: Int
    ) throws(SyntaxFailure) -> Expression {
        if let text = kind.literalText { noteOpenBracket(at: offset, of: .kind(text)) }
        let selector = try parseSelector(kind.literalText.map { .kind($0) })
        height = 1
        let list = ResourceListLiteral(kind: kind, scope: scope, selector: selector)
        return Expression(kind: .resources(list), span: span(from: start))
    }

    /// The name after `/`. A path that was glued to it is reported and left for the path.
    private mutating func parseObjectName(_ kind: NameText) throws(SyntaxFailure) -> NameText {
        let start = offset
        let name = try parseNameText(.object, "a name after `/`")
        if offset == lexer.limit, let text = kind.literalText {
            note(.objectName(kind: text), from: start)
        }
        guard startsPath(at: offset) else { return name }
        var end = offset
        while Characters.isNamePart(lexer.byte(end)) || lexer.byte(end) == UInt8(ascii: ".") {
            end += 1
        }
        report(
            .pathGluedToName(
                name: lexer.text(Int(kind.span.start)..<offset), path: lexer.text(offset..<end)),
            at: SourceSpan(start: offset, end: end))
        return name
    }

    /// True at `.spec`, `.status` and `.metadata` as whole words.
    private func startsPath(at place: Int) -> Bool {
        guard lexer.byte(place) == UInt8(ascii: ".") else { return false }
        let end = lexer.nameEnd(from: place + 1)
        if lexer.byte(end) == UInt8(ascii: "-") { return false }
        return ["spec", "status", "metadata"].contains(lexer.text((place + 1)..<end))
    }

    /// name text = { character of the role | interpolation } ; nothing but a label value may be empty
    mutating func parseNameText(
        _ role: NameRole, _ expectation: String
    ) throws(SyntaxFailure) -> NameText {
        let start = offset
        var builder = PieceBuilder()
        while offset < lexer.limit {
            if lexer.has("${", at: offset) {
                builder.append(try parseInterpolation())
            } else if isPart(of: role, at: offset) {
                builder.append(lexer.bytes[offset])
                move(to: offset + 1)
                lastEnd = offset
            } else {
                break
            }
        }
        if builder.isEmpty { throw unexpected(expectation) }
        recorder?.word(from: start, to: offset)
        return NameText(pieces: builder.finish(), span: SourceSpan(start: start, end: offset))
    }

    /// `.` and `:` belong to a name only between other parts of it.
    private func isPart(of role: NameRole, at place: Int) -> Bool {
        let byte = lexer.byte(place)
        if Characters.isNamePart(byte) { return true }
        switch byte {
        case UInt8(ascii: "-"): return true
        case UInt8(ascii: "/"): return role == .labelKey
        case UInt8(ascii: "."), UInt8(ascii: ":"):
            if role == .namespace || byte == UInt8(ascii: ":") && role != .object { return false }
            if role == .object, startsPath(at: place) { return false }
            return Characters.isNamePart(lexer.byte(place + 1)) || lexer.has("${", at: place + 1)
        default: return false
        }
    }

    // MARK: Brackets

    /// True when the bracket at `place` opens with a key, `!`, `]` or `${`, so that it selects.
    ///
    /// In a path a key alone is an index by a variable; after a kind it asks for a label.
    func opensSelector(at place: Int, ofKind: Bool) -> Bool {
        let first = lexer.skipBlanks(from: place + 1, free: true)
        switch lexer.byte(first) {
        case UInt8(ascii: "]"), UInt8(ascii: "!"): return true
        case UInt8(ascii: "$"): return lexer.has("${", at: first)
        case let byte where Characters.isNameStart(byte): break
        default: return false
        }
        var end = first
        while isPart(of: .labelKey, at: end) { end += 1 }
        if lexer.has("${", at: end) { return true }
        let next = lexer.skipBlanks(from: end, free: true)
        switch lexer.byte(next) {
        case UInt8(ascii: "="): return true
        case UInt8(ascii: "!"): return lexer.byte(next + 1) == UInt8(ascii: "=")
        case UInt8(ascii: ","), UInt8(ascii: "]"):
            return ofKind && Keyword(rawValue: lexer.text(first..<end)) == nil
        default:
            let word = lexer.text(next..<lexer.nameEnd(from: next))
            return next > end && (word == "in" || word == "notin")
        }
    }

    /// bracket = selector | "[", "*", "]" | "[", expression, "]" ;
    mutating func parseBracket(
        ofKind: Bool, from base: Expression
    ) throws(SyntaxFailure) -> PathSegment {
        let start = offset
        if isCompleting, Characters.isNameStart(lexer.byte(start + 1)) {
            noteOpenBracket(at: start, of: .items(of: base))
        }
        if opensSelector(at: start, ofKind: ofKind) {
            let selector = try parseSelector(.items(of: base))
            height = 1
            return PathSegment(kind: .select(selector), span: selector.span)
        }
        let bracket = try open()
        let wasFree = isFree
        isFree = true
        defer { isFree = wasFree }
        let kind: PathSegmentKind
        if accept(.star) {
            kind = .all
            height = 1
        } else {
            kind = .index(try parseExpression())
        }
        try close(bracket, with: .rightBracket)
        return PathSegment(kind: kind, span: span(from: start))
    }

    /// selector = "[", [ requirement, { ",", requirement } ], "]" ;
    private mutating func parseSelector(
        _ chosenFrom: CompletionContext.SelectorSource?
    ) throws(SyntaxFailure) -> Selector {
        let bracket = try open()
        if isCompleting, let chosenFrom { selectorSources.append(chosenFrom) }
        let wasFree = isFree
        isFree = true
        defer { isFree = wasFree }
        var requirements: [Requirement] = []
        while peek().kind != .rightBracket {
            requirements.append(try parseRequirement())
            if !accept(.comma) { break }
        }
        try close(bracket, with: .rightBracket)
        if isCompleting, chosenFrom != nil { selectorSources.removeLast() }
        recorder?.regionIsSelector(at: bracket.start)
        return Selector(requirements: requirements, span: span(from: bracket.start))
    }

    /// requirement = "!", key | key, [ ( "=" | "==" | "!=" ), value
    ///             | ( "in" | "notin" ), "(", value, { ",", value }, ")" ] ;
    private mutating func parseRequirement() throws(SyntaxFailure) -> Requirement {
        let start = peek().start
        let isAbsent = accept(.bang)
        move(to: peek().start)
        if isCompleting, let source = selectorSources.last { noteKey(from: offset, of: source) }
        let key = try parseNameText(.labelKey, "a label key")
        let kind: RequirementKind
        switch peek().kind {
        case _ where isAbsent: kind = .absent(key)
        case .assign, .equal:
            advance()
            noteValue(of: key)
            kind = .equal(key, try parseSelectorValue())
        case .notEqual:
            advance()
            noteValue(of: key)
            kind = .notEqual(key, try parseSelectorValue())
        case .name where peek().keyword == .in:
            advance()
            kind = .oneOf(key, try parseSelectorValues(of: key))
        case .name where isNext("notin"):
            advance()
            kind = .noneOf(key, try parseSelectorValues(of: key))
        default: kind = .exists(key)
        }
        guard [.comma, .rightBracket].contains(peek().kind) else {
            throw unexpected(
                "`,` or `]` after the requirement", candidates: ["in", "notin"],
                hint: "write `[app=web, tier in (a, b), !canary]`")
        }
        return Requirement(kind: kind, span: span(from: start))
    }

    private mutating func parseSelectorValues(
        of key: NameText
    ) throws(SyntaxFailure) -> [SelectorValue] {
        guard peek().kind == .leftParenthesis else { throw unexpected("`(` and the values") }
        let parenthesis = try open()
        noteValue(of: key)
        var values = [try parseSelectorValue()]
        while accept(.comma) {
            noteValue(of: key)
            values.append(try parseSelectorValue())
        }
        try close(parenthesis, with: .rightParenthesis)
        return values
    }

    /// value = string | { name character | interpolation } ;
    private mutating func parseSelectorValue() throws(SyntaxFailure) -> SelectorValue {
        let token = peek()
        switch token.kind {
        case .doubleQuote, .singleQuote:
            let string = try parseString()
            return SelectorValue(pieces: string.pieces, isQuoted: true, span: string.span)
        case .comma, .rightBracket, .rightParenthesis:
            return SelectorValue(pieces: [], isQuoted: false, span: SourceSpan(at: lastEnd))
        default:
            move(to: token.start)
            let text = try parseNameText(.labelValue, "a label value")
            return SelectorValue(pieces: text.pieces, isQuoted: false, span: text.span)
        }
    }
}
