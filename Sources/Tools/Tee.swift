extension Tool {
    static let tee = Tool(
        "tee", summary: "passes its input on and writes it to files",
        usage: "[OPTION]... [FILE]...",
        examples: ["get pods -o yaml | tee pods.yaml"],
        options: [
            ToolOption("a|append", "add to the files instead of replacing them"),
            ToolOption("i|ignore-interrupts", "nothing"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        try call.refuseNobody([])
        let bytes = call.input.readAll()
        call.output.write(bytes)
        var status: Int32 = 0
        for path in options.operands {
            do throws(ToolFileProblem) {
                try call.write(Array(bytes), to: path, appending: options.has("a"))
            } catch {
                call.complain("\(path): \(error.reason)")
                status = 1
            }
        }
        return status
    }
}

extension ToolCall {
    /// Refuses to read what somebody types where nobody does: the file would be empty, and nobody told.
    func refuseNobody(_ operands: [String]) throws(ToolStop) {
        guard input.isUnattended, operands.isEmpty || operands.contains("-") else { return }
        throw .failure(
            "nobody types here: give the text as `\(name) <<EOF`, or write a file with "
                + "`file \"web.yaml\" <<EOF`")
    }
}
