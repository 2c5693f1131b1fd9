import Model
import Value

extension Verb {
    /// A verb of kubectl that has no meaning in the simulator: it says so and what to use instead.
    ///
    /// - Parameter check: what kubectl finds wrong before it would do anything.
    static func lacking(
        _ name: String, summary: String, usage: String, examples: [String], message: String,
        check: @escaping @Sendable (VerbCall) throws -> Void = { _ in }
    ) -> Verb {
        var verb = Verb(name, summary: summary)
        verb.usage = usage
        verb.examples = examples
        verb.completes = .resources
        verb.run = { call in
            try check(call)
            throw VerbError.message(message)
        }
        return verb
    }

    /// `kubectl plugin`, `kuberc`, `completion`: verbs for which a simulated cluster has nothing.
    static let lackingVerbs: [Verb] = [
        plugin, kuberc,
        completion,
    ]

    /// `kubectl completion bash`: a text for a shell that does nothing, so that the lines which load it run.
    private static let completion: Verb = {
        var verb = Verb(
            "completion", summary: "Print a shell's completion: the prompt completes by itself")
        verb.usage = "SHELL"
        verb.examples = ["completion bash"]
        verb.run = { call in
            try LackingChecks.completion(call)
            call.context.output.line(
                "# completion for \(call.arguments[0]): the prompt completes by itself, nothing is to be loaded"
            )
        }
        return verb
    }()

    /// `kubectl kuberc`: there is no file of preferences, so that the same script does the same everywhere.
    private static let kuberc: Verb = {
        let message =
            "there are no preferences: a command does the same for everybody; write the flags out, or "
            + "a function with them"
        var verb = Verb("kuberc", summary: "Show and change preferences: there are none")
        verb.subverbs = [
            lacking(
                "set", summary: "Set a preference: there are none", usage: "",
                examples: ["kuberc set --section=defaults --command=get --option=output=wide"],
                message: message,
                check: { call in
                    if !call.flags.has("section") {
                        throw VerbError.missingFlags(["section"])
                    }
                }),
            lacking(
                "view", summary: "Show the preferences: there are none", usage: "",
                examples: ["kuberc view"], message: message),
        ]
        return verb
    }()

    /// `kubectl plugin`: the simulator starts no programs, so it finds none in the path.
    private static let plugin: Verb = {
        var list = Verb("list", summary: "List plugins: the simulator starts no programs")
        list.examples = ["plugin list"]
        list.run = { _ in
            throw VerbError.message("unable to find any kubectl plugins in your PATH")
        }
        var verb = Verb("plugin", summary: "Find plugins: the simulator starts no programs")
        verb.subverbs = [list]
        return verb
    }()
}
