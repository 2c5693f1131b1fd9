extension Tool {
    static let ls = Tool(
        "ls", aliases: ["ll", "dir"], summary: "lists files and folders, one on each line",
        usage: "[OPTION]... [FILE]...",
        examples: ["ls", "ls -l", "ls -R manifests"],
        options: [
            ToolOption("1", "one on each line, as always"),
            ToolOption("a|all", "also those that begin with a dot"),
            ToolOption("A|almost-all", "the same, but not . and .."),
            ToolOption("|color", .optional("WHEN"), "never or auto, which is never here"),
            ToolOption("d|directory", "folders themselves, not what is in them"),
            ToolOption("F|classify", "a / behind folders"),
            ToolOption("h|human-readable", "sizes in K and M, with -l"),
            ToolOption("l", "with sizes and the times at which they were written"),
            ToolOption("n|numeric-uid-gid", "the same with numbers for the owner"),
            ToolOption("p", "a / behind folders"),
            ToolOption("r|reverse", "in reverse order"),
            ToolOption("R|recursive", "what is in folders too"),
            ToolOption("S", "by size, the largest first"),
            ToolOption("t", "by time, the latest first"),
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
        let now = ordered(files)
        write(now.map { ($0, $0) })
        var isFirst = files.isEmpty
        let hasHeadings = paths.count > 1 || options.has("R")
        for folder in ordered(folders) {
            try listFolder(folder, hasHeading: hasHeadings, &isFirst)
        }
        return status
    }

    private var isLong: Bool { options.has("l") || options.has("n") || call.name == "ll" }

    private func ordered(_ names: [String], in folder: String = "") -> [String] {
        func facts(_ name: String) -> FileFacts? {
            FileFacts(folder.isEmpty ? name : PathText.joined(folder, name), call)
        }
        var ranks: [String: Int64] = [:]
        if options.has("S") {
            for name in names { ranks[name] = facts(name).map { Int64($0.size) } }
        } else if options.has("t") {
            for name in names { ranks[name] = facts(name)?.time.milliseconds }
        }
        let sorted = names.sorted { left, right in
            if let one = ranks[left], let other = ranks[right], one != other { return one > other }
            let (left, right) = (Array(left.utf8)[...], Array(right.utf8)[...])
            return options.has("v")
                ? VersionOrder.compare(left, right) < 0 : left.lexicographicallyPrecedes(right)
        }
        return options.has("r") ? sorted.reversed() : sorted
    }

    /// Writes names, each with the path that leads to it.
    private func write(_ names: [(name: String, path: String)]) {
        let isMarked = options.has("F") || options.has("p")
        func marked(_ name: String, _ path: String) -> String {
            let full = call.resolve(path)
            let isFolder = isMarked && call.context.files.kind(of: full) == .directory
            return name + (isFolder ? "/" : "") + "\n"
        }
        guard isLong else {
            for (name, path) in names { call.output.write(marked(name, path)) }
            return
        }
        let rows = names.compactMap { name, path in
            FileFacts(path, call).map { (facts: $0, text: marked(name, path)) }
        }
        let sizes = rows.map { size($0.facts.size) }
        let width = sizes.map(\.utf8.count).max() ?? 0
        let owner = options.has("n") ? "0 0" : "root root"
        for (row, size) in zip(rows, sizes) {
            let padding = String(repeating: " ", count: width - size.utf8.count)
            let links = row.facts.isFolder ? 2 : 1
            let time = DateFormat.text(row.facts.time, "%b %e %H:%M")
            call.output.write(
                "\(row.facts.mode) \(links) \(owner) \(padding)\(size) \(time) \(row.text)")
        }
    }

    /// As `-h` writes sizes: 512, 1.5K, 20K.
    private func size(_ bytes: Int) -> String {
        guard options.has("h"), bytes >= 1024 else { return String(bytes) }
        var unit = 1024
        var letters = "KMGT"[...]
        while bytes / unit >= 1024, letters.count > 1 {
            unit *= 1024
            letters = letters.dropFirst()
        }
        let tenths = (bytes * 10 + unit - 1) / unit
        let text =
            tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : String((bytes + unit - 1) / unit)
        return text + String(letters.prefix(1))
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
            names = ordered(names, in: full)
            let rows = names.map { (name: $0, path: PathText.joined(full, $0)) }
            if isLong {
                let blocks = rows.compactMap { FileFacts($0.path, call)?.blocks }.reduce(0, +)
                call.output.write(
                    "total \(options.has("h") ? size(blocks * 1024) : String(blocks))\n")
            }
            write(rows)
            guard options.has("R") else { continue }
            let below = names.filter { $0 != "." && $0 != ".." }.filter {
                call.context.files.kind(of: PathText.joined(full, $0)) == .directory
            }
            open += below.reversed().map { PathText.joined(folder, $0) }
        }
    }
}
