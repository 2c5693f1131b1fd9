import Value

extension Tool {
    static let base64 = Tool(
        "base64", summary: "encodes bytes as text, or decodes them", usage: "[OPTION]... [FILE]",
        examples: [
            "get secret db -o jsonpath='{.data.password}' | base64 -d", "echo -n abc | base64",
        ],
        options: [
            ToolOption("d|decode", "decode"),
            ToolOption("i|ignore-garbage", "pass over other characters when decoding"),
            ToolOption(
                "w|wrap", .required("COLS"), "lines of COLS characters (76); 0 for one line"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.count > 1 {
            throw .usage("extra operand \(options.operands[1].quoted)")
        }
        var columns = 76
        if let text = options.value("w") {
            guard let number = ToolNumber.count(text) else {
                throw .failure("invalid wrap size: \(text.quoted)")
            }
            columns = number
        }
        var status: Int32 = 0
        let isWhole = try call.eachInput(
            options.operands,
            complaint: { path, reason in
                reason == ToolFileProblem.isDirectory.reason
                    ? "read error: \(reason)" : "\(path): \(reason)"
            }
        ) { _, input throws(ToolStop) in
            let bytes = input.readAll()
            if options.has("d") {
                let decoded = Base64.decodePrefix(bytes, ignoresGarbage: options.has("i"))
                call.output.write(decoded.bytes)
                if !decoded.isWhole {
                    call.complain("invalid input")
                    status = 1
                }
            } else {
                write(Array(Base64.encode(bytes).utf8), columns, call.output)
            }
        }
        return isWhole ? status : 1
    }

    private static func write(_ text: [UInt8], _ columns: Int, _ output: ToolOutput) {
        guard columns > 0 else {
            output.write(text)
            return
        }
        var start = 0
        while start < text.count {
            let end = min(text.count, start.addingSaturated(columns))
            output.write(line: text[start..<end])
            start = end
        }
    }
}
