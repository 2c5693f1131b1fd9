// Words: quotation marks, variables, substitutions.
extension ShellParser {
    static func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy(isNameByte)
    }

    private func endsWord(_ byte: UInt8) -> Bool { Self.endsWord(byte, isInCondition) }

    private static func endsWord(_ byte: UInt8, _ isInCondition: Bool) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: true
        case _ where isInCondition: false
        case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
            true
        default: false
        }
    }

    /// What comes next up to the end of a word, where it is plain letters.
    func plainWord() -> String {
        var end = at
        while end < bytes.count, !endsWord(bytes[end]), bytes[end] != UInt8(ascii: "\""),
            bytes[end] != UInt8(ascii: "'"), bytes[end] != UInt8(ascii: "$"),
            bytes[end] != UInt8(ascii: "`"), bytes[end] != UInt8(ascii: "\\")
        {
            end += 1
        }
        return String(decoding: bytes[at..<end], as: UTF8.self)
    }

    /// The plain word that comes next, for what only counts where a command begins.
    func reserved() -> String? {
        let word = plainWord()
        guard !word.isEmpty else { return nil }
        let end = at + word.utf8.count
        return end == bytes.count || endsWord(bytes[end]) ? word : nil
    }

    /// The next word; nil where none begins.
    mutating func word() throws(ShellSyntaxProblem) -> ShellWord? {
        guard let first = peek, !endsWord(first) else { return nil }
        var word = ShellWord()
        var plain: [UInt8] = []
        while let byte = peek, !endsWord(byte) {
            switch byte {
            case UInt8(ascii: "'"):
                flush(&plain, to: &word)
                at += 1
                guard let end = bytes[at...].firstIndex(of: byte) else { throw .incomplete }
                word.parts.append(
                    .text(String(decoding: bytes[at..<end], as: UTF8.self), isQuoted: true))
                at = end + 1
            case UInt8(ascii: "\""):
                flush(&plain, to: &word)
                at += 1
                try quoted(into: &word)
            case UInt8(ascii: "\\"):
                guard let next = peek(1) else { throw .incomplete }
                at += 2
                if next == 0x0A { continue }
                flush(&plain, to: &word)
                // A character may have several bytes; what follows the first is plain in any case.
                plain = [next]
                while let more = peek, more & 0xC0 == 0x80 {
                    plain.append(more)
                    at += 1
                }
                flush(&plain, to: &word, isQuoted: true)
            case UInt8(ascii: "$"), UInt8(ascii: "`"):
                flush(&plain, to: &word)
                if let part = try dollar(isQuoted: false) {
                    word.parts.append(part)
                } else {
                    plain.append(byte)
                    at += 1
                }
            default:
                plain.append(byte)
                at += 1
            }
        }
        flush(&plain, to: &word)
        return word
    }

    private func flush(_ plain: inout [UInt8], to word: inout ShellWord, isQuoted: Bool = false) {
        if plain.isEmpty { return }
        word.parts.append(.text(String(decoding: plain, as: UTF8.self), isQuoted: isQuoted))
        plain = []
    }

    /// The rest of a text in double quotation marks, with the closing one.
    private mutating func quoted(into word: inout ShellWord) throws(ShellSyntaxProblem) {
        var plain: [UInt8] = []
        // An empty text is a word as well.
        word.parts.append(.text("", isQuoted: true))
        while true {
            guard let byte = peek else { throw .incomplete }
            if byte == UInt8(ascii: "\"") { break }
            try quotedByte(byte, escapes: "\"\\$`", &plain, into: &word)
        }
        at += 1
        flush(&plain, to: &word, isQuoted: true)
    }

    /// A text that is expanded as within quotation marks: the lines of a here-document.
    mutating func quotedText() throws(ShellSyntaxProblem) -> ShellWord {
        var word = ShellWord()
        var plain: [UInt8] = []
        while let byte = peek { try quotedByte(byte, escapes: "\\$`", &plain, into: &word) }
        flush(&plain, to: &word, isQuoted: true)
        return word
    }

    private mutating func quotedByte(
        _ byte: UInt8, escapes: String, _ plain: inout [UInt8], into word: inout ShellWord
    ) throws(ShellSyntaxProblem) {
        switch byte {
        case UInt8(ascii: "\\"):
            guard let next = peek(1) else {
                plain.append(byte)
                at += 1
                return
            }
            at += 2
            if next == 0x0A { return }
            if !escapes.utf8.contains(next) { plain.append(byte) }
            plain.append(next)
        case UInt8(ascii: "$"), UInt8(ascii: "`"):
            flush(&plain, to: &word, isQuoted: true)
            if let part = try dollar(isQuoted: true) {
                word.parts.append(part)
            } else {
                plain.append(byte)
                at += 1
            }
        default:
            plain.append(byte)
            at += 1
        }
    }

    // MARK: Dollars

    /// `$name`, `${…}`, `$(…)`, `$((…))`, a backquoted command; nil for a lone dollar.
    private mutating func dollar(
        isQuoted: Bool
    ) throws(ShellSyntaxProblem) -> ShellWord.Part? {
        if peek == UInt8(ascii: "`") { return .command(try backquoted(), isQuoted: isQuoted) }
        guard let next = peek(1) else { return nil }
        switch next {
        case UInt8(ascii: "{"):
            at += 2
            return .variable(try braced(), isQuoted: isQuoted)
        case UInt8(ascii: "(") where peek(2) == UInt8(ascii: "("):
            at += 3
            return .sum(try sum(), isQuoted: isQuoted)
        case UInt8(ascii: "("):
            at += 2
            let node = try list(until: [])
            guard peek == UInt8(ascii: ")") else { throw .incomplete }
            at += 1
            return .command(node, isQuoted: isQuoted)
        default:
            at += 1
            guard let name = variableName() else {
                at -= 1
                return nil
            }
            return .variable(ShellVariable(name: name, operation: .plain), isQuoted: isQuoted)
        }
    }

    /// A name, a digit or one of `@*#?$!-`.
    private mutating func variableName() -> String? {
        guard let first = peek else { return nil }
        if "@*#?$!-".utf8.contains(first) || (0x30...0x39).contains(first) {
            at += 1
            return String(decoding: [first], as: UTF8.self)
        }
        let start = at
        while let byte = peek, Self.isNameByte(byte) { at += 1 }
        return at > start ? String(decoding: bytes[start..<at], as: UTF8.self) : nil
    }

    private mutating func backquoted() throws(ShellSyntaxProblem) -> ShellNode {
        at += 1
        var text: [UInt8] = []
        while true {
            guard let byte = peek else { throw .incomplete }
            at += 1
            if byte == UInt8(ascii: "`") { break }
            if byte == UInt8(ascii: "\\"), let next = peek, "\\$`".utf8.contains(next) {
                text.append(next)
                at += 1
            } else {
                text.append(byte)
            }
        }
        try enter()
        defer { leave() }
        var inner = ShellParser(text)
        inner.depth = depth
        return try inner.list(until: [])
    }

    /// The rest of `$((…))`.
    private mutating func sum() throws(ShellSyntaxProblem) -> ShellWord {
        let start = at
        var open = 0
        while true {
            guard let byte = peek else { throw .incomplete }
            if byte == UInt8(ascii: "(") { open += 1 }
            if byte == UInt8(ascii: ")") {
                if open == 0, peek(1) == byte { break }
                open -= 1
            }
            at += 1
        }
        try enter()
        defer { leave() }
        var inner = ShellParser(Array(bytes[start..<at]))
        inner.depth = depth
        at += 2
        return try inner.quotedText()
    }

    /// The rest of `${…}`.
    private mutating func braced() throws(ShellSyntaxProblem) -> ShellVariable {
        if peek == UInt8(ascii: "#"), peek(1) != UInt8(ascii: "}") {
            at += 1
            let name = variableName() ?? ""
            guard peek == UInt8(ascii: "}"), !name.isEmpty else { throw .unexpected("\"}\"") }
            at += 1
            return ShellVariable(name: name, operation: .length)
        }
        guard let name = bracedName() else {
            throw peek == nil
                ? .incomplete
                : ShellSyntaxProblem(message: "syntax error: bad substitution", isIncomplete: false)
        }
        let operation = try operation()
        guard peek == UInt8(ascii: "}") else { throw .incomplete }
        at += 1
        return ShellVariable(name: name, operation: operation)
    }

    /// As a variable's name, but a number may have several digits.
    private mutating func bracedName() -> String? {
        let start = at
        while let byte = peek, (0x30...0x39).contains(byte) { at += 1 }
        if at > start { return String(decoding: bytes[start..<at], as: UTF8.self) }
        return variableName()
    }

    private mutating func operation() throws(ShellSyntaxProblem) -> ShellVariable.Operation {
        guard let byte = peek, byte != UInt8(ascii: "}") else { return .plain }
        at += 1
        switch byte {
        case UInt8(ascii: "#"), UInt8(ascii: "%"):
            let isLongest = peek == byte
            if isLongest { at += 1 }
            return .strip(
                fromEnd: byte == UInt8(ascii: "%"), longest: isLongest,
                try operand(until: [UInt8(ascii: "}")]))
        case UInt8(ascii: "/"):
            let isAll = peek == byte
            if isAll { at += 1 }
            let pattern = try operand(until: [UInt8(ascii: "/"), UInt8(ascii: "}")])
            guard peek == UInt8(ascii: "/") else {
                return .replace(pattern, ShellWord(), all: isAll)
            }
            at += 1
            return .replace(pattern, try operand(until: [UInt8(ascii: "}")]), all: isAll)
        case UInt8(ascii: ":"):
            if let next = peek, "-=+?".utf8.contains(next) {
                at += 1
                return .standard(
                    Character(UnicodeScalar(next)), forEmpty: true,
                    try operand(until: [UInt8(ascii: "}")]))
            }
            let offset = try operand(until: [UInt8(ascii: ":"), UInt8(ascii: "}")])
            guard peek == UInt8(ascii: ":") else { return .part(offset, nil) }
            at += 1
            return .part(offset, try operand(until: [UInt8(ascii: "}")]))
        case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "?"):
            return .standard(
                Character(UnicodeScalar(byte)), forEmpty: false,
                try operand(until: [UInt8(ascii: "}")]))
        default:
            throw ShellSyntaxProblem(message: "syntax error: bad substitution", isIncomplete: false)
        }
    }

    /// A word inside `${…}`, in which blanks are plain.
    private mutating func operand(
        until ends: [UInt8]
    ) throws(ShellSyntaxProblem) -> ShellWord {
        try enter()
        defer { leave() }
        var word = ShellWord()
        var plain: [UInt8] = []
        while true {
            guard let byte = peek else { throw .incomplete }
            if ends.contains(byte) { break }
            switch byte {
            case UInt8(ascii: "'"):
                flush(&plain, to: &word)
                at += 1
                guard let end = bytes[at...].firstIndex(of: byte) else { throw .incomplete }
                word.parts.append(
                    .text(String(decoding: bytes[at..<end], as: UTF8.self), isQuoted: true))
                at = end + 1
            case UInt8(ascii: "\""):
                flush(&plain, to: &word)
                at += 1
                try quoted(into: &word)
            default: try quotedByte(byte, escapes: "\"\\$`}", &plain, into: &word)
            }
        }
        flush(&plain, to: &word)
        return word
    }
}
