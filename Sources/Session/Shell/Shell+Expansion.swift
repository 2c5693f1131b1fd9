import Patterns

import Support

/// From words as written to the arguments of a command: braces, variables, `$(…)`, splitting, file
/// patterns.
extension Shell {
    /// All the arguments that one word becomes: none, one or many.
    func fields(of word: ShellWord, _ streams: ShellStreams) throws -> [String] {
        try braceExpanded(word).flatMap { word -> [String] in
            try splitFields(word, streams).flatMap { field -> [String] in
                guard Glob(field).plainText == nil else { return [String(field.map(\.value))] }
                let paths = Glob.expand(field, in: folder, from: workingDirectory)
                return paths.isEmpty ? [String(field.map(\.value))] : paths
            }
        }
    }

    /// The word as one string, neither split nor matched against files: assignments, redirections.
    func string(of word: ShellWord, _ streams: ShellStreams) throws -> String {
        var text = ""
        for part in word.parts { text += try self.text(of: part, streams) }
        return text
    }

    /// The word as a pattern in which quoted parts are plain.
    func pattern(of word: ShellWord, _ streams: ShellStreams) throws -> Glob {
        var characters: [ShellCharacter] = []
        for part in word.parts {
            let isQuoted =
                switch part {
                case .text(_, let quoted), .variable(_, let quoted), .command(_, let quoted),
                    .arithmetic(_, let quoted):
                    quoted
                case .process: true
                }
            characters += try text(of: part, streams).map {
                ShellCharacter(value: $0, isQuoted: isQuoted)
            }
        }
        return Glob(characters)
    }

    private func splitFields(_ word: ShellWord, _ streams: ShellStreams) throws
        -> [[ShellCharacter]]
    {
        var fields: [[ShellCharacter]] = []
        var current: [ShellCharacter]?
        func add(_ text: some Sequence<Character>, quoted: Bool) {
            current = (current ?? []) + text.map { ShellCharacter(value: $0, isQuoted: quoted) }
        }
        for part in word.parts {
            switch part {
            case .text(let text, let quoted):
                add(text, quoted: quoted)
            case .variable(let variable, let quoted) where variable.name == "@" && quoted:
                for (index, value) in positional.enumerated() {
                    if index > 0, let done = current {
                        fields.append(done)
                        current = nil
                    }
                    add(value, quoted: true)
                }
            case .variable(_, quoted: true), .command(_, quoted: true),
                .arithmetic(_, quoted: true),
                .process:
                add(try text(of: part, streams), quoted: true)
            case .variable, .command, .arithmetic:
                // Unquoted results are cut at blanks; blanks at the ends part them from their
                // neighbours.
                for character in try text(of: part, streams) {
                    if character == " " || character == "\t" || character == "\n" {
                        if let done = current { fields.append(done) }
                        current = nil
                    } else {
                        add(CollectionOfOne(character), quoted: false)
                    }
                }
            }
        }
        if let current { fields.append(current) }
        return fields
    }

    private func text(of part: ShellWordPart, _ streams: ShellStreams) throws -> String {
        switch part {
        case .text(let text, _): return text
        case .variable(let variable, _): return try value(of: variable, streams)
        case .command(let list, _): return try output(of: list, streams)
        case .arithmetic(let word, _):
            let lookup = { (name: String) in self.variables[name] ?? "" }
            return String(try ShellArithmetic.evaluate(string(of: word, streams), lookup))
        case .process(let list): return try processFile(output(of: list, streams, trimmed: false))
        }
    }

    /// What a command prints, without the newlines at its end.
    private func output(
        of list: ShellList, _ streams: ShellStreams, trimmed: Bool = true
    ) throws -> String {
        let sink = ShellSink()
        let inner = ShellStreams(input: ShellInput(""), output: sink, error: streams.error)
        let outer = (variables, workingDirectory)
        defer { (variables, workingDirectory) = outer }
        do {
            status = try execute(list, inner)
        } catch let ShellJump.exit(code) {
            status = code
        }
        var text = sink.text[...]
        while trimmed, text.last == "\n" { text.removeLast() }
        return String(text)
    }

    // MARK: Variables

    private func lookup(_ name: String) -> String? {
        switch name {
        case "?": return String(status)
        case "#": return String(positional.count)
        case "@", "*": return positional.joined(separator: " ")
        case "0": return "bash"
        case "$": return "1"
        case "PWD": return "/" + workingDirectory
        default:
            if let number = Int(name) {
                return positional.indices.contains(number - 1) ? positional[number - 1] : nil
            }
            return variables[name]
        }
    }

    private func value(of variable: ShellVariable, _ streams: ShellStreams) throws -> String {
        let found = lookup(variable.name)
        let value = found ?? ""
        switch variable.operation {
        case .plain: return value
        case .length: return String(value.count)
        case .orElse(let word, let alsoEmpty):
            return isMissing(found, alsoEmpty) ? try string(of: word, streams) : value
        case .ifSet(let word, let alsoEmpty):
            return isMissing(found, alsoEmpty) ? "" : try string(of: word, streams)
        case .assign(let word, let alsoEmpty):
            guard isMissing(found, alsoEmpty) else { return value }
            let text = try string(of: word, streams)
            variables[variable.name] = text
            return text
        case .trim(let word, let atEnd, let longest):
            let glob = try pattern(of: word, streams)
            return atEnd
                ? glob.droppingSuffix(of: value, longest: longest)
                : glob.droppingPrefix(of: value, longest: longest)
        case .replace(let word, let replacement, let all):
            return try pattern(of: word, streams).replacing(
                in: value, with: try string(of: replacement, streams), all: all)
        }
    }

    private func isMissing(_ value: String?, _ alsoEmpty: Bool) -> Bool {
        value.map { alsoEmpty && $0.isEmpty } ?? true
    }

    // MARK: Braces

    /// `a{b,c}` is `ab` and `ac`; `{1..3}` counts. Only unquoted braces, innermost last, as bash
    /// does it.
    private func braceExpanded(_ word: ShellWord) -> [ShellWord] {
        for (index, part) in word.parts.enumerated() {
            guard case .text(let text, quoted: false) = part,
                let brace = Self.brace(in: Array(text))
            else {
                continue
            }
            let before = Array(word.parts[..<index])
            let after = Array(word.parts[(index + 1)...])
            return brace.choices.flatMap { choice in
                braceExpanded(
                    ShellWord(
                        parts: before + [.text(brace.before + choice + brace.after, quoted: false)]
                            + after))
            }
        }
        return [word]
    }

    private static func brace(
        in text: [Character]
    ) -> (before: String, choices: [String], after: String)? {
        for open in text.indices where text[open] == "{" {
            var depth = 0
            var pieces = [""]
            for index in text[open...].indices {
                let next = text[index]
                if next == "{" { depth += 1 }
                if next == "}" { depth -= 1 }
                if depth == 0 {
                    let choices = pieces.count > 1 ? pieces : range(pieces[0])
                    guard let choices else { break }
                    return (String(text[..<open]), choices, String(text[(index + 1)...]))
                }
                if next == ",", depth == 1 {
                    pieces.append("")
                } else if index > open {
                    pieces[pieces.count - 1].append(next)
                }
            }
        }
        return nil
    }

    /// `1..3` counts up or down; at most 10,000 words.
    private static func range(_ text: String) -> [String]? {
        guard let dots = text.range(of: ".."), let low = Int(text[..<dots.lowerBound]),
            let high = Int(text[dots.upperBound...]), low.distance(to: high).magnitude < 10_000
        else { return nil }
        return low <= high
            ? (low...high).map(String.init) : (high...low).reversed().map(String.init)
    }
}
