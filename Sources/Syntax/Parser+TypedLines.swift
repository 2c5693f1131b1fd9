// Lines that are typed to a shell in a container: below `exec -it web-0 -- sh`, up to `exit`.
extension Parser {
    /// typed lines = line end, { line }, "exit", { any character } ;
    ///
    /// They are input of the command, as a here-document would be; without an `exit` below there are none.
    /// Where lines begin with the shell's prompt, as pasted from a page, the others are what was printed.
    mutating func parseTypedLines(of command: Command) -> Redirection? {
        guard Self.opensShell(command), lexer.byte(offset) == UInt8(ascii: "\n"),
            lexer.limit == lexer.bytes.count, lexer.resumption[offset] == nil
        else { return nil }
        let lineEnd = offset
        var start = lineEnd + 1
        var lines: [(text: String, hasPrompt: Bool)] = []
        while start < lexer.limit {
            let end = lexer.lineEnd(from: start)
            let line = Self.typed(lexer.text(start..<end))
            if line.text.hasPrefix("kubectl ") || line.text.hasPrefix("$ ") { return nil }
            let word = line.text.prefix { $0 != " " }
            if word != "exit" || line.text.contains(">") || line.text.contains("$") {
                lines.append(line)
                start = end + 1
                continue
            }
            lexer.resumption[lineEnd] = min(end + 1, lexer.limit)
            move(to: offset)
            if line.text != "exit" { lines.append(line) }
            return redirection(lines, hasPrompt: line.hasPrompt)
        }
        return nil
    }

    private func redirection(
        _ lines: [(text: String, hasPrompt: Bool)], hasPrompt: Bool
    ) -> Redirection {
        let isPasted = hasPrompt || lines.contains(where: \.hasPrompt)
        var builder = PieceBuilder()
        for line in lines where !isPasted || line.hasPrompt {
            builder.append(Array("\(line.text)\n".utf8)[...])
        }
        let span = SourceSpan(at: offset)
        let document = HereDocument(
            tag: "exit", isInterpolated: false, isShellStyle: false, pieces: builder.finish(),
            span: span)
        return Redirection(
            descriptor: nil, operation: .hereDocument, target: .hereDocument(document), span: span)
    }

    /// Whether a command begins a shell at a terminal: `exec -it web-0 -- sh`, `attach -it shell`,
    /// `run -it box --image=busybox -- sh`.
    private static func opensShell(_ command: Command) -> Bool {
        let words = command.words.compactMap(\.literalText)
        guard let verb = words.first, ["exec", "attach", "run", "debug"].contains(verb),
            command.redirections.isEmpty, words.count == command.words.count
        else { return false }
        let dashes = words.firstIndex(of: "--") ?? words.count
        let flags = words[..<dashes].filter { $0.hasPrefix("-") }
        let letters = Set(flags.filter { !$0.hasPrefix("--") && !$0.contains("=") }.joined())
        guard letters.contains("i") || flags.contains("--stdin"),
            letters.contains("t") || flags.contains("--tty")
        else { return false }
        let rest = words.dropFirst(dashes + 1)
        if rest.isEmpty { return verb != "exec" }
        let shells = ["sh", "bash", "ash", "dash"]
        let name = rest.first?.split(separator: "/").last.map(String.init) ?? ""
        return shells.contains(name)
            && rest.dropFirst().allSatisfy { ["-i", "-l", "-il", "--login"].contains($0) }
    }

    /// A line without its indentation and a shell's prompt.
    private static func typed(_ line: String) -> (text: String, hasPrompt: Bool) {
        var text = Substring(line)
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        for sign in ["# ", "$ "] {
            guard let range = text.firstRange(of: sign) else { continue }
            let prompt = text[..<range.lowerBound]
            guard isPrompt(prompt) else { continue }
            return (String(text[range.upperBound...]), true)
        }
        return (String(text), false)
    }

    /// What stands before the sign of a prompt: `/ `, `/tmp `, `~ `, `root@web-0:/`, `bash-5.1`.
    private static func isPrompt(_ text: Substring) -> Bool {
        guard let first = text.first else { return false }
        if text.hasSuffix(" ") {
            return (first == "/" || first == "~") && !text.dropLast().contains(" ")
        }
        return !text.contains(" ") && (text.contains("@") || text.hasPrefix("bash-"))
            || first == "[" && text.hasSuffix("]")
    }
}
