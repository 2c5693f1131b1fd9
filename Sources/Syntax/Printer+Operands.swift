extension SyntaxPrinter {
    mutating func print(_ string: StringLiteral) {
        if string.isRaw {
            text += "'\(string.literalText ?? "")'"
        } else {
            printQuoted(string.pieces)
        }
    }

    /// `"…"` with the escapes of expressions.
    private mutating func printQuoted(_ pieces: [StringPiece]) {
        text += "\""
        for piece in pieces {
            switch piece {
            case .interpolation(let expression): printInterpolation(expression)
            case .expansion(let expansion): print(expansion)
            case .text(let content):
                var rest = content.unicodeScalars[...]
                while let scalar = rest.popFirst() {
                    switch scalar {
                    case "\"": text += "\\\""
                    case "\\": text += "\\\\"
                    case "\n": text += "\\n"
                    case "\t": text += "\\t"
                    case "\r": text += "\\r"
                    case "$": text += rest.first == "{" ? "\\$" : "$"
                    case _ where scalar.value < 0x20:
                        text += "\\u{\(String(scalar.value, radix: 16))}"
                    default: text.unicodeScalars.append(scalar)
                    }
                }
            }
        }
        text += "\""
    }

    mutating func printInterpolation(_ expression: Expression) {
        let wasInSubstitution = isInSubstitution
        isInSubstitution = false
        text += "${"
        print(expression, .whole)
        text += "}"
        isInSubstitution = wasInSubstitution
    }

    /// The operator; the body follows at the end of the line.
    mutating func print(_ document: HereDocument, inCommand: Bool) {
        text += "<<"
        if document.isInterpolated {
            text += document.isShellStyle ? document.tag : "$" + document.tag
        } else {
            text += inCommand ? "'\(document.tag)'" : document.tag
        }
        pendingDocuments.append(document)
    }

    private mutating func print(_ name: NameText) { printRaw(name.pieces) }

    private mutating func printRaw(_ pieces: [StringPiece]) {
        for piece in pieces {
            switch piece {
            case .text(let content): text += content
            case .interpolation(let expression): printInterpolation(expression)
            case .expansion(let expansion): print(expansion)
            }
        }
    }

    mutating func print(_ literal: ResourceLiteral) {
        print(literal.kind)
        text += "/"
        print(literal.name)
        if let namespace = literal.namespace {
            text += "@"
            print(namespace)
        }
    }

    mutating func print(_ list: ResourceListLiteral) {
        print(list.kind)
        switch list.scope {
        case .current: break
        case .all: text += "@*"
        case .named(let namespace):
            text += "@"
            print(namespace)
        }
        print(list.selector)
    }

    private mutating func print(_ selector: Selector) {
        text += "["
        for (index, requirement) in selector.requirements.enumerated() {
            if index > 0 { text += ", " }
            print(requirement)
        }
        text += "]"
    }

    private mutating func print(_ requirement: Requirement) {
        switch requirement.kind {
        case .equal(let key, let value):
            print(key)
            text += "="
            print(value)
        case .notEqual(let key, let value):
            print(key)
            text += "!="
            print(value)
        case .oneOf(let key, let values):
            print(key)
            text += " in "
            print(values)
        case .noneOf(let key, let values):
            print(key)
            text += " notin "
            print(values)
        case .exists(let key): print(key)
        case .absent(let key):
            text += "!"
            print(key)
        }
    }

    private mutating func print(_ values: [SelectorValue]) {
        text += "("
        for (index, value) in values.enumerated() {
            if index > 0 { text += ", " }
            print(value)
        }
        text += ")"
    }

    private mutating func print(_ value: SelectorValue) {
        if value.isQuoted { printQuoted(value.pieces) } else { printRaw(value.pieces) }
    }

    /// A path with its base.
    mutating func print(_ base: Expression, _ segments: [PathSegment]) {
        switch base.kind {
        case .path: printGroup(base)
        case .name(let name):
            var rest = SyntaxPrinter()
            rest.print(segments)
            // `x[i]` alone would read as a list of resources.
            let isList =
                rest.text.hasPrefix("[")
                && Parser(source: Source(name: "", text: rest.text), options: ParseOptions())
                    .opensSelector(at: 0, ofKind: true)
            text += isList ? "(\(name))" : name
        case .item:
            if case .field = segments[0].kind {} else { text += "it" }
        case .resource:
            print(base, .postfix)
            if case .field = segments[0].kind { text += " " }
        default: print(base, .postfix)
        }
        print(segments)
    }

    /// Path steps, glued.
    mutating func print(_ segments: [PathSegment]) {
        for segment in segments {
            switch segment.kind {
            case .field(let name): text += ".\(name)"
            case .all: text += "[*]"
            case .select(let selector): print(selector)
            case .index(let expression): printIndex(expression)
            }
        }
    }

    /// `[e]`, with parentheses where it would read as a selector.
    private mutating func printIndex(_ expression: Expression) {
        var index = SyntaxPrinter()
        index.text = "["
        index.print(expression, .whole)
        index.text += "]"
        let opens = Parser(source: Source(name: "", text: index.text), options: ParseOptions())
            .opensSelector(at: 0, ofKind: false)
        text += "["
        if opens { printGroup(expression) } else { print(expression, .whole) }
        text += "]"
    }
}
