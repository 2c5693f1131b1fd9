extension Tool {
    static let touch = Tool(
        "touch", summary: "makes empty files where there are none", usage: "[OPTION]... FILE...",
        examples: ["touch notes"],
        options: [ToolOption("c|no-create", "make none")]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.isEmpty { throw .usage("missing file operand") }
        var status: Int32 = 0
        for path in options.operands where !options.has("c") {
            let full = call.resolve(path)
            if call.context.files.kind(of: full) != nil { continue }
            do throws(ToolFileProblem) {
                try call.context.files.write([], to: full)
            } catch {
                call.complain("cannot touch \(path.quotedAsName): \(error.reason)")
                status = 1
            }
        }
        return status
    }
}
