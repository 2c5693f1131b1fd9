import Model
import Syntax
import Verbs

/// The objects that the commands of a script make by their words, such as `create deployment web`.
package struct CreatedObject {
    package let kind: KindDescriptor
    package let name: String
    /// The word that names it.
    package let span: SourceSpan
    package let source: Int
    /// The command in short: `create deployment`.
    package let detail: String
    package let image: String?

    /// Those of a script in the order of its commands.
    package static func all(
        in index: ScriptIndex, kinds: KindRegistry = .builtIn
    ) -> [CreatedObject] {
        index.commands.flatMap { mention in made(by: mention, kinds) }
    }

    private static func made(
        by mention: ScriptIndex.CommandMention, _ kinds: KindRegistry
    ) -> [CreatedObject] {
        let words = mention.command.words
        let command = CommandWords(words)
        guard let kindName = kindMade(by: command), let kind = kinds.kind(named: kindName) else {
            return []
        }
        var found: [CreatedObject] = []
        for (word, role) in zip(words, command.roles) {
            guard case .argument(let place) = role, let name = word.literalText,
                place == 0 || command.path == ["node", "add"]
            else { continue }
            found.append(
                CreatedObject(
                    kind: kinds[kind], name: name, span: word.span, source: mention.source,
                    detail: command.path.joined(separator: " "),
                    image: command.values(of: "image").first))
        }
        return found
    }

    /// The kind of what a command makes; nil for one that makes nothing by name.
    private static func kindMade(by command: CommandWords) -> String? {
        switch command.path.first {
        case "run": return "pods"
        case "node": return command.path == ["node", "add"] ? "nodes" : nil
        case "create":
            guard command.path.count > 1 else { return nil }
            // `create quota`: kubectl has names of its own for some.
            let names = ["quota": "resourcequotas", "pdb": "poddisruptionbudgets"]
            let name = command.path[1]
            return name == "token" ? nil : names[name] ?? name
        default: return nil
        }
    }
}
