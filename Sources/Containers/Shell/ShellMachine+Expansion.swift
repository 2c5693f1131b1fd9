import Patterns
import Tools

// Words become fields: POSIX' 2.6, in its order.
extension ShellMachine {
    /// A piece of a field, which is a pattern or a place to split only where it is not quoted.
    private struct Piece {
        var text: String
        var isQuoted: Bool
    }

    /// Why a word cannot be expanded.
    struct ExpansionProblem: Error { let message: String }

    /// The fields that words become.
    func fields(_ words: [ShellWord]) throws -> [String] {
        var found: [String] = []
        for word in words {
            for word in flavor == .bash ? BraceExpansion.words(word) : [word] {
                if let text = word.plainText, !text.contains(where: { "*?[~".contains($0) }) {
                    found.append(text)
                } else {
                    found += try fields(of: word)
                }
            }
            if found.count > Self.maximumFields {
                throw ExpansionProblem(message: "argument list too long")
            }
        }
        return found
    }

    private static let maximumFields = 1_000_000

    private func fields(of word: ShellWord) throws -> [String] {
        var fields: [[Piece]] = []
        var current: [Piece]?
        for (place, part) in word.parts.enumerated() {
            switch part {
            case .text(let text, let isQuoted):
                let text = place == 0 && !isQuoted ? home(text) : text
                current = (current ?? []) + [Piece(text: text, isQuoted: isQuoted)]
            case .variable(let variable, isQuoted: true) where variable.name == "@":
                for (number, argument) in state.arguments.dropFirst().enumerated() {
                    if number > 0 {
                        fields.append(current ?? [])
                        current = nil
                    }
                    current = (current ?? []) + [Piece(text: argument, isQuoted: true)]
                }
            case .variable(let variable, let isQuoted):
                split(try value(of: variable), isQuoted, &fields, &current)
            case .command(let node, let isQuoted):
                split(try output(of: node), isQuoted, &fields, &current)
            case .sum(let inner, let isQuoted):
                split(try sum(inner), isQuoted, &fields, &current)
            }
        }
        if let current { fields.append(current) }
        return fields.flatMap { paths($0) }
    }

    /// `~` and `~/…`.
    private func home(_ text: String) -> String {
        guard text == "~" || text.hasPrefix("~/") else { return text }
        return (state["HOME"] ?? "/") + text.dropFirst()
    }

    /// Adds a value: whole where it is quoted, else split at blanks (or `$IFS`).
    private func split(
        _ value: String, _ isQuoted: Bool, _ fields: inout [[Piece]], _ current: inout [Piece]?
    ) {
        let separators = state["IFS"] ?? " \t\n"
        if isQuoted || separators.isEmpty {
            if isQuoted || !value.isEmpty {
                current = (current ?? []) + [Piece(text: value, isQuoted: isQuoted)]
            }
            return
        }
        var piece = ""
        var isAfterMark = false
        for character in value {
            guard separators.contains(character) else {
                piece.append(character)
                isAfterMark = false
                continue
            }
            let isBlank = character.isWhitespace
            if !piece.isEmpty { current = (current ?? []) + [Piece(text: piece, isQuoted: false)] }
            piece = ""
            if let done = current {
                fields.append(done)
                current = nil
            } else if !isBlank, !isAfterMark || !fields.isEmpty {
                fields.append([])
            }
            isAfterMark = true
        }
        if !piece.isEmpty { current = (current ?? []) + [Piece(text: piece, isQuoted: false)] }
    }

    /// The files that a field names as a pattern; the field itself where it is none, or none fit.
    private func paths(_ field: [Piece]) -> [String] {
        let text = field.map(\.text).joined()
        let isPattern = field.contains { piece in
            !piece.isQuoted && piece.text.contains { "*?[".contains($0) }
        }
        guard isPattern else { return [text] }
        let pattern = field.map { $0.isQuoted ? Glob.escaped($0.text) : $0.text }.joined()
        let found = FilePatterns.paths(pattern, in: space.files, folder: state.workingDirectory)
        return found.isEmpty ? [text] : found
    }

    /// A word as one text: for assignments, redirections, here-documents.
    func text(_ word: ShellWord) throws -> String {
        var text = ""
        for (place, part) in word.parts.enumerated() {
            switch part {
            case .text(let piece, let isQuoted):
                text += place == 0 && !isQuoted ? home(piece) : piece
            case .variable(let variable, _): text += try value(of: variable)
            case .command(let node, _): text += try output(of: node)
            case .sum(let inner, _): text += try sum(inner)
            }
        }
        return text
    }

    /// A word as a pattern, in which quoted parts stand for themselves.
    func pattern(_ word: ShellWord) throws -> Glob {
        var text = ""
        for part in word.parts {
            switch part {
            case .text(let piece, let isQuoted): text += isQuoted ? Glob.escaped(piece) : piece
            case .variable(let variable, let isQuoted):
                let value = try value(of: variable)
                text += isQuoted ? Glob.escaped(value) : value
            case .command(let node, let isQuoted):
                let value = try output(of: node)
                text += isQuoted ? Glob.escaped(value) : value
            case .sum(let inner, _): text += try sum(inner)
            }
        }
        return Glob(text)
    }

    /// What a command prints, without the newlines at its end.
    private func output(of node: ShellNode) throws -> String {
        let output = ToolOutput(limit: Self.pipeBytes)
        state.status = try runNested(
            node,
            streams: ShellStreams(input: streams.input, output: output, error: streams.error))
        var bytes = output.take()
        while bytes.last == 0x0A { bytes.removeLast() }
        bytes.removeAll { $0 == 0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func sum(_ word: ShellWord) throws -> String {
        let text = try text(word)
        do throws(ShellSum.Problem) {
            return String(try ShellSum.evaluate(text, state))
        } catch {
            throw ExpansionProblem(message: error.message)
        }
    }

    // MARK: Variables

    /// The value of a parameter; nil where it is not set.
    func parameter(_ name: String) -> String? {
        switch name {
        case "?": return String(state.status)
        case "$": return String(state.processID)
        case "!": return state.lastBackground.map { String($0) } ?? ""
        case "#": return String(max(state.arguments.count - 1, 0))
        case "@", "*": return state.arguments.dropFirst().joined(separator: " ")
        case "-": return String(state.options.sorted())
        case "RANDOM" where state["RANDOM"] == nil && flavor == .bash:
            return String((state.status == 0 ? 16_807 : 48_271) % 32_768)
        default: break
        }
        if let number = Int(name) {
            return number < state.arguments.count ? state.arguments[number] : nil
        }
        if name == "PWD" { return state.workingDirectory }
        if name == "SECONDS" { return String((clock.now - space.facts.started) / 1_000) }
        return state[name]
    }

    private func value(of variable: ShellVariable) throws -> String {
        let value = parameter(variable.name)
        if value == nil, state.options.contains("u") {
            if case .standard = variable.operation {
            } else {
                throw ExpansionProblem(message: "\(variable.name): parameter not set")
            }
        }
        switch variable.operation {
        case .plain: return value ?? ""
        case .length: return String(value?.unicodeScalars.count ?? 0)
        case .standard(let sign, let forEmpty, let word):
            return try standard(variable.name, value, sign, forEmpty, word)
        case .strip(let fromEnd, let longest, let word):
            let glob = try pattern(word)
            let text = value ?? ""
            return fromEnd
                ? glob.droppingSuffix(of: text, longest: longest)
                : glob.droppingPrefix(of: text, longest: longest)
        case .replace(let pattern, let word, let isAll):
            return try self.pattern(pattern).replacing(
                in: value ?? "", with: try text(word), all: isAll)
        case .part(let offset, let length):
            return part(
                Array((value ?? "").unicodeScalars), Int(try sum(offset)) ?? 0,
                try length.map { Int(try sum($0)) ?? 0 })
        }
    }

    private func standard(
        _ name: String, _ value: String?, _ sign: Character, _ forEmpty: Bool, _ word: ShellWord
    ) throws -> String {
        let isMissing = value == nil || forEmpty && value == ""
        switch sign {
        case "+": return isMissing ? "" : try text(word)
        case "-": return isMissing ? try text(word) : value ?? ""
        case "=":
            guard isMissing else { return value ?? "" }
            let text = try text(word)
            state.set(name, to: text)
            return text
        default:
            guard isMissing else { return value ?? "" }
            let text = try text(word)
            throw ExpansionProblem(
                message: "\(name): \(text.isEmpty ? "parameter null or not set" : text)")
        }
    }

    private func part(_ scalars: [UnicodeScalar], _ offset: Int, _ length: Int?) -> String {
        let start = min(max(offset < 0 ? scalars.count + offset : offset, 0), scalars.count)
        var end = scalars.count
        if let length { end = length < 0 ? scalars.count + length : min(start + length, end) }
        guard start < end else { return "" }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<end])
        return String(text)
    }
}

/// From a pattern to the files of a container that it names.
enum FilePatterns {
    /// The paths that fit, in byte order; a name that begins with a dot fits only a part that does.
    static func paths(_ pattern: String, in files: ContainerFiles, folder: String) -> [String] {
        var found = [pattern.hasPrefix("/") ? "/" : ""]
        let parts = pattern.split(separator: "/")
        for (place, part) in parts.enumerated() {
            let glob = Glob(String(part))
            found = found.flatMap { base -> [String] in
                if let name = glob.plainText {
                    let path = ContainerPath.resolved(base + name, in: folder)
                    return (try? files.find(path)) == nil ? [] : [base + name]
                }
                let path = ContainerPath.resolved(base.isEmpty ? "." : base, in: folder)
                let names = (try? files.list(path)) ?? []
                return names.filter {
                    (!$0.hasPrefix(".") || part.hasPrefix(".")) && glob.matches($0)
                }.map { base + $0 }
            }
            if place < parts.count - 1 {
                found = found.filter { base in
                    files.kind(of: ContainerPath.resolved(base, in: folder)) == .directory
                }.map { $0 + "/" }
            }
        }
        return found
    }
}

/// bash's `{a,b}` and `{1..5}`.
enum BraceExpansion {
    /// What a word becomes before anything else of it is expanded.
    static func words(_ word: ShellWord) -> [ShellWord] {
        for (place, part) in word.parts.enumerated() {
            guard case .text(let text, isQuoted: false) = part, text.contains("{"),
                let (before, choices, after) = split(text)
            else { continue }
            return choices.flatMap { choice -> [ShellWord] in
                var copy = word
                copy.parts[place] = .text(before + choice + after, isQuoted: false)
                return words(copy)
            }
        }
        return [word]
    }

    private static let maximumChoices = 10_000

    private static func split(_ text: String) -> (String, [String], String)? {
        guard let open = text.firstIndex(of: "{") else { return nil }
        var depth = 0
        var pieces: [String] = [""]
        var index = open
        while index < text.endIndex {
            let character = text[index]
            if character == "{" {
                depth += 1
                if depth > 1 { pieces[pieces.count - 1].append(character) }
            } else if character == "}" {
                depth -= 1
                if depth == 0 { break }
                pieces[pieces.count - 1].append(character)
            } else if character == ",", depth == 1 {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
            index = text.index(after: index)
        }
        guard index < text.endIndex else { return nil }
        let choices = pieces.count > 1 ? pieces : range(pieces[0])
        guard let choices else { return nil }
        return (String(text[..<open]), choices, String(text[text.index(after: index)...]))
    }

    private static func range(_ text: String) -> [String]? {
        let ends = text.split(separator: ".", omittingEmptySubsequences: false).filter {
            !$0.isEmpty
        }
        guard text.contains(".."), ends.count == 2, let first = Int(ends[0]),
            let last = Int(ends[1]),
            abs(first.subtractingReportingOverflow(last).partialValue) < maximumChoices
        else { return nil }
        let numbers = first <= last ? Array(first...last) : Array((last...first).reversed())
        return numbers.map { String($0) }
    }
}
