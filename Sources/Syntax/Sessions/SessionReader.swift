/// Walks the lines of a session.
struct SessionReader {
    let lines: [Substring]
    let style: SessionText.Style
    private let documents: DocumentLines
    private var line = 0
    private var entries: [SessionText.Entry] = []
    /// What indents the first prompt: a mark further in is a part of an output.
    private var indent: Int?

    init(lines: [Substring], style: SessionText.Style) {
        self.lines = lines
        self.style = style
        documents = DocumentLines(lines)
    }

    mutating func read() -> [SessionText.Entry] {
        while line < lines.count {
            guard let prompt = prompt(line) else {
                line += 1
                continue
            }
            if indent == nil { indent = indentation(line) }
            readEntry(prompt)
        }
        return entries
    }

    /// The prompt of a line that is a command.
    private func prompt(_ line: Int) -> (kind: ShellPrompt.Kind, length: Int)? {
        if documents.contains(line) { return nil }
        let text = lines[line]
        if style == .bare {
            let bytes = ArraySlice(Array(text.utf8))
            guard PromptPrograms.begin(bytes), Self.isCall(text) else { return nil }
            return (.plain, 0)
        }
        guard let prompt = ShellPrompt(of: text) else { return nil }
        if prompt.kind == .hash, style != .root { return nil }
        if let indent, indentation(line) > indent + 1 { return nil }
        return (prompt.kind, prompt.length)
    }

    private func indentation(_ line: Int) -> Int {
        lines[line].utf8.prefix { Characters.isBlank($0) }.count
    }

    /// Whether a line that begins with a program is a call of it, and not a sentence about it: `kubectl is …`.
    private static func isCall(_ text: Substring) -> Bool {
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count > 1 else { return true }
        let sentence = [
            "is", "are", "has", "can", "will", "does", "controls", "was", "the", "a", "an", "and",
        ]
        if sentence.contains(String(words[1])) { return false }
        return !text.hasSuffix(":") || text.contains("://")
    }

    private mutating func readEntry(_ prompt: (kind: ShellPrompt.Kind, length: Int)) {
        let first = line
        var command = OpenCommand()
        var pieces: [SessionText.Piece] = []
        take(from: prompt.length, &command, &pieces)
        if prompt.kind == .own { readDots(&command, &pieces) } else { readOpen(&command, &pieces) }
        if command.isInText {
            // A quote without an end: the page has lost it, and the next lines are no part of the command.
            pieces.removeSubrange(1...)
            line = first + 1
        }
        let text = pieces.map { piece in
            let bytes = Array(lines[piece.line].utf8)[piece.bytes]
            return String(decoding: bytes, as: UTF8.self)
        }.joined(separator: "\n")
        let end = line
        let output = outputEnd(text, prompt.kind)
        entries.append(
            SessionText.Entry(
                prompt: prompt.kind, command: text, pieces: pieces, lines: first..<end,
                output: end..<output))
    }

    /// The lines that an open command goes on in.
    private mutating func readOpen(
        _ command: inout OpenCommand, _ pieces: inout [SessionText.Piece]
    ) {
        while command.isOpen, line < lines.count {
            if style != .bare, !documents.contains(line),
                let next = ShellPrompt(of: lines[line]), next.kind != .hash,
                !(isMarked(line) && command.isOpen)
            {
                return
            }
            take(from: afterMark(line), &command, &pieces)
        }
    }

    /// The lines behind Drydock's own prompt: dots stand in front of each further one.
    private mutating func readDots(
        _ command: inout OpenCommand, _ pieces: inout [SessionText.Piece]
    ) {
        while line < lines.count {
            let dots = lines[line].utf8.prefix { $0 == UInt8(ascii: ".") }.count
            guard dots > 3, lines[line].utf8.dropFirst(dots).first == UInt8(ascii: " ") else {
                return
            }
            take(from: dots + 1, &command, &pieces)
        }
    }

    private func isMarked(_ line: Int) -> Bool {
        lines[line].utf8.first { !Characters.isBlank($0) } == UInt8(ascii: ">")
    }

    /// Where the text of a further line begins: behind `> ` where it has that.
    private func afterMark(_ line: Int) -> Int {
        guard isMarked(line) else { return 0 }
        let bytes = Array(lines[line].utf8)
        let mark = bytes.firstIndex(of: UInt8(ascii: ">")) ?? 0
        let next = mark + 1
        return next < bytes.count && bytes[next] == UInt8(ascii: " ") ? next + 1 : next
    }

    /// Takes the line at hand from an offset on as a part of the command.
    private mutating func take(
        from start: Int, _ command: inout OpenCommand, _ pieces: inout [SessionText.Piece]
    ) {
        var bytes = Array(lines[line].utf8.dropFirst(start))
        let isText = command.isInText
        // Blanks at the end of a line: behind a `\` they would undo it.
        if !isText { while let last = bytes.last, Characters.isBlank(last) { bytes.removeLast() } }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        command.take(String(decoding: bytes, as: UTF8.self))
        var end = bytes.count
        if let comment = command.comment, !isText {
            end = comment
            while end > 0, Characters.isBlank(bytes[end - 1]) { end -= 1 }
        }
        pieces.append(SessionText.Piece(line: line, bytes: start..<(start + end)))
        line += 1
    }

    /// Goes to the next command; answers where the output of the one before ends.
    private mutating func outputEnd(_ command: String, _ kind: ShellPrompt.Kind) -> Int {
        var end = line
        var isOver = false
        // What an editor or `cat` shows may have comments of its own.
        let hasComments = SessionText.showsFile(command)
        while line < lines.count, prompt(line) == nil {
            let text = lines[line]
            if text.hasPrefix("#"), !hasComments { isOver = true }
            if !isOver, !text.isBlankLine { end = line + 1 }
            line += 1
        }
        return end
    }
}

extension SessionText {
    /// Whether a command shows the text of a file or opens it in an editor, so that what stands below is the
    /// file.
    package static func showsFile(_ command: String) -> Bool {
        shownFile(command) != nil || command.hasPrefix("kubectl edit")
    }

    /// The file that an editor or `cat` is called with; nil where the command is another one.
    package static func shownFile(_ command: String) -> String? {
        var words = command.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        if words.first == "sudo" { words.removeFirst() }
        guard let program = words.first,
            ["vim", "vi", "nano", "cat", "more", "less", "gedit", "code", "emacs"].contains(
                program),
            words.count >= 2, !command.contains("<"), !command.contains("|"), !command.contains(">")
        else { return nil }
        let files = words.dropFirst().filter { !$0.hasPrefix("-") && !$0.hasPrefix("+") }
        return files.count == 1 ? files.first : nil
    }
}
