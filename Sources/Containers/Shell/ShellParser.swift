/// Reads POSIX shell text, with the parts of bash that pages use: `$(( ))`, `[[`, `function`, `{a}`.
///
/// The grammar is that of POSIX' Shell Command Language, 2.10.
package struct ShellParser {
    let bytes: [UInt8]
    var at = 0
    var depth = 0
    /// Whether the words of `[[ … ]]` are read, in which signs are plain.
    var isInCondition = false
    /// Here-documents whose lines come after the present one.
    var hereTexts: [(text: ShellRedirection.HereText, end: String, isRaw: Bool, strips: Bool)] = []

    /// Commands inside one another. Bounds the stack.
    private static let maximumDepth = 60
    /// Bytes of a text. What pages show has a few hundred.
    package static let maximumBytes = 1 << 18

    /// The commands of `text`. Throws ``ShellSyntaxProblem``.
    package static func parse(_ text: String) throws(ShellSyntaxProblem) -> ShellNode {
        guard text.utf8.count <= maximumBytes else {
            throw ShellSyntaxProblem(
                message: "a script of more than \(maximumBytes) bytes", isIncomplete: false)
        }
        var parser = ShellParser(Array(text.utf8))
        let node = try parser.list(until: [])
        if parser.at < parser.bytes.count {
            throw .unexpected("\"\(parser.glimpse())\"")
        }
        return node
    }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    // MARK: Bytes

    var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    func peek(_ offset: Int) -> UInt8? { at + offset < bytes.count ? bytes[at + offset] : nil }

    func isNext(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        return text.withUTF8Buffer { buffer in
            (0..<count).allSatisfy { bytes[at + $0] == buffer[$0] }
        }
    }

    /// A few characters of what comes next, for messages.
    private func glimpse() -> String {
        let end = bytes[at...].firstIndex(where: { $0 <= 0x20 }) ?? bytes.count
        return String(
            decoding: bytes[at..<max(end, min(at + 1, bytes.count))].prefix(20), as: UTF8.self)
    }

    /// Blanks, comments and backslash-newlines.
    mutating func skipBlanks() {
        while let byte = peek {
            if byte == 0x20 || byte == 0x09 || byte == 0x0D {
                at += 1
            } else if byte == UInt8(ascii: "\\"), peek(1) == 0x0A {
                at += 2
            } else if byte == UInt8(ascii: "#") {
                while let next = peek, next != 0x0A { _ = next; at += 1 }
            } else {
                return
            }
        }
    }

    mutating func skipLines() throws(ShellSyntaxProblem) {
        skipBlanks()
        while peek == 0x0A {
            at += 1
            try readHereTexts()
            skipBlanks()
        }
    }

    mutating func enter() throws(ShellSyntaxProblem) {
        depth += 1
        if depth > Self.maximumDepth {
            throw ShellSyntaxProblem(message: "commands nested too deeply", isIncomplete: false)
        }
    }

    mutating func leave() { depth -= 1 }

    // MARK: Commands

    private static let closing: Set<String> = [
        "then", "do", "done", "fi", "else", "elif", "esac", "}",
    ]

    /// `list : and_or (separator and_or)*`, up to one of `ends`, `)` or `;;`.
    mutating func list(until ends: Set<String>) throws(ShellSyntaxProblem) -> ShellNode {
        try enter()
        defer { leave() }
        var nodes: [ShellNode] = []
        while true {
            try skipLines()
            guard let byte = peek else {
                if !ends.isEmpty { throw .incomplete }
                break
            }
            if byte == UInt8(ascii: ")") || isNext(";;") { break }
            if let word = reserved() {
                if ends.contains(word) { break }
                if Self.closing.contains(word) { throw .unexpected("\"\(word)\"") }
            }
            let node = try chain()
            skipBlanks()
            switch peek {
            case UInt8(ascii: "&"):
                at += 1
                nodes.append(.background(node))
            case UInt8(ascii: ";") where peek(1) != UInt8(ascii: ";"):
                at += 1
                nodes.append(node)
            default: nodes.append(node)
            }
            skipBlanks()
            if let next = peek, next == UInt8(ascii: ";"), peek(1) != UInt8(ascii: ";") {
                throw .unexpected("\";\"")
            }
        }
        // At the end of the text its here-documents end as well.
        if peek == nil, !hereTexts.isEmpty { throw .incomplete }
        return nodes.count == 1 ? nodes[0] : .list(nodes)
    }

    /// `and_or : pipeline (("&&" | "||") pipeline)*`
    private mutating func chain() throws(ShellSyntaxProblem) -> ShellNode {
        let first = try pipeline()
        var rest: [(isAnd: Bool, node: ShellNode)] = []
        while true {
            skipBlanks()
            guard isNext("&&") || isNext("||") else { break }
            let isAnd = isNext("&&")
            at += 2
            try skipLines()
            if peek == nil { throw .incomplete }
            rest.append((isAnd, try pipeline()))
        }
        return rest.isEmpty ? first : .chain(first, rest)
    }

    /// `pipeline : "!"? command ("|" command)*`
    private mutating func pipeline() throws(ShellSyntaxProblem) -> ShellNode {
        skipBlanks()
        var isNegated = false
        while reserved() == "!" {
            at += 1
            isNegated.toggle()
            skipBlanks()
        }
        var stages = [try command()]
        while true {
            skipBlanks()
            guard peek == UInt8(ascii: "|"), peek(1) != UInt8(ascii: "|") else { break }
            at += 1
            try skipLines()
            if peek == nil { throw .incomplete }
            stages.append(try command())
        }
        let node = stages.count == 1 ? stages[0] : .pipeline(stages)
        return isNegated ? .not(node) : node
    }

    private mutating func command() throws(ShellSyntaxProblem) -> ShellNode {
        try enter()
        defer { leave() }
        skipBlanks()
        guard let node = try compound() else { return try simple() }
        var redirections: [ShellRedirection] = []
        skipBlanks()
        while let redirection = try redirection() {
            redirections.append(redirection)
            skipBlanks()
        }
        return redirections.isEmpty ? node : .redirected(node, redirections)
    }

    /// `if`, `while`, `for`, `case`, `{ }`, `( )` and definitions of functions; nil for other commands.
    private mutating func compound() throws(ShellSyntaxProblem) -> ShellNode? {
        if peek == UInt8(ascii: "("), peek(1) != UInt8(ascii: "(") {
            at += 1
            let body = try list(until: [])
            guard peek == UInt8(ascii: ")") else { throw .incomplete }
            at += 1
            return .subshell(body)
        }
        guard let word = reserved() else { return nil }
        switch word {
        case "{":
            at += 1
            let body = try list(until: ["}"])
            at += 1
            return body
        case "if": return try condition()
        case "while", "until":
            at += word.utf8.count
            let condition = try list(until: ["do"])
            return .loop(condition, body: try doGroup(), isUntil: word == "until")
        case "for": return try forLoop()
        case "case": return try choice()
        case "function":
            at += word.utf8.count
            skipBlanks()
            let name = plainWord()
            at += name.utf8.count
            skipBlanks()
            if isNext("()") { at += 2 }
            try skipLines()
            return .function(name, try command())
        default:
            return try definition(word)
        }
    }

    /// `name() command`.
    private mutating func definition(_ word: String) throws(ShellSyntaxProblem) -> ShellNode? {
        let start = at
        at += word.utf8.count
        skipBlanks()
        guard Self.isName(word), isNext("()") else {
            at = start
            return nil
        }
        at += 2
        try skipLines()
        return .function(word, try command())
    }

    private mutating func expect(_ word: String) throws(ShellSyntaxProblem) {
        try skipLines()
        guard reserved() == word else {
            throw peek == nil
                ? .incomplete : .unexpected("\"\(glimpse())\" (expecting \"\(word)\")")
        }
        at += word.utf8.count
    }

    private mutating func doGroup() throws(ShellSyntaxProblem) -> ShellNode {
        try expect("do")
        let body = try list(until: ["done"])
        at += 4
        return body
    }

    private mutating func condition() throws(ShellSyntaxProblem) -> ShellNode {
        at += reserved() == "elif" ? 4 : 2
        let test = try list(until: ["then"])
        at += 4
        let body = try list(until: ["else", "elif", "fi"])
        switch reserved() {
        case "elif":
            try enter()
            defer { leave() }
            return .condition(test, then: body, otherwise: try condition())
        case "else":
            at += 4
            let otherwise = try list(until: ["fi"])
            at += 2
            return .condition(test, then: body, otherwise: otherwise)
        default:
            at += 2
            return .condition(test, then: body, otherwise: nil)
        }
    }

    private mutating func forLoop() throws(ShellSyntaxProblem) -> ShellNode {
        at += 3
        skipBlanks()
        let name = plainWord()
        guard Self.isName(name) else { throw .unexpected("\"\(glimpse())\"") }
        at += name.utf8.count
        try skipLines()
        var words: [ShellWord]?
        if reserved() == "in" {
            at += 2
            var found: [ShellWord] = []
            skipBlanks()
            while let word = try self.word() {
                found.append(word)
                skipBlanks()
            }
            words = found
        }
        skipBlanks()
        if peek == UInt8(ascii: ";") { at += 1 }
        return .forEach(name, words, body: try doGroup())
    }

    private mutating func choice() throws(ShellSyntaxProblem) -> ShellNode {
        at += 4
        skipBlanks()
        guard let subject = try word() else { throw .incomplete }
        try expect("in")
        var branches: [(patterns: [ShellWord], body: ShellNode)] = []
        while true {
            try skipLines()
            if reserved() == "esac" { break }
            if peek == nil { throw .incomplete }
            if peek == UInt8(ascii: "(") { at += 1 }
            var patterns: [ShellWord] = []
            while true {
                skipBlanks()
                guard let pattern = try word() else { throw .unexpected("\"\(glimpse())\"") }
                patterns.append(pattern)
                skipBlanks()
                guard peek == UInt8(ascii: "|") else { break }
                at += 1
            }
            guard peek == UInt8(ascii: ")") else {
                throw peek == nil ? .incomplete : .unexpected("\"\(glimpse())\"")
            }
            at += 1
            branches.append((patterns, try list(until: ["esac"])))
            if isNext(";;") { at += 2 }
        }
        at += 4
        return .choice(subject, branches)
    }

    /// `name=value name argument >file`
    private mutating func simple() throws(ShellSyntaxProblem) -> ShellNode {
        var command = ShellCommand()
        if reserved() == "[[" {
            isInCondition = true
            defer { isInCondition = false }
            while reserved() != "]]" {
                guard let word = try word() else { throw .incomplete }
                command.words.append(word)
                skipBlanks()
            }
        }
        while true {
            skipBlanks()
            if let redirection = try redirection() {
                command.redirections.append(redirection)
            } else if command.words.isEmpty, let name = assignedName() {
                at += name.utf8.count + 1
                command.assignments.append((name, try word() ?? ShellWord()))
            } else if let word = try word() {
                command.words.append(word)
            } else {
                break
            }
        }
        if command.words.isEmpty, command.assignments.isEmpty, command.redirections.isEmpty {
            throw peek == nil
                ? .incomplete : .unexpected(peek == 0x0A ? "newline" : "\"\(glimpse())\"")
        }
        return .simple(command)
    }

    /// The name of `name=` that comes next.
    private func assignedName() -> String? {
        var end = at
        while end < bytes.count, Self.isNameByte(bytes[end]) { end += 1 }
        guard end > at, end < bytes.count, bytes[end] == UInt8(ascii: "="),
            !(0x30...0x39).contains(bytes[at])
        else { return nil }
        return String(decoding: bytes[at..<end], as: UTF8.self)
    }
}
