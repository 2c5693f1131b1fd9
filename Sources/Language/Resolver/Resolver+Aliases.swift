import Syntax
import Tools

/// Aliases: `alias k=kubectl`. In scripts they hold from the statement on that sets them, as at a prompt.
extension Resolver {
    /// Remembers the aliases that a command sets, or forgets them.
    mutating func noteAliases(_ command: Command) {
        let words = command.words.map(\.literalText)
        if words[0] == "unalias" {
            if words.contains("-a") { aliases = [:] }
            for case let name? in words.dropFirst() { aliases[name] = nil }
            return
        }
        for (word, text) in zip(command.words, words).dropFirst() {
            guard let text else {
                mayHaveAliases = true
                continue
            }
            guard let sign = text.firstIndex(of: "=") else { continue }
            let name = String(text[..<sign])
            if !isShell, Keyword(rawValue: name) != nil {
                report(
                    .command(
                        "`\(name)` is a word of the language, which no alias takes the place of",
                        hint: "give the alias another name"),
                    at: word.span)
            }
            aliases[name] = String(text[text.index(after: sign)...])
        }
    }

    /// A command as its alias writes it, and how many words that adds in front; nil where only a run
    /// tells what it is.
    func withoutAlias(
        _ command: Command, hasBlock: Bool
    ) -> (shape: CommandShape, added: Int)? {
        var words = command.words.map(\.literalText)
        var hasKubectl = command.hasKubectl
        var seen: Set<String> = []
        while let name = hasKubectl ? "kubectl" : words.first ?? nil, let text = aliases[name],
            seen.insert(name).inserted
        {
            guard let found = AliasText.words(text) else { return nil }
            words = found + words.dropFirst(hasKubectl ? 0 : 1)
            hasKubectl = words.first == "kubectl"
            if hasKubectl { words.removeFirst() }
        }
        let shape = CommandShape(
            words: words, hasKubectl: hasKubectl, hasBlock: hasBlock && !opensEditor(words))
        if mayHaveAliases, seen.isEmpty, !hasKubectl { return nil }
        return (shape, words.count - command.words.count)
    }

    // MARK: Editors

    /// Whether the block behind a command holds changes of the text that it edits.
    func opensEditor(_ command: Command) -> Bool {
        withoutAlias(command, hasBlock: false).map { opensEditor($0.shape.words) } ?? false
    }

    private func opensEditor(_ words: [String?]) -> Bool {
        switch words.first ?? nil {
        case "edit": true
        case "apply": words.dropFirst().first == "edit-last-applied"
        case "create": words.contains("--edit")
        case let name?: ToolRegistry.tool(named: name)?.isEditor ?? false
        case nil: false
        }
    }

    /// changes = { "replace" [ "--regex" ] [ "--first" ] word "with" word | "delete" [ "--regex" ] word
    ///         | "insert" word ( "before" | "after" ) word }
    mutating func changes(_ block: Block) -> [ChangePlan] {
        let plans = block.statements.compactMap { statement -> ChangePlan? in
            if case .command(let line) = statement.kind, line.block == nil,
                let command = line.plainCommand, let plan = change(command)
            {
                return plan
            }
            report(
                .command(
                    "the block of an editor holds changes of the text",
                    hint: "write `replace \"a\" with \"b\"`, `delete \"a\"` (the lines with it) or "
                        + "`insert \"b\" after \"a\"`"),
                at: statement.span)
            return nil
        }
        if block.statements.isEmpty {
            report(
                .command("an edit without a change", hint: "write `replace \"a\" with \"b\"`"),
                at: block.span)
        }
        return plans
    }

    private mutating func change(_ command: Command) -> ChangePlan? {
        guard !command.hasKubectl, let name = command.words.first?.literalText else { return nil }
        var words = command.words.dropFirst()
        var flags: Set<String> = []
        while let word = words.first, case .bare? = word.pieces.first,
            let text = word.literalText, text.hasPrefix("--")
        {
            flags.insert(text)
            words.removeFirst()
        }
        let isPattern = flags.remove("--regex") != nil
        let rest = Array(words)
        switch name {
        case "replace":
            let isEvery = flags.remove("--first") == nil
            guard rest.count == 3, rest[1].literalText == "with", flags.isEmpty else { return nil }
            return ChangePlan(
                kind: .replace(isEvery: isEvery), text: wordPlan(rest[0]),
                replacement: wordPlan(rest[2]), isPattern: isPattern)
        case "delete":
            guard rest.count == 1, flags.isEmpty else { return nil }
            return ChangePlan(kind: .delete, text: wordPlan(rest[0]), isPattern: isPattern)
        case "insert":
            guard rest.count == 3, flags.isEmpty, let side = rest[1].literalText,
                side == "before" || side == "after"
            else { return nil }
            return ChangePlan(
                kind: .insert(isAfter: side == "after"), text: wordPlan(rest[2]),
                replacement: wordPlan(rest[0]), isPattern: isPattern)
        default: return nil
        }
    }
}

/// The text of an alias.
enum AliasText {
    /// Its words, where it is a command with plain words and nothing else of a shell.
    static func words(_ text: String) -> [String]? {
        let parsed = Parser.parseShell(Source(name: "alias", text: text))
        guard parsed.diagnostics.isEmpty, parsed.script.statements.count == 1,
            case .command(let line) = parsed.script.statements[0].kind,
            let command = line.plainCommand
        else { return nil }
        var words: [String] = command.hasKubectl ? ["kubectl"] : []
        for word in command.words {
            guard let text = word.literalText else { return nil }
            words.append(text)
        }
        return words
    }
}
