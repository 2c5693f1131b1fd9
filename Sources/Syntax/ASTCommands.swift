// The syntax tree: commands, that is the word register (DECISIONS 2 to 4). What a shell has beyond
// commands and pipes stands in ASTShell.swift.

/// One or more pipelines joined by `&&` or `||`, with a trailing block if any.
///
/// Nearly always a single command: `get pods -o wide`, `node add a b`, `get pods -w { … }`.
package struct CommandStatement: Sendable {
    /// At least one.
    package var pipelines: [Pipeline]
    /// What stands between them; one fewer than `pipelines`. Both bind alike, from the left.
    package var connectors: [ShellConnector]
    /// Ends in `&`.
    package var isBackground: Bool
    /// `{ … }` after the words of the last command.
    package var block: Block?

    /// The only command when nothing of a shell is involved: no connector, redirection, assignment,
    /// `&`, `!` or expansion.
    package var plainCommand: Command? {
        guard !isBackground, pipelines.count == 1, !pipelines[0].isNegated,
            pipelines[0].stages.count == 1, case .command(let command) = pipelines[0].stages[0],
            command.redirections.isEmpty, command.assignments.isEmpty,
            !command.words.contains(where: \.hasExpansion)
        else { return nil }
        return command
    }
}

/// An operator between two pipelines.
package enum ShellConnector: String, Sendable, CaseIterable {
    case and = "&&"
    case or = "||"
}

/// Commands of which each reads what the one before it writes.
package struct Pipeline: Sendable {
    /// `! …`: success becomes failure and the other way round.
    package var isNegated: Bool
    /// At least one.
    package var stages: [PipelineStage]
    package var span: SourceSpan
}

/// One stage of a pipeline.
package enum PipelineStage: Sendable {
    case command(Command)
    /// `for … do … done` and the like.
    case compound(CompoundCommand)

    package var span: SourceSpan {
        switch self {
        case .command(let command): command.span
        case .compound(let compound): compound.span
        }
    }
}

/// A verb with its arguments.
package struct Command: Sendable {
    /// Begins with `$`, as pasted from a page.
    package var hasPrompt: Bool
    /// `NAME=value` before the words; without words the shell's own variables are set.
    package var assignments: [ShellAssignment]
    /// Begins with `kubectl`, which is not among `words`.
    package var hasKubectl: Bool
    /// The verb and its arguments. Not empty unless `hasKubectl`, or there are assignments (in the
    /// shell dialect: or redirections).
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
        /// `>&` and `<&`: the target is a descriptor number; a file after `>&` means `&>`.
        case duplicateOutput = ">&"
        case duplicateInput = "<&"
        /// `&>` and `&>>`: output and errors.
        case bothOutputs = "&>"
        case appendBoth = "&>>"
        case hereDocument = "<<"
        /// `<<< word`: the word is the input.
        case hereString = "<<<"
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
    /// At least one, except for the value of an assignment.
    package var pieces: [WordPiece]
    package var span: SourceSpan

    /// The text when nothing is interpolated or expanded.
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

    /// Holds something that only a shell has: `$(…)`, `$x`, `{a,b}`.
    package var hasExpansion: Bool { pieces.contains(where: \.hasExpansion) }
}

/// A piece of a word.
package enum WordPiece: Sendable {
    /// Bare text, its backslash escapes resolved. `*`, `?` and `[…]` in it name files.
    case bare(String)
    /// `'…'`, and a character of file patterns after a backslash.
    case raw(String)
    /// `"…"`
    case quoted([StringPiece])
    /// `${e}` outside quotes.
    case interpolation(Expression)
    /// `{"a": ${e}}`: a balanced brace text.
    case json([JSONPiece])
    /// `{a,b}`, `{1..5}`: the texts of which each makes a word of its own, at least one.
    case braces([String])
    /// `$x`, `$((…))`, `$(…)` and `<(…)` outside quotes: what comes out is cut at blanks.
    case expansion(ShellExpansion)

    /// The text when nothing is interpolated or expanded.
    package var literalText: String? {
        switch self {
        case .bare(let text), .raw(let text): return text
        case .quoted(let pieces):
            return StringLiteral(pieces: pieces, isRaw: false, span: SourceSpan(at: 0)).literalText
        case .json(let pieces):
            if pieces.count == 1, case .text(let text) = pieces[0] { return text }
            return nil
        case .interpolation, .braces, .expansion: return nil
        }
    }

    fileprivate var hasExpansion: Bool {
        switch self {
        case .bare, .raw, .interpolation: false
        case .json(let pieces):
            pieces.contains { if case .parameter = $0 { true } else { false } }
        case .quoted(let pieces):
            pieces.contains { if case .expansion = $0 { true } else { false } }
        case .braces, .expansion: true
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
    /// `$x`: the text of the shell's variable is inserted as it is.
    case parameter(ShellParameter)
}
