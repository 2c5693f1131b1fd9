import Tools

extension Verb {
    /// `help`, `help VERB`, `help TOOL`.
    static let help: Verb = {
        var verb = Verb("help", group: .world, summary: "List the verbs and tools, or explain one")
        verb.usage = "[VERB …]"
        verb.examples = ["help", "help rollout undo"]
        verb.run = { call in
            guard !call.arguments.isEmpty else { return call.context.output.write(overview()) }
            guard let (verb, path, _) = VerbRegistry.resolve(call.arguments) else {
                guard let tool = ToolRegistry.tool(named: call.arguments[0]) else {
                    throw VerbError.message(
                        "there is no verb \(call.arguments[0]); `help` lists them")
                }
                call.context.output.write(tool.help)
                return
            }
            call.context.output.write(HelpText.of(verb, path: path))
        }
        return verb
    }()

    private static let outside =
        "apt-get, systemctl, docker, minikube, kind, helm, ssh, git and others"

    private static func overview() -> String {
        func list(_ title: String, _ rows: [(name: String, summary: String)]) -> String {
            let width = rows.map(\.name.count).max() ?? 0
            return "\(title)\n"
                + rows.map { row in
                    let gap = String(repeating: " ", count: width - row.name.count + 3)
                    return "  \(row.name)\(gap)\(row.summary)\n"
                }.joined()
        }
        func verbs(_ group: Verb.Group) -> [(name: String, summary: String)] {
            VerbRegistry.all.filter { $0.group == group }.map { ($0.name, $0.summary) }
        }
        return list("The world:", verbs(.world)) + "\n"
            + list("kubectl (the word may be left out):", verbs(.kubectl)) + "\n"
            + list(
                "Tools, also behind `|`:",
                ToolRegistry.all.filter { !$0.isOutside }.map { ($0.name, $0.summary) })
            + "\nPrograms of machines (\(outside)) say what does their work here.\n"
            + "\n`help VERB` explains one. Expectations: expect E, expect within 30s: E, "
            + "always E { … }.\n"
    }
}
