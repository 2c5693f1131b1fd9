// The syntax tree: commands, that is the word register (DECISIONS 2 to 4).

/// One or more commands joined by `|`, `&&` or `||`, with a trailing block if any.
///
/// Nearly always a single command: `get pods -o wide`, `node add a b`, `get pods -w { … }`.
package struct CommandStatement: Sendable {
    /// At least one.
    package var commands: [Command]
    /// What stands between them; one fewer than `commands`. `|` binds tighter than the others.
    package var connectors: [ShellConnector]
    /// Ends in `&`.
    package var isBackground: Bool
    /// `{ … }` after the words of the last command.
    package var block: Block?

    /// The only command when nothing of a shell is involved: no connector, redirection, `&` or
    /// command substitution.
    package var plainCommand: Command? {
        guard commands.count == 1, !isBackground, commands[0].redirections.isEmpty,
            !commands[0].words.contains(where: \.hasSubstitution)
        else { return nil }
        return commands[0]
    }
}

/// An operator between two commands.
package enum ShellConnector: String, Sendable, CaseIterable {
    case pipe = "|"
    case and = "&&"
    case or = "||"
}

/// A verb with its arguments.
package struct Command: Sendable {
    /// Begins with `$`, as pasted from a page.
    package var hasPrompt: Bool
    /// Begins with `kubectl`, which is not among `words`.
    package var hasKubectl: Bool
    /// The verb and its arguments. Not empty unless `hasKubectl`.
    package var words: [Word]
    package var redirections: [Redirection]
    package var span: SourceSpan
}

/// `> file`, `2>&1`, `< file`, `<<EOF`.
package struct Redirection: Sendable {
    package enum Operator: String, Sendable, CaseIterable {
        case input = "<"
        case output = ">"
        case append = ">>"
        /// `>&` and `<&`: the target is a descriptor number.
        case duplicateOutput = ">&"
        case duplicateInput = "<&"
        case hereDocument = "<<"
    }
    package enum Target: Sendable {
        case word(Word)
        case hereDocument(HereDocument)
    }
    /// The number glued before the operator; nil for the usual one.
    package var descriptor: Int?
    package var operation: Operator
    package var target: Target
    package var span: SourceSpan
}

/// One word of a command: adjacent pieces without a blank between them.
package struct Word: Sendable {
    /// At least one.
    package var pieces: [WordPiece]
    package var span: SourceSpan

    /// The text when nothing is interpolated or substituted.
    package var literalText: String? {
        var text = ""
        for piece in pieces {
            guard let part = piece.literalText else { return nil }
            text += part
        }
        return text
    }

    /// The expression when the word is one bare `${e}` and nothing else: a list in it gives
    /// several words.
    package var soleInterpolation: Expression? {
        if pieces.count == 1, case .interpolation(let expression) = pieces[0] { return expression }
        return nil
    }

    /// Holds a `$(…)`.
    package var hasSubstitution: Bool {
        pieces.contains { if case .substitution = $0 { true } else { false } }
    }
}

/// A piece of a word.
package enum WordPiece: Sendable {
    /// Bare text, its backslash escapes resolved.
    case bare(String)
    /// `'…'`
    case raw(String)
    /// `"…"` with interpolations.
    case quoted([StringPiece])
    /// `${e}` outside quotes.
    case interpolation(Expression)
    /// `{"a": ${e}}`: a balanced brace text.
    case json([JSONPiece])
    /// `$(command)`: what the command writes.
    case substitution(CommandStatement)

    /// The text when nothing is interpolated or substituted.
    package var literalText: String? {
        switch self {
        case .bare(let text), .raw(let text): return text
        case .quoted(let pieces):
            return StringLiteral(pieces: pieces, isRaw: false, span: SourceSpan(at: 0)).literalText
        case .json(let pieces):
            if pieces.count == 1, case .text(let text) = pieces[0] { return text }
            return nil
        case .interpolation, .substitution: return nil
        }
    }
}

/// A part of a JSON word.
package enum JSONPiece: Sendable {
    /// Text as written, quotes and braces included.
    case text(String)
    /// `${e}` outside the strings of the JSON: the value is inserted as JSON.
    case value(Expression)
    /// `${e}` inside a string of the JSON: the value is inserted as text, escaped for JSON.
    case stringPart(Expression)
}
