extension SyntaxPrinter {
    mutating func print(_ line: CommandStatement) {
        for (index, command) in line.commands.enumerated() {
            if index > 0 { text += " \(line.connectors[index - 1].rawValue) " }
            print(command, isFirst: index == 0)
        }
        if line.isBackground { text += " &" }
        if let block = line.block {
            text += " "
            print(block)
        }
    }

    private mutating func print(_ command: Command, isFirst: Bool) {
        var parts = 0
        func separator() -> String { parts == 0 ? "" : " " }
        if command.hasPrompt {
            text += "$"
            parts += 1
        }
        if command.hasKubectl {
            text += separator() + "kubectl"
            parts += 1
        }
        for (index, word) in command.words.enumerated() {
            text += separator()
            // `kubectl`, `$` and, after a first word, `=` would mean something else.
            let isSpecial =
                parts == 0 && !isFirst || parts == 1 && command.hasPrompt
                || index == 1 && parts == 1 && startsAssignment(word)
            if isSpecial, needsEscape(word) { text += "\\" }
            print(word)
            parts += 1
        }
        for redirection in command.redirections {
            text += separator()
            print(redirection)
            parts += 1
        }
    }

    private func startsAssignment(_ word: Word) -> Bool {
        guard case .bare(let text) = word.pieces[0] else { return false }
        return ["=", "+=", "-=", "*=", "/="].contains { text.hasPrefix($0) }
    }

    private func needsEscape(_ word: Word) -> Bool {
        if startsAssignment(word) { return true }
        guard word.pieces.count == 1, case .bare(let text) = word.pieces[0] else { return false }
        return text == "kubectl"
    }

    private mutating func print(_ redirection: Redirection) {
        if let descriptor = redirection.descriptor { text += String(descriptor) }
        switch redirection.target {
        case .hereDocument(let document): print(document, inCommand: true)
        case .word(let word):
            text += redirection.operation.rawValue
            switch redirection.operation {
            case .duplicateInput, .duplicateOutput: break
            default: text += " "
            }
            print(word)
        }
    }

    mutating func print(_ word: Word) {
        for (index, piece) in word.pieces.enumerated() {
            switch piece {
            case .bare(let content): printBare(content, startsWord: index == 0)
            case .raw(let content): text += "'\(content)'"
            case .quoted(let pieces): printShellQuoted(pieces)
            case .interpolation(let expression): printInterpolation(expression)
            case .json(let pieces): print(pieces)
            case .substitution(let line):
                let wasInSubstitution = isInSubstitution
                isInSubstitution = true
                text += "$("
                print(line)
                text += ")"
                isInSubstitution = wasInSubstitution
            }
        }
    }

    private mutating func printBare(_ content: String, startsWord: Bool) {
        var rest = content.unicodeScalars[...]
        var isFirst = startsWord
        while let scalar = rest.popFirst() {
            switch scalar {
            case " ", "\t", "\r", "'", "\"", ";", "|", "&", "<", ">", "{", "}", "`", "\\":
                text += "\\"
            case "#" where isFirst: text += "\\"
            case ")" where isInSubstitution: text += "\\"
            case "$" where rest.isEmpty || rest.first == "{" || rest.first == "(": text += "\\"
            default: break
            }
            text.unicodeScalars.append(scalar)
            isFirst = false
        }
    }

    /// `"…"` with the escapes of a shell.
    private mutating func printShellQuoted(_ pieces: [StringPiece]) {
        text += "\""
        for piece in pieces {
            switch piece {
            case .interpolation(let expression): printInterpolation(expression)
            case .text(let content):
                for scalar in content.unicodeScalars {
                    if scalar == "\"" || scalar == "\\" || scalar == "$" { text += "\\" }
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    private mutating func print(_ pieces: [JSONPiece]) {
        for piece in pieces {
            switch piece {
            case .text(let content): text += content
            case .value(let expression), .stringPart(let expression):
                printInterpolation(expression)
            }
        }
    }
}
