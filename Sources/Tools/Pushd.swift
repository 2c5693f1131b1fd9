extension Tool {
    static let pushd = Tool(
        "pushd", summary: "changes the working folder and remembers the one before",
        usage: "[FOLDER]", examples: ["pushd overlays/prod"]
    ) { call throws(ToolStop) in
        let operands = try call.options().operands
        if operands.count > 1 { throw .failure("too many arguments") }
        let context = call.context
        let before = context.workingDirectory
        if let path = operands.first {
            try call.enter(path)
            context.folderStack.insert(before, at: 0)
        } else {
            guard let other = context.folderStack.first else {
                throw .failure("no other directory")
            }
            try call.enter(other)
            context.folderStack[0] = before
        }
        call.showFolders()
        return 0
    }

    static let popd = Tool(
        "popd", summary: "goes back to the folder that `pushd` left", usage: "",
        examples: ["popd"]
    ) { call throws(ToolStop) in
        if !(try call.options().operands.isEmpty) { throw .failure("too many arguments") }
        guard let folder = call.context.folderStack.first else {
            throw .failure("directory stack empty")
        }
        try call.enter(folder)
        call.context.folderStack.removeFirst()
        call.showFolders()
        return 0
    }

    static let dirs = Tool(
        "dirs", summary: "prints the working folder and those that `pushd` left", usage: "[-clpv]",
        examples: ["dirs -v"],
        options: [
            ToolOption("c", "forget them"),
            ToolOption("l", "without ~, as always"),
            ToolOption("p", "one on each line"),
            ToolOption("v", "with their numbers, one on each line"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        let context = call.context
        if options.has("c") {
            context.folderStack = []
            return 0
        }
        guard options.has("p") || options.has("v") else {
            call.showFolders()
            return 0
        }
        for (number, folder) in ([context.workingDirectory] + context.folderStack).enumerated() {
            let digits = String(number)
            let padding = String(repeating: " ", count: max(0, 2 - digits.utf8.count))
            call.output.write(
                options.has("v") ? "\(padding)\(digits)  \(folder)\n" : folder + "\n")
        }
        return 0
    }
}

extension ToolCall {
    /// Makes a folder the working one.
    fileprivate func enter(_ path: String) throws(ToolStop) {
        let full = resolve(path)
        switch context.files.kind(of: full) {
        case .directory: break
        case .file: throw .failure("\(path): Not a directory")
        case nil: throw .failure("\(path): No such file or directory")
        }
        context.environment["OLDPWD"] = context.workingDirectory
        context.workingDirectory = full
    }

    fileprivate func showFolders() {
        let folders = [context.workingDirectory] + context.folderStack
        output.write(folders.joined(separator: " ") + "\n")
    }
}
