extension Tool {
    static let paste = Tool(
        "paste", summary: "joins lines of files side by side", usage: "[OPTION]... [FILE]...",
        examples: ["seq 3 | paste -sd, -", "paste names ages"],
        options: [
            ToolOption("d|delimiters", .required("LIST"), "these between the parts, in turn"),
            ToolOption("s|serial", "one file after another, each as one line"),
            ToolOption("z|zero-terminated", "lines end with NUL"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        let delimiters = try Self.delimiters(options.value("d") ?? "\t")
        let end: UInt8 = options.has("z") ? 0 : .newline
        if options.has("s") {
            let isWhole = try call.eachInput(options.operands) { _, input throws(ToolStop) in
                var index = 0
                while let line = input.readLine(endedBy: end) {
                    try call.step()
                    if index > 0 { call.output.write(delimiters[(index - 1) % delimiters.count]) }
                    call.output.write(line.bytes)
                    index += 1
                }
                call.output.write([end])
            }
            return isWhole ? 0 : 1
        }
        // Each `-` takes the next line of the one standard input.
        var inputs: [ToolInput] = []
        for path in options.operands.isEmpty ? ["-"] : options.operands {
            let opened = Result { () throws(ToolFileProblem) in try call.open(path) }
            switch opened {
            case .success(let input): inputs.append(input)
            case .failure(let problem): throw .failure("\(path): \(problem.reason)")
            }
        }
        while !inputs.allSatisfy(\.isAtEnd) {
            try call.step()
            for (index, input) in inputs.enumerated() {
                if index > 0 { call.output.write(delimiters[(index - 1) % delimiters.count]) }
                if let line = input.readLine(endedBy: end) { call.output.write(line.bytes) }
            }
            call.output.write([end])
        }
        return 0
    }

    /// The characters of a list, of which `\0` is none.
    private static func delimiters(_ list: String) throws(ToolStop) -> [String] {
        var found: [String] = []
        var rest = list[...]
        while let next = rest.popFirst() {
            guard next == "\\" else {
                found.append(String(next))
                continue
            }
            guard let escaped = rest.popFirst() else {
                throw .failure(
                    "delimiter list ends with an unescaped backslash: \(list)")
            }
            switch escaped {
            case "0": found.append("")
            case "n": found.append("\n")
            case "t": found.append("\t")
            case "b": found.append("\u{8}")
            case "f": found.append("\u{C}")
            case "r": found.append("\r")
            case "v": found.append("\u{B}")
            default: found.append(String(escaped))
            }
        }
        return found.isEmpty ? [""] : found
    }
}
