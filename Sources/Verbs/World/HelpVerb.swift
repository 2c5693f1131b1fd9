extension Verb {
    /// `help`, `help VERB`.
    static let help: Verb = {
        var verb = Verb("help", group: .world, summary: "List the verbs, or explain one")
        verb.usage = "[VERB …]"
        verb.examples = ["help", "help rollout undo"]
        verb.run = { call in
            guard !call.arguments.isEmpty else { return call.context.output.write(overview()) }
            guard let (verb, path, _) = VerbRegistry.resolve(call.arguments) else {
                throw VerbError.message("there is no verb \(call.arguments[0]); `help` lists them")
            }
            call.context.output.write(HelpText.of(verb, path: path))
        }
        return verb
    }()

    private static func overview() -> String {
        func list(_ title: String, _ verbs: [Verb]) -> String {
            let width = verbs.map(\.name.count).max() ?? 0
            return "\(title)\n"
                + verbs.map {
                    "  \($0.name)\(String(repeating: " ", count: width - $0.name.count + 3))\($0.summary)\n"
                }.joined()
        }
        let all = VerbRegistry.all
        return list("The world:", all.filter { $0.group == .world }) + "\n"
            + list("kubectl (the word may be left out):", all.filter { $0.group == .kubectl })
            + "\n`help VERB` explains one. Expectations: expect E, expect within 30s: E, "
            + "always E { … }.\n"
    }
}
