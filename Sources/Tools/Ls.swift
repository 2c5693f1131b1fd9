extension Tool {
    static let ls = Tool(
        "ls", summary: "lists files and folders, one on each line", usage: "[OPTION]... [FILE]...",
        examples: ["ls", "ls -R manifests"],
        options: [
            ToolOption("1", "one on each line, as always"),
            ToolOption("a|all", "also those that begin with a dot"),
            ToolOption("A|almost-all", "the same, but not . and .."),
            ToolOption("d|directory", "folders themselves, not what is in them"),
            ToolOption("F|classify", "a / behind folders"),
            ToolOption("p", "a / behind folders"),
            ToolOption("r|reverse", "in reverse order"),
            ToolOption("R|recursive", "what is in folders too"),
            ToolOption("v", "by versions in the names"),
        ],
        usageStatus: 2
    ) { call throws(ToolStop) in
        let options = try call.options()
        let lister = Lister(call: call, options: options)
        return try lister.list(options.operands.isEmpty ? ["."] : options.operands)
    }
}

private struct Lister {
    let call: ToolCall
    let options: ToolOptions

    func list(_ paths: [String]) throws(ToolStop) -> Int32 {
        var status: Int32 = 0
        var files: [String] = []
        var folders: [String] = []
        for path in paths {
            let kind = call.context.files.kind(of: call.resolve(path))
            switch kind {
            case .directory where !options.has("d"): folders.append(path)
            case .file where path.hasSuffix("/"):
                call.complain("cannot access \(path.quotedAsName): Not a directory")
                status = 2
            case .file, .directory: files.append(path)
            case nil:
                call.complain("cannot access \(path.quotedAsName): No such file or directory")
                status = 2
            }
        }
        for file in ordered(files) { write(file, at: call.resolve(file)) }
        var isFirst = files.isEmpty
        let hasHeadings = paths.count > 1 || options.has("R")
        for folder in ordered(folders) {
            try listFolder(folder, hasHeading: hasHeadings, &isFirst)
        }
        return status
    }

    private func ordered(_ names: [String]) -> [String] {
        let sorted = names.sorted { left, right in
            let (left, right) = (Array(left.utf8)[...], Array(right.utf8)[...])
            return options.has("v")
                ? VersionOrder.compare(left, right) < 0 : left.lexicographicallyPrecedes(right)
        }
        return options.has("r") ? sorted.reversed() : sorted
    }

    private func write(_ name: String, at path: String) {
        let isMarked = options.has("F") || options.has("p")
        let isFolder = isMarked && call.context.files.kind(of: path) == .directory
        call.output.write(name + (isFolder ? "/" : "") + "\n")
    }

    private func listFolder(
        _ path: String, hasHeading: Bool, _ isFirst: inout Bool
    ) throws(ToolStop) {
        // Folders below folders wait here instead of on the stack.
        var open = [path]
        while let folder = open.popLast() {
            try call.step()
            if hasHeading { call.output.write("\(isFirst ? "" : "\n")\(folder):\n") }
            isFirst = false
            let full = call.resolve(folder)
            var names = (try? call.context.files.list(full)) ?? []
            if !options.has("a"), !options.has("A") { names.removeAll { $0.hasPrefix(".") } }
            if options.has("a") { names += [".", ".."] }
            names = ordered(names)
            for name in names { write(name, at: PathText.joined(full, name)) }
            guard options.has("R") else { continue }
            let below = names.filter { $0 != "." && $0 != ".." }.filter {
                call.context.files.kind(of: PathText.joined(full, $0)) == .directory
            }
            open += below.reversed().map { PathText.joined(folder, $0) }
        }
    }
}
