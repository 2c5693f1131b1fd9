import Tools

extension Verb {
    /// `help`, `help VERB`, `help expect`, `help DD2031`: what the session's pages tell.
    static let help: Verb = {
        var verb = Verb(
            "help", group: .world,
            summary: "Explain a verb, tool, kind, keyword, function, setting or code")
        verb.usage = "[WORD …]"
        verb.examples = [
            "help", "help topics", "help rollout undo", "help expect", "help behavior exitCode",
            "help count", "help pods", "help deployment.spec.strategy", "help DD2031",
        ]
        verb.completes = .topics
        verb.run = { call in
            if let field = field(call) {
                let code = try VerbRegistry.run(["explain", field], in: call.context)
                if code != 0 { throw VerbError.exit(code) }
                return
            }
            let text = try call.context.session.helpText(call.arguments)
            call.context.output.write(text)
        }
        return verb
    }()

    /// `deployment.spec.strategy`: a kind and a way to a field of it.
    private static func field(_ call: VerbCall) -> String? {
        guard call.arguments.count == 1, let word = call.arguments.first,
            let dot = word.firstIndex(of: "."), dot != word.startIndex,
            call.context.kinds.kind(named: word) == nil,
            call.context.kinds.kind(named: String(word[..<dot])) != nil
        else { return nil }
        return word
    }
}
