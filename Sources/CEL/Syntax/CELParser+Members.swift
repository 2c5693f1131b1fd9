extension CELParser {
    /// member := primary {"." ["?"] name | "." name "(" [arguments] ")" | "[" ["?"] expr "]"}
    mutating func parseMember() throws(Stop) -> CELTermID {
        var operand = try parsePrimary()
        while true {
            let mark = next
            if takes(.dot) {
                operand = try parseSelection(of: operand, mark)
            } else if takes(.leftBracket) {
                let isOptional = takes(.question)
                if isOptional { checkOptional("[?", at: mark.range.lowerBound) }
                let index = try parseExpression()
                try require(.rightBracket)
                operand = try call(
                    isOptional ? CELOperator.optionalIndex : CELOperator.index, [operand, index],
                    at: mark.range.lowerBound)
            } else {
                return operand
            }
        }
    }

    private mutating func checkOptional(_ syntax: String, at place: Int) {
        if !macros.hasOptionals {
            issues.append(source.issue(at: place, "unsupported syntax '\(syntax)'"))
        }
    }

    private mutating func parseSelection(
        of operand: CELTermID, _ mark: CELToken
    ) throws(Stop) -> CELTermID {
        let isOptional = takes(.question)
        let name = next
        let isQuoted = name.kind == .quotedIdentifier
        if isQuoted, !macros.libraries.contains(.newest) {
            issues.append(source.issue(at: name.range.lowerBound, "unsupported syntax: '`'"))
            throw Stop()
        }
        guard isQuoted || name.kind == .identifier else {
            throw noSelection(mark, isOptional: isOptional)
        }
        _ = take()
        let word = isQuoted ? String(text(name).dropFirst().dropLast()) : text(name)
        let place = mark.range.lowerBound
        if isOptional {
            checkOptional(".?", at: place)
            let field = try add(.literal(.string(word)), at: name.range.lowerBound)
            return try call(CELOperator.optionalSelect, [operand, field], at: place)
        }
        let open = next
        guard !isQuoted, takes(.leftParenthesis) else {
            return try add(.select(operand, word, isTest: false), at: place, over: [operand])
        }
        let arguments = try parseArguments()
        return try callOrMacro(
            word, target: operand, arguments, at: open.range.lowerBound)
    }

    /// Notes that no name stands behind a dot, as ANTLR says it.
    private mutating func noSelection(_ mark: CELToken, isOptional: Bool) -> Stop {
        let offender = next
        var message: String
        if case .sign(let sign) = offender.kind, CELSign.words[sign.rawValue] != nil {
            message = "Syntax error: mismatched input '\(sign.rawValue)' expecting IDENTIFIER"
        } else {
            let end = offender.kind == .end ? offender.range.lowerBound : offender.range.upperBound
            var shown = isOptional ? ".?" : "."
            if offender.kind != .end { shown += text(offender) }
            message = "Syntax error: no viable alternative at input '\(shown)'"
            if end < mark.range.lowerBound { message = "" }
        }
        issues.append(source.issue(at: offender.range.lowerBound, message))
        return Stop()
    }

    /// arguments := [expr {"," expr}] ")"
    private mutating func parseArguments() throws(Stop) -> [CELTermID] {
        if takes(.rightParenthesis) { return [] }
        var arguments = [try parseExpression()]
        while takes(.comma) { arguments.append(try parseExpression()) }
        try require(.rightParenthesis)
        return arguments
    }

    // MARK: Calls

    private mutating func callOrMacro(
        _ name: String, target: CELTermID?, _ arguments: [CELTermID], at place: Int
    ) throws(Stop) -> CELTermID {
        if let macro = macros.macro(name, count: arguments.count, hasTarget: target != nil) {
            var expander = CELMacroExpander(tree: tree, place: place)
            let outcome = expander.expand(macro, target: target, arguments)
            switch outcome {
            case .expanded(let term):
                tree = expander.tree
                return try add(tree[term], at: place, over: [target].compactMap(\.self) + arguments)
            case .notMine: break
            case .wrong(let message, let term):
                issues.append(source.issue(at: tree.place(of: term), message))
                return try add(.broken, at: place)
            }
        }
        return try add(
            .call(name, target: target, arguments), at: place,
            over: [target].compactMap(\.self) + arguments)
    }

    // MARK: Primaries

    /// primary := ["."] name | ["."] name "(" [arguments] ")" | "(" expr ")" | list | map
    ///   | ["."] name {"." name} "{" [fields] "}" | literal
    private mutating func parsePrimary() throws(Stop) -> CELTermID {
        let mark = next
        switch mark.kind {
        case .identifier: return try parseNamed(mark, leadingDot: false)
        case .sign(.dot):
            _ = take()
            guard next.kind == .identifier else {
                throw noSelection(mark, isOptional: false)
            }
            return try parseNamed(mark, leadingDot: true)
        case .sign(.leftParenthesis):
            _ = take()
            let inner = try parseExpression()
            try require(.rightParenthesis)
            return inner
        case .sign(.leftBracket): return try parseList()
        case .sign(.leftBrace): return try parseMap()
        case .int, .uint, .double, .string, .bytes, .sign(.isTrue), .sign(.isFalse), .sign(.null):
            return try parseLiteral()
        case .sign(.minus) where following.kind == .int || following.kind == .double:
            return try parseLiteral()
        case .end, .quotedIdentifier, .sign:
            try fail(
                expecting: "{\(Self.operandWords)}", follows: { Self.beginsOperand($0) })
            throw Stop()
        }
    }

    private mutating func parseNamed(
        _ mark: CELToken, leadingDot: Bool
    ) throws(Stop) -> CELTermID {
        let name = take()
        let word = text(name)
        if let structure = try parseStructure(name, leadingDot: leadingDot) { return structure }
        let full = leadingDot ? "." + word : word
        let isReserved = Self.reservedNames.contains(word)
        if isReserved {
            issues.append(
                source.issue(at: mark.range.lowerBound, "reserved identifier: \(word)"))
        }
        let open = next
        guard takes(.leftParenthesis) else {
            return try add(isReserved ? .broken : .name(full), at: name.range.lowerBound)
        }
        let arguments = try parseArguments()
        if isReserved { return try add(.broken, at: open.range.lowerBound) }
        return try callOrMacro(full, target: nil, arguments, at: open.range.lowerBound)
    }

    /// A value of a named type, where a brace stands behind the name: `a.b.C{field: 1}`.
    private mutating func parseStructure(
        _ first: CELToken, leadingDot: Bool
    ) throws(Stop) -> CELTermID? {
        let start = mark
        var names = [text(first)]
        while next.kind == .sign(.dot), following.kind == .identifier {
            _ = take()
            names.append(text(take()))
        }
        let open = next
        guard takes(.leftBrace) else {
            restore(start)
            return nil
        }
        var fields: [CELTerm.FieldValue] = []
        while next.kind != .sign(.rightBrace) {
            if !fields.isEmpty || next.kind == .sign(.comma) {
                guard takes(.comma) else {
                    try fail(expecting: "{'}', ','}", follows: { $0 == .sign(.rightBrace) })
                    break
                }
                if next.kind == .sign(.rightBrace) { break }
            }
            let isOptional = takes(.question)
            guard next.kind == .identifier else {
                try fail(
                    expecting: "{'}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}",
                    follows: { $0 == .identifier || $0 == .sign(.rightBrace) })
                break
            }
            if isOptional { checkOptional("?", at: next.range.lowerBound) }
            let name = text(take())
            let colon = next.range.lowerBound
            try require(.colon)
            fields.append(
                CELTerm.FieldValue(
                    name: name, value: try parseExpression(), isOptional: isOptional, place: colon))
        }
        try require(.rightBrace)
        let name = (leadingDot ? "." : "") + names.joined(separator: ".")
        return try add(
            .structure(name, fields), at: open.range.lowerBound, over: fields.map(\.value))
    }

    /// list := "[" [["?"] expr {"," ["?"] expr}] [","] "]"
    private mutating func parseList() throws(Stop) -> CELTermID {
        let open = take()
        var elements: [CELTermID] = []
        var optional: [Bool] = []
        while next.kind != .sign(.rightBracket) {
            if !elements.isEmpty || next.kind == .sign(.comma) {
                guard takes(.comma) else {
                    try fail(expecting: "{']', ','}", follows: { $0 == .sign(.rightBracket) })
                    break
                }
                if next.kind == .sign(.rightBracket) { break }
            }
            try checkItem(closing: "']'", isEmpty: elements.isEmpty)
            let mark = next
            let isOptional = takes(.question)
            if isOptional { checkOptional("?", at: mark.range.lowerBound) }
            optional.append(isOptional)
            elements.append(try parseExpression())
        }
        try require(.rightBracket)
        return try add(
            .list(elements, optional: optional), at: open.range.lowerBound, over: elements)
    }

    /// map := "{" [["?"] expr ":" expr {"," ["?"] expr ":" expr}] [","] "}"
    private mutating func parseMap() throws(Stop) -> CELTermID {
        let open = take()
        var entries: [CELTerm.Entry] = []
        while next.kind != .sign(.rightBrace) {
            if !entries.isEmpty || next.kind == .sign(.comma) {
                guard takes(.comma) else {
                    try fail(expecting: "{'}', ','}", follows: { $0 == .sign(.rightBrace) })
                    break
                }
                if next.kind == .sign(.rightBrace) { break }
            }
            try checkItem(closing: "'}'", isEmpty: entries.isEmpty)
            let mark = next
            let isOptional = takes(.question)
            if isOptional { checkOptional("?", at: mark.range.lowerBound) }
            let key = try parseExpression()
            let colon = next.range.lowerBound
            try require(.colon)
            entries.append(
                CELTerm.Entry(
                    key: key, value: try parseExpression(), isOptional: isOptional, place: colon))
        }
        try require(.rightBrace)
        return try add(
            .map(entries), at: open.range.lowerBound,
            over: entries.flatMap { [$0.key, $0.value] })
    }

    /// That the next word can begin an item of a list or map.
    private mutating func checkItem(closing: String, isEmpty: Bool) throws(Stop) {
        if next.kind == .sign(.question) || Self.beginsOperand(next.kind) { return }
        guard isEmpty else {
            try fail(
                expecting: "{\(Self.operandWords)}", follows: { Self.beginsOperand($0) })
            return
        }
        let signs =
            closing == "']'"
            ? "'[', ']', '{', '(', '.', ',', '-', '!', '?', "
            : "'[', '{', '}', '(', '.', ',', '-', '!', '?', "
        try fail(
            expecting: "{\(signs)'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, "
                + "STRING, BYTES, IDENTIFIER}", follows: { Self.beginsOperand($0) })
    }
}
