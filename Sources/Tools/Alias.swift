extension Tool {
    static let alias = Tool(
        "alias", summary: "gives commands other names, or lists those names",
        usage: "[NAME[=TEXT]]...", examples: ["alias k=kubectl", "alias kgp='kubectl get pods'"],
        options: [ToolOption("p", "list them, as without anything behind it")]
    ) { call throws(ToolStop) in
        let options = try call.options()
        let context = call.context
        func show(_ name: String, _ text: String) {
            let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''")
            call.output.write("alias \(name)='\(quoted)'\n")
        }
        if options.operands.isEmpty || options.has("p") {
            for name in context.aliases.keys.sorted() { show(name, context.aliases[name] ?? "") }
        }
        var status: Int32 = 0
        for operand in options.operands {
            guard let sign = operand.firstIndex(of: "="), sign > operand.startIndex else {
                if let text = context.aliases[operand] {
                    show(operand, text)
                } else {
                    call.complain("\(operand): not found")
                    status = 1
                }
                continue
            }
            let name = String(operand[..<sign])
            guard !name.contains(where: { " \t/$`='\"|&;()<>".contains($0) }) else {
                call.complain("`\(name)': invalid alias name")
                status = 1
                continue
            }
            context.aliases[name] = String(operand[operand.index(after: sign)...])
        }
        return status
    }

    static let unalias = Tool(
        "unalias", summary: "forgets names that `alias` gave", usage: "[-a] NAME...",
        examples: ["unalias k"], options: [ToolOption("a", "all of them")], usageStatus: 2
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.has("a") {
            call.context.aliases = [:]
            return 0
        }
        if options.operands.isEmpty {
            throw .failure("usage: unalias [-a] name [name ...]", status: 2)
        }
        var status: Int32 = 0
        for name in options.operands where call.context.aliases.removeValue(forKey: name) == nil {
            call.complain("\(name): not found")
            status = 1
        }
        return status
    }
}
