import Syntax
import Tools
import Verbs

/// What was pasted at a prompt, or came through a pipe: a page or a session if it looks like one.
package enum PastedText {
    /// The page that a text is; nil where its lines are to be run one by one.
    ///
    /// A text is a page where it has commands behind prompts, or commands in the fences of Markdown.
    package static func page(_ text: String) -> Page? {
        let lines = PageText.lines(text).map(PageText.cleaned)
        let session = SessionText(lines.map { $0[...] })
        if session == nil, !lines.contains(where: isFence) { return nil }
        let page = Page(parsing: text)
        let hasFiles = session != nil && page.manifests.contains { $0.name != nil }
        return page.commands.isEmpty && !hasFiles ? nil : page
    }

    private static func isFence(_ line: String) -> Bool {
        let body = line.drop { $0 == " " }
        return body.hasPrefix("```") || body.hasPrefix("~~~")
    }

    /// The command behind a prompt, for a line that begins with one; nil for other lines, and for `#`, which
    /// begins a comment where nothing else is known.
    package static func command(behindPrompt line: String) -> String? {
        let line = PageText.cleaned(line)
        guard let prompt = ShellPrompt(of: line), prompt.kind != .hash else { return nil }
        let session = SessionText([line[...]], .prompts)
        return PageText.command(session.entries.first?.command ?? "")
    }

    /// Whether a line can begin a statement: with a word that is a command, a keyword or a name of those given,
    /// or with an assignment or a literal.
    package static func mayRun(_ line: String, names: [String]) -> Bool {
        let body = line.drop { $0 == " " || $0 == "\t" }
        guard let first = body.first else { return true }
        if body.hasPrefix("![") { return false }
        if first == "#" || first == "}" || first == "!" { return true }
        let word = String(body.prefix { !" \t=(){}[]|;&<>,:\"'".contains($0) })
        let rest = body.dropFirst(word.count)
        if body.lowercased().hasPrefix("[toc]") { return false }
        if word.last == ".", word.dropLast().allSatisfy(\.isNumber) { return false }
        if word.isEmpty { return !PageText.isForeign(line) && !"-*>|<".contains(first) }
        if rest.hasPrefix("=") && !rest.hasPrefix("==") { return true }
        if rest.hasPrefix(" =") || rest.hasPrefix("(") { return true }
        if Keyword(rawValue: word) != nil || names.contains(word) || word == "kubectl" {
            return true
        }
        if VerbRegistry.verb(word) != nil || ToolRegistry.tool(named: word) != nil { return true }
        let shell = [
            "do", "done", "fi", "esac", "while", "until", "case", "export", "alias", "exit", "quit",
            "source",
        ]
        if shell.contains(word) || word.first?.isNumber == true { return true }
        return word.contains("/") || word.hasPrefix("$") || word.hasPrefix("\\")
    }
}
