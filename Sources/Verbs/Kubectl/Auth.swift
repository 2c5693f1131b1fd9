import Model

extension Verb {
    /// `kubectl auth`: without users every request is allowed.
    static let auth: Verb = {
        var verb = Verb("auth", summary: "Ask what is allowed: everything is")
        verb.examples = ["auth can-i create pods"]
        verb.subverbs = [
            canI,
            noUsers("reconcile", summary: "Bring roles in order: they have no effect here"),
            noUsers("whoami", summary: "Say who asks: the simulator has no users"),
        ]
        return verb
    }()

    /// `kubectl auth can-i`. Source of the warnings: kubectl's command of that name.
    private static let canI: Verb = {
        var verb = Verb("can-i", summary: "Ask whether something is allowed: it is")
        verb.usage = "VERB (TYPE | TYPE/NAME | NONRESOURCEURL)"
        verb.examples = ["auth can-i create pods", "auth can-i get deployments/web"]
        verb.flags = [
            .allNamespaces, Flag("quiet", "q", .bool, "print nothing"),
            Flag("subresource", nil, .string, "a part of the object, such as log"),
        ]
        verb.run = { call in
            guard call.arguments.count == 2 else {
                throw call.usageError(
                    "you must specify two arguments: verb resource or verb resource/resourceName.")
            }
            let subject = call.arguments[1]
            if subject != "*", !subject.hasPrefix("/") {
                let type = String(subject.prefix { $0 != "/" })
                if case .success(let kind) = call.context.kinds.resolve(type) {
                    let info = call.context.kinds[kind]
                    if !info.isNamespaced, !call.flags.bool("all-namespaces") {
                        let group = info.group.isEmpty ? "" : " in group '\(info.group)'"
                        call.context.output.error(
                            "Warning: resource '\(info.plural)' is not namespace scoped\(group)\n\n"
                        )
                    }
                } else {
                    call.context.output.error(
                        "Warning: the server doesn't have a resource type '\(type)'\n\n")
                }
            }
            if !call.flags.bool("quiet") { call.context.output.line("yes") }
        }
        return verb
    }()

    private static func noUsers(_ name: String, summary: String) -> Verb {
        lacking(
            name, summary: summary, usage: "", examples: ["auth \(name)"],
            message: "the simulator has no users: every request is allowed, and roles are objects "
                + "without effect")
    }
}
