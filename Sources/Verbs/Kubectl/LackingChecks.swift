import Model

/// What kubectl finds wrong with the commands that the simulator cannot carry out: the same
/// mistakes get the same words. Source: kubectl's commands of these names.
enum LackingChecks {
    /// Fails when the object does not exist; a bare name is a pod's.
    private static func find(_ word: String, _ call: VerbCall) throws {
        _ = try call.findAll([call.podReference(word)])
    }

    static let attach: @Sendable (VerbCall) throws -> Void = { call in
        guard let target = call.arguments.first else {
            throw VerbError.message("at least 1 argument is required for attach")
        }
        if call.arguments.count > 2 {
            throw VerbError.message(
                "expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw "
                    + "\(call.arguments.count): [\(call.arguments.joined(separator: " "))]")
        }
        try find(target, call)
    }

    /// `[[namespace/]pod:]path`. Source: kubectl's cp command, extractFileSpec.
    private static func place(
        _ text: String
    ) throws(VerbError) -> (pod: String?, namespace: String?, path: String) {
        guard let colon = text.firstIndex(of: ":") else { return (nil, nil, text) }
        let parts = text[..<colon].split(separator: "/", omittingEmptySubsequences: false)
        guard !text.hasPrefix(":"), parts.count <= 2 else {
            throw .message(
                "filespec must match the canonical format: [[namespace/]pod:]file/path")
        }
        return (
            parts.last.map(String.init), parts.count == 2 ? String(parts[0]) : nil,
            String(text[text.index(after: colon)...])
        )
    }

    static let copy: @Sendable (VerbCall) throws -> Void = { call in
        guard call.arguments.count == 2 else {
            throw VerbError.message("source and destination are required")
        }
        let source = try place(call.arguments[0])
        let target = try place(call.arguments[1])
        if source.pod != nil, target.pod != nil {
            throw VerbError.message("one of src or dest must be a local file specification")
        }
        guard let remote = source.pod != nil ? source : target.pod != nil ? target : nil else {
            throw VerbError.message("one of src or dest must be a remote file specification")
        }
        if source.path.isEmpty || target.path.isEmpty {
            throw VerbError.message("filepath can not be empty")
        }
        if source.pod == nil, !call.context.files.exists(source.path) {
            throw VerbError.message("\(source.path) doesn't exist in local filesystem")
        }
        do throws(APIError) {
            _ = try call.context.client.get(
                .pod, namespace: remote.namespace ?? call.namespace, name: remote.pod!)
        } catch {
            throw VerbError.api(error, call.context.kinds[.pod])
        }
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
