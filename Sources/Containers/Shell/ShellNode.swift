/// A command of a shell's text, with what is in it.
package indirect enum ShellNode {
    case simple(ShellCommand)
    case pipeline([ShellNode])
    case not(ShellNode)
    /// `a && b || c`: what follows an `&&` runs after a success.
    case chain(ShellNode, [(isAnd: Bool, node: ShellNode)])
    case list([ShellNode])
    case background(ShellNode)
    case condition(ShellNode, then: ShellNode, otherwise: ShellNode?)
    case loop(ShellNode, body: ShellNode, isUntil: Bool)
    /// Without words: over the positional parameters.
    case forEach(String, [ShellWord]?, body: ShellNode)
    case choice(ShellWord, [(patterns: [ShellWord], body: ShellNode)])
    case subshell(ShellNode)
    case function(String, ShellNode)
    case redirected(ShellNode, [ShellRedirection])

    /// A command of words that are taken as they are.
    package static func command(_ words: [String]) -> ShellNode {
        var command = ShellCommand()
        command.words = words.map { ShellWord(parts: [.text($0, isQuoted: true)]) }
        return .simple(command)
    }
}

/// Assignments, a name and its arguments.
package struct ShellCommand {
    package var assignments: [(name: String, value: ShellWord)] = []
    package var words: [ShellWord] = []
    package var redirections: [ShellRedirection] = []
}

/// `> file`, `2>&1`, `<<EOF`.
package struct ShellRedirection {
    package enum Kind { case read, write, append, duplicate, text }

    package let descriptor: Int
    package let kind: Kind
    /// The file, the descriptor or the text.
    package let target: HereText

    /// A text that is read when its lines come, after the command.
    package final class HereText {
        package var word: ShellWord
        init(_ word: ShellWord) { self.word = word }
    }
}

/// A word before its expansion.
package struct ShellWord {
    package enum Part {
        case text(String, isQuoted: Bool)
        case variable(ShellVariable, isQuoted: Bool)
        case command(ShellNode, isQuoted: Bool)
        case sum(ShellWord, isQuoted: Bool)
    }

    package var parts: [Part] = []

    /// The word's text where nothing in it is expanded or quoted.
    var plainText: String? {
        if parts.isEmpty { return nil }
        var text = ""
        for part in parts {
            guard case .text(let piece, isQuoted: false) = part else { return nil }
            text += piece
        }
        return text
    }

    /// The word's text where nothing in it is expanded.
    var constantText: String? {
        var text = ""
        for part in parts {
            guard case .text(let piece, _) = part else { return nil }
            text += piece
        }
        return text
    }
}

/// `$name`, `${name:-word}`, `${#name}`.
package struct ShellVariable {
    package enum Operation {
        case plain
        case length
        /// `-`, `=`, `+`, `?`, with a colon also for empty values.
        case standard(Character, forEmpty: Bool, ShellWord)
        /// `#`, `##`, `%`, `%%`.
        case strip(fromEnd: Bool, longest: Bool, ShellWord)
        /// `${name/pattern/text}`, bash's.
        case replace(ShellWord, ShellWord, all: Bool)
        /// `${name:offset:length}`, bash's.
        case part(ShellWord, ShellWord?)
    }

    package let name: String
    package let operation: Operation
}

/// Why a text is no shell script.
package struct ShellSyntaxProblem: Error, Equatable {
    package let message: String
    /// Whether more text could make it one: a prompt then asks for more.
    package let isIncomplete: Bool

    static let incomplete = ShellSyntaxProblem(
        message: "syntax error: unexpected end of file", isIncomplete: true)

    static func unexpected(_ word: String) -> ShellSyntaxProblem {
        ShellSyntaxProblem(
            message: "syntax error: unexpected \(word)", isIncomplete: false)
    }
}
