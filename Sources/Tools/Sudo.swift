extension Tool {
    static let sudo = Tool(
        "sudo", aliases: ["doas"],
        summary: "runs a command: there is one user, who may do everything",
        usage: "[OPTION]... [NAME=VALUE]... COMMAND [ARG]...",
        examples: ["sudo kubectl get nodes"],
        options: [
            ToolOption("b|background", "nothing: the command runs to its end"),
            ToolOption("E|preserve-env", "nothing: the environment is kept"),
            ToolOption("g|group", .required("GROUP"), "nothing: there are no groups"),
            ToolOption("H|set-home", "nothing: there is one home"),
            ToolOption("i|login", "nothing: there is one user"),
            ToolOption("k|reset-timestamp", "nothing: there is no password"),
            ToolOption("n|non-interactive", "nothing: there is no password"),
            ToolOption("S|stdin", "nothing: there is no password"),
            ToolOption("s|shell", "nothing: there is one shell"),
            ToolOption("u|user", .required("USER"), "nothing: there is one user"),
            ToolOption("v|validate", "nothing: there is no password"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options(stopsAtOperand: true)
        let context = call.context
        let outer = context.environment
        defer { context.environment = outer }
        var words = options.operands[...]
        while let word = words.first, let equals = word.firstIndex(of: "="),
            equals > word.startIndex
        {
            context.environment[String(word[..<equals])] = String(
                word[word.index(after: equals)...])
            words = words.dropFirst()
        }
        guard let first = words.first else {
            if !options.has("k"), !options.has("v") {
                call.complain("nothing is to be done: there is one user, who may do everything")
            }
            return 0
        }
        guard call.hasCommand(first) || context.aliases[first] != nil else {
            throw .failure("\(first): command not found")
        }
        return try call.run(Array(words), input: call.input)
    }
}
