import Tools

extension Verb {
    /// `save FILE`, `save --all DIR`: what was written in the session as files of the disk.
    static let save: Verb = {
        var verb = Verb(
            "save", group: .world, summary: "Write files of the session to the disk")
        verb.usage = "FILE … [--to PATH] | --all DIR"
        verb.examples = [
            "save web.yaml", "save web.yaml --to /tmp/web.yaml", "save --all manifests",
        ]
        verb.flags = [
            Flag("all", nil, .bool, "every file that was written in the session, below a folder"),
            Flag("force", nil, .bool, "also where the disk has another text"),
            Flag("to", nil, .string, "the path on the disk"),
        ]
        verb.run = { call in
            if call.flags.bool("all") { return try saveAll(call) }
            guard !call.arguments.isEmpty else {
                throw VerbError.message(
                    "save takes files of the session, as in: save web.yaml; `save --all DIR` takes all"
                )
            }
            let target = call.flags.string("to")
            if !target.isEmpty, call.arguments.count > 1 {
                throw VerbError.message(
                    "--to is the path of one file; `save --all DIR` takes a folder")
            }
            try save(
                call.arguments.map { path in
                    (path, target.isEmpty ? place(call.context.files.absolute(path)) : target)
                }, call)
        }
        return verb
    }()

    private static func saveAll(_ call: VerbCall) throws {
        guard call.arguments.count == 1, call.flags.string("to").isEmpty else {
            throw VerbError.message("save --all takes one folder, as in: save --all manifests")
        }
        let files = call.context.session.savedFiles
        guard !files.isEmpty else {
            throw VerbError.message("nothing was written in this session")
        }
        try save(files.map { ("/" + $0, "\(call.arguments[0])/\($0)") }, call)
    }

    /// Where a path of the session lies on the disk: its root is the script's folder.
    private static func place(_ path: String) -> String { MemoryFolder.normalize(path) }

    /// Saves what can be saved, then says what cannot.
    private static func save(_ files: [(path: String, place: String)], _ call: VerbCall) throws {
        var problems: [VerbError] = []
        for (path, place) in files {
            do throws(VerbError) {
                let isNew = try call.context.session.save(
                    call.context.files.absolute(path), to: place,
                    replaces: call.flags.bool("force"))
                call.context.output.line("\(place) \(isNew ? "saved" : "unchanged")")
            } catch {
                problems.append(error)
            }
        }
        try call.fail(problems)
    }
}
