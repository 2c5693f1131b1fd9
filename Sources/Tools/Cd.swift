extension Tool {
    static let cd = Tool(
        "cd", summary: "changes the working folder", usage: "[FOLDER]",
        examples: ["cd overlays/prod", "cd -"],
        options: [
            ToolOption("L", "nothing: there are no links"),
            ToolOption("P", "nothing: there are no links"),
        ]
    ) { call throws(ToolStop) in
        let operands = call.arguments == ["-"] ? ["-"] : try call.options().operands
        if operands.count > 1 { throw .failure("too many arguments") }
        let context = call.context
        var path = operands.first ?? context.environment["HOME"] ?? "/"
        if path == "-" {
            guard let previous = context.environment["OLDPWD"] else {
                throw .failure("OLDPWD not set")
            }
            path = previous
        }
        let full = call.resolve(path)
        switch context.files.kind(of: full) {
        case .directory: break
        case .file: throw .failure("\(path): Not a directory")
        case nil: throw .failure("\(path): No such file or directory")
        }
        if operands == ["-"] { call.output.write(full + "\n") }
        context.environment["OLDPWD"] = context.workingDirectory
        context.workingDirectory = full
        return 0
    }

    static let pwd = Tool(
        "pwd", summary: "prints the working folder", usage: "", examples: ["pwd"],
        options: [
            ToolOption("L", "nothing: there are no links"),
            ToolOption("P", "nothing: there are no links"),
        ]
    ) { call throws(ToolStop) in
        _ = try call.options()
        call.output.write(call.context.workingDirectory + "\n")
        return 0
    }
}
