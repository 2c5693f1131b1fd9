import Patterns

/// Reads a sed script: commands parted by `;` or newlines, each with up to two addresses.
struct SedParser {
    let scripts: [SedScriptText]
    let isExtended: Bool
    let call: ToolCall
    let bytes: [UInt8]
    /// Where each piece of the script begins in ``bytes``.
    var starts: [Int] = []
    var place = 0
    var program = SedProgram()
    /// Blocks that are open, by the place of their command.
    var openBlocks: [Int] = []
    var labels: [String: Int] = [:]
    /// Branches whose label is not known yet.
    var branches: [(command: Int, label: String)] = []

    init(_ scripts: [SedScriptText], isExtended: Bool, _ call: ToolCall) {
        self.scripts = scripts
        self.isExtended = isExtended
        self.call = call
        var bytes: [UInt8] = []
        for (index, script) in scripts.enumerated() {
            if index > 0 { bytes.append(.newline) }
            starts.append(bytes.count)
            bytes += script.bytes
        }
        self.bytes = bytes
    }

    /// `#n` as the whole first line is the option `-n`.
    var beginsWithQuietMark: Bool {
        bytes.starts(with: "#n".utf8) && (bytes.count == 2 || bytes[2] == .newline)
    }

    mutating func parse() throws(ToolStop) -> SedProgram {
        while true {
            skip { $0 == UInt8(ascii: ";") || $0.isSpace }
            guard let next = peek else { break }
            if next == UInt8(ascii: "#") {
                skip { $0 != .newline }
            } else if next == UInt8(ascii: "}") {
                place += 1
                guard let open = openBlocks.popLast() else { throw failure("unexpected `}'") }
                program.commands[open].action = .block(end: program.commands.count)
                try endCommand()
            } else {
                try parseCommand()
            }
        }
        if !openBlocks.isEmpty { throw failure("unmatched `{'", at: 0) }
        for (command, label) in branches {
            guard let target = labels[label] else {
                throw .failure("can't find label for jump to `\(label)'", status: 4)
            }
            switch program.commands[command].action {
            case .branchIfReplaced: program.commands[command].action = .branchIfReplaced(target)
            case .branchUnlessReplaced:
                program.commands[command].action = .branchUnlessReplaced(target)
            default: program.commands[command].action = .branch(target)
            }
        }
        return program
    }

    // MARK: Addresses

    mutating func parseCommand() throws(ToolStop) {
        let first = try parseAddress(isSecond: false)
        var second: SedAddress?
        skip(while: \.isSpace)
        if first != nil, take(",") {
            skip(while: \.isSpace)
            second = try parseAddress(isSecond: true)
            if second == nil { throw failure("unexpected `,'", reading: true) }
        }
        if case .zero = first {
            guard case .pattern = second else {
                throw failure("invalid usage of line address 0", reading: true)
            }
        }
        skip(while: \.isSpace)
        var isNegated = false
        while take("!") {
            if isNegated { throw failure("multiple `!'s") }
            isNegated = true
            skip(while: \.isSpace)
        }
        let index = program.commands.count
        program.commands.append(
            SedCommand(first: first, second: second, isNegated: isNegated, action: .nothing))
        program.commands[index].action = try parseAction(hasAddress: first != nil)
    }

    mutating func parseAddress(isSecond: Bool) throws(ToolStop) -> SedAddress? {
        guard let next = peek else { return nil }
        switch next {
        case UInt8(ascii: "$"):
            place += 1
            return .last
        case UInt8(ascii: "+"), UInt8(ascii: "~"):
            place += 1
            guard let number = takeNumber(), isSecond else {
                if !isSecond { throw failure("invalid usage of +N or ~N as first address") }
                throw failure("expected number")
            }
            return next == UInt8(ascii: "+") ? .offset(number) : .multiple(number)
        case UInt8(ascii: "/"), UInt8(ascii: "\\"):
            place += next == UInt8(ascii: "\\") ? 2 : 1
            guard place <= bytes.count else { throw failure("unterminated address regex") }
            return .pattern(try parseAddressPattern(endedBy: bytes[place - 1]))
        default:
            guard let number = takeNumber() else { return nil }
            if !isSecond, take("~") { return .step(first: number, every: takeNumber() ?? 0) }
            return number == 0 && !isSecond ? .zero : .line(number)
        }
    }

    mutating func parseAddressPattern(endedBy delimiter: UInt8) throws(ToolStop) -> Pattern? {
        let text = try delimited(delimiter, isPattern: true, "unterminated address regex")
        var ignoresCase = false
        var isMultiline = false
        while let flag = peek, flag == UInt8(ascii: "I") || flag == UInt8(ascii: "M") {
            if flag == UInt8(ascii: "I") { ignoresCase = true } else { isMultiline = true }
            place += 1
        }
        return try pattern(text, ignoresCase: ignoresCase, isMultiline: isMultiline)
    }

    func pattern(
        _ text: [UInt8], ignoresCase: Bool, isMultiline: Bool
    ) throws(ToolStop) -> Pattern? {
        if text.isEmpty { return nil }
        do throws(PatternError) {
            return try Pattern(
                SedText.patternText(text, isExtended: isExtended).text,
                syntax: isExtended ? .extended : .basic, ignoresCase: ignoresCase,
                isMultiline: isMultiline, limits: PatternLimits(steps: 100_000_000))
        } catch {
            throw failure(error.message)
        }
    }

    // MARK: Commands

    mutating func parseAction(hasAddress: Bool) throws(ToolStop) -> SedAction {
        guard let name = peek else { throw failure("missing command", reading: true) }
        place += 1
        if let action = Self.plain[name] {
            try endCommand()
            return action
        }
        switch name {
        case UInt8(ascii: "{"):
            openBlocks.append(program.commands.count - 1)
            return .block(end: 0)
        case UInt8(ascii: "s"): return try parseSubstitution()
        case UInt8(ascii: "y"): return try parseTranslation()
        case UInt8(ascii: "a"): return .append(try parseText())
        case UInt8(ascii: "i"): return .insert(try parseText())
        case UInt8(ascii: "c"): return .change(try parseText())
        case UInt8(ascii: "q"), UInt8(ascii: "Q"):
            skip(while: \.isBlank)
            let status = Int32(truncatingIfNeeded: (takeNumber() ?? 0) & 0xFF)
            try endCommand()
            return name == UInt8(ascii: "q") ? .quit(status) : .quitSilently(status)
        case UInt8(ascii: "l"):
            skip(while: \.isBlank)
            let width = takeNumber()
            try endCommand()
            return .list(width)
        case UInt8(ascii: "r"): return .read(try parseFileName())
        case UInt8(ascii: "w"): return .write(try parseFileName())
        case UInt8(ascii: "W"): return .writeFirst(try parseFileName())
        case UInt8(ascii: ":"):
            if hasAddress { throw failure(": doesn't want any addresses") }
            skip(while: \.isBlank)
            let label = takeLabel()
            if label.isEmpty { throw failure("\":\" lacks a label") }
            labels[label] = program.commands.count
            return .nothing
        case UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "T"):
            return parseBranch(name)
        case UInt8(ascii: "}"): throw failure("unexpected `}'")
        case UInt8(ascii: "e"), UInt8(ascii: "R"), UInt8(ascii: "v"):
            throw failure("command `\(Character(Unicode.Scalar(name)))' is not supported")
        default:
            let shown = bytes[(place - 1)..<bytes.count].prefix { $0 == name || $0 & 0xC0 == 0x80 }
            throw failure("unknown command: `\(shown.prefix(name < 128 ? 1 : 4).text)'")
        }
    }

    static let plain: [UInt8: SedAction] = [
        UInt8(ascii: "d"): .delete, UInt8(ascii: "D"): .deleteFirst, UInt8(ascii: "p"): .print,
        UInt8(ascii: "P"): .printFirst, UInt8(ascii: "n"): .next, UInt8(ascii: "N"): .appendNext,
        UInt8(ascii: "="): .number, UInt8(ascii: "h"): .hold, UInt8(ascii: "H"): .appendHold,
        UInt8(ascii: "g"): .get, UInt8(ascii: "G"): .appendGet, UInt8(ascii: "x"): .exchange,
        UInt8(ascii: "z"): .clear, UInt8(ascii: "F"): .fileName,
    ]

    /// What may stand behind a command: nothing, blanks, and then `;`, `}`, `#` or a newline.
    mutating func endCommand() throws(ToolStop) {
        skip(while: \.isBlank)
        guard let next = peek else { return }
        if next == .newline || next == UInt8(ascii: ";") {
            place += 1
        } else if next != UInt8(ascii: "}"), next != UInt8(ascii: "#"), next != UInt8(ascii: "\r") {
            place += 1
            throw failure("extra characters after command")
        }
    }

    mutating func parseBranch(_ name: UInt8) -> SedAction {
        skip(while: \.isBlank)
        let label = takeLabel()
        if !label.isEmpty { branches.append((program.commands.count - 1, label)) }
        switch name {
        case UInt8(ascii: "t"): return .branchIfReplaced(.max)
        case UInt8(ascii: "T"): return .branchUnlessReplaced(.max)
        default: return .branch(.max)
        }
    }

    mutating func takeLabel() -> String {
        let start = place
        skip { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "}") && !$0.isSpace }
        return bytes[start..<place].text
    }

    mutating func parseFileName() throws(ToolStop) -> String {
        skip(while: \.isBlank)
        let start = place
        skip { $0 != .newline }
        if start == place { throw failure("missing filename in r/R/w/W commands") }
        return bytes[start..<place].text
    }

    /// The text of `a`, `i` and `c`: the rest of the line, and more lines behind backslashes.
    mutating func parseText() throws(ToolStop) -> [UInt8] {
        skip(while: \.isBlank)
        if peek == UInt8(ascii: "\\") {
            place += 1
            let mark = place
            skip(while: \.isBlank)
            if peek == .newline {
                place += 1
            } else if peek != nil {
                // Blanks behind the backslash are part of the text.
                place = mark
            } else {
                throw failure("expected \\ after `a', `c' or `i'")
            }
        } else if peek == nil || peek == .newline {
            throw failure("expected \\ after `a', `c' or `i'", reading: true)
        }
        var text: [UInt8] = []
        while let next = peek, next != .newline {
            place += 1
            if next == UInt8(ascii: "\\") {
                guard let escaped = peek else { break }
                place += 1
                text.append(SedText.simpleEscape(escaped) ?? escaped)
            } else {
                text.append(next)
            }
        }
        return text
    }

    // MARK: Bytes

    /// The text up to the delimiter, which is taken too. An escaped delimiter loses its backslash,
    /// as does an escaped newline of a replacement; inside brackets of a pattern a delimiter still
    /// ends it, as in GNU sed.
    mutating func delimited(
        _ delimiter: UInt8, isPattern: Bool, _ problem: String
    ) throws(ToolStop) -> [UInt8] {
        var text: [UInt8] = []
        while let next = peek {
            place += 1
            if next == delimiter { return text }
            if next == UInt8(ascii: "\\"), let escaped = peek {
                place += 1
                if escaped == delimiter {
                    text.append(escaped)
                } else if escaped == UInt8(ascii: "n"), isPattern {
                    text.append(.newline)
                } else {
                    text += [next, escaped]
                }
            } else if next == .newline, isPattern {
                throw failure(problem)
            } else {
                text.append(next)
            }
        }
        throw failure(problem)
    }

    var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let next = peek, UInt32(next) == character.value else { return false }
        place += 1
        return true
    }

    mutating func skip(while condition: (UInt8) -> Bool) {
        while let next = peek, condition(next) { place += 1 }
    }

    mutating func takeNumber() -> Int? {
        guard let first = peek, first.isDigit else { return nil }
        var number = 0
        while let next = peek, next.isDigit {
            number = min(1 << 40, number * 10 + Int(next - 0x30))
            place += 1
        }
        return number
    }

    /// An error at the character read last.
    ///
    /// - Parameters:
    ///   - position: where in its piece of the script, instead.
    ///   - reading: whether the next character, if there is one, has been looked at.
    func failure(
        _ message: String, at position: Int? = nil, reading: Bool = false
    ) -> ToolStop {
        let read = min(bytes.count, place + (reading ? 1 : 0))
        let index = starts.lastIndex { $0 <= max(0, read - 1) } ?? 0
        let script = scripts[index]
        if script.countsLines {
            let before = bytes[starts[index]..<max(starts[index], read)].dropLast()
            let line = before.count { $0 == .newline } + 1
            return .failure("\(script.name) \(line): \(message)")
        }
        let offset = min(script.bytes.count, read - starts[index])
        return .failure("\(script.name) \(position ?? offset): \(message)")
    }
}
