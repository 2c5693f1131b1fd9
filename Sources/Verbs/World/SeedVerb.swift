extension Verb {
    /// `seed 7`.
    static let seed: Verb = {
        var verb = Verb("seed", group: .world, summary: "Set the seed of the world's randomness")
        verb.usage = "NUMBER"
        verb.examples = ["seed 7"]
        verb.run = { call in
            guard call.arguments.count == 1, let seed = UInt64(call.arguments[0]) else {
                throw VerbError.message("seed takes one whole number, as in: seed 7")
            }
            try call.context.session.reseed(seed)
        }
        return verb
    }()
}
