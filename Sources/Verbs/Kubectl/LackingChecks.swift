import Model

/// What kubectl finds wrong with the commands that the simulator cannot carry out: the same
/// mistakes get the same words. Source: kubectl's commands of these names.
enum LackingChecks {
    /// Fails when the object does not exist; a bare name is a pod's.
    private static func find(_ word: String, _ call: VerbCall) throws {
        _ = try call.findAll([call.podReference(word)])
    }

    static let forward: @Sendable (VerbCall) throws -> Void = { call in
        guard call.arguments.count > 1 else {
            throw call.usageError("TYPE/NAME and list of ports are required for port-forward")
        }
        try find(call.arguments[0], call)
    }

    static let completion: @Sendable (VerbCall) throws -> Void = { call in
        guard let shell = call.arguments.first else {
            throw call.usageError("Shell not specified.")
        }
        if call.arguments.count > 1 {
            throw call.usageError("Too many arguments. Expected only the shell type.")
        }
        if !["bash", "zsh", "fish", "powershell"].contains(shell) {
            throw call.usageError("Unsupported shell type \"\(shell)\".")
        }
    }
}
