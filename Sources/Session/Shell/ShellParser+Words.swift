/// Words: quotes, escapes and the expansions that begin with `$`.
extension ShellParser {
    /// word = { plain | "'"…"'" | '"'…'"' | "\" any | "$"… | "`"…"`" | "<(" list ")" }
    mutating func parseWord() throws(ShellSyntaxError) -> ShellWord? {
        skipBlanks()
        var word = ShellWord()
        var plain = ""
        func flushed(_ parts: [ShellWordPart]) -> [ShellWordPart] {
            plain.isEmpty ? parts : parts + [.text(plain, quoted: false)]
        }
        while let next = peek {
            if let part = try parseExpansion(quoted: false) {
                word.parts = flushed(word.parts) + [part]
                plain = ""
                continue
            }
            switch next {
            case " ", "\t", "\n", ";", "&", "|", ")": return finished(word, plain)
            case "(": return finished(word, plain)
            case "<", ">":
                guard next == "<", peek(1) == "(" else { return finished(word, plain) }
                position += 2
                let list = try parseList()
                try expect(")")
                word.parts = flushed(word.parts) + [.process(list)]
                plain = ""
            case "'":
                word.parts = flushed(word.parts) + [.text(try singleQuoted(), quoted: true)]
                plain = ""
            case "\"":
                position += 1
                word.parts = flushed(word.parts)
                word.parts += try parseQuoted(until: "\"")
                plain = ""
            case "\\":
                guard let escaped = peek(1) else { throw unexpected() }
                position += 2
                if escaped == "\n" { continue }
                word.parts = flushed(word.parts) + [.text(String(escaped), quoted: true)]
                plain = ""
            default:
                plain.append(next)
                position += 1
            }
        }
        return finished(word, plain)
    }

    private func finished(_ word: ShellWord, _ plain: String) -> ShellWord? {
        var word = word
        if !plain.isEmpty { word.parts.append(.text(plain, quoted: false)) }
        return word.parts.isEmpty ? nil : word
    }

    private mutating func singleQuoted() throws(ShellSyntaxError) -> String {
        guard let end = characters[(position + 1)...].firstIndex(of: "'") else {
            throw ShellSyntaxError(message: "unexpected EOF while looking for matching `''")
        }
        let text = String(characters[(position + 1)..<end])
        position = end + 1
        return text
    }

    /// The inside of double quotes, or of a here-document when `end` is nil.
    mutating func parseQuoted(until end: Character?) throws(ShellSyntaxError) -> [ShellWordPart] {
        var parts: [ShellWordPart] = []
        var text = ""
        while true {
            guard let next = peek else {
                if end == nil { break }
                throw ShellSyntaxError(message: "unexpected EOF while looking for matching `\"'")
            }
            if next == end {
                position += 1
                break
            }
            if next == "\\", let escaped = peek(1), "$`\\\n".contains(escaped) || escaped == end {
                position += 2
                if escaped != "\n" { text.append(escaped) }
                continue
            }
            if let part = try parseExpansion(quoted: true) {
                if !text.isEmpty { parts.append(.text(text, quoted: true)) }
                text = ""
                parts.append(part)
                continue
            }
            text.append(next)
            position += 1
        }
        // Empty quotes are a word of their own: `""` is one empty argument.
        if !text.isEmpty || parts.isEmpty { parts.append(.text(text, quoted: true)) }
        return parts
    }

    static func parseHereDocumentBody(
        _ body: String, sharing outer: inout ShellParser
    ) throws(ShellSyntaxError) -> ShellWord {
        var inner = ShellParser(body)
        inner.hereDocuments = outer.hereDocuments
        inner.depth = outer.depth
        let parts = try inner.parseQuoted(until: nil)
        outer.hereDocuments = inner.hereDocuments
        return ShellWord(parts: parts)
    }

    /// `$name`, `${…}`, `$(…)`, `$((…))`, `$'…'` and backquotes; nil if none begins here.
    private mutating func parseExpansion(quoted: Bool) throws(ShellSyntaxError) -> ShellWordPart? {
        if peek == "`" { return try parseBackquoted(quoted: quoted) }
        guard peek == "$", let next = peek(1) else { return nil }
        if next == "(", peek(2) == "(" {
            position += 3
            let text = try balancedArithmetic()
            var inner = ShellParser(text)
            return .arithmetic(ShellWord(parts: try inner.parseQuoted(until: nil)), quoted: quoted)
        }
        if next == "(" {
            position += 2
            let list = try parseList()
            try expect(")")
            return .command(list, quoted: quoted)
        }
        if next == "{" {
            position += 2
            return .variable(try parseBracedVariable(), quoted: quoted)
        }
        if next == "'", !quoted {
            position += 2
            return .text(try dollarQuoted(), quoted: true)
        }
        let start = position
        position += 1
        if let name = takeName() {
            return .variable(ShellVariable(name: name, operation: .plain), quoted: quoted)
        }
        if "?#@*$0123456789".contains(next) {
            position += 1
            return .variable(ShellVariable(name: String(next), operation: .plain), quoted: quoted)
        }
        position = start
        return nil
    }

    private mutating func parseBackquoted(quoted: Bool) throws(ShellSyntaxError) -> ShellWordPart {
        position += 1
        var text = ""
        while let next = peek, next != "`" {
            if next == "\\", let escaped = peek(1), "$`\\".contains(escaped) {
                text.append(escaped)
                position += 2
            } else {
                text.append(next)
                position += 1
            }
        }
        guard peek == "`" else {
            throw ShellSyntaxError(message: "unexpected EOF while looking for matching ``'")
        }
        position += 1
        var inner = ShellParser(text)
        inner.hereDocuments = hereDocuments
        inner.depth = depth
        let list = try inner.parseList()
        guard inner.position >= inner.characters.count else { throw inner.unexpected() }
        hereDocuments = inner.hereDocuments
        return .command(list, quoted: quoted)
    }

    private mutating func balancedArithmetic() throws(ShellSyntaxError) -> String {
        var open = 0
        let start = position
        while let next = peek {
            if next == ")", open == 0 {
                guard peek(1) == ")" else { throw unexpected() }
                defer { position += 2 }
                return String(characters[start..<position])
            }
            if next == "(" { open += 1 }
            if next == ")" { open -= 1 }
            position += 1
        }
        throw unexpected()
    }

    /// The rest of `${name operation}` after the brace.
    private mutating func parseBracedVariable() throws(ShellSyntaxError) -> ShellVariable {
        if peek == "#", peek(1) != "}" {
            position += 1
            guard let name = takeName(), take("}") else { throw badSubstitution() }
            return ShellVariable(name: name, operation: .length)
        }
        var name = takeName() ?? ""
        if name.isEmpty, let special = peek, "?#@*0123456789".contains(special) {
            name = String(special)
            position += 1
        }
        if name.isEmpty { throw badSubstitution() }
        if take("}") { return ShellVariable(name: name, operation: .plain) }
        let operation: ShellVariable.Operation
        if take(":-") {
            operation = .orElse(try operand(), alsoEmpty: true)
        } else if take("-") {
            operation = .orElse(try operand(), alsoEmpty: false)
        } else if take(":=") {
            operation = .assign(try operand(), alsoEmpty: true)
        } else if take("=") {
            operation = .assign(try operand(), alsoEmpty: false)
        } else if take(":+") {
            operation = .ifSet(try operand(), alsoEmpty: true)
        } else if take("+") {
            operation = .ifSet(try operand(), alsoEmpty: false)
        } else if peek == "#" || peek == "%" {
            let mark = peek == "#" ? "#" : "%"
            position += 1
            let longest = take(mark)
            operation = .trim(try operand(), atEnd: mark == "%", longest: longest)
        } else if take("/") {
            let all = take("/")
            let pattern = try operand(stoppingAt: "/")
            operation = .replace(pattern, with: try operand(), all: all)
        } else {
            throw badSubstitution()
        }
        return ShellVariable(name: name, operation: operation)
    }

    /// Text up to the closing brace (taken) or up to `stop` (taken too).
    private mutating func operand(
        stoppingAt stop: Character? = nil
    ) throws(ShellSyntaxError) -> ShellWord {
        var word = ShellWord()
        while let next = peek {
            if next == "}" {
                if stop == nil { position += 1 }
                return word
            }
            if next == stop {
                position += 1
                return word
            }
            if let part = try parseExpansion(quoted: true) {
                word.parts.append(part)
            } else if next == "'" {
                word.parts.append(.text(try singleQuoted(), quoted: true))
            } else if next == "\"" {
                position += 1
                word.parts += try parseQuoted(until: "\"")
            } else if next == "\\", let escaped = peek(1) {
                position += 2
                word.parts.append(.text(String(escaped), quoted: true))
            } else {
                position += 1
                word.parts.append(.text(String(next), quoted: false))
            }
        }
        throw badSubstitution()
    }

    private func badSubstitution() -> ShellSyntaxError {
        ShellSyntaxError(message: "bad substitution")
    }

    /// The rest of `$'…'`, with C's escapes.
    private mutating func dollarQuoted() throws(ShellSyntaxError) -> String {
        var text = ""
        while let next = peek {
            position += 1
            if next == "'" { return text }
            guard next == "\\", let escaped = peek else {
                text.append(next)
                continue
            }
            position += 1
            text += ShellEscapes.simple[escaped] ?? "\\\(escaped)"
        }
        throw ShellSyntaxError(message: "unexpected EOF while looking for matching `''")
    }
}

/// The escapes that `$'…'`, `printf` and `echo -e` share.
enum ShellEscapes {
    static let simple: [Character: String] = [
        "n": "\n", "t": "\t", "r": "\r", "a": "\u{7}", "b": "\u{8}", "f": "\u{c}", "v": "\u{b}",
        "\\": "\\", "'": "'", "\"": "\"", "e": "\u{1b}",
    ]
}
