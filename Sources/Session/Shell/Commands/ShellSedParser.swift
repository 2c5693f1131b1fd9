/// Reads a sed script: commands separated by `;` or newlines, each with up to two addresses.
struct ShellSedParser {
    private let characters: [Character]
    private let extended: Bool
    private var position = 0
    private var depth = 0

    init(_ text: String, extended: Bool) {
        characters = Array(text)
        self.extended = extended
    }

    mutating func parse() throws(ShellSyntaxError) -> [ShellSedCommand] {
        let commands = try parseCommands()
        if position < characters.count { throw failure("unexpected `}'") }
        return commands
    }

    private mutating func parseCommands() throws(ShellSyntaxError) -> [ShellSedCommand] {
        var commands: [ShellSedCommand] = []
        while true {
            skip { $0 == ";" || $0.isWhitespace }
            guard let next = peek, next != "}" else { return commands }
            if next == "#" {
                skip { $0 != "\n" }
                continue
            }
            commands.append(try parseCommand())
        }
    }

    private mutating func parseCommand() throws(ShellSyntaxError) -> ShellSedCommand {
        let first = try parseAddress()
        var second: ShellSedCommand.Address?
        skip { $0 == " " }
        if first != nil, peek == "," {
            position += 1
            skip { $0 == " " }
            second = try parseAddress()
            if second == nil { throw failure("unexpected `,'") }
        }
        skip { $0 == " " }
        var negated = false
        while peek == "!" {
            negated = true
            position += 1
            skip { $0 == " " }
        }
        return ShellSedCommand(
            first: first, second: second, negated: negated, action: try parseAction())
    }

    private mutating func parseAddress() throws(ShellSyntaxError) -> ShellSedCommand.Address? {
        guard let next = peek else { return nil }
        if next == "$" {
            position += 1
            return .last
        }
        if next == "+" {
            position += 1
            return .offset(takeNumber() ?? 0)
        }
        if let number = takeNumber() {
            guard peek == "~" else { return .line(number) }
            position += 1
            return .step(first: number, every: takeNumber() ?? 0)
        }
        guard next == "/" || next == "\\" else { return nil }
        position += next == "\\" ? 1 : 0
        guard let delimiter = peek else { throw failure("unterminated address regex") }
        position += 1
        let text = try delimited(delimiter, "unterminated address regex")
        let ignoresCase = peek == "I"
        if ignoresCase { position += 1 }
        return .pattern(try ShellRegex(text, extended: extended, ignoresCase: ignoresCase))
    }

    private mutating func parseAction() throws(ShellSyntaxError) -> ShellSedCommand.Action {
        guard let name = peek else { throw failure("missing command") }
        position += 1
        switch name {
        case "d": return .delete
        case "p": return .print
        case "n": return .next
        case "=": return .number
        case "q":
            skip { $0 == " " }
            return .quit(Int32(truncatingIfNeeded: takeNumber() ?? 0))
        case "s": return try parseSubstitute()
        case "y": return try parseTranslate()
        case "a": return .append(parseText())
        case "i": return .insert(parseText())
        case "c": return .change(parseText())
        case "{":
            depth += 1
            if depth > ShellParser.maximumDepth { throw failure("blocks nested too deeply") }
            let commands = try parseCommands()
            depth -= 1
            guard peek == "}" else { throw failure("unmatched `{'") }
            position += 1
            return .block(commands)
        default: throw failure("unknown command: `\(name)'")
        }
    }

    private mutating func parseSubstitute() throws(ShellSyntaxError) -> ShellSedCommand.Action {
        guard let delimiter = peek else { throw failure("unterminated `s' command") }
        position += 1
        let pattern = try delimited(delimiter, "unterminated `s' command")
        let replacement = try delimited(delimiter, "unterminated `s' command")
        var all = false
        var prints = false
        var ignoresCase = false
        var which = 1
        while let flag = peek, !";}\n ".contains(flag) {
            if let number = takeNumber() {
                if number == 0 { throw failure("number option to `s' command may not be zero") }
                which = number
                continue
            }
            switch flag {
            case "g": all = true
            case "p": prints = true
            case "i", "I": ignoresCase = true
            default: throw failure("unknown option to `s'")
            }
            position += 1
        }
        return .substitute(
            try ShellRegex(pattern, extended: extended, ignoresCase: ignoresCase),
            replacement: pieces(replacement), which: which, all: all, prints: prints)
    }

    /// `\1`, `&`, `\n` and escaped characters of a replacement.
    private func pieces(_ text: String) -> [ShellSedReplacement] {
        var result: [ShellSedReplacement] = []
        var plain = ""
        var rest = Array(text)[...]
        func flush() {
            if !plain.isEmpty { result.append(.text(plain)) }
            plain = ""
        }
        while let next = rest.popFirst() {
            if next == "&" {
                flush()
                result.append(.group(0))
            } else if next == "\\", let escaped = rest.popFirst() {
                if let group = escaped.wholeNumberValue, escaped.isASCII {
                    flush()
                    result.append(.group(group))
                } else {
                    plain += escaped == "n" ? "\n" : (escaped == "t" ? "\t" : String(escaped))
                }
            } else {
                plain.append(next)
            }
        }
        flush()
        return result
    }

    private mutating func parseTranslate() throws(ShellSyntaxError) -> ShellSedCommand.Action {
        guard let delimiter = peek else { throw failure("unterminated `y' command") }
        position += 1
        let from = Array(try delimited(delimiter, "unterminated `y' command"))
        let to = Array(try delimited(delimiter, "unterminated `y' command"))
        guard from.count == to.count else {
            throw failure("strings for `y' command are different lengths")
        }
        return .translate(Dictionary(zip(from, to), uniquingKeysWith: { first, _ in first }))
    }

    /// The text of `a`, `i` and `c`: the rest of the line.
    private mutating func parseText() -> String {
        skip { $0 == " " }
        if peek == "\\" {
            position += 1
            skip { $0 == "\n" || $0 == " " }
        }
        var text = ""
        while let next = peek, next != "\n" {
            text.append(next)
            position += 1
        }
        return text
    }

    /// Text up to the delimiter, which is taken too. An escaped delimiter loses its backslash;
    /// inside brackets of a pattern the delimiter is plain only when escaped, as in GNU sed.
    private mutating func delimited(
        _ delimiter: Character, _ problem: String
    ) throws(ShellSyntaxError) -> String {
        var text = ""
        while let next = peek {
            position += 1
            if next == delimiter { return text }
            if next == "\\", let escaped = peek {
                position += 1
                text += escaped == delimiter ? String(escaped) : "\\\(escaped)"
            } else {
                text.append(next)
            }
        }
        throw failure(problem)
    }

    private var peek: Character? { position < characters.count ? characters[position] : nil }

    private mutating func skip(while condition: (Character) -> Bool) {
        while let next = peek, condition(next) { position += 1 }
    }

    private mutating func takeNumber() -> Int? {
        var digits = ""
        while let next = peek, ("0"..."9").contains(next), digits.count < 9 {
            digits.append(next)
            position += 1
        }
        return Int(digits)
    }

    private func failure(_ message: String) -> ShellSyntaxError {
        ShellSyntaxError(message: "char \(position): \(message)")
    }
}
