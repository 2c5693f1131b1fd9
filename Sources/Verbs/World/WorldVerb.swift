extension Verb {
    /// `world storageclass none`: what the world has from the beginning.
    static let world: Verb = {
        var verb = Verb(
            "world", group: .world, summary: "Say what the world has from the beginning")
        verb.usage = "storageclass none|standard"
        verb.subverbs = [worldStorageClass]
        verb.checksSubverbs = true
        return verb
    }()

    private static let worldStorageClass: Verb = {
        var verb = Verb(
            "storageclass", group: .world,
            summary: "Begin with the default class `standard`, or with no class")
        verb.usage = "none|standard"
        verb.examples = ["world storageclass none"]
        verb.completes = .words(["none", "standard"])
        verb.run = { call in
            guard call.arguments.count == 1, ["none", "standard"].contains(call.arguments[0]) else {
                throw VerbError.message(
                    "world storageclass takes one word, none or standard"
                        + (call.arguments.isEmpty
                            ? "" : "; found " + call.arguments.joined(separator: " ")))
            }
            try call.context.session.setDefaultStorageClass(call.arguments[0] == "standard")
        }
        return verb
    }()
}
