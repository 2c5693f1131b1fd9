extension Tool {
    static let id = Tool(
        "id", summary: "prints who works here: there is one user", usage: "[OPTION]...",
        examples: ["id -u"],
        options: [
            ToolOption("g|group", "the group alone"),
            ToolOption("G|groups", "all groups"),
            ToolOption("n|name", "names instead of numbers"),
            ToolOption("u|user", "the user alone"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if let name = options.operands.first, name != "root" {
            throw .failure("\(name.quoted): no such user")
        }
        let isOne = options.has("u") || options.has("g") || options.has("G")
        if options.has("n"), !isOne {
            throw .failure("printing only names or real IDs requires -u, -g, or -G")
        }
        let one = options.has("n") ? "root" : "0"
        call.output.write(isOne ? one + "\n" : "uid=0(root) gid=0(root) groups=0(root)\n")
        return 0
    }

    static let whoami = Tool(
        "whoami", summary: "prints who works here", usage: "", examples: ["whoami"]
    ) {
        call throws(ToolStop) in
        if let word = try call.options().operands.first {
            throw .usage("extra operand \(word.quoted)")
        }
        call.output.write("root\n")
        return 0
    }

    static let hostname = Tool(
        "hostname", summary: "prints the name of the machine that the prompt plays", usage: "[-s]",
        examples: ["hostname"],
        options: [
            ToolOption("f|fqdn", "the same"),
            ToolOption("s|short", "the same"),
        ]
    ) { call throws(ToolStop) in
        if try !call.options().operands.isEmpty {
            throw .failure("you must be root to change the host name")
        }
        call.output.write("drydock\n")
        return 0
    }
}
