extension Tool {
    static let mkdir = Tool(
        "mkdir", summary: "makes folders", usage: "[OPTION]... FOLDER...",
        examples: ["mkdir -p overlays/prod"],
        options: [
            ToolOption("p|parents", "those above it too, and no complaint about one that exists"),
            ToolOption("v|verbose", "say what is made"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.isEmpty { throw .usage("missing operand") }
        var status: Int32 = 0
        for path in options.operands {
            // Those above it are made one by one, to say so of each.
            var parts = [path]
            while options.has("p"), PathText.folder(of: parts[0]) != ".",
                PathText.folder(of: parts[0]) != "/"
            {
                parts.insert(PathText.folder(of: parts[0]), at: 0)
            }
            for part in parts where try !make(part, options, call) {
                status = 1
                break
            }
        }
        return status
    }

    private static func make(
        _ path: String, _ options: ToolOptions, _ call: ToolCall
    ) throws(ToolStop) -> Bool {
        try call.step()
        let full = call.resolve(path)
        if options.has("p"), call.context.files.kind(of: full) == .directory { return true }
        do throws(ToolFileProblem) {
            try call.context.files.makeDirectory(full, parents: false)
        } catch {
            let isBelowFile = error == .exists && options.has("p")
            let reason = isBelowFile ? ToolFileProblem.notDirectory.reason : error.reason
            call.complain("cannot create directory \(path.quoted): \(reason)")
            return false
        }
        if options.has("v") {
            call.output.write("mkdir: created directory \(path.quotedAsName)\n")
        }
        return true
    }
}
