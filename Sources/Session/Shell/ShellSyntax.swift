/// A parsed command line of the built-in shell: commands in order, here-documents apart.
struct ShellScript {
    var list: ShellList
    /// The bodies of `<<` redirections, by the number in `ShellRedirect.Target.hereDocument`.
    var hereDocuments: [ShellWord]
}

/// Commands that run one after another.
struct ShellList {
    var items: [ShellAndOr] = []
}

/// Pipelines joined by `&&` and `||`.
struct ShellAndOr {
    enum Join { case and, or }
    var first: ShellPipeline
    var rest: [(join: Join, pipeline: ShellPipeline)] = []
}

/// Commands of which each reads what the one before it prints.
struct ShellPipeline {
    /// `! pipeline` turns success into failure and back.
    var isNegated = false
    var commands: [ShellCommand]
}

/// One command with its redirections.
struct ShellCommand {
    indirect enum Kind {
        case simple(assignments: [(name: String, value: ShellWord)], words: [ShellWord])
        case group(ShellList)
        case subshell(ShellList)
        case conditional(branches: [(condition: ShellList, body: ShellList)], otherwise: ShellList?)
        case loop(condition: ShellList, body: ShellList, until: Bool)
        case each(variable: String, words: [ShellWord], body: ShellList)
        case choose(subject: ShellWord, branches: [(patterns: [ShellWord], body: ShellList)])
    }

    var kind: Kind
    var redirects: [ShellRedirect] = []
}

/// `2>file`, `>>file`, `2>&1`, `<file`, `<<EOF`, `<<<word`.
struct ShellRedirect {
    enum Target {
        case read(ShellWord)
        case write(ShellWord, append: Bool)
        case duplicate(Int)
        case hereDocument(Int)
        case hereString(ShellWord)
    }

    /// 0, 1 or 2; -1 stands for both outputs (`&>`).
    var descriptor: Int
    var target: Target
}

/// A word before expansion.
struct ShellWord {
    var parts: [ShellWordPart] = []

    /// The text, if the word is plain and unquoted; reserved words are recognised by this.
    var bareText: String? {
        var text = ""
        for part in parts {
            guard case .text(let piece, quoted: false) = part else { return nil }
            text += piece
        }
        return text
    }
}

/// A piece of a word. `quoted` pieces are neither split nor used as patterns.
indirect enum ShellWordPart {
    case text(String, quoted: Bool)
    case variable(ShellVariable, quoted: Bool)
    case command(ShellList, quoted: Bool)
    case arithmetic(ShellWord, quoted: Bool)
    /// `<(…)`: the name of a file that holds the output.
    case process(ShellList)
}

/// `$name` or `${name…}`.
struct ShellVariable {
    enum Operation {
        case plain
        case length
        /// `:-`, `-`: a word for when the variable is unset (or empty, with the colon).
        case orElse(ShellWord, alsoEmpty: Bool)
        /// `:+`, `+`: a word for when it is set.
        case ifSet(ShellWord, alsoEmpty: Bool)
        /// `:=`: as `:-`, and assigns.
        case assign(ShellWord, alsoEmpty: Bool)
        /// `#`, `##`, `%`, `%%`: without the shortest or longest match at an end.
        case trim(ShellWord, atEnd: Bool, longest: Bool)
        /// `/pattern/text`, `//pattern/text`.
        case replace(ShellWord, with: ShellWord, all: Bool)
    }

    var name: String
    var operation: Operation
}

/// What the built-in shell does not understand. The message is in the words of bash where it has
/// some.
package struct ShellSyntaxError: Error, CustomStringConvertible {
    package var message: String
    package var description: String { message }
}
