import Model

/// What kubectl finds wrong with the commands that the simulator cannot carry out: the same
/// mistakes get the same words. Source: kubectl's commands of these names.
enum LackingChecks {
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
