/// Parses a command line as bash reads it, as far as sessions need it: lists, pipelines, groups,
/// `if`, `for`, `while`, `case`, redirections, here-documents. Job control and functions are
/// errors, not guesses.
struct ShellParser {
    var characters: [Character]
    var position = 0
    var hereDocuments: [ShellWord] = []
    private var pendingHereDocuments:
        [(id: Int, delimiter: String, isRaw: Bool, stripsTabs: Bool)] = []
    /// Nested constructs; bounded so that hostile input ends in an error.
    var depth = 0

    static let maximumDepth = 50

    init(_ text: String) { characters = Array(text) }

    /// script = list end-of-text
    static func parse(_ text: String) throws(ShellSyntaxError) -> ShellScript {
        var parser = ShellParser(text)
        let list = try parser.parseList()
        guard parser.position >= parser.characters.count else {
            throw parser.unexpected()
        }
        try parser.readPendingHereDocuments()
        return ShellScript(list: list, hereDocuments: parser.hereDocuments)
    }

    // MARK: Lists

    /// list = { and-or ( ";" | newline ) }, up to a closing word or bracket.
    mutating func parseList() throws(ShellSyntaxError) -> ShellList {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth {
            throw ShellSyntaxError(message: "commands nested too deeply")
        }
        var list = ShellList()
        while true {
            try skipSeparators()
            guard let next = peek, next != ")", !startsClosingWord() else { return list }
            if next == ";", peek(1) == ";" { return list }
            if next == ";" || next == "&" || next == "|" { throw unexpected() }
            list.items.append(try parseAndOr())
            skipBlanks()
            switch peek {
            case ";" where peek(1) != ";": position += 1
            case "\n", nil, ")", ";": break
            case "&":
                throw ShellSyntaxError(message: "background jobs ('&') are not supported")
            default:
                if !startsClosingWord() { throw unexpected() }
            }
        }
    }

    /// and-or = pipeline { ( "&&" | "||" ) pipeline }
    private mutating func parseAndOr() throws(ShellSyntaxError) -> ShellAndOr {
        var result = ShellAndOr(first: try parsePipeline())
        while true {
            skipBlanks()
            if take("&&") {
                try skipNewlines()
                result.rest.append((.and, try parsePipeline()))
            } else if take("||") {
                try skipNewlines()
                result.rest.append((.or, try parsePipeline()))
            } else {
                return result
            }
        }
    }

    /// pipeline = [ "!" ] command { ( "|" | "|&" ) command }
    private mutating func parsePipeline() throws(ShellSyntaxError) -> ShellPipeline {
        skipBlanks()
        var pipeline = ShellPipeline(commands: [])
        if peek == "!", peek(1) == " " {
            position += 1
            pipeline.isNegated = true
        }
        pipeline.commands.append(try parseCommand())
        while true {
            skipBlanks()
            guard peek == "|", peek(1) != "|" else { return pipeline }
            position += 1
            if take("&") {
                let both = ShellRedirect(descriptor: 2, target: .duplicate(1))
                pipeline.commands[pipeline.commands.count - 1].redirects.append(both)
            }
            try skipNewlines()
            pipeline.commands.append(try parseCommand())
        }
    }

    // MARK: Commands

    private mutating func parseCommand() throws(ShellSyntaxError) -> ShellCommand {
        skipBlanks()
        let kind: ShellCommand.Kind
        switch peekReserved() {
        case "if": kind = try parseConditional()
        case "for": kind = try parseEach()
        case "while", "until": kind = try parseLoop()
        case "case": kind = try parseChoose()
        case "{":
            position += 1
            let list = try parseList()
            try expectWord("}")
            kind = .group(list)
        case "function": throw ShellSyntaxError(message: "functions are not supported")
        default:
            guard peek == "(" else { return try parseSimple() }
            position += 1
            let list = try parseList()
            try expect(")")
            kind = .subshell(list)
        }
        var command = ShellCommand(kind: kind)
        while let redirect = try parseRedirect() { command.redirects.append(redirect) }
        return command
    }

    /// simple = { name "=" word } { word | redirect }
    private mutating func parseSimple() throws(ShellSyntaxError) -> ShellCommand {
        var assignments: [(name: String, value: ShellWord)] = []
        var words: [ShellWord] = []
        var redirects: [ShellRedirect] = []
        while true {
            skipBlanks()
            if let redirect = try parseRedirect() {
                redirects.append(redirect)
                continue
            }
            if words.isEmpty, let name = takeAssignmentName() {
                assignments.append((name, try parseWord() ?? ShellWord()))
                continue
            }
            guard let word = try parseWord() else { break }
            words.append(word)
            if words.count == 1, peek == "(", peek(1) == ")" {
                throw ShellSyntaxError(message: "functions are not supported")
            }
        }
        if assignments.isEmpty, words.isEmpty, redirects.isEmpty { throw unexpected() }
        return ShellCommand(
            kind: .simple(assignments: assignments, words: words), redirects: redirects)
    }

    /// conditional = "if" list "then" list { "elif" list "then" list } [ "else" list ] "fi"
    private mutating func parseConditional() throws(ShellSyntaxError) -> ShellCommand.Kind {
        var branches: [(condition: ShellList, body: ShellList)] = []
        try expectWord("if")
        while true {
            let condition = try parseList()
            try expectWord("then")
            branches.append((condition, try parseList()))
            guard peekReserved() == "elif" else { break }
            try expectWord("elif")
        }
        var otherwise: ShellList?
        if peekReserved() == "else" {
            try expectWord("else")
            otherwise = try parseList()
        }
        try expectWord("fi")
        return .conditional(branches: branches, otherwise: otherwise)
    }

    /// loop = ( "while" | "until" ) list "do" list "done"
    private mutating func parseLoop() throws(ShellSyntaxError) -> ShellCommand.Kind {
        let until = peekReserved() == "until"
        try expectWord(until ? "until" : "while")
        let condition = try parseList()
        try expectWord("do")
        let body = try parseList()
        try expectWord("done")
        return .loop(condition: condition, body: body, until: until)
    }

    /// each = "for" name "in" { word } ( ";" | newline ) "do" list "done"
    private mutating func parseEach() throws(ShellSyntaxError) -> ShellCommand.Kind {
        try expectWord("for")
        skipBlanks()
        guard let variable = takeName() else { throw unexpected() }
        try expectWord("in")
        var words: [ShellWord] = []
        while let word = try parseWord() { words.append(word) }
        try skipSeparators()
        try expectWord("do")
        let body = try parseList()
        try expectWord("done")
        return .each(variable: variable, words: words, body: body)
    }

    /// choose = "case" word "in" { [ "(" ] word { "|" word } ")" list ";;" } "esac"
    private mutating func parseChoose() throws(ShellSyntaxError) -> ShellCommand.Kind {
        try expectWord("case")
        guard let subject = try parseWord() else { throw unexpected() }
        try expectWord("in")
        var branches: [(patterns: [ShellWord], body: ShellList)] = []
        while true {
            try skipSeparators()
            if peekReserved() == "esac" { break }
            _ = take("(")
            var patterns: [ShellWord] = []
            repeat {
                guard let pattern = try parseWord() else { throw unexpected() }
                patterns.append(pattern)
                skipBlanks()
            } while take("|")
            try expect(")")
            branches.append((patterns, try parseList()))
            if !take(";;") { break }
        }
        try expectWord("esac")
        return .choose(subject: subject, branches: branches)
    }

    // MARK: Redirections

    /// redirect = [ digit ] ( "<" | ">" | ">>" | ">|" | "<<" | "<<-" | "<<<" | ">&" ) word | "&>"
    /// word
    private mutating func parseRedirect() throws(ShellSyntaxError) -> ShellRedirect? {
        skipBlanks()
        let start = position
        var descriptor: Int?
        if let digit = peek?.wholeNumberValue, (0...2).contains(digit),
            peek(1) == "<" || peek(1) == ">"
        {
            descriptor = digit
            position += 1
        }
        if take("&>>") {
            return ShellRedirect(descriptor: -1, target: .write(try target(), append: true))
        }
        if take("&>") {
            return ShellRedirect(descriptor: -1, target: .write(try target(), append: false))
        }
        if take("<<<") {
            return ShellRedirect(descriptor: 0, target: .hereString(try target()))
        }
        if take("<<") { return try parseHereDocument() }
        if peek == "<", peek(1) != "(" {
            position += 1
            return ShellRedirect(descriptor: descriptor ?? 0, target: .read(try target()))
        }
        if take(">&") {
            guard let digit = peek?.wholeNumberValue, digit == 1 || digit == 2 else {
                return ShellRedirect(descriptor: -1, target: .write(try target(), append: false))
            }
            position += 1
            return ShellRedirect(descriptor: descriptor ?? 1, target: .duplicate(digit))
        }
        if take(">>") {
            return ShellRedirect(
                descriptor: descriptor ?? 1, target: .write(try target(), append: true))
        }
        if peek == ">", peek(1) != "(" {
            position += 1
            _ = take("|")
            return ShellRedirect(
                descriptor: descriptor ?? 1, target: .write(try target(), append: false))
        }
        position = start
        return nil
    }

    private mutating func target() throws(ShellSyntaxError) -> ShellWord {
        skipBlanks()
        guard let word = try parseWord() else { throw unexpected() }
        return word
    }

    private mutating func parseHereDocument() throws(ShellSyntaxError) -> ShellRedirect {
        let stripsTabs = take("-")
        skipBlanks()
        guard let word = try parseWord() else { throw unexpected() }
        var delimiter = ""
        var isRaw = false
        for part in word.parts {
            guard case .text(let text, let quoted) = part else { throw unexpected() }
            delimiter += text
            isRaw = isRaw || quoted
        }
        let id = hereDocuments.count
        hereDocuments.append(ShellWord())
        pendingHereDocuments.append((id, delimiter, isRaw, stripsTabs))
        return ShellRedirect(descriptor: 0, target: .hereDocument(id))
    }

    /// Reads the bodies that start on the line after a command with `<<`.
    mutating func readPendingHereDocuments() throws(ShellSyntaxError) {
        let pending = pendingHereDocuments
        pendingHereDocuments = []
        for document in pending {
            var body = ""
            while position < characters.count {
                let end = characters[position...].firstIndex(of: "\n") ?? characters.count
                var line = characters[position..<end]
                position = min(end + 1, characters.count)
                if document.stripsTabs { line = line.drop { $0 == "\t" } }
                if String(line) == document.delimiter { break }
                body += String(line) + "\n"
            }
            hereDocuments[document.id] =
                document.isRaw
                ? ShellWord(parts: [.text(body, quoted: true)])
                : try ShellParser.parseHereDocumentBody(body, sharing: &self)
        }
    }

    // MARK: Reading

    var peek: Character? { position < characters.count ? characters[position] : nil }

    func peek(_ offset: Int) -> Character? {
        position + offset < characters.count ? characters[position + offset] : nil
    }

    mutating func take(_ text: String) -> Bool {
        guard characters[min(position, characters.count)...].starts(with: text) else {
            return false
        }
        position += text.count
        return true
    }

    mutating func expect(_ text: String) throws(ShellSyntaxError) {
        try skipSeparators()
        if !take(text) { throw unexpected() }
    }

    private mutating func expectWord(_ word: String) throws(ShellSyntaxError) {
        try skipSeparators()
        guard peekReserved() == word else { throw unexpected() }
        position += word.count
    }

    /// Skips blanks, continued lines and comments.
    mutating func skipBlanks() {
        while let next = peek {
            if next == " " || next == "\t" {
                position += 1
            } else if next == "\\", peek(1) == "\n" {
                position += 2
            } else if next == "#", position == 0 || " \t\n;".contains(characters[position - 1]) {
                position = characters[position...].firstIndex(of: "\n") ?? characters.count
            } else {
                return
            }
        }
    }

    private mutating func skipNewlines() throws(ShellSyntaxError) {
        skipBlanks()
        while peek == "\n" {
            position += 1
            try readPendingHereDocuments()
            skipBlanks()
        }
    }

    private mutating func skipSeparators() throws(ShellSyntaxError) {
        try skipNewlines()
        while peek == ";", peek(1) != ";" {
            // A lone ';' before any command is bash's error too, but harmless between commands.
            position += 1
            try skipNewlines()
        }
    }

    /// The unquoted word at the position if it is one the grammar reserves.
    private func peekReserved() -> String? {
        var word = ""
        var index = position
        while index < characters.count, !" \t\n;()|&<>".contains(characters[index]) {
            word.append(characters[index])
            index += 1
            if word.count > 8 { return nil }
        }
        return Self.reserved.contains(word) ? word : nil
    }

    private func startsClosingWord() -> Bool {
        peekReserved().map { Self.closing.contains($0) } ?? false
    }

    private mutating func takeAssignmentName() -> String? {
        let start = position
        guard let name = takeName(), peek == "=" else {
            position = start
            return nil
        }
        position += 1
        return name
    }

    /// name = letter { letter | digit | "_" }
    mutating func takeName() -> String? {
        guard let first = peek, first.isASCII, first.isLetter || first == "_" else { return nil }
        var name = ""
        while let next = peek, next.isASCII, next.isLetter || next.isNumber || next == "_" {
            name.append(next)
            position += 1
        }
        return name
    }

    func unexpected() -> ShellSyntaxError {
        guard let next = peek else {
            return ShellSyntaxError(message: "syntax error: unexpected end of file")
        }
        let token = next == "\n" ? "newline" : String(next)
        return ShellSyntaxError(message: "syntax error near unexpected token `\(token)'")
    }

    private static let reserved: Set<String> = [
        "if", "then", "elif", "else", "fi", "for", "in", "while", "until", "do", "done", "case",
        "esac", "{", "}", "function",
    ]
    private static let closing: Set<String> = [
        "then", "elif", "else", "fi", "do", "done", "esac", "}",
    ]
}
