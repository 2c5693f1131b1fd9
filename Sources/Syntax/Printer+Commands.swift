extension SyntaxPrinter {
    mutating func print(_ line: CommandStatement) {
        for (index, pipeline) in line.pipelines.enumerated() {
            if index > 0 { text += " \(line.connectors[index - 1].rawValue) " }
            if pipeline.isNegated { text += "! " }
            for (number, stage) in pipeline.stages.enumerated() {
                if number > 0 { text += " | " }
                switch stage {
                case .command(let command): print(command)
                case .compound(let compound): print(compound)
                }
            }
        }
        if line.isBackground { text += " &" }
        if let block = line.block {
            text += " "
            print(block)
        }
    }

    private mutating func print(_ command: Command) {
        var parts = 0
        func separator() -> String { parts == 0 ? "" : " " }
        if command.hasPrompt {
            text += "$"
            parts += 1
        }
        for assignment in command.assignments {
            text += separator() + assignment.name.name + "="
            printPieces(assignment.value.pieces, startsWord: false)
            parts += 1
        }
        if command.hasKubectl {
            text += separator() + "kubectl"
            parts += 1
        }
        for (index, word) in command.words.enumerated() {
            text += separator()
            let isFirst = index == 0 && !command.hasKubectl
            // These would mean something else.
            if isFirst && startsOtherwise(word) || parts == 1 && isSign(word) { text += "\\" }
            print(word)
            parts += 1
        }
        for redirection in command.redirections {
            text += separator()
            print(redirection)
            parts += 1
        }
    }

    /// `verb = …` would read as an assignment of the language.
    private func isSign(_ word: Word) -> Bool {
        guard case .bare(let text) = word.pieces[0] else { return false }
        return ["=", "+=", "-=", "*=", "/="].contains { text.hasPrefix($0) }
    }

    /// True when the first word of a command would read as something else.
    private func startsOtherwise(_ word: Word) -> Bool {
        guard case .bare(let text) = word.pieces[0] else { return false }
        if let sign = text.firstIndex(of: "="), Characters.isName(text[..<sign]) { return true }
        guard word.pieces.count == 1 else { return false }
        return text == "kubectl" || text == "!" || text == "{" || text == "}"
            || ShellWord(rawValue: text) != nil
    }

    mutating func print(_ redirection: Redirection) {
        if let descriptor = redirection.descriptor { text += String(descriptor) }
        switch redirection.target {
        case .hereDocument(let document): print(document, inCommand: true)
        case .word(let word):
            text += redirection.operation.rawValue
            switch redirection.operation {
            case .duplicateInput, .duplicateOutput: break
            case .input, .output, .append, .bothOutputs, .appendBoth, .hereDocument, .hereString:
                text += " "
            }
            print(word)
        }
    }

    mutating func print(_ word: Word) { printPieces(word.pieces, startsWord: true) }

    private mutating func printPieces(_ pieces: [WordPiece], startsWord: Bool) {
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .bare(let content):
                if index > 0, case .expansion(.parameter(let parameter)) = pieces[index - 1] {
                    separate(parameter, from: content)
                }
                printBare(content, startsWord: startsWord && index == 0)
            case .raw(let content): text += "'\(content)'"
            case .quoted(let pieces): printShellQuoted(pieces)
            case .interpolation(let expression): printInterpolation(expression)
            case .json(let pieces): print(pieces)
            case .braces(let choices): printBraces(choices)
            case .expansion(let expansion): print(expansion)
            }
        }
    }

    /// `{a,b}`; a single text is what `{1..1}` gave.
    private mutating func printBraces(_ choices: [String]) {
        text +=
            choices.count == 1
            ? "{\(choices[0])..\(choices[0])}" : "{\(choices.joined(separator: ","))}"
    }

    private mutating func printBare(_ content: String, startsWord: Bool) {
        var rest = content.unicodeScalars[...]
        var isFirst = startsWord
        while let scalar = rest.popFirst() {
            switch scalar {
            case " ", "\t", "\r", "'", "\"", ";", "|", "&", "<", ">", "`", "\\": text += "\\"
            case "{" where !isShell, "}" where !isShell: text += "\\"
            case "(" where isShell, ")" where isShell || isInSubstitution: text += "\\"
            case "#" where isFirst: text += "\\"
            case "$" where rest.first.map(Self.followsDollar) ?? true: text += "\\"
            default: break
            }
            text.unicodeScalars.append(scalar)
            isFirst = false
        }
    }

    /// True for what makes a `$` before it mean something.
    static func followsDollar(_ scalar: Unicode.Scalar) -> Bool {
        guard let byte = UInt8(exactly: scalar.value) else { return false }
        return scalar == "{" || scalar == "(" || scalar == "'" || Characters.isNameStart(byte)
            || Parser.isSpecialParameter(byte)
    }

    /// `"…"` with the escapes of a shell.
    private mutating func printShellQuoted(_ pieces: [StringPiece]) {
        if !pendingDocuments.isEmpty, pieces.count == 1, case .text(let content) = pieces[0],
            content.contains("\n")
        {
            // The body of a here-document would come into the middle of the quotes.
            printCQuoted(content)
            return
        }
        text += "\""
        printShellText(pieces) { scalar in
            scalar == "\"" || scalar == "\\" || scalar == "$" || scalar == "`"
        }
        text += "\""
    }

    private mutating func printCQuoted(_ content: String) {
        text += "$'"
        for scalar in content.unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "'", "\\": text += "\\" + String(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "'"
    }

    /// Texts and expansions, as in quotes and in here-documents.
    mutating func printShellText(
        _ pieces: [StringPiece], escaping needsEscape: (Unicode.Scalar) -> Bool
    ) {
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .interpolation(let expression): printInterpolation(expression)
            case .expansion(let expansion): print(expansion)
            case .text(let content):
                if index > 0, case .expansion(.parameter(let parameter)) = pieces[index - 1],
                    goesOn(parameter, with: content)
                {
                    text += "\\\n"
                }
                for scalar in content.unicodeScalars {
                    if needsEscape(scalar) { text += "\\" }
                    text.unicodeScalars.append(scalar)
                }
            }
        }
    }

    private mutating func print(_ pieces: [JSONPiece]) {
        for piece in pieces {
            switch piece {
            case .text(let content): text += content
            case .value(let expression), .stringPart(let expression):
                printInterpolation(expression)
            case .parameter(let parameter): print(.parameter(parameter))
            }
        }
    }
}
