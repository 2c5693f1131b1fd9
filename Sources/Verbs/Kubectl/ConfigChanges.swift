/// The subcommands of `config` that change its file: here there is none, but what kubectl finds wrong is
/// found, and the rest is refused with the reason.
extension Verb {
    private static let path = "/home/.kube/config"

    static let configChanges: [Verb] = [
        refused("set", "Set one value of the configuration", 2, unparsed),
        refused("unset", "Take one value of the configuration away", 1, unparsed),
        refused("set-cluster", "Say where a cluster is", 1) { _ in nil },
        refused("set-credentials", "Say who a user is", 1, word: "unexpected") { _ in nil },
        refused("rename-context", "Rename a context", 2) { call in
            let name = call.arguments[0]
            return name == call.context.session.contextName
                ? nil : "cannot rename the context \"\(name)\", it's not in \(path)"
        },
        deleting("context"), deleting("cluster"),
        refused("delete-user", "Take a user out of the configuration", nil) { call in
            guard let name = call.arguments.first else {
                throw call.usageError("user to delete is required")
            }
            return name == call.context.session.contextName
                ? nil : "cannot delete user \(name), not in \(path)"
        },
    ]

    /// A property that is none of the configuration's.
    private static let unparsed: @Sendable (VerbCall) throws -> String? = { call in
        let first = call.arguments[0].split(separator: ".").first.map(String.init) ?? ""
        let known = [
            "clusters", "users", "contexts", "current-context", "preferences", "kind",
            "apiVersion",
        ]
        return known.contains(first) ? nil : "unable to parse \(first) after [] at api.Config"
    }

    private static func deleting(_ what: String) -> Verb {
        refused("delete-\(what)", "Take a \(what) out of the configuration", nil) { call in
            guard let name = call.arguments.first, call.arguments.count == 1 else {
                throw VerbError.help(HelpText.of(call.verb, path: call.path))
            }
            return name == call.context.session.contextName
                ? nil : "cannot delete \(what) \(name), not in \(path)"
        }
    }

    private static func refused(
        _ name: String, _ summary: String, _ count: Int?, word: String = "Unexpected",
        _ problem: @escaping @Sendable (VerbCall) throws -> String?
    ) -> Verb {
        var verb = Verb(name, summary: summary)
        verb.examples = ["config \(name)"]
        verb.run = { call in
            if let count, call.arguments.count != count { throw call.unexpectedWords(word) }
            if let problem = try problem(call) { throw VerbError.message(problem) }
            throw VerbError.message(
                "there is one cluster, with one context and one user, so `config \(name)` has nothing "
                    + "to change; `config set-context --current --namespace=NAME` chooses a namespace"
            )
        }
        return verb
    }
}

extension VerbCall {
    /// What `config` says of too many or too few words: its help, then the error.
    func unexpectedWords(_ word: String = "Unexpected") -> VerbError {
        context.output.write(HelpText.of(verb, path: path))
        return .message("\(word) args: [\(arguments.joined(separator: " "))]")
    }
}
