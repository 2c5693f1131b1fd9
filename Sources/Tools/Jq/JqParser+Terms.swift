import Value

/// What operators stand between: literals, brackets, `if`, `reduce`, objects.
extension JqParser {
    mutating func parseTerm() throws(JqCompileError) -> JqNode {
        if stack.isUsedUp { throw JqCompileError("nested too deeply") }
        switch current {
        case .number(let value):
            advance()
            return add(.literal(value))
        case .string(let parts, let format):
            advance()
            return try parseString(parts, format)
        case .format(let name):
            advance()
            return add(.format(try format(name)))
        case .field(let name):
            advance()
            return add(.index(add(.identity), key: add(.literal(Value(name)))))
        case .variable(let name):
            advance()
            return try variable(name)
        case .name(let name):
            advance()
            return try parseCall(name)
        case .keyword(.if):
            advance()
            return try parseIf()
        case .symbol("."):
            advance()
            if case .string(let parts, let format) = current {
                advance()
                return add(.index(add(.identity), key: try parseString(parts, format)))
            }
            return add(.identity)
        case .symbol(".."):
            advance()
            return add(.recurse)
        case .symbol("("):
            advance()
            let inner = try parsePipe()
            try expect(")")
            return inner
        case .symbol("["):
            advance()
            if take("]") { return add(.list(nil)) }
            let inner = try parsePipe()
            try expect("]")
            return add(.list(inner))
        case .symbol("{"):
            advance()
            return try parseObject()
        case .keyword(.reduce), .keyword(.foreach), .keyword(.try): return try parsePostfix()
        case .symbol("-"): return try parsePostfix()
        case .keyword, .symbol, .end: throw unexpected
        }
    }

    func format(_ name: String) throws(JqCompileError) -> JqFormat {
        guard let format = JqFormat(rawValue: name) else {
            throw JqCompileError("\(name) is not a valid format")
        }
        return format
    }

    mutating func parseString(
        _ parts: [JqStringPart], _ formatName: String?
    ) throws(JqCompileError) -> JqNode {
        if formatName == nil, parts.count == 1, case .text(let text) = parts[0] {
            return add(.literal(Value(text)))
        }
        var pieces: [JqPiece] = []
        for part in parts {
            switch part {
            case .text(let text): pieces.append(.text(text))
            case .tokens(let inner):
                let outer = (tokens, place)
                (tokens, place) = (inner, 0)
                let node = try parsePipe()
                guard current == .end else { throw unexpected }
                (tokens, place) = outer
                pieces.append(.node(node))
            }
        }
        return add(
            .string(
                pieces,
                format: try formatName.map { name throws(JqCompileError) in try format(name) }
                    ?? .text))
    }

    mutating func parseIf() throws(JqCompileError) -> JqNode {
        let condition = try parsePipe()
        try expect(.then)
        let yes = try parsePipe()
        if take(.elif) { return add(.condition(condition, yes, try parseIf())) }
        let no = take(.else) ? try parsePipe() : nil
        try expect(.end)
        return add(.condition(condition, yes, no))
    }

    mutating func parseReduce() throws(JqCompileError) -> JqNode {
        let source = try parsePostfixTerm()
        try expect(.as)
        let (pattern, count) = try parsePattern()
        try expect("(")
        // The start does not see what the pattern binds.
        let inner = scope.suffix(count)
        scope.removeLast(count)
        let start = try parsePipe()
        scope += inner
        try expect(";")
        let update = try parsePipe()
        try expect(")")
        scope.removeLast(count)
        return add(.reduce(source, pattern, start: start, update: update))
    }

    mutating func parseForeach() throws(JqCompileError) -> JqNode {
        let source = try parsePostfixTerm()
        try expect(.as)
        let (pattern, count) = try parsePattern()
        try expect("(")
        let inner = scope.suffix(count)
        scope.removeLast(count)
        let start = try parsePipe()
        scope += inner
        try expect(";")
        let update = try parsePipe()
        let extract = take(";") ? try parsePipe() : nil
        try expect(")")
        scope.removeLast(count)
        return add(.foreach(source, pattern, start: start, update: update, extract: extract))
    }

    // MARK: Objects and patterns

    mutating func parseObject() throws(JqCompileError) -> JqNode {
        var fields: [(key: JqNode, value: JqNode)] = []
        while !take("}") {
            if !fields.isEmpty {
                try expect(",")
                if take("}") { break }
            }
            fields.append(try parseObjectField())
        }
        return add(.object(fields))
    }

    mutating func parseObjectField() throws(JqCompileError) -> (key: JqNode, value: JqNode) {
        let key: JqNode
        var shorthand: JqNode?
        switch current {
        case .variable(let name):
            advance()
            key = add(.literal(Value(name)))
            return (key, try variable(name))
        case .name(let name):
            advance()
            key = add(.literal(Value(name)))
        case .keyword(let keyword):
            advance()
            key = add(.literal(Value(keyword.rawValue)))
        case .number(let value):
            guard tokens[place + 1] == .symbol(":") else { throw unexpected }
            advance()
            throw JqCompileError(
                "Object keys must be strings, not number (\(JqText.compact(value)))")
        case .string(let parts, let format):
            advance()
            key = try parseString(parts, format)
        case .format(let name):
            advance()
            key = add(.format(try format(name)))
        case .symbol("("):
            advance()
            key = try parsePipe()
            try expect(")")
            try expect(":")
            return (key, try parseObjectValue())
        case .field, .symbol, .end: throw unexpected
        }
        shorthand = key
        guard take(":") else {
            // `{name}` is `{name: .name}`.
            return (key, add(.index(add(.identity), key: shorthand ?? key)))
        }
        return (key, try parseObjectValue())
    }

    /// Terms joined by `|` only, as the commas belong to the object.
    mutating func parseObjectValue() throws(JqCompileError) -> JqNode {
        let left = try parseOperators(0)
        guard take("|") else { return left }
        return add(.pipe(left, try parseObjectValue()))
    }
}
