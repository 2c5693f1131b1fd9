// The syntax tree: what pasted shell lines have beyond commands and pipes.

/// `NAME=value`, without blanks around the sign.
package struct ShellAssignment: Sendable {
    package var name: Identifier
    /// May have no pieces.
    package var value: Word
}

/// A command that holds others, with the redirections of all of them.
package struct CompoundCommand: Sendable {
    package var kind: CompoundKind
    package var redirections: [Redirection]
    package var span: SourceSpan
}

/// What a compound command is. The statements of a block are those of the language; in conditions, in
/// `$(…)` and in the shell dialect they are all commands.
package indirect enum CompoundKind: Sendable {
    /// `for NAME in words; do … done`
    case forEach(ShellForLoop)
    /// `while …; do … done`, `until …; do … done`
    case loop(ShellLoop)
    /// `if …; then … elif …; then … else … fi`
    case conditional(ShellConditional)
    /// `case word in pattern) … ;; esac`
    case choice(ShellChoice)
    /// `{ …; }`
    case group(Block)
    /// `( … )`: what is set in it is forgotten at its end.
    case subshell(Block)
}

/// `for NAME in words; do … done`.
package struct ShellForLoop: Sendable {
    package var name: Identifier
    /// Nil without `in`: the positional parameters.
    package var words: [Word]?
    package var body: Block
}

/// `while commands; do … done` or `until …`.
package struct ShellLoop: Sendable {
    /// Runs while the condition fails, instead of while it succeeds.
    package var isUntil: Bool
    /// At least one command; the last decides.
    package var condition: Block
    package var body: Block
}

/// `if commands; then … fi`.
package struct ShellConditional: Sendable {
    /// At least one: the `if` itself, then each `elif`.
    package var branches: [ShellBranch]
    package var otherwise: Block?
}

/// One condition of a shell's `if` with its statements.
package struct ShellBranch: Sendable {
    package var condition: Block
    package var body: Block
}

/// `case word in … esac`.
package struct ShellChoice: Sendable {
    package var subject: Word
    package var branches: [ShellPatternBranch]
}

/// `a|b*) … ;;`
package struct ShellPatternBranch: Sendable {
    /// At least one. Unquoted `*`, `?` and `[…]` match as in file patterns.
    package var patterns: [Word]
    /// May be empty.
    package var body: Block
}

/// What a shell replaces by a text when it reads a word.
package indirect enum ShellExpansion: Sendable {
    /// `$x`, `${x:-word}`
    case parameter(ShellParameter)
    /// `$(( … ))`: the text of the sum, still to be read.
    case arithmetic([StringPiece])
    /// `$( … )` and `` `…` ``: what the commands write. May hold no command.
    case substitution(Block)
    /// `<( … )`: the name of a file that holds what the commands write. Only outside quotes.
    case process(Block)
}

/// A variable of the shell, or one of its own names: `?` `#` `@` `*` `$` `!` `-` `0` `1` ….
///
/// In a script a plain `$x` is a parameter where a shell's `for` or an assignment has given it a
/// value, or inside a compound command; elsewhere it is the text `$x` (DECISIONS 2).
package struct ShellParameter: Sendable {
    package var name: String
    package var operation: ShellParameterOperation
    package var span: SourceSpan
}

/// What becomes of a parameter's value. The words are texts up to the closing brace.
package enum ShellParameterOperation: Sendable {
    /// `$x`; in the shell dialect `${x}` too.
    case value
    /// `${#x}`
    case length
    /// `${x:-word}`: the word where the parameter is unset; `alsoEmpty` (with the colon) or empty.
    case orElse(Word, alsoEmpty: Bool)
    /// `${x:=word}`: the same, and assigns.
    case assign(Word, alsoEmpty: Bool)
    /// `${x:+word}`: the word where it is set.
    case ifSet(Word, alsoEmpty: Bool)
    /// `${x#pattern}`, `${x%%pattern}`: without the shortest or longest match at an end.
    case trim(Word, atEnd: Bool, isLongest: Bool)
    /// `${x/pattern/word}`, `${x//pattern/word}`
    case replace(Word, with: Word, isEvery: Bool)
}
