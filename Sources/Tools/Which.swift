extension Tool {
    static let which = Tool(
        "which", summary: "says where commands are", usage: "[-a] NAME...",
        examples: ["which kubectl"],
        options: [ToolOption("a", "all of that name: there is one at most")], usageStatus: 2
    ) { call throws(ToolStop) in
        var status: Int32 = 0
        for name in try call.options().operands {
            if let place = call.place(of: name) {
                call.output.write(place + "\n")
            } else {
                status = 1
            }
        }
        return status
    }

    static let type = Tool(
        "type", summary: "says what names stand for", usage: "[-tpa] NAME...",
        examples: ["type grep"],
        options: [
            ToolOption("a", "all of that name: there is one at most"),
            ToolOption("p", "only the file's path"),
            ToolOption("t", "only one word: builtin, keyword or file"),
        ],
        usageStatus: 2
    ) { call throws(ToolStop) in
        let options = try call.options()
        var status: Int32 = 0
        for name in options.operands {
            guard let kind = CommandKind(name, call) else {
                if !options.has("t"), !options.has("p") { call.complain("\(name): not found") }
                status = 1
                continue
            }
            if options.has("t") {
                call.output.write(kind.word + "\n")
            } else if options.has("p") {
                if case .file(let path) = kind { call.output.write(path + "\n") }
            } else {
                call.output.write("\(name) is \(kind.description)\n")
            }
        }
        return status
    }

    static let command = Tool(
        "command", summary: "runs a command, or says what a name stands for",
        usage: "[-vV] COMMAND [ARG]...", examples: ["command -v kubectl"],
        options: [
            ToolOption("p", "nothing"),
            ToolOption("v", "print how COMMAND is found"),
            ToolOption("V", "say what COMMAND stands for"),
        ],
        usageStatus: 2
    ) { call throws(ToolStop) in
        let options = try call.options(stopsAtOperand: true)
        guard let first = options.operands.first else { return 0 }
        guard options.has("v") || options.has("V") else {
            return try call.run(options.operands, input: call.input)
        }
        var status: Int32 = 1
        for name in options.operands {
            guard let kind = CommandKind(name, call) else {
                if options.has("V") { call.complain("\(name): not found") }
                continue
            }
            status = 0
            if options.has("V") {
                call.output.write("\(name) is \(kind.description)\n")
            } else if case .file(let path) = kind {
                call.output.write(path + "\n")
            } else {
                call.output.write(name + "\n")
            }
        }
        _ = first
        return status
    }
}

/// What bash says that a name is.
private enum CommandKind {
    case builtin, keyword
    case alias(String)
    case file(String)

    /// Those of the tools that bash has itself.
    private static let builtins: Set<String> = [
        ".", ":", "[", "alias", "cd", "command", "dirs", "echo", "eval", "exit", "export",
        "false", "history", "local", "popd", "printf", "pushd", "pwd", "read", "set", "source",
        "test",
        "true", "type", "unalias", "unset",
    ]

    init?(_ name: String, _ call: ToolCall) {
        if let text = call.context.aliases[name] {
            self = .alias(text)
        } else if name == "[[" || name == "time" {
            self = .keyword
        } else if Self.builtins.contains(name) {
            self = .builtin
        } else if let path = call.place(of: name) {
            self = .file(path)
        } else {
            return nil
        }
    }

    var word: String {
        switch self {
        case .builtin: "builtin"
        case .keyword: "keyword"
        case .alias: "alias"
        case .file: "file"
        }
    }

    var description: String {
        switch self {
        case .builtin: "a shell builtin"
        case .keyword: "a shell keyword"
        case .alias(let text): "aliased to `\(text)'"
        case .file(let path): path
        }
    }
}

extension ToolCall {
    /// Where a system would have a command; nil for none.
    fileprivate func place(of name: String) -> String? {
        let own: Set<String> = [
            ":", "[[", "alias", "cd", "command", "dirs", "history", "popd", "pushd", "type",
            "unalias",
        ]
        if name.contains("/") { return hasCommand(name) ? name : nil }
        if let tool = ToolRegistry.tool(named: name) {
            return own.contains(tool.name) || own.contains(name) ? nil : "/usr/bin/\(name)"
        }
        return context.host.hasCommand(name) ? "/usr/local/bin/\(name)" : nil
    }

    /// Whether there is a tool or another command of this name.
    func hasCommand(_ name: String) -> Bool {
        ToolRegistry.tool(named: name) != nil || context.host.hasCommand(name)
    }
}
