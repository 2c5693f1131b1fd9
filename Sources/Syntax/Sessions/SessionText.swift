/// A text as a terminal showed it: commands behind prompts, and below each what it printed.
///
/// Lines with a prompt are commands, with the lines that they go on in (behind `\`, in quotes, in
/// here-documents, with or without `> ` in front). What follows until the next prompt is the old output.
package struct SessionText: Sendable {
    /// A line of a command: a range of the bytes of a line.
    package struct Piece: Hashable, Sendable {
        package let line: Int
        package let bytes: Range<Int>
    }

    /// A command with what it printed.
    package struct Entry: Sendable {
        package let prompt: ShellPrompt.Kind
        /// The command, without prompts, marks of continuation and comments.
        package let command: String
        package let pieces: [Piece]
        /// The lines of the command, as indices of lines.
        package let lines: Range<Int>
        /// The lines of its old output, blank ones at the end left out; comments end it.
        package let output: Range<Int>
    }

    /// What makes a line a command.
    package enum Style: Sendable {
        /// A prompt; `#` counts as one.
        case root
        /// A prompt; `#` begins a comment.
        case prompts
        /// A program that pages call at the beginning of the line.
        case bare
    }

    package let entries: [Entry]
    package let style: Style

    /// The session that lines are; nil where they are none: no prompt, or statements of the language beside
    /// the prompts, such as `expect …`, in which case `$` marks commands and every line counts.
    package init?(_ lines: [Substring]) {
        guard let style = Self.style(of: lines) else { return nil }
        self.init(lines, style)
    }

    /// The commands among lines of a style that is known.
    package init(_ lines: [Substring], _ style: Style) {
        self.style = style
        var reader = SessionReader(lines: lines, style: style)
        entries = reader.read()
    }

    /// The session that a text is.
    package init?(_ text: String) {
        self.init(text.split(separator: "\n", omittingEmptySubsequences: false))
    }

    // MARK: What a text is

    private static func style(of lines: [Substring]) -> Style? {
        var hasPrompt = false
        var hashes: [Int] = []
        let documents = DocumentLines(lines)
        for (index, line) in lines.enumerated()
        where Self.mayBePrompt(line) && !documents.contains(index) {
            guard let prompt = ShellPrompt(of: line) else { continue }
            if prompt.kind == .hash { hashes.append(index) } else { hasPrompt = true }
        }
        if hasPrompt {
            let session = SessionText(lines, .prompts)
            return session.leavesStatements(of: lines) ? nil : .prompts
        }
        return isRoot(lines, hashes) ? .root : nil
    }

    /// A quick look at what a line begins with.
    private static func mayBePrompt(_ line: Substring) -> Bool {
        let byte = line.utf8.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        guard let byte else { return false }
        return Characters.isNamePart(byte) || byte > 127 || "$#[(>%~/".utf8.contains(byte)
    }

    /// Whether `#` is root's prompt in a text without other prompts: something stands right below one that is
    /// no command, and no line without `#` is one. Comments stand above commands.
    private static func isRoot(_ lines: [Substring], _ hashes: [Int]) -> Bool {
        guard !hashes.isEmpty else { return false }
        let session = SessionText(lines, .root)
        var hasOutput = false
        for entry in session.entries {
            hasOutput =
                hasOutput || !entry.output.isEmpty && !lines[entry.output.lowerBound].isBlankLine
            for line in entry.output where StatementWords.mayBegin(lines[line]) { return false }
        }
        let first = session.entries.first?.lines.lowerBound ?? 0
        for line in lines[..<first] where StatementWords.mayBegin(line) { return false }
        return hasOutput
    }

    /// Whether a line outside the commands is a statement that only this language has.
    private func leavesStatements(of lines: [Substring]) -> Bool {
        var place = 0
        for entry in entries {
            for line in lines[place..<entry.lines.lowerBound] where StatementWords.isOwn(line) {
                return true
            }
            place = entry.lines.upperBound
        }
        return lines[place...].contains(where: StatementWords.isOwn)
    }

    // MARK: The text without all that is no command

    /// The bytes of `source` with blanks in place of prompts and old output, so that every place of a command
    /// stays; nil where the text is no session.
    static func masked(_ source: Source) -> [UInt8]? {
        // Most scripts have no prompt: a look at the bytes is enough to know.
        guard hasMark(source.utf8) else { return nil }
        let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let session = SessionText(lines), !session.isPlain(lines) else { return nil }
        var starts: [Int] = []
        var start = 0
        for line in lines {
            starts.append(start)
            start += line.utf8.count + 1
        }
        var bytes = source.utf8.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        for piece in session.entries.flatMap(\.pieces) {
            let from = starts[piece.line] + piece.bytes.lowerBound
            let range = from..<(from + piece.bytes.count)
            bytes.replaceSubrange(range, with: source.utf8[range])
        }
        return bytes
    }

    /// Whether the text is nothing but commands behind `$ `, which statements may have anyway.
    private func isPlain(_ lines: [Substring]) -> Bool {
        var place = 0
        for entry in entries {
            guard entry.prompt == .plain else { return false }
            for line in lines[place..<entry.lines.lowerBound] where !line.isBlankOrComment {
                return false
            }
            place = entry.lines.upperBound
            for (index, piece) in entry.pieces.enumerated() {
                let line = Array(lines[piece.line].utf8)
                let lead = line[..<piece.bytes.lowerBound].filter { !Characters.isBlank($0) }
                let rest = line[piece.bytes.upperBound...].first { !Characters.isBlank($0) }
                guard lead == (index == 0 ? [UInt8(ascii: "$")] : []),
                    rest == nil || rest == UInt8(ascii: "#")
                else { return false }
            }
        }
        return lines[place...].allSatisfy(\.isBlankOrComment)
    }

    /// Whether some line can begin with a prompt: a mark with a blank or a program behind it.
    private static func hasMark(_ bytes: [UInt8]) -> Bool {
        var isLineStart = true
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\n") {
                isLineStart = true
            } else if isLineStart, !Characters.isBlank(byte) {
                isLineStart = false
                let line = bytes[place...].prefix(160).prefix { $0 != UInt8(ascii: "\n") }
                if ShellPrompt(bytes: line) != nil { return true }
            }
            place += 1
        }
        return false
    }
}

extension Substring {
    var isBlankLine: Bool { utf8.allSatisfy(Characters.isBlank) }

    var isBlankOrComment: Bool {
        utf8.first { !Characters.isBlank($0) }.map { $0 == UInt8(ascii: "#") } ?? true
    }
}

/// Words that tell a line of a script from a line of output.
enum StatementWords {
    /// What begins a statement that no shell and no output has.
    private static let own: Set<String> = [
        "advance", "always", "at", "behavior", "every", "exercise", "expect", "feature-gate",
        "file",
        "finally", "fn",
        "include", "let", "load", "never", "node", "param", "print", "scenario", "settle", "setup",
        "skip",
        "teardown", "world",
    ]
    private static let verbs: Set<String> = [
        "annotate", "apply", "autoscale", "cordon", "create", "delete", "describe", "drain", "edit",
        "expose", "get", "label", "logs", "patch", "replace", "rollout", "run", "scale", "set",
        "taint",
        "top", "uncordon", "wait",
    ]

    private static func first(_ line: Substring) -> Substring {
        line.prefix { $0 != " " && $0 != "\t" && $0 != ":" && $0 != "\r" }
    }

    /// Whether a line is a statement of the language, which reads it without complaint.
    static func isOwn(_ line: Substring) -> Bool {
        guard own.contains(String(first(line))) else { return false }
        let source = Source(name: "", text: String(line))
        var options = ParseOptions()
        options.readsSessions = false
        let result = Parser.parse(source, options: options)
        return !result.hasErrors || result.isIncomplete
    }

    /// Whether a line can be a command or a statement.
    static func mayBegin(_ line: Substring) -> Bool {
        let word = String(first(line))
        if verbs.contains(word) || own.contains(word) { return true }
        let rest = Array(line.utf8).drop(while: Characters.isBlank)
        return PromptPrograms.begin(rest)
    }
}
