import Model

/// What kubectl finds wrong with the commands that the simulator cannot carry out: the same
/// mistakes get the same words. Source: kubectl's commands of these names.
enum LackingChecks {
    /// The words before `--` that are neither flags nor their values, and those after it.
    private static func words(_ call: VerbCall) -> (operands: [String], command: [String]?) {
        let cut = call.arguments.firstIndex(of: "--") ?? call.arguments.endIndex
        let taking: Set<String> = ["-c", "--container", "-n", "--namespace", "-f", "--address"]
        var operands: [String] = []
        var isValue = false
        for word in call.arguments[..<cut] {
            if isValue {
                isValue = false
            } else if word.hasPrefix("-"), word.count > 1 {
                isValue = taking.contains(word)
            } else {
                operands.append(word)
            }
        }
        let isCut = cut < call.arguments.endIndex
        return (operands, isCut ? Array(call.arguments[(cut + 1)...]) : nil)
    }

    /// Fails when the object does not exist; a bare name is a pod's.
    private static func find(_ word: String, _ call: VerbCall) throws {
        // The flags are not read, so another namespace is not known here.
        if call.arguments.contains(where: { $0 == "-n" || $0.hasPrefix("--namespace") }) { return }
        _ = try call.findAll([call.podReference(word)])
    }

    static let exec: @Sendable (VerbCall) throws -> Void = { call in
        let (operands, command) = words(call)
        guard let target = operands.first else {
            throw VerbError.message("pod, type/name or --filename must be specified")
        }
        if (command ?? Array(operands.dropFirst())).isEmpty {
            throw VerbError.message("you must specify at least one command for the container")
        }
        try find(target, call)
    }

    static let attach: @Sendable (VerbCall) throws -> Void = { call in
        guard let target = words(call).operands.first else {
            throw call.usageError("at least 1 argument is required for attach")
        }
        try find(target, call)
    }

    static let forward: @Sendable (VerbCall) throws -> Void = { call in
        let operands = words(call).operands
        guard operands.count > 1 else {
            throw call.usageError("TYPE/NAME and list of ports are required for port-forward")
        }
        try find(operands[0], call)
    }

    static let copy: @Sendable (VerbCall) throws -> Void = { call in
        let operands = words(call).operands
        guard operands.count == 2 else {
            throw call.usageError("source and destination are required")
        }
        let pods = operands.filter { $0.contains(":") }
        if pods.isEmpty {
            throw VerbError.message("one of src or dest must be a remote file specification")
        }
        for pod in pods {
            let name = String(pod.prefix { $0 != ":" })
            let parts = name.split(separator: "/").map(String.init)
            try find("pod/" + (parts.last ?? name), call)
        }
    }
}
