extension Tool {
    static let tac = Tool(
        "tac", summary: "prints lines in reverse order", usage: "[FILE]...",
        examples: ["get events | tac"]
    ) { call throws(ToolStop) in
        let isWhole = try call.eachInput(
            call.options().operands,
            complaint: { path, reason in
                reason == ToolFileProblem.isDirectory.reason
                    ? "\(path): read error: \(reason)"
                    : "failed to open \(path.quotedAsName) for reading: \(reason)"
            }
        ) { _, input throws(ToolStop) in
            let bytes = input.readAll()
            var end = bytes.endIndex
            while end > bytes.startIndex {
                try call.step()
                let start = bytes[..<(end - 1)].lastIndex(of: .newline).map { $0 + 1 }
                call.output.write(bytes[(start ?? bytes.startIndex)..<end])
                end = start ?? bytes.startIndex
            }
        }
        return isWhole ? 0 : 1
    }
}
