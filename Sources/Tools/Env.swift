extension Tool {
    static let env = Tool(
        "env", summary: "prints the environment, or runs a command in another one",
        usage: "[OPTION]... [NAME=VALUE]... [COMMAND [ARG]...]",
        examples: ["env", "env NAME=web printenv NAME"],
        options: [
            ToolOption("0|null", "end each line with NUL"),
            ToolOption("i|ignore-environment", "begin with nothing"),
            ToolOption("u|unset", .required("NAME"), "without NAME"),
        ],
        usageStatus: 125
    ) { call throws(ToolStop) in
        let options = try call.options(stopsAtOperand: true)
        let context = call.context
        let outer = context.environment
        defer { context.environment = outer }
        var words = options.operands[...]
        if options.has("i") || words.first == "-" { context.environment = [:] }
        if words.first == "-" { words = words.dropFirst() }
        for name in options.values("u") { context.environment[name] = nil }
        while let word = words.first, let equals = word.firstIndex(of: "=") {
            context.environment[String(word[..<equals])] = String(
                word[word.index(after: equals)...])
            words = words.dropFirst()
        }
        if words.isEmpty {
            for name in context.environment.keys.sorted() {
                let value = context.environment[name] ?? ""
                call.output.write("\(name)=\(value)" + (options.has("0") ? "\0" : "\n"))
            }
            return 0
        }
        guard call.hasCommand(words[words.startIndex]) else {
            throw .failure(
                "\(words[words.startIndex].quoted): No such file or directory", status: 127)
        }
        return try call.run(Array(words), input: call.input)
    }

    static let printenv = Tool(
        "printenv", summary: "prints variables of the environment", usage: "[OPTION] [NAME]...",
        examples: ["printenv", "env NAME=web printenv NAME"],
        options: [ToolOption("0|null", "end each line with NUL")], usageStatus: 2
    ) { call throws(ToolStop) in
        let options = try call.options()
        let end = options.has("0") ? "\0" : "\n"
        let environment = call.context.environment
        if options.operands.isEmpty {
            for name in environment.keys.sorted() {
                call.output.write("\(name)=\(environment[name] ?? "")\(end)")
            }
            return 0
        }
        var status: Int32 = 0
        for name in options.operands {
            if let value = environment[name] {
                call.output.write(value + end)
            } else {
                status = 1
            }
        }
        return status
    }
}
