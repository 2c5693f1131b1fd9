import Language
import Support
import Syntax
import Tools
import Verbs

/// What is wrong with a command before it runs: unknown verbs, subverbs and flags.
struct CommandCheck {
    private let command: CommandShape

    init(_ command: CommandShape) { self.command = command }

    /// What may have a block.
    static let blockHint =
        "a block of statements runs beside `get -w` and `events -w`, and in `branch NAME`"

    /// The verb that the literal words lead to, and how many words that takes.
    private var resolved: (verb: Verb, depth: Int)? {
        guard let first = command.words.first, let word = first, var verb = VerbRegistry.verb(word)
        else { return nil }
        var depth = 1
        while depth < command.words.count, let word = command.words[depth],
            let next = verb.subverb(word)
        {
            verb = next
            depth += 1
        }
        return (verb, depth)
    }

    /// The names of the verbs that the first words lead through.
    private func path(to depth: Int) -> [String] {
        var path: [String] = []
        var verbs = VerbRegistry.all
        for word in command.words.prefix(depth) {
            let verb = verbs.first { verb in
                verb.name == word || word.map(verb.aliases.contains) ?? false
            }
            guard let verb else { break }
            path.append(verb.name)
            verbs = verb.subverbs
        }
        return path
    }

    var advancesTime: Bool {
        if isOfShell { return command.words.first == "sleep" }
        return resolved?.verb.advancesTime ?? false
    }

    /// Whether the command may go back in time, or keep a place for that: with a word that is not known yet
    /// it may do anything.
    var movesInTime: Bool {
        command.words.first == .some(nil)
            || command.words.contains { word in
                word.map { VerbRegistry.verb($0)?.movesInTime ?? false } ?? false
            }
    }

    /// Whether the words mean a tool or the shell itself, and no verb.
    private var isOfShell: Bool {
        guard !command.hasKubectl, let first = command.words.first, let word = first else {
            return false
        }
        let words = command.words.map { $0 ?? "" }
        if let builtin = ShellBuiltin(rawValue: word), builtin.isMeant(by: words) { return true }
        guard let tool = ToolRegistry.tool(named: word) else { return false }
        return VerbRegistry.verb(word) == nil || !tool.isVerb(Array(words.dropFirst()))
    }

    var problems: [CommandProblem] {
        guard let first = command.words.first, let word = first, !word.hasPrefix("-") else {
            return []
        }
        if isOfShell { return command.hasBlock ? [takesNoBlock(word)] : [] }
        guard let (verb, depth) = resolved else { return [unknownVerb(word)] }
        if verb.checksSubverbs, depth < command.words.count, let next = command.words[depth],
            !next.hasPrefix("-")
        {
            return [unknownSubverb(next, of: verb, at: depth)]
        }
        if command.hasBlock, !verb.takesBlock {
            return [
                takesNoBlock(command.words.prefix(depth).compactMap { $0 }.joined(separator: " "))
            ]
        }
        return unknownFlags(of: verb, path: path(to: depth), from: depth)
    }

    private func takesNoBlock(_ word: String) -> CommandProblem {
        CommandProblem(
            wordIndex: nil, message: "`\(word)` takes no block",
            hint: Self.blockHint)
    }

    private func unknownVerb(_ word: String) -> CommandProblem {
        // A misspelt keyword reads as a command too.
        let candidates =
            VerbRegistry.all.map(\.name) + Keyword.statementStarters.map(\.rawValue)
            + ToolRegistry.names + ShellBuiltin.allCases.map(\.rawValue)
        let meant = nearestName(to: word, among: candidates) ?? Keyword.suggestion(for: word)
        let hint = meant.map { "did you mean `\($0)`?" }
        return CommandProblem(
            wordIndex: 0, message: "unknown command `\(word)`",
            hint: hint ?? "`help` lists the verbs; an expression is printed with `print`")
    }

    private func unknownSubverb(_ word: String, of verb: Verb, at index: Int) -> CommandProblem {
        let names = verb.subverbs.map(\.name)
        let nearest = nearestName(to: word, among: names)
        return CommandProblem(
            wordIndex: index, message: "`\(verb.name)` has no subcommand `\(word)`",
            hint: nearest.map { "did you mean `\(verb.name) \($0)`?" }
                ?? "it has \(names.joined(separator: ", "))")
    }

    private func unknownFlags(
        of verb: Verb, path: [String], from depth: Int
    ) -> [CommandProblem] {
        let flags = VerbRegistry.flags(of: verb, path: path)
        var found: [CommandProblem] = []
        var index = depth
        while index < command.words.count {
            defer { index += 1 }
            guard let word = command.words[index], word.hasPrefix("--"), word.count > 2 else {
                if command.words[index] == "--" { break }
                continue
            }
            let name = String(word.dropFirst(2).prefix { $0 != "=" })
            if name == "help" { continue }
            if let flag = flags.first(where: { $0.name == name }) {
                // The value in the next word may look like a flag.
                if !word.contains("="), flag.valueAlone == nil { index += 1 }
                continue
            }
            let nearest = nearestName(to: name, among: flags.map(\.name))
            found.append(
                CommandProblem(
                    wordIndex: index, message: "`\(verb.name)` has no flag `--\(name)`",
                    hint: nearest.map { "did you mean `--\($0)`?" }
                        ?? "`\(verb.name) --help` lists its flags"))
        }
        return found
    }
}
